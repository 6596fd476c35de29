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
 * Plain stacks of 3x3 convolutions with batch normalisation and ReLU, after Simonyan and Zisserman (Very deep
 * convolutional networks for large-scale image recognition, ICLR 2015), in the form that is usual for 32x32 images.
 *
 * <p>The VGG variants have five stages, halved by maximum pooling in between, then average pooling of what is left of
 * the image, one hidden layer with batch normalisation and ReLU, and the output. Layers and unit groups are called
 * {@code stage1.conv1} and so on, and {@code hidden1}. {@link Variant#SMALL} has {@code conv1} to {@code conv3}.
 *
 * <p><b>Depth.</b> With {@code searchableBlocks} all convolutions but the first of each stage are searchable as a whole:
 * each has a group of one unit that is called like the convolution, {@code stage1.conv2}, and a way around it, {@code
 * stage1.bypass2}. Since a stage's convolutions may then stand for each other, they share one unit group, {@code
 * stage1.stream}.
 */
public final class VggFamily extends CheckedFamily {
    private static final int[] STAGE_FILTERS = {64, 128, 256, 512, 512};
    private static final int VGG_HIDDEN_UNITS = 512;
    /** Four poolings halve: 16 / 2^4 = 1. */
    private static final int VGG_MIN_EXTENT = 16;

    private static final int[] SMALL_FILTERS = {32, 64, 64};
    /** Two poolings halve: 4 / 2^2 = 1. */
    private static final int SMALL_MIN_EXTENT = 4;

    /** The network's depth. */
    public enum Variant {
        /** Eight convolutions: 1, 1, 2, 2 and 2 in the five stages. */
        VGG_11,
        /** Ten convolutions: 2 in each of the five stages. */
        VGG_13,
        /** Thirteen convolutions: 2, 2, 3, 3 and 3 in the five stages. */
        VGG_16,
        /** Sixteen convolutions: 2, 2, 4, 4 and 4 in the five stages. */
        VGG_19,
        /**
         * Three convolutions of 32, 64 and 64 filters with maximum pooling after the first two, global average pooling,
         * and the output; meant for 28x28 images.
         */
        SMALL
    }

    @Config(
            description =
                    "The depth: VGG_11, VGG_13, VGG_16, VGG_19, or SMALL with three convolutions for 28x28 images.")
    private Variant variant = Variant.VGG_16;

    @Config(description = "Multiplies the number of filters and hidden units of every layer; rounded, at least 1.")
    private double widthMultiplier = 1.0;

    @Config(
            description =
                    "Whether a search may take out and put in whole convolutions, all but the first of each stage; not for"
                            + " SMALL, whose stages have one convolution.")
    private boolean searchableBlocks = false;

    /** For OLCUT. */
    private VggFamily() {}

    /**
     * Networks of a variant.
     *
     * @param variant         The depth.
     * @param widthMultiplier Multiplies all widths, above 0.
     * @throws com.oracle.labs.mlrg.olcut.config.PropertyException If a value is out of range.
     */
    public VggFamily(Variant variant, double widthMultiplier) {
        this(variant, widthMultiplier, false);
    }

    /**
     * Networks of a variant, whose convolutions may be searchable as a whole.
     *
     * @param variant          The depth.
     * @param widthMultiplier  Multiplies all widths, above 0.
     * @param searchableBlocks Whether all convolutions but the first of each stage are searchable.
     * @throws com.oracle.labs.mlrg.olcut.config.PropertyException If a value is out of range.
     */
    public VggFamily(Variant variant, double widthMultiplier, boolean searchableBlocks) {
        this.variant = variant;
        this.widthMultiplier = widthMultiplier;
        this.searchableBlocks = searchableBlocks;
        postConfig();
    }

    @Override
    void check(LayerChecks checks) {
        checks.present("variant", variant);
        checks.multiplier("widthMultiplier", widthMultiplier);
        if (searchableBlocks && variant == Variant.SMALL) {
            throw checks.failure(
                    "searchableBlocks",
                    "must be false for SMALL, whose stages have one convolution, which always exists, found true");
        }
    }

    @Override
    void build(NetworkBuilder network) {
        switch (variant) {
            case VGG_11 -> buildVgg(network, 1, 1, 2, 2, 2);
            case VGG_13 -> buildVgg(network, 2, 2, 2, 2, 2);
            case VGG_16 -> buildVgg(network, 2, 2, 3, 3, 3);
            case VGG_19 -> buildVgg(network, 2, 2, 4, 4, 4);
            case SMALL -> buildSmall(network);
        }
    }

    private void buildVgg(NetworkBuilder network, int... convolutions) {
        image(network, VGG_MIN_EXTENT, "so that something is left after four poolings");
        for (int stage = 1; stage <= convolutions.length; stage++) {
            for (int i = 1; i <= convolutions[stage - 1]; i++) {
                addConvolution(network, "stage" + stage, i, width(STAGE_FILTERS[stage - 1]));
            }
            if (stage < convolutions.length) {
                network.addMaximumPooling("stage" + stage + ".pool");
            }
        }
        addGlobalPooling(network);
        network.addDense("hidden1", width(VGG_HIDDEN_UNITS), true, Activation.RELU);
    }

    private void addConvolution(NetworkBuilder network, String stage, int number, int filters) {
        String name = stage + ".conv" + number;
        if (!searchableBlocks) {
            network.addConvolution(name, filters, 3, 1, true);
            return;
        }
        String source = network.last();
        String units = number == 1 ? network.addGroup(stage + ".stream", filters, true) : network.units();
        network.add(new LayerSpec.Convolution(name, source, units, 3, 1, 1, 1, false, true, Activation.RELU));
        if (number > 1) {
            network.add(new LayerSpec.Bypass(stage + ".bypass" + number, name, source, network.addBlock(name)));
        }
    }

    private void buildSmall(NetworkBuilder network) {
        image(network, SMALL_MIN_EXTENT, "so that something is left after two poolings");
        for (int i = 1; i <= SMALL_FILTERS.length; i++) {
            network.addConvolution("conv" + i, width(SMALL_FILTERS[i - 1]), 3, 1, true);
            if (i < SMALL_FILTERS.length) {
                network.addMaximumPooling("pool" + i);
            }
        }
        addGlobalPooling(network);
    }

    private static void addGlobalPooling(NetworkBuilder network) {
        network.add(new LayerSpec.GlobalPooling("pool", network.last(), PoolingKind.AVERAGE));
    }

    private int width(int filters) {
        return scaled(filters, widthMultiplier);
    }

    @Override
    public String toString() {
        return "VggFamily(variant=" + variant + ",widthMultiplier=" + widthMultiplier
                + (searchableBlocks ? ",searchableBlocks" : "") + ")";
    }
}
