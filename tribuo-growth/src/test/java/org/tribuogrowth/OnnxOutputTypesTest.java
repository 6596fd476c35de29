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

import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tribuo.Dataset;
import org.tribuo.MutableDataset;
import org.tribuo.Output;
import org.tribuo.impl.ArrayExample;
import org.tribuo.interop.onnx.OnnxTestUtils;
import org.tribuo.multilabel.MultiLabel;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuo.regression.RegressionFactory;
import org.tribuo.regression.Regressor;
import org.tribuogrowth.architecture.CostMeasure;
import org.tribuogrowth.architecture.family.MlpFamily;
import org.tribuogrowth.data.VectorLayout;
import org.tribuogrowth.export.ExportVerification;
import org.tribuogrowth.export.OnnxMetadata;
import org.tribuogrowth.output.MultiLabelOutputAdapter;
import org.tribuogrowth.output.OutputAdapter;
import org.tribuogrowth.output.RegressorOutputAdapter;
import org.tribuogrowth.random.CountedRandom;
import org.tribuogrowth.search.Budget;
import org.tribuogrowth.search.RandomStructure;
import org.tribuogrowth.training.AdamOptimiser;
import org.tribuogrowth.training.CosineRate;

/** Exported models of several labels and of quantities; those of one label are in {@link OnnxExporterTest}. */
class OnnxOutputTypesTest {
    @TempDir
    private Path folder;

    private static <T extends Output<T>> GrowthModel<T> train(OutputAdapter<T> adapter, Dataset<T> data) {
        return GrowthTrainer.builder(
                        adapter,
                        new VectorLayout(),
                        new MlpFamily(List.of(12, 8)),
                        new RandomStructure(new Budget(0.6, CostMeasure.PARAMETERS)),
                        new AdamOptimiser(0.01, 0.0, true, new CosineRate()))
                .epochs(4)
                .minibatchSize(16)
                .build()
                .train(data);
    }

    private Path save(GrowthModel<?> model) throws IOException {
        Path file = folder.resolve("model.onnx");
        model.saveONNXModel("org.tribuogrowth.test", 1, file);
        return file;
    }

    @Test
    void severalLabels() throws IOException, OrtException {
        Dataset<MultiLabel> test = OutputData.multiLabels(40, 2);
        try (GrowthModel<MultiLabel> model = train(new MultiLabelOutputAdapter(), OutputData.multiLabels(120, 1))) {
            OnnxTestUtils.onnxMultiLabelComparison(model, save(model), test, 1e-5);

            ExportVerification verification =
                    model.onnxExporter().export(false, test, 1e-4).verification();
            assertThat(verification.agreeing()).hasValue(40L);
            assertThat(verification.largestRelative()).isEmpty();
            OnnxMetadata metadata = OnnxMetadata.read(model.exportONNXModel("test", 0));
            assertThat(metadata.outputType()).isEqualTo("MultiLabel");
            assertThat(metadata.outputs()).containsExactlyInAnyOrder("first", "second", "third");
        }
    }

    /** Two quantities around zero with deviations near one, so that a difference of 1e-5 means what it does elsewhere. */
    private static Dataset<Regressor> quantities(int examples, long seed) {
        RegressionFactory factory = new RegressionFactory();
        MutableDataset<Regressor> data =
                new MutableDataset<>(new SimpleDataSourceProvenance("quantities", factory), factory);
        CountedRandom random = CountedRandom.of(seed, "quantities");
        for (int i = 0; i < examples; i++) {
            double a = random.nextGaussian();
            double b = random.nextGaussian();
            data.add(new ArrayExample<>(
                    new Regressor(new String[] {"z", "m"}, new double[] {a - b + 0.5, 0.7 * a * b}),
                    new String[] {"a", "b"},
                    new double[] {a, b}));
        }
        return data;
    }

    @Test
    void quantities() throws IOException, OrtException {
        Dataset<Regressor> test = quantities(40, 2);
        try (GrowthModel<Regressor> model = train(new RegressorOutputAdapter(), quantities(120, 1))) {
            OnnxTestUtils.onnxRegressorComparison(model, save(model), test, 1e-5);
            assertThat(OnnxMetadata.read(model.exportONNXModel("test", 0)).outputs())
                    .containsExactlyInAnyOrder("m", "z");
        }
    }

    @Test
    void differencesOfQuantitiesAreCountedInTheirDeviations() {
        Dataset<Regressor> test = OutputData.regressors(40, 2);
        try (GrowthModel<Regressor> model = train(new RegressorOutputAdapter(), OutputData.regressors(120, 1))) {
            ExportVerification verification =
                    model.onnxExporter().export(false, test, 1e-5).verification();

            assertThat(verification.examples()).isEqualTo(40);
            assertThat(verification.agreeing()).isEmpty();
            assertThat(verification.largestRelative().orElseThrow()).isLessThan(1e-3);
            assertThat(verification.describe("test examples"))
                    .matches("40 test examples: largest difference \\S+ \\(1e-05 allowed\\), relative \\S+");
        }
    }
}
