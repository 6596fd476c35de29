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

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tribuo.Example;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuogrowth.architecture.CostMeasure;
import org.tribuogrowth.architecture.family.DeepLabFamily;
import org.tribuogrowth.architecture.family.EncoderDecoderFamily;
import org.tribuogrowth.architecture.family.ImageNetResNetFamily.Block;
import org.tribuogrowth.architecture.family.NetworkFamily;
import org.tribuogrowth.architecture.family.ResNetFamily;
import org.tribuogrowth.data.DenseExample;
import org.tribuogrowth.data.FeatureNames;
import org.tribuogrowth.data.ImageLayout;
import org.tribuogrowth.output.LabelOutputAdapter;
import org.tribuogrowth.output.OutputAdapter;
import org.tribuogrowth.provenance.LedgerVerifier;
import org.tribuogrowth.random.CountedRandom;
import org.tribuogrowth.search.Budget;
import org.tribuogrowth.search.DynamicSparseTraining;
import org.tribuogrowth.search.FixedStructure;
import org.tribuogrowth.search.JointSearchAndTraining;
import org.tribuogrowth.search.StructureSearch;
import org.tribuogrowth.search.StructuredContinuousSparsification;
import org.tribuogrowth.training.AdamOptimiser;
import org.tribuogrowth.training.ConstantRate;
import org.tribuogrowth.training.GrowthListener;

/** Whole trainings of networks with scores for each pixel, with every kind of search. */
class PixelTrainingTest {
    private static final int HEIGHT = 18;
    private static final int WIDTH = 20;

    /** A bright and a dark square on grey noise, with a void border. */
    private static MutableDataset<Label> images() {
        List<Example<Label>> examples = new ArrayList<>();
        CountedRandom random = CountedRandom.of(1, "images");
        for (int i = 0; i < 32; i++) {
            float[] pixels = new float[HEIGHT * WIDTH];
            char[] mask = new char[pixels.length];
            int top = random.nextInt(HEIGHT - 6);
            int left = random.nextInt(WIDTH / 2 - 6);
            for (int pixel = 0; pixel < pixels.length; pixel++) {
                int row = pixel / WIDTH;
                int column = pixel % WIDTH;
                boolean high = row >= top && row < top + 6;
                int number = high && column >= left && column < left + 6
                        ? 1
                        : high && column >= WIDTH - 6 - left && column < WIDTH - left ? 2 : 0;
                pixels[pixel] = (float) ((number == 1 ? 1 : number == 2 ? -1 : 0) + 0.3 * random.nextGaussian());
                boolean border = row == 0 || column == 0 || row == HEIGHT - 1 || column == WIDTH - 1;
                mask[pixel] = border ? '.' : (char) ('0' + number);
            }
            examples.add(
                    DenseExample.ofFloats(new Label(new String(mask)), FeatureNames.pixels("", pixels.length), pixels));
        }
        LabelFactory factory = new LabelFactory();
        return new MutableDataset<>(examples, new SimpleDataSourceProvenance("test", factory), factory);
    }

    private static NetworkFamily deepLab() {
        return new DeepLabFamily(Block.BASIC, List.of(1, 1, 1, 1), 4, 8, List.of(1, 2), 8, true, true, 4, 0.1);
    }

    static Stream<Arguments> trainings() {
        Map<String, NetworkFamily> families = new LinkedHashMap<>();
        families.put("U-Net", new EncoderDecoderFamily(2, 5));
        families.put("DeepLab", deepLab());
        Map<String, StructureSearch> searches = new LinkedHashMap<>();
        searches.put(
                "SCS",
                StructuredContinuousSparsification.builder(new Budget(0.6, CostMeasure.MULTIPLY_ADDS))
                        .gateOptimiser(2.0, 0.9, 1e-6)
                        .build());
        searches.put("DST", DynamicSparseTraining.withPenalty(2e-4));
        searches.put(
                "JST",
                JointSearchAndTraining.builder()
                        .phases(0.3, 0.4, 0)
                        .passes(2, 1, 0.5)
                        .build());
        searches.put("dense", FixedStructure.dense());
        return families.entrySet().stream().flatMap(family -> searches.entrySet().stream()
                .map(search ->
                        Arguments.of(family.getKey() + ", " + search.getKey(), family.getValue(), search.getValue())));
    }

    private static GrowthTrainer<Label> trainer(
            OutputAdapter<Label> adapter, NetworkFamily family, StructureSearch search) {
        return GrowthTrainer.builder(
                        adapter,
                        new ImageLayout(HEIGHT, WIDTH, 1),
                        family,
                        search,
                        new AdamOptimiser(0.01, 0.0, false, new ConstantRate()))
                .epochs(8)
                .minibatchSize(4)
                .validationFraction(0.25)
                .seed(5)
                .build();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("trainings")
    void theLossFallsAndTheCompactNetworkIsTheSame(String name, NetworkFamily family, StructureSearch search) {
        GrowthTrainer<Label> trainer = trainer(new DigitMasks(), family, search);
        List<Double> losses = new ArrayList<>();
        List<Double> accuracies = new ArrayList<>();
        List<Double> differences = new ArrayList<>();
        trainer.setListeners(List.of(new GrowthListener() {
            @Override
            public void onInterval(Interval interval) {
                losses.add(interval.trainingLoss());
                interval.validation().ifPresent(accuracies::add);
                if (interval.endOfEpoch()) {
                    assertThat(interval.validationLoss()).isPresent();
                }
            }

            @Override
            public void onEnd(Summary summary) {
                differences.add(summary.compactionDifference());
            }
        }));
        MutableDataset<Label> data = images();
        try (GrowthModel<Label> model = trainer.train(data)) {
            assertThat(losses.get(losses.size() - 1)).isLessThan(0.7 * losses.get(0));
            assertThat(accuracies.get(accuracies.size() - 1)).isGreaterThan(0.75);
            assertThat(differences).hasSize(1).allSatisfy(difference -> assertThat(difference)
                    .isLessThan(1e-4));
            assertThat(LedgerVerifier.verify(model.ledger()).reason()).isEmpty();
            String predicted = model.predict(data.getExample(0)).getOutput().getLabel();
            String mask = data.getExample(0).getOutput().getLabel();
            assertThat(predicted).hasSameSizeAs(mask);
            int right = 0;
            for (int i = 0; i < mask.length(); i++) {
                right += mask.charAt(i) == predicted.charAt(i) ? 1 : 0;
            }
            long counted = mask.chars().filter(c -> c != '.').count();
            assertThat(right / (double) counted).isGreaterThan(0.75);
        }
    }

    @Test
    void whatDoesNotFitIsRefused() {
        MutableDataset<Label> data = images();
        assertThatThrownBy(() -> trainer(new LabelOutputAdapter(), deepLab(), FixedStructure.dense())
                        .train(data))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("one row of scores", HEIGHT * WIDTH + " positions", "output adapter");
        assertThatThrownBy(() -> trainer(new DigitMasks(), new ResNetFamily(8, 2), FixedStructure.dense())
                        .train(data))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("Example 0", "360 pixels", "vector 3");
    }
}
