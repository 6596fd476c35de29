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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.oracle.labs.mlrg.olcut.config.Configurable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every mistake of a configuration's content gives the one paragraph that a user can act on. */
class ConfigurationCheckerTest {
    private static final String SAMPLE = SampleComponent.class.getName();
    private static final String PART = SamplePart.class.getName();

    /** A class that no component can be of. */
    abstract static class Unfinished implements Configurable {}

    @TempDir
    private Path folder;

    private List<String> problems(String components) throws IOException {
        Path file = folder.resolve("run.xml");
        Files.writeString(file, "<config>\n" + components + "\n</config>\n");
        return ConfigurationChecker.problems(ConfigurationReader.read(List.of(file.toString()), List.of())).stream()
                .map(problem -> problem.replace(folder.toString(), "DIR"))
                .toList();
    }

    private static String sample(String properties) {
        return "<component name=\"s\" type=\"" + SAMPLE + "\">\n<property name=\"count\" value=\"3\"/>\n" + properties
                + "\n</component>\n<component name=\"p\" type=\"" + PART + "\"/>";
    }

    private static String property(String name, String value) {
        return "<property name=\"" + name + "\" value=\"" + value + "\"/>";
    }

    @Test
    void aRightConfigurationHasNoProblems() throws IOException {
        String all = property("verbose", "TRUE") + property("rate", "1e-3") + property("kind", "LARGE")
                + property("title", "yes") + property("file", "a/b") + property("part", "p")
                + "<propertylist name=\"widths\"><item>1</item><item>2</item></propertylist>"
                + "<propertylist name=\"kinds\"><item>SMALL</item></propertylist>"
                + "<propertylist name=\"parts\"><item>p</item><type>" + PART + "</type></propertylist>"
                + "<propertymap name=\"numbers\"><entry key=\"a\" value=\"0.5\"/></propertymap>";

        assertThat(problems(sample(all))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "verbose | yes | found 'yes', but it must be true or false.",
                "verbose | 1 | found '1', but it must be true or false.",
                "rate | fast | found 'fast', but it must be a number such as 0.1 or 1e-3.",
                "kind | LARG | found 'LARG', but it must be one of SMALL, LARGE. Did you mean 'LARGE'?",
                "kind | large | found 'large', but it must be one of SMALL, LARGE. Did you mean 'LARGE'?",
                "part | q | found 'q', but there is no component of that name. Did you mean 'p'? Components of that type: p.",
            })
    void aWrongValueIsToldWithWhatIsAllowed(String name, String value, String sentence) throws IOException {
        assertThat(problems(sample(property(name, value))))
                .containsExactly("DIR/run.xml, line 4: component 's', property '" + name + "': " + sentence);
    }

    @Test
    void wholeNumbersAreToldWithTheirRange() throws IOException {
        String component = "<component name=\"s\" type=\"" + SAMPLE + "\">" + property("count", "3.0") + "</component>";

        assertThat(problems(component))
                .containsExactly(
                        "DIR/run.xml, line 2: component 's', property 'count': found '3.0', but it must be a whole"
                                + " number from -2147483648 to 2147483647.");
    }

    @Test
    void aMisspeltPropertyIsToldWithTheNearest() throws IOException {
        assertThat(problems(sample(property("vebrose", "true"))))
                .containsExactly(
                        "DIR/run.xml, line 4: component 's', property 'vebrose': SampleComponent has no property"
                                + " 'vebrose'. Did you mean 'verbose'? Its properties are count, file, kind, kinds, numbers, part,"
                                + " parts, rate, title, verbose, widths.");
    }

    @Test
    void aMissingMandatoryPropertyIsToldWithItsMeaning() throws IOException {
        assertThat(problems("<component name=\"s\" type=\"" + SAMPLE + "\"/>"))
                .containsExactly(
                        "DIR/run.xml, line 2: component 's': the property 'count' must be set and is not (whole"
                                + " number): How many.");
    }

    @Test
    void aPropertyInTheFormOfAnotherIsTold() throws IOException {
        assertThat(problems(sample(property("widths", "3"))))
                .containsExactly(
                        "DIR/run.xml, line 4: component 's', property 'widths': found <property name=\"widths\""
                                + " value=\"...\"/>, but it must be written <propertylist name=\"widths\"><item>...</item></propertylist>"
                                + " (list of whole numbers).");
        assertThat(problems(sample("<propertylist name=\"rate\"><item>1</item></propertylist>")))
                .singleElement()
                .asString()
                .contains("but it must be written <property name=\"rate\"", "(number)");
        assertThat(problems(sample("<propertymap name=\"widths\"><entry key=\"a\" value=\"1\"/></propertymap>")))
                .singleElement()
                .asString()
                .contains("found <propertymap", "(list of whole numbers)");
        assertThat(problems(sample(property("numbers", "1"))))
                .singleElement()
                .asString()
                .contains("but it must be written <propertymap", "(map to numbers)");
    }

    @Test
    void aListItemOfTheWrongClassIsTold() throws IOException {
        String parts = "<propertylist name=\"parts\"><item>p</item><item>s</item></propertylist>";

        assertThat(problems(sample(parts)))
                .containsExactly("DIR/run.xml, line 4: component 's', property 'parts': item 2: found 's' of the class "
                        + SAMPLE + " (DIR/run.xml, line 2), but its type must be " + PART
                        + ". Components of that type: p.");
    }

    @Test
    void aReferenceToTheWrongClassIsTold() throws IOException {
        assertThat(problems(sample(property("part", "s"))))
                .containsExactly("DIR/run.xml, line 4: component 's', property 'part': found 's' of the class " + SAMPLE
                        + " (DIR/run.xml, line 2), but its type must be " + PART + ". Components of that type: p.");
    }

    @Test
    void aWrongValueInAListOrMapIsToldWithItsPosition() throws IOException {
        assertThat(problems(sample("<propertylist name=\"widths\"><item>1</item><item>two</item></propertylist>")))
                .singleElement()
                .asString()
                .contains("property 'widths': item 2: found 'two', but it must be a whole number");
        assertThat(problems(sample("<propertymap name=\"numbers\"><entry key=\"k\" value=\"x\"/></propertymap>")))
                .singleElement()
                .asString()
                .contains("property 'numbers': key 'k': found 'x', but it must be a number");
    }

    @Test
    void aTypeInAListMustSuit() throws IOException {
        assertThat(problems(sample("<propertylist name=\"widths\"><type>" + PART + "</type></propertylist>")))
                .singleElement()
                .asString()
                .contains("found <type>" + PART + "</type>, but only this is allowed: list of whole numbers");
    }

    @Test
    void anUnknownClassIsTold() throws IOException {
        assertThat(problems("<component name=\"s\" type=\"org.example.Nothing\"/>"))
                .containsExactly(
                        "DIR/run.xml, line 2: component 's': there is no class 'org.example.Nothing' on the class"
                                + " path.");
    }

    @Test
    void aClassThatNoComponentCanBeOfIsTold() throws IOException {
        assertThat(problems("<component name=\"s\" type=\"java.lang.String\"/>"))
                .singleElement()
                .asString()
                .contains("does not implement com.oracle.labs.mlrg.olcut.config.Configurable");
        assertThat(problems("<component name=\"s\" type=\"org.tribuo.Trainer\"/>"))
                .singleElement()
                .asString()
                .contains("'org.tribuo.Trainer' is an interface");
        assertThat(problems("<component name=\"s\" type=\"" + Unfinished.class.getName() + "\"/>"))
                .singleElement()
                .asString()
                .contains("is an abstract class");
    }

    @Test
    void aReferenceToABrokenComponentIsNotToldTwice() throws IOException {
        String components = "<component name=\"q\" type=\"org.example.Nothing\"/>" + sample(property("part", "q"));

        assertThat(problems(components)).singleElement().asString().contains("component 'q'");
    }

    @Test
    void aCircleIsTold() throws IOException {
        String components = "<component name=\"a\" type=\"" + PART + "\">" + property("next", "b") + "</component>\n"
                + "<component name=\"b\" type=\"" + PART + "\">" + property("next", "a") + "</component>";

        assertThat(problems(components))
                .containsExactly(
                        "DIR/run.xml, line 2: component 'a': it refers to itself by way of a -> b -> a; components"
                                + " cannot refer in a circle.");
    }

    @Test
    void twoWaysToOneComponentAreNoCircle() throws IOException {
        String components = "<component name=\"a\" type=\"" + PART + "\"/>"
                + "<component name=\"b\" type=\"" + PART + "\">" + property("next", "a") + "</component>"
                + "<component name=\"c\" type=\"" + PART + "\">" + property("next", "a") + "</component>";

        assertThat(problems(components)).isEmpty();
    }

    @Test
    void severalMistakesAreToldAtOnceButNotWithoutEnd() throws IOException {
        StringBuilder components = new StringBuilder();
        for (int i = 0; i < 12; i++) {
            components
                    .append("<component name=\"s")
                    .append(i)
                    .append("\" type=\"")
                    .append(SAMPLE)
                    .append("\"/>\n");
        }
        Path file = folder.resolve("many.xml");
        Files.writeString(file, "<config>" + components + "</config>");
        Configuration configuration = ConfigurationReader.read(List.of(file.toString()), List.of());

        assertThatThrownBy(() -> ConfigurationChecker.check(configuration))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("component 's0'")
                .hasMessageContaining("component 's9'")
                .hasMessageNotContaining("component 's10'")
                .hasMessageEndingWith("\n\n2 more mistakes follow.");
    }
}
