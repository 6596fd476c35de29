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

/**
 * Batch normalisation (Ioffe and Szegedy, ICML 2015). Directly after a convolution or fully connected layer without a
 * non-linearity it becomes part of that layer and replaces its bias; elsewhere it is a layer of its own, with the
 * automatic names {@code normalisation1} and so on.
 */
public final class BatchNormalisationLayer extends CheckedLayer {
    /** For OLCUT and for code; there is nothing to set. */
    public BatchNormalisationLayer() {
        postConfig();
    }

    @Override
    void check(LayerChecks checks) {
        // No fields.
    }

    @Override
    void build(NetworkBuilder network) {
        network.addNormalisation();
    }

    @Override
    public String toString() {
        return "BatchNormalisationLayer()";
    }
}
