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
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.oracle.labs.mlrg.olcut.config.Config;
import com.oracle.labs.mlrg.olcut.config.Configurable;
import com.oracle.labs.mlrg.olcut.config.PropertyException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However a component of others fails when it is made, the message says which component and where it is written. */
class ComponentsTest {
    @TempDir
    private Path folder;

    /** Fails in one of many ways. */
    static final class Failing implements Configurable {
        /** The ways. */
        enum Way {
            NO_COMPONENT_NAME,
            CAUSE_SAID,
            CAUSE_UNSAID,
            ILLEGAL_ARGUMENT,
            ILLEGAL_STATE,
            NULL_POINTER,
            NO_FILE,
            NO_MESSAGE,
            MISSING_CLASS
        }

        @Config(mandatory = true, description = "The way.")
        private Way way;

        @Override
        public void postConfig() throws IOException {
            switch (way) {
                case NO_COMPONENT_NAME -> throw new PropertyException("", "way", "must be another");
                case CAUSE_SAID -> throw new PropertyException(
                        new IOException("too short"), "", "way", "a.png is too short");
                case CAUSE_UNSAID -> throw new PropertyException(
                        new IOException("too short"), "", "way", "a.png is no picture");
                case ILLEGAL_ARGUMENT -> throw new IllegalArgumentException("must be\nanother");
                case ILLEGAL_STATE -> throw new IllegalStateException("is closed");
                case NULL_POINTER -> throw new NullPointerException("x is null");
                case NO_FILE -> throw new FileNotFoundException("data.csv (No such file or directory)");
                case NO_MESSAGE -> throw new IllegalArgumentException();
                case MISSING_CLASS -> throw new NoClassDefFoundError("org/example/Native");
            }
        }
    }

    /** Fails before it has any field. */
    static final class NeverMade implements Configurable {
        private NeverMade() {
            throw new UnsupportedOperationException("not on this machine");
        }
    }

    private String failure(String type, String properties) throws IOException {
        Path file = folder.resolve("c.xml");
        Files.writeString(
                file,
                "<config>\n<component name=\"good\" type=\"" + SamplePart.class.getName()
                        + "\"/>\n<component name=\"bad\" type=\"" + type + "\">\n" + properties
                        + "\n</component>\n</config>\n");
        Configuration configuration = ConfigurationReader.read(List.of(file.toString()), List.of());
        ConfigurationChecker.check(configuration);
        Components components = new Components(configuration);
        UserError error = catchThrowableOfType(UserError.class, () -> components.build("bad", Configurable.class));
        assertThat(error.exitCode()).isEqualTo(Main.USAGE);
        assertThat(components.build("good", SamplePart.class))
                .as("other components")
                .isNotNull();
        return error.getMessage().replace(folder.toString(), "DIR");
    }

    private String failing(Failing.Way way) throws IOException {
        return failure(Failing.class.getName(), "<property name=\"way\" value=\"" + way + "\"/>");
    }

    @Test
    void theComponentIsNamedHoweverItFails() throws IOException {
        String begin = "DIR/c.xml, line 3: component 'bad': Failing refuses its configuration: ";
        String type = Failing.class.getName();
        assertThat(failing(Failing.Way.NO_COMPONENT_NAME))
                .isEqualTo("DIR/c.xml, line 4: component 'bad', property 'way': ComponentsTest$Failing refuses its"
                        + " configuration: must be another.");
        assertThat(failing(Failing.Way.ILLEGAL_ARGUMENT))
                .isEqualTo(begin.replace("Failing", "ComponentsTest$Failing") + "must be another.");
        assertThat(failing(Failing.Way.CAUSE_SAID)).endsWith("refuses its configuration: a.png is too short.");
        assertThat(failing(Failing.Way.CAUSE_UNSAID))
                .endsWith("refuses its configuration: a.png is no picture (caused by too short).");
        assertThat(failing(Failing.Way.ILLEGAL_STATE))
                .endsWith("component 'bad': ComponentsTest$Failing refuses its configuration: is closed.");
        assertThat(failing(Failing.Way.NULL_POINTER)).endsWith("refuses its configuration: x is null.");
        assertThat(failing(Failing.Way.NO_FILE))
                .endsWith("refuses its configuration: cannot read data.csv (No such file or directory).");
        assertThat(failing(Failing.Way.NO_MESSAGE))
                .endsWith("refuses its configuration: IllegalArgumentException without a message.");
        assertThat(failing(Failing.Way.MISSING_CLASS))
                .isEqualTo("DIR/c.xml, line 3: component 'bad': the class " + type
                        + " cannot be used, since a class that it"
                        + " needs is missing or fails when it is loaded: org/example/Native.");
    }

    @Test
    void aConstructorThatFailsIsToldInItsWords() throws IOException {
        assertThat(failure(NeverMade.class.getName(), ""))
                .isEqualTo(
                        "DIR/c.xml, line 3: component 'bad': ComponentsTest$NeverMade refuses its configuration: not on"
                                + " this machine.");
    }
}
