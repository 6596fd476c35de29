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

package org.tribuogrowth.execution;

import org.tribuogrowth.architecture.LayerSpec;
import org.tribuogrowth.architecture.ParameterRole;

/**
 * Where a network keeps its parameters and wants its gradients: dense arrays of floats in native memory, at addresses
 * that do not change. Weights are [outputs, positions, inputs], all else is one value a unit.
 */
public interface ParameterMemory {
    /**
     * Where a parameter lies as the layer computes with it: of weights that are masked, where the masked ones are.
     *
     * @param layer The layer.
     * @param role  Which of its parameters.
     * @return The address.
     */
    long parameter(LayerSpec layer, ParameterRole role);

    /**
     * Where the gradient of {@link #parameter} goes, summed over the batch. For running statistics: what is subtracted
     * from them.
     *
     * @param layer The layer.
     * @param role  Which of its parameters.
     * @return The address.
     */
    long gradient(LayerSpec layer, ParameterRole role);

    /**
     * Where the gates of a layer lie: one a unit, but for a bypass the gate of its block alone.
     *
     * @param layer A layer.
     * @return The address, 0 if the layer has none.
     */
    long gates(LayerSpec layer);

    /**
     * Where the gradient of a layer's gates goes, summed over the batch. For a bypass it is what the shortcut contributes;
     * the branch's gate carrier has the rest.
     *
     * @param layer A layer with gates.
     * @return The address.
     */
    long gateGradients(LayerSpec layer);
}
