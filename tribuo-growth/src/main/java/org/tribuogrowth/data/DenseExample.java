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

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.tribuo.Example;
import org.tribuo.Feature;
import org.tribuo.FeatureMap;
import org.tribuo.Output;
import org.tribuo.impl.ArrayExample;
import org.tribuo.protos.core.ExampleProto;
import org.tribuo.transform.Transformer;
import org.tribuo.transform.TransformerMap;
import org.tribuo.util.Merger;
import org.tribuogrowth.data.protos.DenseExampleProto;

/**
 * An example with a value for every name of a {@link FeatureNames} that many examples share. A pixel costs one byte,
 * where Tribuo's own {@link ArrayExample} needs a reference and a double, and zeros are there like all other values.
 *
 * <p>It is an {@link Example} in every respect. Values are shared between copies and never written: a change (a
 * transform, {@link #set}, added or removed features) gives this example values, and if need be names, of its own. Like
 * all Tribuo examples it must not be changed by several threads at once.
 *
 * @param <T> The output type.
 */
public final class DenseExample<T extends Output<T>> extends Example<T> {
    private static final long serialVersionUID = 1L;

    /** Protobuf serialization version. */
    public static final int CURRENT_VERSION = 0;

    private FeatureNames names;
    private DenseValues values;

    /**
     * Makes an example that shares what it is given.
     *
     * @param output The output.
     * @param weight The weight.
     * @param names  The names.
     * @param values The values, as many as names.
     */
    DenseExample(T output, float weight, FeatureNames names, DenseValues values) {
        super(output, weight);
        if (names.size() != values.size()) {
            throw new IllegalArgumentException("A dense example needs one value for each name, found " + values.size()
                    + " values for " + names.size() + " names");
        }
        this.names = names;
        this.values = values;
    }

    private DenseExample(DenseExample<T> other) {
        super(other);
        this.names = other.names;
        this.values = other.values;
    }

    /**
     * An example of unsigned bytes, each standing for byte / 255.
     *
     * @param output The output.
     * @param names  The feature names.
     * @param bytes  One byte for each name, in the names' order; copied.
     * @param <T>    The output type.
     * @return The example.
     * @throws IllegalArgumentException If the numbers of names and bytes differ.
     */
    public static <T extends Output<T>> DenseExample<T> ofBytes(T output, FeatureNames names, byte[] bytes) {
        return new DenseExample<>(output, DEFAULT_WEIGHT, names, new DenseValues.Bytes(bytes.clone()));
    }

    /**
     * An example of floats.
     *
     * @param output The output.
     * @param names  The feature names.
     * @param floats One value for each name, in the names' order; copied.
     * @param <T>    The output type.
     * @return The example.
     * @throws IllegalArgumentException If the numbers of names and values differ.
     */
    public static <T extends Output<T>> DenseExample<T> ofFloats(T output, FeatureNames names, float[] floats) {
        return new DenseExample<>(output, DEFAULT_WEIGHT, names, new DenseValues.Floats(floats.clone()));
    }

    /**
     * Deserialization factory.
     *
     * @param version   The serialized object version.
     * @param className The class name.
     * @param message   The serialized data.
     * @return The example.
     * @throws InvalidProtocolBufferException If the message is not a dense example.
     * @throws IllegalArgumentException       If the version is unknown.
     * @throws IllegalStateException          If the message contradicts itself.
     */
    public static DenseExample<?> deserializeFromProto(int version, String className, Any message)
            throws InvalidProtocolBufferException {
        if (version < 0 || version > CURRENT_VERSION) {
            throw new IllegalArgumentException(
                    "Unknown version " + version + ", this class supports at most version " + CURRENT_VERSION);
        }
        return DenseExampleCodec.decode(message.unpack(DenseExampleProto.class));
    }

    @Override
    public ExampleProto serialize() {
        return ExampleProto.newBuilder()
                .setVersion(CURRENT_VERSION)
                .setClassName(DenseExample.class.getName())
                .setSerializedData(Any.pack(DenseExampleCodec.encode(this, names, values)))
                .build();
    }

    /**
     * The names of the features.
     *
     * @return The names, shared with other examples.
     */
    public FeatureNames featureNames() {
        return names;
    }

    /**
     * Writes all values in the order of the names.
     *
     * @param destination Where to write.
     * @param offset      Where the first value goes.
     */
    void writeValues(float[] destination, int offset) {
        values.write(destination, offset);
    }

    /**
     * All values in the order of the names.
     *
     * @return The values, which never change: a change of this example gives it others.
     */
    DenseValues values() {
        return values;
    }

    /**
     * The value at an index.
     *
     * @param index The index into the names.
     * @return The value.
     */
    public double value(int index) {
        return values.get(index);
    }

    @Override
    protected void sort() {
        // The names are always sorted.
    }

    @Override
    public void add(Feature feature) {
        addAll(List.of(feature));
    }

    @Override
    public void addAll(Collection<? extends Feature> features) {
        ArrayExample<T> expanded = new ArrayExample<>(this);
        expanded.addAll(features);
        adopt(expanded);
    }

    @Override
    public int size() {
        return names.size();
    }

    @Override
    public void removeFeatures(List<Feature> featureList) {
        // ImmutableDataset calls this for every example, mostly with nothing to remove.
        if (!featureList.isEmpty()) {
            ArrayExample<T> expanded = new ArrayExample<>(this);
            expanded.removeFeatures(featureList);
            adopt(expanded);
        }
    }

    @Override
    public void reduceByName(Merger merger) {
        if (!names.areUnique()) {
            ArrayExample<T> expanded = new ArrayExample<>(this);
            expanded.reduceByName(merger);
            adopt(expanded);
        }
    }

    @Override
    public boolean validateExample() {
        if (names.size() == 0 || !names.areUnique()) {
            return false;
        }
        if (values instanceof DenseValues.Bytes) {
            return true;
        }
        for (int i = 0; i < values.size(); i++) {
            if (Double.isNaN(values.get(i))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void transform(TransformerMap transformerMap) {
        double[] transformed = valuesAsDoubles();
        for (int i = 0; i < transformed.length; i++) {
            List<Transformer> transformers = transformerMap.get(names.get(i));
            if (transformers != null) {
                for (Transformer transformer : transformers) {
                    transformed[i] = transformer.transform(transformed[i]);
                }
            }
        }
        values = DenseValues.of(transformed);
    }

    @Override
    public boolean isDense(FeatureMap featureMap) {
        if (featureMap.size() != names.size()) {
            return false;
        }
        for (String name : names.asList()) {
            if (featureMap.get(name) == null) {
                return false;
            }
        }
        return true;
    }

    @Override
    protected void densify(List<String> featureNames) {
        if (!names.asList().equals(featureNames)) {
            ArrayExample<T> expanded = new ArrayExample<>(this);
            expanded.densify(featureNames);
            adopt(expanded);
        }
    }

    @Override
    public DenseExample<T> copy() {
        return new DenseExample<>(this);
    }

    @Override
    public Feature lookup(String name) {
        int index = names.indexOf(name);
        return index < 0 ? null : new Feature(names.get(index), values.get(index));
    }

    @Override
    public void set(Feature feature) {
        int index = names.indexOf(feature.getName());
        if (index < 0) {
            throw new IllegalArgumentException("Feature " + feature + " not found in example.");
        }
        double[] changed = valuesAsDoubles();
        changed[index] = feature.getValue();
        values = DenseValues.of(changed);
    }

    /** Does nothing: the names are shared already. */
    @Override
    public void canonicalize(FeatureMap featureMap) {
        // Nothing to do, see above.
    }

    @Override
    public Iterator<Feature> iterator() {
        return new FeatureIterator(names, values);
    }

    private double[] valuesAsDoubles() {
        double[] copy = new double[values.size()];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = values.get(i);
        }
        return copy;
    }

    /** Takes over the features of an example that was changed in this one's place. */
    private void adopt(ArrayExample<T> changed) {
        String[] newNames = new String[changed.size()];
        double[] newValues = new double[changed.size()];
        int i = 0;
        for (Feature feature : changed) {
            newNames[i] = feature.getName();
            newValues[i] = feature.getValue();
            i++;
        }
        names = FeatureNames.ofSorted(newNames);
        values = DenseValues.of(newValues);
    }

    @Override
    public boolean equals(Object other) {
        if (this == other) {
            return true;
        }
        if (!(other instanceof DenseExample<?> that)
                || !Objects.equals(metadata, that.metadata)
                || !output.getClass().equals(that.output.getClass())
                || !names.equals(that.names)) {
            return false;
        }
        @SuppressWarnings("unchecked") // guarded by the comparison of the output classes above
        boolean sameOutput = output.fullEquals((T) that.output);
        if (!sameOutput) {
            return false;
        }
        for (int i = 0; i < values.size(); i++) {
            if (values.get(i) != that.values.get(i)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        int result = 31 * names.hashCode() + output.hashCode();
        for (int i = 0; i < values.size(); i++) {
            // Adding 0.0 makes -0.0 and 0.0 alike, as they are for equals.
            result = 31 * result + Double.hashCode(values.get(i) + 0.0);
        }
        return result;
    }

    @Override
    public String toString() {
        StringBuilder builder = new StringBuilder("DenseExample(numFeatures=").append(names.size());
        builder.append(",output=").append(output).append(",weight=").append(weight);
        if (metadata != null) {
            builder.append(",metadata=").append(metadata);
        }
        builder.append(",features=[");
        for (int i = 0; i < names.size(); i++) {
            builder.append(i == 0 ? "" : ", ");
            builder.append('(')
                    .append(names.get(i))
                    .append(", ")
                    .append(values.get(i))
                    .append(')');
        }
        return builder.append("])").toString();
    }

    private static final class FeatureIterator implements Iterator<Feature> {
        private final FeatureNames names;
        private final DenseValues values;
        private int position;

        FeatureIterator(FeatureNames names, DenseValues values) {
            this.names = names;
            this.values = values;
        }

        @Override
        public boolean hasNext() {
            return position < names.size();
        }

        @Override
        public Feature next() {
            if (!hasNext()) {
                throw new NoSuchElementException("Iterator exhausted at position " + position);
            }
            Feature feature = new Feature(names.get(position), values.get(position));
            position++;
            return feature;
        }
    }
}
