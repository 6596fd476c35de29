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

package org.tribuogrowth.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.oracle.labs.mlrg.olcut.config.ConfigurationManager;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * Every configuration of the examples, and every one that a document shows, loads and gives all its components, with OLCUT
 * alone and with the checks of the command line. {@link ConfigurationsTest} trains the examples.
 */
class ConfigurationLookUpTest {
    private static final Path CONFIGURATIONS = CommandLineRun.ROOT.resolve("examples/configs");
    private static final Pattern BLOCK = Pattern.compile("^```xml\n(.*?)^```", Pattern.DOTALL | Pattern.MULTILINE);

    /** The configuration that a page takes its snippets from, which has the components that they refer to. */
    private static final Map<String, String> BASES = Map.of(
            "README.md", "fashion-quickstart.xml",
            "compare.md", "fashion-compare.xml");

    @TempDir
    static Path folder;

    @BeforeAll
    static void writeData() throws IOException {
        for (String kind : List.of("fashion", "mnist", "cifar", "images/train", "images/test")) {
            Files.createDirectories(folder.resolve(kind));
        }
        TinyData.idx(folder.resolve("fashion"), 20, true);
        TinyData.idx(folder.resolve("mnist"), 20, false);
        TinyData.cifar(folder.resolve("cifar"), 2);
        TinyData.images(folder.resolve("images/train"), 2);
        TinyData.images(folder.resolve("images/test"), 2);
        Files.createDirectories(folder.resolve("ptb"));
        for (String part : List.of("train", "test")) {
            Files.writeString(
                    folder.resolve("ptb/ptb." + part + ".txt"), " the cat sat on the <unk> \n the cat ran \n");
        }
        VocFolder.make("earth", CommandLineRun.ROOT.resolve("examples/data/segmentation"), folder.resolve("voc"));
    }

    /** Every file of a folder of data becomes one of ours, and paths from the root become absolute. */
    private static String withOurData(String text) {
        String changed = text.replace("\"examples/data/", "\"" + CommandLineRun.ROOT + "/examples/data/");
        changed = changed.replace("\"ptb/", "\"" + folder + "/ptb/");
        for (String kind : List.of("fashion", "mnist", "cifar", "images", "voc")) {
            changed = changed.replaceAll(
                    "(<property name=\"" + kind + "\" value=)\"[^\"]*\"",
                    "$1\"" + Matcher.quoteReplacement(folder.resolve(kind).toString()) + "\"");
        }
        return changed;
    }

    static List<String> configurations() throws IOException {
        try (Stream<Path> files = Files.list(CONFIGURATIONS)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static void assertLooksUp(Path file, List<String> names) {
        CommandLineRun described = CommandLineRun.of("describe", "-c", file.toString());
        assertThat(described.errors()).isEmpty();
        ConfigurationManager manager = new ConfigurationManager(file.toString());
        assertThat(manager.getComponentNames()).containsAll(names);
        for (String name : names) {
            assertThat(described.out()).contains(name + ": ");
            assertThat(manager.lookup(name)).as(name + " of " + file).isNotNull();
        }
    }

    @ParameterizedTest
    @MethodSource("configurations")
    void check37_everyConfigurationLoadsAndEveryComponentLooksUp(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.writeString(file, withOurData(Files.readString(CONFIGURATIONS.resolve(name))));

        assertLooksUp(file, List.copyOf(new TreeSet<>(new ConfigurationManager(file.toString()).getComponentNames())));
    }

    /** The pages of the project, with the blocks of XML in them that are of configurations. */
    private static Map<Path, List<String>> pages() throws IOException {
        List<Path> pages = new ArrayList<>();
        try (Stream<Path> files = Files.walk(CommandLineRun.ROOT.resolve("docs"))) {
            files.filter(file -> file.toString().endsWith(".md")).forEach(pages::add);
        }
        pages.add(CommandLineRun.ROOT.resolve("README.md"));
        pages.add(CommandLineRun.ROOT.resolve("CONTRIBUTING.md"));
        Map<Path, List<String>> blocks = new LinkedHashMap<>();
        for (Path page : pages.stream().sorted().toList()) {
            Matcher block = BLOCK.matcher(Files.readString(page));
            while (block.find()) {
                if (block.group(1).contains("<component")) {
                    blocks.computeIfAbsent(page, unused -> new ArrayList<>()).add(block.group(1));
                }
            }
        }
        return blocks;
    }

    private static Document parse(String text) throws IOException {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(text)));
        } catch (ParserConfigurationException | SAXException exception) {
            throw new AssertionError(text, exception);
        }
    }

    private static List<Element> elements(Node parent) {
        List<Element> elements = new ArrayList<>();
        NodeList children = parent.getChildNodes();
        for (int i = 0; i < children.getLength(); i++) {
            if (children.item(i) instanceof Element element) {
                elements.add(element);
            }
        }
        return elements;
    }

    private static String write(Document document) {
        StringWriter text = new StringWriter();
        try {
            TransformerFactory.newInstance()
                    .newTransformer()
                    .transform(new DOMSource(document), new StreamResult(text));
        } catch (TransformerException exception) {
            throw new AssertionError(exception);
        }
        return text.toString();
    }

    /** The snippets of a page as one configuration, after what they refer to. */
    private static Document configuration(Path page, List<String> blocks) throws IOException {
        String base = BASES.get(page.getFileName().toString());
        Document document = parse(base == null ? "<config/>" : Files.readString(CONFIGURATIONS.resolve(base)));
        Element root = document.getDocumentElement();
        for (String block : blocks) {
            Element shown = parse(block.contains("<config>") ? block : "<config>" + block + "</config>")
                    .getDocumentElement();
            for (Element element : elements(shown)) {
                for (Element before : elements(root)) {
                    if (before.getAttribute("name").equals(element.getAttribute("name"))
                            && before.getTagName().equals(element.getTagName())) {
                        root.removeChild(before);
                    }
                }
                root.appendChild(document.importNode(element, true));
            }
        }
        return document;
    }

    @Test
    void check37_everyConfigurationInADocumentLooksUp() throws IOException {
        Map<Path, List<String>> pages = pages();
        assertThat(pages.keySet().stream().map(page -> page.getFileName().toString()))
                .contains(
                        "README.md",
                        "compare.md",
                        "configuration.md",
                        "methods.md",
                        "networks.md",
                        "own-search.md",
                        "segmentation.md");
        for (Map.Entry<Path, List<String>> page : pages.entrySet()) {
            List<String> names = new ArrayList<>();
            for (String block : page.getValue()) {
                Matcher name = Pattern.compile("<component name=\"([^\"]+)\"").matcher(block);
                while (name.find()) {
                    names.add(name.group(1));
                }
            }
            Path file = folder.resolve(page.getKey().getFileName() + ".xml");
            Files.writeString(file, withOurData(write(configuration(page.getKey(), page.getValue()))));

            assertLooksUp(file, names);
        }
    }
}
