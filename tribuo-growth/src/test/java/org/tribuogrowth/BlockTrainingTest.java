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

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tribuo.Example;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.Prediction;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.protos.core.ModelProto;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuogrowth.architecture.ActiveUnits;
import org.tribuogrowth.architecture.CostMeasure;
import org.tribuogrowth.architecture.LayerSpec;
import org.tribuogrowth.architecture.UnitGroup;
import org.tribuogrowth.architecture.family.NetworkFamily;
import org.tribuogrowth.architecture.family.ResNetFamily;
import org.tribuogrowth.architecture.family.VggFamily;
import org.tribuogrowth.architecture.family.WideResNetFamily;
import org.tribuogrowth.data.DenseExample;
import org.tribuogrowth.data.FeatureNames;
import org.tribuogrowth.data.ImageLayout;
import org.tribuogrowth.output.LabelOutputAdapter;
import org.tribuogrowth.random.CountedRandom;
import org.tribuogrowth.search.Budget;
import org.tribuogrowth.search.ScsController;
import org.tribuogrowth.search.StructuredContinuousSparsification;
import org.tribuogrowth.training.ConstantRate;
import org.tribuogrowth.training.GrowthListener;
import org.tribuogrowth.training.SgdOptimiser;

/**
 * Whole trainings that search for depth on small images. The ledger recomputes structure, cost and the compact
 * architecture by rules of its own and refuses what differs, and the trainer compares gated and compact network.
 */
class BlockTrainingTest {
    private static final int EXTENT = 16;

    /** Bright in the upper or in the lower half, with noise. */
    private static MutableDataset<Label> images() {
        List<Example<Label>> examples = new ArrayList<>();
        CountedRandom random = CountedRandom.of(1, "images");
        int length = EXTENT * EXTENT;
        for (int i = 0; i < 64; i++) {
            float[] pixels = new float[length];
            for (int pixel = 0; pixel < length; pixel++) {
                boolean bright = pixel < length / 2 == (i % 2 == 0);
                pixels[pixel] = (float) ((bright ? 1.0 : 0.0) + 0.3 * random.nextGaussian());
            }
            examples.add(DenseExample.ofFloats(
                    new Label(i % 2 == 0 ? "above" : "below"), FeatureNames.pixels("", length), pixels));
        }
        LabelFactory factory = new LabelFactory();
        return new MutableDataset<>(examples, new SimpleDataSourceProvenance("test", factory), factory);
    }

    static Stream<Arguments> networks() {
        return Stream.of(
                Arguments.of(new ResNetFamily(14, 4, true), ScsController.STABILISED),
                Arguments.of(new WideResNetFamily(16, 1, 0.1, true), ScsController.STABILISED),
                Arguments.of(new VggFamily(VggFamily.Variant.VGG_16, 0.07, true), ScsController.STABILISED),
                Arguments.of(new VggFamily(VggFamily.Variant.VGG_16, 0.07, true), ScsController.PAPER));
    }

    @ParameterizedTest
    @MethodSource("networks")
    void depthIsSearchedRecordedAndCompacted(NetworkFamily family, ScsController controller) throws Exception {
        StructuredContinuousSparsification search = StructuredContinuousSparsification.builder(
                        new Budget(0.4, CostMeasure.MULTIPLY_ADDS))
                .controller(controller)
                .gateOptimiser(2.0, 0.9, 1e-6)
                .build();
        GrowthTrainer<Label> trainer = GrowthTrainer.builder(
                        new LabelOutputAdapter(),
                        new ImageLayout(EXTENT, EXTENT, 1),
                        family,
                        search,
                        new SgdOptimiser(0.02, 0.9, 1e-4, new ConstantRate()))
                .epochs(6)
                .minibatchSize(8)
                .seed(5)
                .build();
        List<ActiveUnits> structures = new ArrayList<>();
        trainer.setListeners(List.of(new GrowthListener() {
            @Override
            public void onInterval(Interval interval) {
                structures.add(interval.active());
            }
        }));
        MutableDataset<Label> data = images();
        GrowthModel<Label> model = trainer.train(data);

        List<String> blocks =
                model.denseReference().blocks().stream().map(UnitGroup::name).toList();
        assertThat(blocks).isNotEmpty();
        assertThat(structures).as("a block that comes").anyMatch(active -> blocks.stream()
                .anyMatch(block -> active.count(block) == 1));
        assertThat(model.architecture().blocks()).isEmpty();
        assertThat(model.architecture().layers()).noneMatch(LayerSpec.Bypass.class::isInstance);
        String ledger = new String(model.ledger(), StandardCharsets.UTF_8);
        assertThat(ledger).contains("\"block\":true", "\"block-lambda\":", "\"type\":\"seal\"");

        Model<?> copy = Model.deserialize(ModelProto.parseFrom(model.serialize().toByteArray()));
        assertThat(((GrowthModel<?>) copy).activeUnits()).isEqualTo(model.activeUnits());
        Prediction<Label> prediction = model.predict(data.getExample(0));
        assertThat(((Prediction<?>) copy.castModel(Label.class).predict(data.getExample(0))).getOutput())
                .isEqualTo(prediction.getOutput());
    }
}
