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
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.tribuogrowth.execution.ClassTargets;
import org.tribuogrowth.execution.SampledClasses;
import org.tribuogrowth.output.Loss;
import org.tribuogrowth.output.SampledSoftmax;

/**
 * {@link Loss#CLASS_CROSS_ENTROPY} for DL4J's graph, over all classes or over each row's own and those drawn for the step. The labels are a column with the number of each row's class, below 0
 * for none, and the mask is a column with what each row's loss is multiplied by, as {@link ClassTargets} has them. It is
 * computed from the values before the softmax, in double precision and on the host.
 */
final class GraphClassLoss implements ILossFunction {
    private static final long serialVersionUID = 1L;

    /** Null where all classes are compared. */
    private final SampledSoftmax sampling;

    private final long seed;
    private transient SampledClasses sampled;

    /**
     * Makes the loss.
     *
     * @param sampling How classes are drawn; null to compare all.
     * @param seed     The seed of the classes drawn.
     */
    GraphClassLoss(SampledSoftmax sampling, long seed) {
        this.sampling = sampling;
        this.seed = seed;
    }

    /** Draws the classes of a step. */
    void begin(long step) {
        if (sampling != null) {
            if (sampled == null) {
                sampled = new SampledClasses(sampling, seed);
            }
            sampled.draw(step);
        }
    }

    /** Loss and gradient, computed together. */
    private record Result(double[] losses, double[] gradient) {}

    @Override
    public double computeScore(
            INDArray labels, INDArray preOutput, IActivation activationFn, INDArray mask, boolean average) {
        double sum = 0.0;
        for (double loss : compute(labels, preOutput, mask).losses()) {
            sum += loss;
        }
        return average ? sum / preOutput.size(0) : sum;
    }

    @Override
    public INDArray computeScoreArray(INDArray labels, INDArray preOutput, IActivation activationFn, INDArray mask) {
        double[] losses = compute(labels, preOutput, mask).losses();
        return GraphLoss.array(losses, preOutput.dataType(), losses.length, 1);
    }

    @Override
    public INDArray computeGradient(INDArray labels, INDArray preOutput, IActivation activationFn, INDArray mask) {
        return GraphLoss.array(compute(labels, preOutput, mask).gradient(), preOutput.dataType(), preOutput.shape());
    }

    @Override
    public Pair<Double, INDArray> computeGradientAndScore(
            INDArray labels, INDArray preOutput, IActivation activationFn, INDArray mask, boolean average) {
        return Pair.of(
                computeScore(labels, preOutput, activationFn, mask, average),
                computeGradient(labels, preOutput, activationFn, mask));
    }

    private Result compute(INDArray labels, INDArray preOutput, INDArray mask) {
        double[] values = GraphLoss.values(preOutput);
        double[] numbers = GraphLoss.values(labels);
        double[] factors = GraphLoss.values(mask);
        double[] losses = new double[numbers.length];
        int classes = values.length / numbers.length;
        for (int row = 0; row < numbers.length; row++) {
            losses[row] = differentiate(values, row * classes, classes, (int) numbers[row], factors[row]);
        }
        return new Result(losses, values);
    }

    /** Turns a row of values into the gradient; gives the loss. */
    private double differentiate(double[] values, int offset, int classes, int number, double factor) {
        int end = offset + classes;
        if (number < 0) {
            Arrays.fill(values, offset, end, 0.0);
            return 0.0;
        }
        if (sampling != null) {
            correct(values, offset, classes, number);
        }
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = offset; i < end; i++) {
            largest = Math.max(largest, values[i]);
        }
        double own = values[offset + number] - largest;
        double sum = 0.0;
        for (int i = offset; i < end; i++) {
            values[i] = Math.exp(values[i] - largest);
            sum += values[i];
        }
        for (int i = offset; i < end; i++) {
            values[i] *= factor / sum;
        }
        values[offset + number] -= factor;
        return factor * (Math.log(sum) - own);
    }

    /** Subtracts corrections from what is compared, and excludes the rest. */
    private void correct(double[] values, int offset, int classes, int own) {
        for (int number = 0; number < classes; number++) {
            if (number == own || sampled.place(number) != SampledClasses.NONE) {
                values[offset + number] -= sampled.correction(number);
            } else {
                values[offset + number] = Double.NEGATIVE_INFINITY;
            }
        }
    }

    @Override
    public String name() {
        return Loss.CLASS_CROSS_ENTROPY.name();
    }

    @Override
    public String toString() {
        return "GraphClassLoss(" + sampling + ")";
    }
}
