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

import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.tribuogrowth.output.Loss;

/**
 * A separable loss for DL4J's graph. It is computed from the values before the activation, in double precision and on the
 * host, so that a saturated sigmoid has its loss and gradient, and both are those of the compiled plans.
 */
final class GraphLoss implements ILossFunction {
    private static final long serialVersionUID = 1L;

    private final Loss loss;

    /**
     * Makes the loss.
     *
     * @param loss A separable loss; the activation before it is its own.
     */
    GraphLoss(Loss loss) {
        this.loss = loss;
    }

    @Override
    public double computeScore(
            INDArray labels, INDArray preOutput, IActivation activationFn, INDArray mask, boolean average) {
        double sum = 0.0;
        for (double row : rowLosses(labels, preOutput, mask)) {
            sum += row;
        }
        return average ? sum / preOutput.size(0) : sum;
    }

    @Override
    public INDArray computeScoreArray(INDArray labels, INDArray preOutput, IActivation activationFn, INDArray mask) {
        double[] losses = rowLosses(labels, preOutput, mask);
        return array(losses, preOutput.dataType(), losses.length, 1);
    }

    private double[] rowLosses(INDArray labels, INDArray preOutput, INDArray mask) {
        double[] values = values(preOutput);
        double[] targets = values(labels);
        double[] weights = mask == null ? null : values(mask);
        int rows = Math.toIntExact(preOutput.size(0));
        int outputs = values.length / rows;
        double[] losses = new double[rows];
        for (int i = 0; i < values.length; i++) {
            losses[i / outputs] += loss.ofValue(values[i], targets[i]);
        }
        for (int row = 0; row < rows && weights != null; row++) {
            losses[row] *= weights[row];
        }
        return losses;
    }

    @Override
    public INDArray computeGradient(INDArray labels, INDArray preOutput, IActivation activationFn, INDArray mask) {
        double[] values = values(preOutput);
        double[] targets = values(labels);
        double[] weights = mask == null ? null : values(mask);
        int outputs = values.length / Math.toIntExact(preOutput.size(0));
        for (int i = 0; i < values.length; i++) {
            double slope = loss.slope(values[i], targets[i]);
            values[i] = weights == null ? slope : weights[i / outputs] * slope;
        }
        return array(values, preOutput.dataType(), preOutput.shape());
    }

    @Override
    public Pair<Double, INDArray> computeGradientAndScore(
            INDArray labels, INDArray preOutput, IActivation activationFn, INDArray mask, boolean average) {
        return Pair.of(
                computeScore(labels, preOutput, activationFn, mask, average),
                computeGradient(labels, preOutput, activationFn, mask));
    }

    static double[] values(INDArray array) {
        INDArray dense = array.dup('c');
        double[] values = dense.data().asDouble();
        OperationLayer.free(dense);
        return values;
    }

    static INDArray array(double[] values, DataType type, long... shape) {
        INDArray wide = Nd4j.createFromArray(values);
        if (type == DataType.DOUBLE) {
            return wide.reshape('c', shape);
        }
        INDArray array = wide.castTo(type).reshape('c', shape);
        OperationLayer.free(wide);
        return array;
    }

    @Override
    public String name() {
        return loss.name();
    }

    @Override
    public String toString() {
        return "GraphLoss(" + loss + ")";
    }
}
