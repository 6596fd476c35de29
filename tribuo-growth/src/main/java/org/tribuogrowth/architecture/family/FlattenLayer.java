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

import org.tribuogrowth.architecture.LayerSpec;

/** Makes a vector of an image. Its automatic names are {@code flatten1} and so on. */
public final class FlattenLayer extends CheckedLayer {
    /** For OLCUT and for code; there is nothing to set. */
    public FlattenLayer() {
        postConfig();
    }

    @Override
    void check(LayerChecks checks) {
        // No fields.
    }

    @Override
    void build(NetworkBuilder network) {
        network.add(new LayerSpec.Flatten(network.name("flatten", ""), network.last()));
    }

    @Override
    public String toString() {
        return "FlattenLayer()";
    }
}
