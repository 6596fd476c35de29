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

package org.tribuogrowth.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MeasurementTest {
    @Test
    void aMeanIsByWeights() {
        Measurement mean = Measurement.mean(
                (scores, scoreOffset, targets, targetOffset) -> scores[scoreOffset] - targets[targetOffset]);
        float[] scores = {0, 5, 9};
        float[] targets = {1, 2};
        mean.add(scores, 1, targets, 0, 1);
        assertThat(mean.value()).isEqualTo(4);
        mean.add(scores, 2, targets, 1, 3);
        assertThat(mean.value()).isEqualTo((4 + 3 * 7) / 4.0);
    }

    @Test
    void labelsAreMeasuredByTheirAccuracy() {
        Measurement accuracy = new LabelOutputAdapter().newMeasurement(2, 1);
        float[] scores = {0.3f, 0.7f, 0.6f, 0.4f};
        float[] targets = {0, 1, 0, 1};
        accuracy.add(scores, 0, targets, 0, 1);
        accuracy.add(scores, 2, targets, 2, 1);
        assertThat(accuracy.value()).isEqualTo(0.5);
    }
}
