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

package org.tribuogrowth.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.oracle.labs.mlrg.olcut.config.ConfigurationManager;
import com.oracle.labs.mlrg.olcut.config.PropertyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tribuo.ImmutableFeatureMap;
import org.tribuo.MutableDataset;
import org.tribuo.MutableFeatureMap;
import org.tribuo.classification.Label;
import org.tribuogrowth.output.LabelOutputAdapter;
import org.tribuogrowth.output.OutputAdapter;

final class DataConfigurationTest {
    @TempDir
    private Path folder;

    private ConfigurationManager load(String components) throws IOException {
        Path file = folder.resolve("config.xml");
        Files.writeString(file, "<config>\n" + components + "\n</config>\n");
        return new ConfigurationManager(file.toString());
    }

    @Test
    void allComponentsLoadAndSurviveSaving() throws IOException {
        TestFiles.write(folder.resolve("i"), TestFiles.idx(0x803, new int[] {1, 1, 2}, new byte[] {1, 2}));
        TestFiles.write(folder.resolve("l"), TestFiles.idx(0x801, new int[] {1}, new byte[] {1}));
        ConfigurationManager manager = load(
                """
                <component name="factory" type="org.tribuo.classification.LabelFactory"/>
                <component name="train" type="org.tribuogrowth.data.IdxImageDataSource">
                  <property name="imagesPath" value="%1$s/i"/> <property name="labelsPath" value="%1$s/l"/>
                  <property name="outputFactory" value="factory"/> <property name="maximumExamples" value="5"/>
                  <propertylist name="labelNames"><item>Shirt</item><item>Ankle boot</item></propertylist>
                </component>
                <component name="pixels" type="org.tribuogrowth.data.ImageLayout">
                  <property name="height" value="1"/> <property name="width" value="2"/>
                </component>
                <component name="vector" type="org.tribuogrowth.data.VectorLayout"/>
                <component name="label" type="org.tribuogrowth.output.LabelOutputAdapter"/>
                <component name="computed" type="org.tribuogrowth.data.PerChannelNormalisation"/>
                <component name="given" type="org.tribuogrowth.data.PerChannelNormalisation">
                  <propertylist name="means"><item>0.5</item></propertylist>
                  <propertylist name="standardDeviations"><item>0.25</item></propertylist>
                </component>
                <component name="crop" type="org.tribuogrowth.data.PadCropAugmentation">
                  <property name="padding" value="2"/>
                </component>
                <component name="flip" type="org.tribuogrowth.data.HorizontalFlipAugmentation"/>
                """
                        .formatted(folder));
        assertAllLoad(manager);
        Path saved = folder.resolve("saved.xml");
        manager.save(saved.toFile(), true);
        assertAllLoad(new ConfigurationManager(saved.toString()));
    }

    private static void assertAllLoad(ConfigurationManager manager) {
        @SuppressWarnings("unchecked") // the file configures labels
        IdxImageDataSource<Label> source = (IdxImageDataSource<Label>) manager.lookup("train");
        MutableDataset<Label> dataset = new MutableDataset<>(source);
        assertThat(dataset.getExample(0).getOutput().getLabel()).isEqualTo("Ankle boot");
        FeatureLayout pixels = (FeatureLayout) manager.lookup("pixels");
        OutputAdapter<Label> adapter = (LabelOutputAdapter) manager.lookup("label");
        DenseData data =
                DenseData.of(dataset, pixels.bind(dataset.getFeatureIDMap()), dataset.getOutputIDInfo(), adapter);
        assertThat(((FeatureLayout) manager.lookup("vector"))
                        .bind(dataset.getFeatureIDMap())
                        .length())
                .isEqualTo(2);
        assertThat(((Normalisation) manager.lookup("computed"))
                        .fit(data, new int[] {0})
                        .mean()[0])
                .isCloseTo((float) (1.5 / 255), Offset.offset(1e-8f));
        assertThat(((Normalisation) manager.lookup("given")).fit(data, new int[] {0}))
                .isEqualTo(new ChannelNormaliser(new float[] {0.5f}, new float[] {0.25f}));
        assertThat(manager.lookup("crop")).hasToString("PadCropAugmentation(padding=2)");
        assertThat(manager.lookup("flip")).hasToString("HorizontalFlipAugmentation(probability=0.5)");
    }

    @Test
    void mistakesNameComponentAndField() throws IOException {
        assertMistake(
                """
                <component name="px" type="org.tribuogrowth.data.ImageLayout">
                  <property name="height" value="0"/> <property name="width" value="2"/>
                </component>
                """,
                "px",
                "height",
                "found 0");
        assertMistake(
                """
                <component name="crop" type="org.tribuogrowth.data.PadCropAugmentation">
                  <property name="padding" value="-3"/>
                </component>
                """,
                "crop",
                "padding",
                "found -3");
        assertMistake(
                """
                <component name="factory" type="org.tribuo.classification.LabelFactory"/>
                <component name="train" type="org.tribuogrowth.data.IdxImageDataSource">
                  <property name="imagesPath" value="missing.gz"/> <property name="labelsPath" value="missing"/>
                  <property name="outputFactory" value="factory"/>
                </component>
                """,
                "train",
                "imagesPath",
                Path.of("missing.gz").toAbsolutePath().toString());
        assertMistake(
                """
                <component name="factory" type="org.tribuo.classification.LabelFactory"/>
                <component name="train" type="org.tribuogrowth.data.CifarBinaryDataSource">
                  <propertylist name="paths"><item>nothing.bin</item></propertylist>
                  <property name="outputFactory" value="factory"/>
                </component>
                """,
                "train",
                "paths",
                "nothing.bin");
    }

    private void assertMistake(String components, String component, String... words) throws IOException {
        ConfigurationManager manager = load(components);
        assertThatThrownBy(() -> manager.lookup(component))
                .isInstanceOf(PropertyException.class)
                .hasMessageContaining("Component: " + component)
                .hasMessageContainingAll(words);
    }

    @Test
    void refusedComponentsStayRefused() throws IOException {
        ConfigurationManager manager = load(
                """
                <component name="px" type="org.tribuogrowth.data.ImageLayout">
                  <property name="height" value="0"/> <property name="width" value="2"/>
                </component>
                <component name="factory" type="org.tribuo.classification.LabelFactory"/>
                <component name="train" type="org.tribuogrowth.data.IdxImageDataSource">
                  <property name="imagesPath" value="missing.gz"/> <property name="labelsPath" value="missing"/>
                  <property name="outputFactory" value="factory"/>
                </component>
                """);
        assertThatThrownBy(() -> manager.lookup("px")).isInstanceOf(PropertyException.class);
        // The second lookup hands out the object whose configuration was refused.
        FeatureLayout layout = (FeatureLayout) manager.lookup("px");
        MutableFeatureMap domain = new MutableFeatureMap();
        domain.add("0", 1);
        assertThatThrownBy(() -> layout.bind(new ImmutableFeatureMap(domain)))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> manager.lookup("train")).isInstanceOf(PropertyException.class);
        IdxImageDataSource<?> source = (IdxImageDataSource<?>) manager.lookup("train");
        assertThatThrownBy(source::iterator).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(source::getProvenance).isInstanceOf(IllegalStateException.class);
    }
}
