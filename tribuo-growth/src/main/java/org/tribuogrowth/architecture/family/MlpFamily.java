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

package org.tribuogrowth.architecture.family;

import com.oracle.labs.mlrg.olcut.config.Config;
import java.util.List;
import org.tribuogrowth.architecture.Activation;
import org.tribuogrowth.architecture.LayerSpec;
import org.tribuogrowth.architecture.UnitGroup;

/**
 * Multi-layer perceptrons: fully connected hidden layers one after the other. The default is LeNet-300-100 (LeCun,
 * Bottou, Bengio and Haffner: Gradient-based learning applied to document recognition, 1998) with ReLU.
 *
 * <p>Layers and unit groups are called {@code hidden1}, {@code hidden2} and so on. Images are flattened first.
 */
public final class MlpFamily extends CheckedFamily {
    private static final int MAX_HIDDEN_LAYERS = 1000;

    @Config(description = "The number of units of each hidden layer, first to last.")
    private List<Integer> hiddenUnits = List.of(300, 100);

    @Config(description = "The non-linearity of the hidden layers: RELU, TANH or IDENTITY.")
    private Activation activation = Activation.RELU;

    @Config(description = "Whether batch normalisation, instead of a bias, comes before each non-linearity.")
    private boolean batchNormalisation = false;

    @Config(description = "The probability of setting a hidden unit to zero in training, at least 0 and below 1.")
    private double dropout = 0.0;

    /** For OLCUT. */
    private MlpFamily() {}

    /**
     * Perceptrons with ReLU and biases.
     *
     * @param hiddenUnits The number of units of each hidden layer.
     * @throws com.oracle.labs.mlrg.olcut.config.PropertyException If a width is out of range.
     */
    public MlpFamily(List<Integer> hiddenUnits) {
        this(hiddenUnits, Activation.RELU, false, 0.0);
    }

    /**
     * Perceptrons.
     *
     * @param hiddenUnits        The number of units of each hidden layer.
     * @param activation         The non-linearity, which maps 0 to 0.
     * @param batchNormalisation Whether batch normalisation takes the place of biases.
     * @param dropout            The dropout rate after each hidden layer, in [0, 1).
     * @throws com.oracle.labs.mlrg.olcut.config.PropertyException If a value is out of range.
     */
    public MlpFamily(List<Integer> hiddenUnits, Activation activation, boolean batchNormalisation, double dropout) {
        this.hiddenUnits = hiddenUnits;
        this.activation = activation;
        this.batchNormalisation = batchNormalisation;
        this.dropout = dropout;
        postConfig();
    }

    @Override
    void check(LayerChecks checks) {
        hiddenUnits = checks.elements(
                "hiddenUnits", hiddenUnits, Integer.class, "a number of units, 1 to " + UnitGroup.MAX_WIDTH);
        if (hiddenUnits.size() > MAX_HIDDEN_LAYERS) {
            throw checks.failure(
                    "hiddenUnits", "must have 1 to " + MAX_HIDDEN_LAYERS + " items, found " + hiddenUnits.size());
        }
        for (int units : hiddenUnits) {
            checks.range("hiddenUnits", units, 1, UnitGroup.MAX_WIDTH);
        }
        checks.activation("activation", activation, true);
        checks.rate("dropout", dropout);
    }

    @Override
    void build(NetworkBuilder network) {
        network.flattenImage();
        for (int units : hiddenUnits) {
            network.addDense(network.name("hidden", ""), units, batchNormalisation, activation);
            if (dropout > 0.0) {
                network.add(new LayerSpec.Dropout(network.name("dropout", ""), network.last(), dropout));
            }
        }
    }

    @Override
    public String toString() {
        return "MlpFamily(hiddenUnits=" + hiddenUnits + ",activation=" + activation + ",batchNormalisation="
                + batchNormalisation + ",dropout=" + dropout + ")";
    }
}
