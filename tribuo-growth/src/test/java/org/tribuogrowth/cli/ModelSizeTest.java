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

package org.tribuogrowth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/** Zeros and bytes of a model at a run's end. */
class ModelSizeTest {
    private static final ModelSize MASKED = new ModelSize(
            List.of(
                    new ModelSize.Layer("hidden1", 235_200, 5_880, 940_800, 30_012),
                    new ModelSize.Layer("output", 3_000, 3_000, 12_000, 12_000)),
            954_040,
            43_252);
    private static final ModelSize FULL =
            new ModelSize(List.of(new ModelSize.Layer("output", 3_000, 3_000, 12_000, 12_000)), 12_040, 12_040);

    private static String summary(ModelSize size) {
        RunRecord record = new RunRecord();
        TestRun.tell(List.of(record));
        return RunSummary.text(
                record,
                RunEvaluation.withoutTest(),
                Optional.ofNullable(size),
                List.of(),
                Optional.empty(),
                "run",
                List.of("a"));
    }

    @Test
    void aMaskedModelIsShownLayerByLayer() {
        assertThat(summary(MASKED))
                .contains(
                        """
                        weights by layer
                          layer    weights  not zero  density   bytes  with zeros
                          hidden1  235,200     5,880    2.5 %  30,012     940,800
                          output     3,000     3,000  100.0 %  12,000      12,000
                        """)
                .contains("weights                 8,880 of 238,200 not zero, 3.7 %\n")
                .contains("parameters take         43,252 bytes stored, 954,040 with all zeros\n");
    }

    @Test
    void aModelWithoutZerosIsShownInTwoLines() {
        assertThat(summary(FULL))
                .doesNotContain("weights by layer")
                .contains("weights                 3,000 of 3,000 not zero, 100.0 %\n")
                .contains("parameters take         12,040 bytes stored, 12,040 with all zeros\n");
        assertThat(summary(null)).doesNotContain("not zero");
    }

    @Test
    void theEvaluationHasAllFigures() {
        Map<String, Object> json = MASKED.json();
        assertThat(json)
                .containsEntry("weights", 238_200L)
                .containsEntry("nonZeroWeights", 8_880L)
                .containsEntry("density", 8_880 / 238_200.0)
                .containsEntry("denseBytes", 954_040L)
                .containsEntry("storedBytes", 43_252L);
        assertThat(json.get("layers"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .first()
                .isEqualTo(Map.of(
                        "name", "hidden1",
                        "weights", 235_200L,
                        "nonZeroWeights", 5_880L,
                        "density", 0.025,
                        "denseBytes", 940_800L,
                        "storedBytes", 30_012L));
    }
}
