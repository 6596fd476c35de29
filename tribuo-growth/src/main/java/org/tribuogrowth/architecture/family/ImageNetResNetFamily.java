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
import java.util.List;
import org.tribuogrowth.architecture.LayerSpec;
import org.tribuogrowth.architecture.PoolingKind;
import org.tribuogrowth.architecture.UnitGroup;

/**
 * Residual networks for large images, in the paper 224x224 pixels of ImageNet (He, Zhang, Ren and Sun: Deep residual
 * learning for image recognition, CVPR 2016, table 1): a 7x7 convolution of stride 2, 3x3 maximum pooling of stride 2,
 * four stages of residual blocks of which all but the first halve the image and double the filters, global average
 * pooling, and the output. The default is ResNet-50. The networks of the paper have 64 filters at the beginning, and
 *
 * <ul>
 *   <li>ResNet-18: {@link Block#BASIC} blocks, 2, 2, 2 and 2 of them in the four stages,
 *   <li>ResNet-34: {@link Block#BASIC}, 3, 4, 6, 3,
 *   <li>ResNet-50: {@link Block#BOTTLENECK}, 3, 4, 6, 3,
 *   <li>ResNet-101: {@link Block#BOTTLENECK}, 3, 4, 23, 3,
 *   <li>ResNet-152: {@link Block#BOTTLENECK}, 3, 8, 36, 3.
 * </ul>
 *
 * <p>A bottleneck block that halves the image does so in its 3x3 convolution (version 1.5, as the later literature has
 * it); with the stride in the first 1x1 convolution, as in the authors' first networks, ResNet-50 would have 0.23 G
 * multiply-adds less. Where a stage begins with other shapes the shortcut is a 1x1 convolution with batch normalisation
 * (option B of the paper). Convolutions have no bias.
 *
 * <p><b>The residual stream.</b> All layers that write one stage's stream (the projection, and the last convolution of
 * each block) share one unit group, {@code stage1.stream}. The other convolutions of the blocks have groups of their
 * own, {@code stage1.block1.conv1} and so on. The first convolution of the network has the group {@code stem}; with
 * basic blocks the first stage needs no projection, and the stem writes its stream.
 */
public final class ImageNetResNetFamily extends CheckedFamily {
    private static final int STAGES = 4;
    private static final int MAX_BLOCKS = 1000;
    /** The last stage has 8 times the filters of the first, and a bottleneck's stream 4 times as many again. */
    private static final int MAX_BASE_WIDTH = UnitGroup.MAX_WIDTH >> 5;
    /** Five strides halve: 32 / 2^5 = 1. */
    private static final int MIN_EXTENT = 32;
    /** Which leaves no stage to be dilated. */
    private static final int LAST_STRIDE = 32;

    /** The kind of all residual blocks. */
    public enum Block {
        /** Two 3x3 convolutions. */
        BASIC,
        /** A 1x1, a 3x3 and a 1x1 convolution; the stream is four times as wide as the first two. */
        BOTTLENECK
    }

    @Config(
            description =
                    "The kind of the blocks: BASIC (ResNet-18 and ResNet-34) or BOTTLENECK (ResNet-50 and deeper).")
    private Block block = Block.BOTTLENECK;

    @Config(
            description = "The number of blocks in each of the four stages: 2, 2, 2, 2 for ResNet-18; 3, 4, 6, 3 for"
                    + " ResNet-34 and ResNet-50; 3, 4, 23, 3 for ResNet-101; 3, 8, 36, 3 for ResNet-152.")
    private List<Integer> blocks = List.of(3, 4, 6, 3);

    @Config(
            description = "The number of filters of the first convolution and of the inner convolutions of the first"
                    + " stage; each stage has twice as many as the one before.")
    private int baseWidth = 64;

    /** For OLCUT. */
    private ImageNetResNetFamily() {}

    /**
     * Networks of a depth and a width.
     *
     * @param block     The kind of the blocks.
     * @param blocks    The number of blocks in each of the four stages, 1 to 1000.
     * @param baseWidth The filters of the first convolution, 64 in the paper.
     * @throws com.oracle.labs.mlrg.olcut.config.PropertyException If a value is missing or out of range.
     */
    public ImageNetResNetFamily(Block block, List<Integer> blocks, int baseWidth) {
        this.block = block;
        this.blocks = blocks;
        this.baseWidth = baseWidth;
        postConfig();
    }

    @Override
    void check(LayerChecks checks) {
        checks.present("block", block);
        blocks = checks.elements("blocks", blocks, Integer.class, "a number of blocks, 1 to " + MAX_BLOCKS);
        if (blocks.size() != STAGES) {
            throw checks.failure(
                    "blocks", "must have " + STAGES + " items, one for each stage, found " + blocks.size());
        }
        for (int count : blocks) {
            checks.range("blocks", count, 1, MAX_BLOCKS);
        }
        checks.range("baseWidth", baseWidth, 1, MAX_BASE_WIDTH);
    }

    @Override
    void build(NetworkBuilder network) {
        image(network, MIN_EXTENT, "so that five strides can halve them");
        new DilatedBackbone(block, blocks, baseWidth, LAST_STRIDE).addTo(network);
        network.add(new LayerSpec.GlobalPooling("pool", network.last(), PoolingKind.AVERAGE));
    }

    @Override
    public String toString() {
        return "ImageNetResNetFamily(block=" + block + ",blocks=" + blocks + ",baseWidth=" + baseWidth + ")";
    }
}
