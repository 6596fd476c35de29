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

package org.tribuogrowth.network;

import java.nio.FloatBuffer;
import java.nio.IntBuffer;

/**
 * A few thousand parameters with their gradients and moments, copied out of native memory, updated while they are in the
 * processor's nearest cache, and copied back. The virtual machine has vector instructions for loops over arrays, but not for
 * loops over native memory. Belongs to one thread at a time.
 */
final class UpdateChunk {
    /** Four arrays of so many fit into a first-level cache of 32 KiB. */
    static final int CAPACITY = 2048;

    private static final int MAGNITUDE = 0x7fffffff;
    private static final int SMALLEST_NORMAL = 0x00800000;

    private final float[] parameters = new float[CAPACITY];
    private final float[] gradients = new float[CAPACITY];
    private final float[] first = new float[CAPACITY];
    private final float[] second = new float[CAPACITY];
    private final int[] bits = new int[CAPACITY];

    /**
     * The flat vectors of a network, as views of its native memory.
     *
     * @param parameters The parameters.
     * @param gradients  The gradients, only read.
     * @param state      The moments.
     * @param stateBits  The same moments as bits.
     */
    record Vectors(FloatBuffer parameters, FloatBuffer gradients, FloatBuffer state, IntBuffer stateBits) {}

    /**
     * One run's numbers at one step.
     *
     * @param rule      The formula.
     * @param rows      The number by which gradients are divided; 1 if they are not.
     * @param factor    The number by which gradients are multiplied then; 1 if they are not.
     * @param coupled   What is added to the gradient as a part of the weight.
     * @param decoupled What is added to the change as a part of the weight.
     */
    record Step(UpdateRule rule, int rows, float factor, float coupled, float decoupled) {}

    /**
     * Updates some parameters of a run.
     *
     * @param vectors The network's vectors.
     * @param run     The run.
     * @param step    Its numbers.
     * @param start   The first parameter, in the flat vector.
     * @param count   How many, at most the capacity.
     */
    void update(Vectors vectors, UpdateRun run, Step step, int start, int count) {
        int firstAt = run.stateStart() + start - run.start();
        int secondAt = firstAt + run.blockLength();
        vectors.parameters.get(start, parameters, 0, count);
        vectors.gradients.get(start, gradients, 0, count);
        if (run.moments() > 0) {
            vectors.state.get(firstAt, first, 0, count);
        }
        if (run.moments() > 1) {
            vectors.state.get(secondAt, second, 0, count);
        }
        if (step.rows != 1) {
            divide(gradients, step.rows, count);
        }
        if (step.factor != 1) {
            multiply(gradients, step.factor, count);
        }
        if (step.coupled != 0) {
            addScaled(parameters, step.coupled, gradients, count);
        }
        step.rule.apply(gradients, first, second, count);
        if (step.decoupled != 0) {
            addScaled(parameters, step.decoupled, gradients, count);
        }
        subtract(gradients, parameters, count);
        vectors.parameters.put(start, parameters, 0, count);
        if (run.moments() > 0) {
            store(vectors, firstAt, first, count, step.rule.flushesMoments());
        }
        if (run.moments() > 1) {
            store(vectors, secondAt, second, count, step.rule.flushesMoments());
        }
    }

    private static void divide(float[] values, int divisor, int count) {
        if (Integer.bitCount(divisor) == 1) {
            // The inverse of a power of two is exact, and so is the result.
            float inverse = 1.0f / divisor;
            for (int i = 0; i < count; i++) {
                values[i] *= inverse;
            }
            return;
        }
        for (int i = 0; i < count; i++) {
            values[i] /= divisor;
        }
    }

    private static void multiply(float[] values, float factor, int count) {
        for (int i = 0; i < count; i++) {
            values[i] *= factor;
        }
    }

    private static void addScaled(float[] values, float scale, float[] sums, int count) {
        for (int i = 0; i < count; i++) {
            sums[i] += scale * values[i];
        }
    }

    private static void subtract(float[] values, float[] from, int count) {
        for (int i = 0; i < count; i++) {
            from[i] -= values[i];
        }
    }

    /**
     * Writes moments, those below the smallest normal number as zero: a moment without gradients decays into denormal
     * numbers, with which many processors are very slow. The test is done on bits because the virtual machine
     * has no vector instructions for conditions on floats.
     */
    private void store(Vectors vectors, int at, float[] moments, int count, boolean flush) {
        vectors.state.put(at, moments, 0, count);
        if (flush) {
            vectors.stateBits.get(at, bits, 0, count);
            flush(bits, count);
            vectors.stateBits.put(at, bits, 0, count);
        }
    }

    private static void flush(int[] bits, int count) {
        for (int i = 0; i < count; i++) {
            int tooSmall = ((bits[i] & MAGNITUDE) - SMALLEST_NORMAL) >> 31;
            bits[i] &= ~tooSmall;
        }
    }
}
