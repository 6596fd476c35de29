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

package org.tribuogrowth.architecture.family;

import static org.assertj.core.api.Assertions.assertThat;

import com.oracle.labs.mlrg.olcut.config.Config;
import com.oracle.labs.mlrg.olcut.config.ConfigurationManager;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tribuogrowth.architecture.Activation;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.Cost;
import org.tribuogrowth.architecture.Shape;

/** Keeps docs/networks.md true: its configurations load, and its numbers and fields are those of the code. */
final class NetworksDocumentTest {
    @TempDir
    Path folder;

    private String document;

    @BeforeEach
    void read() throws IOException {
        document = Files.readString(Path.of(System.getProperty("basedir", "."), "..", "docs", "networks.md"));
    }

    private String section(String name) {
        String begin = "<!-- " + name + ": begin -->";
        int from = document.indexOf(begin);
        int to = document.indexOf("<!-- " + name + ": end -->");
        assertThat(from).as("section " + name).isGreaterThanOrEqualTo(0).isLessThan(to);
        return document.substring(from + begin.length(), to);
    }

    private ConfigurationManager load(String section) throws IOException {
        Path file = folder.resolve(section + ".xml");
        Files.writeString(
                file, section(section).replace("```xml", "").replace("```", "").trim());
        return new ConfigurationManager(file.toString());
    }

    @Test
    void theSizesAreTheDocumentedOnes() throws IOException {
        ConfigurationManager networks = load("networks");
        ConfigurationManager custom = load("custom");
        TreeSet<String> documented = new TreeSet<>();
        List<String> wrong = new ArrayList<>();
        Matcher row = Pattern.compile(
                        "\\| `([^`]+)` \\| (\\d+)x(\\d+)x(\\d+) \\| ([\\d,]+) \\| ([\\d,]+) \\| ([\\d,]+) \\|")
                .matcher(section("sizes"));
        while (row.find()) {
            String name = row.group(1);
            documented.add(name);
            ConfigurationManager manager = networks.getComponentNames().contains(name) ? networks : custom;
            NetworkFamily family = (NetworkFamily) manager.lookup(name);
            Shape input = new Shape.Image(
                    Integer.parseInt(row.group(2)), Integer.parseInt(row.group(3)), Integer.parseInt(row.group(4)));
            Cost cost = family.architecture(input, 10, Activation.SOFTMAX).denseCost();
            String found =
                    String.format(Locale.ROOT, "%,d %,d %,d", cost.weights(), cost.parameters(), cost.multiplyAdds());
            String written = row.group(5) + " " + row.group(6) + " " + row.group(7);
            if (!found.equals(written)) {
                wrong.add(name + ": documented " + written + ", counted " + found);
            }
        }
        assertThat(wrong).isEmpty();
        TreeSet<String> configured = new TreeSet<>(networks.getComponentNames());
        configured.add("my-network");
        assertThat(documented).isEqualTo(configured);
    }

    @Test
    void theNetworksForImageNetHaveTheDocumentedSizes() {
        Matcher row = Pattern.compile(
                        "\\| ResNet-\\d+ \\| `(BASIC|BOTTLENECK)` \\| ([\\d, ]+) \\| ([\\d,]+) \\| ([\\d,]+) \\|")
                .matcher(document);
        int rows = 0;
        while (row.find()) {
            rows++;
            List<Integer> blocks =
                    Stream.of(row.group(2).split(", ")).map(Integer::valueOf).toList();
            Cost cost = new ImageNetResNetFamily(ImageNetResNetFamily.Block.valueOf(row.group(1)), blocks, 64)
                    .architecture(new Shape.Image(224, 224, 3), 1000, Activation.SOFTMAX)
                    .denseCost();
            assertThat(String.format(Locale.ROOT, "%,d %,d", cost.parameters(), cost.multiplyAdds()))
                    .as(row.group())
                    .isEqualTo(row.group(3) + " " + row.group(4));
        }
        assertThat(rows).isEqualTo(5);
        Cost mobile = new MobileNetFamily(1.0, 2)
                .architecture(new Shape.Image(224, 224, 3), 1000, Activation.SOFTMAX)
                .denseCost();
        assertThat(document)
                .contains(String.format(
                        Locale.ROOT,
                        "%,d parameters and %,d multiply-adds",
                        mobile.parameters(),
                        mobile.multiplyAdds()));
    }

    @Test
    void theNetworkOfYourOwnIsWhatTheTextSays() throws IOException {
        NetworkFamily family = (NetworkFamily) load("custom").lookup("my-network");
        Architecture architecture = family.architecture(new Shape.Image(28, 28, 1), 10, Activation.SOFTMAX);
        assertThat(architecture.groups())
                .extracting(group -> group.name() + " " + group.width() + " " + group.searchable())
                .containsExactly(
                        "input 1 false",
                        "conv1 24 true",
                        "block1.conv1 24 true",
                        "block2.conv1 24 true",
                        "block3.stream 48 true",
                        "block3.conv1 48 true",
                        "code 32 false",
                        "output 10 false");
        assertThat(architecture.groupOf("block2")).isEqualTo("conv1");
    }

    /** Every configured field is in the document, with the default that it has; mandatory fields have none. */
    @Test
    void theFieldsAreTheDocumentedOnes() throws ReflectiveOperationException {
        for (Class<?> type : List.of(
                MlpFamily.class,
                LeNetFamily.class,
                VggFamily.class,
                ResNetFamily.class,
                ImageNetResNetFamily.class,
                WideResNetFamily.class,
                MobileNetFamily.class,
                EncoderDecoderFamily.class,
                DeepLabFamily.class)) {
            int from = document.indexOf("### " + type.getSimpleName());
            String text = document.substring(from, document.indexOf("###", from + 3));
            Matcher row = Pattern.compile("(?m)^\\| `(\\w+)` \\| ([^|]+) \\|").matcher(text);
            TreeMap<String, String> documented = new TreeMap<>();
            while (row.find()) {
                documented.put(row.group(1), row.group(2).replace("`", ""));
            }
            assertThat(documented).as(type.getSimpleName()).isEqualTo(defaults(type));
        }
        for (Class<?> type : List.of(
                ConvolutionLayer.class,
                DepthwiseConvolutionLayer.class,
                DenseLayer.class,
                ResidualBlockLayer.class,
                BatchNormalisationLayer.class,
                ActivationLayer.class,
                PoolingLayer.class,
                GlobalPoolingLayer.class,
                DropoutLayer.class,
                FlattenLayer.class)) {
            Matcher row = Pattern.compile("(?m)^\\| `" + type.getSimpleName() + "` \\| (.*) \\|$")
                    .matcher(document);
            assertThat(row.find()).as(type.getSimpleName()).isTrue();
            Matcher field = Pattern.compile("`([a-z]\\w*)`(?: \\(([^:;)]+)[^)]*\\))?(?:,|$)")
                    .matcher(row.group(1));
            TreeMap<String, String> documented = new TreeMap<>();
            while (field.find()) {
                documented.put(
                        field.group(1),
                        field.group(2) == null ? "" : field.group(2).replace("`", ""));
            }
            assertThat(documented).as(type.getSimpleName()).isEqualTo(defaults(type));
        }
    }

    private static TreeMap<String, String> defaults(Class<?> type) throws ReflectiveOperationException {
        Constructor<?> constructor = type.getDeclaredConstructor();
        constructor.setAccessible(true);
        Object component = constructor.newInstance();
        TreeMap<String, String> defaults = new TreeMap<>();
        for (Class<?> current = type; current != null; current = current.getSuperclass()) {
            for (Field field : current.getDeclaredFields()) {
                if (field.isAnnotationPresent(Config.class)) {
                    field.setAccessible(true);
                    String value = String.valueOf(field.get(component)).replaceAll("[\\[\\]]|\\.0$", "");
                    defaults.put(
                            field.getName(), field.getAnnotation(Config.class).mandatory() ? "" : value);
                }
            }
        }
        return defaults;
    }

    @Test
    void theTextOfAnArchitectureIsOne() {
        int from = document.indexOf("tribuo-growth architecture 1");
        String text = document.substring(from, document.indexOf("```", from));
        Architecture architecture = Architecture.parse(text);
        assertThat(architecture)
                .isEqualTo(new MlpFamily(List.of(300)).architecture(new Shape.Vector(784, 1), 10, Activation.SOFTMAX));
    }
}
