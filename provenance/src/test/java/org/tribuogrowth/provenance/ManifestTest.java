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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tribuogrowth.provenance.encoding.Json;

class ManifestTest {
    @TempDir
    private Path folder;

    private Manifest manifest;

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("model.tribuo"), "model");
        Files.writeString(folder.resolve("config.xml"), "config");
        manifest = Manifest.of(folder, List.of("model.tribuo", "config.xml"), SimulatedSearch.DIGEST, 8);
        manifest.write(folder);
    }

    @Test
    void isReadBackAndHoldsPlainHashes() throws IOException {
        assertThat(Manifest.read(folder)).isEqualTo(manifest);
        assertThat(manifest.files()).containsEntry("model.tribuo", SimulatedSearch.sha256("model"));
        assertThat(Files.readString(folder.resolve("manifest.json")))
                .isEqualTo("{\"files\":{\"config.xml\":\"" + SimulatedSearch.sha256("config")
                        + "\",\"model.tribuo\":\"" + SimulatedSearch.sha256("model") + "\"},\"ledgerEvents\":8,"
                        + "\"ledgerHead\":\"" + SimulatedSearch.DIGEST + "\",\"schemaVersion\":1}\n");
        assertThat(folder.resolve("manifest.json.tmp")).doesNotExist();
        assertThat(manifest.unlisted(folder)).isEmpty();
    }

    @Test
    void isReplacedAsAWhole() throws IOException {
        Manifest other = Manifest.of(folder, List.of("config.xml"), SimulatedSearch.sha256("other"), 9);
        other.write(folder);
        assertThat(Manifest.read(folder)).isEqualTo(other);
        assertThat(other.unlisted(folder)).containsExactly("model.tribuo");
    }

    @Test
    void tellsChangedMissingAndLinkedFiles() throws IOException {
        assertThat(manifest.check(folder))
                .extracting(Manifest.FileCheck::status)
                .containsExactly(Manifest.Status.SAME, Manifest.Status.SAME);
        Files.writeString(folder.resolve("model.tribuo"), "Model");
        Files.delete(folder.resolve("config.xml"));
        assertThat(manifest.check(folder))
                .extracting(Manifest.FileCheck::status)
                .containsExactly(Manifest.Status.MISSING, Manifest.Status.CHANGED);
        Path elsewhere = Files.writeString(folder.resolve("elsewhere"), "config");
        Files.createSymbolicLink(folder.resolve("config.xml"), elsewhere);
        assertThat(manifest.check(folder).get(0).status()).isEqualTo(Manifest.Status.MISSING);
        assertThatThrownBy(() -> Manifest.of(folder, List.of("config.xml"), SimulatedSearch.DIGEST, 1))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not a regular file");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../secret",
                "/etc/passwd",
                "a/b",
                "a\\b",
                "..",
                ".",
                "",
                ".hidden",
                "C:x",
                "a b",
                "x\u0000",
                "~",
                "manifest.json",
                "MANIFEST.json",
                "x.",
                "x..",
                "con",
                "NUL",
                "Aux.txt",
                "com1.tar.gz",
                "LPT9",
                "x:stream",
                "\u202eexe.txt"
            })
    void namesThatAreNotPlainAreRefused(String name) throws IOException {
        TreeMap<String, String> files = new TreeMap<>();
        files.put(name, SimulatedSearch.DIGEST);
        assertThatThrownBy(() -> new Manifest(files, SimulatedSearch.DIGEST, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("plain file name");
        assertThatThrownBy(() -> Manifest.of(folder, List.of(name), SimulatedSearch.DIGEST, 1))
                .isInstanceOf(IllegalArgumentException.class);
        String json = new String(Json.write(Json.object().put(name, SimulatedSearch.DIGEST)), StandardCharsets.UTF_8);
        Files.writeString(
                folder.resolve("manifest.json"),
                "{\"files\":" + json + ",\"ledgerEvents\":1,\"ledgerHead\":\"" + SimulatedSearch.DIGEST
                        + "\",\"schemaVersion\":1}\n");
        assertThatThrownBy(() -> Manifest.read(folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("plain file name");
    }

    @Test
    void namesThatAreNearlyTricksAreFine() {
        TreeMap<String, String> files = new TreeMap<>();
        for (String name : List.of("a", "console.txt", "com10", "a..b", "x-", "model_1.tribuo", "nul0")) {
            files.put(name, SimulatedSearch.DIGEST);
        }
        assertThat(new Manifest(files, SimulatedSearch.DIGEST, 1).files()).isEqualTo(files);
    }

    @Test
    void namesThatDifferInCaseOnlyAreRefused() {
        TreeMap<String, String> files = new TreeMap<>();
        files.put("model.tribuo", SimulatedSearch.DIGEST);
        files.put("Model.tribuo", SimulatedSearch.DIGEST);
        assertThatThrownBy(() -> new Manifest(files, SimulatedSearch.DIGEST, 1))
                .hasMessageContaining("differ in more than upper and lower case");
    }

    @Test
    void whatIsNoRegularFileIsNotRead() throws IOException {
        Path file = folder.resolve("manifest.json");
        Path elsewhere = Files.move(file, folder.resolve("elsewhere.json"));
        Files.createSymbolicLink(file, elsewhere);
        assertThatThrownBy(() -> Manifest.read(folder)).hasMessageContaining("not a regular file");
        Files.delete(file);
        Files.createDirectory(file);
        assertThatThrownBy(() -> Manifest.read(folder)).hasMessageContaining("not a regular file");
        Files.delete(folder.resolve("model.tribuo"));
        Files.createSymbolicLink(folder.resolve("model.tribuo"), Path.of("/dev/zero"));
        Files.delete(folder.resolve("config.xml"));
        Files.createDirectory(folder.resolve("config.xml"));
        assertThat(manifest.check(folder))
                .extracting(Manifest.FileCheck::status)
                .containsExactly(Manifest.Status.MISSING, Manifest.Status.MISSING);
    }

    @Test
    void everyOtherByteIsRefusedOrAnotherManifest() throws IOException {
        Path file = folder.resolve("manifest.json");
        byte[] bytes = Files.readAllBytes(file);
        for (int position = 0; position < bytes.length; position++) {
            byte[] changed = bytes.clone();
            changed[position] = (byte) (changed[position] == '1' ? '2' : '1');
            Files.write(file, changed);
            try {
                assertThat(Manifest.read(folder)).isNotEqualTo(manifest);
            } catch (IllegalArgumentException e) {
                assertThat(e).hasMessageStartingWith("manifest.json is not a manifest: ");
            }
        }
    }

    @Test
    void anythingAfterTheObjectIsRefused() throws IOException {
        Path file = folder.resolve("manifest.json");
        String text = Files.readString(file);
        for (String changed : List.of(text + "\n", text.strip(), text + " ", " " + text, text + text, "", "[]")) {
            Files.writeString(file, changed);
            assertThatThrownBy(() -> Manifest.read(folder)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aHugeManifestIsRefused() throws IOException {
        Files.writeString(folder.resolve("manifest.json"), "{\"files\":\"" + "x".repeat(2 << 20));
        assertThatThrownBy(() -> Manifest.read(folder)).hasMessageContaining("longer than the 1048576 bytes");
        TreeMap<String, String> files = new TreeMap<>();
        for (int i = 0; i <= Manifest.MAX_FILES; i++) {
            files.put("file" + i, SimulatedSearch.DIGEST);
        }
        assertThatThrownBy(() -> new Manifest(files, SimulatedSearch.DIGEST, 1)).hasMessageContaining("1 to 1000");
    }
}
