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
import static org.assertj.core.api.Assertions.withinPercentage;

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
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.CostMeasure;
import org.tribuogrowth.architecture.family.LstmFamily;
import org.tribuogrowth.architecture.family.MlpFamily;
import org.tribuogrowth.data.ImageLayout;
import org.tribuogrowth.data.TokenLayout;
import org.tribuogrowth.data.VectorLayout;
import org.tribuogrowth.kernel.KernelChoice;
import org.tribuogrowth.output.SequenceMeasure;
import org.tribuogrowth.provenance.LedgerVerifier;
import org.tribuogrowth.search.DynamicSparseTraining;
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

    /** Of 42 words 8 are drawn at a step; what all words are worth is learnt from them. */
    @Test
    void aSampleOfTheClassesTeachesThePerplexityOfAll() {
        MutableSequenceDataset<Label> text = TestTexts.dataset(List.of(TestTexts.skewed(40, 3000, 1)));
        MutableSequenceDataset<Label> test = TestTexts.dataset(List.of(TestTexts.skewed(40, 1000, 2)));
        double[] perplexities = new double[2];
        for (int i = 0; i < 2; i++) {
            GrowthSequenceTrainer trainer = TestTexts.languageModel(FixedStructure.dense())
                    .sampledClasses(8 * i)
                    .minibatchSize(16)
                    .epochs(8)
                    .build();
            try (GrowthSequenceModel model = trainer.train(text)) {
                perplexities[i] =
                        new PerplexityEvaluator().evaluate(model, test).perplexity();
            }
        }
        // By frequencies alone it would be sqrt(2 * 17.5).
        assertThat(perplexities[0]).isBetween(4.0, 4.8);
        assertThat(perplexities[1]).isCloseTo(perplexities[0], withinPercentage(4));
    }

    @Test
    void bothKernelsLearnFromTheSameSample() {
        List<List<Double>> losses = new ArrayList<>();
        for (KernelChoice kernels : List.of(KernelChoice.AUTOMATIC, KernelChoice.ND4J)) {
            GrowthSequenceTrainer trainer = TestTexts.languageModel(FixedStructure.dense())
                    .kernels(kernels)
                    .sampledClasses(2)
                    .epochs(3)
                    .build();
            List<Double> ofKernels = new ArrayList<>();
            trainer.setListeners(List.of(new GrowthListener() {
                @Override
                public void onInterval(Interval interval) {
                    ofKernels.add(interval.trainingLoss());
                    ofKernels.add(interval.validation().orElseThrow());
                }
            }));
            trainer.train(TEXT).close();
            losses.add(ofKernels);
        }
        assertThat(losses.get(0)).hasSize(6);
        for (int i = 0; i < 6; i++) {
            assertThat(losses.get(0).get(i)).isCloseTo(losses.get(1).get(i), within(1e-3));
        }
    }

    @Test
    void sampledTrainingsGrowAndGiveEqualModels() {
        String digest = null;
        for (int i = 0; i < 2; i++) {
            GrowthSequenceTrainer trainer = TestTexts.languageModel(TestTexts.growing())
                    .sampledClasses(3)
                    .epochs(10)
                    .build();
            try (GrowthSequenceModel model = trainer.train(TEXT)) {
                assertThat(perplexity(model)).isLessThan(2.2);
                assertThat(LedgerVerifier.verify(model.ledger()).ok()).isTrue();
                String found = model.parameters().digest();
                digest = digest == null ? found : digest;
                assertThat(found).isEqualTo(digest);
            }
        }
    }

    @Test
    void outputsWhoseWeightsAreMaskedAreSampledToo() {
        GrowthSequenceTrainer trainer = TestTexts.languageModel(DynamicSparseTraining.withPenalty(1e-5))
                .sampledClasses(3)
                .build();
        try (GrowthSequenceModel model = trainer.train(TEXT)) {
            assertThat(perplexity(model)).isLessThan(2.0);
        }
    }

    /** The record counts what was computed: of 5 words the output has 2 drawn and the step's own. */
    @Test
    void theCostOfATrainingIsThatOfTheClassesCompared() {
        long[] multiplyAdds = new long[2];
        long[] examples = new long[2];
        Architecture[] architectures = new Architecture[1];
        for (int i = 0; i < 2; i++) {
            int run = i;
            GrowthSequenceTrainer trainer = TestTexts.languageModel(FixedStructure.dense())
                    .sampledClasses(2 * i)
                    .epochs(1)
                    .build();
            trainer.setListeners(List.of(new GrowthListener() {
                @Override
                public void onEnd(Summary summary) {
                    multiplyAdds[run] = summary.trainingMultiplyAdds();
                    examples[run] = summary.examples();
                }
            }));
            try (GrowthSequenceModel model = trainer.train(TEXT)) {
                architectures[0] = model.denseReference();
            }
        }
        assertThat(examples[1]).isEqualTo(examples[0]);
        assertThat(multiplyAdds[0])
                .isEqualTo(examples[0] * architectures[0].denseCost().multiplyAdds());
        // 6 steps of 12 units.
        assertThat(multiplyAdds[0] - multiplyAdds[1]).isEqualTo(examples[0] * 6 * 12 * (5 - 3));
    }

    @Test
    void samplesOfMoreClassesThanThereAreAreRefused() {
        for (int wrong : new int[] {5, 1000}) {
            GrowthSequenceTrainer trainer = TestTexts.languageModel(FixedStructure.dense())
                    .sampledClasses(wrong)
                    .build();
            refuses(trainer, TEXT, wrong + " sampled classes of 5");
        }
        assertThatThrownBy(() -> TestTexts.tagger().sampledClasses(-1).build())
                .isInstanceOf(PropertyException.class)
                .hasMessageContainingAll("sampledClasses", "found -1");
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
        assertThat(trainer.getProvenance().getConfiguredParameters())
                .containsKeys("steps", "carriedState", "sampledClasses", "measure");
        assertThat(trainer.configurationDigest())
                .isEqualTo(TestTexts.languageModel(TestTexts.growing())
                        .measure(SequenceMeasure.ACCURACY)
                        .build()
                        .configurationDigest())
                .isNotEqualTo(
                        TestTexts.languageModel(TestTexts.growing()).build().configurationDigest());
    }
}
