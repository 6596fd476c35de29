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

package org.tribuogrowth.examples.benchmarks.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tribuogrowth.kernel.SparseLimit;

class SparseCrossoverTest {
    private static final List<SparseCrossover.Finding> FINDINGS = List.of(
            new SparseCrossover.Finding("dense 784 -> 300", 1, SparseLimit.ONE_EXAMPLE, 0.125),
            new SparseCrossover.Finding("dense 784 -> 300", 4, SparseLimit.ONE_EXAMPLE, 0.0129),
            new SparseCrossover.Finding("1x1 64 -> 64", 1, SparseLimit.NEVER, 0.002),
            new SparseCrossover.Finding("1x1 64 -> 64", 4, SparseLimit.NEVER, 0));

    @Test
    void theLeastConstantDecides() {
        // A limit that is shared by the examples of a batch is four times the density at four examples.
        assertThat(SparseCrossover.constants(FINDINGS))
                .contains("ONE_EXAMPLE              0.051  decided by dense 784 -> 300, batch 4")
                .contains("NEVER                    0      stays; the greatest density at equal time is 0.002");
    }

    @Test
    void theTableHasALineForEachLayer() {
        assertThat(SparseCrossover.table(FINDINGS).lines().map(String::stripTrailing))
                .containsExactly(
                        "Densities at equal time, at batch sizes [1, 4]",
                        "",
                        "dense 784 -> 300              0.125  0.013",
                        "1x1 64 -> 64                  0.002  0.000");
    }

    @Test
    void equalTimeIsFoundBetweenTwoDensities() {
        // Sparse takes 10 microseconds at a density of 0.1 and 20 at 0.2, and more above.
        List<Double> times = List.of(1.0, 2.0, 3.0, 5.0, 10.0, 20.0, 30.0, 50.0, 80.0);
        assertThat(new SparseTimes(15, times).crossover()).isCloseTo(0.15, within(1e-9));
        assertThat(new SparseTimes(0.5, times).crossover()).isZero();
        assertThat(new SparseTimes(100, times).crossover()).isEqualTo(1);
        assertThat(SparseTimes.densities()).hasSameSizeAs(times).isSorted();
    }

    @Test
    void batchesAreReadInOrder() {
        assertThat(SparseCrossover.batches(List.of())).contains(1, 128);
        assertThat(SparseCrossover.batches(List.of("--batches", "8,1,8"))).containsExactly(1, 8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "1,", "x", "1.5", "65537", "99999999999"})
    void wrongBatchesAreNamed(String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SparseCrossover.batches(List.of("--batches", value)))
                .withMessageContaining("whole numbers from 1 to 65536");
    }

    @Test
    void wrongOptionsAreNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SparseCrossover.batches(List.of("--batch", "1")))
                .withMessage("There is no option --batch; --help lists them");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SparseCrossover.batches(List.of("--batches")))
                .withMessageContaining("one value, found 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SparseCrossover.batches(Collections.nCopies(4, "--batches")))
                .withMessageContaining("one value, found 3");
    }
}
