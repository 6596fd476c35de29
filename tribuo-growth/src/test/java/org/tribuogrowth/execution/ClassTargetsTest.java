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

package org.tribuogrowth.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tribuogrowth.output.ClassWeights;

class ClassTargetsTest {
    private static final float[] TARGETS = {0, 1, -1, 2, -5, 2};

    private static void requireRows(ClassTargets targets, int[] numbers, float[] factors) {
        for (int row = 0; row < numbers.length; row++) {
            assertThat(targets.number(row)).isEqualTo(numbers[row]);
            assertThat(targets.factor(row)).isEqualTo(factors[row]);
        }
    }

    @Test
    void factorsMakeAMeanOverThePositionsThatCount() {
        ClassTargets targets = new ClassTargets(new OutputRows(2, 3, false), 3, ClassWeights.EQUAL);
        targets.read(TARGETS, null);
        // Two examples, four positions that count: what is divided by 2 in the end must be divided by 4.
        requireRows(targets, new int[] {0, 1, -1, 2, -1, 2}, new float[] {0.5f, 0.5f, 0, 0.5f, 0, 0.5f});
        targets.read(TARGETS, new float[] {2, 6});
        requireRows(targets, new int[] {0, 1, -1, 2, -1, 2}, new float[] {1, 1, 0, 3, 0, 3});
    }

    @Test
    void classesThatCountMoreMakeAWeightedMean() {
        ClassTargets targets =
                new ClassTargets(new OutputRows(2, 3, false), 3, new ClassWeights(List.of(1.0, 0.5, 3.0)));
        targets.read(TARGETS, null);
        // The positions that count have 1 + 0.5 + 3 + 3 = 7.5 together.
        requireRows(targets, new int[] {0, 1, -1, 2, -1, 2}, new float[] {
            (float) (2 / 7.5), (float) (1 / 7.5), 0, (float) (6 / 7.5), 0, (float) (6 / 7.5)
        });
        targets.read(TARGETS, new float[] {2, 6});
        assertThat(targets.factor(1)).isEqualTo((float) (2 / 7.5));
        assertThat(targets.factor(3)).isEqualTo((float) (36 / 7.5));
    }

    @Test
    void rowsOfSequencesGoStepByStep() {
        OutputRows rows = new OutputRows(2, 3, true);
        assertThat(rows.areInOrder()).isFalse();
        assertThat(new OutputRows(1, 3, true).areInOrder()).isTrue();
        assertThat(new OutputRows(2, 3, false).areInOrder()).isTrue();
        ClassTargets targets = new ClassTargets(rows, 3, ClassWeights.EQUAL);
        targets.read(TARGETS, new float[] {2, 6});
        requireRows(targets, new int[] {0, 2, 1, -1, -1, 2}, new float[] {1, 3, 1, 0, 0, 3});
    }

    @Test
    void whereNoPositionCountsNothingIsDivided() {
        ClassTargets targets = new ClassTargets(new OutputRows(1, 2, false), 3, ClassWeights.EQUAL);
        targets.read(new float[] {-1, -1}, null);
        requireRows(targets, new int[] {-1, -1}, new float[] {0, 0});
    }

    @Test
    void whatIsNoNumberOfAClassIsRefused() {
        ClassTargets targets = new ClassTargets(new OutputRows(2, 1, false), 3, ClassWeights.EQUAL);
        for (float wrong : new float[] {3, Float.NaN, Float.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> targets.read(new float[] {0, wrong}, null))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll("position 0 of example 1", "is " + wrong, "0 to 2");
        }
    }
}
