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
import org.tribuogrowth.architecture.UnitGroup;

/**
 * A basic residual block (He and others, CVPR 2016): two 3x3 convolutions with batch normalisation, and a shortcut
 * around them. The shortcut is the identity if the block changes neither the image's size nor the number of channels,
 * and otherwise a 1x1 convolution with batch normalisation; directly on the network's input it is always the latter,
 * since the input's channels are not units that a layer writes. The automatic names are {@code block1}, {@code block2}
 * and so on.
 *
 * <p>The first convolution has a unit group {@code block1.conv1} of its own. A block with the identity shares the group
 * that it reads, whoever opened it; a block with a projection opens a group {@code block1.stream}.
 */
public final class ResidualBlockLayer extends CheckedLayer {
    @Config(description = "The name of the block; empty for an automatic one.")
    private String name = "";

    @Config(mandatory = true, description = "The number of filters of both convolutions in the dense reference.")
    private int filters = 0;

    @Config(description = "The stride of the first convolution and of the projection, 1 to 255.")
    private int stride = 1;

    @Config(description = "The non-linearity after the first convolution and after the sum.")
    private Activation activation = Activation.RELU;

    @Config(
            description =
                    "Whether a search may change the filters of the first convolution and, if the block opens a"
                            + " residual stream with a projection, the stream's units. A stream that the block continues stays.")
    private boolean searchable = true;

    /** For OLCUT. */
    private ResidualBlockLayer() {}

    /**
     * A searchable block with ReLU and an automatic name.
     *
     * @param filters The number of filters.
     * @param stride  The stride.
     * @throws com.oracle.labs.mlrg.olcut.config.PropertyException If a value is out of range.
     */
    public ResidualBlockLayer(int filters, int stride) {
        this("", filters, stride, Activation.RELU, true);
    }

    /**
     * A block.
     *
     * @param name       The name, empty for an automatic one.
     * @param filters    The number of filters of both convolutions.
     * @param stride     The stride of the first convolution and of the projection.
     * @param activation The non-linearity after the first convolution and after the sum.
     * @param searchable Whether a search may change the inner filters and a stream that the block opens.
     * @throws com.oracle.labs.mlrg.olcut.config.PropertyException If a value is out of range.
     */
    public ResidualBlockLayer(String name, int filters, int stride, Activation activation, boolean searchable) {
        this.name = name;
        this.filters = filters;
        this.stride = stride;
        this.activation = activation;
        this.searchable = searchable;
        postConfig();
    }

    @Override
    void check(LayerChecks checks) {
        checks.name("name", name);
        checks.range("filters", filters, 1, UnitGroup.MAX_WIDTH);
        checks.range("stride", stride, 1, 255);
        checks.activation("activation", activation, searchable);
    }

    @Override
    void build(NetworkBuilder network) {
        String block = network.name("block", name);
        new ResidualBlock(block, filters, stride, block + ".stream", searchable, activation).addTo(network);
    }

    @Override
    public String toString() {
        return "ResidualBlockLayer(name=" + name + ",filters=" + filters + ",stride=" + stride + ",activation="
                + activation + ",searchable=" + searchable + ")";
    }
}
