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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Packages use those below them only, and what decides about structure knows no engine. */
class LayeringTest {
    private static final Path SOURCES = Path.of("src/main/java/org/tribuogrowth");
    private static final Pattern IMPORT =
            Pattern.compile("^import (?:static )?([a-z0-9.]+)\\.[A-Z]", Pattern.MULTILINE);

    /** What each package may use of this project; the module provenance and a package itself are always allowed. */
    private static final Map<String, Set<String>> ALLOWED = Map.ofEntries(
            Map.entry("random", Set.of()),
            Map.entry("configuration", Set.of()),
            Map.entry("architecture", Set.of("configuration")),
            Map.entry("segmentation", Set.of()),
            Map.entry("data", Set.of("architecture", "configuration", "random", "output", "segmentation")),
            Map.entry("output", Set.of("architecture", "configuration", "segmentation")),
            Map.entry("onednn", Set.of("architecture")),
            Map.entry("kernel", Set.of("architecture", "onednn")),
            Map.entry("execution", Set.of("architecture", "data", "kernel", "onednn", "output", "random")),
            Map.entry("network", Set.of("architecture", "data", "execution", "kernel", "onednn", "output", "random")),
            Map.entry("search", Set.of("architecture", "configuration", "random")),
            Map.entry(
                    "training",
                    Set.of("architecture", "configuration", "data", "kernel", "network", "output", "random", "search")),
            Map.entry("export", Set.of("architecture", "data", "network")),
            Map.entry(
                    "",
                    Set.of(
                            "architecture",
                            "configuration",
                            "data",
                            "export",
                            "kernel",
                            "network",
                            "output",
                            "protos",
                            "random",
                            "search",
                            "training")),
            Map.entry("compare", Set.of("", "architecture", "kernel", "network", "random", "segmentation")),
            Map.entry("card", Set.of("", "architecture", "segmentation")),
            Map.entry("reproduction", Set.of("", "protos")),
            Map.entry("pictures", Set.of("", "architecture", "data", "segmentation")),
            Map.entry(
                    "cli",
                    Set.of(
                            "",
                            "architecture",
                            "card",
                            "compare",
                            "data",
                            "export",
                            "pictures",
                            "reproduction",
                            "search",
                            "segmentation",
                            "training")));

    private static Set<String> imports(String name) throws IOException {
        Set<String> found = new TreeSet<>();
        try (Stream<Path> files = Files.walk(SOURCES.resolve(name), name.isEmpty() ? 1 : Integer.MAX_VALUE)) {
            List<Path> sources =
                    files.filter(file -> file.toString().endsWith(".java")).toList();
            assertThat(sources).as(name).isNotEmpty();
            for (Path source : sources) {
                Matcher matcher = IMPORT.matcher(Files.readString(source));
                while (matcher.find()) {
                    found.add(matcher.group(1));
                }
            }
        }
        return found;
    }

    @Test
    void packagesUseThoseBelowThemOnly() throws IOException {
        for (Map.Entry<String, Set<String>> entry : ALLOWED.entrySet()) {
            for (String used : imports(entry.getKey())) {
                if (used.startsWith("org.tribuogrowth") && !used.startsWith("org.tribuogrowth.provenance")) {
                    String room = used.equals("org.tribuogrowth") ? "" : used.split("\\.")[2];
                    assertThat(room.equals(entry.getKey()) || entry.getValue().contains(room))
                            .as("package '%s' uses %s", entry.getKey(), used)
                            .isTrue();
                }
            }
        }
    }

    @Test
    void everyPackageHasARule() throws IOException {
        try (Stream<Path> files = Files.list(SOURCES)) {
            Set<String> rooms = new TreeSet<>();
            files.filter(Files::isDirectory)
                    .forEach(folder -> rooms.add(folder.getFileName().toString()));
            rooms.remove("protos");
            rooms.add("");
            assertThat(ALLOWED.keySet()).containsExactlyInAnyOrderElementsOf(rooms);
        }
    }

    @Test
    void whatDecidesKnowsNoEngine() throws IOException {
        for (String room :
                List.of("architecture", "search", "data", "output", "segmentation", "random", "configuration")) {
            assertThat(imports(room))
                    .as(room)
                    .noneMatch(used -> used.startsWith("org.deeplearning4j") || used.startsWith("org.nd4j"));
        }
    }
}
