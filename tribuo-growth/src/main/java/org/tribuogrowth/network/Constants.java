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

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.tribuogrowth.architecture.Activation;
import org.tribuogrowth.architecture.LayerSpec;
import org.tribuogrowth.architecture.ParameterRole;

/**
 * Which units of which layers have one value at every place of the image and for every input, in inference: propagated
 * from layer to layer, beginning with units without weights. A constant that meets zero padding is none any more.
 */
final class Constants {
    /** What stands for a unit that is not constant; sums and products with it are it again. */
    private static final double VARYING = Double.NaN;

    private final ShrinkingNetwork network;
    private final Map<String, double[]> byLayer = new HashMap<>();

    Constants(ShrinkingNetwork network) {
        this.network = network;
        double[] input = new double[network.width(LayerSpec.INPUT)];
        Arrays.fill(input, VARYING);
        byLayer.put(LayerSpec.INPUT, input);
        for (LayerSpec layer : network.architecture().layers()) {
            double[] constants = of(layer);
            for (int unit = 0; unit < constants.length; unit++) {
                if (!Double.isFinite(constants[unit])) {
                    constants[unit] = VARYING;
                }
            }
            byLayer.put(layer.name(), constants);
        }
    }

    /** The constant values of a layer's units, not a number where they vary. */
    double[] of(String layer) {
        return byLayer.get(layer);
    }

    private double[] of(LayerSpec layer) {
        if (layer instanceof LayerSpec.Embedding) {
            double[] varying = new double[network.width(layer.name())];
            Arrays.fill(varying, VARYING);
            return varying;
        }
        if (layer instanceof LayerSpec.Lstm lstm) {
            boolean[] silent = network.silent(lstm);
            double[] constants = new double[silent.length];
            for (int unit = 0; unit < silent.length; unit++) {
                constants[unit] = silent[unit] ? 0.0 : VARYING;
            }
            return constants;
        }
        double[] read = byLayer.get(layer.inputs().get(0)).clone();
        if (layer instanceof LayerSpec.Affine affine) {
            double[] constants = product(layer, affine.bias());
            if (affine.batchNormalisation()) {
                normalise(layer, constants);
            }
            return apply(affine.activation(), constants);
        }
        if (layer instanceof LayerSpec.Output) {
            return product(layer, true);
        }
        if (layer instanceof LayerSpec.BatchNormalisation normalisation) {
            normalise(layer, read);
            return apply(normalisation.activation(), read);
        }
        if (layer instanceof LayerSpec.ActivationFunction function) {
            return apply(function.function(), read);
        }
        if (layer instanceof LayerSpec.Sum sum) {
            for (String other : sum.inputs().subList(1, sum.inputs().size())) {
                double[] summand = byLayer.get(other);
                for (int unit = 0; unit < read.length; unit++) {
                    read[unit] += summand[unit];
                }
            }
            return apply(sum.activation(), read);
        }
        if (layer instanceof LayerSpec.Concatenation) {
            return layer.inputs().stream()
                    .flatMapToDouble(input -> Arrays.stream(byLayer.get(input)))
                    .toArray();
        }
        if (passesOn(layer)) {
            return read;
        }
        throw new AssertionError("Unknown layer type " + layer.getClass().getName());
    }

    /**
     * Whether a layer gives a constant on as it is, added to what it reads or alone. Padding does not count in pooling,
     * there is no dropout in inference, and between equal pixels there are equal ones.
     */
    static boolean passesOn(LayerSpec layer) {
        return layer instanceof LayerSpec.Pooling
                || layer instanceof LayerSpec.GlobalPooling
                || layer instanceof LayerSpec.Dropout
                || layer instanceof LayerSpec.Flatten
                || layer instanceof LayerSpec.Resize
                || layer instanceof LayerSpec.LastStep;
    }

    private double[] product(LayerSpec layer, boolean biased) {
        double[] read = byLayer.get(layer.inputs().get(0));
        double[] sums = new double[network.width(layer.name())];
        if (biased) {
            float[] bias = network.values(layer, ParameterRole.BIAS);
            for (int unit = 0; unit < sums.length; unit++) {
                sums[unit] = bias[unit];
            }
        }
        network.forEachWeight(layer, (output, input, everywhere, weight) -> {
            if (read[input] != 0.0) {
                sums[output] += everywhere ? weight * read[input] : VARYING;
            }
        });
        return sums;
    }

    private void normalise(LayerSpec layer, double[] constants) {
        float[] gamma = network.values(layer, ParameterRole.GAMMA);
        float[] beta = network.values(layer, ParameterRole.BETA);
        float[] mean = network.values(layer, ParameterRole.MEAN);
        float[] variance = network.values(layer, ParameterRole.VARIANCE);
        for (int unit = 0; unit < constants.length; unit++) {
            // A factor of 0 makes a constant of whatever there was before.
            constants[unit] = gamma[unit] == 0
                    ? beta[unit]
                    : beta[unit]
                            + gamma[unit]
                                    * (constants[unit] - mean[unit])
                                    / Math.sqrt(variance[unit] + LayerSpec.NORMALISATION_EPSILON);
        }
    }

    private static double[] apply(Activation activation, double[] values) {
        for (int unit = 0; unit < values.length; unit++) {
            values[unit] = switch (activation) {
                case IDENTITY -> values[unit];
                case RELU -> Math.max(values[unit], 0.0);
                case TANH -> Math.tanh(values[unit]);
                case SIGMOID -> 1.0 / (1.0 + Math.exp(-values[unit]));
                case SOFTMAX -> throw new AssertionError("Softmax is for outputs only");
            };
        }
        return values;
    }
}
