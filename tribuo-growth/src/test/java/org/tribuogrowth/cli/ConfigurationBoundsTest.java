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
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a file asks for in time and memory is bounded before it is done. */
class ConfigurationBoundsTest {
    private static final String PART = SamplePart.class.getName();

    @TempDir
    private Path folder;

    private Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    private static Configuration read(Path file) {
        return ConfigurationReader.read(List.of(file.toString()), List.of());
    }

    private String refusal(Path file) {
        UserError error = catchThrowableOfType(UserError.class, () -> ConfigurationChecker.check(read(file)));
        assertThat(error).as("the refusal of %s", file).isNotNull();
        assertThat(error.getMessage()).hasSizeLessThan(2_000);
        return error.getMessage().replace(folder.toString(), "DIR");
    }

    private static String part(int number, String body) {
        return "<component name=\"p" + number + "\" type=\"" + PART + "\">" + body + "</component>\n";
    }

    private static String config(String body) {
        return "<config>\n" + body + "</config>\n";
    }

    @Test
    void aGiantFileIsNotRead() throws IOException {
        byte[] content = new byte[ConfigurationReader.MOST_BYTES + 1];
        for (String ending : List.of("xml", "json", "pb", "pbtxt")) {
            assertThat(refusal(Files.write(folder.resolve("giant." + ending), content)))
                    .isEqualTo("The configuration file DIR/giant." + ending
                            + " is too large: at most 4194304 bytes are read, over all files of a configuration.");
        }
    }

    @Test
    void manyFilesAreNotReadEither() throws IOException {
        for (int i = 0; i <= ConfigurationReader.MOST_FILES; i++) {
            file("f" + i + ".xml", config("<file name=\"next\" value=\"f" + (i + 1) + ".xml\"/>"));
        }

        assertThat(refusal(folder.resolve("f0.xml")))
                .isEqualTo(
                        "DIR/f99.xml, line 2: The configuration consists of more than 100 files, which are not read.");
    }

    @Test
    void filesTogetherAreBoundedToo() throws IOException {
        String filler = "<!--" + "x".repeat(ConfigurationReader.MOST_BYTES / 2) + "-->";
        Path first = file("a.xml", config(filler + "<file name=\"more\" value=\"b.xml\"/>"));
        file("b.xml", config(filler));

        assertThat(refusal(first)).contains("DIR/b.xml is too large");
    }

    @Test
    void manyComponentsAreRefused() throws IOException {
        String parts = IntStream.rangeClosed(0, Places.MOST_COMPONENTS)
                .mapToObj(i -> part(i, ""))
                .collect(Collectors.joining());

        assertThat(refusal(file("many.xml", config(parts))))
                .isEqualTo("DIR/many.xml, line 5002: the configuration has more than 5000 components.");
    }

    @Test
    void manyPropertiesAreRefused() throws IOException {
        String properties = IntStream.rangeClosed(0, Places.MOST_PROPERTIES)
                .mapToObj(i -> "<property name=\"x" + i + "\" value=\"\"/>\n")
                .collect(Collectors.joining());

        assertThat(refusal(file("many.xml", config(part(0, properties)))))
                .isEqualTo("DIR/many.xml, line 502: component 'p0' has more than 500 properties.");
    }

    @Test
    void copiesOfALongListAreRefused() throws IOException {
        String items = "<propertylist name=\"others\">" + "<item>p0</item>".repeat(100_000) + "</propertylist>";
        String copies = IntStream.rangeClosed(1, 4_000)
                .mapToObj(i -> "<component name=\"c" + i + "\" inherit=\"p1\"/>\n")
                .collect(Collectors.joining());

        assertThat(refusal(file("copies.xml", config(part(0, "") + part(1, items) + copies))))
                .isEqualTo(
                        "DIR/copies.xml, line 7: the components of the configuration, copies included, have more than"
                                + " 500000 values.");
    }

    @Test
    void copiesOfALongTextAreRefused() throws IOException {
        String text = "<property name=\"next\" value=\"" + "n".repeat(100_000) + "\"/>";
        String copies = IntStream.rangeClosed(1, 100)
                .mapToObj(i -> "<component name=\"c" + i + "\" inherit=\"p1\"/>\n")
                .collect(Collectors.joining());

        assertThat(refusal(file("copies.xml", config(part(1, text) + copies))))
                .contains("the values of the configuration have more than 4194304 characters");
    }

    @Test
    void manyMistakesAreNotAllLookedFor() throws IOException {
        String items = "<propertylist name=\"others\">" + "<item>none</item>".repeat(100_000) + "</propertylist>";

        assertThat(refusal(file("mistakes.xml", config(part(1, items)))))
                .endsWith("At least 190 more mistakes follow.");
    }

    @Test
    void aLongChainIsRefused() throws IOException {
        String chain = IntStream.range(0, 3_000)
                .mapToObj(i -> part(i, "<property name=\"next\" value=\"p" + (i + 1) + "\"/>"))
                .collect(Collectors.joining());

        assertThat(refusal(file("chain.xml", config(chain + part(3_000, "")))))
                .contains("a chain of more than 100 components that refer to one another begins here");
    }

    @Test
    void aLadderIsBuiltOnce() throws IOException {
        // Followed by every way, of which there are 2 to the power of 60, it would never end.
        String ladder = IntStream.range(0, 60)
                .mapToObj(i -> part(
                        i,
                        "<propertylist name=\"others\"><item>p" + (i + 1) + "</item><item>p" + (i + 1)
                                + "</item></propertylist>"))
                .collect(Collectors.joining());
        Configuration configuration = read(file("ladder.xml", config(ladder + part(60, ""))));
        ConfigurationChecker.check(configuration);

        SamplePart top = new Components(configuration).build("p0", SamplePart.class);

        assertThat(top.others()).hasSize(2);
        assertThat(top.others().get(0)).isSameAs(top.others().get(1));
    }

    @Test
    void aClassInAListStandsForItsComponentsInTheirOrder() throws IOException {
        Path file = file(
                "types.xml",
                config("<component name=\"all\" type=\"" + SampleComponent.class.getName()
                        + "\"><property name=\"count\" value=\"1\"/><propertylist name=\"parts\"><item>p2</item><type>"
                        + PART
                        + "</type></propertylist></component>\n" + part(2, "") + part(1, "") + part(0, "")));

        assertThat(read(file).component("all").orElseThrow().properties().get("parts"))
                .hasToString("[[p2, p2, p1, p0], []]");
        assertThat(refusal(file(
                        "circle.xml",
                        config(part(0, "<propertylist name=\"others\"><type>" + PART + "</type></propertylist>")))))
                .contains("it refers to itself by way of p0 -> p0");
    }

    @Test
    void classesInListsThatStandForTooManyComponentsAreRefused() throws IOException {
        String types = "<propertylist name=\"others\"><type>" + PART + "</type></propertylist>";
        String parts = IntStream.range(0, 400).mapToObj(i -> part(i, types)).collect(Collectors.joining());

        assertThat(refusal(file("types.xml", config(parts)))).contains("stand for more than 100000 components");
    }

    @Test
    void globalPropertiesThatNameOthersVeryDeepAreRefused() throws IOException {
        String globals = IntStream.range(0, 10_000)
                .mapToObj(i -> "<property name=\"g" + i + "\" value=\"${g" + (i + 1) + "}\"/>\n")
                .collect(Collectors.joining());

        assertThat(refusal(file("deep.xml", config(globals + part(0, "<property name=\"next\" value=\"${g0}\"/>")))))
                .endsWith("global properties are defined by others more than 50 deep, which no configuration needs.");
    }

    @Test
    void deepNestingIsRefusedInEveryFormat() throws IOException {
        assertThat(refusal(file("deep.xml", "<config>" + "<component name=\"a\" type=\"b\">".repeat(100_000))))
                .contains("found <component> in <component>");
        assertThat(refusal(file("deep.json", "{\"config\":" + "[".repeat(1_000_000))))
                .contains("found an array");
        assertThat(refusal(file("deep.pbtxt", "unknown {".repeat(400_000))))
                .isEqualTo(
                        "DIR/deep.pbtxt, line 1: braces are nested more than 10 deep; a configuration's are three deep.");
        byte[] groups = new byte[1_000_000];
        Arrays.fill(groups, (byte) 0x7b);
        assertThat(refusal(Files.write(folder.resolve("deep.pb"), groups))).contains("too many levels of nesting");
    }

    @Test
    void bracesInStringsAndCommentsOfTheTextFormatDoNotCount() throws IOException {
        Path file = file(
                "braces.pbtxt",
                "# {{{{{{{{{{{{{\n" + "components { name: \"{{{{{{{{\\\"{{{{{\" type: '" + PART + "' }\n");

        assertThat(read(file).names()).containsExactly("{{{{{{{{\"{{{{{");
    }

    @Test
    void longNamesAreCutInMessages() throws IOException {
        String longName = "n".repeat(1_000_000);

        assertThat(refusal(file("long.xml", config(part(0, "<property name=\"next\" value=\"" + longName + "\"/>")))))
                .contains("found '" + "n".repeat(200) + "...'");
        assertThat(refusal(file("name.xml", config("<component name=\"" + longName + "\" type=\"T\"/>"))))
                .contains("component '" + "n".repeat(200) + "...'");
    }

    @Test
    void whatIsNoFileIsNotRead() throws IOException {
        Path device = Files.createSymbolicLink(folder.resolve("zero.xml"), Path.of("/dev/zero"));
        assertThat(refusal(device))
                .isEqualTo("The configuration file DIR/zero.xml is neither a file nor a link to one.");
    }

    @Test
    void aFileWithoutPermissionIsTold() throws IOException {
        Path file = file("secret.xml", config(""));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        assumeFalse(Files.isReadable(file), "the superuser reads everything");

        assertThat(refusal(file)).isEqualTo("The configuration file DIR/secret.xml cannot be read: permission denied.");
    }

    @Test
    void theEndingMayBeInCapitals() throws IOException {
        assertThat(read(file("UPPER.XML", config(part(0, "")))).names()).containsExactly("p0");
    }

    @Test
    void aByteOrderMarkIsNoMistake() throws IOException {
        byte[] mark = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
        byte[] text = config(part(0, "")).getBytes(StandardCharsets.UTF_8);
        byte[] all = Arrays.copyOf(mark, mark.length + text.length);
        System.arraycopy(text, 0, all, mark.length, text.length);

        assertThat(read(Files.write(folder.resolve("mark.xml"), all)).names()).containsExactly("p0");
    }

    @Test
    void aNameThatIsNoFileNameIsTold() throws IOException {
        Path file = file(
                "names.json", "{\"config\": {\"config-files\": [{\"name\": \"a\", \"value\": \"a\\u0000.xml\"}]}}");

        assertThatThrownBy(() -> read(file))
                .isInstanceOf(UserError.class)
                .hasMessageEndingWith("names.json, line 1: 'a?.xml' is not the name of a file.");
    }
}
