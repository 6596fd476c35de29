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
import org.tribuogrowth.architecture.Activation;
import org.tribuogrowth.architecture.LayerSpec;

/**
 * A 2-d depthwise convolution with square kernels: one filter a channel, which reads that channel alone (Howard et al.,
 * MobileNets, 2017). With a {@link ConvolutionLayer} of kernel 1 after it, it makes a depthwise separable convolution. It
 * has no units of its own but writes those that it reads. Its automatic names are {@code depthwise1}, {@code depthwise2}
 * and so on.
 */
public final class DepthwiseConvolutionLayer extends CheckedLayer {
    @Config(description = "The name of the layer; empty for an automatic one.")
    private String name = "";

    @Config(description = "The height and width of the kernels, 1 to 255.")
    private int kernel = 3;

    @Config(description = "The stride in both directions, 1 to 255.")
    private int stride = 1;

    @Config(
            description =
                    "Whether as many zeros are added on each side as keep height and width at stride 1, which needs"
                            + " a kernel of odd size.")
    private boolean samePadding = true;

    @Config(description = "The zeros added on each side where samePadding is false, 0 to 255.")
    private int padding = 0;

    @Config(description = "The distance between kernel taps, 1 for an ordinary convolution.")
    private int dilation = 1;

    @Config(description = "Whether there is a bias. With batch normalisation there is none, its shift takes the place.")
    private boolean bias = true;

    @Config(
            description =
                    "Whether batch normalisation follows; a BatchNormalisationLayer after this one does the same.")
    private boolean batchNormalisation = false;

    @Config(description = "The non-linearity; an ActivationLayer after this one does the same if this is IDENTITY.")
    private Activation activation = Activation.IDENTITY;

    /** For OLCUT. */
    private DepthwiseConvolutionLayer() {}

    private DepthwiseConvolutionLayer(Builder builder) {
        this.name = builder.name;
        this.kernel = builder.kernel;
        this.stride = builder.stride;
        this.samePadding = builder.samePadding;
        this.padding = builder.padding;
        this.dilation = builder.dilation;
        this.bias = builder.bias;
        this.batchNormalisation = builder.batchNormalisation;
        this.activation = builder.activation;
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
        checks.name("name", name);
        WindowPadding.check(checks, kernel, stride, samePadding, padding, dilation);
        // Whether the units are searchable is known when the network is built; the architecture checks it.
        checks.activation("activation", activation, false);
    }

    @Override
    void build(NetworkBuilder network) {
        network.add(new LayerSpec.DepthwiseConvolution(
                network.name("depthwise", name),
                network.last(),
                kernel,
                stride,
                WindowPadding.used(kernel, samePadding, padding, dilation),
                dilation,
                bias && !batchNormalisation,
                batchNormalisation,
                activation));
    }

    @Override
    public String toString() {
        return "DepthwiseConvolutionLayer(name=" + name + ",kernel=" + kernel + ",stride=" + stride
                + ",samePadding=" + samePadding + ",padding=" + padding + ",dilation=" + dilation + ",bias=" + bias
                + ",batchNormalisation="
                + batchNormalisation + ",activation=" + activation + ")";
    }

    /** Sets what differs from the defaults. Mutable and not thread-safe. */
    public static final class Builder {
        private String name = "";
        private int kernel = 3;
        private int stride = 1;
        private boolean samePadding = true;
        private int padding = 0;
        private int dilation = 1;
        private boolean bias = true;
        private boolean batchNormalisation = false;
        private Activation activation = Activation.IDENTITY;

        private Builder() {}

        /**
         * Sets the name.
         *
         * @param name The name of the layer, empty for an automatic one.
         * @return This builder.
         */
        public Builder name(String name) {
            this.name = name;
            return this;
        }

        /**
         * Sets the size of the kernels.
         *
         * @param kernel Their height and width, 1 to 255.
         * @return This builder.
         */
        public Builder kernel(int kernel) {
            this.kernel = kernel;
            return this;
        }

        /**
         * Sets the stride.
         *
         * @param stride The stride in both directions, 1 to 255.
         * @return This builder.
         */
        public Builder stride(int stride) {
            this.stride = stride;
            return this;
        }

        /**
         * Sets the padding, in place of the one that keeps height and width.
         *
         * @param padding The zeros on each side, 0 to 255.
         * @return This builder.
         */
        public Builder padding(int padding) {
            this.samePadding = false;
            this.padding = padding;
            return this;
        }

        /**
         * Sets the dilation.
         *
         * @param dilation The distance between kernel taps, 1 to 255.
         * @return This builder.
         */
        public Builder dilation(int dilation) {
            this.dilation = dilation;
            return this;
        }

        /**
         * Sets whether there is a bias.
         *
         * @param bias False for none; with batch normalisation there is none anyway.
         * @return This builder.
         */
        public Builder bias(boolean bias) {
            this.bias = bias;
            return this;
        }

        /**
         * Sets whether batch normalisation follows.
         *
         * @param batchNormalisation True for batch normalisation.
         * @return This builder.
         */
        public Builder batchNormalisation(boolean batchNormalisation) {
            this.batchNormalisation = batchNormalisation;
            return this;
        }

        /**
         * Sets the non-linearity.
         *
         * @param activation The non-linearity.
         * @return This builder.
         */
        public Builder activation(Activation activation) {
            this.activation = activation;
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
