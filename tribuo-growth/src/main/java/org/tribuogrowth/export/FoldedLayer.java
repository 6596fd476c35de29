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

package org.tribuogrowth.export;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.tribuogrowth.architecture.ActiveUnits;
import org.tribuogrowth.architecture.LayerSpec;
import org.tribuogrowth.architecture.ParameterRole;
import org.tribuogrowth.architecture.ParameterSpec;
import org.tribuogrowth.network.NetworkParameters;

/**
 * The weights and bias of a layer as ONNX has them: batch normalisation folded in, input units before positions where
 * this project has them after. Folding rounds as this project's own inference does.
 */
final class FoldedLayer {
    private final float[] weights;
    private final float[] bias;

    private FoldedLayer(float[] weights, float[] bias) {
        this.weights = weights;
        this.bias = bias;
    }

    /**
     * Folds.
     *
     * @param parameters The network.
     * @param layer      One of its layers that has weights.
     * @return The layer's weights and bias.
     */
    static FoldedLayer of(NetworkParameters parameters, LayerSpec layer) {
        Map<ParameterRole, ParameterSpec> specs = new HashMap<>();
        for (ParameterSpec spec : parameters.architecture().parameters()) {
            if (spec.layer().equals(layer.name())) {
                specs.put(spec.role(), spec);
            }
        }
        ParameterSpec bias = specs.get(ParameterRole.BIAS);
        ParameterSpec weight = specs.get(ParameterRole.WEIGHT);
        if (weight == null) {
            // Those of an embedding.
            return new FoldedLayer(new float[0], parameters.values(bias));
        }
        ActiveUnits all = ActiveUnits.all(parameters.architecture());
        float[] weights = inputsFirst(parameters.values(weight), weight, all);
        if (specs.containsKey(ParameterRole.GAMMA)) {
            return new FoldedLayer(weights, fold(parameters, specs, weights, weight.rowLength(all)));
        }
        return new FoldedLayer(weights, bias == null ? null : parameters.values(bias));
    }

    private static float[] inputsFirst(float[] values, ParameterSpec spec, ActiveUnits all) {
        int positions = spec.positions();
        if (!spec.hasInputGroup() || positions == 1) {
            return values;
        }
        int inputs = all.count(spec.inputGroup());
        int row = positions * inputs;
        float[] result = new float[values.length];
        for (int from = 0; from < values.length; from += row) {
            for (int position = 0; position < positions; position++) {
                for (int input = 0; input < inputs; input++) {
                    result[from + input * positions + position] = values[from + position * inputs + input];
                }
            }
        }
        return result;
    }

    /** Multiplies the weights in place. */
    private static float[] fold(
            NetworkParameters parameters, Map<ParameterRole, ParameterSpec> specs, float[] weights, int row) {
        float[] gamma = parameters.values(specs.get(ParameterRole.GAMMA));
        float[] beta = parameters.values(specs.get(ParameterRole.BETA));
        float[] mean = parameters.values(specs.get(ParameterRole.MEAN));
        float[] variance = parameters.values(specs.get(ParameterRole.VARIANCE));
        float[] bias = new float[beta.length];
        for (int unit = 0; unit < bias.length; unit++) {
            float factor = (float) (1.0 / Math.sqrt(variance[unit] + LayerSpec.NORMALISATION_EPSILON)) * gamma[unit];
            for (int i = unit * row; i < (unit + 1) * row; i++) {
                weights[i] *= factor;
            }
            bias[unit] = beta[unit] - mean[unit] * factor;
        }
        return bias;
    }

    /**
     * The weights: [units, inputs, positions], or [units, positions] of a depthwise convolution; none of an output that
     * shares those of an embedding. Not copied.
     */
    float[] weights() {
        return weights;
    }

    /** One value a unit, empty if the layer has neither bias nor batch normalisation. Not copied. */
    Optional<float[]> bias() {
        return Optional.ofNullable(bias);
    }
}
