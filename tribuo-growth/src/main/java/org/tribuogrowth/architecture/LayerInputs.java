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

/** Lets layers read others than they did. */
final class LayerInputs {
    private LayerInputs() {}

    /**
     * The layer with another input.
     *
     * @param layer A layer with one input.
     * @param input What it is to read.
     * @return The layer itself if it reads that already.
     */
    static LayerSpec replace(LayerSpec layer, String input) {
        if (layer.inputs().get(0).equals(input)) {
            return layer;
        } else if (layer instanceof LayerSpec.Convolution c) {
            return new LayerSpec.Convolution(
                    c.name(),
                    input,
                    c.units(),
                    c.kernel(),
                    c.stride(),
                    c.padding(),
                    c.dilation(),
                    c.bias(),
                    c.batchNormalisation(),
                    c.activation());
        } else if (layer instanceof LayerSpec.DepthwiseConvolution c) {
            return new LayerSpec.DepthwiseConvolution(
                    c.name(),
                    input,
                    c.kernel(),
                    c.stride(),
                    c.padding(),
                    c.dilation(),
                    c.bias(),
                    c.batchNormalisation(),
                    c.activation());
        } else if (layer instanceof LayerSpec.Dense d) {
            return new LayerSpec.Dense(d.name(), input, d.units(), d.bias(), d.batchNormalisation(), d.activation());
        } else if (layer instanceof LayerSpec.Output o) {
            return new LayerSpec.Output(o.name(), input, o.units(), o.activation());
        } else if (layer instanceof LayerSpec.BatchNormalisation b) {
            return new LayerSpec.BatchNormalisation(b.name(), input, b.activation());
        } else if (layer instanceof LayerSpec.ActivationFunction a) {
            return new LayerSpec.ActivationFunction(a.name(), input, a.function());
        } else if (layer instanceof LayerSpec.Pooling p) {
            return new LayerSpec.Pooling(p.name(), input, p.kind(), p.size(), p.stride(), p.padding());
        } else if (layer instanceof LayerSpec.GlobalPooling p) {
            return new LayerSpec.GlobalPooling(p.name(), input, p.kind());
        } else if (layer instanceof LayerSpec.Dropout d) {
            return new LayerSpec.Dropout(d.name(), input, d.rate());
        } else if (layer instanceof LayerSpec.Flatten f) {
            return new LayerSpec.Flatten(f.name(), input);
        }
        throw new AssertionError("Unknown layer type " + layer.getClass().getName());
    }
}
