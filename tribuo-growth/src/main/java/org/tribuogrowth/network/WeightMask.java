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
import org.tribuogrowth.architecture.MaskStatistics;
import org.tribuogrowth.architecture.ParameterRole;
import org.tribuogrowth.architecture.Reparameterisation.Thresholds;
import org.tribuogrowth.kernel.MaskGeometry;
import org.tribuogrowth.kernel.MaskKernel;

/**
 * The masking of one layer's weights by its thresholds (Liu and others, Dynamic sparse training, ICLR 2020, section 3).
 * It owns the masked weights, with which the layer computes, and turns their gradient into those of weights and
 * thresholds. Weights and thresholds themselves are views into the network's flat vector.
 */
final class WeightMask implements AutoCloseable {
    private final ParameterisedLayer<?> layer;
    private final Thresholds thresholds;
    private final long weights;
    private final MaskKernel kernel;
    private final INDArray masked;
    private final float[] values;
    private final float[] gradients;
    private double pressure;
    private int resets;
    private boolean finite = true;

    /**
     * Makes the masking of a layer.
     *
     * @param layer      The layer; it has weights and thresholds.
     * @param thresholds How it is masked.
     */
    WeightMask(ParameterisedLayer<?> layer, Thresholds thresholds) {
        this.layer = layer;
        this.thresholds = thresholds;
        INDArray weight = layer.parameter(ParameterRole.WEIGHT);
        this.weights = weight.length();
        int rows = Math.toIntExact(weight.size(0));
        MaskGeometry geometry = new MaskGeometry(rows, Math.toIntExact(weights / rows), thresholds.sharing());
        this.kernel = layer.kernelMaker().masking(geometry, weight.dataType());
        this.masked = layer.newArrayLike(weight);
        this.values = new float[Math.toIntExact(geometry.thresholds())];
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
        long kept = forward();
        if (!training || !thresholds.resets(kept, weights)) {
            return false;
        }
        NativeArrays.write(new float[values.length], layer.parameter(ParameterRole.THRESHOLD));
        forward();
        resets++;
        return true;
    }

    private long forward() {
        return kernel.forward(
                layer.parameter(ParameterRole.WEIGHT), layer.parameter(ParameterRole.THRESHOLD), masked, null);
    }

    /**
     * Replaces the gradient of the masked weights, which is where that of the weights belongs, by that of the weights,
     * and computes that of the thresholds: through the mask, and {@code -alpha exp(-t)}.
     *
     * @param rows The size of the minibatch: gradients are summed over it, so the penalty's counts once a row.
     */
    void backward(int rows) {
        INDArray weightGradient = layer.gradient(ParameterRole.WEIGHT);
        INDArray thresholdGradient = layer.gradient(ParameterRole.THRESHOLD);
        INDArray threshold = layer.parameter(ParameterRole.THRESHOLD);
        kernel.backward(
                layer.parameter(ParameterRole.WEIGHT), threshold, weightGradient, weightGradient, thresholdGradient);
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
        long kept = forward();
        NativeArrays.read(layer.parameter(ParameterRole.THRESHOLD), values, 0);
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
