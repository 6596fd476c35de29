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
import org.tribuogrowth.architecture.UnitGroup;

/**
 * Residual networks for small images (He, Zhang, Ren and Sun: Deep residual learning for image recognition, CVPR 2016,
 * section 4.2): a 3x3 convolution, three stages of basic blocks of which the second and third halve the image and
 * double the filters, global average pooling, and the output. Depth 20, 32, 44, 56 and 110 are the networks of the
 * paper.
 *
 * <p>Where a stage begins with other shapes the shortcut is a 1x1 convolution with batch normalisation (option B of the
 * paper) and not a padded identity, because the units of two stages are not the same units.
 *
 * <p><b>The residual stream.</b> All layers that write one stage's stream (stem or projection, and the second
 * convolution of each block) share one unit group, {@code stage1.stream}: a unit of the stream is there in all of them
 * or in none. The first convolution of each block has a group of its own, {@code stage1.block1.conv1}. Without
 * {@code searchableStreams} the streams keep all their units.
 *
 * <p><b>Depth.</b> With {@code searchableBlocks} all blocks but the first of each stage are searchable: each has a
 * group of one unit that is called like the block, {@code stage1.block2}. Without it the stream goes on as it is.
 */
public final class ResNetFamily extends CheckedFamily {
    private static final int STAGES = 3;
    private static final int MIN_DEPTH = 8;
    private static final int MAX_DEPTH = 1202;
    private static final int MAX_BASE_WIDTH = UnitGroup.MAX_WIDTH >> (STAGES - 1);
    /** Two strides halve: 4 / 2^2 = 1. */
    private static final int MIN_EXTENT = 4;

    @Config(description = "The number of layers with weights, 6n+2 for n blocks a stage: 8, 14, 20, ..., 56, ..., 110.")
    private int depth = 20;

    @Config(
            description =
                    "The number of filters of the first stage; the second has twice, the third four times as many.")
    private int baseWidth = 16;

    @Config(
            description =
                    "Whether a search may take out and put in whole blocks, all but the first of each stage; needs at"
                            + " least two blocks a stage.")
    private boolean searchableBlocks = false;

    @Config(
            description =
                    "Whether a search may change the units of the residual streams; otherwise each stage's stream keeps all of"
                            + " them, and the first convolutions of the blocks are searched alone.")
    private boolean searchableStreams = true;

    /** For OLCUT. */
    private ResNetFamily() {}

    /**
     * Networks of a depth and a width.
     *
     * @param depth     The number of layers with weights, 6n+2; projections are not counted.
     * @param baseWidth The filters of the first stage, 16 in the paper.
     * @throws com.oracle.labs.mlrg.olcut.config.PropertyException If a value is out of range.
     */
    public ResNetFamily(int depth, int baseWidth) {
        this(depth, baseWidth, false);
    }

    /**
     * Networks of a depth and a width, whose blocks may be searchable.
     *
     * @param depth            The number of layers with weights, 6n+2; projections are not counted.
     * @param baseWidth        The filters of the first stage, 16 in the paper.
     * @param searchableBlocks Whether all blocks but the first of each stage are searchable.
     * @throws com.oracle.labs.mlrg.olcut.config.PropertyException If a value is out of range.
     */
    public ResNetFamily(int depth, int baseWidth, boolean searchableBlocks) {
        this(depth, baseWidth, searchableBlocks, true);
    }

    /**
     * Networks of a depth and a width, whose blocks and streams may be searchable.
     *
     * @param depth             The number of layers with weights, 6n+2; projections are not counted.
     * @param baseWidth         The filters of the first stage, 16 in the paper.
     * @param searchableBlocks  Whether all blocks but the first of each stage are searchable.
     * @param searchableStreams Whether the units of the residual streams are searchable.
     * @throws com.oracle.labs.mlrg.olcut.config.PropertyException If a value is out of range.
     */
    public ResNetFamily(int depth, int baseWidth, boolean searchableBlocks, boolean searchableStreams) {
        this.depth = depth;
        this.baseWidth = baseWidth;
        this.searchableBlocks = searchableBlocks;
        this.searchableStreams = searchableStreams;
        postConfig();
    }

    @Override
    void check(LayerChecks checks) {
        if (depth < MIN_DEPTH || depth > MAX_DEPTH || (depth - 2) % (2 * STAGES) != 0) {
            throw checks.failure(
                    "depth",
                    "must be 6n+2 for a number n of blocks a stage, from " + MIN_DEPTH + " to " + MAX_DEPTH
                            + " (8, 14, 20, 26, 32, 38, 44, 50, 56, ...), found " + depth);
        }
        checks.range("baseWidth", baseWidth, 1, MAX_BASE_WIDTH);
        if (searchableBlocks && depth == MIN_DEPTH) {
            throw checks.failure(
                    "searchableBlocks",
                    "must be false at depth " + depth
                            + ", where each stage has one block, which always exists, found true");
        }
    }

    @Override
    void build(NetworkBuilder network) {
        image(network, MIN_EXTENT, "so that two strides can halve them");
        String first = network.addGroup(stream(1), baseWidth, searchableStreams);
        network.add(new LayerSpec.Convolution("stem", network.last(), first, 3, 1, 1, 1, false, true, Activation.RELU));
        int blocks = (depth - 2) / (2 * STAGES);
        for (int stage = 1; stage <= STAGES; stage++) {
            for (int block = 1; block <= blocks; block++) {
                new ResidualBlock(
                                "stage" + stage + ".block" + block,
                                baseWidth << (stage - 1),
                                stage > 1 && block == 1 ? 2 : 1,
                                stream(stage),
                                true,
                                searchableStreams,
                                Activation.RELU,
                                searchableBlocks && block > 1)
                        .addTo(network);
            }
        }
        network.add(new LayerSpec.GlobalPooling("pool", network.last(), PoolingKind.AVERAGE));
    }

    private static String stream(int stage) {
        return "stage" + stage + ".stream";
    }

    @Override
    public String toString() {
        return "ResNetFamily(depth=" + depth + ",baseWidth=" + baseWidth + (searchableBlocks ? ",searchableBlocks" : "")
                + (searchableStreams ? "" : ",streams kept")
                + ")";
    }
}
