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
import org.tribuogrowth.architecture.Activation;
import org.tribuogrowth.architecture.LayerSpec;
import org.tribuogrowth.architecture.UnitGroup;

/**
 * A fully connected layer; it reads vectors, so a {@link FlattenLayer} or {@link GlobalPoolingLayer} comes before it
 * where there are images. Its automatic names are {@code dense1}, {@code dense2} and so on.
 */
public final class DenseLayer extends CheckedLayer {
    @Config(description = "The name of the layer and its unit group; empty for an automatic one.")
    private String name = "";

    @Config(mandatory = true, description = "The number of units in the dense reference.")
    private int units = 0;

    @Config(description = "Whether there is a bias. With batch normalisation there is none, its shift takes the place.")
    private boolean bias = true;

    @Config(
            description =
                    "Whether batch normalisation follows; a BatchNormalisationLayer after this one does the same.")
    private boolean batchNormalisation = false;

    @Config(description = "The non-linearity; an ActivationLayer after this one does the same if this is IDENTITY.")
    private Activation activation = Activation.IDENTITY;

    @Config(description = "Whether a search may change the number of units; false keeps all of them.")
    private boolean searchable = true;

    /** For OLCUT. */
    private DenseLayer() {}

    /**
     * A searchable layer with a bias and an automatic name.
     *
     * @param units      The number of units.
     * @param activation The non-linearity, which maps 0 to 0.
     * @throws com.oracle.labs.mlrg.olcut.config.PropertyException If a value is out of range.
     */
    public DenseLayer(int units, Activation activation) {
        this("", units, true, false, activation, true);
    }

    /**
     * A layer.
     *
     * @param name               The name of the layer and its unit group, empty for an automatic one.
     * @param units              The number of units.
     * @param bias               Whether there is a bias; with batch normalisation there is none anyway.
     * @param batchNormalisation Whether batch normalisation follows.
     * @param activation         The non-linearity; it maps 0 to 0 if the layer is searchable.
     * @param searchable         Whether a search may change the number of units.
     * @throws com.oracle.labs.mlrg.olcut.config.PropertyException If a value is out of range.
     */
    public DenseLayer(
            String name,
            int units,
            boolean bias,
            boolean batchNormalisation,
            Activation activation,
            boolean searchable) {
        this.name = name;
        this.units = units;
        this.bias = bias;
        this.batchNormalisation = batchNormalisation;
        this.activation = activation;
        this.searchable = searchable;
        postConfig();
    }

    @Override
    void check(LayerChecks checks) {
        checks.name("name", name);
        checks.range("units", units, 1, UnitGroup.MAX_WIDTH);
        checks.activation("activation", activation, searchable);
    }

    @Override
    void build(NetworkBuilder network) {
        String layer = network.name("dense", name);
        network.addGroup(layer, units, searchable);
        network.add(new LayerSpec.Dense(
                layer, network.last(), layer, bias && !batchNormalisation, batchNormalisation, activation));
    }

    @Override
    public String toString() {
        return "DenseLayer(name=" + name + ",units=" + units + ",bias=" + bias + ",batchNormalisation="
                + batchNormalisation + ",activation=" + activation + ",searchable=" + searchable + ")";
    }
}
