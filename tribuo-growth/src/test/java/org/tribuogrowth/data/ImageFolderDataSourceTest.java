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
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tribuo.Example;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.provenance.DataSourceProvenance;
import org.tribuo.test.Helpers;
import org.tribuogrowth.architecture.Digests;

final class ImageFolderDataSourceTest {
    private static final LabelFactory FACTORY = new LabelFactory();

    @TempDir
    private Path root;

    private Path image(String name, int type, int width, int height, int... argb) throws IOException {
        BufferedImage image = new BufferedImage(width, height, type);
        for (int i = 0; i < argb.length; i++) {
            if (type == BufferedImage.TYPE_BYTE_GRAY) {
                image.getRaster().setSample(i % width, i / width, 0, argb[i]);
            } else {
                image.setRGB(i % width, i / width, argb[i]);
            }
        }
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        ImageIO.write(image, name.substring(name.lastIndexOf('.') + 1), file.toFile());
        return file;
    }

    private ImageFolderDataSource<Label> source(int height, int width, int channels, boolean resize) {
        return new ImageFolderDataSource<>(root, height, width, channels, resize, FACTORY);
    }

    private static double[] bytes(Example<Label> example) {
        double[] values = new double[example.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.rint(((DenseExample<Label>) example).value(i) * 255);
        }
        return values;
    }

    private static Example<Label> only(ImageFolderDataSource<Label> source) {
        assertThat(source.size()).isEqualTo(1);
        return source.iterator().next();
    }

    @Test
    void ordersByClassThenFile() throws IOException {
        Path b = image("b/1.png", BufferedImage.TYPE_INT_RGB, 1, 1, 0xFF0000);
        Path a10 = image("a/10.png", BufferedImage.TYPE_INT_RGB, 1, 1, 0x00FF00);
        Path a2 = image("a/2.PNG", BufferedImage.TYPE_INT_RGB, 1, 1, 0x0000FF);
        Files.writeString(root.resolve("README.txt"), "beside the classes");
        Files.writeString(root.resolve("a/.hidden"), "x");
        ImageFolderDataSource<Label> source = source(1, 1, 3, false);
        List<Example<Label>> examples = new MutableDataset<>(source).getData();
        assertThat(examples)
                .extracting(e -> e.getMetadataValue(Example.NAME).orElseThrow())
                .containsExactly("a/10.png", "a/2.PNG", "b/1.png");
        assertThat(examples).extracting(e -> e.getOutput().getLabel()).containsExactly("a", "a", "b");
        assertThat(bytes(examples.get(0))).containsExactly(0, 255, 0);
        String lines = line(a10, "a/10.png") + line(a2, "a/2.PNG") + line(b, "b/1.png");
        assertThat(((HashProvenance) source.getProvenance().getInstanceValues().get(DataSourceProvenance.RESOURCE_HASH))
                        .getValue())
                .isEqualTo(Digests.sha256(lines));
    }

    private static String line(Path file, String name) throws IOException {
        return Digests.hex(Digests.newSha256().digest(Files.readAllBytes(file))) + "  " + name + "\n";
    }

    @Test
    void greyValuesStayAsTheyAre() throws IOException {
        image("a/grey.png", BufferedImage.TYPE_BYTE_GRAY, 3, 1, 0, 100, 255);
        assertThat(bytes(only(source(1, 3, 1, false)))).containsExactly(0, 100, 255);
        assertThat(bytes(only(source(1, 3, 3, false)))).containsExactly(0, 0, 0, 100, 100, 100, 255, 255, 255);
    }

    @Test
    void coloursBecomeGreyAndTransparencyBlack() throws IOException {
        image("a/c.png", BufferedImage.TYPE_INT_ARGB, 4, 1, 0xFFFF0000, 0xFF00FF00, 0xFF0000FF, 0x80FFFFFF);
        assertThat(bytes(only(source(1, 4, 1, false)))).containsExactly(76, 150, 29, 128);
        assertThat(bytes(only(source(1, 4, 3, false)))).containsExactly(255, 0, 0, 0, 255, 0, 0, 0, 255, 128, 128, 128);
    }

    @Test
    void readsPalettesAndOtherFormats() throws IOException {
        image("a/1.gif", BufferedImage.TYPE_BYTE_INDEXED, 2, 1, 0xFFFFFFFF, 0xFF000000);
        image("a/2.bmp", BufferedImage.TYPE_INT_RGB, 2, 1, 0xFFFFFF, 0x000000);
        image("a/3.jpg", BufferedImage.TYPE_INT_RGB, 2, 1, 0xFFFFFF, 0xFFFFFF);
        List<Example<Label>> examples = new MutableDataset<>(source(1, 2, 3, false)).getData();
        assertThat(bytes(examples.get(0))).containsExactly(255, 255, 255, 0, 0, 0);
        assertThat(bytes(examples.get(1))).containsExactly(255, 255, 255, 0, 0, 0);
        assertThat(bytes(examples.get(2))).containsOnly(255);
    }

    @Test
    void resizesOnlyWhenAsked() throws IOException {
        image("a/g.png", BufferedImage.TYPE_BYTE_GRAY, 4, 2, 0, 100, 200, 40, 0, 100, 200, 40);
        assertThatThrownBy(() -> source(2, 2, 1, false))
                .isInstanceOf(PropertyException.class)
                .hasMessageContainingAll("g.png", "2x4", "expected 2x2", "resize");
        // Halving the width averages neighbours; doubling the height repeats rows.
        assertThat(bytes(only(source(4, 2, 1, true)))).containsExactly(50, 120, 50, 120, 50, 120, 50, 120);
        // Doubling the width: quarters between centres, edges held.
        assertThat(bytes(only(source(2, 8, 1, true)))).startsWith(0, 25, 75, 125, 175, 160, 80, 40);
    }

    @Test
    void refusesWhatIsNoImage() throws IOException {
        assertRefused("holds no folder");
        Files.createDirectories(root.resolve("a"));
        assertRefused("of a class holds no images");
        Files.writeString(root.resolve("a/x.txt"), "x");
        assertRefused("x.txt", "png, jpg");
        Files.delete(root.resolve("a/x.txt"));
        Files.writeString(root.resolve("a/x.png"), "no image");
        assertRefused("x.png", "no known image format");
        Files.delete(root.resolve("a/x.png"));
        for (String name : List.of("a/y.png", "a/y.jpg")) {
            Path good = image(name, BufferedImage.TYPE_INT_RGB, 2, 2, 1, 2, 3, 4);
            byte[] whole = Files.readAllBytes(good);
            // The last 8 bytes of a png are the end mark's name and checksum.
            for (int length = 0; length < whole.length - (name.endsWith("png") ? 7 : 0); length++) {
                Files.write(good, Arrays.copyOf(whole, length));
                assertRefused(name);
            }
            Files.delete(good);
        }
        assertThatThrownBy(() -> source(2, 2, 2, false)).hasMessageContainingAll("channels", "1 and 3");
        assertThatThrownBy(() -> new ImageFolderDataSource<>(Path.of("nowhere"), 1, 1, 1, false, FACTORY))
                .hasMessageContainingAll(
                        "Property: root", Path.of("nowhere").toAbsolutePath().toString());
    }

    private void assertRefused(String... words) {
        assertThatThrownBy(() -> source(2, 2, 3, false))
                .isInstanceOf(PropertyException.class)
                .hasMessageContaining("Property: root")
                .hasMessageContainingAll(words);
    }

    @Test
    void provenanceSurvives() throws IOException {
        image("a/1.png", BufferedImage.TYPE_INT_RGB, 1, 1, 1);
        ImageFolderDataSource<Label> source = source(1, 1, 3, false);
        Helpers.testProvenanceMarshalling(source.getProvenance());
        TestFiles.assertComesBackFromItsProvenance(source);
        assertThat(source.toString()).contains("resize=false");
    }
}
