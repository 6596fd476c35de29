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
import org.tribuogrowth.architecture.Architecture;

/**
 * A network of layers one after the other, each a component of the configuration; the output layer is added. A
 * component may be listed several times, for example one batch normalisation after every convolution.
 *
 * <p>Batch normalisation and non-linearities become part of the layer with weights that they follow directly. Unit
 * groups are called as their layers are, see {@link LayerComponent}.
 */
public final class CustomNetwork extends CheckedFamily {
    @Config(mandatory = true, description = "The layers from input to output, without the output layer.")
    private List<LayerComponent> layers = List.of();

    /** For OLCUT. */
    private CustomNetwork() {}

    /**
     * A network of the given layers.
     *
     * @param layers The layers from input to output, at least one.
     * @throws com.oracle.labs.mlrg.olcut.config.PropertyException If there is none, one is null or not a layer.
     */
    public CustomNetwork(List<LayerComponent> layers) {
        this.layers = layers;
        postConfig();
    }

    @Override
    void check(LayerChecks checks) {
        layers = checks.elements(
                "layers", layers, LayerComponent.class, "a layer component such as ConvolutionLayer or DenseLayer");
        if (layers.size() >= Architecture.MAX_LAYERS) {
            throw checks.failure(
                    "layers", "must have 1 to " + (Architecture.MAX_LAYERS - 1) + " items, found " + layers.size());
        }
    }

    @Override
    void build(NetworkBuilder network) {
        for (LayerComponent layer : layers) {
            layer.addTo(network);
        }
    }

    @Override
    public String toString() {
        return "CustomNetwork(layers=" + layers + ")";
    }
}
