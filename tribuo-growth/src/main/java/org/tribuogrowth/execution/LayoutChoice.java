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

package org.tribuogrowth.execution;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tribuogrowth.architecture.ActiveUnits;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.LayerSpec;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.onednn.DataLayout;
import org.tribuogrowth.onednn.TensorLayout;

/**
 * Which layout the activations of each unit group have, and which convolutions are computed by Winograd's algorithm. The
 * rules were found by timing all passes over widths 2 to 512 and images of 2 to 32 pixels, as {@code
 * examples/benchmarks/run jmh LayoutBenchmark} does; they depend on the network alone.
 *
 * <ul>
 *   <li>Winograd's 4x4 tiles need up to 2.6 times less time than a direct convolution of the same channels, stored in
 *       blocks of 16, over the same pixels, rounded up to whole tiles; of c channels c / (c + 22) of that. It is taken
 *       where that is a gain.
 *   <li>A group that a Winograd convolution reads or writes is stored in blocks, and so are wide groups in general.
 *   <li>Normalised groups of up to 8 channels are stored in one block of 8.
 *   <li>Other groups are stored channels last. If they are normalised, their channels are filled up to a multiple of 8,
 *       since oneDNN computes batch normalisation at other widths by a scalar loop.
 *   <li>A concatenation is stored in blocks if all its parts are, each from a new block on, and channels last otherwise.
 *   <li>Sparse products read and write channels last, so they do not count as reasons for blocks.
 * </ul>
 */
final class LayoutChoice {
    /**
     * By how much a Winograd convolution of very many channels is faster on whole tiles and blocks: the limit of
     * LayoutBenchmark's times in blocks over its times by Winograd's algorithm, all passes together.
     */
    private static final double WINOGRAD_GAIN = 2.6;

    /** Of how many channels the transformations take as long as the products between them. */
    private static final double WINOGRAD_OVERHEAD = 22;

    private static final int TILE = 4;

    /** Direct convolutions from planar images into blocks exist for so many input channels at most. */
    private static final int PLANAR_CHANNELS = 3;
    /** With fewer tiles the transformation of the weights, which are four times as many after it, costs too much. */
    private static final int LEAST_TILES = 32;

    private static final int BLOCK = 16;
    private static final int LANES = 8;
    /** Below two blocks on both sides the transformations cost as much as they save. */
    private static final int LEAST_BLOCKS = 2;

    private final Architecture architecture;
    private final ActiveUnits active;
    private final int batch;
    /** Those of sequences; 0 without. */
    private final int steps;

    private final boolean winogradAllowed;
    private final boolean blocksAllowed;
    private final Set<String> sparse;
    private final Map<String, DataLayout> layouts = new HashMap<>();
    private final Map<String, Integer> channels = new HashMap<>();
    private final Map<String, List<Stretch>> stretches = new HashMap<>();

    /** Chooses for a network without sequences or sparse products. */
    LayoutChoice(
            Architecture architecture, ActiveUnits active, int batch, boolean winogradAllowed, boolean wideVectors) {
        this(architecture, active, batch, 0, winogradAllowed, wideVectors, Set.of());
    }

    /**
     * Chooses.
     *
     * @param architecture    The architecture.
     * @param active          Its active units.
     * @param batch           The batch size.
     * @param steps           The steps of sequences; 0 for networks that read none.
     * @param winogradAllowed Whether rounding may differ from that of direct convolutions.
     * @param wideVectors     Whether the processor has vectors of 16 floats, without which blocks of 16 and Winograd's
     *                        algorithm have no code.
     * @param sparse          The layers that are computed by sparse products.
     */
    LayoutChoice(
            Architecture architecture,
            ActiveUnits active,
            int batch,
            int steps,
            boolean winogradAllowed,
            boolean wideVectors,
            Set<String> sparse) {
        this.architecture = architecture;
        this.active = active;
        this.batch = batch;
        this.steps = steps;
        this.winogradAllowed = winogradAllowed && wideVectors;
        this.blocksAllowed = wideVectors;
        this.sparse = sparse;
        Set<String> normalised = new HashSet<>();
        Set<String> blocked = new HashSet<>();
        for (LayerSpec layer : architecture.layers()) {
            boolean normalises = layer instanceof LayerSpec.BatchNormalisation
                    || layer instanceof LayerSpec.Affine weighted && weighted.batchNormalisation();
            if (normalises) {
                normalised.add(architecture.groupOf(layer.name()));
            }
            if (layer instanceof LayerSpec.Convolution convolution && !sparse.contains(layer.name())) {
                String reads = architecture.groupOf(convolution.input());
                if (winograd(convolution)) {
                    blocked.add(reads);
                    blocked.add(convolution.units());
                } else if (blocksAllowed
                        && convolution.batchNormalisation()
                        && active.count(convolution.units()) > BLOCK) {
                    int width = active.count(convolution.units());
                    if (DataLayout.BLOCKED.stored(width) * LANES <= width * (LANES + 1)) {
                        blocked.add(convolution.units());
                    }
                }
            }
        }
        place(normalised, blocked);
    }

    private void place(Set<String> normalised, Set<String> blocked) {
        layouts.put(LayerSpec.INPUT, DataLayout.CHANNELS_LAST);
        channels.put(LayerSpec.INPUT, active.count(LayerSpec.INPUT));
        for (LayerSpec layer : architecture.layers()) {
            String group = architecture.groupOf(layer.name());
            if (layer instanceof LayerSpec.Concatenation concatenation) {
                place(concatenation);
            }
            if (group.equals(LayerSpec.INPUT) || stretches.containsKey(group)) {
                continue;
            }
            boolean image = architecture.shape(layer.name()) instanceof Shape.Image;
            if (image && blocked.contains(group)) {
                layouts.put(group, DataLayout.BLOCKED);
                channels.put(group, active.count(group));
            } else if (image && normalised.contains(group) && active.count(group) <= LANES) {
                layouts.put(group, DataLayout.NARROW_BLOCKED);
                // Fewer channels in a block have no forward convolution but the reference one.
                channels.put(group, LANES);
            } else if (!layouts.containsKey(group)) {
                layouts.put(group, DataLayout.CHANNELS_LAST);
                channels.put(group, normalised.contains(group) ? filledUp(active.count(group)) : active.count(group));
            }
        }
    }

    private void place(LayerSpec.Concatenation concatenation) {
        boolean inBlocks = concatenation.inputs().stream()
                .allMatch(input -> layouts.get(architecture.groupOf(input)) == DataLayout.BLOCKED);
        DataLayout layout = inBlocks ? DataLayout.BLOCKED : DataLayout.CHANNELS_LAST;
        List<Stretch> places = new ArrayList<>();
        int units = 0;
        int width = 0;
        for (String input : concatenation.inputs()) {
            String group = architecture.groupOf(input);
            places.addAll(Stretch.behind(stretches(group), units, width));
            units += active.count(group);
            width += layout.stored(channels.get(group));
        }
        layouts.put(concatenation.name(), layout);
        channels.put(concatenation.name(), width);
        stretches.put(concatenation.name(), List.copyOf(places));
    }

    private static int filledUp(int width) {
        return (width + LANES - 1) / LANES * LANES;
    }

    /** Whether a convolution is computed by Winograd's algorithm. */
    boolean winograd(LayerSpec.Convolution convolution) {
        if (!winogradAllowed
                || sparse.contains(convolution.name())
                || convolution.kernel() != 3
                || convolution.stride() != 1
                || convolution.dilation() != 1
                || convolution.padding() > 1) {
            return false;
        }
        int inputs = active.count(architecture.groupOf(convolution.input()));
        int outputs = active.count(convolution.units());
        int storedInputs = DataLayout.BLOCKED.stored(inputs);
        int storedOutputs = DataLayout.BLOCKED.stored(outputs);
        if (Math.min(storedInputs, storedOutputs) < LEAST_BLOCKS * BLOCK) {
            return false;
        }
        Shape.Image image = (Shape.Image) architecture.shape(convolution.name());
        double tiled = (double) tiles(image.height()) * tiles(image.width());
        if (batch * tiled < LEAST_TILES * TILE * TILE) {
            return false;
        }
        double stored = Math.sqrt(storedInputs * (double) storedOutputs);
        double gain = WINOGRAD_GAIN * stored / (stored + WINOGRAD_OVERHEAD);
        double winograd = stored * stored * tiled / gain;
        return winograd < filledUp(inputs) * (double) filledUp(outputs) * image.positions();
    }

    /**
     * The layouts that a layer computes from and to. Where they are not those of its input and output, values are moved.
     *
     * @param read    How it reads its input.
     * @param written How it writes its output.
     */
    record Passage(TensorLayout read, TensorLayout written) {}

    /**
     * The layouts of a convolution: those of input and output, or where they differ one that saves moving more. In blocks
     * oneDNN has only its reference code for the weights of a dilated kernel larger than the image.
     */
    Passage passage(LayerSpec.Convolution convolution) {
        TensorLayout input = of(convolution.input());
        TensorLayout output = of(convolution.name());
        DataLayout from = input.layout();
        DataLayout to = output.layout();
        if (convolution.dilation() > 1 && reachesBeyond(convolution.kernel(), convolution.dilation(), input)) {
            return new Passage(input.in(DataLayout.CHANNELS_LAST), output.in(DataLayout.CHANNELS_LAST));
        }
        if (from == to) {
            return new Passage(input, output);
        }
        if (winograd(convolution)) {
            // It reads a concatenation, part of which is not in blocks.
            return new Passage(input.in(DataLayout.BLOCKED), output.in(DataLayout.BLOCKED));
        }
        if (to == DataLayout.BLOCKED && input.channels() <= PLANAR_CHANNELS) {
            return new Passage(input.in(DataLayout.PLANAR), output);
        }
        DataLayout both = input.values() < output.values() ? to : from;
        boolean wasteful = products(both, input, output) > products(DataLayout.NARROW_BLOCKED, input, output);
        if (wasteful || !fillsBlock(both, input) || !fillsBlock(both, output)) {
            both = DataLayout.CHANNELS_LAST;
        }
        return new Passage(input.in(both), output.in(both));
    }

    /**
     * The layouts of a depthwise convolution. It writes the units that it reads, which are stored alike; but in blocks
     * oneDNN has only its reference code for the weights of a kernel larger than the image.
     */
    Passage passage(LayerSpec.DepthwiseConvolution convolution) {
        TensorLayout input = of(convolution.input());
        TensorLayout output = of(convolution.name());
        return reachesBeyond(convolution.kernel(), convolution.dilation(), input)
                ? new Passage(input.in(DataLayout.CHANNELS_LAST), output.in(DataLayout.CHANNELS_LAST))
                : new Passage(input, output);
    }

    private static boolean reachesBeyond(int kernel, int dilation, TensorLayout image) {
        return Math.min(image.height(), image.width()) < dilation * (kernel - 1) + 1;
    }

    /** How many products of channels there are at each pixel when blocks are filled up. */
    private static long products(DataLayout layout, TensorLayout input, TensorLayout output) {
        return (long) layout.stored(input.channels()) * layout.stored(output.channels());
    }

    /** Of fewer channels than a block has, oneDNN computes convolutions in blocks by its reference code. */
    private static boolean fillsBlock(DataLayout layout, TensorLayout tensor) {
        return tensor.channels() >= layout.stored(1);
    }

    private static int tiles(int extent) {
        return (extent + TILE - 1) / TILE * TILE;
    }

    /** The layout of what a layer writes, or of the network's input. */
    TensorLayout of(String layer) {
        String group = architecture.groupOf(layer);
        int width = channels.get(group);
        Shape shape = architecture.shape(layer);
        if (shape instanceof Shape.Image image) {
            return new TensorLayout(layouts.get(group), batch, width, image.height(), image.width());
        }
        if (shape instanceof Shape.Sequence) {
            // Step after step, so that each step of each example is a row.
            return new TensorLayout(DataLayout.CHANNELS_LAST, batch * steps, width, 1, 1);
        }
        if (shape instanceof Shape.Tokens) {
            return new TensorLayout(DataLayout.CHANNELS_LAST, batch * steps, 1, 1, 1);
        }
        return new TensorLayout(DataLayout.CHANNELS_LAST, batch, width * shape.positions(), 1, 1);
    }

    /** The layout of what a layer writes, as a part of a concatenation: blocks that are not full count as if they were. */
    TensorLayout part(String layer, DataLayout whole) {
        TensorLayout part = of(layer);
        return new TensorLayout(
                part.layout(), part.batch(), whole.stored(part.channels()), part.height(), part.width());
    }

    /** How many channels the units of a group are filled up to. */
    int channels(String group) {
        return channels.get(group);
    }

    /** Where the active units of a group lie among these channels. */
    List<Stretch> stretches(String group) {
        return stretches.containsKey(group) ? stretches.get(group) : Stretch.whole(active.count(group));
    }
}
