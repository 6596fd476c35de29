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

/**
 * A 2-d depthwise convolution with square kernels: one filter a channel, which reads that channel alone (Howard et al.,
 * MobileNets, 2017). With a {@link ConvolutionLayer} of kernel 1 after it, it makes a depthwise separable convolution. It
 * has no units of its own but writes those that it reads. Its automatic names are {@code depthwise1}, {@code depthwise2}
 * and so on.
 */
public final class DepthwiseConvolutionLayer extends FilterLayer {
    /** For OLCUT. */
    private DepthwiseConvolutionLayer() {}

    private DepthwiseConvolutionLayer(Builder builder) {
        super(builder);
        postConfig();
    }

    /**
     * Starts a depthwise convolution with 3x3 kernels, stride 1, an unchanged image size, a bias and no non-linearity.
     *
     * @return The builder.
     */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    void check(LayerChecks checks) {
        // Whether the units are searchable is known when the network is built; the architecture checks it.
        check(checks, false);
    }

    @Override
    void build(NetworkBuilder network) {
        network.add(new LayerSpec.DepthwiseConvolution(
                network.name("depthwise", name()),
                network.last(),
                kernel(),
                stride(),
                usedPadding(),
                dilation(),
                usedBias(),
                batchNormalisation(),
                activation()));
    }

    @Override
    public String toString() {
        return "DepthwiseConvolutionLayer(name=" + name() + "," + settings() + ")";
    }

    /** Sets what differs from the defaults. Mutable and not thread-safe. */
    public static final class Builder extends FilterLayer.Builder<Builder> {
        private Builder() {}

        @Override
        Builder self() {
            return this;
        }

        /**
         * Makes the layer.
         *
         * @return The layer.
         * @throws com.oracle.labs.mlrg.olcut.config.PropertyException If a value is out of range.
         */
        public DepthwiseConvolutionLayer build() {
            return new DepthwiseConvolutionLayer(this);
        }
    }
}
