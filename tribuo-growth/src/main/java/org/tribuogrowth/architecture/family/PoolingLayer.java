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

/** Pooling over square windows. Its automatic names are {@code pool1}, {@code pool2} and so on. */
public final class PoolingLayer extends CheckedLayer {
    @Config(description = "How a window is reduced: MAX or AVERAGE.")
    private PoolingKind kind = PoolingKind.MAX;

    @Config(description = "The height and width of the windows, 1 to 255.")
    private int size = 2;

    @Config(description = "The stride in both directions, 1 to 255; 0 for the size, so that windows do not overlap.")
    private int stride = 0;

    @Config(description = "The padding on each side, below the size; padded places do not count.")
    private int padding = 0;

    /** For OLCUT. */
    private PoolingLayer() {}

    /**
     * Pooling.
     *
     * @param kind    How a window is reduced.
     * @param size    The height and width of the windows, 1 to 255.
     * @param stride  The stride, 1 to 255, or 0 for the size.
     * @param padding The padding on each side, 0 to size - 1.
     * @throws com.oracle.labs.mlrg.olcut.config.PropertyException If a value is out of range.
     */
    public PoolingLayer(PoolingKind kind, int size, int stride, int padding) {
        this.kind = kind;
        this.size = size;
        this.stride = stride;
        this.padding = padding;
        postConfig();
    }

    @Override
    void check(LayerChecks checks) {
        checks.present("kind", kind);
        checks.range("size", size, 1, 255);
        checks.range("stride", stride, 0, 255);
        checks.range("padding", padding, 0, size - 1);
    }

    @Override
    void build(NetworkBuilder network) {
        network.add(new LayerSpec.Pooling(
                network.name("pool", ""), network.last(), kind, size, stride == 0 ? size : stride, padding));
    }

    @Override
    public String toString() {
        return "PoolingLayer(kind=" + kind + ",size=" + size + ",stride=" + stride + ",padding=" + padding + ")";
    }
}
