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
import org.tribuogrowth.architecture.UnitGroup;

/** A 2-d convolution with square kernels. Its automatic names are {@code conv1}, {@code conv2} and so on. */
public final class ConvolutionLayer extends CheckedLayer {
    @Config(description = "The name of the layer and its unit group; empty for an automatic one.")
    private String name = "";

    @Config(mandatory = true, description = "The number of filters in the dense reference.")
    private int filters = 0;

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

    @Config(description = "Whether a search may change the number of filters; false keeps all of them.")
    private boolean searchable = true;

    /** For OLCUT. */
    private ConvolutionLayer() {}

    private ConvolutionLayer(Builder builder) {
        this.name = builder.name;
        this.filters = builder.filters;
        this.kernel = builder.kernel;
        this.stride = builder.stride;
        this.samePadding = builder.samePadding;
        this.padding = builder.padding;
        this.dilation = builder.dilation;
        this.bias = builder.bias;
        this.batchNormalisation = builder.batchNormalisation;
        this.activation = builder.activation;
        this.searchable = builder.searchable;
        postConfig();
    }

    /**
     * Starts a convolution with 3x3 kernels, stride 1, an unchanged image size, a bias and no non-linearity.
     *
     * @param filters The number of filters.
     * @return The builder.
     */
    public static Builder builder(int filters) {
        return new Builder(filters);
    }

    @Override
    void check(LayerChecks checks) {
        checks.name("name", name);
        checks.range("filters", filters, 1, UnitGroup.MAX_WIDTH);
        WindowPadding.check(checks, kernel, stride, samePadding, padding, dilation);
        checks.activation("activation", activation, searchable);
    }

    @Override
    void build(NetworkBuilder network) {
        String layer = network.name("conv", name);
        network.addGroup(layer, filters, searchable);
        network.add(new LayerSpec.Convolution(
                layer,
                network.last(),
                layer,
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
        return "ConvolutionLayer(name=" + name + ",filters=" + filters + ",kernel=" + kernel + ",stride=" + stride
                + ",samePadding=" + samePadding + ",padding=" + padding + ",dilation=" + dilation + ",bias=" + bias
                + ",batchNormalisation="
                + batchNormalisation + ",activation=" + activation + ",searchable=" + searchable + ")";
    }

    /** Sets what differs from the defaults. Mutable and not thread-safe. */
    public static final class Builder {
        private final int filters;
        private String name = "";
        private int kernel = 3;
        private int stride = 1;
        private boolean samePadding = true;
        private int padding = 0;
        private int dilation = 1;
        private boolean bias = true;
        private boolean batchNormalisation = false;
        private Activation activation = Activation.IDENTITY;
        private boolean searchable = true;

        private Builder(int filters) {
            this.filters = filters;
        }

        /**
         * Sets the name.
         *
         * @param name The name of the layer and its unit group, empty for an automatic one.
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
         * Sets whether a search may change the number of filters.
         *
         * @param searchable False to keep all filters.
         * @return This builder.
         */
        public Builder searchable(boolean searchable) {
            this.searchable = searchable;
            return this;
        }

        /**
         * Makes the layer.
         *
         * @return The layer.
         * @throws com.oracle.labs.mlrg.olcut.config.PropertyException If a value is out of range.
         */
        public ConvolutionLayer build() {
            return new ConvolutionLayer(this);
        }
    }
}
