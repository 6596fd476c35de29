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

import java.util.List;

/** Lets layers read others than they did. */
final class LayerInputs {
    private LayerInputs() {}

    /**
     * The layer with other inputs.
     *
     * @param layer  A layer that is no junction.
     * @param inputs What it is to read.
     * @return The layer itself if it reads that already.
     */
    static LayerSpec replace(LayerSpec layer, List<String> inputs) {
        String input = inputs.get(0);
        if (layer.inputs().equals(inputs)) {
            return layer;
        } else if (layer instanceof LayerSpec.Concatenation c) {
            return new LayerSpec.Concatenation(c.name(), inputs);
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
            return new LayerSpec.Output(o.name(), input, o.units(), o.activation(), o.tied());
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
        } else if (layer instanceof LayerSpec.Embedding e) {
            return new LayerSpec.Embedding(e.name(), input, e.units());
        } else if (layer instanceof LayerSpec.Lstm l) {
            return new LayerSpec.Lstm(l.name(), input, l.units());
        } else if (layer instanceof LayerSpec.LastStep l) {
            return new LayerSpec.LastStep(l.name(), input);
        } else if (layer instanceof LayerSpec.Resize r) {
            return new LayerSpec.Resize(r.name(), input, r.height(), r.width(), r.kind());
        }
        throw new AssertionError("Unknown layer type " + layer.getClass().getName());
    }
}
