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

/**
 * A non-linearity. Directly after a layer that has none yet (convolution, fully connected, batch normalisation,
 * residual block) it becomes part of that layer; elsewhere it is a layer of its own, with the automatic names {@code
 * activation1} and so on. SIGMOID does not map 0 to 0 and is refused after layers that may be searched.
 */
public final class ActivationLayer extends CheckedLayer {
    @Config(description = "The non-linearity: RELU, TANH, or after units that are not searchable SIGMOID.")
    private Activation function = Activation.RELU;

    /** For OLCUT. */
    private ActivationLayer() {}

    /**
     * A non-linearity.
     *
     * @param function RELU, TANH or SIGMOID.
     * @throws com.oracle.labs.mlrg.olcut.config.PropertyException If it is another one.
     */
    public ActivationLayer(Activation function) {
        this.function = function;
        postConfig();
    }

    @Override
    void check(LayerChecks checks) {
        // Whether the units are searchable is known when the network is built; the architecture checks it.
        checks.activation("function", function, false);
        if (function == Activation.IDENTITY) {
            throw checks.failure("function", "must be RELU, TANH or SIGMOID, found IDENTITY, which changes nothing");
        }
    }

    @Override
    void build(NetworkBuilder network) {
        network.addActivation(function);
    }

    @Override
    public String toString() {
        return "ActivationLayer(function=" + function + ")";
    }
}
