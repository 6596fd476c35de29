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

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tribuo.Example;
import org.tribuo.MutableDataset;
import org.tribuo.Prediction;
import org.tribuo.evaluation.metrics.MetricID;
import org.tribuo.evaluation.metrics.MetricTarget;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuo.test.Helpers;
import org.tribuogrowth.architecture.family.MlpFamily;
import org.tribuogrowth.data.DenseExample;
import org.tribuogrowth.data.FeatureNames;
import org.tribuogrowth.data.HorizontalFlipAugmentation;
import org.tribuogrowth.data.ImageLayout;
import org.tribuogrowth.data.PadCropAugmentation;
import org.tribuogrowth.output.SegmentationOutputAdapter;
import org.tribuogrowth.search.FixedStructure;
import org.tribuogrowth.segmentation.PixelConfusion;
import org.tribuogrowth.segmentation.SegmentationEvaluation;
import org.tribuogrowth.segmentation.SegmentationEvaluator;
import org.tribuogrowth.segmentation.SegmentationMask;
import org.tribuogrowth.training.ConstantRate;
import org.tribuogrowth.training.SgdOptimiser;

/** Training on masks, from the data to the evaluation and the file. */
class SegmentationModelTest {
    private static GrowthModel<SegmentationMask> model;

    @BeforeAll
    static void train() {
        model = Shades.trainer(3)
                .validationFraction(0.2)
                .augmentations(List.of(new PadCropAugmentation(1), new HorizontalFlipAugmentation()))
                .build()
                .train(Shades.images(80, 1));
    }

    @AfterAll
    static void close() {
        model.close();
    }

    @Test
    void aNetworkLearnsTheClassesOfPixels() {
        SegmentationEvaluation evaluation = new SegmentationEvaluator().evaluate(model, Shades.images(20, 2));
        assertThat(evaluation.meanIou()).as(evaluation.toString()).isGreaterThan(0.9);
        assertThat(evaluation.totalPixels() + evaluation.voidPixels()).isEqualTo(20 * 64);
        assertThat(evaluation.voidPixels()).isPositive();
    }

    @Test
    void aClassThatCountsMoreIsPredictedInDoubt() {
        MutableDataset<SegmentationMask> data = Shades.guesses(16);
        // A quarter of the pixels are bright: with 2 for each they are still the fewer, with 4 no more.
        for (double weight : new double[] {1, 2, 4}) {
            SegmentationOutputAdapter adapter = new SegmentationOutputAdapter(List.of(1.0, 1.0, weight));
            try (GrowthModel<SegmentationMask> guessing =
                    Shades.trainer(1, adapter).build().train(data)) {
                SegmentationMask mask = guessing.predict(data.getExample(0)).getOutput();
                for (int pixel = 0; pixel < mask.size(); pixel++) {
                    assertThat(mask.classOf(pixel)).as("weight " + weight).isEqualTo(weight > 3 ? 2 : 0);
                }
            }
        }
        SegmentationOutputAdapter two = new SegmentationOutputAdapter(List.of(1.0, 1.0));
        GrowthTrainer<SegmentationMask> trainer = Shades.trainer(1, two).build();
        assertThatThrownBy(() -> trainer.train(data))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("classWeights must have one weight for each of the 3 classes");
    }

    @Test
    void theEvaluationIsThatOfThePredictions() {
        MutableDataset<SegmentationMask> data = Shades.images(40, 3);
        SegmentationEvaluation evaluation = new SegmentationEvaluator().evaluate(model, data);
        PixelConfusion counted = new PixelConfusion(3);
        for (Prediction<SegmentationMask> prediction : model.predict(data)) {
            counted.add(prediction.getExample().getOutput(), prediction.getOutput());
        }
        assertThat(evaluation.meanIou()).isEqualTo(counted.meanIou());
        assertThat(evaluation.confusion(1, 2)).isEqualTo(Math.round(counted.count(1, 2)));
        Map<MetricID<SegmentationMask>, Double> map = evaluation.asMap();
        MetricTarget<SegmentationMask> mean = MetricTarget.macroAverageTarget();
        assertThat(map).containsEntry(new MetricID<>(mean, "IOU"), counted.meanIou());
        MetricTarget<SegmentationMask> bright =
                new MetricTarget<>(SegmentationMask.ofClass(Shades.FACTORY.classes(), 2));
        assertThat(evaluation.get(new MetricID<>(bright, "IOU"))).isEqualTo(counted.iou(2));
        assertThat(evaluation.getPredictions()).hasSize(40).allMatch(one -> !one.getOutput()
                .hasScores());
        assertThat(evaluation.getProvenance().getTestDatasetProvenance()).isEqualTo(data.getProvenance());
        Helpers.testProvenanceMarshalling(evaluation.getProvenance());
        assertThat(evaluation.toString()).contains("dark", "Mean of classes", "Void, left out");
        assertThat(evaluation.toMarkdown()).contains("| bright | ");
        assertThat(evaluation.toHTML()).contains("<td>grey</td>").endsWith("</table>\n");
        assertThat(Shades.FACTORY.getEvaluator().evaluate(model, data).asMap()).isEqualTo(map);
    }

    @Test
    void unknownMasksCannotBeEvaluated() {
        MutableDataset<SegmentationMask> data =
                new MutableDataset<>(new SimpleDataSourceProvenance("none", Shades.FACTORY), Shades.FACTORY);
        data.add(new DenseExampleOf(Shades.FACTORY.getUnknownOutput()).example());
        assertThatThrownBy(() -> new SegmentationEvaluator().evaluate(model, data))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Example 0 has no mask");
        // But it can be predicted.
        assertThat(model.predict(data.getExample(0)).getOutput().size()).isEqualTo(64);
    }

    private record DenseExampleOf(SegmentationMask mask) {
        Example<SegmentationMask> example() {
            return DenseExample.ofBytes(mask, FeatureNames.pixels("", 64), new byte[64]);
        }
    }

    @Test
    void aPredictionHasTheScoresOfAllClasses() {
        Prediction<SegmentationMask> prediction =
                model.predict(Shades.images(1, 4).getExample(0));
        assertThat(prediction.hasProbabilities()).isTrue();
        assertThat(prediction.getOutputScores()).containsOnlyKeys("dark", "grey", "bright");
        for (int pixel = 0; pixel < 64; pixel++) {
            float sum = 0;
            int best = prediction.getOutput().classOf(pixel);
            for (SegmentationMask scores : prediction.getOutputScores().values()) {
                sum += scores.score(pixel);
                assertThat(scores.score(pixel))
                        .isLessThanOrEqualTo(prediction.getOutput().score(pixel));
            }
            assertThat(sum).isCloseTo(1f, within(1e-5f));
            String name = Shades.FACTORY.classes().name(best);
            assertThat(prediction.getOutputScores().get(name).score(pixel))
                    .isEqualTo(prediction.getOutput().score(pixel));
            assertThat(prediction.getOutputScores().get(name).classOf(pixel)).isEqualTo(best);
        }
    }

    @Test
    void check31_masksAreLearntAndStored() {
        Helpers.testModelProtoSerialization(model, SegmentationMask.class, Shades.images(10, 5), 0.0);
        Helpers.testModelSerialization(model, SegmentationMask.class);
    }

    @Test
    void predictionsOfBatchesAreThoseOfSingleExamples() {
        MutableDataset<SegmentationMask> data = Shades.images(9, 6);
        List<Prediction<SegmentationMask>> batch = model.predict(data);
        for (int i = 0; i < data.size(); i++) {
            assertThat(model.predict(data.getExample(i)).distributionEquals(batch.get(i), 1e-6))
                    .isTrue();
        }
    }

    @Test
    void equalRunsAreEqual() {
        MutableDataset<SegmentationMask> data = Shades.images(24, 7);
        byte[] once = ledger(data);
        assertThat(ledger(data)).isEqualTo(once);
        assertThat(ledger(Shades.images(24, 8))).isNotEqualTo(once);
    }

    private static byte[] ledger(MutableDataset<SegmentationMask> data) {
        try (GrowthModel<SegmentationMask> trained =
                Shades.trainer(1).epochs(1).validationFraction(0.25).build().train(data)) {
            return trained.ledger();
        }
    }

    @Test
    void dataThatDoesNotSuitIsRefused() {
        MutableDataset<SegmentationMask> small =
                new MutableDataset<>(new SimpleDataSourceProvenance("small", Shades.FACTORY), Shades.FACTORY);
        for (int i = 0; i < 4; i++) {
            small.add(new DenseExampleOf(Shades.FACTORY.generateOutput("4x16:0*64")).example());
        }
        assertThatThrownBy(() -> Shades.trainer(3).build().train(small))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("Example 0", "4x16", "8x8");
        MutableDataset<SegmentationMask> unknown =
                new MutableDataset<>(new SimpleDataSourceProvenance("unknown", Shades.FACTORY), Shades.FACTORY);
        unknown.add(new DenseExampleOf(Shades.FACTORY.getUnknownOutput()).example());
        assertThatThrownBy(() -> Shades.trainer(3).build().train(unknown))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("unknown");
    }

    @Test
    void masksNeedANetworkWithScoresForEachPixel() {
        GrowthTrainer<SegmentationMask> trainer = GrowthTrainer.builder(
                        new SegmentationOutputAdapter(),
                        new ImageLayout(8, 8, 1),
                        new MlpFamily(List.of(4)),
                        FixedStructure.dense(),
                        new SgdOptimiser(0.1, 0, 0, new ConstantRate()))
                .build();
        assertThatThrownBy(() -> trainer.train(Shades.images(4, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("scores for each pixel", "vector");
    }
}
