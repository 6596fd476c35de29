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

import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The use of one kernel on random arrays. A test chooses whose kernel it is and what its results are held against.
 *
 * @param <K> The kind of kernel.
 */
abstract class KernelCase<K extends Kernel> {
    final TestArrays arrays;
    final DataType type;

    KernelCase(long seed, DataType type) {
        this.arrays = new TestArrays(seed, type);
        this.type = type;
    }

    /** Makes the kernel. */
    abstract K open(Kernels kernels);

    /**
     * Runs all passes.
     *
     * @return All results by name, new arrays on each call.
     */
    abstract Map<String, INDArray> run(K kernel);

    /**
     * What differences of a result are measured by.
     *
     * @param result   The result's name.
     * @param expected The results expected.
     */
    double scale(String result, Map<String, INDArray> expected) {
        return Math.max(1e-6, TestArrays.magnitude(expected.get(result)));
    }

    /** A number whose gradients {@link #run} computes: the sum of the outputs weighted by their gradients. */
    abstract double loss(K kernel);

    /** What the loss depends on, by the name of the result that is its gradient. */
    abstract Map<String, INDArray> variables();

    /** The sum of an output's elements, each times its gradient. */
    static double weightedSum(INDArray output, INDArray gradient) {
        double[] values = Nd4jArrays.view(output, 0, output.length()).toDoubleVector();
        double[] weights = Nd4jArrays.view(gradient, 0, gradient.length()).toDoubleVector();
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += values[i] * weights[i];
        }
        return sum;
    }
}
