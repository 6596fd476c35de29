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
 * LeNet-5 in the form of the Caffe examples, which the pruning literature uses: two 5x5 convolutions without padding,
 * each followed by 2x2 maximum pooling, and one hidden layer. As in that literature (for example Liu and others:
 * Dynamic sparse training, ICLR 2020) ReLU follows both convolutions too; Caffe's own file has it after the hidden
 * layer only.
 *
 * <p>Layers and unit groups are called {@code conv1}, {@code conv2} and {@code hidden1}.
 */
public final class LeNetFamily extends CheckedFamily {
    private static final int KERNEL = 5;
    /** Two convolutions take 4 pixels each and two poolings halve: ((16 - 4) / 2 - 4) / 2 = 1. */
    private static final int MIN_EXTENT = 16;

    @Config(description = "The number of filters of the first convolution.")
    private int firstFilters = 20;

    @Config(description = "The number of filters of the second convolution.")
    private int secondFilters = 50;

    @Config(description = "The number of units of the hidden layer.")
    private int hiddenUnits = 500;

    /** For OLCUT. */
    private LeNetFamily() {}

    /**
     * Networks of the given widths; 20, 50 and 500 are LeNet-5-Caffe.
     *
     * @param firstFilters  The filters of the first convolution.
     * @param secondFilters The filters of the second convolution.
     * @param hiddenUnits   The units of the hidden layer.
     * @throws com.oracle.labs.mlrg.olcut.config.PropertyException If a width is out of range.
     */
    public LeNetFamily(int firstFilters, int secondFilters, int hiddenUnits) {
        this.firstFilters = firstFilters;
        this.secondFilters = secondFilters;
        this.hiddenUnits = hiddenUnits;
        postConfig();
    }

    @Override
    void check(LayerChecks checks) {
        checks.range("firstFilters", firstFilters, 1, UnitGroup.MAX_WIDTH);
        checks.range("secondFilters", secondFilters, 1, UnitGroup.MAX_WIDTH);
        checks.range("hiddenUnits", hiddenUnits, 1, UnitGroup.MAX_WIDTH);
    }

    @Override
    void build(NetworkBuilder network) {
        image(network, MIN_EXTENT, "so that something is left after two 5x5 convolutions and two poolings");
        network.addConvolution("conv1", firstFilters, KERNEL, 0, false);
        network.addMaximumPooling("pool1");
        network.addConvolution("conv2", secondFilters, KERNEL, 0, false);
        network.addMaximumPooling("pool2");
        network.flattenImage();
        network.addDense("hidden1", hiddenUnits, false, Activation.RELU);
    }

    @Override
    public String toString() {
        return "LeNetFamily(firstFilters=" + firstFilters + ",secondFilters=" + secondFilters + ",hiddenUnits="
                + hiddenUnits + ")";
    }
}
