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

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnxruntime.OrtException;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tribuo.Dataset;
import org.tribuo.Example;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.impl.ArrayExample;
import org.tribuo.interop.onnx.OnnxTestUtils;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuogrowth.architecture.CostMeasure;
import org.tribuogrowth.architecture.family.ImageNetResNetFamily;
import org.tribuogrowth.architecture.family.LeNetFamily;
import org.tribuogrowth.architecture.family.MlpFamily;
import org.tribuogrowth.architecture.family.MobileNetFamily;
import org.tribuogrowth.architecture.family.NetworkFamily;
import org.tribuogrowth.architecture.family.ResNetFamily;
import org.tribuogrowth.architecture.family.VggFamily;
import org.tribuogrowth.architecture.family.WideResNetFamily;
import org.tribuogrowth.data.FeatureLayout;
import org.tribuogrowth.data.ImageLayout;
import org.tribuogrowth.data.PerChannelNormalisation;
import org.tribuogrowth.data.VectorLayout;
import org.tribuogrowth.export.ExportException;
import org.tribuogrowth.export.ExportVerification;
import org.tribuogrowth.export.OnnxMetadata;
import org.tribuogrowth.export.OnnxModel;
import org.tribuogrowth.output.LabelOutputAdapter;
import org.tribuogrowth.random.CountedRandom;
import org.tribuogrowth.search.Budget;
import org.tribuogrowth.search.FixedStructure;
import org.tribuogrowth.search.RandomStructure;
import org.tribuogrowth.search.StructureSearch;
import org.tribuogrowth.training.ConstantRate;
import org.tribuogrowth.training.SgdOptimiser;

/** Exported models in ONNX Runtime and in Tribuo's own server of ONNX models. */
class OnnxExporterTest {
    private static final int SIDE = 32;

    @TempDir
    private Path folder;

    /** Images in colour, of which some pixels are in no example: features of lower ids than their places. */
    private static Dataset<Label> images(int count, long seed) {
        MutableDataset<Label> data =
                new MutableDataset<>(new SimpleDataSourceProvenance("images", new LabelFactory()), new LabelFactory());
        CountedRandom random = CountedRandom.of(seed, "images");
        for (int i = 0; i < count; i++) {
            List<String> names = new ArrayList<>();
            List<Double> values = new ArrayList<>();
            for (int place = 0; place < SIDE * SIDE * 3; place++) {
                if (place % 7 != 3) {
                    names.add(Integer.toString(place));
                    values.add(random.nextDouble() + (i % 3 == place % 3 ? 1.0 : 0.0));
                }
            }
            data.add(new ArrayExample<>(
                    new Label("class" + i % 3),
                    names.toArray(String[]::new),
                    values.stream().mapToDouble(Double::doubleValue).toArray()));
        }
        return data;
    }

    private static GrowthModel<Label> train(
            FeatureLayout layout, NetworkFamily family, StructureSearch search, Dataset<Label> data) {
        return GrowthTrainer.builder(
                        new LabelOutputAdapter(),
                        layout,
                        family,
                        search,
                        new SgdOptimiser(0.02, 0.9, 0, new ConstantRate()))
                .epochs(2)
                .minibatchSize(8)
                .normalisation(new PerChannelNormalisation())
                .build()
                .train(data);
    }

    static Stream<Arguments> families() {
        return Stream.of(
                Arguments.of(new LeNetFamily(4, 6, 10)),
                Arguments.of(new VggFamily(VggFamily.Variant.VGG_11, 0.05)),
                Arguments.of(new ResNetFamily(8, 4)),
                Arguments.of(new ImageNetResNetFamily(ImageNetResNetFamily.Block.BOTTLENECK, List.of(1, 1, 1, 1), 4)),
                Arguments.of(new WideResNetFamily(10, 1)),
                Arguments.of(new MobileNetFamily(0.25)));
    }

    @ParameterizedTest
    @MethodSource("families")
    void check45_tribuosOwnHelperFindsNoDifferenceOnImages(NetworkFamily family) throws IOException, OrtException {
        Dataset<Label> test = images(12, 2);
        StructureSearch narrower = new RandomStructure(new Budget(0.6, CostMeasure.PARAMETERS));
        try (GrowthModel<Label> model = train(new ImageLayout(SIDE, SIDE, 3), family, narrower, images(24, 1))) {
            Path file = folder.resolve("model.onnx");
            model.saveONNXModel("org.tribuogrowth.test", 1, file);

            OnnxTestUtils.onnxLabelComparison(model, file, test, 1e-5);
        }
    }

    @Test
    void check45_tribuosOwnHelperFindsNoDifferenceOnVectors() throws IOException, OrtException {
        Dataset<Label> data = TestTrainers.data().getA();
        try (GrowthModel<Label> grown = TestTrainers.scs().train(data);
                GrowthModel<Label> normalised =
                        train(new VectorLayout(), new MlpFamily(List.of(5)), FixedStructure.dense(), data)) {
            for (GrowthModel<Label> model : List.of(grown, normalised)) {
                Path file = Files.createTempFile(folder, "model", ".onnx");
                model.saveONNXModel("org.tribuogrowth.test", 1, file);
                OnnxTestUtils.onnxLabelComparison(
                        model, file, TestTrainers.data().getB(), 1e-5);
            }
        }
    }

    @Test
    void theSameModelGivesTheSameBytesAlsoOnceItWasStored() throws IOException {
        try (GrowthModel<Label> model =
                        TestTrainers.scs().train(TestTrainers.data().getA());
                GrowthModel<?> loaded = (GrowthModel<?>) GrowthModel.deserialize(model.serialize())) {
            byte[] first = OnnxModel.bytes(model.exportONNXModel("test", 0));

            assertThat(OnnxModel.bytes(model.exportONNXModel("test", 0))).isEqualTo(first);
            assertThat(OnnxModel.bytes(loaded.exportONNXModel("test", 0))).isEqualTo(first);
        }
    }

    @Test
    void check45_metadataNamesColumnsAndRun() {
        try (GrowthModel<Label> model =
                TestTrainers.scs().train(TestTrainers.data().getA())) {
            ModelProto onnx = model.exportONNXModel("org.example", 3);

            OnnxMetadata metadata = OnnxMetadata.read(onnx);
            assertThat(metadata.features()).containsExactly("A", "B", "C", "D");
            assertThat(metadata.outputType()).isEqualTo("Label");
            assertThat(metadata.outputs()).hasSize(4);
            for (int id = 0; id < 4; id++) {
                assertThat(metadata.outputs().get(id))
                        .isEqualTo(model.getOutputIDInfo().getOutput(id).getLabel());
            }
            assertThat(metadata.architectureDigest())
                    .isEqualTo(model.architecture().digest());
            assertThat(metadata.weightsDigest()).isEqualTo(model.parameters().digest());
            assertThat(onnx.getDomain()).isEqualTo("org.example");
            assertThat(onnx.getModelVersion()).isEqualTo(3);
            assertThat(onnx.getOpsetImportList()).singleElement().satisfies(opset -> {
                assertThat(opset.getVersion()).isEqualTo(13);
                assertThat(opset.getDomain()).isEmpty();
            });
        }
    }

    @Test
    void aVerifiedExportSaysHowCloseItIs() {
        Dataset<Label> data = TestTrainers.data().getA();
        try (GrowthModel<Label> model = TestTrainers.scs().train(data)) {
            VerifiedOnnx onnx = model.onnxExporter().export(false, data, ExportVerification.DEFAULT_TOLERANCE);

            assertThat(onnx.verification().examples()).isEqualTo(data.size());
            assertThat(onnx.verification().agreeing()).hasValue((long) data.size());
            assertThat(onnx.verification().largestDifference()).isLessThan(1e-5);
            assertThat(onnx.denseBytes()).isEqualTo(onnx.bytes().length);
            assertThat(onnx.bytes()).isEqualTo(OnnxModel.bytes(model.exportONNXModel(OnnxExporter.DOMAIN, 0)));
        }
    }

    @Test
    void changedWeightsAreFound() throws IOException {
        Dataset<Label> data = TestTrainers.data().getA();
        try (GrowthModel<Label> model = TestTrainers.scs().train(data)) {
            OnnxExporter<Example<Label>> exporter = model.onnxExporter();
            ModelProto.Builder changed = model.exportONNXModel("test", 0).toBuilder();
            TensorProto.Builder array = changed.getGraphBuilder().getInitializerBuilder(0);
            byte[] weights = array.getRawData().toByteArray();
            for (int i = 3; i < weights.length; i += 4) {
                // The sign of each weight.
                weights[i] ^= (byte) 0x80;
            }
            array.setRawData(ByteString.copyFrom(weights));

            ExportVerification verification =
                    exporter.verify(OnnxModel.bytes(changed.build()), data, ExportVerification.DEFAULT_TOLERANCE);

            assertThat(verification.passed()).isFalse();
            assertThat(verification.largestDifference()).isGreaterThan(0.01);
        }
    }

    @Test
    void aWeightThatIsNoNumberIsFound() {
        Dataset<Label> data = TestTrainers.data().getA();
        try (GrowthModel<Label> model = TestTrainers.fixed().train(data)) {
            ModelProto.Builder changed = model.exportONNXModel("test", 0).toBuilder();
            TensorProto.Builder array = changed.getGraphBuilder().getInitializerBuilder(1);
            byte[] weights = array.getRawData().toByteArray();
            for (int i = 0; i < weights.length; i++) {
                weights[i] = (byte) 0xff;
            }
            array.setRawData(ByteString.copyFrom(weights));

            ExportVerification verification = model.onnxExporter().verify(OnnxModel.bytes(changed.build()), data, 1.0);

            assertThat(verification.passed()).isFalse();
            assertThat(verification.largestDifference()).isInfinite();
        }
    }

    @Test
    void whatIsNotGoodEnoughIsNoExport() {
        Dataset<Label> data = images(16, 1);
        try (GrowthModel<Label> model =
                train(new ImageLayout(SIDE, SIDE, 3), new LeNetFamily(4, 6, 10), FixedStructure.dense(), data)) {
            assertThatThrownBy(() -> model.onnxExporter().export(false, data, 1e-12))
                    .isInstanceOf(ExportException.class)
                    .hasMessageContainingAll(
                            "does not compute what the model does: 16 examples: largest", "(1e-12 allowed)");
            assertThatThrownBy(() -> model.onnxExporter().export(false, List.<Example<Label>>of(), 1e-4))
                    .isInstanceOf(ExportException.class)
                    .hasMessageContaining("0 examples");
            assertThatThrownBy(() -> model.onnxExporter().verify(new byte[] {1, 2, 3}, data, 1e-4))
                    .isInstanceOf(ExportException.class)
                    .hasMessageContaining("ONNX Runtime does not take the exported model");
        }
        try (GrowthModel<Label> model =
                        TestTrainers.fixed().train(TestTrainers.data().getA());
                GrowthModel<Label> other = train(
                        new ImageLayout(SIDE, SIDE, 3), new LeNetFamily(4, 6, 10), FixedStructure.dense(), data)) {
            byte[] foreign = OnnxModel.bytes(other.exportONNXModel("test", 0));
            assertThatThrownBy(() -> model.onnxExporter()
                            .verify(foreign, TestTrainers.data().getA(), 1e-4))
                    .isInstanceOf(ExportException.class)
                    .hasMessageContaining("should have as input floats called 'input' and of the shape [batch, 4]");
        }
    }

    @Test
    void aClosedModelExportsNothing() {
        GrowthModel<Label> model =
                TestTrainers.fixed().train(TestTrainers.data().getA());
        OnnxExporter<Example<Label>> exporter = model.onnxExporter();
        model.close();

        assertThatThrownBy(model::onnxExporter).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> model.exportONNXModel("test", 0)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> exporter.export(false, TestTrainers.data().getA(), 1e-4))
                .isInstanceOf(IllegalStateException.class);
    }
}
