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

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The checks of a normalisation's arguments. */
abstract class NormalisationBase extends KernelBase implements NormalisationKernel {
    private final NormalisationGeometry geometry;
    private boolean trained;

    NormalisationBase(NormalisationGeometry geometry, DataType type) {
        super("normalisation", type);
        this.geometry = geometry;
    }

    @Override
    public final void forwardTraining(
            INDArray x, INDArray gamma, INDArray beta, INDArray mean, INDArray variance, INDArray y) {
        checkForward(x, gamma, beta, mean, variance, y);
        computeForwardTraining(x, gamma, beta, mean, variance, y);
        trained = true;
    }

    @Override
    public final void forwardInference(
            INDArray x, INDArray gamma, INDArray beta, INDArray mean, INDArray variance, INDArray y) {
        checkForward(x, gamma, beta, mean, variance, y);
        computeForwardInference(x, gamma, beta, mean, variance, y);
    }

    @Override
    public final void backward(
            INDArray x,
            INDArray gamma,
            INDArray beta,
            INDArray mean,
            INDArray variance,
            INDArray y,
            INDArray dy,
            INDArray dx,
            INDArray dGamma,
            INDArray dBeta) {
        checkForward(x, gamma, beta, mean, variance, y);
        checkExamples("dy", dy);
        checkExamples("dx", dx);
        checkLength("dGamma", dGamma, geometry.channels());
        checkLength("dBeta", dBeta, geometry.channels());
        if (!trained) {
            throw new IllegalStateException(
                    "The normalisation kernel has had no forward pass in training to go back through");
        }
        computeBackward(x, gamma, beta, mean, variance, y, dy, dx, dGamma, dBeta);
    }

    /** Computes {@link #forwardTraining} with checked arguments. */
    abstract void computeForwardTraining(
            INDArray x, INDArray gamma, INDArray beta, INDArray mean, INDArray variance, INDArray y);

    /** Computes {@link #forwardInference} with checked arguments. */
    abstract void computeForwardInference(
            INDArray x, INDArray gamma, INDArray beta, INDArray mean, INDArray variance, INDArray y);

    /** Computes {@link #backward} with checked arguments. */
    abstract void computeBackward(
            INDArray x,
            INDArray gamma,
            INDArray beta,
            INDArray mean,
            INDArray variance,
            INDArray y,
            INDArray dy,
            INDArray dx,
            INDArray dGamma,
            INDArray dBeta);

    private void checkForward(INDArray x, INDArray gamma, INDArray beta, INDArray mean, INDArray variance, INDArray y) {
        checkOpen();
        checkExamples("x", x);
        checkLength("gamma", gamma, geometry.channels());
        checkLength("beta", beta, geometry.channels());
        checkLength("mean", mean, geometry.channels());
        checkLength("variance", variance, geometry.channels());
        checkExamples("y", y);
    }

    private void checkExamples(String argument, INDArray array) {
        checkLength(argument, array, (long) geometry.batch() * geometry.positions() * geometry.channels());
        if (array.size(0) != geometry.batch() || array.size(array.rank() - 1) != geometry.channels()) {
            throw new IllegalArgumentException("Argument " + argument + " of the normalisation kernel: found shape "
                    + Arrays.toString(array.shape()) + ", allowed batch " + geometry.batch() + " first and "
                    + geometry.channels() + " channels last");
        }
    }
}
