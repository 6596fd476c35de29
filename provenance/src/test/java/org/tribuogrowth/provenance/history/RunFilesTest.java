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

package org.tribuogrowth.provenance.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunFilesTest {
    @TempDir
    private Path folder;

    private Map<String, String> configuration(String text) throws IOException {
        return ConfigurationValues.read(Files.writeString(folder.resolve("config.xml"), text));
    }

    @Test
    void configurationsAreReadByPath() throws IOException {
        String text =
                """
            <?xml version="1.0" encoding="UTF-8"?>
            <!-- as run -->
            <config>
              <property name="epochs" value="30"/>
              <component name="trainer" type="a.B">
                <property name="seed" value="1"/>
                <property name="note">long
                  text</property>
                <propertylist name="steps"><item>crop</item><item><![CDATA[<flip>]]></item></propertylist>
                <propertylist name="none"></propertylist>
                <propertymap name="counts"><entry key="conv1" value="20"/></propertymap>
              </component>
            </config>
            """;
        assertThat(configuration(text))
                .containsOnlyKeys(
                        "epochs",
                        "trainer (type)",
                        "trainer.seed",
                        "trainer.note",
                        "trainer.steps",
                        "trainer.none",
                        "trainer.counts.conv1")
                .containsEntry("epochs", "30")
                .containsEntry("trainer (type)", "a.B")
                .containsEntry("trainer.seed", "1")
                .containsEntry("trainer.steps", "[crop, <flip>]")
                .containsEntry("trainer.none", "[]")
                .containsEntry("trainer.counts.conv1", "20");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no xml",
                "<config>",
                "<!DOCTYPE config><config/>",
                "<!DOCTYPE config [<!ENTITY a \"x\"><!ENTITY b \"&a;&a;\">]><config><item>&b;</item></config>",
                "<!DOCTYPE config SYSTEM \"file:///etc/passwd\"><config/>",
                "<!DOCTYPE config [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><config>&x;</config>",
                "<config>&unknown;</config>"
            })
    void whatIsNoPlainXmlIsRefused(String text) {
        assertThatThrownBy(() -> configuration(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("config.xml");
    }

    @Test
    void configurationsAreBounded() {
        assertThatThrownBy(() -> configuration("<a>".repeat(100) + "</a>".repeat(100)))
                .hasMessageContaining("deep");
        assertThatThrownBy(() -> configuration(" ".repeat(ConfigurationValues.MAX_BYTES + 1)))
                .hasMessageContaining("bytes");
    }

    @Test
    void linksAreNotFollowed() throws IOException {
        Path target = Files.writeString(folder.resolve("secret"), "<config/>");
        Path link = Files.createSymbolicLink(folder.resolve("config.xml"), target);
        assertThatThrownBy(() -> ConfigurationValues.read(link)).isInstanceOf(IOException.class);
    }

    @Test
    void evaluationsAreReadByPath() throws IOException {
        Path file = folder.resolve("evaluation.json");
        Files.writeString(
                file,
                "{ \"test\": {\"accuracy\": 0.5, \"classes\": [1, 2]}, \"epochs\": 3, \"storage\": {\"weights\": 7} }");
        assertThat(EvaluationValues.read(file)).containsOnlyKeys("test.accuracy", "test.classes", "storage.weights");
        assertThat(EvaluationValues.read(file).get("test.accuracy").doubleValue())
                .isEqualTo(0.5);
        for (String text : new String[] {"", "[]", "{\"a\":1,\"a\":2}", "{\"a\":".repeat(50) + "1" + "}".repeat(50)}) {
            Files.writeString(file, text);
            assertThatThrownBy(() -> EvaluationValues.read(file))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("evaluation.json");
        }
        Files.write(file, "{".repeat((16 << 20) + 1).getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> EvaluationValues.read(file)).hasMessageContaining("bytes");
    }
}
