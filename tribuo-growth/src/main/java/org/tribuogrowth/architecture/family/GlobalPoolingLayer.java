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
import org.tribuogrowth.architecture.LayerSpec;
import org.tribuogrowth.architecture.PoolingKind;

/** Pooling over the whole image into a vector. Its automatic names are {@code globalpool1} and so on. */
public final class GlobalPoolingLayer extends CheckedLayer {
    @Config(description = "How the image is reduced: AVERAGE or MAX.")
    private PoolingKind kind = PoolingKind.AVERAGE;

    /** For OLCUT. */
    private GlobalPoolingLayer() {}

    /**
     * Global pooling.
     *
     * @param kind How the image is reduced.
     * @throws com.oracle.labs.mlrg.olcut.config.PropertyException If it is null.
     */
    public GlobalPoolingLayer(PoolingKind kind) {
        this.kind = kind;
        postConfig();
    }

    @Override
    void check(LayerChecks checks) {
        checks.present("kind", kind);
    }

    @Override
    void build(NetworkBuilder network) {
        network.add(new LayerSpec.GlobalPooling(network.name("globalpool", ""), network.last(), kind));
    }

    @Override
    public String toString() {
        return "GlobalPoolingLayer(kind=" + kind + ")";
    }
}
