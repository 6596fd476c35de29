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

package org.tribuogrowth.architecture;

import java.util.HashSet;
import java.util.Set;

/**
 * The layers that write units of recurrent layers, also behind dropout and last steps. The gates of such units fold into the
 * weights that read them, so there must be some.
 */
final class OpenGates {
    private final LayerTable table;
    private final Set<String> layers = new HashSet<>();

    OpenGates(LayerTable table) {
        this.table = table;
    }

    /**
     * Adds a layer.
     *
     * @param layer The layer; what it reads is in the table.
     * @throws IllegalArgumentException If it reads such units, they are searchable, and it is no layer into whose weights
     *                                  their gates fold.
     */
    void add(LayerSpec layer) {
        boolean open = layer instanceof LayerSpec.Lstm;
        for (String read : layer.inputs()) {
            if (layers.contains(read)) {
                boolean passesOn = passesOn(layer);
                String group = table.groupOf(read);
                if (!passesOn && !weighs(layer) && table.groups().get(group).searchable()) {
                    throw new IllegalArgumentException("Layer " + layer.name() + " reads " + read
                            + ", which has the units of a recurrent layer: their gates fold into the weights that read"
                            + " them, so only recurrent layers, dense layers, outputs, dropout and last steps may; or make"
                            + " the group " + group + " fixed");
                }
                open |= passesOn;
            }
        }
        if (open) {
            layers.add(layer.name());
        }
    }

    /** Whether a layer gives units on as they are, or some of them. */
    static boolean passesOn(LayerSpec layer) {
        return layer instanceof LayerSpec.Dropout || layer instanceof LayerSpec.LastStep;
    }

    private static boolean weighs(LayerSpec layer) {
        return layer instanceof LayerSpec.Lstm || layer instanceof LayerSpec.Dense || layer instanceof LayerSpec.Output;
    }
}
