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

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.SparseTensorProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tribuo.classification.Label;
import org.tribuogrowth.export.OnnxMetadata;
import org.tribuogrowth.export.OnnxModel;
import org.tribuogrowth.provenance.LedgerLine;
import org.tribuogrowth.provenance.LedgerReader;
import org.tribuogrowth.provenance.SealEvent;
import org.tribuogrowth.provenance.StartEvent;
import org.tribuogrowth.provenance.audit.RunFileCheck;
import org.tribuogrowth.provenance.audit.SealedRun;

/** An exported model against the ledger and the model of its run, and every way in which it can be another. */
class OnnxFileCheckTest {
    private static final RunFileCheck CHECK = new OnnxFileCheck();

    private static ModelProto onnx;
    private static byte[] model;
    private static SealedRun run;

    @TempDir
    private Path folder;

    @BeforeAll
    static void train() throws IOException {
        try (GrowthModel<Label> trained =
                TestTrainers.scs().train(TestTrainers.data().getA())) {
            onnx = trained.exportONNXModel("test", 0);
            model = trained.serialize().toByteArray();
            run = sealed(trained.ledger());
        }
    }

    private static SealedRun sealed(byte[] ledger) throws IOException {
        StartEvent start = null;
        try (LedgerReader reader = LedgerReader.of(ledger)) {
            for (Optional<LedgerLine> line = reader.next(); line.isPresent(); line = reader.next()) {
                if (line.get().event() instanceof StartEvent first) {
                    start = first;
                } else if (line.get().event() instanceof SealEvent seal) {
                    return new SealedRun(start, seal, reader.head(), reader.count());
                }
            }
        }
        throw new AssertionError("The ledger has no seal");
    }

    private String check(byte[] bytes) throws IOException {
        return CHECK.check(Files.write(folder.resolve("compact.onnx"), bytes), run);
    }

    private void assertRefused(ModelProto changed, String... reasons) {
        assertThatThrownBy(() -> check(changed.toByteArray()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(reasons);
    }

    private static ModelProto withGraph(Consumer<GraphProto.Builder> change) {
        ModelProto.Builder builder = onnx.toBuilder();
        change.accept(builder.getGraphBuilder());
        return builder.build();
    }

    private static ModelProto withMetadata(String key, String value) {
        ModelProto.Builder builder = onnx.toBuilder();
        for (StringStringEntryProto.Builder entry : builder.getMetadataPropsBuilderList()) {
            if (entry.getKey().equals(key)) {
                entry.setValue(value);
            }
        }
        return builder.build();
    }

    private void writeModel() throws IOException {
        Files.write(folder.resolve("model.tribuo"), model);
    }

    @Test
    void theExportOfARunAgrees() throws IOException {
        long values = onnx.getGraph().getInitializerList().stream()
                .filter(array -> array.getDataType() == TensorProto.DataType.FLOAT.getNumber())
                .mapToLong(array -> array.getRawData().size() / Float.BYTES)
                .sum();

        assertThat(check(onnx.toByteArray()))
                .isEqualTo("ledger head, digests and arrays of " + values + " values are those of the run's ledger;"
                        + " their values were not compared, since there is no model.tribuo");
        writeModel();
        assertThat(check(onnx.toByteArray())).endsWith("; its graph is that of model.tribuo, value by value");
        assertThat(values).isEqualTo(run.seal().cost().parameters());
    }

    /** A model of sequences: one of tokens, which have no places, with dropout, a shared matrix and lengths. */
    @Test
    void theExportsOfARunOnSequencesAgree() throws IOException {
        try (GrowthSequenceModel trained = TestTexts.languageModel(TestTexts.growing())
                .epochs(6)
                .build()
                .train(TestTexts.dataset(List.of(TestTexts.text(30, 1))))) {
            ModelProto exported = trained.exportONNXModel("test", 0);
            SealedRun ofSequences = sealed(trained.ledger());
            Path file = Files.write(folder.resolve("compact.onnx"), exported.toByteArray());
            Files.write(folder.resolve("model.tribuo"), trained.serialize().toByteArray());
            Path archive = Files.write(
                    folder.resolve("compact-dl4j.zip"), trained.dl4jExporter().bytes());

            assertThat(CHECK.check(file, ofSequences)).endsWith("; its graph is that of model.tribuo, value by value");
            assertThat(new Dl4jFileCheck().check(archive, ofSequences)).contains("are those of model.tribuo");
            ModelProto.Builder changed = exported.toBuilder();
            for (TensorProto.Builder array : changed.getGraphBuilder().getInitializerBuilderList()) {
                if (array.getName().equals("lstm1/bias")) {
                    array.setRawData(
                            ByteString.copyFrom(new byte[array.getRawData().size()]));
                }
            }
            Files.write(file, changed.build().toByteArray());
            assertThatThrownBy(() -> CHECK.check(file, ofSequences))
                    .hasMessageContaining("its array 'lstm1/bias' has other values than model.tribuo gives it");
        }
    }

    @Test
    void itIsFoundAsAService() {
        assertThat(ServiceLoader.load(RunFileCheck.class)).hasAtLeastOneElementOfType(OnnxFileCheck.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {OnnxMetadata.LEDGER_HEAD, OnnxMetadata.ARCHITECTURE_DIGEST, OnnxMetadata.WEIGHTS_DIGEST})
    void metadataOfAnotherRunIsRefused(String key) {
        assertRefused(withMetadata(key, "ab".repeat(32)), "its " + key + " is 'abab", "by the ledger it is");
    }

    @Test
    void metadataThatIsMissingOrThereTwiceIsRefused() {
        assertRefused(onnx.toBuilder().clearMetadataProps().build(), "its metadata has no tribuo-growth.format");
        assertRefused(
                onnx.toBuilder()
                        .addAllMetadataProps(onnx.getMetadataPropsList())
                        .build(),
                "has a key twice");
        assertRefused(withMetadata(OnnxMetadata.FORMAT, "2"), "of another version than 1");
        assertRefused(withMetadata(OnnxMetadata.FEATURES, "[1]"), "no array of strings as tribuo-growth.features");
        assertRefused(withMetadata(OnnxMetadata.FEATURES, "["), "no JSON as tribuo-growth.features");
    }

    @Test
    void otherArraysAreRefused() {
        assertRefused(
                withGraph(graph -> graph.removeInitializer(0)),
                "by the ledger its array 'hidden1/weight'",
                "found none");
        assertRefused(
                withGraph(graph -> graph.getInitializerBuilder(0).setDims(0, 1)),
                "'hidden1/weight' has",
                "in the shape");
        assertRefused(
                withGraph(graph -> {
                    TensorProto.Builder array = graph.getInitializerBuilder(0);
                    array.setRawData(array.getRawData().concat(ByteString.copyFrom(new byte[4])));
                }),
                "'hidden1/weight' has");
        assertRefused(
                withGraph(graph -> graph.addInitializer(graph.getInitializer(0))), "the array 'hidden1/weight' twice");
        assertRefused(
                withGraph(graph ->
                        graph.addInitializer(graph.getInitializer(0).toBuilder().setName("more/weight"))),
                "it has the array 'more/weight', which no layer of the run's network has");
        assertRefused(
                onnx.toBuilder()
                        .setOpsetImport(0, OperatorSetIdProto.newBuilder().setVersion(14))
                        .build(),
                "not those of ONNX opset 13 alone");
    }

    @Test
    void otherValuesAndOperatorsAreRefusedBesideTheModel() throws IOException {
        writeModel();
        ModelProto otherValue = withGraph(graph -> {
            TensorProto.Builder array = graph.getInitializerBuilder(0);
            byte[] bytes = array.getRawData().toByteArray();
            bytes[5] ^= 1;
            array.setRawData(ByteString.copyFrom(bytes));
        });
        assertRefused(otherValue, "its array 'hidden1/weight' has other values than model.tribuo gives it");
        assertRefused(
                withGraph(graph -> graph.removeNode(1)),
                "its operators are not those that model.tribuo is exported to");
        assertRefused(withMetadata(OnnxMetadata.FEATURES, "[]"), "the features that it names are not those");
    }

    @Test
    void aModelThatDoesNotAgreeItselfIsNoMeasure() throws IOException {
        Files.write(folder.resolve("model.tribuo"), Arrays.copyOf(model, model.length / 2));

        assertThat(check(onnx.toByteArray())).endsWith("since model.tribuo does not agree with the ledger");
    }

    @Test
    void sparseArraysAreRefused() {
        ModelProto masked = withGraph(graph -> {
            TensorProto.Builder array = graph.getInitializerBuilder(0);
            byte[] bytes = new byte[array.getRawData().size()];
            bytes[3] = 1;
            array.setRawData(ByteString.copyFrom(bytes));
        });
        assertRefused(OnnxModel.sparse(masked), "by the ledger its array 'hidden1/weight'", "found none");
        assertRefused(
                withGraph(graph -> graph.addSparseInitializer(SparseTensorProto.getDefaultInstance())),
                "it has sparse arrays");
    }

    @Test
    void whatIsNoModelIsRefusedBeforeItIsBuilt() throws IOException {
        byte[] bytes = onnx.toByteArray();
        assertThatThrownBy(() -> check(Arrays.copyOf(bytes, bytes.length - 7)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("it is no ONNX model, or a damaged one");
        assertThatThrownBy(() -> check("graph".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IllegalArgumentException.class);
        // Two million numbers of a byte each would take eight times as much once parsed.
        assertRefused(
                withGraph(graph -> {
                    TensorProto.Builder array = TensorProto.newBuilder().setName("input/shape");
                    for (int i = 0; i < 2_000_000; i++) {
                        array.addInt64Data(1);
                    }
                    graph.addInitializer(array);
                }),
                "more than 1000000 fields and numbers in a row");
        Path large = folder.resolve("large.onnx");
        try (RandomAccessFile sparse = new RandomAccessFile(large.toFile(), "rw")) {
            sparse.setLength(BoundedMessage.MOST_BYTES + 1);
        }
        assertThatThrownBy(() -> CHECK.check(large, run)).hasMessageContaining("at most 1073741824 are read");
    }
}
