/*
 * Copyright (c) 2026 the tribuo-growth authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package org.tribuogrowth.random;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Random streams named by a seed, a purpose and counters such as epoch, step or unit. The same name always gives the
 * same stream, whatever was drawn before elsewhere.
 *
 * <p>A stream is SplitMix64 (Steele, Lea and Flood: Fast splittable pseudorandom number generators, OOPSLA 2014)
 * started at the SHA-256 of its name; it is written out here because the algorithm behind {@link
 * java.util.SplittableRandom} is not part of that class's specification, and replaying a run on another Java version
 * must give the same numbers.
 */
public final class CountedRandom {
    private static final long GAMMA = 0x9E3779B97F4A7C15L;

    private long state;
    private double spareGaussian;
    private boolean hasSpareGaussian;

    /** Starts SplitMix64 at a state; for {@link #of} and for tests against published numbers. */
    CountedRandom(long state) {
        this.state = state;
    }

    /**
     * Starts the stream of a name.
     *
     * @param seed     The run's seed.
     * @param purpose  What the numbers are for, for example {@code shuffle}.
     * @param counters Which of the purpose's streams: epoch, step, unit and so on.
     * @return The stream, at its beginning. It is not thread-safe.
     */
    public static CountedRandom of(long seed, String purpose, long... counters) {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("Every Java platform has SHA-256", e);
        }
        byte[] name = purpose.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES + Integer.BYTES + name.length + Long.BYTES * counters.length);
        bytes.putLong(seed).putInt(name.length).put(name);
        for (long counter : counters) {
            bytes.putLong(counter);
        }
        return new CountedRandom(ByteBuffer.wrap(digest.digest(bytes.array())).getLong());
    }

    /**
     * The next 64 bits.
     *
     * @return A uniform long.
     */
    public long nextLong() {
        state += GAMMA;
        long z = state;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /**
     * The next uniform number.
     *
     * @return A double in [0, 1).
     */
    public double nextDouble() {
        return (nextLong() >>> 11) * 0x1.0p-53;
    }

    /**
     * The next uniform integer.
     *
     * @param bound The exclusive upper bound, positive.
     * @return An integer in [0, bound), without bias.
     */
    public int nextInt(int bound) {
        if (bound <= 0) {
            throw new IllegalArgumentException("The bound must be positive, found " + bound);
        }
        long bits = nextLong() >>> 1;
        long value = bits % bound;
        while (bits - value + (bound - 1) < 0) {
            bits = nextLong() >>> 1;
            value = bits % bound;
        }
        return (int) value;
    }

    /**
     * The next normal number, by Marsaglia's polar method with strict arithmetic.
     *
     * @return A double of mean 0 and variance 1.
     */
    public double nextGaussian() {
        if (hasSpareGaussian) {
            hasSpareGaussian = false;
            return spareGaussian;
        }
        double x;
        double y;
        double square;
        do {
            x = 2 * nextDouble() - 1;
            y = 2 * nextDouble() - 1;
            square = x * x + y * y;
        } while (square >= 1 || square == 0);
        double scale = StrictMath.sqrt(-2 * StrictMath.log(square) / square);
        spareGaussian = y * scale;
        hasSpareGaussian = true;
        return x * scale;
    }

    /**
     * A random order of the numbers from 0.
     *
     * @param length How many numbers.
     * @return A permutation of 0 to length - 1.
     */
    public int[] permutation(int length) {
        int[] order = new int[length];
        for (int i = 0; i < length; i++) {
            int j = nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }
}
