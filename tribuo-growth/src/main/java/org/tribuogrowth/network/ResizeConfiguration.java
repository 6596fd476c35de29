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
import org.tribuogrowth.architecture.ResizeKind;
import org.tribuogrowth.kernel.ResizeGeometry;

/** The DL4J configuration of another size of images, or of an image of one vector everywhere. */
final class ResizeConfiguration extends LayerConfiguration {
    private static final long serialVersionUID = 1L;

    private ResizeKind kind = ResizeKind.NEAREST;
    private int height;
    private int width;

    ResizeConfiguration() {}

    ResizeConfiguration(ResizeKind kind, int height, int width) {
        this.kind = kind;
        this.height = height;
        this.width = width;
    }

    /** The input as images: vectors are images of one pixel. */
    static INDArray images(INDArray input) {
        return input.rank() == 2 ? input.reshape('c', input.size(0), 1, 1, input.size(1)) : input;
    }

    ResizeGeometry geometry(INDArray input) {
        INDArray images = images(input);
        return new ResizeGeometry(
                kind,
                Math.toIntExact(images.size(0)),
                Math.toIntExact(images.size(1)),
                Math.toIntExact(images.size(2)),
                Math.toIntExact(images.size(3)),
                height,
                width);
    }

    @Override
    ResizeLayer newLayer(NeuralNetConfiguration conf, DataType type) {
        return new ResizeLayer(conf, type);
    }
}
