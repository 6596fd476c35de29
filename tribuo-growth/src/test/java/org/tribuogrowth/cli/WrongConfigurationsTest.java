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

import com.google.protobuf.DynamicMessage;
import com.google.protobuf.TextFormat;
import com.oracle.labs.mlrg.olcut.config.protobuf.protos.ConfigProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every wrong configuration gets exactly the answer that stands beside it. {@code NAME.txt} has commands that begin with
 * {@code $ ./grow}, each followed by what it prints. With {@code -Dwrong-configurations.write=true} the answers are written
 * again; read them before they are kept.
 */
class WrongConfigurationsTest {
    private static final Path FOLDER = Path.of("src/test/resources/org/tribuogrowth/cli/wrong-configurations");
    private static final boolean WRITE = Boolean.getBoolean("wrong-configurations.write");

    @TempDir
    private Path folder;

    private static List<Path> files(String ending) throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }

    static List<String> answers() throws IOException {
        return files(".txt").stream().map(file -> file.getFileName().toString()).toList();
    }

    private String answer(String command, Path from) {
        Transcript transcript = new Transcript(from, folder.resolve("run"));
        String answer = transcript.answer(command);
        assertThat(transcript.code()).as(command + "\n" + answer).isEqualTo(Main.USAGE);
        assertThat(answer).startsWith("grow: ");
        assertThat(folder.resolve("run")).doesNotExist();
        return answer;
    }

    @ParameterizedTest
    @MethodSource("answers")
    void theAnswerIsTheOneBesideIt(String name) throws IOException {
        Path file = FOLDER.resolve(name);
        String expected = Files.readString(file);
        StringBuilder found = new StringBuilder();
        for (String line : expected.lines().toList()) {
            if (line.startsWith(Transcript.COMMAND)) {
                found.append(line).append('\n').append(answer(line, FOLDER));
            }
        }
        if (WRITE) {
            Files.writeString(file, found);
        } else {
            assertThat(found.toString()).isEqualTo(expected);
        }
    }

    @Test
    void everyConfigurationHasAnAnswer() throws IOException {
        List<String> answers = answers();
        try (Stream<Path> files = Files.list(FOLDER)) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> file.getFileName().toString())
                            .filter(name -> !name.endsWith(".txt")))
                    .hasSizeGreaterThan(80)
                    .allSatisfy(name -> assertThat(answers).contains(name + ".txt"));
        }
    }

    static List<String> protobufTexts() throws IOException {
        return files(".pbtxt").stream()
                .map(file -> file.getFileName().toString())
                .toList();
    }

    /** What the text format says, the binary one says too, but for the lines. */
    @ParameterizedTest
    @MethodSource("protobufTexts")
    void binaryMessagesGetTheSameAnswerWithoutLines(String name) throws IOException {
        DynamicMessage.Builder message = DynamicMessage.newBuilder(ConfigProto.getDescriptor());
        String expected = Files.readString(FOLDER.resolve(name + ".txt"));
        try {
            TextFormat.merge(Files.readString(FOLDER.resolve(name)), message);
        } catch (IOException exception) {
            // What is no message in the text format has no binary form either.
            assertThat(expected).containsPattern("not a configuration in protobuf's text format|not text in UTF-8");
            return;
        }
        String binary = name.replace(".pbtxt", ".pb");
        Files.createDirectory(folder.resolve("parts"));
        Files.copy(FOLDER.resolve("parts/good.xml"), folder.resolve("parts/good.xml"));
        Files.write(folder.resolve(binary), message.build().toByteArray());
        String command = expected.substring(0, expected.indexOf('\n'));

        assertThat(answer(command.replace(name, binary), folder))
                .isEqualTo(expected.substring(expected.indexOf('\n') + 1)
                        .replace(name, binary)
                        .replaceAll(", line [0-9]+", ""));
    }
}
