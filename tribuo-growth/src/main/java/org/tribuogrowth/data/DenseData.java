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

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.tribuo.Dataset;
import org.tribuo.Example;
import org.tribuo.ImmutableOutputInfo;
import org.tribuo.Output;
import org.tribuogrowth.architecture.Digests;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.output.OutputAdapter;

/**
 * A dataset as two blocks of floats, made once: features and targets, one row an example, in the order of the dataset.
 * No example is kept. Immutable and thread-safe.
 */
public final class DenseData {
    /** The longest array that every Java virtual machine can make. */
    private static final int MAXIMUM_FLOATS = Integer.MAX_VALUE - 8;

    /**
     * Up to so many values, 256 MB, are copied into one array. More are left to the examples if those have them in order:
     * pixels take a quarter of the memory there, and images so large or so many come with networks beside whose time that
     * of converting a batch does not count.
     */
    private static final int LARGEST_COPY = 1 << 26;

    private final int rows;
    private final Shape shape;
    private final int featureLength;
    private final int targetLength;
    private final FeatureRows features;
    private final float[] targets;
    private final long featuresUsed;

    private DenseData(
            int rows,
            Shape shape,
            int featureLength,
            int targetLength,
            FeatureRows features,
            float[] targets,
            long featuresUsed) {
        this.rows = rows;
        this.shape = shape;
        this.featureLength = featureLength;
        this.targetLength = targetLength;
        this.features = features;
        this.targets = targets;
        this.featuresUsed = featuresUsed;
    }

    /**
     * Converts a dataset.
     *
     * @param dataset The examples.
     * @param layout  Where features go.
     * @param outputs The output domain; for training data the dataset's own, taken once by the caller because each call
     *                of {@link Dataset#getOutputIDInfo()} makes a new one.
     * @param adapter How outputs become targets.
     * @param <T>     The output type.
     * @return The data.
     * @throws IllegalArgumentException If there are no examples, an output is unknown or outside the domain, an example
     *                                  has no feature that the layout knows, a value is not a finite 32-bit number, or
     *                                  there are more values than an array can hold and the examples do not hold them
     *                                  in the layout's order themselves. The message counts or names the
     *                                  examples from 0.
     */
    public static <T extends Output<T>> DenseData of(
            Dataset<T> dataset, BoundLayout layout, ImmutableOutputInfo<T> outputs, OutputAdapter<T> adapter) {
        return of(dataset, layout, outputs, adapter, LARGEST_COPY);
    }

    static <T extends Output<T>> DenseData of(
            Dataset<T> dataset,
            BoundLayout layout,
            ImmutableOutputInfo<T> outputs,
            OutputAdapter<T> adapter,
            int largestCopy) {
        int rows = dataset.size();
        if (rows == 0) {
            throw new IllegalArgumentException("The dataset has no examples");
        }
        long unknown = dataset.getOutputInfo().getUnknownCount();
        if (unknown > 0) {
            throw new IllegalArgumentException(
                    "The dataset has " + unknown + " examples with an unknown output, all outputs must be known");
        }
        int featureLength = layout.length();
        int targetLength = adapter.size(outputs);
        boolean shared = (long) rows * featureLength > largestCopy && canShare(dataset, layout);
        if (!shared) {
            checkFits(rows, featureLength, "features");
        }
        checkFits(rows, targetLength, "targets");
        float[] features = new float[shared ? featureLength : rows * featureLength];
        List<DenseValues> values = new ArrayList<>();
        float[] targets = new float[rows * targetLength];
        long featuresUsed = 0;
        int withoutFeatures = 0;
        int firstWithoutFeatures = -1;
        int row = 0;
        for (Example<T> example : dataset) {
            int offset = shared ? 0 : row * featureLength;
            int used = layout.write(example, features, offset);
            if (used == 0) {
                firstWithoutFeatures = withoutFeatures == 0 ? row : firstWithoutFeatures;
                withoutFeatures++;
            }
            featuresUsed += used;
            checkFinite(features, offset, featureLength, row);
            if (shared) {
                values.add(((DenseExample<T>) example).values());
            }
            encode(example, row, outputs, adapter, targets, row * targetLength);
            row++;
        }
        if (withoutFeatures > 0) {
            throw new IllegalArgumentException(
                    withoutFeatures + " of " + rows + " examples have no feature that the layout ("
                            + layout.shape().describe() + ") knows, the first is example " + firstWithoutFeatures
                            + "; every example needs at least one");
        }
        FeatureRows kept = shared ? new FeatureRows.Shared(values) : new FeatureRows.Floats(features, featureLength);
        return new DenseData(rows, layout.shape(), featureLength, targetLength, kept, targets, featuresUsed);
    }

    /** Whether every example has its values where the layout wants them. */
    private static <T extends Output<T>> boolean canShare(Dataset<T> dataset, BoundLayout layout) {
        if (!(layout instanceof PlacedLayout placed)) {
            return false;
        }
        for (Example<T> example : dataset) {
            if (!(example instanceof DenseExample<T> dense) || !placed.isInPlace(dense)) {
                return false;
            }
        }
        return true;
    }

    private static <T extends Output<T>> void encode(
            Example<T> example,
            int row,
            ImmutableOutputInfo<T> outputs,
            OutputAdapter<T> adapter,
            float[] targets,
            int offset) {
        try {
            adapter.encode(example.getOutput(), outputs, targets, offset);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "Example " + row + " has an output that cannot be used: " + e.getMessage(), e);
        }
    }

    private static void checkFits(int rows, int length, String what) {
        if ((long) rows * length > MAXIMUM_FLOATS) {
            throw new IllegalArgumentException(rows + " examples of " + length + " " + what + " are "
                    + (long) rows * length + " numbers, allowed are at most " + MAXIMUM_FLOATS
                    + "; use fewer examples or smaller images");
        }
    }

    private static void checkFinite(float[] values, int offset, int length, int row) {
        int place = firstNotFinite(values, offset, length);
        if (place >= 0) {
            throw new IllegalArgumentException("Example " + row + " has the value " + values[offset + place]
                    + " at place " + place + " of " + length + ", allowed are finite 32-bit floating point numbers");
        }
    }

    /**
     * Finds a value that is NaN or infinite.
     *
     * @param values The values.
     * @param offset Where to begin.
     * @param length How many to look at.
     * @return The place of the first from the offset on, or -1 if all are finite.
     */
    public static int firstNotFinite(float[] values, int offset, int length) {
        for (int i = 0; i < length; i++) {
            if (!Float.isFinite(values[offset + i])) {
                return i;
            }
        }
        return -1;
    }

    /**
     * The number of examples.
     *
     * @return At least 1.
     */
    public int rows() {
        return rows;
    }

    /**
     * The shape of one example.
     *
     * @return The layout's shape.
     */
    public Shape shape() {
        return shape;
    }

    /**
     * The number of feature values of an example.
     *
     * @return The product of the shape's extents.
     */
    public int featureLength() {
        return featureLength;
    }

    /**
     * The number of target values of an example.
     *
     * @return The adapter's size.
     */
    public int targetLength() {
        return targetLength;
    }

    /**
     * How many features the layout used over all examples.
     *
     * @return The sum.
     */
    public long featuresUsed() {
        return featuresUsed;
    }

    /** Whether the values are those of the examples and not copies. */
    boolean sharesValues() {
        return features instanceof FeatureRows.Shared;
    }

    /**
     * The digest of all values: the SHA-256 of the number of rows and the lengths of features and targets as three 64-bit
     * integers, then every row's features and targets as 32-bit floats, all little-endian.
     *
     * @return 64 lower-case hexadecimal digits.
     */
    public String digest() {
        MessageDigest digest = Digests.newSha256();
        ByteBuffer header = ByteBuffer.allocate(3 * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        digest.update(header.putLong(rows)
                .putLong(featureLength)
                .putLong(targetLength)
                .array());
        ByteBuffer buffer = ByteBuffer.allocate(Float.BYTES * (featureLength + targetLength))
                .order(ByteOrder.LITTLE_ENDIAN);
        float[] values = new float[featureLength];
        for (int row = 0; row < rows; row++) {
            buffer.clear();
            FloatBuffer floats = buffer.asFloatBuffer();
            features.copy(row, values, 0);
            floats.put(values, 0, featureLength);
            floats.put(targets, row * targetLength, targetLength);
            digest.update(buffer.array());
        }
        return Digests.hex(digest.digest());
    }

    /**
     * Copies the features of an example, height, width, channels.
     *
     * @param row         The example, from 0.
     * @param destination Where to write.
     * @param offset      Where the first value goes.
     */
    public void copyFeatures(int row, float[] destination, int offset) {
        Objects.checkIndex(row, rows);
        features.copy(row, destination, offset);
    }

    /**
     * Copies the target of an example.
     *
     * @param row         The example, from 0.
     * @param destination Where to write.
     * @param offset      Where the first value goes.
     */
    public void copyTarget(int row, float[] destination, int offset) {
        Objects.checkIndex(row, rows);
        System.arraycopy(targets, row * targetLength, destination, offset, targetLength);
    }

    /**
     * One feature value.
     *
     * @param row   The example.
     * @param place The place in the example.
     * @return The value.
     */
    float feature(int row, int place) {
        return features.value(row, place);
    }
}
