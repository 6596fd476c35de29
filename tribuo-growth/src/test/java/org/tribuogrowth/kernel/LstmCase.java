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

package org.tribuogrowth.kernel;

import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A long short-term memory; the states before the first and after the last step are given, or asked for, or not. */
final class LstmCase extends KernelCase<LstmKernel> {
    private final LstmGeometry geometry;
    private final INDArray x;
    private final LstmParameters parameters;
    private final LstmState initial;
    private final INDArray dy;
    private final LstmState dLast;

    LstmCase(LstmGeometry geometry, long seed, DataType type) {
        super(seed, type);
        this.geometry = geometry;
        this.x = arrays.normal(geometry.inputShape());
        this.parameters = new LstmParameters(
                arrays.normal(geometry.inputWeightShape()).divi(Math.sqrt(geometry.inputs())),
                arrays.normal(geometry.recurrentWeightShape()).divi(Math.sqrt(geometry.units())),
                arrays.normal(1, geometry.biasLength()));
        this.initial = arrays.coin() ? normalState() : null;
        this.dy = arrays.normal(geometry.outputShape());
        this.dLast = arrays.coin() ? normalState() : null;
    }

    private LstmState normalState() {
        return new LstmState(arrays.normal(geometry.stateShape()), arrays.normal(geometry.stateShape()));
    }

    private LstmState outputState() {
        return new LstmState(arrays.output(geometry.stateShape()), arrays.output(geometry.stateShape()));
    }

    @Override
    LstmKernel open(Kernels kernels) {
        return kernels.lstm(geometry, type);
    }

    @Override
    Map<String, INDArray> run(LstmKernel kernel) {
        INDArray y = arrays.output(geometry.outputShape());
        LstmState last = dLast == null ? null : outputState();
        INDArray inferred = arrays.output(geometry.outputShape());
        LstmState inferredLast = dLast == null ? null : outputState();
        INDArray dx = arrays.output(geometry.inputShape());
        LstmParameters dParameters = new LstmParameters(
                arrays.output(geometry.inputWeightShape()),
                arrays.output(geometry.recurrentWeightShape()),
                arrays.output(geometry.biasLength()));
        LstmState dInitial = initial == null ? null : outputState();
        kernel.forward(x, parameters, initial, y, last, true);
        // Between the two passes and from another state, so that it must not disturb what the first left behind.
        kernel.forward(x, parameters, null, arrays.output(geometry.outputShape()), null, false);
        kernel.forward(x, parameters, initial, inferred, inferredLast, false);
        kernel.backward(x, parameters, initial, y, dy, dLast, dx, dParameters, dInitial);
        Map<String, INDArray> results = new LinkedHashMap<>();
        results.put("y", y);
        results.put("inferred", inferred);
        if (last != null) {
            results.put("last hidden", last.hidden());
            results.put("last cell", last.cell());
            results.put("inferred last hidden", inferredLast.hidden());
            results.put("inferred last cell", inferredLast.cell());
        }
        results.put("dx", dx);
        results.put("dInputWeights", dParameters.inputWeights());
        results.put("dRecurrentWeights", dParameters.recurrentWeights());
        results.put("dBias", dParameters.bias());
        if (dInitial != null) {
            results.put("dInitial hidden", dInitial.hidden());
            results.put("dInitial cell", dInitial.cell());
        }
        return results;
    }

    @Override
    double loss(LstmKernel kernel) {
        INDArray y = arrays.output(geometry.outputShape());
        if (dLast == null) {
            kernel.forward(x, parameters, initial, y, null, false);
            return weightedSum(y, dy);
        }
        LstmState last = outputState();
        kernel.forward(x, parameters, initial, y, last, false);
        return weightedSum(y, dy) + weightedSum(last.hidden(), dLast.hidden()) + weightedSum(last.cell(), dLast.cell());
    }

    @Override
    Map<String, INDArray> variables() {
        Map<String, INDArray> variables = new LinkedHashMap<>();
        variables.put("dx", x);
        variables.put("dInputWeights", parameters.inputWeights());
        variables.put("dRecurrentWeights", parameters.recurrentWeights());
        variables.put("dBias", parameters.bias());
        if (initial != null) {
            variables.put("dInitial hidden", initial.hidden());
            variables.put("dInitial cell", initial.cell());
        }
        return variables;
    }
}
