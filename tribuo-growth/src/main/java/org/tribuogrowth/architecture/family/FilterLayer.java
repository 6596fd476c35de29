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

/** What the components of convolutions share: square kernels that slide over images. */
abstract sealed class FilterLayer extends CheckedLayer permits ConvolutionLayer, DepthwiseConvolutionLayer {
    private static final int MAX = 255;

    @Config(description = "The name of the layer, and of its unit group if it has one; empty for an automatic one.")
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
    FilterLayer() {}

    /** Takes what the builder has; the class below checks it once its own fields are set. */
    FilterLayer(Builder<?> builder) {
        this.name = builder.name;
        this.kernel = builder.kernel;
        this.stride = builder.stride;
        this.samePadding = builder.samePadding;
        this.padding = builder.padding;
        this.dilation = builder.dilation;
        this.bias = builder.bias;
        this.batchNormalisation = builder.batchNormalisation;
        this.activation = builder.activation;
    }

    /** Checks the fields of this class; a searchable activation must map 0 to 0. */
    final void check(LayerChecks checks, boolean searchable) {
        checks.name("name", name);
        checks.range("kernel", kernel, 1, MAX);
        checks.range("stride", stride, 1, MAX);
        checks.range("padding", padding, 0, MAX);
        checks.range("dilation", dilation, 1, MAX);
        if (samePadding) {
            checkSame(checks);
        }
        checks.activation("activation", activation, searchable);
    }

    private void checkSame(LayerChecks checks) {
        if (padding != 0) {
            throw checks.failure(
                    "padding",
                    "must be left out where samePadding is true, found " + padding
                            + "; set samePadding to false to choose the padding");
        }
        if (kernel % 2 == 0) {
            throw checks.failure("samePadding", "must be false with a kernel of even size, found true with " + kernel);
        }
        int used = usedPadding();
        if (used > MAX) {
            throw checks.failure(
                    "dilation",
                    "must leave a padding of at most " + MAX + ", found " + dilation + " with kernel " + kernel
                            + ", which needs " + used);
        }
    }

    final String name() {
        return name;
    }

    final int kernel() {
        return kernel;
    }

    final int stride() {
        return stride;
    }

    /** The zeros on each side: those given, or as many as keep height and width at stride 1. */
    final int usedPadding() {
        return samePadding ? dilation * (kernel - 1) / 2 : padding;
    }

    final int dilation() {
        return dilation;
    }

    /** Whether there is a bias of the layer's own; batch normalisation brings its shift. */
    final boolean usedBias() {
        return bias && !batchNormalisation;
    }

    final boolean batchNormalisation() {
        return batchNormalisation;
    }

    final Activation activation() {
        return activation;
    }

    /** The fields of this class but the name, for texts. */
    final String settings() {
        return "kernel=" + kernel + ",stride=" + stride + ",samePadding=" + samePadding + ",padding=" + padding
                + ",dilation=" + dilation + ",bias=" + bias + ",batchNormalisation=" + batchNormalisation
                + ",activation=" + activation;
    }

    /**
     * Sets what differs from the defaults. Mutable and not thread-safe.
     *
     * @param <B> The builder of the class below.
     */
    abstract static sealed class Builder<B extends Builder<B>>
            permits ConvolutionLayer.Builder, DepthwiseConvolutionLayer.Builder {
        private String name = "";
        private int kernel = 3;
        private int stride = 1;
        private boolean samePadding = true;
        private int padding = 0;
        private int dilation = 1;
        private boolean bias = true;
        private boolean batchNormalisation = false;
        private Activation activation = Activation.IDENTITY;

        abstract B self();

        /**
         * Sets the name.
         *
         * @param name The name of the layer, and of its unit group if it has one; empty for an automatic one.
         * @return This builder.
         */
        public B name(String name) {
            this.name = name;
            return self();
        }

        /**
         * Sets the size of the kernels.
         *
         * @param kernel Their height and width, 1 to 255.
         * @return This builder.
         */
        public B kernel(int kernel) {
            this.kernel = kernel;
            return self();
        }

        /**
         * Sets the stride.
         *
         * @param stride The stride in both directions, 1 to 255.
         * @return This builder.
         */
        public B stride(int stride) {
            this.stride = stride;
            return self();
        }

        /**
         * Sets the padding, in place of the one that keeps height and width.
         *
         * @param padding The zeros on each side, 0 to 255.
         * @return This builder.
         */
        public B padding(int padding) {
            this.samePadding = false;
            this.padding = padding;
            return self();
        }

        /**
         * Sets the dilation.
         *
         * @param dilation The distance between kernel taps, 1 to 255.
         * @return This builder.
         */
        public B dilation(int dilation) {
            this.dilation = dilation;
            return self();
        }

        /**
         * Sets whether there is a bias.
         *
         * @param bias False for none; with batch normalisation there is none anyway.
         * @return This builder.
         */
        public B bias(boolean bias) {
            this.bias = bias;
            return self();
        }

        /**
         * Sets whether batch normalisation follows.
         *
         * @param batchNormalisation True for batch normalisation.
         * @return This builder.
         */
        public B batchNormalisation(boolean batchNormalisation) {
            this.batchNormalisation = batchNormalisation;
            return self();
        }

        /**
         * Sets the non-linearity.
         *
         * @param activation The non-linearity.
         * @return This builder.
         */
        public B activation(Activation activation) {
            this.activation = activation;
            return self();
        }
    }
}
