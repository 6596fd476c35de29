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
import org.tribuogrowth.architecture.UnitGroup;

/** A 2-d convolution with square kernels. Its automatic names are {@code conv1}, {@code conv2} and so on. */
public final class ConvolutionLayer extends FilterLayer {
    @Config(mandatory = true, description = "The number of filters in the dense reference.")
    private int filters = 0;

    @Config(description = "Whether a search may change the number of filters; false keeps all of them.")
    private boolean searchable = true;

    /** For OLCUT. */
    private ConvolutionLayer() {}

    private ConvolutionLayer(Builder builder) {
        super(builder);
        this.filters = builder.filters;
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
        checks.range("filters", filters, 1, UnitGroup.MAX_WIDTH);
        check(checks, searchable);
    }

    @Override
    void build(NetworkBuilder network) {
        String layer = network.name("conv", name());
        network.addGroup(layer, filters, searchable);
        network.add(new LayerSpec.Convolution(
                layer,
                network.last(),
                layer,
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
        return "ConvolutionLayer(name=" + name() + ",filters=" + filters + "," + settings() + ",searchable="
                + searchable + ")";
    }

    /** Sets what differs from the defaults. Mutable and not thread-safe. */
    public static final class Builder extends FilterLayer.Builder<Builder> {
        private final int filters;
        private boolean searchable = true;

        private Builder(int filters) {
            this.filters = filters;
        }

        @Override
        Builder self() {
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
