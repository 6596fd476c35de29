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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CountedRandomTest {
    /** The first numbers of SplitMix64 for seed 1234567, as published with Vigna's reference code, and for seed 0. */
    @Test
    void theStreamIsSplitMix64() {
        CountedRandom random = new CountedRandom(1234567L);
        for (String expected : List.of(
                "6457827717110365317",
                "3203168211198807973",
                "9817491932198370423",
                "4593380528125082431",
                "16408922859458223821")) {
            assertThat(Long.toUnsignedString(random.nextLong())).isEqualTo(expected);
        }
        CountedRandom zero = new CountedRandom(0L);
        assertThat(zero.nextLong()).isEqualTo(0xE220A8397B1DCDAFL);
        assertThat(zero.nextLong()).isEqualTo(0x6E789E6AA1B965F4L);
        assertThat(zero.nextLong()).isEqualTo(0x06C45D188009454FL);
    }

    @Property(tries = 200)
    void theStreamIsTheOneOfSplittableRandom(@ForAll long state) {
        CountedRandom random = new CountedRandom(state);
        SplittableRandom reference = new SplittableRandom(state);
        for (int i = 0; i < 20; i++) {
            assertThat(random.nextLong()).isEqualTo(reference.nextLong());
        }
    }

    /** Pins the naming of streams: a change here would change every run. */
    @Test
    void aStreamBeginsAtTheHashOfItsName() throws NoSuchAlgorithmException {
        byte[] purpose = "größe".getBytes(StandardCharsets.UTF_8);
        ByteBuffer name = ByteBuffer.allocate(8 + 4 + purpose.length + 16);
        name.putLong(-5).putInt(purpose.length).put(purpose).putLong(3).putLong(Long.MIN_VALUE);
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(name.array());
        CountedRandom expected = new CountedRandom(ByteBuffer.wrap(hash).getLong());
        CountedRandom random = CountedRandom.of(-5, "größe", 3, Long.MIN_VALUE);
        for (int i = 0; i < 5; i++) {
            assertThat(random.nextLong()).isEqualTo(expected.nextLong());
        }
        assertThat(CountedRandom.of(1, "shuffle", 0).nextLong()).isEqualTo(7832355156766825045L);
    }

    @Test
    void everyPartOfTheNameMatters() {
        List<CountedRandom> streams = List.of(
                CountedRandom.of(1, "shuffle"),
                CountedRandom.of(2, "shuffle"),
                CountedRandom.of(1, "shuffl"),
                CountedRandom.of(1, ""),
                CountedRandom.of(1, "shuffle", 0),
                CountedRandom.of(1, "shuffle", 1),
                CountedRandom.of(1, "shuffle", 0, 0),
                CountedRandom.of(1, "shuffle", 0, 1),
                CountedRandom.of(1, "shuffle", 1, 0),
                CountedRandom.of(1, "shuffle\0\0\0\0\0\0\0\0"));
        Set<Long> first = new HashSet<>();
        for (CountedRandom stream : streams) {
            first.add(stream.nextLong());
        }
        assertThat(first).hasSize(streams.size());
    }

    @Test
    void theSameNameGivesTheSameNumbersWhateverElseWasDrawn() {
        CountedRandom one = CountedRandom.of(7, "mask", 3);
        double[] alone =
                IntStream.range(0, 50).mapToDouble(i -> one.nextGaussian()).toArray();
        CountedRandom two = CountedRandom.of(7, "mask", 3);
        CountedRandom other = CountedRandom.of(7, "mask", 4);
        for (double expected : alone) {
            other.nextGaussian();
            assertThat(two.nextGaussian()).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 10, 64, 100})
    void integersAreUniform(int bound) {
        CountedRandom random = CountedRandom.of(11, "integers", bound);
        int draws = 200_000;
        int[] counts = new int[bound];
        for (int i = 0; i < draws; i++) {
            counts[random.nextInt(bound)]++;
        }
        double expected = (double) draws / bound;
        double chiSquare = Arrays.stream(counts)
                .mapToDouble(count -> (count - expected) * (count - expected) / expected)
                .sum();
        // Mean bound - 1, variance 2 (bound - 1); the seed is fixed, so five sigma never flickers.
        assertThat(chiSquare).isLessThanOrEqualTo(bound - 1 + 5 * Math.sqrt(2.0 * (bound - 1)));
    }

    @Property(tries = 300)
    void integersStayBelowTheirBound(@ForAll long seed, @ForAll @IntRange(min = 1) int bound) {
        CountedRandom random = CountedRandom.of(seed, "bound");
        for (int i = 0; i < 10; i++) {
            assertThat(random.nextInt(bound)).isBetween(0, bound - 1);
        }
    }

    @Test
    void boundsMustBePositive() {
        CountedRandom random = CountedRandom.of(1, "bound");
        assertThatThrownBy(() -> random.nextInt(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> random.nextInt(-3)).hasMessageContaining("found -3");
    }

    @Test
    void doublesAreUniform() {
        CountedRandom random = CountedRandom.of(5, "doubles");
        int draws = 200_000;
        double sum = 0.0;
        double squares = 0.0;
        int[] deciles = new int[10];
        for (int i = 0; i < draws; i++) {
            double x = random.nextDouble();
            assertThat(x >= 0.0 && x < 1.0).isTrue();
            sum += x;
            squares += x * x;
            deciles[(int) (10 * x)]++;
        }
        double mean = sum / draws;
        assertThat(mean).isCloseTo(0.5, within(5 * Math.sqrt(1.0 / 12 / draws)));
        assertThat(squares / draws - mean * mean).isCloseTo(1.0 / 12, within(5 * Math.sqrt(1.0 / 180 / draws)));
        for (int count : deciles) {
            assertThat((double) count).isCloseTo(draws / 10.0, within(5 * Math.sqrt(0.09 * draws)));
        }
    }

    @Test
    void gaussiansHaveTheMomentsAndTailsOfTheNormalDistribution() {
        CountedRandom random = CountedRandom.of(5, "gaussians");
        int draws = 400_000;
        double[] moments = new double[5];
        int withinOne = 0;
        int beyondThree = 0;
        double lagged = 0.0;
        double previous = 0.0;
        for (int i = 0; i < draws; i++) {
            double x = random.nextGaussian();
            double power = 1.0;
            for (int k = 1; k <= 4; k++) {
                power *= x;
                moments[k] += power / draws;
            }
            withinOne += Math.abs(x) < 1 ? 1 : 0;
            beyondThree += Math.abs(x) > 3 ? 1 : 0;
            lagged += x * previous / draws;
            previous = x;
        }
        double sigma = 1 / Math.sqrt(draws);
        assertThat(moments[1]).isCloseTo(0.0, within(5 * sigma));
        assertThat(moments[2]).isCloseTo(1.0, within(5 * Math.sqrt(2) * sigma));
        assertThat(moments[3]).isCloseTo(0.0, within(5 * Math.sqrt(15) * sigma));
        assertThat(moments[4]).isCloseTo(3.0, within(5 * Math.sqrt(96) * sigma));
        assertThat(lagged)
                .as("neighbours, which share one draw, are independent")
                .isCloseTo(0.0, within(5 * sigma));
        assertThat((double) withinOne / draws).isCloseTo(0.682689, within(5 * 0.4655 * sigma));
        assertThat((double) beyondThree / draws).isCloseTo(0.0026998, within(5 * 0.0519 * sigma));
    }

    @Test
    void permutationsAreUniform() {
        CountedRandom random = CountedRandom.of(3, "permutations");
        int draws = 60_000;
        int[] counts = new int[256];
        for (int i = 0; i < draws; i++) {
            int code = 0;
            for (int value : random.permutation(4)) {
                code = 4 * code + value;
            }
            counts[code]++;
        }
        int[] used = Arrays.stream(counts).filter(count -> count > 0).toArray();
        assertThat(used).hasSize(24);
        double chiSquare = Arrays.stream(used)
                .mapToDouble(count -> (count - 2500.0) * (count - 2500.0) / 2500.0)
                .sum();
        assertThat(chiSquare).isLessThan(23 + 5 * Math.sqrt(46));
    }

    @Property(tries = 100)
    void permutationsHoldEveryNumberOnce(@ForAll long seed, @ForAll @IntRange(min = 0, max = 200) int length) {
        int[] order = CountedRandom.of(seed, "order").permutation(length);
        Arrays.sort(order);
        assertThat(order).isEqualTo(IntStream.range(0, length).toArray());
    }
}
