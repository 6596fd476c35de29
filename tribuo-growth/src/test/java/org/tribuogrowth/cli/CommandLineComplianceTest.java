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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line as a program: check 49 of docs/compliance.md. */
class CommandLineComplianceTest {
    private final Console console = new Console(new ProjectConnections());

    /** The commands that a help text lists: words at the beginning of lines that are indented by two. */
    private static List<String> commands(String help) {
        List<String> commands = new ArrayList<>();
        Matcher line = Pattern.compile("^ {2}([a-z][a-z-]*) {2,}\\S", Pattern.MULTILINE)
                .matcher(help);
        while (line.find()) {
            commands.add(line.group(1));
        }
        commands.remove("help");
        return commands;
    }

    private void assertHelp(String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.add("--help");
        assertThat(console.run(all.toArray(new String[0]))).as(all.toString()).isEqualTo(Main.GOOD);
        assertThat(console.out()).as(all.toString()).contains("Usage: ");
        assertThat(console.err()).isEmpty();
    }

    @Test
    void check49_helpOfEveryCommandIsAUsageAndNoMistake() {
        assertHelp();
        List<String> commands = commands(console.out());
        assertThat(commands).contains("train", "compare", "describe", "audit");
        commands.forEach(this::assertHelp);
        assertHelp("audit");
        List<String> audits = commands(console.out());
        assertThat(audits).contains("verify", "replay", "diff");
        audits.forEach(command -> assertHelp("audit", command));
    }

    @Test
    void check49_aMistakeInAConfigurationNamesComponentAndPropertyWithoutATrace(@TempDir Path folder)
            throws IOException {
        Path file = Files.writeString(
                folder.resolve("wrong.xml"),
                """
                <config>
                  <component name="half" type="org.tribuogrowth.search.Budget">
                    <property name="fracton" value="0.5"/>
                  </component>
                </config>
                """);
        assertThat(console.run(
                        "train",
                        "-c",
                        file.toString(),
                        "-t",
                        "half",
                        "-o",
                        folder.resolve("run").toString()))
                .isEqualTo(Main.USAGE);
        assertThat(console.err())
                .contains("wrong.xml, line 3: component 'half', property 'fracton': ", "Did you mean 'fraction'?")
                .doesNotContain("\tat ", "Exception");
        assertThat(folder.resolve("run")).doesNotExist();
    }
}
