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

import com.oracle.labs.mlrg.olcut.config.Configurable;
import com.oracle.labs.mlrg.olcut.provenance.ConfiguredObjectProvenance;
import com.oracle.labs.mlrg.olcut.provenance.Provenancable;

/**
 * One item of a {@link CustomNetwork}. Components hold no state of a network, so one component may stand in several
 * places of a network and in several networks.
 *
 * <p>Layers that have units of their own have a field {@code name}, which is also the name of their unit group. Left
 * empty, the name is made from the kind of layer and its place among the layers of that kind: {@code conv1}, {@code
 * dense1}, {@code block1}. It is not the name of the component, since that is no part of a model's provenance.
 */
public interface LayerComponent extends Configurable, Provenancable<ConfiguredObjectProvenance> {
    /**
     * Adds the layer or layers after the network's last one.
     *
     * @param network The network so far.
     * @throws IllegalArgumentException If the layer does not fit what the network writes so far; the message says what
     *                                  does.
     * @throws IllegalStateException    If the component was refused when it was configured.
     */
    void addTo(NetworkBuilder network);
}
