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

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tribuo.Example;
import org.tribuo.Feature;
import org.tribuo.ImmutableOutputInfo;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.output.LabelOutputAdapter;

final class DenseDataTest {
    private static final Shape SCORES = new Shape.Vector(2, 1);

    private static final LabelFactory FACTORY = new LabelFactory();

    static MutableDataset<Label> dataset(List<Example<Label>> examples) {
        return new MutableDataset<>(examples, new SimpleDataSourceProvenance("test", FACTORY), FACTORY);
    }

    private static Example<Label> example(String label, String[] names, double... values) {
        return new ArrayExample<>(new Label(label), names, values);
    }

    private static DenseData convert(MutableDataset<Label> dataset, BoundLayout layout) {
        return DenseData.of(dataset, layout, dataset.getOutputIDInfo(), new LabelOutputAdapter());
    }

    @Test
    void convertsRowByRow() {
        MutableDataset<Label> dataset = dataset(List.of(
                example("a", new String[] {"0", "3"}, 1, 2),
                example("b", new String[] {"1"}, 3),
                example("a", new String[] {"0"}, 4)));
        BoundLayout layout = new ImageLayout(2, 2, 1).bind(dataset.getFeatureIDMap());
        ImmutableOutputInfo<Label> outputs = dataset.getOutputIDInfo();
        DenseData data = DenseData.of(dataset, layout, outputs, new LabelOutputAdapter());
        assertThat(data.rows()).isEqualTo(3);
        assertThat(data.shape()).isEqualTo(new Shape.Image(2, 2, 1));
        assertThat(data.featureLength()).isEqualTo(4);
        assertThat(data.targetLength()).isEqualTo(2);
        assertThat(data.featuresUsed()).isEqualTo(4);
        float[] features = new float[14];
        float[] targets = new float[8];
        for (int row = 0; row < 3; row++) {
            data.copyFeatures(row, features, 1 + row * 4);
            data.copyTarget(row, targets, 1 + row * 2);
        }
        assertThat(features).containsExactly(0, 1, 0, 0, 2, 0, 3, 0, 0, 4, 0, 0, 0, 0);
        int a = outputs.getID(new Label("a"));
        assertThat(targets[1 + a]).isEqualTo(1);
        assertThat(targets[3 + a]).isEqualTo(0);
        assertThat(targets[3 + 1 - a]).isEqualTo(1);
        assertThatThrownBy(() -> data.copyFeatures(3, features, 0)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void refusesEmptyDatasets() {
        MutableDataset<Label> other = dataset(List.of(example("a", new String[] {"0"}, 1)));
        BoundLayout layout = new VectorLayout().bind(other.getFeatureIDMap());
        assertThatThrownBy(() ->
                        DenseData.of(dataset(List.of()), layout, other.getOutputIDInfo(), new LabelOutputAdapter()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no examples");
    }

    @Test
    void refusesUnknownOutputs() {
        MutableDataset<Label> dataset = dataset(List.of(
                example("a", new String[] {"0"}, 1),
                new ArrayExample<>(LabelFactory.UNKNOWN_LABEL, new String[] {"0"}, new double[] {1})));
        BoundLayout layout = new VectorLayout().bind(dataset.getFeatureIDMap());
        assertThatThrownBy(() -> convert(dataset, layout))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 examples with an unknown output");
    }

    @Test
    void refusesOutputsOutsideTheDomain() {
        MutableDataset<Label> training = dataset(List.of(example("a", new String[] {"0"}, 1)));
        MutableDataset<Label> test =
                dataset(List.of(example("a", new String[] {"0"}, 1), example("c", new String[] {"0"}, 1)));
        BoundLayout layout = new VectorLayout().bind(training.getFeatureIDMap());
        assertThatThrownBy(() -> DenseData.of(test, layout, training.getOutputIDInfo(), new LabelOutputAdapter()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("Example 1", "'c'");
    }

    @Test
    void refusesExamplesWithoutAFeatureInCommon() {
        MutableDataset<Label> training = dataset(List.of(example("a", new String[] {"0"}, 1)));
        MutableDataset<Label> test = dataset(List.of(
                example("a", new String[] {"0", "1"}, 1, 1),
                example("a", new String[] {"1"}, 1),
                example("a", new String[] {"2"}, 1)));
        BoundLayout layout = new VectorLayout().bind(training.getFeatureIDMap());
        assertThatThrownBy(() -> DenseData.of(test, layout, training.getOutputIDInfo(), new LabelOutputAdapter()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("2 of 3 examples", "first is example 1");
    }

    @Test
    void refusesValuesThatAreNotFinite() {
        for (double bad : new double[] {Double.POSITIVE_INFINITY, 1e300}) {
            MutableDataset<Label> dataset = dataset(List.of(
                    example("a", new String[] {"0", "1"}, 1, 1), example("a", new String[] {"0", "1"}, 1, bad)));
            BoundLayout layout = new VectorLayout().bind(dataset.getFeatureIDMap());
            assertThatThrownBy(() -> convert(dataset, layout))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll("Example 1", "Infinity", "place 1 of 2");
        }
        MutableDataset<Label> later = dataset(List.of(example("a", new String[] {"0"}, 1)));
        later.getExample(0).set(new Feature("0", Double.NaN));
        assertThatThrownBy(() -> convert(later, new VectorLayout().bind(later.getFeatureIDMap())))
                .hasMessageContaining("NaN");
    }

    @Test
    void refusesMoreThanAnArrayHolds() {
        MutableDataset<Label> dataset = dataset(List.of(
                example("a", new String[] {"0"}, 1), example("a", new String[] {"0"}, 1),
                example("a", new String[] {"0"}, 1), example("a", new String[] {"0"}, 1),
                example("a", new String[] {"0"}, 1), example("a", new String[] {"0"}, 1),
                example("a", new String[] {"0"}, 1), example("a", new String[] {"0"}, 1)));
        BoundLayout layout = new ImageLayout(1 << 14, 1 << 14, 1).bind(dataset.getFeatureIDMap());
        assertThatThrownBy(() -> convert(dataset, layout))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("8 examples", "2147483648 numbers", "at most");
    }

    private static List<Example<Label>> images() {
        FeatureNames names = FeatureNames.pixels("", 4);
        List<Example<Label>> images = new ArrayList<>();
        images.add(DenseExample.ofBytes(new Label("a"), names, new byte[] {0, 1, 2, -1}));
        images.add(DenseExample.ofFloats(new Label("b"), names, new float[] {0.25f, -3, 0, 1}));
        images.add(DenseExample.ofBytes(new Label("a"), names, new byte[] {-128, 5, 77, 3}));
        return images;
    }

    /** What large data is like, with a limit that makes small data large. */
    @Test
    void dataThatTheExamplesHoldIsTheSameWithoutACopy() {
        MutableDataset<Label> dataset = dataset(images());
        BoundLayout layout = new ImageLayout(2, 2, 1).bind(dataset.getFeatureIDMap());
        ImmutableOutputInfo<Label> outputs = dataset.getOutputIDInfo();
        DenseData copied = DenseData.of(dataset, layout, outputs, new LabelOutputAdapter(), SCORES, 12);
        DenseData shared = DenseData.of(dataset, layout, outputs, new LabelOutputAdapter(), SCORES, 11);
        assertThat(copied.sharesValues()).isFalse();
        assertThat(shared.sharesValues()).isTrue();
        dataset.getExample(0).set(new Feature("0", 9));
        assertThat(shared.digest()).isEqualTo(copied.digest());
        assertThat(shared.featuresUsed()).isEqualTo(copied.featuresUsed()).isEqualTo(12);
        for (int row = 0; row < 3; row++) {
            float[] expected = new float[6];
            float[] found = new float[6];
            copied.copyFeatures(row, expected, 1);
            shared.copyFeatures(row, found, 1);
            assertThat(found).containsExactly(expected);
            for (int place = 0; place < 4; place++) {
                assertThat(shared.feature(row, place)).isEqualTo(expected[1 + place]);
                assertThat(copied.feature(row, place)).isEqualTo(expected[1 + place]);
            }
        }
        assertThatThrownBy(() -> shared.copyFeatures(3, new float[4], 0)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void dataThatTheExamplesDoNotHoldInOrderIsCopied() {
        List<Example<Label>> mixed = images();
        mixed.add(example("b", new String[] {"0", "2"}, 1, 2));
        List<Example<Label>> fewer = images();
        fewer.add(DenseExample.ofBytes(new Label("b"), FeatureNames.pixels("", 3), new byte[] {1, 2, 3}));
        for (List<Example<Label>> examples : List.of(mixed, fewer)) {
            MutableDataset<Label> dataset = dataset(examples);
            BoundLayout layout = new ImageLayout(2, 2, 1).bind(dataset.getFeatureIDMap());
            DenseData data =
                    DenseData.of(dataset, layout, dataset.getOutputIDInfo(), new LabelOutputAdapter(), SCORES, 0);
            assertThat(data.sharesValues()).isFalse();
            assertThat(data.digest()).isEqualTo(convert(dataset, layout).digest());
            assertThat(data.feature(3, 0)).isNotZero();
        }
    }

    @Test
    void valuesThatTheExamplesHoldAreCheckedToo() {
        List<Example<Label>> images = images();
        images.add(DenseExample.ofFloats(
                new Label("b"), FeatureNames.pixels("", 4), new float[] {1, Float.POSITIVE_INFINITY, 0, 0}));
        MutableDataset<Label> dataset = dataset(images);
        BoundLayout layout = new ImageLayout(2, 2, 1).bind(dataset.getFeatureIDMap());
        assertThatThrownBy(() ->
                        DenseData.of(dataset, layout, dataset.getOutputIDInfo(), new LabelOutputAdapter(), SCORES, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("Example 3", "Infinity", "place 1 of 4");
    }
}
