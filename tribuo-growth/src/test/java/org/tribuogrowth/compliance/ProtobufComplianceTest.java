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

package org.tribuogrowth.compliance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.oracle.labs.mlrg.olcut.config.protobuf.protos.ListProvenanceProto;
import com.oracle.labs.mlrg.olcut.config.protobuf.protos.RootProvenanceProto;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tribuo.Dataset;
import org.tribuo.classification.Label;
import org.tribuo.protos.core.ModelProto;
import org.tribuo.test.Helpers;
import org.tribuogrowth.GrowthModel;
import org.tribuogrowth.architecture.family.LeNetFamily;
import org.tribuogrowth.architecture.family.ResNetFamily;
import org.tribuogrowth.protos.GrowthModelProto;

/** What a model is on disk: checks 31, 32, 35 and 36 of docs/compliance.md. Check 32 goes on in {@link ModelMutationTest}. */
class ProtobufComplianceTest {
    private static final Path FILTER = Path.of("..", "docs", "jep-290-filter.txt");

    static Stream<Arguments> models() {
        return Stream.of(
                Arguments.of("dense, labels", Iris.model(), Iris.test()),
                Arguments.of("convolutional, labels", Pictures.train(new LeNetFamily(4, 6, 10)), Pictures.data(8, 2)),
                Arguments.of("residual, labels", Pictures.train(new ResNetFamily(8, 4)), Pictures.data(8, 2)));
    }

    @ParameterizedTest(name = "{0}", autoCloseArguments = false)
    @MethodSource("models")
    void check31_tribuosRoundTripPassesWithToleranceZero(String name, GrowthModel<Label> model, Dataset<Label> data) {
        Helpers.testModelProtoSerialization(model, Label.class, data, 0.0);
    }

    private static GrowthModelProto stored() throws InvalidProtocolBufferException {
        return Iris.model().serialize().getSerializedData().unpack(GrowthModelProto.class);
    }

    private static void assertRefused(GrowthModelProto.Builder proto, String... message) {
        assertRefused(GrowthModel.CURRENT_VERSION, Any.pack(proto.build()), message);
    }

    private static void assertRefused(int version, Any data, String... message) {
        assertThatThrownBy(() -> GrowthModel.deserializeFromProto(version, GrowthModel.class.getName(), data))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll(message);
    }

    @Test
    void check32_eachWayOfBeingCorruptIsAnsweredWithTheField() throws IOException {
        GrowthModelProto good = stored();
        int newest = GrowthModel.CURRENT_VERSION;
        Any data = Any.pack(good);
        assertRefused(-1, data, "expected a version from 0 to " + newest, "found -1");
        assertRefused(newest + 1, data, "expected a version from 0 to " + newest, "found " + (newest + 1));
        assertThatThrownBy(() -> GrowthModel.deserializeFromProto(newest, "org.example.Other", data))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("found org.example.Other");
        assertThatThrownBy(() -> GrowthModel.deserializeFromProto(
                        newest, GrowthModel.class.getName(), Any.pack(good.getMetadata())))
                .isInstanceOf(InvalidProtocolBufferException.class);
        assertRefused(good.toBuilder().clearMetadata(), "metadata");
        assertRefused(good.toBuilder().setDenseArchitecture("nonsense"), "begins with the line");
        assertRefused(good.toBuilder().putActiveUnits("hidden1", "0-999999999"), "hidden1", "ascending ranges");
        assertRefused(good.toBuilder().putActiveUnits("nothing", "0"), "nothing");
        assertRefused(good.toBuilder().removeActiveUnits("hidden1"), "hidden1 has no active units");
        assertRefused(good.toBuilder().removeParameterArrays(0), "parameter arrays, found");
        assertRefused(good.toBuilder().clearLayout(), "expected a feature layout, found none");
        assertRefused(good.toBuilder().setOutputKindValue(77), "expected output kind");
        GrowthModelProto.Builder narrower = good.toBuilder();
        narrower.getMetadataBuilder().clearFeatureDomain();
        assertRefused(narrower, "metadata");
        GrowthModelProto.Builder means = good.toBuilder();
        means.getNormaliserBuilder().addMean(0.5f);
        assertRefused(means, "mean");
    }

    @Test
    void check32_provenanceThatExpandsWithoutEndIsRefusedBeforeItDoes() throws IOException {
        GrowthModelProto.Builder loop = stored().toBuilder();
        for (ListProvenanceProto.Builder list :
                loop.getMetadataBuilder().getProvenanceBuilder().getLmpBuilderList()) {
            for (int i = 0; i < list.getValuesCount(); i++) {
                list.setValues(i, list.getIndex());
            }
        }
        assertRefused(loop, "the metadata", "holds itself");

        // Forty lists, each of which holds the next one twice, in the place of every list that there was.
        GrowthModelProto.Builder large = stored().toBuilder();
        RootProvenanceProto.Builder provenance = large.getMetadataBuilder().getProvenanceBuilder();
        int first = provenance.getOmpCount()
                + provenance.getSmpCount()
                + provenance.getMmpCount()
                + provenance.getLmpCount();
        for (ListProvenanceProto.Builder list : provenance.getLmpBuilderList()) {
            list.clearValues().addValues(first);
        }
        for (int i = 0; i < 40; i++) {
            ListProvenanceProto.Builder list = ListProvenanceProto.newBuilder().setIndex(first + i);
            if (i < 39) {
                list.addValues(first + i + 1).addValues(first + i + 1);
            }
            provenance.addLmp(list);
        }
        assertRefused(large, "the metadata", "expands to more than 100000000 characters");

        GrowthModelProto.Builder deep = stored().toBuilder();
        provenance = deep.getMetadataBuilder().getProvenanceBuilder();
        provenance.getLmpBuilder(0).addValues(first);
        for (int i = 0; i < 1000; i++) {
            provenance.addLmp(ListProvenanceProto.newBuilder()
                    .setIndex(first + i)
                    .addAllValues(i < 999 ? List.of(first + i + 1) : List.of()));
        }
        assertRefused(deep, "the metadata", "nested more than 64 deep");
    }

    private static String filter() throws IOException {
        List<String> patterns = new ArrayList<>();
        for (String line : Files.readAllLines(FILTER)) {
            if (!line.isBlank() && !line.startsWith("#")) {
                patterns.add(line.strip());
            }
        }
        return String.join("", patterns);
    }

    private static Object readBack(Object written) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream output = new ObjectOutputStream(bytes)) {
            output.writeObject(written);
        }
        try (ObjectInputStream input = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            input.setObjectInputFilter(ObjectInputFilter.Config.createFilter(filter()));
            return input.readObject();
        }
    }

    @Test
    void check35_javaSerialisationPassesOurFilterAndOtherClassesDoNot() throws Exception {
        Helpers.testModelSerialization(Iris.model(), Label.class);
        GrowthModel<?> model = (GrowthModel<?>) readBack(Iris.model());
        assertThat(model.serialize()).isEqualTo(Iris.model().serialize());
        assertThat(readBack(Pictures.data(1, 1).getExample(0)))
                .isEqualTo(Pictures.data(1, 1).getExample(0));
        for (Object other :
                List.of(new java.util.concurrent.atomic.AtomicLong(1), new java.io.File("x"), new Unknown())) {
            assertThatThrownBy(() -> readBack(other))
                    .as(other.getClass().getName())
                    .isInstanceOf(InvalidClassException.class)
                    .hasMessageContaining("filter status: REJECTED");
        }
    }

    /** A class of this project that no file of ours holds. */
    private static final class Unknown implements java.io.Serializable {
        private static final long serialVersionUID = 1L;
    }

    @Test
    void check36_oneProtobufRuntimeOfTheRightVersionIsOnTheClassPath() throws IOException {
        List<String> runtimes = Stream.of(System.getProperty("java.class.path").split(java.io.File.pathSeparator))
                .map(entry -> Path.of(entry).getFileName().toString())
                .filter(name -> name.startsWith("protobuf-java"))
                .toList();
        assertThat(runtimes).containsExactly("protobuf-java-3.25.6.jar");
        // The build ends where another comes in.
        assertThat(Files.readString(Path.of("..", "pom.xml")))
                .contains("<include>com.google.protobuf:protobuf-java:[${protobuf.version}]</include>");
        ModelProto proto = Iris.model().serialize();
        assertThat(ModelProto.parseFrom(proto.toByteArray())).isEqualTo(proto);
    }
}
