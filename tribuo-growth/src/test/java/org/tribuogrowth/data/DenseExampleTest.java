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

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tribuo.Dataset;
import org.tribuo.Example;
import org.tribuo.Feature;
import org.tribuo.ImmutableDataset;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.dataset.DatasetView;
import org.tribuo.datasource.ListDataSource;
import org.tribuo.evaluation.TrainTestSplitter;
import org.tribuo.impl.ArrayExample;
import org.tribuo.protos.core.ExampleProto;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuo.test.Helpers;
import org.tribuo.transform.TransformationMap;
import org.tribuo.transform.TransformerMap;
import org.tribuo.transform.transformations.LinearScalingTransformation;
import org.tribuo.util.Merger;
import org.tribuogrowth.data.protos.DenseExampleProto;
import org.tribuogrowth.data.protos.NameListProto;
import org.tribuogrowth.data.protos.PixelNamesProto;

final class DenseExampleTest {
    private static final LabelFactory FACTORY = new LabelFactory();

    private static DenseExample<Label> pixels(String label, int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return DenseExample.ofBytes(new Label(label), FeatureNames.pixels("", values.length), bytes);
    }

    private static List<Example<Label>> images() {
        List<Example<Label>> images = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            DenseExample<Label> image = pixels(i % 2 == 0 ? "a" : "b", i, 255 - i, 0, 3 * i, 128, 1);
            image.setMetadataValue(Example.NAME, "image " + i);
            image.setWeight(1 + i);
            images.add(image);
        }
        return images;
    }

    private static List<Example<Label>> asArrays(List<Example<Label>> examples) {
        List<Example<Label>> arrays = new ArrayList<>();
        for (Example<Label> example : examples) {
            arrays.add(new ArrayExample<>(example));
        }
        return arrays;
    }

    private static MutableDataset<Label> dataset(List<Example<Label>> examples) {
        return new MutableDataset<>(examples, new SimpleDataSourceProvenance("images", FACTORY), FACTORY);
    }

    private static ArrayExample<Label> asArray(Example<Label> example) {
        return new ArrayExample<>(example);
    }

    private static void assertSameContent(Dataset<Label> actual, Dataset<Label> expected) {
        assertThat(actual.size()).isEqualTo(expected.size());
        for (int i = 0; i < actual.size(); i++) {
            assertThat(asArray(actual.getExample(i))).isEqualTo(asArray(expected.getExample(i)));
            assertThat(actual.getExample(i).getWeight())
                    .isEqualTo(expected.getExample(i).getWeight());
        }
        assertThat(actual.getFeatureIDMap()).isEqualTo(expected.getFeatureIDMap());
    }

    @Test
    void bytesAreValuesFromZeroToOne() {
        DenseExample<Label> image = pixels("a", 0, 51, 255);
        assertThat(image.lookup("0").getValue()).isEqualTo(0.0);
        assertThat(image.lookup("1").getValue()).isEqualTo(0.2);
        assertThat(image.lookup("2").getValue()).isEqualTo(1.0);
        assertThat(image.lookup("3")).isNull();
        assertThat(image.size()).isEqualTo(3);
        assertThat(image.validateExample()).isTrue();
    }

    @Test
    void pixelNamesAreThoseOfTribuo() {
        assertThat(FeatureNames.pixels("", 784).asList())
                .startsWith("000", "001")
                .endsWith("783");
        assertThat(FeatureNames.pixels("p", 10).asList()).startsWith("p00").endsWith("p09");
        assertThat(FeatureNames.pixels("", 784)).isSameAs(FeatureNames.pixels("", 784));
    }

    @Test
    void namesMustBeSortedAndDiffer() {
        assertThatThrownBy(() -> FeatureNames.of(List.of("b", "a"))).hasMessageContaining("'b' before 'a'");
        assertThatThrownBy(() -> FeatureNames.of(List.of("a", "a"))).hasMessageContaining("twice");
        assertThatThrownBy(() -> FeatureNames.pixels("", 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> DenseExample.ofBytes(new Label("a"), FeatureNames.pixels("", 3), new byte[2]))
                .hasMessageContaining("2 values for 3 names");
    }

    @Test
    void behavesAsArrayExamplesInDatasets() {
        MutableDataset<Label> dense = dataset(images());
        MutableDataset<Label> arrays = dataset(asArrays(images()));
        assertThat(dense.isDense()).isEqualTo(arrays.isDense()).isTrue();
        assertSameContent(dense, arrays);
        assertThat(dense.getExample(3).isDense(dense.getFeatureMap())).isTrue();

        TransformationMap scaling = new TransformationMap(List.of(new LinearScalingTransformation(-1, 1)));
        TransformerMap denseTransformers = dense.createTransformers(scaling);
        dense.transform(denseTransformers);
        arrays.transform(arrays.createTransformers(scaling));
        assertSameContent(dense, arrays);

        assertSameContent(ImmutableDataset.copyDataset(dense), ImmutableDataset.copyDataset(arrays));
        assertSameContent(
                DatasetView.createWeightedBootstrapView(dense, 8, 1L, weights(20)),
                DatasetView.createWeightedBootstrapView(arrays, 8, 1L, weights(20)));
    }

    private static float[] weights(int length) {
        float[] weights = new float[length];
        Arrays.fill(weights, 1f / length);
        return weights;
    }

    @Test
    void unknownFeaturesAreRemovedFromImmutableDatasets() {
        MutableDataset<Label> small = dataset(List.of(
                DenseExample.ofFloats(new Label("a"), FeatureNames.of(List.of("1", "4")), new float[] {1, 2}),
                DenseExample.ofFloats(new Label("b"), FeatureNames.of(List.of("1", "4")), new float[] {3, 4})));
        Dataset<Label> dense =
                ImmutableDataset.copyDataset(dataset(images()), small.getFeatureIDMap(), small.getOutputIDInfo());
        Dataset<Label> arrays = ImmutableDataset.copyDataset(
                dataset(asArrays(images())), small.getFeatureIDMap(), small.getOutputIDInfo());
        assertThat(dense.getExample(0).size()).isEqualTo(2);
        assertSameContent(dense, arrays);
    }

    @Test
    void splitsLikeArrayExamples() {
        TrainTestSplitter<Label> dense = new TrainTestSplitter<>(
                new ListDataSource<>(images(), FACTORY, new SimpleDataSourceProvenance("images", FACTORY)), 0.6, 4L);
        TrainTestSplitter<Label> arrays = new TrainTestSplitter<>(
                new ListDataSource<>(asArrays(images()), FACTORY, new SimpleDataSourceProvenance("images", FACTORY)),
                0.6,
                4L);
        assertSameContent(new MutableDataset<>(dense.getTrain()), new MutableDataset<>(arrays.getTrain()));
        assertSameContent(new MutableDataset<>(dense.getTest()), new MutableDataset<>(arrays.getTest()));
    }

    @Test
    void changesDoNotReachCopies() {
        DenseExample<Label> image = pixels("a", 1, 2, 3);
        DenseExample<Label> copy = image.copy();
        ArrayExample<Label> array = asArray(image);
        assertThat(copy).isEqualTo(image).hasSameHashCodeAs(image);

        for (Example<Label> changed : List.<Example<Label>>of(image, array)) {
            changed.set(new Feature("1", 0.123456789012345));
            changed.add(new Feature("9", 4));
            changed.addAll(List.of(new Feature("7", 1), new Feature("0", 0.5)));
        }
        assertThat(asArray(image)).isEqualTo(array);
        assertThat(image.validateExample()).isFalse();
        for (Example<Label> changed : List.<Example<Label>>of(image, array)) {
            changed.reduceByName(Merger.add());
            changed.removeFeatures(List.of(new Feature("2", 0)));
        }
        assertThat(asArray(image)).isEqualTo(array);
        assertThat(image.validateExample()).isTrue();
        assertThat(image.lookup("0").getValue()).isEqualTo(1 / 255.0 + 0.5);
        assertThat(image.lookup("1").getValue()).isEqualTo(0.123456789012345);
        assertThat(copy).isEqualTo(pixels("a", 1, 2, 3)).isNotEqualTo(image);
        assertThatThrownBy(() -> copy.set(new Feature("8", 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("8");
    }

    @Test
    void densifyAddsZeros() {
        MutableDataset<Label> dataset = dataset(List.of(
                DenseExample.ofFloats(new Label("a"), FeatureNames.of(List.of("1", "4")), new float[] {1, 2}),
                DenseExample.ofFloats(new Label("b"), FeatureNames.of(List.of("2", "4")), new float[] {3, 4})));
        assertThat(dataset.isDense()).isFalse();
        dataset.densify();
        assertThat(asArray(dataset.getExample(0)))
                .isEqualTo(new ArrayExample<>(new Label("a"), new String[] {"1", "2", "4"}, new double[] {1, 0, 2}));
    }

    @Test
    void refusesNotANumber() {
        DenseExample<Label> broken =
                DenseExample.ofFloats(new Label("a"), FeatureNames.pixels("", 2), new float[] {1, Float.NaN});
        assertThat(broken.validateExample()).isFalse();
        assertThatThrownBy(() -> dataset(List.of(broken))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void equalityLooksAtEverything() {
        DenseExample<Label> image = pixels("a", 1, 2, 3);
        assertThat(image).isNotEqualTo(pixels("b", 1, 2, 3)).isNotEqualTo(pixels("a", 1, 2, 4));
        assertThat(image).isNotEqualTo(pixels("a", 1, 2));
        DenseExample<Label> named = pixels("a", 1, 2, 3);
        named.setMetadataValue(Example.NAME, "n");
        assertThat(image).isNotEqualTo(named);
        assertThat(image.toString())
                .startsWith("DenseExample(numFeatures=3,output=")
                .contains("(1, 0.00784");
    }

    @Test
    void survivesProtobuf() {
        DenseExample<Label> bytes = pixels("a", 0, 128, 255);
        bytes.setWeight(2.5f);
        bytes.setMetadataValue(Example.NAME, "first");
        DenseExample<Label> floats = DenseExample.ofFloats(
                new Label("b"), FeatureNames.of(List.of("x", "y")), new float[] {-0.0f, Float.MIN_VALUE});
        DenseExample<Label> doubles = floats.copy();
        doubles.set(new Feature("x", 0.1));
        for (DenseExample<Label> example : List.of(bytes, floats, doubles)) {
            Example<?> read = Helpers.testProtoSerialization(example);
            assertThat(read).isInstanceOf(DenseExample.class).isEqualTo(example);
            assertThat(read.getWeight()).isEqualTo(example.getWeight());
            assertThat(read.getMetadata()).isEqualTo(example.getMetadata());
        }
        assertThat(bytes.serialize().getSerializedSize()).isLessThan(300);
        Helpers.testDatasetSerialization(dataset(images()));
        Helpers.testDatasetSerialization(ImmutableDataset.copyDataset(dataset(images())));
    }

    @Test
    void readExamplesShareTheirNames() {
        DenseExample<?> first =
                (DenseExample<?>) Example.deserialize(pixels("a", 1, 2, 3).serialize());
        DenseExample<?> second =
                (DenseExample<?>) Example.deserialize(pixels("b", 1, 2, 3).serialize());
        assertThat(first.featureNames()).isSameAs(second.featureNames());
    }

    @Test
    void refusesContradictoryProtobufs() {
        DenseExampleProto good = DenseExampleProto.newBuilder()
                .setOutput(new Label("a").serialize())
                .setWeight(1)
                .setPixelNames(PixelNamesProto.newBuilder().setCount(2))
                .setUnsignedBytes(ByteString.copyFrom(new byte[2]))
                .build();
        assertThat(Example.deserialize(wrap(0, good)).size()).isEqualTo(2);
        Map<String, ExampleProto> bad = Map.of(
                "Unknown version 1", wrap(1, good),
                "no values", wrap(0, good.toBuilder().clearValues().build()),
                "no names", wrap(0, good.toBuilder().clearNames().build()),
                "2000000000 names and 2 values",
                        wrap(
                                0,
                                good.toBuilder()
                                        .setPixelNames(
                                                PixelNamesProto.newBuilder().setCount(2_000_000_000))
                                        .build()),
                "no multiple of 4",
                        wrap(
                                0,
                                good.toBuilder()
                                        .setFloats(ByteString.copyFrom(new byte[7]))
                                        .build()),
                "bad names",
                        wrap(
                                0,
                                good.toBuilder()
                                        .setNameList(NameListProto.newBuilder()
                                                .addName("b")
                                                .addName("a"))
                                        .build()));
        bad.forEach((message, proto) -> assertThatThrownBy(() -> Example.deserialize(proto))
                .isInstanceOf(IllegalStateException.class)
                .rootCause()
                .hasMessageContaining(message.equals("bad names") ? "sorted" : message));
    }

    private static ExampleProto wrap(int version, DenseExampleProto proto) {
        return ExampleProto.newBuilder()
                .setVersion(version)
                .setClassName(DenseExample.class.getName())
                .setSerializedData(Any.pack(proto))
                .build();
    }

    @Test
    void survivesJavaSerialization() throws Exception {
        DenseExample<Label> image = pixels("a", 1, 2, 3);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream stream = new ObjectOutputStream(bytes)) {
            stream.writeObject(image);
        }
        try (ObjectInputStream stream = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            DenseExample<?> read = (DenseExample<?>) stream.readObject();
            assertThat(read).isEqualTo(image);
            assertThat(read.featureNames()).isSameAs(image.featureNames());
        }
    }
}
