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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tribuo.Dataset;
import org.tribuo.Model;
import org.tribuo.Prediction;
import org.tribuo.classification.Label;
import org.tribuo.protos.core.ModelProto;
import org.tribuogrowth.protos.GrowthModelProto;
import org.tribuogrowth.protos.ParameterArrayProto;

/** Tribuo's contract for models, and the protobuf form. */
class GrowthModelTest {
    private static GrowthModel<Label> model;
    private static Dataset<Label> test;

    @BeforeAll
    static void train() {
        model = TestTrainers.scs().train(TestTrainers.data().getA());
        test = TestTrainers.data().getB();
    }

    private static GrowthModel<Label> copy() throws Exception {
        ModelProto proto = model.serialize();
        @SuppressWarnings("unchecked") // the model was trained on labels
        GrowthModel<Label> copy = (GrowthModel<Label>)
                GrowthModel.deserializeFromProto(proto.getVersion(), proto.getClassName(), proto.getSerializedData());
        return copy;
    }

    @Test
    void aFileComesBackWithEqualPredictions(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("model.tribuo");
        model.serializeToFile(file);
        Model<?> read = Model.deserializeFromFile(file);
        List<Prediction<Label>> expected = model.predict(test);
        List<Prediction<Label>> found = read.castModel(Label.class).predict(test);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(found.get(i).distributionEquals(expected.get(i))).isTrue();
            for (Map.Entry<String, Label> entry :
                    expected.get(i).getOutputScores().entrySet()) {
                assertThat(found.get(i).getOutputScores().get(entry.getKey()).getScore())
                        .isEqualTo(entry.getValue().getScore());
            }
        }
        assertThat(read.serialize()).isEqualTo(model.serialize());
    }

    @Test
    void brokenFormsAreRefusedInWords() throws Exception {
        GrowthModelProto proto = model.serialize().getSerializedData().unpack(GrowthModelProto.class);
        assertRefused(proto, -1, "expected a version from 0 to 2, found -1");
        assertRefused(proto, 3, "expected a version from 0 to 2, found 3");
        assertRefused(proto, 0, "expected parameters in one piece in version 0, found 6 arrays");
        assertRefused(proto, 1, "expected the ledger as it is in version 1, found it compressed");
        ByteString first = proto.getParameterArrays(0).getDense();
        assertRefused(proto.toBuilder().setParameters(first).build(), 2, "expected parameters as arrays");
        assertRefused(proto.toBuilder().removeParameterArrays(5).build(), 2, "has 6 parameter arrays, found 5");
        assertRefused(
                withFirst(proto, ParameterArrayProto.newBuilder().setDense(first.substring(4))), 2, "bytes, found");
        assertRefused(
                withFirst(proto, ParameterArrayProto.newBuilder()), 2, "hidden1/weight is expected dense or sparse");
        ByteString notANumber = ByteString.copyFrom(new byte[] {0, 0, (byte) 0xc0, 0x7f});
        assertRefused(
                withFirst(proto, ParameterArrayProto.newBuilder().setDense(notANumber.concat(first.substring(4)))),
                2,
                "not finite");
        assertRefused(proto.toBuilder().setDenseArchitecture("nonsense").build(), 2, "begins with the line");
        assertRefused(
                proto.toBuilder().putActiveUnits("hidden1", "0-999999999").build(), 2, "ascending ranges below 16");
        assertRefused(proto.toBuilder().removeActiveUnits("hidden1").build(), 2, "hidden1 has no active units");
        assertRefused(proto.toBuilder().clearLayout().build(), 2, "expected a feature layout, found none");
        assertRefused(proto.toBuilder().clearOutputKind().build(), 2, "expected output kind");
        assertThatThrownBy(() -> GrowthModel.deserializeFromProto(0, "java.lang.String", Any.pack(proto)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("found java.lang.String");
    }

    private static GrowthModelProto withFirst(GrowthModelProto proto, ParameterArrayProto.Builder array) {
        return proto.toBuilder().setParameterArrays(0, array).build();
    }

    /** The models of all versions are of one training. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void aFileOfAnEarlierVersionIsStillRead(int version) throws Exception {
        Path file = Path.of(GrowthModelTest.class
                .getResource("model-version-" + version + ".tribuo")
                .toURI());
        try (GrowthModel<?> old = (GrowthModel<?>) Model.deserializeFromFile(file)) {
            assertThat(old.parameters().digest())
                    .isEqualTo("845d9246b33e2e1cbc3fc0650612e6e3f75d2b970076cdd6e73de9c8535d8ff9");
            assertThat(new String(old.ledger(), StandardCharsets.UTF_8))
                    .startsWith("{\"")
                    .endsWith("}\n");
            ModelProto written = old.serialize();
            assertThat(written.getVersion()).isEqualTo(2);
            assertThat(written.getSerializedSize()).isLessThan((int) Files.size(file) - old.ledger().length / 2);
            try (GrowthModel<?> again = GrowthModel.deserializeFromProto(
                    written.getVersion(), written.getClassName(), written.getSerializedData())) {
                assertThat(again.parameters().digest())
                        .isEqualTo(old.parameters().digest());
                assertThat(again.ledger()).isEqualTo(old.ledger());
            }
        }
    }

    private static void assertRefused(GrowthModelProto proto, int version, String message) {
        assertThatThrownBy(
                        () -> GrowthModel.deserializeFromProto(version, GrowthModel.class.getName(), Any.pack(proto)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(message);
    }
}
