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

import com.oracle.labs.mlrg.olcut.config.ConfigurationManager;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files are read without trust, and overrides change what they say. */
class ConfigurationReaderTest {
    private static final String SAMPLE = SampleComponent.class.getName();
    private static final String COMPONENT =
            "<component name=\"s\" type=\"" + SAMPLE + "\">" + "<property name=\"count\" value=\"3\"/></component>";

    @TempDir
    private Path folder;

    private Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    private static List<CommandLine.Setting> settings(String... words) {
        return CommandLine.parse("test", List.of(), true, 0, Arrays.asList(words))
                .overrides();
    }

    private static Configuration read(Path file, String... words) {
        return ConfigurationReader.read(List.of(file.toString()), settings(words));
    }

    private String refusal(Path file, String... words) {
        UserError error = catchThrowableOfType(UserError.class, () -> read(file, words));
        assertThat(error).as("the refusal of %s", file).isNotNull();
        assertThat(error.exitCode()).isEqualTo(Main.USAGE);
        assertThat(error.getMessage()).doesNotContain("\n");
        return error.getMessage().replace(folder.toString(), "DIR");
    }

    private SampleComponent sample(Configuration configuration) {
        ConfigurationChecker.check(configuration);
        return new Components(configuration).build("s", SampleComponent.class);
    }

    @Test
    void anExternalEntityIsRefusedAndNotRead() throws IOException {
        Path secret = file("secret.txt", "the secret");
        Path config = file(
                "run.xml",
                "<?xml version=\"1.0\"?>\n<!DOCTYPE config [<!ENTITY e SYSTEM \"" + secret.toUri()
                        + "\">]>\n<config><component name=\"s\" type=\"" + SAMPLE
                        + "\"><propertylist name=\"widths\"><item>&e;</item></propertylist></component></config>");

        assertThat(refusal(config))
                .isEqualTo(
                        "DIR/run.xml, line 2: found a DOCTYPE declaration. A configuration needs none, and one can draw"
                                + " other files or addresses into it, so files with one are refused; remove the declaration and all"
                                + " entities that it defines.")
                .doesNotContain("the secret");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<!DOCTYPE config SYSTEM \"http://127.0.0.1:PORT/x.dtd\">",
                "<!DOCTYPE config PUBLIC \"a\" \"http://127.0.0.1:PORT/x.dtd\">",
                "<!DOCTYPE config [<!ENTITY % p SYSTEM \"http://127.0.0.1:PORT/p\"> %p;]>",
            })
    void noAddressIsOpened(String declaration) throws IOException {
        List<Integer> callers = new CopyOnWriteArrayList<>();
        try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Thread acceptor = new Thread(() -> accept(server, callers));
            acceptor.setDaemon(true);
            acceptor.start();
            String doctype = declaration.replace("PORT", String.valueOf(server.getLocalPort()));
            Path config = file("run.xml", doctype + "<config>" + COMPONENT + "</config>");

            assertThat(refusal(config)).contains("found a DOCTYPE declaration");

            // Callers are served in their order, so that ours is the first if there was none before.
            try (Socket ours = new Socket(server.getInetAddress(), server.getLocalPort())) {
                assertThat(ours.getInputStream().read()).isEqualTo(-1);
                assertThat(callers).containsExactly(ours.getLocalPort());
            }
        }
    }

    /** Notes who calls and hangs up. */
    private static void accept(ServerSocket server, List<Integer> callers) {
        while (!server.isClosed()) {
            try (Socket caller = server.accept()) {
                callers.add(caller.getPort());
            } catch (IOException exception) {
                // The test has closed the server.
                return;
            }
        }
    }

    @Test
    void anEntityBombIsRefused() throws IOException {
        StringBuilder bomb = new StringBuilder("<!DOCTYPE config [<!ENTITY a0 \"aaaaaaaaaa\">");
        for (int i = 1; i < 20; i++) {
            bomb.append("<!ENTITY a")
                    .append(i)
                    .append(" \"")
                    .append(("&a" + (i - 1) + ";").repeat(10))
                    .append("\">");
        }
        Path config = file("run.xml", bomb + "]><config>&a19;</config>");

        assertThat(refusal(config)).contains("found a DOCTYPE declaration");
    }

    @Test
    void aDoctypeInUtf16IsRefusedToo() throws IOException {
        String text = "<?xml version=\"1.0\" encoding=\"UTF-16\"?><!DOCTYPE config><config/>";
        Path config = Files.write(folder.resolve("run.xml"), text.getBytes(StandardCharsets.UTF_16));

        assertThat(refusal(config)).contains("found a DOCTYPE declaration");
    }

    @Test
    void serialisedObjectsAreRefused() throws IOException {
        assertThat(refusal(file("a.xml", "<config><serialized name=\"s\" type=\"T\" location=\"x.ser\"/></config>")))
                .startsWith(
                        "DIR/a.xml, line 1: found a <serialized> element. Objects in Java's serialised form are refused");
        assertThat(refusal(file(
                        "b.xml",
                        "<config><component name=\"s\" type=\"" + SAMPLE + "\" serialized=\"x.ser\"/></config>")))
                .startsWith("DIR/b.xml, line 1: found component 's' with the attribute 'serialized'.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<config> | DIR/f.xml, line 1, column 9: this is not well-formed XML: ",
                "<config><component name='a'/></config> | component 'a' names neither its class (type) nor a component to copy (inherit)",
                "<config><component type='T'/></config> | <component> needs the attribute 'name'. It needs: name.",
                "<config><component name='a' typ='T'/></config> | <component> has no attribute 'typ'. Did you mean 'type'?",
                "<config><component name='a' type='T' export='true'/></config> | so only false is allowed.",
                "<config><componet name='a' type='T'/></config> | <componet> in <config>. Did you mean 'component'?",
                "<configuration/> | found <configuration> as the root. Did you mean 'config'? Allowed there: <config>.",
                "<config><component name='a' type='T'><property name='x'>5</property></component></config>"
                        + " | <property> needs the attribute 'value'. It needs: name, value.",
                "<config><component name='a' type='T'>5</component></config> | found the text '5' in <component>",
                "<config><propertylist name='x'/></config> | found <propertylist> in <config>.",
                "<config><component name='a' inherit='b'/></config> | inherits from 'b', which is not defined before it.",
                "<config><component name='a' type='T'/><component name='a' type='T'/></config>"
                        + " | component 'a' is already defined in DIR/f.xml, line 1.",
                "<config><component name='a' type='T'><property name='x' value='1'/><property name='x' value='2'/>"
                        + "</component></config> | component 'a', property 'x': it is already set in DIR/f.xml, line 1.",
            })
    void aMalformedFileIsTold(String content, String part) throws IOException {
        assertThat(refusal(file("f.xml", content.replace('\'', '"')))).contains(part);
    }

    @Test
    void aFileThatIsNoneIsTold() throws IOException {
        file("quickstart.xml", "<config/>");
        assertThat(refusal(folder.resolve("quikstart.xml")))
                .isEqualTo("The configuration file DIR/quikstart.xml does not exist. Did you mean 'quickstart.xml'?");
        assertThat(refusal(folder.resolve("none").resolve("a.xml")))
                .isEqualTo("The configuration file DIR/none/a.xml does not exist, nor does its folder DIR/none.");
        assertThat(refusal(folder))
                .isEqualTo(
                        "The configuration file DIR is a folder; a file that ends in .xml, .json, .pb or .pbtxt is needed.");
        assertThat(refusal(file("a.yaml", "{}")))
                .isEqualTo(
                        "The configuration file DIR/a.yaml does not say by its ending in which format it is written; allowed"
                                + " are .xml, .json, .pb or .pbtxt.");
    }

    @Test
    void includedFilesAreRelativeToTheirFile() throws IOException {
        Files.createDirectory(folder.resolve("parts of it"));
        file("parts of it/base.xml", "<config>" + COMPONENT + "</config>");
        Path config = file("run.xml", "<config>\n<file name=\"base\" value=\"parts of it/base.xml\"/></config>");

        assertThat(sample(read(config)).count()).isEqualTo(3);
        assertThat(refusal(file("bad.xml", "<config>\n<file name=\"base\" value=\"nothing.xml\"/></config>")))
                .startsWith("DIR/bad.xml, line 2: The configuration file DIR/nothing.xml does not exist");
        assertThat(refusal(file("self.xml", "<config><file name=\"me\" value=\"self.xml\"/></config>")))
                .contains("is asked for more than once");
    }

    @Test
    void includedFilesAreNotTrustedEither() throws IOException {
        file("base.xml", "<!DOCTYPE config><config>" + COMPONENT + "</config>");
        Path config = file("run.xml", "<config><file name=\"base\" value=\"base.xml\"/></config>");

        assertThat(refusal(config)).startsWith("DIR/base.xml, line 1: found a DOCTYPE");
    }

    @Test
    void severalFilesMakeOneConfiguration() throws IOException {
        Path first = file("a.xml", "<config>" + COMPONENT + "</config>");
        Path second = file(
                "b.xml",
                "<config><component name=\"s\" inherit=\"s\">"
                        + "<property name=\"title\" value=\"b\"/></component></config>");

        SampleComponent repeated =
                sample(ConfigurationReader.read(List.of(first.toString(), second.toString()), List.of()));
        SampleComponent joined = sample(ConfigurationReader.read(List.of(first + "," + second), List.of()));

        assertThat(repeated.title()).isEqualTo("b");
        assertThat(repeated.count()).isEqualTo(3);
        assertThat(joined.title()).isEqualTo("b");
    }

    @Test
    void inheritedPropertiesKeepTheirPlace() throws IOException {
        Path config = file(
                "run.xml",
                "<config>\n<component name=\"base\" type=\"" + SAMPLE
                        + "\">\n<property name=\"count\" value=\"many\"/>\n</component>\n"
                        + "<component name=\"s\" inherit=\"base\"/></config>");

        assertThat(ConfigurationChecker.problems(read(config))).hasSize(2).allSatisfy(problem -> assertThat(problem)
                .contains("run.xml, line 3: "));
    }

    @Test
    void overridesReplaceValues() throws IOException {
        Path config = file("run.xml", "<config>" + COMPONENT + "</config>");

        SampleComponent sample =
                sample(read(config, "--@s.count", "7", "--@s.rate=0.25", "--@s.title", "a,b=c", "--@s.widths", "5"));

        assertThat(sample.count()).isEqualTo(7);
        assertThat(sample.rate()).isEqualTo(0.25);
        assertThat(sample.title()).isEqualTo("a,b=c");
        assertThat(sample.widths()).containsExactly(5);
        assertThat(sample(read(config, "--@s.widths", "5,6")).widths()).containsExactly(5, 6);
        assertThat(sample(read(config, "--@s.widths", "")).widths()).isEmpty();
    }

    @Test
    void aWrongOverrideIsToldAsSuch() throws IOException {
        Path config = file("run.xml", "<config>" + COMPONENT + "</config>");

        assertThat(refusal(config, "--@t.count", "7"))
                .isEqualTo(
                        "command line, --@t.count: there is no component 't'. Did you mean 's'? The components are s.");
        assertThat(refusal(config, "--@s.conut", "7"))
                .startsWith("command line, --@s.conut: SampleComponent has no property 'conut'. Did you mean 'count'?");
        assertThat(refusal(config, "--@s.numbers", "7"))
                .isEqualTo(
                        "command line, --@s.numbers: the property is a map, which the command line cannot set. Write it in"
                                + " the file; a value in it may be a global property, <entry key=\"...\" value=\"${name}\"/>,"
                                + " which --@name VALUE sets.");
        assertThat(refusal(config, "--@coun", "7")).contains("no file defines or uses a global property 'coun'");
        assertThat(ConfigurationChecker.problems(read(config, "--@s.count", "x")))
                .singleElement()
                .asString()
                .startsWith("command line, --@s.count: component 's', property 'count': found 'x'");
    }

    @Test
    void globalPropertiesAreFilledIn() throws IOException {
        String text = "<config><property name=\"n\" value=\"4\"/><property name=\"twice\" value=\"${n}${n}\"/>"
                + "<component name=\"s\" type=\"" + SAMPLE + "\"><property name=\"count\" value=\"${twice}\"/>"
                + "<propertylist name=\"widths\"><item>${n}</item></propertylist></component></config>";
        Path config = file("run.xml", text);

        assertThat(sample(read(config)).count()).isEqualTo(44);
        assertThat(sample(read(config, "--@n", "5")).count()).isEqualTo(55);
        assertThat(sample(read(config, "--@n", "5")).widths()).containsExactly(5);
    }

    @Test
    void aGlobalPropertyWithoutAValueIsTold() throws IOException {
        String text = "<config><property name=\"size\" value=\"4\"/><component name=\"s\" type=\"" + SAMPLE
                + "\">\n<property name=\"count\" value=\"${sise}\"/></component></config>";

        assertThat(refusal(file("run.xml", text)))
                .startsWith(
                        "DIR/run.xml, line 2: component 's', property 'count': found ${sise}, but there is no global"
                                + " property of that name. Did you mean 'size'? Defined are: size.");
        assertThat(refusal(file("loop.xml", text.replace("\"4\"", "\"${size}\"").replace("sise", "size"))))
                .endsWith("the global property ${size} is defined by itself: ${size} -> ${size}.");
    }

    @Test
    void whatIsWrittenLoadsAgainAndIsTheSame() throws IOException {
        String text = "<config><property name=\"n\" value=\"4\"/><component name=\"s\" type=\"" + SAMPLE
                + "\"><property name=\"count\" value=\"${n}\"/><property name=\"title\" value=\"&lt;&amp;&quot;é\"/>"
                + "<propertylist name=\"widths\"><item>1</item><item>2</item></propertylist>"
                + "<propertylist name=\"parts\"><item>p</item></propertylist>"
                + "<propertymap name=\"numbers\"><entry key=\"b\" value=\"2\"/><entry key=\"a\" value=\"1\"/>"
                + "</propertymap></component><component name=\"p\" type=\"" + SamplePart.class.getName()
                + "\"/></config>";
        byte[] written = ConfigurationWriter.write(read(file("run.xml", text), "--@n", "9"), "as run");
        Path again = Files.write(folder.resolve("config.xml"), written);

        SampleComponent sample = sample(read(again));
        ConfigurationManager olcut = new ConfigurationManager(again.toString());

        assertThat(ConfigurationWriter.write(read(again), "as run")).isEqualTo(written);
        assertThat(sample.count()).isEqualTo(9);
        assertThat(sample.title()).isEqualTo("<&\"é");
        assertThat(sample.widths()).containsExactly(1, 2);
        assertThat(sample.parts()).hasSize(1);
        assertThat(sample.numbers()).isEqualTo(Map.of("a", 1.0, "b", 2.0));
        assertThat(((SampleComponent) olcut.lookup("s")).title()).isEqualTo("<&\"é");
    }
}
