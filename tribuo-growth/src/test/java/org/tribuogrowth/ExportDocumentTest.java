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
import ai.onnxruntime.OrtSession;
import com.oracle.labs.mlrg.olcut.util.Pair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tribuo.Dataset;
import org.tribuo.Example;
import org.tribuo.Prediction;
import org.tribuo.VariableIDInfo;
import org.tribuo.VariableInfo;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.interop.onnx.DenseTransformer;
import org.tribuo.interop.onnx.LabelTransformer;
import org.tribuo.interop.onnx.ONNXExternalModel;
import org.tribuo.provenance.ModelProvenance;
import org.tribuogrowth.export.DeepOperator;
import org.tribuogrowth.export.ExportVerification;
import org.tribuogrowth.export.OnnxMetadata;

/** What {@code docs/export.md} says about ONNX. */
class ExportDocumentTest {
    private static String document() throws IOException {
        return Files.readString(Path.of("..", "docs", "export.md"));
    }

    /** The lines of this file between two comments, as they stand in the document. */
    private static String code(String from, String to) throws IOException {
        String source = Files.readString(Path.of("src/test/java/org/tribuogrowth/ExportDocumentTest.java"));
        int begin = source.indexOf("// " + from + "\n") + from.length() + 4;
        return source.substring(begin, source.indexOf("// " + to + "\n")).replace("file,", "Path.of(\"model.onnx\"),");
    }

    private static void assertShown(String code) throws IOException {
        assertThat(document().replaceAll("\\s+", "")).contains(code.replaceAll("\\s+", ""));
    }

    @Test
    void theJavaCodeRuns(@TempDir Path folder) throws IOException, OrtException {
        Path file = folder.resolve("model.onnx");
        Dataset<Label> testData = TestTrainers.data().getB();
        Example<Label> example = testData.getExample(0);
        try (GrowthModel<Label> model =
                TestTrainers.scs().train(TestTrainers.data().getA())) {
            // Exported.
            VerifiedOnnx onnx = model.onnxExporter().export(false, testData, ExportVerification.DEFAULT_TOLERANCE);
            Files.write(file, onnx.bytes());
            System.out.println(onnx.verification().describe("test examples"));
            // Served.
            Map<String, Integer> features = new HashMap<>();
            for (VariableInfo feature : model.getFeatureIDMap()) {
                features.put(feature.getName(), ((VariableIDInfo) feature).getID());
            }
            Map<Label, Integer> labels = new HashMap<>();
            for (Pair<Integer, Label> label : model.getOutputIDInfo()) {
                labels.put(label.getB(), label.getA());
            }
            try (ONNXExternalModel<Label> served = ONNXExternalModel.createOnnxModel(
                    new LabelFactory(),
                    features,
                    labels,
                    new DenseTransformer(),
                    new LabelTransformer(),
                    new OrtSession.SessionOptions(),
                    file,
                    "input")) {
                Prediction<Label> prediction = served.predict(example);
                ModelProvenance provenance = served.getTribuoProvenance().orElseThrow();
                // Compared.
                assertThat(prediction.getOutput().getLabel())
                        .isEqualTo(model.predict(example).getOutput().getLabel());
                assertThat(provenance).isEqualTo(model.getProvenance());
            }
        }
        assertShown(code("Exported.", "Served."));
        assertShown(code("Served.", "Compared."));
    }

    @Test
    void operatorsAndKeysAreListed() throws IOException {
        for (DeepOperator operator : DeepOperator.values()) {
            assertThat(document()).contains("`" + operator.getOpName() + "`");
        }
        assertThat(document())
                .contains(
                        "| `" + OnnxMetadata.FORMAT + "` |",
                        "| `" + OnnxMetadata.LEDGER_HEAD + "` |",
                        "| `" + OnnxMetadata.ARCHITECTURE_DIGEST + "` |",
                        "| `" + OnnxMetadata.WEIGHTS_DIGEST + "` |",
                        "| `" + OnnxMetadata.FEATURES + "` |",
                        "| `" + OnnxMetadata.OUTPUT_TYPE + "` |",
                        "| `" + OnnxMetadata.OUTPUTS + "` |");
    }
}
