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
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tribuo.Example;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.provenance.DataSourceProvenance;
import org.tribuo.test.Helpers;
import org.tribuogrowth.architecture.Digests;
import org.tribuogrowth.architecture.Shape;

final class CifarBinaryDataSourceTest {
    private static final LabelFactory FACTORY = new LabelFactory();
    private static final int RECORD = 3073;

    @TempDir
    private Path folder;

    private static byte[] records(int... labels) {
        byte[] bytes = new byte[RECORD * labels.length];
        for (int i = 0; i < labels.length; i++) {
            bytes[i * RECORD] = (byte) labels[i];
            for (int p = 0; p < 1024; p++) {
                bytes[i * RECORD + 1 + p] = (byte) p;
                bytes[i * RECORD + 1 + 1024 + p] = (byte) (p + 1);
                bytes[i * RECORD + 1 + 2048 + p] = (byte) (i + 100);
            }
        }
        return bytes;
    }

    private CifarBinaryDataSource<Label> source(byte[]... files) {
        Path[] paths = new Path[files.length];
        for (int i = 0; i < files.length; i++) {
            paths[i] = TestFiles.write(folder.resolve("batch_" + i + ".bin"), files[i]);
        }
        return new CifarBinaryDataSource<>(List.of(paths), FACTORY);
    }

    @Test
    void readsPlanesAsChannelsLast() {
        CifarBinaryDataSource<Label> source = source(records(3, 9), TestFiles.gzip(records(0)));
        assertThat(source.size()).isEqualTo(3);
        assertThat(source.shape()).isEqualTo(new Shape.Image(32, 32, 3));
        List<Example<Label>> examples = new MutableDataset<>(source).getData();
        assertThat(examples).extracting(e -> e.getOutput().getLabel()).containsExactly("3", "9", "0");
        Example<Label> second = examples.get(1);
        // Position 40 is row 1, column 8: values 120 to 122.
        assertThat(second.lookup("0120").getValue()).isEqualTo(40 / 255.0);
        assertThat(second.lookup("0121").getValue()).isEqualTo(41 / 255.0);
        assertThat(second.lookup("0122").getValue()).isEqualTo(101 / 255.0);
        assertThat(((HashProvenance) source.getProvenance().getInstanceValues().get(DataSourceProvenance.RESOURCE_HASH))
                        .getValue())
                .isEqualTo(Digests.hex(Digests.newSha256().digest(concatenated())));
    }

    private static byte[] concatenated() {
        byte[] first = records(3, 9);
        byte[] both = Arrays.copyOf(first, 3 * RECORD);
        System.arraycopy(records(0), 0, both, 2 * RECORD, RECORD);
        return both;
    }

    @Test
    void namesLabelsAndLimitsTheNumberOverAllFiles() {
        source(records(1, 1), records(0, 1));
        List<Path> paths = List.of(folder.resolve("batch_0.bin"), folder.resolve("batch_1.bin"));
        CifarBinaryDataSource<Label> source =
                new CifarBinaryDataSource<>(paths, FACTORY, List.of("airplane", "automobile"), 3);
        assertThat(new MutableDataset<>(source).getData())
                .extracting(e -> e.getOutput().getLabel())
                .containsExactly("automobile", "automobile", "airplane");
    }

    @Test
    void refusesWrongFiles() {
        assertRefused(Arrays.copyOf(records(1, 2), RECORD + 5), "1 and 5 bytes more", "batch_0.bin");
        assertRefused(new byte[0], "found 0 and 0 bytes");
        assertRefused(records(10), "label of 0 to 9", "found 10");
        byte[] packed = TestFiles.gzip(records(1));
        assertRefused(Arrays.copyOf(packed, packed.length - 20), "cut short");
        assertThatThrownBy(() -> new CifarBinaryDataSource<>(List.of(), FACTORY))
                .hasMessageContaining("empty list");
        assertThatThrownBy(() -> new CifarBinaryDataSource<>(List.of(folder.resolve("none")), FACTORY))
                .isInstanceOf(PropertyException.class)
                .hasMessageContainingAll(
                        "Property: paths", folder.resolve("none").toString());
    }

    private void assertRefused(byte[] file, String... words) {
        assertThatThrownBy(() -> source(file))
                .isInstanceOf(PropertyException.class)
                .hasMessageContainingAll(words);
    }

    @Test
    void provenanceSurvives() {
        CifarBinaryDataSource<Label> source = source(records(1), records(2));
        Helpers.testProvenanceMarshalling(source.getProvenance());
        TestFiles.assertComesBackFromItsProvenance(source);
        assertThat(source.toString()).contains("batch_1.bin");
    }
}
