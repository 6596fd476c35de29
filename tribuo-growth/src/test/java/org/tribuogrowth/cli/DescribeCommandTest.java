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

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.oracle.labs.mlrg.olcut.config.Configurable;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tribuo.protos.core.ModelProto;
import org.tribuogrowth.GrowthModel;
import org.tribuogrowth.protos.GrowthModelProto;

/** Descriptions of components, and that none of ours is left out. */
class DescribeCommandTest {
    @TempDir
    private Path folder;

    private final Console console = new Console(new TestConnections());

    /** The concrete configurable classes among the compiled ones. */
    private static TreeSet<String> compiled() throws IOException, URISyntaxException {
        Path classes = Path.of(
                Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        TreeSet<String> found = new TreeSet<>();
        try (Stream<Path> files = Files.walk(classes)) {
            List<String> names = files.map(file -> classes.relativize(file).toString())
                    .filter(name -> name.endsWith(".class") && !name.startsWith("META-INF"))
                    .map(name -> name.substring(0, name.length() - ".class".length())
                            .replace('/', '.')
                            .replace('\\', '.'))
                    .toList();
            for (String name : names) {
                try {
                    Class<?> type = Class.forName(name, false, Main.class.getClassLoader());
                    if (Configurable.class.isAssignableFrom(type)) {
                        ComponentClass.of(type.asSubclass(Configurable.class));
                        found.add(name);
                    }
                } catch (ComponentClass.UnusableException exception) {
                    // An interface or an abstract class: nothing that a configuration can name.
                    continue;
                } catch (ClassNotFoundException exception) {
                    throw new IllegalStateException(exception);
                }
            }
        }
        return found;
    }

    @Test
    void allComponentsOfTheProjectAreListed() throws IOException, URISyntaxException {
        List<String> listed = ComponentCatalog.standard().classNames();

        assertThat(listed).doesNotHaveDuplicates();
        assertThat(new TreeSet<>(listed)).isEqualTo(compiled());
    }

    @Test
    void allFieldsOfTheProjectAreDescribed() throws ComponentClass.UnusableException {
        for (String name : ComponentCatalog.standard().classNames()) {
            for (ComponentField field : ComponentClass.load(name).fields()) {
                assertThat(field.description()).as(name + "." + field.name()).isNotBlank();
            }
        }
    }

    @Test
    void theListHasTheRoles() {
        assertThat(console.run("describe")).isEqualTo(Main.GOOD);
        assertThat(console.out()).contains("Network families", "Structure searches", "./grow describe CLASS");
        assertThat(console.run("describe", "all")).isEqualTo(Main.GOOD);
    }

    @Test
    void aClassIsDescribedByItsFields() {
        assertThat(console.run("describe", SampleComponent.class.getName())).isEqualTo(Main.GOOD);
        assertThat(console.out())
                .isEqualToNormalizingNewlines(
                        """
                org.tribuogrowth.cli.SampleComponent
                  count: whole number, mandatory
                      How many.
                  verbose: true or false, default: false
                      Whether to talk.
                  rate: number, default: 0.5
                      A rate above 0.
                  kind: one of SMALL, LARGE, default: SMALL
                      The kind of sample.
                  title: text, default: ''
                      Any text.
                  file: file, default: none
                      A file.
                  widths: list of whole numbers, default: empty
                      Widths.
                  kinds: list of values of SMALL, LARGE, default: empty
                      Kinds allowed.
                  part: component of type SamplePart, default: none
                      A part.
                  parts: list of components of type SamplePart, default: empty
                      Parts.
                  numbers: map to numbers, default: empty
                      Numbers by name.
                """);
    }

    @Test
    void componentsOfTribuoAreDescribedToo() {
        assertThat(console.run("describe", "org.tribuo.classification.baseline.DummyClassifierTrainer"))
                .isEqualTo(Main.GOOD);
        assertThat(console.out()).contains("dummyType: one of STRATIFIED, MOST_FREQUENT, UNIFORM, CONSTANT, mandatory");
    }

    @Test
    void unknownClassesAreTold() {
        assertThat(console.run("describe", "Nothing")).isEqualTo(Main.USAGE);
        assertThat(console.err())
                .startsWith("grow: describe: there is no component class 'Nothing', nor a model or run folder.");
        assertThat(console.run("describe", "org.example.Nothing")).isEqualTo(Main.USAGE);
        assertThat(console.err()).contains("there is no class 'org.example.Nothing' on the class path.");
        assertThat(console.run("describe", "--@a.b", "c")).isEqualTo(Main.USAGE);
        assertThat(console.err()).contains("overrides need a configuration file");
    }

    @Test
    void aFileIsCheckedAndItsComponentsAreListed() throws IOException {
        Path file = folder.resolve("f.xml");
        Files.writeString(
                file,
                """
                <config>
                  <component name="s" type="%s">
                    <property name="count" value="3"/>
                  </component>
                </config>
                """
                        .formatted(SampleComponent.class.getName()));

        assertThat(console.run("describe", "-c", file.toString(), "--@s.title", "t"))
                .isEqualTo(Main.GOOD);
        assertThat(console.out())
                .isEqualToNormalizingNewlines(
                        "s: org.tribuogrowth.cli.SampleComponent  (" + file + ", line 2)\n  count = 3\n  title = t\n");
        assertThat(console.run("describe", "-c", file.toString(), "s")).isEqualTo(Main.GOOD);
        assertThat(console.out()).contains("  count = 3", "  rate: number, default: 0.5");
        assertThat(console.run("describe", "-c", file.toString(), "t")).isEqualTo(Main.USAGE);
        assertThat(console.err()).contains("there is no component 't'. Did you mean 's'?");
        assertThat(console.run("describe", "-c", file.toString(), "--@s.count", "x"))
                .isEqualTo(Main.USAGE);
    }

    /** A model in which 16 of the first layer's 40 weights are zero. */
    private Path maskedModel() throws IOException, URISyntaxException {
        Path old =
                Path.of(GrowthModel.class.getResource("model-version-0.tribuo").toURI());
        ModelProto model = ModelProto.parseFrom(Files.readAllBytes(old));
        GrowthModelProto proto = model.getSerializedData().unpack(GrowthModelProto.class);
        byte[] parameters = proto.getParameters().toByteArray();
        Arrays.fill(parameters, 0, 64, (byte) 0);
        GrowthModelProto masked =
                proto.toBuilder().setParameters(ByteString.copyFrom(parameters)).build();
        Path file = folder.resolve("masked").resolve(RunFolder.MODEL);
        Files.createDirectories(file.getParent());
        Files.write(
                file,
                model.toBuilder().setSerializedData(Any.pack(masked)).build().toByteArray());
        return file;
    }

    @Test
    void aModelIsDescribedByFileOrRunFolder() throws IOException, URISyntaxException {
        Path file = maskedModel();
        assertThat(console.run("describe", file.toString())).as(console.err()).isEqualTo(Main.GOOD);
        assertThat(console.out())
                .isEqualToNormalizingNewlines(
                        """
                        %s
                          input             vector 4
                          outputs           4
                          parameters        159 of 336, 47.3 %% of the dense reference
                          multiply-adds     138 of 304, 45.4 %% of the dense reference
                          weights           122 of 138 not zero, 88.4 %%
                          parameters take   606 bytes stored, 636 with all zeros
                          file              45,435 bytes, with record and provenance; of version 0, which stores all zeros

                        widths, compact of dense
                          hidden1  10 of 16
                          hidden2  7 of 12

                        weights by layer
                          layer    weights  not zero  density  bytes  with zeros
                          hidden1       40        24   60.0 %%    130         160
                          hidden2       70        70  100.0 %%    280         280
                          output        28        28  100.0 %%    112         112
                        """
                                .formatted(file));
        String byFile = console.out();
        assertThat(console.run("describe", file.getParent().toString())).isEqualTo(Main.GOOD);
        assertThat(console.out()).isEqualTo(byFile);
    }

    @Test
    void whatIsNoModelIsRefusedInWords() throws IOException {
        assertThat(console.run("describe", folder.toString())).isEqualTo(Main.USAGE);
        assertThat(console.err()).contains("holds no model.tribuo");
        assertThat(console.run("describe", folder.resolve("no.tribuo").toString()))
                .isEqualTo(Main.USAGE);
        assertThat(console.err()).contains("there is no model or run folder");
        Path file = Files.writeString(folder.resolve("text.tribuo"), "neither here nor there");
        assertThat(console.run("describe", file.toString())).isEqualTo(Main.USAGE);
        assertThat(console.err()).contains("text.tribuo cannot be read: it is not a Tribuo model in protobuf form");
        ModelProto other =
                ModelProto.newBuilder().setClassName("org.example.Other").build();
        Files.write(file, other.toByteArray());
        assertThat(console.run("describe", file.toString())).isEqualTo(Main.USAGE);
        assertThat(console.err()).contains("is a model of org.example.Other; only those of");
        ModelProto newer = other.toBuilder()
                .setClassName(GrowthModel.class.getName())
                .setVersion(99)
                .build();
        Files.write(file, newer.toByteArray());
        assertThat(console.run("describe", file.toString())).isEqualTo(Main.USAGE);
        assertThat(console.err()).contains("expected a version from 0 to 2, found 99");
    }
}
