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

import com.oracle.labs.mlrg.olcut.config.PropertyException;
import com.oracle.labs.mlrg.olcut.provenance.primitives.StringProvenance;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tribuo.Example;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.impl.ArrayExample;
import org.tribuo.sequence.MutableSequenceDataset;
import org.tribuo.sequence.SequenceExample;
import org.tribuo.test.Helpers;
import org.tribuogrowth.architecture.CostMeasure;
import org.tribuogrowth.architecture.family.LstmFamily;
import org.tribuogrowth.architecture.family.MlpFamily;
import org.tribuogrowth.data.ImageLayout;
import org.tribuogrowth.data.TokenLayout;
import org.tribuogrowth.data.VectorLayout;
import org.tribuogrowth.kernel.KernelChoice;
import org.tribuogrowth.output.SequenceMeasure;
import org.tribuogrowth.provenance.LedgerVerifier;
import org.tribuogrowth.search.FixedStructure;
import org.tribuogrowth.training.AdamOptimiser;
import org.tribuogrowth.training.ConstantRate;
import org.tribuogrowth.training.GrowthListener;
import org.tribuogrowth.training.SgdOptimiser;

final class GrowthSequenceTrainerTest {
    private static final MutableSequenceDataset<Label> TEXT = TestTexts.dataset(List.of(TestTexts.text(120, 1)));
    private static final MutableSequenceDataset<Label> TEST = TestTexts.dataset(List.of(TestTexts.text(40, 2)));

    private static double perplexity(GrowthSequenceModel model) {
        return new PerplexityEvaluator().evaluate(model, TEST).perplexity();
    }

    @Test
    void learnsATextThatNeedsMemory() {
        try (GrowthSequenceModel model =
                TestTexts.languageModel(FixedStructure.dense()).build().train(TEXT)) {
            PerplexityEvaluation evaluation = new PerplexityEvaluator().evaluate(model, TEST);
            // One token of four is one of three by chance, the others follow: 3^(1/4) = 1.316. Without memory of the
            // name,
            // two of four would be.
            assertThat(evaluation.perplexity()).isBetween(1.30, 1.40);
            assertThat(evaluation.tokens()).isEqualTo(159);
            assertThat(evaluation.accuracy()).isGreaterThan(0.75);
        }
    }

    @Test
    void growsWithinTheBudget() {
        List<GrowthListener.Interval> intervals = new ArrayList<>();
        GrowthSequenceTrainer trainer =
                TestTexts.languageModel(TestTexts.growing()).build();
        trainer.setListeners(List.of(new GrowthListener() {
            @Override
            public void onInterval(Interval interval) {
                intervals.add(interval);
            }
        }));
        try (GrowthSequenceModel model = trainer.train(TEXT)) {
            assertThat(model.cost().fractionOf(model.denseReference().denseCost(), CostMeasure.PARAMETERS))
                    .isLessThanOrEqualTo(0.6);
            assertThat(model.activeUnits().count("lstm1")).isBetween(2, 11);
            assertThat(LedgerVerifier.verify(model.ledger()).ok()).isTrue();
            assertThat(intervals.get(0).measureName()).isEqualTo("perplexity");
            assertThat(intervals.get(intervals.size() - 1).validation().orElseThrow())
                    .isLessThan(intervals.get(0).validation().orElseThrow())
                    .isGreaterThan(1.0);
            assertThat(perplexity(model)).isLessThan(2.0);
            Helpers.testProvenanceMarshalling(model.getProvenance());
            assertThat(model.finalConfiguration().get(0).getClassName())
                    .isEqualTo(GrowthSequenceTrainer.class.getName());
        }
    }

    @Test
    void learnsLabelsOfStepsInSequencesOfDifferentLengths() {
        GrowthSequenceTrainer trainer =
                TestTexts.tagger().validationFraction(0.2).build();
        List<Double> measures = new ArrayList<>();
        trainer.setListeners(List.of(new GrowthListener() {
            @Override
            public void onInterval(Interval interval) {
                measures.add(interval.validation().orElseThrow());
            }
        }));
        try (GrowthSequenceModel model = trainer.train(TestTexts.echoes(150, 1))) {
            PerplexityEvaluation evaluation = new PerplexityEvaluator().evaluate(model, TestTexts.echoes(50, 2));
            assertThat(evaluation.accuracy()).isGreaterThan(0.97);
            assertThat(measures.get(measures.size() - 1)).isGreaterThan(0.97).isLessThanOrEqualTo(1.0);
        }
    }

    @Test
    void bothKernelsLearnBatchesOfDifferentLengthsAlike() {
        List<List<Double>> losses = new ArrayList<>();
        for (KernelChoice kernels : List.of(KernelChoice.AUTOMATIC, KernelChoice.ND4J)) {
            GrowthSequenceTrainer trainer =
                    TestTexts.tagger().kernels(kernels).epochs(4).build();
            List<Double> ofKernels = new ArrayList<>();
            trainer.setListeners(List.of(new GrowthListener() {
                @Override
                public void onInterval(Interval interval) {
                    ofKernels.add(interval.trainingLoss());
                }
            }));
            trainer.train(TestTexts.echoes(100, 1)).close();
            losses.add(ofKernels);
        }
        for (int epoch = 0; epoch < 4; epoch++) {
            assertThat(losses.get(0).get(epoch)).isCloseTo(losses.get(1).get(epoch), within(1e-3));
        }
    }

    @Test
    void stepsMayHaveFeaturesWithValues() {
        List<SequenceExample<Label>> sequences = new ArrayList<>();
        for (SequenceExample<Label> sequence : TestTexts.echoes(100, 1)) {
            List<Example<Label>> steps = new ArrayList<>();
            for (Example<Label> step : sequence) {
                double value = step.iterator().next().getName().equals("p") ? 1.0 : -1.0;
                steps.add(new ArrayExample<>(step.getOutput(), new String[] {"v", "w"}, new double[] {value, 0.5}));
            }
            sequences.add(new SequenceExample<>(steps));
        }
        GrowthSequenceTrainer trainer = GrowthSequenceTrainer.builder(
                        new VectorLayout(),
                        LstmFamily.builder(List.of(10)).everyStep(true).build(),
                        FixedStructure.dense(),
                        new AdamOptimiser(0.03, 0.0, false, new ConstantRate()))
                .minibatchSize(8)
                .epochs(15)
                .build();
        try (GrowthSequenceModel model = trainer.train(TestTexts.dataset(sequences))) {
            assertThat(new PerplexityEvaluator()
                            .evaluate(model, TestTexts.dataset(sequences))
                            .accuracy())
                    .isGreaterThan(0.9);
        }
    }

    @Test
    void tiedOutputsAreLearntAndCompacted() {
        GrowthSequenceTrainer trainer = GrowthSequenceTrainer.builder(
                        new TokenLayout(),
                        LstmFamily.builder(List.of(8, 12))
                                .everyStep(true)
                                .tied(true)
                                .dropout(0.1, 0.1, 0.1)
                                .build(),
                        TestTexts.growing(),
                        new AdamOptimiser(0.02, 0.0, false, new ConstantRate()))
                .steps(5)
                .carriedState(true)
                .minibatchSize(4)
                .epochs(8)
                .build();
        try (GrowthSequenceModel model = trainer.train(TEXT)) {
            assertThat(model.architecture().output().tied()).isEqualTo("embedding");
            assertThat(perplexity(model)).isLessThan(4.0);
        }
    }

    @Test
    void check06_equalTrainersGiveEqualModelsAndInvocationsAreCounted() {
        GrowthSequenceTrainer trainer =
                TestTexts.languageModel(TestTexts.growing()).epochs(6).build();
        GrowthSequenceTrainer other =
                TestTexts.languageModel(TestTexts.growing()).epochs(6).build();
        try (GrowthSequenceModel first = trainer.train(TEXT);
                GrowthSequenceModel second = trainer.train(TEXT);
                GrowthSequenceModel again = other.train(TEXT, Map.of("note", new StringProvenance("note", "x")), 1)) {
            assertThat(trainer.getInvocationCount()).isEqualTo(2);
            assertThat(other.getInvocationCount()).isEqualTo(2);
            assertThat(again.ledger()).isEqualTo(second.ledger()).isNotEqualTo(first.ledger());
            assertThat(again.parameters().digest())
                    .isEqualTo(second.parameters().digest());
            assertThat(again.getProvenance().getInstanceProvenance().getMap()).containsKey("note");
        }
        assertThatThrownBy(() -> trainer.setInvocationCount(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void dataDigestIsThatOfTheLedger() {
        GrowthSequenceTrainer trainer =
                TestTexts.languageModel(FixedStructure.dense()).epochs(1).build();
        try (GrowthSequenceModel model = trainer.train(TEXT)) {
            assertThat(LedgerVerifier.verify(model.ledger())
                            .start()
                            .orElseThrow()
                            .dataDigest())
                    .isEqualTo(trainer.dataDigest(TEXT));
        }
    }

    @Test
    void earlyStoppingGoesBackToTheSmallestPerplexity() {
        List<Double> measures = new ArrayList<>();
        GrowthSequenceTrainer trainer = TestTexts.languageModel(FixedStructure.dense())
                .epochs(60)
                .patience(3)
                .build();
        trainer.setListeners(List.of(new GrowthListener() {
            @Override
            public void onInterval(Interval interval) {
                measures.add(interval.validation().orElseThrow());
            }
        }));
        try (GrowthSequenceModel model = trainer.train(TEXT)) {
            double best =
                    measures.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
            assertThat(measures.size()).isBetween(4, 60);
            if (measures.size() < 60) {
                assertThat(measures.get(measures.size() - 4)).isEqualTo(best);
            }
            assertThat(perplexity(model)).isLessThan(1.6);
        }
    }

    @Test
    void check01_unknownLabelsAndWhatElseDoesNotSuitAreRefused() {
        GrowthSequenceTrainer lastStep = GrowthSequenceTrainer.builder(
                        new TokenLayout(),
                        LstmFamily.builder(List.of(3)).build(),
                        FixedStructure.dense(),
                        new SgdOptimiser(0.1, 0.9, 0.0, new ConstantRate()))
                .build();
        refuses(lastStep, TEXT, "everyStep");
        GrowthSequenceTrainer images = GrowthSequenceTrainer.builder(
                        new ImageLayout(1, 1, 1),
                        LstmFamily.builder(List.of(3)).everyStep(true).build(),
                        FixedStructure.dense(),
                        new SgdOptimiser(0.1, 0.9, 0.0, new ConstantRate()))
                .build();
        MutableSequenceDataset<Label> numbers = TestTexts.dataset(List.of(TestTexts.sequence("0/X 0/Y")));
        refuses(images, numbers, "layout of a step");
        GrowthSequenceTrainer perceptron = GrowthSequenceTrainer.builder(
                        new TokenLayout(),
                        new MlpFamily(List.of(3)),
                        FixedStructure.dense(),
                        new SgdOptimiser(0.1, 0.9, 0.0, new ConstantRate()))
                .build();
        assertThatThrownBy(() -> perceptron.train(TEXT)).isInstanceOf(IllegalArgumentException.class);
        MutableSequenceDataset<Label> unknown = TestTexts.dataset(List.of(TestTexts.sequence("a/b")));
        unknown.add(new SequenceExample<>(
                List.of(new ArrayExample<>(LabelFactory.UNKNOWN_LABEL, new String[] {"a"}, new double[] {1}))));
        refuses(TestTexts.tagger().build(), unknown, "unknown outputs");
        refuses(TestTexts.tagger().build(), TestTexts.dataset(List.of()), "no examples");
        refuses(TestTexts.tagger().steps(5).build(), TEXT, "at most 5");
        assertThatThrownBy(() ->
                        TestTexts.languageModel(FixedStructure.dense()).steps(0).build())
                .isInstanceOf(PropertyException.class)
                .hasMessageContainingAll("steps", "found 0");
        assertThatThrownBy(() -> TestTexts.tagger().measure(null).build())
                .isInstanceOf(PropertyException.class)
                .hasMessageContaining("measure");
    }

    private static void refuses(GrowthSequenceTrainer trainer, MutableSequenceDataset<Label> data, String words) {
        assertThatThrownBy(() -> trainer.train(data))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(words);
    }

    @Test
    void configurationComesBackFromTheProvenance() {
        GrowthSequenceTrainer trainer = TestTexts.languageModel(TestTexts.growing())
                .measure(SequenceMeasure.ACCURACY)
                .build();
        assertThat(trainer.getProvenance().getConfiguredParameters()).containsKeys("steps", "carriedState", "measure");
        assertThat(trainer.configurationDigest())
                .isEqualTo(TestTexts.languageModel(TestTexts.growing())
                        .measure(SequenceMeasure.ACCURACY)
                        .build()
                        .configurationDigest())
                .isNotEqualTo(
                        TestTexts.languageModel(TestTexts.growing()).build().configurationDigest());
    }
}
