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
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.LogRecord;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tribuo.Example;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.evaluation.LabelEvaluator;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuogrowth.architecture.ParameterRole;
import org.tribuogrowth.architecture.ParameterSpec;
import org.tribuogrowth.architecture.ThresholdSharing;
import org.tribuogrowth.architecture.family.MlpFamily;
import org.tribuogrowth.data.DenseExample;
import org.tribuogrowth.data.FeatureNames;
import org.tribuogrowth.data.VectorLayout;
import org.tribuogrowth.network.Initialisation;
import org.tribuogrowth.output.LabelOutputAdapter;
import org.tribuogrowth.random.CountedRandom;
import org.tribuogrowth.search.CapturedLog;
import org.tribuogrowth.search.DynamicSparseTraining;
import org.tribuogrowth.search.FixedStructure;
import org.tribuogrowth.search.StructureSearch;
import org.tribuogrowth.training.ConstantRate;
import org.tribuogrowth.training.GrowthTraining;
import org.tribuogrowth.training.SgdOptimiser;
import org.tribuogrowth.training.TrainingDivergedException;

/** Whole trainings with trainable thresholds, on clusters of points that a few inputs tell apart. */
class DynamicSparseTrainingRunTest {
    private static final int INPUTS = 64;
    private static final int CLASSES = 8;
    private static final int EXAMPLES = 960;
    private static final int EPOCHS = 20;

    private static MutableDataset<Label> data() {
        CountedRandom centres = CountedRandom.of(1, "centres");
        float[][] centre = new float[CLASSES][INPUTS];
        for (float[] values : centre) {
            for (int i = 0; i < INPUTS / 4; i++) {
                values[centres.nextInt(INPUTS)] = 2.0f;
            }
        }
        CountedRandom random = CountedRandom.of(1, "points");
        List<Example<Label>> examples = new ArrayList<>();
        for (int i = 0; i < EXAMPLES; i++) {
            float[] values = centre[i % CLASSES].clone();
            for (int j = 0; j < INPUTS; j++) {
                values[j] += (float) random.nextGaussian();
            }
            examples.add(
                    DenseExample.ofFloats(new Label("class" + i % CLASSES), FeatureNames.pixels("", INPUTS), values));
        }
        LabelFactory factory = new LabelFactory();
        return new MutableDataset<>(examples, new SimpleDataSourceProvenance("clusters", factory), factory);
    }

    private static GrowthTrainer.Builder<Label> builder(StructureSearch search, double rate) {
        return GrowthTrainer.builder(
                        new LabelOutputAdapter(),
                        new VectorLayout(),
                        new MlpFamily(List.of(48, 24)),
                        search,
                        new SgdOptimiser(rate, 0.9, false, 0.0, new ConstantRate()))
                .initialisation(Initialisation.FAN_IN_UNIFORM)
                .epochs(EPOCHS)
                .minibatchSize(32)
                .seed(3);
    }

    private static GrowthModel<Label> train(StructureSearch search) {
        return builder(search, 0.02).build().train(data());
    }

    /** The weights of the compact network that are not zero. */
    private static long kept(GrowthModel<?> model) {
        long kept = 0;
        for (ParameterSpec spec : model.parameters().architecture().parameters()) {
            if (spec.role() == ParameterRole.WEIGHT) {
                for (float weight : model.parameters().values(spec)) {
                    kept += weight == 0.0f ? 0 : 1;
                }
            }
        }
        return kept;
    }

    /** The part of all weights of the dense reference that are left in the compact network and not zero. */
    private static double density(GrowthModel<?> model) {
        return (double) kept(model) / model.denseReference().denseCost().weights();
    }

    /** The density at the end of the training, as recorded. */
    private static double recorded(GrowthModel<?> model) {
        List<String> intervals = lines(model, "\"type\":\"interval\"");
        Matcher density = Pattern.compile("\"density\":([0-9.eE-]+)").matcher(intervals.get(intervals.size() - 1));
        assertThat(density.find()).isTrue();
        return Double.parseDouble(density.group(1));
    }

    /** The weights, not zero, that went with dead units. */
    private static long gone(GrowthModel<?> model) {
        long gone = 0;
        for (String line : lines(model, "\"rule\":\"dead-")) {
            Matcher weights = Pattern.compile("\"weights\":\\[([0-9.,]*)\\]").matcher(line);
            assertThat(weights.find()).isTrue();
            for (String count : weights.group(1).split(",")) {
                gone += (long) Double.parseDouble(count);
            }
        }
        return gone;
    }

    private static List<String> lines(GrowthModel<?> model, String part) {
        return new String(model.ledger(), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.contains(part))
                .toList();
    }

    @Test
    void thePenaltyThinsTheNetworkOutAndTheRecordSaysHow() {
        try (GrowthModel<Label> model = train(DynamicSparseTraining.withPenalty(2e-3));
                GrowthModel<Label> again = train(DynamicSparseTraining.withPenalty(2e-3));
                GrowthModel<Label> gentle = train(DynamicSparseTraining.withPenalty(2e-4))) {
            double density = density(model);
            assertThat(density).isBetween(0.3, 0.45);
            assertThat(density(gentle)).isGreaterThan(0.7);
            assertThat(new LabelEvaluator().evaluate(model, data()).accuracy()).isGreaterThan(0.95);
            assertThat(model.activeUnits().count("hidden1")).isLessThan(48);
            long weights = model.denseReference().denseCost().weights();
            assertThat(kept(model) + gone(model)).isEqualTo(Math.round(recorded(model) * weights));

            assertThat(lines(model, "\"kind\":\"mask\"")).hasSize(3 * EPOCHS);
            List<String> intervals = lines(model, "\"type\":\"interval\"");
            assertThat(intervals).hasSize(EPOCHS);
            assertThat(again.ledger()).isEqualTo(model.ledger());
            assertThat(again.parameters().digest()).isEqualTo(model.parameters().digest());
        }
    }

    @ParameterizedTest
    @EnumSource(ThresholdSharing.class)
    void everySharingThinsTheNetworkOut(ThresholdSharing sharing) {
        double penalty = sharing == ThresholdSharing.MATRIX ? 2e-2 : 2e-3;
        DynamicSparseTraining search = new DynamicSparseTraining(5 * penalty, sharing, 0.01, true, 0.0, 0);
        try (GrowthModel<Label> model = builder(search, 0.02).epochs(4).build().train(data())) {
            assertThat(density(model)).isBetween(0.01, 0.6);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.3, 0.1, 0.04})
    void aTargetDensityIsReached(double target) {
        try (GrowthModel<Label> model = train(DynamicSparseTraining.towards(target))) {
            assertThat(recorded(model) / target).isCloseTo(1.0, within(0.1));
            assertThat(density(model)).isLessThanOrEqualTo(recorded(model));
            assertThat(new LabelEvaluator().evaluate(model, data()).accuracy()).isGreaterThan(0.9);
        }
    }

    @Test
    void aPenaltyBeyondAllNumbersIsHalvedUntilItIsOne() {
        DynamicSparseTraining search = new DynamicSparseTraining(1e39, ThresholdSharing.ROW, 0.01, true, 0.0, 20);
        try (GrowthModel<Label> model = builder(search, 0.02).epochs(2).build().train(data())) {
            assertThat(lines(model, "\"kind\":\"guard\"")).hasSizeBetween(3, 20);
            assertThat(lines(model, "\"kind\":\"reset\"")).isNotEmpty();
        }
    }

    @Test
    void patienceThatCannotActIsWarnedOf() {
        assertThat(warningsWithPatienceOne(DynamicSparseTraining.withPenalty(1e-3)))
                .singleElement()
                .asString()
                .contains("patience is 1");
        assertThat(warningsWithPatienceOne(FixedStructure.dense())).isEmpty();
    }

    private static List<String> warningsWithPatienceOne(StructureSearch search) {
        try (CapturedLog log = new CapturedLog(GrowthTraining.class);
                GrowthModel<Label> model = builder(search, 0.02)
                        .epochs(2)
                        .validationFraction(0.2)
                        .patience(1)
                        .build()
                        .train(data())) {
            assertThat(model).isNotNull();
            return log.messages().stream().map(LogRecord::getMessage).toList();
        }
    }

    @Test
    void whatHalvingDoesNotHelpStillDiverges() {
        GrowthTrainer<Label> trainer =
                builder(DynamicSparseTraining.withPenalty(1e-3), 1e30).build();
        assertThatThrownBy(() -> trainer.train(data())).isInstanceOf(TrainingDivergedException.class);
    }
}
