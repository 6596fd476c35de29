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

import java.util.Optional;
import org.tribuogrowth.architecture.Activation;
import org.tribuogrowth.architecture.LayerSpec;

/**
 * Takes batch normalisation and non-linearities into the layer that they follow. One layer with all three is what gates
 * fold into and what runs as one kernel; the function computed is the same.
 */
final class LayerFusion {
    private LayerFusion() {}

    /** The layer with batch normalisation and without bias, empty if it has no weights or is complete already. */
    static Optional<LayerSpec> withNormalisation(LayerSpec layer) {
        if (layer instanceof LayerSpec.Affine affine
                && !affine.batchNormalisation()
                && affine.activation() == Activation.IDENTITY) {
            return Optional.of(with(affine, false, true, Activation.IDENTITY));
        }
        return Optional.empty();
    }

    /** The layer with the non-linearity, empty if it has one or has no room for one. */
    static Optional<LayerSpec> withActivation(LayerSpec layer, Activation activation) {
        if (layer instanceof LayerSpec.Affine affine && affine.activation() == Activation.IDENTITY) {
            return Optional.of(with(affine, affine.bias(), affine.batchNormalisation(), activation));
        } else if (layer instanceof LayerSpec.BatchNormalisation n && n.activation() == Activation.IDENTITY) {
            return Optional.of(new LayerSpec.BatchNormalisation(n.name(), n.input(), activation));
        } else if (layer instanceof LayerSpec.Sum sum && sum.activation() == Activation.IDENTITY) {
            return Optional.of(new LayerSpec.Sum(sum.name(), sum.inputs(), activation, sum.block()));
        }
        return Optional.empty();
    }

    private static LayerSpec with(
            LayerSpec.Affine layer, boolean bias, boolean batchNormalisation, Activation activation) {
        if (layer instanceof LayerSpec.Convolution c) {
            return new LayerSpec.Convolution(
                    c.name(),
                    c.input(),
                    c.units(),
                    c.kernel(),
                    c.stride(),
                    c.padding(),
                    c.dilation(),
                    bias,
                    batchNormalisation,
                    activation);
        } else if (layer instanceof LayerSpec.DepthwiseConvolution c) {
            return new LayerSpec.DepthwiseConvolution(
                    c.name(),
                    c.input(),
                    c.kernel(),
                    c.stride(),
                    c.padding(),
                    c.dilation(),
                    bias,
                    batchNormalisation,
                    activation);
        } else if (layer instanceof LayerSpec.Dense d) {
            return new LayerSpec.Dense(d.name(), d.input(), d.units(), bias, batchNormalisation, activation);
        }
        throw new AssertionError("Unknown layer type " + layer.getClass().getName());
    }
}
