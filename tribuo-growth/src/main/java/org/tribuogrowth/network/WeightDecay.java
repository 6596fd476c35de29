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
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.shade.jackson.annotation.JsonAutoDetect;

/**
 * Weight decay that is not part of the reported loss. Coupled, it adds {@code coefficient * w} to the gradient before the
 * optimiser, as SGD with L2 does; decoupled, it subtracts {@code learning rate * coefficient * w} after it, as AdamW does
 * (Loshchilov and Hutter, Decoupled weight decay regularization, ICLR 2019).
 */
@JsonAutoDetect(
        fieldVisibility = JsonAutoDetect.Visibility.ANY,
        getterVisibility = JsonAutoDetect.Visibility.NONE,
        isGetterVisibility = JsonAutoDetect.Visibility.NONE,
        setterVisibility = JsonAutoDetect.Visibility.NONE)
public final class WeightDecay implements Regularization {
    private static final long serialVersionUID = 1L;

    private double coefficient;
    private boolean decoupled;

    private WeightDecay() {
        // For DL4J's JSON.
    }

    /**
     * Makes a weight decay.
     *
     * @param coefficient The coefficient, at least 0.
     * @param decoupled   Whether the decay is decoupled from the optimiser.
     */
    public WeightDecay(double coefficient, boolean decoupled) {
        this.coefficient = coefficient;
        this.decoupled = decoupled;
    }

    double coefficient() {
        return coefficient;
    }

    boolean decoupled() {
        return decoupled;
    }

    @Override
    public ApplyStep applyStep() {
        return decoupled ? ApplyStep.POST_UPDATER : ApplyStep.BEFORE_UPDATER;
    }

    @Override
    public void apply(INDArray parameters, INDArray gradients, double learningRate, int iteration, int epoch) {
        double scale = decoupled ? learningRate * coefficient : coefficient;
        Nd4j.getBlasWrapper().level1().axpy(parameters.length(), scale, parameters, gradients);
    }

    @Override
    public double score(INDArray parameters, int iteration, int epoch) {
        return 0;
    }

    @Override
    public WeightDecay clone() {
        return new WeightDecay(coefficient, decoupled);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WeightDecay that && coefficient == that.coefficient && decoupled == that.decoupled;
    }

    @Override
    public int hashCode() {
        return Double.hashCode(coefficient) + (decoupled ? 1 : 0);
    }

    @Override
    public String toString() {
        return "WeightDecay(coefficient=" + coefficient + ",decoupled=" + decoupled + ")";
    }
}
