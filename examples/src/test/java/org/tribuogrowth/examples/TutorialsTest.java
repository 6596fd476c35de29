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

package org.tribuogrowth.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tribuogrowth.cli.Main;

/**
 * The tutorials do what they say: their Java code compiles and runs as it stands, their commands end well, and what they
 * show as printed is printed, but for the digits. Each runs in a folder that looks like the root of a clone.
 */
class TutorialsTest {
    private static final long MOST_MINUTES = 5;

    @TempDir
    Path folder;

    @BeforeEach
    void asInAClone() throws IOException {
        Files.createSymbolicLink(folder.resolve("examples"), CommandLineRun.ROOT.resolve("examples"));
    }

    @Test
    void aTable() throws Exception {
        PageCode page = PageCode.of("docs/tutorial-tabular.md");
        runProgram(page, "TableTutorial");
        assertThat(folder.resolve("runs/wine.onnx")).isNotEmptyFile();
        runCommands(page, List.of());
        assertThat(folder.resolve("runs/iris.onnx")).isNotEmptyFile();
    }

    @Test
    void images() throws Exception {
        PageCode page = PageCode.of("docs/tutorial-images.md");
        runProgram(page, "ImagesTutorial");
        assertThat(folder.resolve("runs/fashion.onnx")).isNotEmptyFile();
        assertThat(folder.resolve("runs/fashion.tribuo")).isNotEmptyFile();
        runCommands(
                page,
                List.of(
                        "--@trainer.epochs",
                        "5",
                        "--@trainData.maximumExamples",
                        "400",
                        "--@testData.maximumExamples",
                        "200"));
        assertThat(folder.resolve("runs/fashion-compact.onnx")).isNotEmptyFile();
    }

    @Test
    void sequences() throws Exception {
        PageCode page = PageCode.of("docs/sequences.md");
        Files.createDirectories(folder.resolve("runs"));
        runProgram(page, "SequencesPage");
        assertThat(folder.resolve("runs/alice.tribuo")).isNotEmptyFile();
        runCommands(page, List.of("--@trainer.epochs", "5"));
        assertThat(folder.resolve("runs/alice/compact.onnx")).isNotEmptyFile();
    }

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        for (String page : List.of(
                "docs/tutorial-tabular.md", "docs/tutorial-images.md", "docs/tabular.md", "docs/sequences.md")) {
            List<String> links = PageCode.of(page).links();
            assertThat(links).isNotEmpty();
            for (String link : links) {
                assertThat(CommandLineRun.ROOT.resolve("docs").resolve(link)).exists();
            }
        }
    }

    private void runProgram(PageCode page, String name) throws Exception {
        Path source = folder.resolve(name + ".java");
        Files.writeString(source, page.program(name));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            boolean compiled = compiler.getTask(
                            messages,
                            files,
                            null,
                            List.of("-proc:none", "-d", folder.toString(), "-cp", classPath()),
                            null,
                            files.getJavaFileObjects(source))
                    .call();
            assertThat(compiled).as(messages.toString()).isTrue();
        }
        List<String> printed = withoutDigits(run(name, List.of()).lines().toList());
        assertThat(page.printed()).isNotEmpty();
        assertThat(printed).containsAll(withoutDigits(page.printed()));
    }

    /** Runs the commands in their order; those that train get more options, which make them short. */
    private void runCommands(PageCode page, List<String> training) throws Exception {
        assertThat(page.commands()).isNotEmpty();
        for (List<String> command : page.commands()) {
            List<String> words = new ArrayList<>(command);
            if (words.get(0).equals("train")) {
                words.addAll(training);
            }
            run(Main.class.getName(), words);
        }
    }

    private static List<String> withoutDigits(List<String> lines) {
        return lines.stream()
                .map(line ->
                        line.replaceAll("e[+-]\\d+", "").replaceAll("\\d+", "#").replaceAll(" +", " "))
                .toList();
    }

    /** Runs a class in a process of its own, whose working directory is the folder. */
    private String run(String mainClass, List<String> words) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-cp",
                folder + File.pathSeparator + classPath(),
                mainClass));
        command.addAll(words);
        Path output = folder.resolve("output.txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("OMP_NUM_THREADS", "1");
        Process process = builder.start();
        try {
            assertThat(process.waitFor(MOST_MINUTES, TimeUnit.MINUTES))
                    .as(String.join(" ", command))
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        String text = Files.readString(output);
        assertThat(process.exitValue())
                .as(mainClass + " " + words + "\n" + text)
                .isZero();
        return text;
    }

    /** Surefire's own class path may be a jar that names the others. */
    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }
}
