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

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tribuogrowth.GrowthModel;
import org.tribuogrowth.card.ModelCard;
import org.tribuogrowth.card.StatedUse;
import org.tribuogrowth.compliance.Iris;
import org.tribuogrowth.provenance.ArchitectureHistoryProvenance;

/** Model cards, as {@code export --card} writes them. */
class CardExportTest {
    @TempDir
    private static Path home;

    private static Path file;

    @TempDir
    private Path folder;

    private final Console console = new Console(new ProjectConnections());

    @BeforeAll
    static void write() throws IOException {
        file = home.resolve("model.tribuo");
        Iris.model().serializeToFile(file);
    }

    private String export(Path source, String name, String... more) throws IOException {
        Path card = folder.resolve(name);
        List<String> words = new ArrayList<>(List.of("export", source.toString(), "--card", card.toString()));
        words.addAll(List.of(more));
        assertThat(console.run(words.toArray(new String[0]))).as(console.err()).isEqualTo(Main.GOOD);
        return Files.readString(card);
    }

    @Test
    void aCardForPeopleSaysWhatTheModelIsAndHowToCheckIt() throws IOException {
        GrowthModel<?> model = Iris.model();
        ArchitectureHistoryProvenance history = model.getArchitectureHistory().orElseThrow();
        String card = export(file, "card.md", "--intended-use", "Telling *flowers* apart", "--licence", "CC0-1.0");
        assertThat(card)
                .startsWith("# Model card: growth-model\n")
                .contains(
                        "| intended use | Telling \\*flowers\\* apart |",
                        "| licence | CC0-1.0 |",
                        "| limitations | not stated |",
                        "| parameters | " + model.cost().parameters() + " | ",
                        "## Data\n",
                        "iris.csv",
                        "## Trainer\n",
                        "train-invocation-count: 1\n",
                        "StructuredContinuousSparsification",
                        "| changes | " + history.numChanges() + " |",
                        "The file of a model holds no test figures",
                        "| holds | yes |",
                        "| head | " + history.ledgerHead() + " |",
                        "./grow audit replay model.tribuo");
        assertThat(card.lines().filter(line -> line.contains(" to "))).isNotEmpty();
    }

    @Test
    void aCardForProgramsSaysTheSame() throws IOException {
        GrowthModel<?> model = Iris.model();
        JsonNode card = new ObjectMapper().readTree(export(file, "card.json", "--contact", "someone@example.org"));
        assertThat(card.path("schemaVersion").asInt()).isEqualTo(ModelCard.SCHEMA_VERSION);
        assertThat(card.path("model").path("outputs")).hasSize(3);
        assertThat(card.path("use").path("contact").asText()).isEqualTo("someone@example.org");
        assertThat(card.path("use").path("licence").isNull()).isTrue();
        assertThat(card.path("size").path("multiplyAdds").asLong())
                .isEqualTo(model.cost().multiplyAdds());
        assertThat(card.path("size").path("denseMultiplyAdds").asLong())
                .isEqualTo(model.denseReference().denseCost().multiplyAdds());
        assertThat(card.path("test").isNull()).isTrue();
        assertThat(card.path("trainer").path("epochs").asInt()).isEqualTo(8);
        assertThat(card.path("structure").path("ledger-head").asText())
                .isEqualTo(card.path("ledger").path("head").asText());
        assertThat(card.path("ledger").path("weightsDigest").asText())
                .isEqualTo(model.parameters().digest());
    }

    @Test
    void testFiguresComeFromTheRunFolder() throws IOException {
        Path run = Files.createDirectory(folder.resolve("run"));
        Files.copy(file, run.resolve(RunFolder.MODEL));
        Files.writeString(
                run.resolve(RunFolder.EVALUATION),
                "{\"test\": {\"examples\": 45, \"accuracy\": 0.9375, \"classes\": []}}");
        assertThat(export(run, "card.md")).contains("| examples | 45 |", "| accuracy | 0.9375 |");

        Files.writeString(run.resolve(RunFolder.EVALUATION), "{{");
        assertThat(console.run(
                        "export",
                        run.toString(),
                        "--card",
                        folder.resolve("other.md").toString()))
                .isEqualTo(Main.USAGE);
        assertThat(console.err()).contains("evaluation.json cannot be read");
        assertThat(folder.resolve("other.md")).doesNotExist();
    }

    @Test
    void textThatIsNoCardsHasNoMeaningInIt() {
        String hostile = "<script>alert(1)</script> | [x](http://example.org) `code`\n# heading";
        StatedUse stated = new StatedUse(Optional.of(hostile), Optional.empty(), Optional.empty(), Optional.empty());
        String card = ModelCard.of(Iris.model(), stated, Optional.of(Map.of("a|b", 1.0)))
                .markdown();
        assertThat(card)
                .contains(
                        "\\<script\\>alert\\(1\\)\\</script\\> \\| \\[x\\]\\(http://example.org\\) \\`code\\`?\\# heading")
                .contains("| a\\|b | 1.0 |")
                .doesNotContain("<script>", "\n# heading");
    }

    @Test
    void wrongNamesAreTold() {
        assertThat(console.run(
                        "export",
                        file.toString(),
                        "--card",
                        folder.resolve("card.txt").toString()))
                .isEqualTo(Main.USAGE);
        assertThat(console.err()).contains("ends neither in .md").contains("nor in .json");
        assertThat(console.run("export", file.toString(), "--licence", "MIT", "--config", folder + "/c.xml"))
                .isEqualTo(Main.USAGE);
        assertThat(console.err()).contains("option --licence belongs to --card");
    }
}
