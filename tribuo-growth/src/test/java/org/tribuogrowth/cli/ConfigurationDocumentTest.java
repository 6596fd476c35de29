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

import com.oracle.labs.mlrg.olcut.config.ConfigurationManager;
import com.oracle.labs.mlrg.olcut.config.json.JsonConfigFactory;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/configuration.md shows is what happens. */
class ConfigurationDocumentTest {
    private static final Pattern FILE =
            Pattern.compile("^File `(\\S+)`:\n\n```\\w*\n(.*?)^```", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern CONSOLE =
            Pattern.compile("^```console\n(\\$ [^\n]*)\n(.*?)^```", Pattern.DOTALL | Pattern.MULTILINE);

    @TempDir
    private Path folder;

    private String page;

    @BeforeEach
    void writeTheFilesOfThePage() throws IOException {
        page = Files.readString(Path.of("../docs/configuration.md"));
        Matcher file = FILE.matcher(page);
        int count = 0;
        while (file.find()) {
            Files.writeString(folder.resolve(file.group(1)), file.group(2));
            count++;
        }
        assertThat(count).isEqualTo(3);
    }

    @Test
    void theAnswersAreThoseOfThePage() {
        Matcher console = CONSOLE.matcher(page);
        int count = 0;
        while (console.find()) {
            Transcript transcript = new Transcript(folder, folder.resolve("run"));
            assertThat(transcript.answer(console.group(1))).isEqualTo(console.group(2));
            count++;
        }
        assertThat(count).isEqualTo(7);
    }

    @Test
    void theConfigurationTrains() {
        Transcript transcript = new Transcript(folder, folder.resolve("run"));
        String answer = transcript.answer(
                Transcript.COMMAND + "train -c run.xml -t trainer -o run -q --@trainer.search byHand");

        assertThat(answer).isEmpty();
        assertThat(folder.resolve("run").resolve("model.tribuo")).exists();
    }

    @Test
    void theCodeConverts() throws IOException {
        // What follows stands on the page; only the folder differs.
        ConfigurationManager.addFileFormatFactory(new JsonConfigFactory());
        new ConfigurationManager(folder + "/run.xml").save(new File(folder + "/run.json"), true);
        // The end of it.
        assertThat(components("run.json")).isEqualTo(components("run.xml"));
        assertThat(page)
                .contains("ConfigurationManager.addFileFormatFactory(new JsonConfigFactory());\n"
                        + "new ConfigurationManager(\"run.xml\").save(new File(\"run.json\"), true);\n");
    }

    private Map<String, String> components(String name) {
        Map<String, String> components = new TreeMap<>();
        for (Configuration.Component component : ConfigurationReader.read(
                        List.of(folder.resolve(name).toString()), List.of())
                .components()) {
            components.put(component.name(), component.className() + new TreeMap<>(component.properties()));
        }
        return components;
    }

    @Test
    void theBoundsAreThoseOfThePage() {
        assertThat(page)
                .contains("| bytes of all files together | " + ConfigurationReader.MOST_BYTES / (1 << 20) + " MiB |")
                .contains("| files | " + ConfigurationReader.MOST_FILES + " |")
                .contains("| components | " + Text.count(Places.MOST_COMPONENTS) + " |")
                .contains("copies included | " + Places.MOST_PROPERTIES + "; " + Text.count(Places.MOST_VALUES) + " |")
                .contains("global properties filled in | " + Text.count(GlobalValues.MOST_TEXT) + " |")
                .contains("| global properties that name others | " + GlobalValues.MOST_NESTED + " deep |")
                .contains("in a row | " + ConfigurationChecker.MOST_DEPTH + " |");
    }
}
