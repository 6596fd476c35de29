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

package org.tribuogrowth.network;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.tribuogrowth.architecture.MaskStatistics;
import org.tribuogrowth.architecture.ParameterRole;
import org.tribuogrowth.architecture.Reparameterisation.Thresholds;
import org.tribuogrowth.architecture.ThresholdSharing;
import org.tribuogrowth.kernel.MaskGeometry;
import org.tribuogrowth.kernel.MaskKernel;

/**
 * The masking of one array of weights by its thresholds (Liu and others, Dynamic sparse training, ICLR 2020, section 3).
 * It owns the masked weights, with which the layer computes, and turns their gradient into those of weights and
 * thresholds. Weights and thresholds themselves are views into the network's flat vector.
 *
 * <p>Where several matrices are stacked, as those of the gates of a long short-term memory, each is a part of its own: its
 * thresholds are set back for what it keeps itself.
 */
final class WeightMask implements AutoCloseable {
    private final ParameterisedLayer<?> layer;
    private final ParameterRole role;
    private final Thresholds thresholds;
    private final long weights;
    private final int partWeights;
    private final int partThresholds;
    private final int parts;
    private final MaskKernel kernel;
    private final INDArray masked;
    private final float[] values;
    private final float[] gradients;
    private double pressure;
    private int resets;
    private boolean finite = true;

    /**
     * Makes the masking of an array.
     *
     * @param layer      The layer; it has the weights and thresholds for them.
     * @param role       The role of the weights.
     * @param thresholds How they are masked.
     * @param stacked    How many matrices of as many rows the array consists of.
     */
    WeightMask(ParameterisedLayer<?> layer, ParameterRole role, Thresholds thresholds, int stacked) {
        this.layer = layer;
        this.role = role;
        this.thresholds = thresholds;
        // One threshold for all cannot be set back for a part of them.
        this.parts = thresholds.sharing() == ThresholdSharing.MATRIX ? 1 : stacked;
        INDArray weight = layer.parameter(role);
        this.weights = weight.length();
        int allRows = Math.toIntExact(weight.size(0));
        int rows = allRows / parts;
        MaskGeometry geometry = new MaskGeometry(rows, Math.toIntExact(weights / allRows), thresholds.sharing());
        this.kernel = layer.kernelMaker().masking(geometry, weight.dataType());
        this.masked = layer.newArrayLike(weight);
        this.partWeights = Math.toIntExact(geometry.weights());
        this.partThresholds = Math.toIntExact(geometry.thresholds());
        this.values = new float[parts * partThresholds];
        this.gradients = new float[values.length];
    }

    /** The memory of the masked weights, which stays where it is. */
    INDArray masked() {
        return masked;
    }

    /** Sets alpha, the weight of the sum of exp(-t) in the loss. */
    void setPressure(double alpha) {
        pressure = alpha;
    }

    /**
     * Masks the weights as they are now.
     *
     * @param training Whether thresholds that leave too little are set back to 0, and the weights masked again.
     * @return Whether they were.
     */
    boolean mask(boolean training) {
        boolean anyReset = false;
        for (int part = 0; part < parts; part++) {
            long kept = forward(part);
            if (training && thresholds.resets(kept, partWeights)) {
                NativeArrays.write(new float[partThresholds], thresholds(part));
                forward(part);
                resets++;
                anyReset = true;
            }
        }
        return anyReset;
    }

    private long forward(int part) {
        return kernel.forward(weights(layer.parameter(role), part), thresholds(part), weights(masked, part), null);
    }

    private INDArray weights(INDArray all, int part) {
        return part(all, part, partWeights);
    }

    private INDArray thresholds(int part) {
        return part(layer.parameter(role.threshold()), part, partThresholds);
    }

    private INDArray part(INDArray all, int part, int length) {
        if (parts == 1) {
            return all;
        }
        long first = (long) part * length;
        return all.reshape('c', new long[] {all.length()}).get(NDArrayIndex.interval(first, first + length));
    }

    /**
     * Replaces the gradient of the masked weights, which is where that of the weights belongs, by that of the weights,
     * and computes that of the thresholds: through the mask, and {@code -alpha exp(-t)}.
     *
     * @param rows The number of examples of the minibatch: gradients are summed over them, so the penalty's counts once
     *             an example.
     */
    void backward(int rows) {
        INDArray threshold = layer.parameter(role.threshold());
        INDArray thresholdGradient = layer.gradient(role.threshold());
        for (int part = 0; part < parts; part++) {
            INDArray weightGradient = weights(layer.gradient(role), part);
            kernel.backward(
                    weights(layer.parameter(role), part),
                    thresholds(part),
                    weightGradient,
                    weightGradient,
                    part(thresholdGradient, part, partThresholds));
        }
        NativeArrays.read(threshold, values, 0);
        NativeArrays.read(thresholdGradient, gradients, 0);
        finite = true;
        double scale = rows * pressure;
        for (int i = 0; i < values.length; i++) {
            gradients[i] -= (float) (scale * Math.exp(-values[i]));
            finite &= Float.isFinite(values[i]) && Float.isFinite(gradients[i]);
        }
        NativeArrays.write(gradients, thresholdGradient);
    }

    /** Whether thresholds and their gradients were finite in the last backward pass. */
    boolean isFinite() {
        return finite;
    }

    /** What the thresholds do now; counts resets anew. */
    MaskStatistics takeStatistics() {
        long kept = 0;
        for (int part = 0; part < parts; part++) {
            kept += forward(part);
        }
        NativeArrays.read(layer.parameter(role.threshold()), values, 0);
        double least = Double.POSITIVE_INFINITY;
        double greatest = Double.NEGATIVE_INFINITY;
        double sum = 0.0;
        for (float value : values) {
            least = Math.min(least, value);
            greatest = Math.max(greatest, value);
            sum += value;
        }
        int counted = resets;
        resets = 0;
        return new MaskStatistics(kept, weights, least, sum / values.length, greatest, counted);
    }

    @Override
    public void close() {
        kernel.close();
        OperationLayer.free(masked);
    }
}
