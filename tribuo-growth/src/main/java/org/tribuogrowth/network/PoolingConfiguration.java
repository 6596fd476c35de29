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

package org.tribuogrowth.network;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tribuogrowth.architecture.PoolingKind;
import org.tribuogrowth.kernel.PoolingGeometry;

/** The DL4J configuration of pooling over windows, or over the whole image into a vector. */
final class PoolingConfiguration extends LayerConfiguration {
    private static final long serialVersionUID = 1L;

    private PoolingKind kind = PoolingKind.MAX;
    private boolean global;
    private int size;
    private int stride;
    private int padding;

    PoolingConfiguration() {}

    PoolingConfiguration(PoolingKind kind, int size, int stride, int padding) {
        this.kind = kind;
        this.size = size;
        this.stride = stride;
        this.padding = padding;
    }

    /** Pooling over the whole image. */
    static PoolingConfiguration global(PoolingKind kind) {
        PoolingConfiguration configuration = new PoolingConfiguration(kind, 0, 0, 0);
        configuration.global = true;
        return configuration;
    }

    boolean global() {
        return global;
    }

    PoolingGeometry geometry(INDArray input) {
        int batch = Math.toIntExact(input.size(0));
        int height = Math.toIntExact(input.size(1));
        int width = Math.toIntExact(input.size(2));
        int channels = Math.toIntExact(input.size(3));
        return global
                ? PoolingGeometry.global(kind, batch, height, width, channels)
                : new PoolingGeometry(kind, batch, height, width, channels, size, size, stride, padding);
    }

    @Override
    PoolingLayer newLayer(NeuralNetConfiguration conf, DataType type) {
        return new PoolingLayer(conf, type);
    }
}
