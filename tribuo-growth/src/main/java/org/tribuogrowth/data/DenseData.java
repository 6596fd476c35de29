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
import java.util.Arrays;
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
 * A dataset as blocks of floats, made once: features, targets and weights, one row an example, in the order of the dataset.
 * Examples of weight 0 have no row, so that nothing that is made of the data depends on them. No example is kept. Immutable
 * and thread-safe.
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
    /** Null where all weights are 1. */
    private final float[] weights;

    private final long featuresUsed;

    /** Whether the targets are the classes of the pixels of the images. */
    private final boolean masks;

    private DenseData(
            int rows,
            Shape shape,
            int featureLength,
            int targetLength,
            FeatureRows features,
            float[] targets,
            float[] weights,
            long featuresUsed,
            boolean masks) {
        this.rows = rows;
        this.shape = shape;
        this.featureLength = featureLength;
        this.targetLength = targetLength;
        this.features = features;
        this.targets = targets;
        this.weights = weights;
        this.featuresUsed = featuresUsed;
        this.masks = masks;
    }

    /**
     * Converts a dataset.
     *
     * @param dataset The examples.
     * @param layout  Where features go.
     * @param outputs The output domain; for training data the dataset's own, taken once by the caller because each call
     *                of {@link Dataset#getOutputIDInfo()} makes a new one.
     * @param adapter How outputs become targets.
     * @param scores  The shape of the scores that the network gives, for each position of which there may be a target.
     * @param <T>     The output type.
     * @return The data.
     * @throws IllegalArgumentException If the adapter's loss is not for scores of that shape, there are no examples, or none with a weight above 0, a weight is negative or not
     *                                  finite, outputs are of another type than the adapter's, an output is unknown or
     *                                  outside the domain, an example
     *                                  has no feature that the layout knows, a value is not a finite 32-bit number, or
     *                                  there are more values than an array can hold and the examples do not hold them
     *                                  in the layout's order themselves. The message counts or names the
     *                                  examples from 0.
     */
    public static <T extends Output<T>> DenseData of(
            Dataset<T> dataset,
            BoundLayout layout,
            ImmutableOutputInfo<T> outputs,
            OutputAdapter<T> adapter,
            Shape scores) {
        return of(dataset, layout, outputs, adapter, scores, LARGEST_COPY);
    }

    /**
     * Converts a dataset for a network with one row of scores an example.
     *
     * @param dataset The examples.
     * @param layout  Where features go.
     * @param outputs The output domain.
     * @param adapter How outputs become targets.
     * @param <T>     The output type.
     * @return The data.
     * @throws IllegalArgumentException As with the shape of a vector.
     */
    public static <T extends Output<T>> DenseData of(
            Dataset<T> dataset, BoundLayout layout, ImmutableOutputInfo<T> outputs, OutputAdapter<T> adapter) {
        return of(dataset, layout, outputs, adapter, new Shape.Vector(adapter.size(outputs), 1), LARGEST_COPY);
    }

    static <T extends Output<T>> DenseData of(
            Dataset<T> dataset,
            BoundLayout layout,
            ImmutableOutputInfo<T> outputs,
            OutputAdapter<T> adapter,
            Shape scores,
            int largestCopy) {
        if (dataset.size() == 0) {
            throw new IllegalArgumentException("The dataset has no examples");
        }
        long unknown = dataset.getOutputInfo().getUnknownCount();
        if (unknown > 0) {
            throw new IllegalArgumentException(
                    "The dataset has " + unknown + " examples with an unknown output, all outputs must be known");
        }
        requireType(dataset.getExample(0).getOutput(), adapter);
        float[] weights = weights(dataset);
        int rows = weights.length;
        int featureLength = layout.length();
        int targetLength = adapter.loss().targetLength(adapter.size(outputs), scores.positions());
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
        int number = -1;
        for (Example<T> example : dataset) {
            number++;
            if (example.getWeight() == 0f) {
                continue;
            }
            int offset = shared ? 0 : row * featureLength;
            int used = layout.write(example, features, offset);
            if (used == 0) {
                firstWithoutFeatures = withoutFeatures == 0 ? number : firstWithoutFeatures;
                withoutFeatures++;
            }
            featuresUsed += used;
            checkFinite(features, offset, featureLength, number);
            if (shared) {
                values.add(((DenseExample<T>) example).values());
            }
            encode(example, number, outputs, adapter, scores, targets, row * targetLength);
            row++;
        }
        if (withoutFeatures > 0) {
            throw new IllegalArgumentException(
                    withoutFeatures + " of " + rows + " examples have no feature that the layout ("
                            + layout.shape().describe() + ") knows, the first is example " + firstWithoutFeatures
                            + "; every example needs at least one");
        }
        FeatureRows kept = shared ? new FeatureRows.Shared(values) : new FeatureRows.Floats(features, featureLength);
        return new DenseData(
                rows,
                layout.shape(),
                featureLength,
                targetLength,
                kept,
                targets,
                allOne(weights) ? null : weights,
                featuresUsed,
                areMasks(adapter, layout.shape(), scores));
    }

    private static boolean areMasks(OutputAdapter<?> adapter, Shape input, Shape scores) {
        return adapter.loss().isOfClassNumbers()
                && input instanceof Shape.Image image
                && scores instanceof Shape.Image map
                && image.height() == map.height()
                && image.width() == map.width();
    }

    /** A configuration is not checked by the compiler: data and adapter may be of two types. */
    private static void requireType(Output<?> output, OutputAdapter<?> adapter) {
        Class<?> type = adapter.typeWitness();
        if (!type.isInstance(output)) {
            throw new IllegalArgumentException(
                    "The outputs of the data are of type " + output.getClass().getSimpleName() + ", but "
                            + adapter.getClass().getSimpleName() + " is for outputs of type " + type.getSimpleName());
        }
    }

    /** The weights of the examples that count. */
    private static <T extends Output<T>> float[] weights(Dataset<T> dataset) {
        float[] weights = new float[dataset.size()];
        int number = 0;
        int rows = 0;
        for (Example<T> example : dataset) {
            float weight = example.getWeight();
            if (!(weight >= 0f && weight < Float.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("Example " + number + " has the weight " + weight
                        + ", allowed are finite numbers of at least 0");
            }
            if (weight > 0f) {
                weights[rows] = weight;
                rows++;
            }
            number++;
        }
        if (rows == 0) {
            throw new IllegalArgumentException(
                    "All " + number + " examples have the weight 0; at least one must have a weight above 0");
        }
        return Arrays.copyOf(weights, rows);
    }

    private static boolean allOne(float[] weights) {
        for (float weight : weights) {
            if (weight != 1f) {
                return false;
            }
        }
        return true;
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
            Shape scores,
            float[] targets,
            int offset) {
        try {
            adapter.encode(example.getOutput(), outputs, scores, targets, offset);
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
     * The number of examples that count.
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
     * @return That of the adapter's loss: one for each output unit, or one for each position.
     */
    public int targetLength() {
        return targetLength;
    }

    /**
     * Whether the targets are masks: the numbers of the classes of an image's pixels, row after row.
     *
     * @return False if targets are something else, or images without masks of their size.
     */
    public boolean hasMasks() {
        return masks;
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
     * integers, then every row's features and targets as 32-bit floats, all little-endian. Where not all weights are 1,
     * each row's weight follows its targets.
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
        int rowLength = featureLength + targetLength + (isWeighted() ? 1 : 0);
        ByteBuffer buffer = ByteBuffer.allocate(Float.BYTES * rowLength).order(ByteOrder.LITTLE_ENDIAN);
        float[] values = new float[featureLength];
        for (int row = 0; row < rows; row++) {
            buffer.clear();
            FloatBuffer floats = buffer.asFloatBuffer();
            features.copy(row, values, 0);
            floats.put(values, 0, featureLength);
            floats.put(targets, row * targetLength, targetLength);
            if (isWeighted()) {
                floats.put(weights[row]);
            }
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

    /**
     * One value of a target.
     *
     * @param row    The example.
     * @param output The place in the target.
     * @return The value.
     */
    float target(int row, int output) {
        return targets[row * targetLength + output];
    }

    /**
     * Whether examples count differently.
     *
     * @return False if all weights are 1.
     */
    public boolean isWeighted() {
        return weights != null;
    }

    /**
     * How much an example counts.
     *
     * @param row The example, from 0.
     * @return Its weight, finite and above 0.
     */
    public float weight(int row) {
        Objects.checkIndex(row, rows);
        return weights == null ? 1f : weights[row];
    }
}
