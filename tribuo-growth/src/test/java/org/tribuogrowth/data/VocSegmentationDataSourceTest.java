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

import com.oracle.labs.mlrg.olcut.config.PropertyException;
import com.oracle.labs.mlrg.olcut.provenance.primitives.HashProvenance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tribuo.Example;
import org.tribuo.MutableDataset;
import org.tribuo.provenance.DataSourceProvenance;
import org.tribuo.test.Helpers;
import org.tribuogrowth.architecture.Digests;
import org.tribuogrowth.segmentation.SegmentationFactory;
import org.tribuogrowth.segmentation.SegmentationInfo;
import org.tribuogrowth.segmentation.SegmentationMask;

/** The layout of PASCAL VOC: what is read, how it is cut, and what is wrong with other folders. */
class VocSegmentationDataSourceTest {
    private static final SegmentationFactory FACTORY = new SegmentationFactory(List.of("a", "b", "c"));

    @TempDir
    private Path root;

    private Path images;
    private Path masks;

    @BeforeEach
    void writeFolder() throws IOException {
        images = root.resolve("JPEGImages");
        masks = root.resolve("SegmentationClass");
        SegmentationFiles.image(images.resolve("x1.png"), 2, 3, 0, 1, 2, 3, 4, 5);
        SegmentationFiles.indexed(masks.resolve("x1.png"), 2, 2, 3, 0, 1, 2, 2, 1, 0);
        SegmentationFiles.image(images.resolve("x2.png"), 1, 2, 9, 8);
        SegmentationFiles.grey(masks.resolve("x2.png"), 1, 2, 255, 1);
        split("train", "x1\n\n x2 \n");
    }

    private void split(String name, String text) throws IOException {
        Path folder = Files.createDirectories(root.resolve("ImageSets").resolve("Segmentation"));
        Files.writeString(folder.resolve(name + ".txt"), text);
    }

    private VocSegmentationDataSource.Builder builder() {
        return VocSegmentationDataSource.builder(root, FACTORY, 2, 2).channels(1);
    }

    private static double[] bytes(Example<SegmentationMask> example) {
        double[] values = new double[example.size()];
        Arrays.setAll(values, i -> Math.rint(((DenseExample<SegmentationMask>) example).value(i) * 255));
        return values;
    }

    @Test
    void imagesAreCutIntoTilesAndContinuedByVoid() {
        VocSegmentationDataSource source = builder().strides(2, 1).build();
        List<Example<SegmentationMask>> examples = new MutableDataset<>(source).getData();
        assertThat(examples)
                .extracting(example -> example.getMetadataValue(Example.NAME).orElseThrow())
                .containsExactly("x1@0,0", "x1@0,1", "x2@0,0");
        assertThat(bytes(examples.get(0))).containsExactly(0, 1, 3, 4);
        assertThat(bytes(examples.get(1))).containsExactly(1, 2, 4, 5);
        assertThat(examples.get(1).getOutput()).isEqualTo(FACTORY.generateOutput("2x2:1 2 1 0"));
        assertThat(bytes(examples.get(2))).containsExactly(9, 8, 0, 0);
        assertThat(examples.get(2).getOutput()).isEqualTo(FACTORY.generateOutput("2x2:void 1 void*2"));
        assertThat(source.size()).isEqualTo(3);
        assertThat(((SegmentationInfo) new MutableDataset<>(source).getOutputInfo()).classPixels())
                .containsExactly(2, 5, 2);
    }

    @Test
    void tilesWithoutAClassAreLeftOut() throws IOException {
        SegmentationFiles.image(images.resolve("x3.png"), 2, 4, 1, 1, 1, 1, 1, 1, 1, 1);
        SegmentationFiles.grey(masks.resolve("x3.png"), 2, 4, 255, 255, 0, 255, 255, 255, 255, 255);
        split("val", "x3\n");
        List<Example<SegmentationMask>> examples =
                new MutableDataset<>(builder().split("val").build()).getData();
        assertThat(examples)
                .extracting(example -> example.getMetadataValue(Example.NAME).orElseThrow())
                .containsExactly("x3@0,2");
        SegmentationFiles.grey(masks.resolve("x3.png"), 2, 4, 255, 255, 255, 255, 255, 255, 255, 255);
        refused(builder().split("val"), "outputFactory", "all are void");
    }

    @Test
    void theProvenanceHasTheHashesOfImagesAndMasks() throws IOException {
        VocSegmentationDataSource source = builder().build();
        String lines = line(images.resolve("x1.png")) + line(images.resolve("x2.png"));
        String maskLines = line(masks.resolve("x1.png")) + line(masks.resolve("x2.png"));
        var instance = source.getProvenance().getInstanceValues();
        assertThat(((HashProvenance) instance.get(DataSourceProvenance.RESOURCE_HASH)).getValue())
                .isEqualTo(Digests.sha256(lines));
        assertThat(((HashProvenance) instance.get(ImageSourceProvenance.LABELS_RESOURCE_HASH)).getValue())
                .isEqualTo(Digests.sha256(maskLines));
        Helpers.testProvenanceMarshalling(source.getProvenance());
    }

    private static String line(Path file) throws IOException {
        return Digests.hex(Digests.newSha256().digest(Files.readAllBytes(file))) + "  " + file.getFileName() + "\n";
    }

    @Test
    void equalFoldersGiveEqualExamplesInTheOrderOfTheSplit() throws IOException {
        split("train", "x2\nx1\n");
        List<Example<SegmentationMask>> once = new MutableDataset<>(builder().build()).getData();
        List<Example<SegmentationMask>> again = new MutableDataset<>(builder().build()).getData();
        assertThat(once).isEqualTo(again);
        assertThat(once.get(0).getMetadataValue(Example.NAME)).contains("x2@0,0");
        assertThat(builder().maximumImages(1).build().size()).isEqualTo(1);
    }

    private static void refused(VocSegmentationDataSource.Builder builder, String field, String... words) {
        assertThatThrownBy(builder::build)
                .isInstanceOfSatisfying(PropertyException.class, refusal -> assertThat(refusal.getProperty())
                        .isEqualTo(field))
                .hasMessageContainingAll(words);
    }

    @Test
    void aMaskOfAnotherSizeIsRefused() throws IOException {
        SegmentationFiles.grey(masks.resolve("x2.png"), 2, 1, 0, 1);
        refused(builder(), "maskFolder", "x2.png", "2x1", "1x2", "one size");
    }

    @Test
    void anUnknownColourIsRefused() throws IOException {
        SegmentationFiles.coloured(masks.resolve("x1.png"), 2, 3, 0, 0, 0, 0, 0xFF00FF, 0);
        List<String> colours = List.of("#000000", "#800000", "#008000");
        refused(builder().colours(colours), "maskFolder", "x1.png", "row 1, column 1", "#ff00ff");
        refused(builder().colours(colours.subList(0, 2)), "colours", "found 2 colours", "3 classes");
        refused(builder().colours(List.of("#000000", "800000", "#008000")), "colours", "'800000'");
    }

    @Test
    void aTruncatedMaskIsRefused() throws IOException {
        Path mask = masks.resolve("x1.png");
        byte[] whole = Files.readAllBytes(mask);
        Files.write(mask, Arrays.copyOf(whole, whole.length - 20));
        refused(builder(), "maskFolder", "x1.png", "cut short");
        Files.write(mask, whole);
        Path image = images.resolve("x2.png");
        byte[] picture = Files.readAllBytes(image);
        Files.write(image, Arrays.copyOf(picture, picture.length / 2));
        refused(builder(), "imageFolder", "x2.png", "cut short");
    }

    @Test
    void splitsAreChecked() throws IOException {
        split("missing", "x1\nx9\n");
        refused(builder().split("missing"), "split", "'x9'", "JPEGImages");
        split("empty", "\n \n");
        refused(builder().split("empty"), "split", "names no image");
        split("twice", "x1\nx1\n");
        refused(builder().split("twice"), "split", "line 2", "'x1'", "second time");
        split("away", "../../x1\n");
        refused(builder().split("away"), "split", "line 1", "no name of an image");
        split("columns", "x1 1\n");
        refused(builder().split("columns"), "split", "line 1");
        refused(builder().split("nowhere"), "split", "nowhere.txt", "empty, missing");
        refused(builder().split("../train"), "split", "name of a file");
        Files.write(
                root.resolve("ImageSets").resolve("Segmentation").resolve("binary.txt"), new byte[] {(byte) 0xFF, 10});
        refused(builder().split("binary"), "split", "UTF-8");
    }

    @Test
    void missingFoldersAndMasksAreTold() throws IOException {
        Files.delete(masks.resolve("x2.png"));
        refused(builder(), "maskFolder", "'x2'", "there is no mask");
        Files.delete(masks.resolve("x1.png"));
        Files.delete(masks);
        refused(builder(), "maskFolder", "there is no folder");
        refused(VocSegmentationDataSource.builder(root.resolve("none"), FACTORY, 2, 2), "root", "there is no folder");
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        refused(builder().channels(2), "channels", "found 2");
        refused(builder().tiles(0, 2), "tileHeight", "found 0");
        refused(builder().strides(3, 1), "strideDown", "found 3", "1 to 2");
        refused(builder().maximumImages(-1), "maximumImages", "found -1");
        refused(builder().tiles(1 << 20, 1 << 20), "tileHeight", "allowed are at most");
    }
}
