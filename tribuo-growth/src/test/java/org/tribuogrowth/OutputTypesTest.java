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
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.tribuo.Dataset;
import org.tribuo.Output;
import org.tribuo.Prediction;
import org.tribuo.multilabel.MultiLabel;
import org.tribuo.multilabel.evaluation.MultiLabelEvaluation;
import org.tribuo.multilabel.evaluation.MultiLabelEvaluator;
import org.tribuo.regression.Regressor;
import org.tribuo.regression.evaluation.RegressionEvaluation;
import org.tribuo.regression.evaluation.RegressionEvaluator;
import org.tribuo.test.Helpers;
import org.tribuogrowth.architecture.CostMeasure;
import org.tribuogrowth.architecture.family.MlpFamily;
import org.tribuogrowth.data.PerChannelNormalisation;
import org.tribuogrowth.data.VectorLayout;
import org.tribuogrowth.kernel.KernelChoice;
import org.tribuogrowth.output.Loss;
import org.tribuogrowth.output.MultiLabelOutputAdapter;
import org.tribuogrowth.output.OutputAdapter;
import org.tribuogrowth.output.RegressorOutputAdapter;
import org.tribuogrowth.search.Budget;
import org.tribuogrowth.search.DynamicSparseTraining;
import org.tribuogrowth.search.JointSearchAndTraining;
import org.tribuogrowth.search.MagnitudePruning;
import org.tribuogrowth.search.RandomStructure;
import org.tribuogrowth.search.StructureSearch;
import org.tribuogrowth.search.StructuredContinuousSparsification;
import org.tribuogrowth.training.AdamOptimiser;
import org.tribuogrowth.training.CosineRate;
import org.tribuogrowth.training.GrowthListener;

/** Multi-label classification and regression from the dataset to the stored model. */
class OutputTypesTest {
    private static final Budget BUDGET = new Budget(0.6, CostMeasure.PARAMETERS);

    private static <T extends Output<T>> GrowthTrainer.Builder<T> builder(OutputAdapter<T> adapter) {
        return builder(
                adapter,
                StructuredContinuousSparsification.builder(BUDGET)
                        .fitBudget(true)
                        .build());
    }

    private static <T extends Output<T>> GrowthTrainer.Builder<T> builder(
            OutputAdapter<T> adapter, StructureSearch search) {
        return GrowthTrainer.builder(
                        adapter,
                        new VectorLayout(),
                        new MlpFamily(List.of(24, 12)),
                        search,
                        new AdamOptimiser(0.01, 0.0, true, new CosineRate()))
                .epochs(20)
                .minibatchSize(16)
                .validationFraction(0.2)
                .seed(3);
    }

    private record Heard(List<GrowthListener.Interval> intervals) implements GrowthListener {
        @Override
        public void onInterval(Interval interval) {
            intervals.add(interval);
        }
    }

    @ParameterizedTest
    @EnumSource(KernelChoice.class)
    void check31_severalLabelsAreLearntAndStored(KernelChoice kernels) {
        GrowthTrainer<MultiLabel> trainer =
                builder(new MultiLabelOutputAdapter()).kernels(kernels).build();
        Heard heard = new Heard(new ArrayList<>());
        trainer.setListeners(List.of(heard));
        try (GrowthModel<MultiLabel> model = trainer.train(OutputData.multiLabels(400, 1))) {
            Dataset<MultiLabel> test = OutputData.multiLabels(200, 2);
            MultiLabelEvaluation evaluation = new MultiLabelEvaluator().evaluate(model, test);
            assertThat(evaluation.microAveragedF1()).isGreaterThan(0.93);
            GrowthListener.Interval last =
                    heard.intervals().get(heard.intervals().size() - 1);
            assertThat(last.measureName()).isEqualTo("jaccard");
            assertThat(last.validation().orElseThrow()).isBetween(0.85, 1.0);
            assertThat(last.validationLoss().orElseThrow()).isBetween(0.0, 1.0);
            boolean none = false;
            for (Prediction<MultiLabel> prediction : model.predict(test)) {
                assertThat(prediction.getOutputScores()).containsOnlyKeys("first", "second", "third");
                for (MultiLabel label : prediction.getOutputScores().values()) {
                    String name = label.getLabelString();
                    double score = label.getLabelSet().iterator().next().getScore();
                    assertThat(score).isBetween(0.0, 1.0);
                    assertThat(prediction.getOutput().contains(name)).isEqualTo(score > 0.5);
                }
                none |= prediction.getOutput().getLabelSet().isEmpty();
            }
            assertThat(none).isTrue();
            if (kernels != KernelChoice.ND4J) {
                // A stored model is read for the processor's own kernels, which round differently.
                Helpers.testModelProtoSerialization(model, MultiLabel.class, test, 0.0);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Loss.class,
            names = {"SQUARED", "HUBER", "ABSOLUTE"})
    void check31_dimensionsOfAnyScaleAreLearntAndStored(Loss loss) {
        GrowthTrainer<Regressor> trainer = builder(new RegressorOutputAdapter(loss))
                .normalisation(new PerChannelNormalisation())
                .build();
        Heard heard = new Heard(new ArrayList<>());
        trainer.setListeners(List.of(heard));
        try (GrowthModel<Regressor> model = trainer.train(OutputData.regressors(400, 1))) {
            Dataset<Regressor> test = OutputData.regressors(200, 2);
            RegressionEvaluation evaluation = new RegressionEvaluator().evaluate(model, test);
            assertThat(evaluation.r2(new Regressor("mass", 0))).isGreaterThan(0.9);
            assertThat(evaluation.r2(new Regressor("width", 0))).isGreaterThan(0.5);
            GrowthListener.Interval last =
                    heard.intervals().get(heard.intervals().size() - 1);
            assertThat(last.measureName()).isEqualTo("skill");
            assertThat(last.validation().orElseThrow()).isBetween(0.6, 1.0);
            Helpers.testModelProtoSerialization(model, Regressor.class, test, 0.0);
        }
    }

    @Test
    void bothRoadsGiveTheSamePredictions() {
        Dataset<Regressor> data = OutputData.regressors(200, 1);
        Dataset<Regressor> test = OutputData.regressors(50, 2);
        List<List<Prediction<Regressor>>> predictions = new ArrayList<>();
        for (KernelChoice kernels : List.of(KernelChoice.ONEDNN, KernelChoice.ND4J)) {
            GrowthTrainer<Regressor> trainer = builder(new RegressorOutputAdapter())
                    .kernels(kernels)
                    .epochs(6)
                    .build();
            try (GrowthModel<Regressor> model = trainer.train(data)) {
                predictions.add(model.predict(test));
            }
        }
        for (int i = 0; i < test.size(); i++) {
            double[] plan = predictions.get(0).get(i).getOutput().getValues();
            double[] graph = predictions.get(1).get(i).getOutput().getValues();
            assertThat(plan[0]).isCloseTo(graph[0], within(1.0));
            assertThat(plan[1]).isCloseTo(graph[1], within(1e-5));
        }
    }

    static List<StructureSearch> searches() {
        return List.of(
                JointSearchAndTraining.builder()
                        .budget(BUDGET)
                        .phases(0.2, 0.4, 0)
                        .passes(2, 1, 0.25)
                        .build(),
                DynamicSparseTraining.withPenalty(1e-3),
                MagnitudePruning.builder(BUDGET).trainingFraction(0.5).build(),
                new RandomStructure(BUDGET));
    }

    @ParameterizedTest
    @MethodSource("searches")
    void everySearchTakesEveryOutput(StructureSearch search) {
        try (GrowthModel<MultiLabel> labels =
                        builder(new MultiLabelOutputAdapter(), search).build().train(OutputData.multiLabels(300, 1));
                GrowthModel<Regressor> numbers =
                        builder(new RegressorOutputAdapter(), search).build().train(OutputData.regressors(300, 1))) {
            assertThat(new MultiLabelEvaluator()
                            .evaluate(labels, OutputData.multiLabels(100, 2))
                            .microAveragedF1())
                    .isGreaterThan(0.8);
            assertThat(new RegressionEvaluator()
                            .evaluate(numbers, OutputData.regressors(100, 2))
                            .r2(new Regressor("mass", 0)))
                    .isGreaterThan(0.6);
        }
    }
}
