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
 * Wide residual networks for small images (Zagoruyko and Komodakis: Wide residual networks, BMVC 2016, table 1 with
 * blocks of two 3x3 convolutions): a 3x3 convolution of 16 filters, three stages of pre-activation blocks with 16k, 32k
 * and 64k filters, of which the second and third halve the image, batch normalisation and ReLU, global average pooling,
 * and the output. WRN-16-4 has depth 16 and widening factor 4.
 *
 * <p>Convolutions have no bias. Where the number of channels or the size changes the shortcut is a 1x1 convolution that
 * reads the block's normalised input, as in the authors' code; see {@link PreActivationBlock}.
 *
 * <p><b>The residual stream.</b> All layers that write one stage's stream (the projection and the second convolution of
 * each block) share one unit group, {@code stage1.stream}. The batch normalisations that read the stream carry its gates
 * as well, and so does the last one. The first convolution of each block has a group of its own, {@code
 * stage1.block1.conv1}, and so has the first of the network, {@code stem}, unless the widening factor is 1: then the
 * first stage needs no projection, and the stem writes its stream.
 *
 * <p><b>Depth.</b> With {@code searchableBlocks} all blocks but the first of each stage are searchable: each has a
 * group of one unit that is called like the block, {@code stage1.block2}. Without it the stream goes on as it is.
 */
public final class WideResNetFamily extends CheckedFamily {
    private static final int STAGES = 3;
    private static final int BASE_WIDTH = 16;
    private static final int MIN_DEPTH = 10;
    private static final int MAX_DEPTH = 1204;
    private static final int MAX_WIDENING = UnitGroup.MAX_WIDTH / (BASE_WIDTH << (STAGES - 1));
    /** Two strides halve: 4 / 2^2 = 1. */
    private static final int MIN_EXTENT = 4;

    @Config(
            description =
                    "The number of convolutions, the first one and three projections included, 6n+4 for n blocks a"
                            + " stage: 10, 16, 22, 28, 34, 40, ...")
    private int depth = 16;

    @Config(description = "The widening factor k: the three stages have 16k, 32k and 64k filters.")
    private int wideningFactor = 4;

    @Config(
            description = "The probability of setting a value between the two convolutions of a block to zero in"
                    + " training, at least 0 and below 1. The paper uses 0 or 0.3.")
    private double dropout = 0.0;

    @Config(
            description =
                    "Whether a search may take out and put in whole blocks, all but the first of each stage; needs at"
                            + " least two blocks a stage.")
    private boolean searchableBlocks = false;

    /** For OLCUT. */
    private WideResNetFamily() {}

    /**
     * Networks without dropout.
     *
     * @param depth          The number of convolutions, 6n+4.
     * @param wideningFactor The widening factor k.
     * @throws com.oracle.labs.mlrg.olcut.config.PropertyException If a value is out of range.
     */
    public WideResNetFamily(int depth, int wideningFactor) {
        this(depth, wideningFactor, 0.0);
    }

    /**
     * Networks of a depth and a width.
     *
     * @param depth          The number of convolutions, 6n+4.
     * @param wideningFactor The widening factor k.
     * @param dropout        The dropout rate between the two convolutions of each block, in [0, 1).
     * @throws com.oracle.labs.mlrg.olcut.config.PropertyException If a value is out of range.
     */
    public WideResNetFamily(int depth, int wideningFactor, double dropout) {
        this(depth, wideningFactor, dropout, false);
    }

    /**
     * Networks of a depth and a width, whose blocks may be searchable.
     *
     * @param depth            The number of convolutions, 6n+4.
     * @param wideningFactor   The widening factor k.
     * @param dropout          The dropout rate between the two convolutions of each block, in [0, 1).
     * @param searchableBlocks Whether all blocks but the first of each stage are searchable.
     * @throws com.oracle.labs.mlrg.olcut.config.PropertyException If a value is out of range.
     */
    public WideResNetFamily(int depth, int wideningFactor, double dropout, boolean searchableBlocks) {
        this.searchableBlocks = searchableBlocks;
        this.depth = depth;
        this.wideningFactor = wideningFactor;
        this.dropout = dropout;
        postConfig();
    }

    @Override
    void check(LayerChecks checks) {
        if (depth < MIN_DEPTH || depth > MAX_DEPTH || (depth - 4) % (2 * STAGES) != 0) {
            throw checks.failure(
                    "depth",
                    "must be 6n+4 for a number n of blocks a stage, from " + MIN_DEPTH + " to " + MAX_DEPTH
                            + " (10, 16, 22, 28, 34, 40, ...), found " + depth);
        }
        checks.range("wideningFactor", wideningFactor, 1, MAX_WIDENING);
        checks.rate("dropout", dropout);
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
        String stem = network.addGroup(wideningFactor == 1 ? stream(1) : "stem", BASE_WIDTH, true);
        network.add(
                new LayerSpec.Convolution("stem", network.last(), stem, 3, 1, 1, 1, false, false, Activation.IDENTITY));
        int blocks = (depth - 4) / (2 * STAGES);
        for (int stage = 1; stage <= STAGES; stage++) {
            for (int block = 1; block <= blocks; block++) {
                new PreActivationBlock(
                                "stage" + stage + ".block" + block,
                                (BASE_WIDTH << (stage - 1)) * wideningFactor,
                                stage > 1 && block == 1 ? 2 : 1,
                                stream(stage),
                                dropout,
                                searchableBlocks && block > 1)
                        .addTo(network);
            }
        }
        network.add(new LayerSpec.BatchNormalisation("norm", network.last(), Activation.RELU));
        network.add(new LayerSpec.GlobalPooling("pool", network.last(), PoolingKind.AVERAGE));
    }

    private static String stream(int stage) {
        return "stage" + stage + ".stream";
    }

    @Override
    public String toString() {
        return "WideResNetFamily(depth=" + depth + ",wideningFactor=" + wideningFactor + ",dropout=" + dropout
                + (searchableBlocks ? ",searchableBlocks" : "") + ")";
    }
}
