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
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tribuo.Example;
import org.tribuo.Feature;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.datasource.IDXDataSource;
import org.tribuo.provenance.DataSourceProvenance;
import org.tribuo.test.Helpers;
import org.tribuogrowth.architecture.Shape;

final class IdxImageDataSourceTest {
    private static final LabelFactory FACTORY = new LabelFactory();
    private static final byte[] LABELS = TestFiles.idx(0x801, new int[] {2}, new byte[] {1, 0});
    private static final byte[] IMAGES =
            TestFiles.idx(0x803, new int[] {2, 2, 3}, new byte[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, (byte) 255});

    @TempDir
    private Path folder;

    private IdxImageDataSource<Label> source(byte[] images, byte[] labels) {
        return new IdxImageDataSource<>(
                TestFiles.write(folder.resolve("images"), images),
                TestFiles.write(folder.resolve("labels"), labels),
                FACTORY);
    }

    private void assertRefused(byte[] images, byte[] labels, String field, String... words) {
        assertThatThrownBy(() -> source(images, labels))
                .isInstanceOf(PropertyException.class)
                .hasMessageContaining("Property: " + field)
                .hasMessageContaining(folder.resolve(field.equals("imagesPath") ? "images" : "labels")
                        .toString())
                .hasMessageContainingAll(words);
    }

    @Test
    void readsTheBundledFashionImages() {
        IdxImageDataSource<Label> train = new IdxImageDataSource<>(
                TestFiles.FASHION.resolve("fashion-train-8000-images-idx3-ubyte.gz"),
                TestFiles.FASHION.resolve("fashion-train-8000-labels-idx1-ubyte.gz"),
                FACTORY);
        IdxImageDataSource<Label> test = new IdxImageDataSource<>(
                TestFiles.FASHION.resolve("fashion-t10k-2000-images-idx3-ubyte.gz"),
                TestFiles.FASHION.resolve("fashion-t10k-2000-labels-idx1-ubyte.gz"),
                FACTORY);
        assertThat(train.size()).isEqualTo(8000);
        assertThat(test.size()).isEqualTo(2000);
        assertThat(train.shape()).isEqualTo(new Shape.Image(28, 28, 1));
        Map<String, Integer> counts = new HashMap<>();
        for (Example<Label> example : train) {
            assertThat(example.size()).isEqualTo(784);
            counts.merge(example.getOutput().getLabel(), 1, Integer::sum);
        }
        assertThat(counts.keySet()).containsExactlyInAnyOrder("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
        assertThat(counts.values()).containsOnly(800);
        // The figures of the unpacked bytes as published with the subset.
        assertThat(hash(train, DataSourceProvenance.RESOURCE_HASH))
                .isEqualTo("75160f837651dde775b4fd9dea1bb7553cfac40348cc57c68f6b39cb0074904a");
        assertThat(hash(train, ImageSourceProvenance.LABELS_RESOURCE_HASH))
                .isEqualTo("04f45099e6fb006d6bc9513294ffdae927861e382b72e36787b8e11d386e3ea3");
        assertThat(hash(test, DataSourceProvenance.RESOURCE_HASH))
                .isEqualTo("15a92dd1e9b16ea361928086e77df4dfa890c255c00b5a8c8162c1040ce8eef1");
        assertThat(hash(test, ImageSourceProvenance.LABELS_RESOURCE_HASH))
                .isEqualTo("234596aeb6eb48133ec99a62541f90bc0728c9559a681f1e0638037462458f2c");
    }

    private static String hash(IdxImageDataSource<Label> source, String key) {
        return ((HashProvenance) source.getProvenance().getInstanceValues().get(key)).getValue();
    }

    @Test
    void agreesWithTribuosReader() throws IOException {
        Path images = TestFiles.FASHION.resolve("fashion-t10k-2000-images-idx3-ubyte.gz");
        Path labels = TestFiles.FASHION.resolve("fashion-t10k-2000-labels-idx1-ubyte.gz");
        Iterator<Example<Label>> ours = new IdxImageDataSource<>(images, labels, FACTORY, List.of(), 50).iterator();
        Iterator<Example<Label>> theirs = new IDXDataSource<>(images, labels, FACTORY).iterator();
        while (ours.hasNext()) {
            Example<Label> dense = ours.next();
            Example<Label> sparse = theirs.next();
            assertThat(dense.getOutput()).isEqualTo(sparse.getOutput());
            sparse.forEach(feature -> assertThat(dense.lookup(feature.getName()).getValue() * 255)
                    .isEqualTo(feature.getValue(), Offset.offset(1e-12)));
        }
    }

    @Test
    void readsPlainAndPackedAlike() {
        IdxImageDataSource<Label> plain = source(IMAGES, LABELS);
        String plainHash = hash(plain, DataSourceProvenance.RESOURCE_HASH);
        IdxImageDataSource<Label> packed = source(TestFiles.gzip(IMAGES), TestFiles.gzip(LABELS));
        assertThat(packed).containsExactlyElementsOf(plain);
        assertThat(hash(packed, DataSourceProvenance.RESOURCE_HASH)).isEqualTo(plainHash);
        Example<Label> second =
                List.copyOf(new MutableDataset<>(plain).getData()).get(1);
        assertThat(second.getOutput().getLabel()).isEqualTo("0");
        assertThat(second.lookup("0").getValue()).isEqualTo(6 / 255.0);
        assertThat(second.lookup("5").getValue()).isEqualTo(1.0);
    }

    @Test
    void readsColourImages() {
        byte[] colour = TestFiles.idx(0x804, new int[] {2, 1, 2, 3}, new byte[12]);
        assertThat(source(colour, LABELS).shape()).isEqualTo(new Shape.Image(1, 2, 3));
    }

    @Test
    void twoIterationsDoNotShareChanges() {
        IdxImageDataSource<Label> source = source(IMAGES, LABELS);
        Example<Label> first = source.iterator().next();
        first.set(new Feature("0", 9));
        assertThat(source.iterator().next().lookup("0").getValue()).isEqualTo(0.0);
    }

    @Test
    void namesLabelsAndLimitsTheNumber() {
        Path images = TestFiles.write(folder.resolve("images"), IMAGES);
        Path labels = TestFiles.write(folder.resolve("labels"), LABELS);
        IdxImageDataSource<Label> source =
                new IdxImageDataSource<>(images, labels, FACTORY, List.of("Shirt", "Bag"), 1);
        assertThat(source.size()).isEqualTo(1);
        assertThat(source.iterator().next().getOutput().getLabel()).isEqualTo("Bag");
        // The hash is still that of the whole file.
        assertThat(hash(source, DataSourceProvenance.RESOURCE_HASH))
                .isEqualTo(hash(source(IMAGES, LABELS), DataSourceProvenance.RESOURCE_HASH));
        assertThatThrownBy(() -> new IdxImageDataSource<>(images, labels, FACTORY, List.of("Shirt"), 0))
                .hasMessageContainingAll("label 1", "labelNames", "0 to 0");
        assertThatThrownBy(() -> new IdxImageDataSource<>(images, labels, FACTORY, List.of("a", "a"), 0))
                .hasMessageContainingAll("labelNames", "'a' twice");
        assertThatThrownBy(() -> new IdxImageDataSource<>(images, labels, FACTORY, List.of(), -1))
                .hasMessageContainingAll("maximumExamples", "-1");
    }

    @Test
    void refusesCutFiles() {
        byte[] packed = TestFiles.gzip(IMAGES);
        for (int length = 3; length < packed.length; length++) {
            assertRefused(Arrays.copyOf(packed, length), LABELS, "imagesPath", "the file");
        }
        for (int length = 0; length < IMAGES.length; length++) {
            assertRefused(Arrays.copyOf(IMAGES, length), LABELS, "imagesPath", "the file");
        }
        for (int length = 0; length < LABELS.length; length++) {
            assertRefused(IMAGES, Arrays.copyOf(LABELS, length), "labelsPath", "the file");
        }
        assertRefused(Arrays.copyOf(packed, packed.length - 12), LABELS, "imagesPath", "cut short");
        assertRefused(Arrays.copyOf(IMAGES, 27), LABELS, "imagesPath", "28 bytes", "found 27");
        assertRefused(Arrays.copyOf(IMAGES, 6), LABELS, "imagesPath", "cut short", "number of images");
        assertRefused(TestFiles.gzip(Arrays.copyOf(IMAGES, 25)), LABELS, "imagesPath", "image 1", "found 3");
    }

    @Test
    void refusesDamagedPackedFiles() {
        byte[] packed = TestFiles.gzip(IMAGES);
        packed[packed.length - 6] ^= 1;
        assertRefused(packed, LABELS, "imagesPath", "cannot be read");
    }

    @Test
    void refusesWrongContent() {
        assertRefused(LABELS, LABELS, "imagesPath", "0x803", "found 0x801");
        assertRefused(IMAGES, IMAGES, "labelsPath", "0x801", "found 0x803");
        assertRefused(IMAGES, TestFiles.idx(0x801, new int[] {3}, new byte[3]), "labelsPath", "3 labels", "are 2");
        assertRefused(
                TestFiles.idx(0x803, new int[] {0, 2, 2}, new byte[0]), LABELS, "imagesPath", "declares 0 images");
        assertRefused(
                TestFiles.idx(0x803, new int[] {2, -1, 2}, new byte[0]), LABELS, "imagesPath", "2 images of -1x2x1");
        assertRefused(Arrays.copyOf(IMAGES, 29), LABELS, "imagesPath", "28 bytes", "found 29");
        assertRefused(TestFiles.gzip(Arrays.copyOf(IMAGES, 29)), LABELS, "imagesPath", "goes on after byte 28");
    }

    @Test
    void refusesHugeDeclarationsBeforeTakingMemory() {
        byte[] huge = TestFiles.idx(0x803, new int[] {2, 16_000, 16_000}, new byte[100]);
        assertRefused(huge, LABELS, "imagesPath", "512000016 bytes", "found 116");
        assertRefused(TestFiles.gzip(huge), LABELS, "imagesPath", "512000016", "cannot hold");
        byte[] overflowing = TestFiles.idx(0x804, new int[] {65_536, 65_536, 65_536, 65_536}, new byte[100]);
        assertRefused(overflowing, LABELS, "imagesPath", "at most");
    }

    @Test
    void namesMissingFiles() {
        Path labels = TestFiles.write(folder.resolve("labels"), LABELS);
        Path missing = Path.of("no-such-folder/images.gz");
        assertThatThrownBy(() -> new IdxImageDataSource<>(missing, labels, FACTORY))
                .isInstanceOf(PropertyException.class)
                .hasMessageContainingAll(
                        "imagesPath",
                        "'no-such-folder/images.gz'",
                        missing.toAbsolutePath().toString());
        assertThatThrownBy(() -> new IdxImageDataSource<>(folder, labels, FACTORY))
                .isInstanceOf(PropertyException.class)
                .hasMessageContaining("is a folder");
        assertThat(Files.exists(missing)).isFalse();
    }

    @Test
    void provenanceSurvives() {
        IdxImageDataSource<Label> source = source(IMAGES, LABELS);
        Helpers.testProvenanceMarshalling(source.getProvenance());
        Helpers.testProvenanceMarshalling(new MutableDataset<>(source).getProvenance());
        TestFiles.assertComesBackFromItsProvenance(source);
        assertThat(source.toString())
                .startsWith("IdxImageDataSource(imagesPath=")
                .contains("maximumExamples=0");
        assertThat(source.getProvenance().getInstanceValues())
                .containsKeys(
                        DataSourceProvenance.FILE_MODIFIED_TIME,
                        DataSourceProvenance.DATASOURCE_CREATION_TIME,
                        ImageSourceProvenance.LABELS_FILE_MODIFIED_TIME);
    }
}
