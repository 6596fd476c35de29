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

import com.oracle.labs.mlrg.olcut.config.Configurable;
import com.oracle.labs.mlrg.olcut.config.DescribeConfigurable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What must hold for every class that a configuration can name, generated from the catalogue. */
class CatalogCheckTest {
    @TempDir
    private Path folder;

    private CatalogSamples samples;

    @BeforeEach
    void prepare() throws IOException {
        samples = new CatalogSamples(folder);
    }

    static List<Class<? extends Configurable>> classes() {
        return CatalogSamples.classes();
    }

    /** Two values of a field's type of which at least one is not the default. */
    private static List<String> others(ComponentField field) {
        return switch (field.valueType()) {
            case BOOLEAN -> List.of("true", "false");
            case ENUM -> List.of(
                    field.constants().get(0),
                    field.constants().get(field.constants().size() - 1));
            case FLOAT, DOUBLE -> List.of("0.25", "0.375");
            case CHAR -> List.of("x", "y");
            case URL -> List.of("file:/x", "file:/y");
            default -> List.of("3", "4");
        };
    }

    @ParameterizedTest
    @MethodSource("classes")
    void check43_everyScalarFieldCanBeOverridden(Class<? extends Configurable> type) throws IOException {
        List<String> overridden = new ArrayList<>();
        for (ComponentField field : CatalogSamples.type(type).fields()) {
            if (field.form() != ComponentField.Form.SINGLE || field.isReference()) {
                continue;
            }
            for (String value : others(field)) {
                Configuration configuration = samples.read(type, Map.of(), "--@sample." + field.name(), value);

                assertThat(ConfigurationChecker.problems(configuration)).isEmpty();
                assertThat(field.get(CatalogSamples.evenIfRefused(configuration)))
                        .as(type.getSimpleName() + "." + field.name())
                        .hasToString(value);
            }
            overridden.add(field.name());
        }
        assertThat(overridden).hasSize((int) CatalogSamples.type(type).fields().stream()
                .filter(field -> field.form() == ComponentField.Form.SINGLE && !field.isReference())
                .count());
    }

    @ParameterizedTest
    @MethodSource("classes")
    void check43_listsCanBeOverriddenWithOneElementAndWithTwo(Class<? extends Configurable> type) throws IOException {
        for (ComponentField field : CatalogSamples.type(type).fields()) {
            if (field.form() != ComponentField.Form.LIST || field.isReference()) {
                continue;
            }
            for (String value : List.of(others(field).get(0), String.join(",", others(field)))) {
                Configuration configuration = samples.read(type, Map.of(), "--@sample." + field.name() + "=" + value);

                assertThat(ConfigurationChecker.problems(configuration)).isEmpty();
                assertThat(field.get(CatalogSamples.evenIfRefused(configuration)))
                        .as(type.getSimpleName() + "." + field.name())
                        .hasToString("[" + value.replace(",", ", ") + "]");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("classes")
    void check44_olcutDescribesEveryClass(Class<? extends Configurable> type) {
        ByteArrayOutputStream example = new ByteArrayOutputStream();
        DescribeConfigurable.writeExampleConfig(
                new PrintStream(example, true, StandardCharsets.UTF_8),
                "xml",
                type,
                DescribeConfigurable.generateFieldInfo(type));

        assertThat(example.toString(StandardCharsets.UTF_8))
                .contains(type.getName())
                .doesNotContain("invalid-field-type");
        assertThat(DescribeConfigurable.generateFieldInfo(type))
                .as("OLCUT and 'describe' see the same fields")
                .hasSize(CatalogSamples.type(type).fields().size());
    }

    @Test
    void everySampleIsARightConfiguration() throws IOException {
        for (Class<? extends Configurable> type : classes()) {
            assertThat(CatalogSamples.build(samples.read(type, Map.of()))).isInstanceOf(type);
        }
    }
}
