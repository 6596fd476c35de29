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

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.oracle.labs.mlrg.olcut.config.protobuf.protos.ListProvenanceProto;
import com.oracle.labs.mlrg.olcut.config.protobuf.protos.ObjectProvenanceProto;
import com.oracle.labs.mlrg.olcut.config.protobuf.protos.RootProvenanceProto;
import com.oracle.labs.mlrg.olcut.config.protobuf.protos.SimpleProvenanceProto;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tribuo.Dataset;
import org.tribuo.classification.Label;
import org.tribuo.protos.core.ModelProto;
import org.tribuogrowth.protos.CompressedBytesProto;
import org.tribuogrowth.protos.GrowthModelProto;
import org.tribuogrowth.protos.ParameterArrayProto;
import org.tribuogrowth.provenance.ArchitectureHistoryProvenance;
import org.tribuogrowth.provenance.LedgerLine;
import org.tribuogrowth.provenance.LedgerReader;
import org.tribuogrowth.provenance.SealEvent;
import org.tribuogrowth.provenance.StartEvent;
import org.tribuogrowth.provenance.audit.RunFileCheck;
import org.tribuogrowth.provenance.audit.SealedRun;

/** A model file against the ledger of its run, and every way in which it can be another. */
class ModelFileCheckTest {
    private static final RunFileCheck CHECK = new ModelFileCheck();

    private static ModelProto model;
    private static ModelProto other;
    private static SealedRun run;

    @TempDir
    private Path folder;

    @BeforeAll
    static void train() throws IOException {
        Dataset<Label> data = TestTrainers.data().getA();
        try (GrowthModel<Label> trained = TestTrainers.scs().train(data);
                GrowthModel<Label> another = TestTrainers.builder(TestTrainers.growing())
                        .seed(8)
                        .build()
                        .train(data)) {
            model = trained.serialize();
            other = another.serialize();
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
        return CHECK.check(Files.write(folder.resolve("model.tribuo"), bytes), run);
    }

    private void assertRefused(byte[] bytes, String... reasons) {
        assertThatThrownBy(() -> check(bytes))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(reasons);
    }

    private void assertRefused(ModelProto proto, String... reasons) {
        assertRefused(proto.toByteArray(), reasons);
    }

    private static GrowthModelProto inner(ModelProto proto) throws IOException {
        return proto.getSerializedData().unpack(GrowthModelProto.class);
    }

    private static ModelProto with(GrowthModelProto inner) {
        return model.toBuilder().setSerializedData(Any.pack(inner)).build();
    }

    private static ModelProto with(RootProvenanceProto provenance) throws IOException {
        GrowthModelProto inner = inner(model);
        return with(inner.toBuilder()
                .setMetadata(inner.getMetadata().toBuilder().setProvenance(provenance))
                .build());
    }

    private static RootProvenanceProto provenance() throws IOException {
        return inner(model).getMetadata().getProvenance();
    }

    /** Changes each simple value of a key of the model's history. */
    private static ModelProto withValue(String key, UnaryOperator<String> change) throws IOException {
        RootProvenanceProto.Builder builder = provenance().toBuilder();
        ObjectProvenanceProto history = object(ArchitectureHistoryProvenance.class.getName());
        int index = history.getValuesOrThrow(key);
        for (SimpleProvenanceProto.Builder value : builder.getSmpBuilderList()) {
            if (value.getIndex() == index) {
                value.setValue(change.apply(value.getValue()));
            }
        }
        return with(builder.build());
    }

    private static ObjectProvenanceProto object(String className) throws IOException {
        return provenance().getOmpList().stream()
                .filter(object -> object.getProvenanceClassName().equals(className))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theModelOfTheRunHolds() throws IOException {
        assertThat(check(model.toByteArray()))
                .isEqualTo("structure, weights, cost, ledger and architecture history are those of the run's ledger");
    }

    @Test
    void itIsFoundAsAService() {
        assertThat(ServiceLoader.load(RunFileCheck.class))
                .anySatisfy(check -> assertThat(check.file()).isEqualTo("model.tribuo"));
    }

    @Test
    void theModelOfAnotherRunIsRefused() throws IOException {
        assertRefused(other, "the active units is", "by the ledger, found");
        // With the units of the run, but still its own weights.
        GrowthModelProto same = inner(model).toBuilder()
                .setCompressedLedger(inner(other).getCompressedLedger())
                .build();
        assertRefused(with(same), "the ledger in the model is not the run's: line");
        assertRefused(
                with(inner(other).getMetadata().getProvenance()),
                "the provenance in the model: architecture-history.",
                "by the ledger, found");
    }

    @Test
    void aChangedStructureIsRefused() throws IOException {
        GrowthModelProto inner = inner(model);
        assertRefused(
                with(inner.toBuilder()
                        .setDenseArchitecture(inner.getDenseArchitecture().replace("hidden1 16", "hidden1 17"))
                        .build()),
                "the digest of the dense reference is " + run.start().architectureDigest() + " by the ledger");
        assertRefused(
                with(inner.toBuilder().putActiveUnits("hidden1", "0").build()), "the active units is {", "hidden1=0,");
        assertRefused(
                with(inner.toBuilder().removeActiveUnits("hidden2").build()), "the active units is {", "hidden2=");
    }

    @Test
    void aChangedWeightIsRefused() throws IOException {
        GrowthModelProto inner = inner(model);
        for (int array = 0; array < inner.getParameterArraysCount(); array++) {
            byte[] values = inner.getParameterArrays(array).getDense().toByteArray();
            values[values.length - 4] ^= 1;
            assertRefused(
                    with(inner.toBuilder()
                            .setParameterArrays(
                                    array, ParameterArrayProto.newBuilder().setDense(ByteString.copyFrom(values)))
                            .build()),
                    "the digest of the weights is " + run.seal().weightsDigest() + " by the ledger");
        }
        assertRefused(
                with(inner.toBuilder()
                        .setParameterArrays(
                                0, ParameterArrayProto.newBuilder().setDense(ByteString.copyFrom(new byte[4])))
                        .build()),
                "bytes, found 4");
        assertRefused(with(inner.toBuilder().removeParameterArrays(0).build()), "parameter arrays, found");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ArchitectureHistoryProvenance.LEDGER_HEAD,
                ArchitectureHistoryProvenance.LOG_HASH,
                ArchitectureHistoryProvenance.ARCHITECTURE_DIGEST,
                ArchitectureHistoryProvenance.INITIAL_STRUCTURE_DIGEST,
                ArchitectureHistoryProvenance.FINAL_STRUCTURE_DIGEST,
                ArchitectureHistoryProvenance.COMPACT_ARCHITECTURE_DIGEST,
                ArchitectureHistoryProvenance.WEIGHTS_DIGEST,
                ArchitectureHistoryProvenance.LEDGER_EVENTS,
                ArchitectureHistoryProvenance.NUM_CHANGES,
                ArchitectureHistoryProvenance.FINAL_PARAMETERS,
                ArchitectureHistoryProvenance.FINAL_MULTIPLY_ADDS,
                ArchitectureHistoryProvenance.METHOD,
                ArchitectureHistoryProvenance.FINAL_ARCHITECTURE
            })
    void aChangedProvenanceIsRefused(String key) throws IOException {
        assertRefused(
                withValue(key, value -> value.substring(1) + (value.startsWith("1") ? "2" : "1")),
                "the provenance in the model: architecture-history." + key + " is ",
                "by the ledger, found");
    }

    @Test
    void aChangedChangeIsRefused() throws IOException {
        RootProvenanceProto.Builder builder = provenance().toBuilder();
        int changes = object(ArchitectureHistoryProvenance.class.getName())
                .getValuesOrThrow(ArchitectureHistoryProvenance.CHANGES);
        for (ListProvenanceProto.Builder list : builder.getLmpBuilderList()) {
            if (list.getIndex() == changes) {
                int first = list.getValues(0);
                list.setValues(0, list.getValues(1)).setValues(1, first);
            }
        }
        assertRefused(with(builder.build()), "architecture-history.changes[0].");
    }

    @Test
    void aMissingOrMisbuiltHistoryIsRefused() throws IOException {
        assertRefused(with(RootProvenanceProto.getDefaultInstance()), "the provenance in the model: it is empty");
        assertRefused(
                with(provenance().toBuilder().clearMmp().build()),
                "the provenance in the model: it has no instance-values, or one of another form");
        assertRefused(
                with(provenance().toBuilder()
                        .addSmp(provenance().getSmp(0).toBuilder().setValue("another"))
                        .build()),
                "two parts have the number");
        assertRefused(
                with(provenance().toBuilder()
                        .addOmp(provenance().getOmp(0).toBuilder().setIndex(1 << 20))
                        .build()),
                "two objects have the name");
        RootProvenanceProto.Builder foreign = provenance().toBuilder();
        foreign.getOmpBuilderList().forEach(object -> object.setProvenanceClassName("java.lang.Runtime"));
        assertRefused(with(foreign.build()), "found 'java.lang.Runtime'");
        // A list that holds itself, which a reader that follows what it finds would follow for ever.
        RootProvenanceProto.Builder loop = provenance().toBuilder();
        for (ListProvenanceProto.Builder list : loop.getLmpBuilderList()) {
            int size = list.getValuesCount();
            for (int i = 0; i < size; i++) {
                list.setValues(i, list.getIndex());
            }
        }
        assertRefused(with(loop.build()), "or one of another form");
    }

    @Test
    void anotherLedgerInTheModelIsRefused() throws IOException {
        GrowthModelProto inner = inner(model);
        byte[] ledger = LedgerCodec.decode(inner, GrowthModel.CURRENT_VERSION);
        ledger[ledger.length / 2] ^= 1;
        GrowthModelProto.Builder changed = inner.toBuilder();
        LedgerCodec.encode(ledger, changed);
        assertThat(changed.hasCompressedLedger()).isTrue();
        assertRefused(with(changed.build()), "the ledger in the model is not the run's: line");
        assertRefused(
                with(inner.toBuilder()
                        .clearCompressedLedger()
                        .setLedger(ByteString.copyFrom(ledger))
                        .build()),
                "the ledger in the model is not the run's: line");
        assertRefused(
                with(inner.toBuilder().clearCompressedLedger().build()),
                "the ledger in the model is not the run's: line 1 is missing");
        ByteString content = inner.getCompressedLedger().getContent();
        assertRefused(
                with(inner.toBuilder()
                        .setCompressedLedger(CompressedBytesProto.newBuilder()
                                .setLength(ledger.length)
                                .setContent(content.substring(0, content.size() - 1)))
                        .build()),
                "the compressed ledger is not one of " + ledger.length + " bytes");
    }

    @Test
    void whatIsNoModelOfOursIsRefused() throws IOException {
        assertRefused(
                model.toBuilder().setClassName("org.example.Evil").build(),
                "it is no model of this project: it names the class 'org.example.Evil'");
        assertRefused(
                model.toBuilder()
                        .setSerializedData(Any.pack(inner(model).getMetadata()))
                        .build(),
                "data of the type 'type.googleapis.com/tribuo.core.ModelDataProto'");
        assertRefused(model.toBuilder().setVersion(9).build(), "it is of version 9");
        assertRefused(new byte[0], "it is no model of this project: it names the class ''");
    }

    @Test
    void truncatedFilesAreRefused() throws IOException {
        byte[] bytes = model.toByteArray();
        for (int length : new int[] {1, 2, 10, 60, bytes.length / 3, bytes.length / 2, bytes.length - 1}) {
            assertThatThrownBy(() -> check(Arrays.copyOf(bytes, length)))
                    .as("the first %d bytes", length)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("it ");
        }
        assertRefused(Arrays.copyOf(bytes, bytes.length - 1), "it is not a model, or a damaged one: ");
    }

    @Test
    void filesOfOtherKindsAreRefused() throws IOException {
        ByteArrayOutputStream zip = new ByteArrayOutputStream();
        try (ZipOutputStream output = new ZipOutputStream(zip)) {
            output.putNextEntry(new ZipEntry("../../model.tribuo"));
            output.write(new byte[1 << 16]);
        }
        assertRefused(zip.toByteArray(), "it ");
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        try (ObjectOutputStream output = new ObjectOutputStream(stream)) {
            output.writeObject(new SerializedModel(model.toByteArray()));
        }
        assertRefused(stream.toByteArray(), "it ");
        assertRefused("<config>not a model</config>\n".getBytes(StandardCharsets.UTF_8), "it ");
        byte[] noise = new byte[5000];
        Arrays.fill(noise, (byte) 0xff);
        assertRefused(noise, "it is not a model, or a damaged one: ");
    }

    @Test
    void sizesBeyondTheFileAreRefusedBeforeAnythingIsAllocated() throws IOException {
        // Field 3 of the outer message, said to be of almost 2 GiB.
        assertRefused(
                new byte[] {0x1a, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x07},
                "it is not a model, or a damaged one: ");
        Path file = folder.resolve("large");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(BoundedMessage.MOST_BYTES + 1);
        }
        assertThatThrownBy(() -> CHECK.check(file, run))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("it has 1073741825 bytes, at most 1073741824 are read");
    }

    @Test
    void manyTinyPartsAreRefusedBeforeAnythingIsBuilt() throws IOException {
        // Two bytes an empty parameter array, of which a parser makes an object each.
        byte[] arrays = new byte[2 * (WireBounds.MOST_FIELDS + 1)];
        for (int i = 0; i < arrays.length; i += 2) {
            arrays[i] = (GrowthModelProto.PARAMETER_ARRAYS_FIELD_NUMBER << 3) | 2;
        }
        Any any = model.getSerializedData().toBuilder()
                .setValue(ByteString.copyFrom(arrays))
                .build();
        assertRefused(model.toBuilder().setSerializedData(any).build(), "it has more than " + WireBounds.MOST_FIELDS);
    }

    @Test
    void fieldsThatNoModelHasAreRefused() throws IOException {
        byte[] bytes = model.toByteArray();
        byte[] more = Arrays.copyOf(bytes, bytes.length + 2);
        more[bytes.length] = (byte) (9 << 3);
        assertRefused(more, "it has a field 9 that ModelProto does not have");
    }
}
