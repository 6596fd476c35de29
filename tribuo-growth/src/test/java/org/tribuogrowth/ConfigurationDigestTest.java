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

package org.tribuogrowth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tribuo.classification.Label;
import org.tribuogrowth.architecture.CostMeasure;
import org.tribuogrowth.search.Budget;
import org.tribuogrowth.search.DynamicSparseTraining;
import org.tribuogrowth.search.FixedStructure;
import org.tribuogrowth.search.ScsPenalty;
import org.tribuogrowth.search.StructuredContinuousSparsification;
import org.tribuogrowth.training.AdamOptimiser;
import org.tribuogrowth.training.ConstantRate;
import org.tribuogrowth.training.SgdOptimiser;

/** Equal configurations have equal digests, different ones do not. */
class ConfigurationDigestTest {
    private static String digest(GrowthTrainer<Label> trainer) {
        return ConfigurationDigest.of(trainer.getProvenance());
    }

    @Test
    void everyValueCounts() {
        String digest = digest(TestTrainers.scs());
        assertThat(digest).matches("[0-9a-f]{64}").isEqualTo(digest(TestTrainers.scs()));
        assertThat(digest(TestTrainers.fixed())).isNotEqualTo(digest);
        assertThat(digest(TestTrainers.builder(TestTrainers.growing()).seed(8).build()))
                .isNotEqualTo(digest);
        assertThat(digest(
                        TestTrainers.builder(TestTrainers.growing()).epochs(11).build()))
                .isNotEqualTo(digest);
        assertThat(digest(TestTrainers.builder(FixedStructure.uniform(0.5)).build()))
                .isNotEqualTo(
                        digest(TestTrainers.builder(FixedStructure.uniform(0.6)).build()));
    }

    /** What older records name: options that came later have no part in it unless they are used. */
    @Test
    void optionsThatCameLaterLeaveOldDigestsAsTheyWere() {
        assertThat(digest(TestTrainers.scs()))
                .isEqualTo("26c69f8c6b218b875ce88dd181c1177bace004e9a6bd3800d89eb71a28446ef4");
        Budget half = new Budget(0.5, CostMeasure.MULTIPLY_ADDS);
        StructuredContinuousSparsification byCost = StructuredContinuousSparsification.builder(half)
                .penalty(ScsPenalty.BOTH)
                .build();
        assertThat(ConfigurationDigest.of(byCost.getProvenance()))
                .isNotEqualTo(ConfigurationDigest.of(new StructuredContinuousSparsification(half).getProvenance()));
        SgdOptimiser sgd = new SgdOptimiser(0.1, 0.9, 0.0, new ConstantRate());
        String plain = ConfigurationDigest.of(sgd.getProvenance());
        assertThat(plain).isEqualTo("6d706f512e6ac014fcafb4310355ea6854c7d15939ea881b1fa29514397a50eb");
        assertThat(ConfigurationDigest.of(sgd.withMaxGradientNorm(1.0).getProvenance()))
                .isNotEqualTo(plain);
        AdamOptimiser adam = new AdamOptimiser(0.1, 0.0, true, new ConstantRate());
        assertThat(ConfigurationDigest.of(adam.getProvenance()))
                .isEqualTo("01ace63673b4323cb1032131cc884c4b5e21b62a5643df183466c08d5b1b0cef");
        assertThat(ConfigurationDigest.of(
                        DynamicSparseTraining.withPenalty(1e-3).getProvenance()))
                .isEqualTo("5caaa45b5901ec5a2e810d6d1dcc4afa4d7215921fe01caa7fb3a91a48cadb29");
        GrowthSequenceTrainer.Builder language = TestTexts.languageModel(FixedStructure.dense());
        assertThat(language.build().configurationDigest())
                .isEqualTo("7532e45dac462786880ef883a2847c29b767df04a41ff85eb403967e01766f88");
        assertThat(language.sampledClasses(2).build().configurationDigest())
                .isNotEqualTo("7532e45dac462786880ef883a2847c29b767df04a41ff85eb403967e01766f88");
        Budget budget = new Budget(0.5, CostMeasure.PARAMETERS);
        assertThat(ConfigurationDigest.of(budget.getProvenance()))
                .isEqualTo("d313650c20041e2692e7fd94d0f55c9b09b5b1429d3e3dae899db39dca5d911f")
                .isNotEqualTo(ConfigurationDigest.of(
                        new Budget(0.5, CostMeasure.PARAMETERS, List.of("hidden")).getProvenance()));
    }
}
