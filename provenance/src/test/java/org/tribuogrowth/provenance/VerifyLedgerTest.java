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

package org.tribuogrowth.provenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The stand-alone verifier, run as its users run it: by the JDK's launcher, in a process of its own, without this module
 * on the class path. Where many ledgers are tried it was compiled before, and for random ones it is called.
 */
class VerifyLedgerTest {
    private static final Path SOURCE = Path.of("verifier", "VerifyLedger.java").toAbsolutePath();
    private static final List<String> LINES = lines(SimulatedSearch.write(ExampleLedger.events()));
    private static final String HEAD = SimulatedSearch.sha256(LINES.get(7));

    @TempDir
    private static Path classes;

    @TempDir
    private Path run;

    private String out;

    @BeforeAll
    static void compile() {
        int failed = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-Xlint:all", "-Werror", "-d", classes.toString(), SOURCE.toString());
        assertThat(failed).isZero();
    }

    private static List<String> lines(byte[] ledger) {
        return new String(ledger, StandardCharsets.UTF_8).lines().toList();
    }

    private static String text(List<String> lines) {
        return String.join("\n", lines) + "\n";
    }

    private int java(List<String> program, String... arguments) {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1"));
        command.addAll(program);
        command.addAll(List.of(arguments));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(out).doesNotContain("\tat ");
            return process.waitFor();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** As the documentation says it. */
    private int launch(String... arguments) {
        return java(List.of(SOURCE.toString()), arguments);
    }

    private int verify(String... arguments) {
        return java(List.of("-cp", classes.toString(), "VerifyLedger"), arguments);
    }

    private Path write(String ledger) throws IOException {
        return Files.writeString(run.resolve("ledger.jsonl"), ledger);
    }

    private void writeFolder() throws IOException {
        write(text(LINES));
        Files.writeString(run.resolve("model.tribuo"), "model");
        Manifest.of(run, List.of("ledger.jsonl", "model.tribuo"), HEAD, 8).write(run);
    }

    @Test
    void itFitsIntoAHundredLines() throws IOException {
        assertThat(Files.readAllLines(SOURCE)).hasSizeLessThanOrEqualTo(100).allMatch(line -> line.length() <= 120);
    }

    @Test
    void goodLedgersAndFoldersAreGood() throws IOException {
        writeFolder();
        assertThat(launch(run.toString(), HEAD)).as(out).isZero();
        assertThat(out)
                .isEqualTo("ok      chain of 8 lines, Merkle root, seal, manifest and its files\nhead    " + HEAD
                        + ", the one given\n");
        assertThat(launch(run.resolve("ledger.jsonl").toString())).isZero();
        assertThat(out)
                .isEqualTo("ok      chain of 8 lines, Merkle root, seal\nhead    " + HEAD + ", to be compared\n");
    }

    @Test
    void whatCannotBeCheckedIsSaid() throws IOException {
        assertThat(launch()).isEqualTo(2);
        assertThat(out).contains("Give LEDGER|RUNFOLDER [HEAD]");
        assertThat(verify(run.resolve("nothing").toString())).isEqualTo(2);
        assertThat(verify(run.toString())).isEqualTo(2);
        write(text(LINES));
        assertThat(verify(run.toString())).as("without a manifest").isEqualTo(2);
        assertThat(out).contains("manifest.json");
        assertThat(verify(run.resolve("ledger.jsonl").toString(), HEAD, HEAD)).isEqualTo(1);
    }

    /** Makes all hashes of the chain, but not the Merkle root, anew. */
    private static List<String> relink(List<String> lines) {
        List<String> linked = new ArrayList<>();
        String previous = "0".repeat(64);
        for (String line : lines) {
            int at = line.lastIndexOf("\"previous\":\"") + 12;
            linked.add(line.substring(0, at) + previous + line.substring(at + 64));
            previous = SimulatedSearch.sha256(linked.get(linked.size() - 1));
        }
        return linked;
    }

    private static List<String> with(int index, String line) {
        List<String> lines = new ArrayList<>(LINES);
        lines.set(index, line);
        return lines;
    }

    private static List<String> replaced(int index, String from, String to) {
        assertThat(LINES.get(index)).contains(from);
        return with(index, LINES.get(index).replace(from, to));
    }

    static Stream<Arguments> tampered() {
        List<String> dropped = new ArrayList<>(LINES);
        dropped.remove(3);
        List<String> repeated = new ArrayList<>(LINES);
        repeated.add(4, LINES.get(3));
        List<String> swapped = new ArrayList<>(LINES);
        Collections.swap(swapped, 3, 4);
        List<String> continued = new ArrayList<>(LINES);
        continued.add(LINES.get(7).replace("\"index\":7", "\"index\":8"));
        String text = text(LINES);
        String root = "\"merkleRoot\":\"" + SimulatedSearch.DIGEST + "\",";
        String place =
                "},\"index\":4,\"previous\":\"" + SimulatedSearch.sha256(LINES.get(3)) + "\",\"type\":\"restore\"}";
        assertThat(LINES.get(4)).endsWith(place);
        return Stream.of(
                Arguments.of("an edited event", text(replaced(2, "gate at 0", "gate at 1")), "line 4: "),
                Arguments.of("an edited first line", text(replaced(0, "continuous", "Continuous")), "line 2: "),
                Arguments.of(
                        "an edited type", text(replaced(4, "\"type\":\"restore", "\"type\":\"change")), "line 6: "),
                Arguments.of("an edited index", text(replaced(4, "\"index\":4", "\"index\":5")), "line 5: "),
                Arguments.of("an edited previous", text(replaced(4, "previous\":\"", "previous\":\"0")), "line 5: "),
                Arguments.of("an edited root", text(replaced(7, "Root\":\"e", "Root\":\"f")), "line 8: "),
                Arguments.of(
                        "no root",
                        text(with(7, LINES.get(7).replaceFirst("\"merkleRoot\":\"\\w{64}\",", ""))),
                        "line 8: "),
                Arguments.of("a root too early", text(replaced(4, "\"previous", root + "\"previous")), "line 5: "),
                Arguments.of("a dropped line", text(dropped), "line 4: "),
                Arguments.of("a repeated line", text(repeated), "line 5: "),
                Arguments.of("swapped lines", text(swapped), "line 4: "),
                Arguments.of("a cut tail", text(LINES.subList(0, 7)), "line 8: it is missing"),
                Arguments.of("nothing", "", "line 1: it is missing"),
                Arguments.of("the seal alone", text(relink(LINES.subList(7, 8))), "line 1: "),
                Arguments.of("a torn line", text.substring(0, text.length() - 9), "line 8: it is torn"),
                Arguments.of("no last line feed", text.strip(), "line 8: it is torn"),
                Arguments.of(
                        "more after the seal", text(relink(continued)), "line 9: it is torn, or it follows the seal"),
                Arguments.of("a blank line at the end", text + "\n", "line 9: it is torn, or it follows the seal"),
                Arguments.of("a torn line after the seal", text + "{", "line 9: it is torn"),
                Arguments.of("other line ends", text.replace("\n", "\r\n"), "line 1: "),
                Arguments.of("other line ends within", text.replaceFirst("\n", "\r"), "line 1: "),
                Arguments.of("a byte order mark", "\ufeff" + text, "line 1: "),
                Arguments.of(
                        "hashes anew, not the root", text(relink(replaced(2, "gate at 0", "gate at 1"))), "line 8: "),
                Arguments.of(
                        "the place in a text",
                        text(with(
                                4,
                                LINES.get(4)
                                        .replace(
                                                "\"measureName\":\"accuracy\"",
                                                "\"measureName\":\"" + place.replace("\"", "\\\"") + "\"")
                                        .replace(place, place.replace("4", "3")))),
                        "line 5: "),
                Arguments.of(
                        "the place in an inner object", text(with(4, "{\"event\":{\"x\":{" + place + "}")), "line 5: "),
                Arguments.of("a long line", text.replace("gate at 0", "0".repeat(16 << 20)), "line 3: it is torn"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tampered")
    void tamperedLedgersAreRefused(String what, String ledger, String message) throws IOException {
        assertThat(verify(write(ledger).toString())).as(out).isEqualTo(1);
        assertThat(out).startsWith("FAILED  " + message).hasLineCount(1).hasSizeLessThan(400);
    }

    @Test
    void tamperedLedgersAreRefusedFromSourceToo() throws IOException {
        Path ledger = write(text(replaced(2, "gate at 0", "gate at 1")));
        assertThat(launch(ledger.toString())).isEqualTo(1);
        assertThat(out)
                .startsWith("FAILED  line 4: it or the one before was changed, it has to end with },\"index\":3,");
    }

    @Test
    void aRewrittenLedgerIsFoundByItsHead() throws IOException {
        String others = SimulatedSearch.sha256("others");
        Path ledger = write(text(replaced(7, SimulatedSearch.sha256("weights"), others)));
        assertThat(verify(ledger.toString())).isZero();
        assertThat(verify(ledger.toString(), HEAD)).isEqualTo(1);
        assertThat(out).startsWith("FAILED  head: ");
        write(new String(SimulatedSearch.write(SimulatedSearch.run(1, 3)), StandardCharsets.UTF_8));
        assertThat(verify(ledger.toString())).isZero();
        assertThat(verify(ledger.toString(), HEAD)).isEqualTo(1);
        assertThat(verify(ledger.toString(), "x")).isEqualTo(1);
    }

    /** Texts and names that look like the end of a line change nothing. */
    @Test
    void textsOfTheEventAreNotTakenForThePlaceInTheChain() throws IOException {
        String fake = "},\"index\":1,\"previous\":\"" + "0".repeat(64) + "\",\"type\":\"seal\"}";
        List<LedgerEvent> events = new ArrayList<>(ExampleLedger.events());
        TreeMap<String, List<Double>> evidence = new TreeMap<>();
        for (String name : List.of("index", "merkleRoot", "previous", "type", fake, "}", "{", "\\", "\"")) {
            evidence.put(name, List.of(1.0));
        }
        ChangeEvent grow = ExampleLedger.grow();
        events.set(
                1,
                new ChangeEvent(
                        grow.epoch(),
                        grow.step(),
                        grow.kind(),
                        grow.group(),
                        grow.units(),
                        fake,
                        evidence,
                        grow.widthBefore(),
                        grow.widthAfter(),
                        grow.before(),
                        grow.after(),
                        grow.structureDigest()));
        List<String> lines = lines(SimulatedSearch.write(events));
        assertThat(verify(write(text(lines)).toString())).as(out).isZero();
        assertThat(out).contains("chain of 8 lines");
        assertThat(verify(write(text(lines.subList(0, 2))).toString())).isEqualTo(1);
        assertThat(out).contains("line 3: it is missing");
    }

    private void assertFolderRefused(String message) {
        assertThat(verify(run.toString())).as(out).isEqualTo(1);
        assertThat(out).startsWith("FAILED  ").contains(message);
    }

    @Test
    void filesOfTheFolderAreChecked() throws IOException {
        writeFolder();
        Path model = run.resolve("model.tribuo");
        Files.writeString(model, "Model");
        assertFolderRefused("model.tribuo: it was changed");
        Files.delete(model);
        assertFolderRefused("model.tribuo: there is no such regular file");
        Files.createSymbolicLink(model, Files.writeString(run.resolve("elsewhere"), "model"));
        assertFolderRefused("model.tribuo: there is no such regular file");
    }

    @Test
    void manifestsOfOtherLedgersAndHostileOnesAreRefused() throws IOException {
        writeFolder();
        Path file = run.resolve("manifest.json");
        String good = Files.readString(file);
        write(text(replaced(7, SimulatedSearch.sha256("weights"), SimulatedSearch.sha256("others"))));
        assertFolderRefused("manifest.json: it has to list ledger.jsonl and to end with");
        write(text(LINES));
        String model = "\"model.tribuo\"";
        for (String bad : List.of(
                "",
                "{}",
                good.strip(),
                " " + good,
                good.replace("\"ledgerEvents\":8", "\"ledgerEvents\":9"),
                good.replace(HEAD, SimulatedSearch.DIGEST),
                good.replace("\"schemaVersion\":1", "\"schemaVersion\":2"),
                good.replace("ledger.jsonl", "ledger2.jsonl"),
                good.replace(model, "\"../model.tribuo\""),
                good.replace(model, "\"/etc/passwd\""),
                good.replace(model, "\"a/b\""),
                good.replace(model, "\"..\""),
                good.replace(model, "\"model\\u002etribuo\""),
                good.replace(model, "\"\""),
                good.replace(",\"model", ", \"model"),
                good.replace(",\"model", ",,\"model"),
                good.replaceFirst(",\"model.*?\"}", "}").replace("}", ",}"))) {
            Files.writeString(file, bad);
            assertFolderRefused("manifest.json: ");
        }
        Files.writeString(file, good);
        assertThat(verify(run.toString())).isZero();
    }

    /** Against the module's own: what was done to a random ledger is found by both. */
    @Test
    void randomLedgersHoldAndNoChangedByteEscapes() throws Exception {
        PrintStream standard = System.out;
        System.setOut(new PrintStream(OutputStream.nullOutputStream()));
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()}, null)) {
            Method method = loader.loadClass("VerifyLedger").getDeclaredMethod("verify", Path.class, List.class);
            method.setAccessible(true);
            Path file = run.resolve("ledger.jsonl");
            for (int seed = 0; seed < 80; seed++) {
                Random random = new Random(seed);
                byte[] ledger = SimulatedSearch.write(SimulatedSearch.run(seed, random.nextInt(40)));
                List<String> head = List.of(LedgerVerifier.verify(ledger).head());
                Files.write(file, ledger);
                assertThatCode(() -> method.invoke(null, file, head)).doesNotThrowAnyException();
                for (int i = 0; i < 10; i++) {
                    byte[] changed = ledger.clone();
                    changed[random.nextInt(ledger.length)] ^= (byte) (1 << random.nextInt(8));
                    Files.write(file, changed);
                    assertThat(Arrays.equals(changed, ledger)).isFalse();
                    assertThatThrownBy(() -> method.invoke(null, file, head))
                            .isInstanceOf(InvocationTargetException.class)
                            .hasCauseInstanceOf(IllegalStateException.class);
                }
            }
        } finally {
            System.setOut(standard);
        }
    }
}
