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

package org.tribuogrowth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tribuo.classification.Label;
import org.tribuo.classification.ensemble.VotingCombiner;
import org.tribuo.dataset.DatasetView;
import org.tribuo.ensemble.BaggingTrainer;
import org.tribuo.ensemble.EnsembleModel;
import org.tribuo.protos.core.ModelProto;
import org.tribuogrowth.GrowthModel;
import org.tribuogrowth.compliance.Iris;
import org.tribuogrowth.protos.GrowthModelProto;
import org.tribuogrowth.protos.ParameterArrayProto;
import org.tribuogrowth.provenance.Manifest;

/** {@code audit replay} of a model's file, without the run folder that it came from. */
class ReplayModelTest {
    @TempDir
    private static Path home;

    /** The second model of a trainer, on one side of a split. */
    private static Path file;

    @TempDir
    private Path folder;

    private final Console console = new Console(new ProjectConnections());

    @BeforeAll
    static void train() throws IOException {
        file = home.resolve("model.tribuo");
        Iris.model().serializeToFile(file);
    }

    private int replay(Path model, String... more) {
        String[] words = new String[more.length + 3];
        System.arraycopy(more, 0, words, 3, more.length);
        words[0] = "audit";
        words[1] = "replay";
        words[2] = model.toString();
        return console.run(words);
    }

    private Path write(GrowthModelProto.Builder inner) throws IOException {
        return write(GrowthModel.CURRENT_VERSION, inner);
    }

    private Path write(int version, GrowthModelProto.Builder inner) throws IOException {
        ModelProto proto = Iris.model().serialize().toBuilder()
                .setVersion(version)
                .setSerializedData(Any.pack(inner.build()))
                .build();
        return Files.write(folder.resolve("changed.tribuo"), proto.toByteArray());
    }

    private static GrowthModelProto.Builder stored() throws IOException {
        return Iris.model().serialize().getSerializedData().unpack(GrowthModelProto.class).toBuilder();
    }

    @Test
    void aLoneModelIsReplayedByteForByte() throws IOException {
        Path kept = folder.resolve("kept");
        assertThat(replay(file, "--no-progress", "-o", kept.toString(), "--test-data", "none"))
                .as(console.err())
                .isEqualTo(Main.GOOD);

        String ledger = new String(Iris.model().ledger());
        long lines = ledger.lines().count();
        String head = Manifest.read(kept).ledgerHead();
        assertThat(console.out().lines())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .isEqualTo("ok      the model is what the ledger in it says: head " + head + " after "
                                        + lines + " lines"),
                        line -> assertThat(line)
                                .isEqualTo(
                                        "ok      configuration: trainer 'trainer' from the model's provenance has the"
                                                + " recorded digest, invocation 1"),
                        line -> assertThat(line)
                                .isEqualTo("ok      data: the 105 examples of 'trainData' have the recorded digest"),
                        line -> assertThat(line).startsWith("note    platform: "),
                        line -> assertThat(line)
                                .isEqualTo("Verdict: equal, all " + lines + " lines of the ledger byte for byte, head "
                                        + head));
        assertThat(kept.resolve("ledger.jsonl")).hasBinaryContent(Iris.model().ledger());
        assertThat(kept.resolve("config.xml")).content().contains("name=\"trainData\"", "iris.csv");
        assertThat(console.run("audit", "verify", kept.toString())).isEqualTo(Main.GOOD);
    }

    @Test
    void overridesSayWhereDataIsAndNothingElse() throws IOException {
        Path moved = Files.copy(Iris.file(), folder.resolve("flowers.csv"));
        assertThat(replay(file, "-q", "--@trainData.dataPath", moved.toString()))
                .as(console.err())
                .isEqualTo(Main.GOOD);

        String table = Files.readString(moved).replace("5.1,3", "5.2,3");
        Files.writeString(moved, table);
        assertThat(replay(file, "-q", "--@trainData.dataPath", moved.toString()))
                .isEqualTo(Main.FAILED);
        assertThat(console.err()).startsWith("The data of 'trainData' is not what the run was trained on");

        assertThat(replay(file, "--@trainer.epochs", "9")).isEqualTo(Main.USAGE);
        assertThat(console.err()).contains("overrides may only say where data is");
    }

    @Test
    void aModelThatIsNotWhatItsLedgerSaysIsNotReplayed() throws IOException {
        GrowthModelProto.Builder weights = stored();
        byte[] first = weights.getParameterArrays(0).getDense().toByteArray();
        first[0] ^= 1;
        weights.setParameterArrays(0, ParameterArrayProto.newBuilder().setDense(ByteString.copyFrom(first)));
        assertThat(replay(write(weights))).isEqualTo(Main.FAILED);
        assertThat(console.err())
                .startsWith("The model is not what the ledger in it says: the digest of the weights is ");

        byte[] ledger = Iris.model().ledger();
        ledger[ledger.length / 2] ^= 1;
        assertThat(replay(write(1, stored().clearCompressedLedger().setLedger(ByteString.copyFrom(ledger)))))
                .isEqualTo(Main.FAILED);
        assertThat(console.err()).startsWith("The ledger in the model does not hold: line ");
    }

    @Test
    void whatCannotBeReplayedIsTold() throws IOException {
        Path text = Files.writeString(folder.resolve("text"), "no model");
        assertThat(replay(text)).isEqualTo(Main.USAGE);
        assertThat(console.err()).contains("cannot be read as a model", "a replay needs a run folder");

        DatasetView<Label> some =
                new DatasetView<>(Iris.training(), IntStream.range(0, 90).toArray(), "some");
        Path unknown = folder.resolve("unknown.tribuo");
        try (GrowthModel<Label> model = Iris.trainer().train(some)) {
            model.serializeToFile(unknown);
        }
        assertThat(replay(unknown)).isEqualTo(Main.USAGE);
        assertThat(console.err()).contains("was trained on a org.tribuo.dataset.DatasetView");
    }

    @Test
    void anEnsembleIsReplayedAsAWhole() throws IOException {
        Path ensemble = folder.resolve("ensemble.tribuo");
        EnsembleModel<Label> model =
                new BaggingTrainer<>(Iris.trainer(), new VotingCombiner(), 2, 5L).train(Iris.training());
        model.serializeToFile(ensemble);
        assertThat(replay(ensemble)).as(console.err()).isEqualTo(Main.GOOD);
        assertThat(console.out()).startsWith("Verdict: equal, 2 networks bit for bit");
        assertThat(replay(ensemble, "--keep-going")).isEqualTo(Main.USAGE);
        assertThat(console.err()).contains("which is trained again as a whole");
    }
}
