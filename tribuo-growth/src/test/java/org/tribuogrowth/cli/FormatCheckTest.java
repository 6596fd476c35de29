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

import com.oracle.labs.mlrg.olcut.config.ConfigurationData;
import com.oracle.labs.mlrg.olcut.config.ConfigurationManager;
import com.oracle.labs.mlrg.olcut.config.io.FileFormatFactory;
import com.oracle.labs.mlrg.olcut.config.json.JsonConfigFactory;
import com.oracle.labs.mlrg.olcut.config.protobuf.ProtoConfigFactory;
import com.oracle.labs.mlrg.olcut.config.protobuf.ProtoTxtConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A configuration is the same in each of the four formats. */
class FormatCheckTest {
    private static final Path EXAMPLES = Path.of("../examples/configs");
    private static final List<String> FORMATS = List.of("xml", "json", "pb", "xml", "pbtxt", "json", "xml");

    @TempDir
    private Path folder;

    @BeforeAll
    static void olcutKnowsTheFormats() {
        for (FileFormatFactory factory :
                List.of(new JsonConfigFactory(), new ProtoConfigFactory(), new ProtoTxtConfigFactory())) {
            ConfigurationManager.addFileFormatFactory(factory);
        }
    }

    static List<Path> examples() throws IOException {
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            return files.filter(file -> file.toString().endsWith(".xml"))
                    .sorted()
                    .toList();
        }
    }

    private static Map<String, ConfigurationData> components(ConfigurationManager manager) {
        Map<String, ConfigurationData> components = new TreeMap<>();
        for (String name : manager.getComponentNames()) {
            components.put(name, manager.getConfigurationData(name).orElseThrow());
        }
        return components;
    }

    /** The components as the command line reads them, in one order. */
    private static Map<String, String> read(Path file) {
        Map<String, String> components = new TreeMap<>();
        for (Configuration.Component component :
                ConfigurationReader.read(List.of(file.toString()), List.of()).components()) {
            components.put(component.name(), component.className() + " " + new TreeMap<>(component.properties()));
        }
        return components;
    }

    @ParameterizedTest
    @MethodSource("examples")
    void check42_formatsKeepTheConfiguration(Path example) throws IOException {
        Path before = example;
        Map<String, ConfigurationData> original = components(new ConfigurationManager(example.toString()));
        Map<String, String> originalRead = read(example);
        assertThat(original).isNotEmpty();
        assertThat(originalRead.keySet()).isEqualTo(original.keySet());
        for (int i = 1; i < FORMATS.size(); i++) {
            Path after = folder.resolve(i + "." + FORMATS.get(i));
            new ConfigurationManager(before.toString()).save(after.toFile(), true);
            Map<String, ConfigurationData> again = components(new ConfigurationManager(after.toString()));

            assertThat(again.keySet()).isEqualTo(original.keySet());
            List<ConfigurationData> left = List.copyOf(again.values());
            List<ConfigurationData> right = List.copyOf(original.values());
            for (String name : again.keySet()) {
                assertThat(again.get(name).getClassName())
                        .isEqualTo(original.get(name).getClassName());
                assertThat(again.get(name).getProperties())
                        .as(name + " in " + after)
                        .isEqualTo(original.get(name).getProperties());
                // To OLCUT a value NaN equals nothing, so a component with one does not even equal itself.
                assertThat(ConfigurationData.structuralEquals(left, right, name, name))
                        .as(name + " in " + after)
                        .isEqualTo(ConfigurationData.structuralEquals(right, right, name, name));
            }
            assertThat(read(after)).isEqualTo(originalRead);
            before = after;
        }
    }
}
