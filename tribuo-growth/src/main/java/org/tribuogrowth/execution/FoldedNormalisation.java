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

package org.tribuogrowth.execution;

import java.nio.FloatBuffer;
import org.tribuogrowth.architecture.LayerSpec;
import org.tribuogrowth.architecture.ParameterRole;

/**
 * Batch normalisation by running statistics, and gates, as factors of weights and a bias: a unit's weights are multiplied
 * by {@code gate * gamma / sqrt(variance + epsilon)}, its bias is {@code gate * beta} minus the mean times that factor.
 */
final class FoldedNormalisation implements EffectiveWeights.Scaling {
    private final FloatBuffer gamma;
    private final FloatBuffer beta;
    private final FloatBuffer mean;
    private final FloatBuffer variance;
    private final FloatBuffer gates;
    private final float[] values;
    private final float[] gateValues;

    FoldedNormalisation(ParameterMemory memory, LayerSpec layer, int units) {
        this.gamma = floats(memory.parameter(layer, ParameterRole.GAMMA), units);
        this.beta = floats(memory.parameter(layer, ParameterRole.BETA), units);
        this.mean = floats(memory.parameter(layer, ParameterRole.MEAN), units);
        this.variance = floats(memory.parameter(layer, ParameterRole.VARIANCE), units);
        this.gates = memory.gates(layer) == 0 ? null : floats(memory.gates(layer), units);
        this.values = new float[units];
        this.gateValues = new float[units];
    }

    private static FloatBuffer floats(long address, int units) {
        return Tensor.fixed((long) units * Float.BYTES, address).floats();
    }

    @Override
    public void compute(float[] factors, float[] bias) {
        int units = values.length;
        variance.get(0, values, 0, units);
        for (int unit = 0; unit < units; unit++) {
            factors[unit] = (float) (1.0 / Math.sqrt(values[unit] + LayerSpec.NORMALISATION_EPSILON));
        }
        gamma.get(0, values, 0, units);
        for (int unit = 0; unit < units; unit++) {
            factors[unit] *= values[unit];
        }
        beta.get(0, bias, 0, units);
        if (gates != null) {
            gates.get(0, gateValues, 0, units);
            for (int unit = 0; unit < units; unit++) {
                factors[unit] *= gateValues[unit];
                bias[unit] *= gateValues[unit];
            }
        }
        mean.get(0, values, 0, units);
        for (int unit = 0; unit < units; unit++) {
            bias[unit] -= values[unit] * factors[unit];
        }
    }
}
