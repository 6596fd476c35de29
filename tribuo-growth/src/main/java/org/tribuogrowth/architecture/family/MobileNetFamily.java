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
import org.tribuogrowth.architecture.PoolingKind;

/**
 * MobileNets (Howard et al.: MobileNets: efficient convolutional neural networks for mobile vision applications, 2017,
 * table 1), now called MobileNetV1: a 3x3 convolution, thirteen depthwise separable blocks, each a 3x3 depthwise
 * convolution and a 1x1 convolution, global average pooling, and the output. Every convolution is followed by batch
 * normalisation and ReLU, and none has a bias.
 *
 * <p><b>Strides.</b> The widths are those of the paper, and so are the strides of the blocks: the second, fourth, sixth
 * and twelfth halve the image. The last block has stride 1; table 1 prints 2 for it, but its sizes show that 1 is meant.
 * The first convolution has stride 2 in the paper, for 224x224 images, which end as 7x7. The default is 1, for images of
 * 32x32, which end as 2x2.
 *
 * <p><b>Units.</b> The first convolution writes the group {@code stem}, the 1x1 convolution of each block its own group
 * {@code block1.pointwise} and so on. A depthwise convolution, {@code block1.depthwise}, writes the group that it reads,
 * and carries that group's gates in its scale and shift.
 */
public final class MobileNetFamily extends CheckedFamily {
    private static final int STEM_FILTERS = 32;
    private static final int[] BLOCK_FILTERS = {64, 128, 128, 256, 256, 512, 512, 512, 512, 512, 512, 1024, 1024};
    private static final int[] BLOCK_STRIDES = {1, 2, 1, 2, 1, 2, 1, 1, 1, 1, 1, 2, 1};
    /** The strides of four blocks halve: 16 / 2^4 = 1. */
    private static final int MIN_EXTENT = 16;

    @Config(
            description = "Multiplies the number of filters of every layer; rounded, at least 1. The paper's networks"
                    + " have 1, 0.75, 0.5 and 0.25.")
    private double widthMultiplier = 1.0;

    @Config(
            description = "The stride of the first convolution: 2 as in the paper, for images of 224x224 and the like,"
                    + " or 1 for images of 32x32.")
    private int stemStride = 1;

    /** For OLCUT. */
    private MobileNetFamily() {}

    /**
     * Networks of a width for small images.
     *
     * @param widthMultiplier Multiplies all widths, above 0 and at most 64.
     * @throws com.oracle.labs.mlrg.olcut.config.PropertyException If it is out of range.
     */
    public MobileNetFamily(double widthMultiplier) {
        this(widthMultiplier, 1);
    }

    /**
     * Networks of a width.
     *
     * @param widthMultiplier Multiplies all widths, above 0 and at most 64.
     * @param stemStride      The stride of the first convolution, 1 or 2.
     * @throws com.oracle.labs.mlrg.olcut.config.PropertyException If a value is out of range.
     */
    public MobileNetFamily(double widthMultiplier, int stemStride) {
        this.widthMultiplier = widthMultiplier;
        this.stemStride = stemStride;
        postConfig();
    }

    @Override
    void check(LayerChecks checks) {
        checks.multiplier("widthMultiplier", widthMultiplier);
        checks.range("stemStride", stemStride, 1, 2);
    }

    @Override
    void build(NetworkBuilder network) {
        image(
                network,
                MIN_EXTENT * stemStride,
                stemStride == 1 ? "so that four strides can halve them" : "so that five strides can halve them");
        String stem = network.addGroup("stem", scaled(STEM_FILTERS, widthMultiplier), true);
        network.add(new LayerSpec.Convolution(
                stem, network.last(), stem, 3, stemStride, 1, 1, false, true, Activation.RELU));
        for (int block = 1; block <= BLOCK_FILTERS.length; block++) {
            network.add(new LayerSpec.DepthwiseConvolution(
                    "block" + block + ".depthwise",
                    network.last(),
                    3,
                    BLOCK_STRIDES[block - 1],
                    1,
                    1,
                    false,
                    true,
                    Activation.RELU));
            int filters = scaled(BLOCK_FILTERS[block - 1], widthMultiplier);
            network.addConvolution("block" + block + ".pointwise", filters, 1, 0, true);
        }
        network.add(new LayerSpec.GlobalPooling("pool", network.last(), PoolingKind.AVERAGE));
    }

    @Override
    public String toString() {
        return "MobileNetFamily(widthMultiplier=" + widthMultiplier + ",stemStride=" + stemStride + ")";
    }
}
