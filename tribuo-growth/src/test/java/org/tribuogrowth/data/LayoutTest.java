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
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tribuo.Example;
import org.tribuo.ImmutableFeatureMap;
import org.tribuo.MutableDataset;
import org.tribuo.MutableFeatureMap;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.datasource.IDXDataSource;
import org.tribuo.hash.HashCodeHasher;
import org.tribuo.hash.HashedFeatureMap;
import org.tribuo.impl.ArrayExample;
import org.tribuogrowth.architecture.Shape;

final class LayoutTest {
    @TempDir
    private Path folder;

    private static MutableFeatureMap domain(String... names) {
        MutableFeatureMap map = new MutableFeatureMap();
        for (String name : names) {
            map.add(name, 1.0);
        }
        return map;
    }

    private static ImmutableFeatureMap fixed(String... names) {
        return new ImmutableFeatureMap(domain(names));
    }

    private static ArrayExample<Label> example(String[] names, double... values) {
        return new ArrayExample<>(new Label("a"), names, values);
    }

    @Test
    void vectorLayoutFollowsTheOrderOfNames() {
        BoundLayout bound = new VectorLayout().bind(fixed("b", "10", "a", "9"));
        float[] written = {7, 7, 7, 7, 7, 7};
        int used = bound.write(example(new String[] {"a", "9", "unknown"}, 2, 3, 4), written, 1);
        assertThat(bound.shape()).isEqualTo(new Shape.Vector(4, 1));
        assertThat(bound.length()).isEqualTo(4);
        assertThat(used).isEqualTo(2);
        assertThat(written).containsExactly(7, 0, 3, 2, 0, 7);
    }

    @Test
    void vectorLayoutWorksOnHashedDomainsAndAddsCollisions() {
        MutableFeatureMap domain = domain("x", "y", "z");
        HashedFeatureMap hashed =
                HashedFeatureMap.generateHashedFeatureMap(domain, new HashCodeHasher("a salt of many letters"));
        BoundLayout bound = new VectorLayout().bind(hashed);
        float[] written = new float[3];
        assertThat(bound.write(example(new String[] {"x", "y", "z"}, 1, 2, 4), written, 0))
                .isEqualTo(3);
        assertThat(written).containsExactlyInAnyOrder(1, 2, 4);

        float[] twice = new float[2];
        int used = new VectorLayout().bind(fixed("a", "b")).write(example(new String[] {"a", "a"}, 1, 2), twice, 0);
        assertThat(used).isEqualTo(2);
        assertThat(twice).containsExactly(3, 0);
    }

    @Test
    void imageLayoutReadsTheNumberWhateverThePadding() {
        BoundLayout bound = new ImageLayout(2, 2, 3, "px").bind(fixed("px0", "px02", "px11", "px0007"));
        float[] written = new float[12];
        bound.write(example(new String[] {"px0", "px02", "px11", "px0007"}, 1, 2, 3, 4), written, 0);
        assertThat(bound.shape()).isEqualTo(new Shape.Image(2, 2, 3));
        assertThat(written).containsExactly(1, 0, 2, 0, 0, 0, 0, 4, 0, 0, 0, 3);
    }

    @Test
    void imageLayoutRefusesNamesWithoutAPlace() {
        ImageLayout layout = new ImageLayout(2, 2, 1, "px");
        for (String name : List.of("px4", "px", "0", "px-1", "px1x", "PX1", "px99999999999999999999999", "px\u0661")) {
            assertThatThrownBy(() -> layout.bind(fixed(name)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'" + name + "'")
                    .hasMessageContaining("2x2x1")
                    .hasMessageContaining("prefix 'px'")
                    .hasMessageContaining("0 to 3");
        }
    }

    @Test
    void imageLayoutRefusesTwoFeaturesOfOnePlaceAndEmptyDomains() {
        assertThatThrownBy(() -> new ImageLayout(2, 2, 1).bind(fixed("1", "01")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'01'")
                .hasMessageContaining("'1'");
        assertThatThrownBy(() -> new ImageLayout(2, 2, 1).bind(fixed())).hasMessageContaining("empty feature domain");
        assertThatThrownBy(() -> new VectorLayout().bind(fixed())).hasMessageContaining("empty feature domain");
    }

    @Test
    void imageLayoutRefusesBadSizes() {
        assertThatThrownBy(() -> new ImageLayout(0, 2, 1))
                .isInstanceOf(PropertyException.class)
                .hasMessageContaining("height");
        assertThatThrownBy(() -> new ImageLayout(2, 2, -1)).hasMessageContaining("channels");
        assertThatThrownBy(() -> new ImageLayout(100_000, 100_000, 1)).hasMessageContaining("100000x100000x1");
    }

    @Test
    void pixelsThatNeverOccurKeepTheirPlaces() throws IOException {
        // Three images of 4x3 in which most pixels are 0; Tribuo's source leaves those out.
        byte[] pixels = new byte[3 * 12];
        pixels[5] = 50;
        pixels[12 + 5] = (byte) 200;
        pixels[12 + 11] = 7;
        pixels[24 + 2] = 1;
        Path images = TestFiles.write(folder.resolve("i"), TestFiles.idx(0x803, new int[] {3, 4, 3}, pixels));
        Path labels = TestFiles.write(folder.resolve("l"), TestFiles.idx(0x801, new int[] {3}, new byte[] {0, 1, 0}));
        MutableDataset<Label> sparse = new MutableDataset<>(new IDXDataSource<>(images, labels, new LabelFactory()));
        MutableDataset<Label> dense =
                new MutableDataset<>(new IdxImageDataSource<>(images, labels, new LabelFactory()));
        assertThat(sparse.getFeatureMap().size()).isEqualTo(3);
        assertThat(dense.getFeatureMap().size()).isEqualTo(12);

        ImageLayout layout = new ImageLayout(4, 3, 1);
        BoundLayout fromSparse = layout.bind(sparse.getFeatureIDMap());
        BoundLayout fromDense = layout.bind(dense.getFeatureIDMap());
        for (int i = 0; i < 3; i++) {
            float[] expectedRaw = new float[12];
            float[] expectedScaled = new float[12];
            for (int p = 0; p < 12; p++) {
                expectedRaw[p] = pixels[i * 12 + p] & 0xFF;
                expectedScaled[p] = (float) ((pixels[i * 12 + p] & 0xFF) / 255.0);
            }
            assertThat(written(fromSparse, sparse.getExample(i))).containsExactly(expectedRaw);
            assertThat(written(fromDense, sparse.getExample(i))).containsExactly(expectedRaw);
            assertThat(written(fromDense, dense.getExample(i))).containsExactly(expectedScaled);
        }
        // A dense image under a sparse domain: only the known pixels are used.
        float[] destination = new float[12];
        assertThat(fromSparse.write(dense.getExample(1), destination, 0)).isEqualTo(3);
        assertThat(destination[5]).isEqualTo((float) (200 / 255.0));
        assertThat(destination[11]).isEqualTo((float) (7 / 255.0));
    }

    @Test
    void denseExamplesOfDifferentNamesMayAlternate() {
        List<String> names = new ArrayList<>(List.of("0", "1", "2", "3"));
        BoundLayout bound = new ImageLayout(2, 2, 1).bind(fixed("0", "1", "2", "3"));
        FeatureNames all = FeatureNames.of(names);
        FeatureNames some = FeatureNames.of(List.of("1", "3", "x"));
        Example<Label> full = DenseExample.ofFloats(new Label("a"), all, new float[] {1, 2, 3, 4});
        Example<Label> part = DenseExample.ofFloats(new Label("a"), some, new float[] {5, 6, 7});
        for (int i = 0; i < 2; i++) {
            assertThat(written(bound, full)).containsExactly(1, 2, 3, 4);
            assertThat(written(bound, part)).containsExactly(0, 5, 0, 6);
        }
        assertThat(bound.write(part, new float[4], 0)).isEqualTo(2);
    }

    private static float[] written(BoundLayout layout, Example<Label> example) {
        float[] destination = new float[layout.length()];
        Arrays.fill(destination, 99f);
        layout.write(example, destination, 0);
        return destination;
    }
}
