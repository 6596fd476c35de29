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

package org.tribuogrowth.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** The comparison that decides whether a compact network may be used. */
class CompactionCheckTest {
    @Test
    void differencesAreRelativeToTheLargestOutput() {
        float[] gated = {1.0f, -4.0f, 2.0f, 0.5f};
        float[] plain = {1.0f, -4.0f, 2.004f, 0.5f};
        CompactionCheck.Outcome outcome = CompactionCheck.compare(gated, plain, 2);
        assertThat(outcome.examples()).isEqualTo(2);
        assertThat(outcome.largestDifference()).isCloseTo(0.004, within(1e-6));
        assertThat(outcome.relativeDifference()).isCloseTo(0.001, within(1e-6));
        assertThat(outcome.argMaxAgreement()).isEqualTo(1.0);
        assertThat(outcome.relativeDifference()).isGreaterThan(CompactionCheck.TOLERANCE);
    }

    @Test
    void equalOutputsDoNotDifferAndDecisionsAreCounted() {
        float[] same = {0.0f, 0.0f};
        assertThat(CompactionCheck.compare(same, same, 1).relativeDifference()).isZero();
        float[] left = {0.5f, 0.4f, 0.1f, 0.9f};
        float[] right = {0.4f, 0.5f, 0.1f, 0.9f};
        assertThat(CompactionCheck.compare(left, right, 2).argMaxAgreement()).isEqualTo(0.5);
    }

    @Test
    void whatIsNotANumberNeverPasses() {
        float[] gated = {1.0f, Float.NaN};
        float[] plain = {1.0f, 1.0f};
        assertThat(CompactionCheck.compare(gated, plain, 2).relativeDifference())
                .isGreaterThan(CompactionCheck.TOLERANCE);
        assertThat(CompactionCheck.compare(plain, gated, 2).relativeDifference())
                .isGreaterThan(CompactionCheck.TOLERANCE);
    }
}
