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
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tribuo.Example;
import org.tribuo.MutableDataset;
import org.tribuo.test.Helpers;
import org.tribuogrowth.data.VolumeSegmentationDataSource.ValueType;
import org.tribuogrowth.segmentation.SegmentationFactory;
import org.tribuogrowth.segmentation.SegmentationMask;

/** One picture in bands of columns, and a volume in slices: parts for training and parts that are held out. */
class SegmentationPartsTest {
    private static final SegmentationFactory FACTORY = new SegmentationFactory(List.of("a", "b"));

    @TempDir
    private Path folder;

    private static List<String> names(SegmentationDataSource source) {
        return new MutableDataset<>(source)
                .getData().stream()
                        .map(example ->
                                (String) example.getMetadataValue(Example.NAME).orElseThrow())
                        .toList();
    }

    private static int[] bytes(Example<SegmentationMask> example) {
        DenseExample<SegmentationMask> dense = (DenseExample<SegmentationMask>) example;
        int[] values = new int[dense.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (int) Math.rint(dense.value(i) * 255);
        }
        return values;
    }

    private PictureSegmentationDataSource.Builder picture() throws IOException {
        int[] greys = new int[20];
        int[] numbers = new int[20];
        for (int i = 0; i < 20; i++) {
            greys[i] = i;
            numbers[i] = i % 2;
        }
        Path image = SegmentationFiles.image(folder.resolve("map.png"), 2, 10, greys);
        Path mask = SegmentationFiles.grey(folder.resolve("classes.png"), 2, 10, numbers);
        return PictureSegmentationDataSource.builder(image, mask, FACTORY, 1, 2).channels(1);
    }

    @Test
    void bandsAreAlternatelyUsedAndNeighboursJoined() throws IOException {
        // Bands of two columns, of three: 0 and 2 for training, 1 held out; 2 and the next 0 lie side by side.
        PictureSegmentationDataSource train =
                picture().bands(2, 3, List.of(0, 2)).rows(1, 1).build();
        PictureSegmentationDataSource test =
                picture().bands(2, 3, List.of(1)).rows(1, 1).build();
        assertThat(names(train)).containsExactly("columns-0-1@0,0", "columns-4-7@0,0", "columns-4-7@0,2");
        assertThat(names(test)).containsExactly("columns-2-3@0,0", "columns-8-9@0,0");
        assertThat(bytes(test.iterator().next())).containsExactly(12, 13);
        assertThat(picture().build().size()).isEqualTo(10);
        Helpers.testProvenanceMarshalling(train.getProvenance());
    }

    @Test
    void marginsShowThePictureAroundABand() throws IOException {
        PictureSegmentationDataSource test = picture()
                .bands(2, 3, List.of(1))
                .rows(1, 1)
                .tiles(3, 4)
                .margin(1)
                .build();
        assertThat(names(test)).containsExactly("columns-2-3@0,0", "columns-8-9@0,0");
        Example<SegmentationMask> tile = test.iterator().next();
        // The rows above and, mirrored, below; a column of the bands on either side.
        assertThat(bytes(tile)).containsExactly(1, 2, 3, 4, 11, 12, 13, 14, 1, 2, 3, 4);
        assertThat(tile.getOutput()).isEqualTo(FACTORY.generateOutput("3x4:void*5 0 1 void*5"));
        assertThat(test.toString()).contains("margin=1");
        refused(picture().tiles(3, 4).margin(2), "margin", "found 2", "0 to 1");
        refused(picture().tiles(3, 4).margin(-1), "margin", "found -1");
        refused(picture().tiles(3, 4).margin(1).strides(2, 1), "strideDown", "found 2", "less the margins", "1 to 1");
    }

    @Test
    void wrongPartsOfAPictureAreRefused() throws IOException {
        refused(picture().bands(2, 3, List.of(3)), "bands", "found 3", "0 to 2");
        refused(picture().bands(2, 0, List.of(0)), "bandPeriod", "found 0");
        refused(picture().bands(5, 3, List.of(2)), "bands", "10 columns");
        refused(picture().rows(2, 0), "top", "found 2", "0 to 1");
        refused(picture().rows(1, 2), "rows", "found 2");
        PictureSegmentationDataSource.Builder builder = picture();
        SegmentationFiles.grey(folder.resolve("classes.png"), 1, 10);
        refused(builder, "mask", "1x10", "2x10");
        Files.delete(folder.resolve("classes.png"));
        refused(builder, "mask", "there is no such file");
    }

    private static void refused(SegmentationDataSource.Builder<?> builder, String field, String... words) {
        assertThatThrownBy(builder::build)
                .isInstanceOfSatisfying(PropertyException.class, refusal -> assertThat(refusal.getProperty())
                        .isEqualTo(field))
                .hasMessageContainingAll(words);
    }

    private Path zipped(String name, byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream stream = new GZIPOutputStream(bytes)) {
            stream.write(content);
        }
        return Files.write(folder.resolve(name), bytes.toByteArray());
    }

    private VolumeSegmentationDataSource.Builder volume() throws IOException {
        byte[] greys = new byte[4 * 2];
        byte[] classes = new byte[4 * 2];
        for (int i = 0; i < greys.length; i++) {
            greys[i] = (byte) (10 * i);
            classes[i] = (byte) (i % 2);
        }
        classes[5] = (byte) 255;
        return VolumeSegmentationDataSource.builder(
                zipped("t1.gz", greys), Files.write(folder.resolve("labels"), classes), FACTORY, 4, 1, 2);
    }

    @Test
    void slicesAreAlternatelyUsed() throws IOException {
        VolumeSegmentationDataSource source = volume().slices(2, List.of(0)).build();
        assertThat(names(source)).containsExactly("slice-0@0,0", "slice-2@0,0");
        List<Example<SegmentationMask>> examples = new MutableDataset<>(source).getData();
        assertThat(bytes(examples.get(1))).containsExactly(40, 50);
        assertThat(examples.get(1).getOutput()).isEqualTo(FACTORY.generateOutput("1x2:0 void"));
        Helpers.testProvenanceMarshalling(source.getProvenance());
    }

    @Test
    void shortsAndFloatsAfterAHeaderAreRead() throws IOException {
        ByteBuffer floats = ByteBuffer.allocate(5 + 4 * 4).order(ByteOrder.LITTLE_ENDIAN);
        floats.position(5);
        floats.putFloat(-1f).putFloat(0f).putFloat(1f).putFloat(7f);
        ByteBuffer shorts = ByteBuffer.allocate(5 + 4 * 2).order(ByteOrder.LITTLE_ENDIAN);
        shorts.position(5);
        shorts.putShort((short) 0).putShort((short) 1).putShort((short) -1).putShort((short) 255);
        Path values = Files.write(folder.resolve("v"), floats.array());
        Path labels = Files.write(folder.resolve("l"), shorts.array());
        VolumeSegmentationDataSource.Builder builder = VolumeSegmentationDataSource.builder(
                        values, labels, FACTORY, 1, 2, 2)
                .types(ValueType.FLOAT, ValueType.SIGNED_SHORT)
                .headerBytes(5)
                .range(0, 2);
        Example<SegmentationMask> example = builder.build().iterator().next();
        assertThat(bytes(example)).containsExactly(0, 0, 128, 255);
        assertThat(example.getOutput()).isEqualTo(FACTORY.generateOutput("2x2:0 1 void*2"));
        refused(builder.types(ValueType.FLOAT, ValueType.FLOAT), "labelsType", "FLOAT");
        floats.putFloat(5, Float.NaN);
        Files.write(values, floats.array());
        refused(builder.types(ValueType.FLOAT, ValueType.SIGNED_SHORT), "volumePath", "NaN", "row 0, column 0");
    }

    @Test
    void wrongVolumesAreRefused() throws IOException {
        refused(volume().slices(9, List.of(8)), "sliceNumbers", "4 slices");
        refused(volume().slices(2, List.of(2)), "sliceNumbers", "found 2");
        refused(volume().headerBytes(1), "labelsPath", "9 bytes", "found 8");
        refused(volume().range(3, 3), "highest", "found 3.0");
        VolumeSegmentationDataSource.Builder builder = volume();
        Files.write(folder.resolve("labels"), new byte[] {0, 1, 0, 2, 0, 0, 0, 0});
        refused(builder, "labelsPath", "class 2", "slice 1", "column 1");
        Files.write(folder.resolve("labels"), new byte[7]);
        refused(builder, "labelsPath", "8 bytes", "found 7");
        zipped("t1.gz", new byte[7]);
        Files.write(folder.resolve("labels"), new byte[8]);
        refused(builder, "volumePath", "cut short");
        Path bomb = zipped("t1.gz", new byte[8]);
        refused(
                VolumeSegmentationDataSource.builder(bomb, bomb, FACTORY, 1 << 20, 1 << 10, 1 << 10),
                "volumePath",
                "cannot hold");
    }
}
