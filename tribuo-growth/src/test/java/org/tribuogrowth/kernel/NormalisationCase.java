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
import org.nd4j.linalg.ops.transforms.Transforms;

/** A normalisation of values far from zero, its backward pass in place or not. */
final class NormalisationCase extends KernelCase<NormalisationKernel> {
    /** A rectifier's input closer to zero may change its sign by rounding, or by a central difference's step. */
    private static final double KINK = 1e-3;

    private final NormalisationGeometry geometry;
    private final INDArray x;
    private final INDArray gamma;
    private final INDArray beta;
    private final INDArray dy;
    private final boolean inPlace;

    NormalisationCase(NormalisationGeometry geometry, long seed, DataType type) {
        super(seed, type);
        this.geometry = geometry;
        this.x = arrays.normal(geometry.batch(), 1, geometry.positions(), geometry.channels())
                .addi(3);
        this.gamma = arrays.normal(geometry.channels());
        this.beta = arrays.normal(1, geometry.channels());
        this.inPlace = arrays.coin();
        this.dy = arrays.normal(x.shape()).muli(awayFromTheKink());
    }

    /** One where the rectifier's input is clearly not zero, else zero: there, rounding decides what passes. */
    private INDArray awayFromTheKink() {
        NormalisationGeometry linear = new NormalisationGeometry(
                geometry.batch(), geometry.positions(), geometry.channels(), geometry.epsilon(), false);
        INDArray y = arrays.output(x.shape());
        try (NormalisationKernel kernel = Nd4jKernels.instance().normalisation(linear, type)) {
            kernel.forwardTraining(x, gamma, beta, vector(), vector(), y);
        }
        return Transforms.abs(y).gt(KINK).castTo(type);
    }

    @Override
    NormalisationKernel open(Kernels kernels) {
        return kernels.normalisation(geometry, type);
    }

    @Override
    Map<String, INDArray> run(NormalisationKernel kernel) {
        INDArray mean = vector();
        INDArray variance = arrays.output(1, geometry.channels());
        INDArray y = arrays.output(x.shape());
        INDArray inferred = arrays.output(x.shape());
        INDArray dyCopy = arrays.copy(dy);
        INDArray dx = inPlace ? dyCopy : arrays.output(x.shape());
        INDArray dGamma = arrays.output(geometry.channels(), 1);
        INDArray dBeta = vector();
        kernel.forwardTraining(x, gamma, beta, mean, variance, y);
        // Between the two passes, so that it must not disturb what the first left behind.
        kernel.forwardInference(x, gamma, beta, mean, variance, inferred);
        kernel.backward(x, gamma, beta, mean, variance, y, dyCopy, dx, dGamma, dBeta);
        Map<String, INDArray> results = new LinkedHashMap<>();
        results.put("mean", mean);
        results.put("variance", variance);
        results.put("y", y);
        results.put("inferred", inferred);
        results.put("dx", dx);
        results.put("dGamma", dGamma);
        results.put("dBeta", dBeta);
        return results;
    }

    @Override
    double scale(String result, Map<String, INDArray> expected) {
        double gradient = Math.max(1e-6, TestArrays.magnitude(dy));
        double rows = (double) geometry.batch() * geometry.positions();
        return switch (result) {
                // These three are sums of terms that cancel out.
            case "dx" -> gradient
                    * TestArrays.magnitude(gamma)
                    / Math.sqrt(expected.get("variance").minNumber().doubleValue() + geometry.epsilon());
            case "dGamma", "dBeta" -> gradient * Math.sqrt(rows);
            default -> super.scale(result, expected);
        };
    }

    @Override
    double loss(NormalisationKernel kernel) {
        INDArray y = arrays.output(x.shape());
        kernel.forwardTraining(x, gamma, beta, vector(), vector(), y);
        return weightedSum(y, dy);
    }

    @Override
    Map<String, INDArray> variables() {
        return Map.of("dx", x, "dGamma", gamma, "dBeta", beta);
    }

    private INDArray vector() {
        return arrays.output(geometry.channels());
    }
}
