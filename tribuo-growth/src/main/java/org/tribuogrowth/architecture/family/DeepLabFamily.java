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
import java.util.ArrayList;
import java.util.List;
import org.tribuogrowth.architecture.Activation;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.LayerSpec;
import org.tribuogrowth.architecture.PoolingKind;
import org.tribuogrowth.architecture.ResizeKind;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.architecture.UnitGroup;
import org.tribuogrowth.architecture.family.ImageNetResNetFamily.Block;

/**
 * Networks with scores for each pixel that look at several distances at once (Chen, Papandreou, Schroff and Adam: Rethinking
 * atrous convolution for semantic image segmentation, 2017, DeepLabv3): the convolutions of a residual network whose last
 * stages are dilated in place of halving the image; then side by side a 1x1 convolution, 3x3 convolutions of several
 * rates and the average of the whole image; a 1x1 projection; scores, which are resized to the input's size. The decoder is
 * that of DeepLabv3+ (Chen, Zhu, Papandreou, Schroff and Adam: Encoder-decoder with atrous separable convolution for
 * semantic image segmentation, ECCV 2018, section 3.1): the projection is resized to the size of the first stage, what
 * that stage found is put beside it, and two 3x3 convolutions follow. All convolutions have batch normalisation and ReLU.
 *
 * <p>Three things differ from the papers. The branch of the whole image has a bias and no batch normalisation, which would
 * have one value of each image to normalise by. The rates are used as they are and not doubled for an output stride of 8.
 * And since a network ends in its output layer, scores are found by a 1x1 convolution of as many filters as there are
 * outputs, called {@code scores}, resized, and given to the output, which is one more linear map of each pixel.
 *
 * <p>Unit groups: those of {@link ImageNetResNetFamily}; {@code pyramid.point}, {@code pyramid.rate1} and so on,
 * {@code pyramid.image} and {@code pyramid.project}; {@code decoder.low}, {@code decoder.conv1} and {@code decoder.conv2}. All
 * are searchable but {@code scores}.
 */
public final class DeepLabFamily extends CheckedFamily {
    private static final int STAGES = 4;
    private static final int MAX_BLOCKS = 1000;
    private static final int MAX_BASE_WIDTH = UnitGroup.MAX_WIDTH >> 5;
    private static final int MAX_WIDTH = 1 << 12;
    private static final int MAX_RATES = 8;
    private static final int MAX_RATE = 64;
    private static final String SCORES = "scores";

    @Config(
            description =
                    "The kind of the blocks: BASIC (ResNet-18 and ResNet-34) or BOTTLENECK (ResNet-50 and deeper).")
    private Block block = Block.BOTTLENECK;

    @Config(description = "The number of blocks in each of the four stages: 3, 4, 6, 3 for ResNet-50.")
    private List<Integer> blocks = List.of(3, 4, 6, 3);

    @Config(
            description = "The number of filters of the first convolution and of the inner convolutions of the first"
                    + " stage; each stage has twice as many as the one before.")
    private int baseWidth = 64;

    @Config(description = "How many pixels of the input one of the last stage stands for in each direction: 8 or 16.")
    private int outputStride = 16;

    @Config(
            description =
                    "The rates of the dilated 3x3 convolutions side by side: 1 to 64 each; at most eight of them.")
    private List<Integer> rates = List.of(6, 12, 18);

    @Config(description = "The number of filters of each branch, of the projection and of the decoder's convolutions.")
    private int branchWidth = 256;

    @Config(description = "Whether one branch is the average of the whole image.")
    private boolean imagePooling = true;

    @Config(description = "Whether the decoder of DeepLabv3+ follows.")
    private boolean decoder = false;

    @Config(description = "The number of filters that the decoder takes from the first stage; the paper has 48.")
    private int lowWidth = 48;

    @Config(description = "The dropout rate behind the projection, at least 0 and below 1.")
    private double dropout = 0.1;

    /** For OLCUT. */
    private DeepLabFamily() {}

    /**
     * Networks with branches of the rates 6, 12 and 18 and of the whole image.
     *
     * @param block        The kind of the blocks.
     * @param blocks       The number of blocks in each of the four stages, 1 to 1000.
     * @param baseWidth    The filters of the first convolution, 64 in the paper.
     * @param outputStride 8 or 16.
     * @param branchWidth  The filters of each branch, 256 in the paper.
     * @param decoder      Whether the decoder of DeepLabv3+ follows.
     * @throws com.oracle.labs.mlrg.olcut.config.PropertyException If a value is missing or out of range.
     */
    public DeepLabFamily(
            Block block, List<Integer> blocks, int baseWidth, int outputStride, int branchWidth, boolean decoder) {
        this(block, blocks, baseWidth, outputStride, List.of(6, 12, 18), branchWidth, true, decoder, 48, 0.1);
    }

    /**
     * Networks of all fields.
     *
     * @param block        The kind of the blocks.
     * @param blocks       The number of blocks in each of the four stages, 1 to 1000.
     * @param baseWidth    The filters of the first convolution.
     * @param outputStride 8 or 16.
     * @param rates        The rates of the dilated convolutions.
     * @param branchWidth  The filters of each branch.
     * @param imagePooling Whether one branch is the average of the whole image.
     * @param decoder      Whether the decoder of DeepLabv3+ follows.
     * @param lowWidth     The filters that the decoder takes from the first stage.
     * @param dropout      The dropout rate behind the projection.
     * @throws com.oracle.labs.mlrg.olcut.config.PropertyException If a value is missing or out of range.
     */
    public DeepLabFamily(
            Block block,
            List<Integer> blocks,
            int baseWidth,
            int outputStride,
            List<Integer> rates,
            int branchWidth,
            boolean imagePooling,
            boolean decoder,
            int lowWidth,
            double dropout) {
        this.block = block;
        this.blocks = blocks;
        this.baseWidth = baseWidth;
        this.outputStride = outputStride;
        this.rates = rates;
        this.branchWidth = branchWidth;
        this.imagePooling = imagePooling;
        this.decoder = decoder;
        this.lowWidth = lowWidth;
        this.dropout = dropout;
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
        if (outputStride != 8 && outputStride != 16) {
            throw checks.failure("outputStride", "must be 8 or 16, found " + outputStride);
        }
        rates = checks.elements("rates", rates, Integer.class, "a rate, 1 to " + MAX_RATE);
        if (rates.size() > MAX_RATES) {
            throw checks.failure("rates", "must have 1 to " + MAX_RATES + " items, found " + rates.size());
        }
        for (int rate : rates) {
            checks.range("rates", rate, 1, MAX_RATE);
        }
        checks.range("branchWidth", branchWidth, 1, MAX_WIDTH);
        checks.range("lowWidth", lowWidth, 1, MAX_WIDTH);
        checks.rate("dropout", dropout);
    }

    @Override
    void build(NetworkBuilder network) {
        image(network, 2 * outputStride, "so that the last stage has at least 2x2");
        String low = new DilatedBackbone(block, blocks, baseWidth, outputStride).addTo(network);
        addPyramid(network);
        if (dropout > 0.0) {
            network.add(new LayerSpec.Dropout("pyramid.dropout", network.last(), dropout));
        }
        if (decoder) {
            addDecoder(network, low);
        }
    }

    private void addPyramid(NetworkBuilder network) {
        String source = network.last();
        Shape.Image size = network.image("pyramid");
        List<String> branches = new ArrayList<>();
        network.addConvolution("pyramid.point", branchWidth, 1, 0, true);
        branches.add(network.last());
        for (int i = 1; i <= rates.size(); i++) {
            String name = network.addGroup("pyramid.rate" + i, branchWidth, true);
            int rate = rates.get(i - 1);
            network.add(new LayerSpec.Convolution(name, source, name, 3, 1, rate, rate, false, true, Activation.RELU));
            branches.add(name);
        }
        if (imagePooling) {
            network.add(new LayerSpec.GlobalPooling("pyramid.average", source, PoolingKind.AVERAGE));
            network.addDense("pyramid.image", branchWidth, false, Activation.RELU);
            network.addResize("pyramid.spread", size, ResizeKind.BILINEAR);
            branches.add(network.last());
        }
        network.add(new LayerSpec.Concatenation("pyramid.beside", branches));
        network.addConvolution("pyramid.project", branchWidth, 1, 0, true);
    }

    private void addDecoder(NetworkBuilder network, String first) {
        String pyramid = network.last();
        network.continueFrom(first);
        Shape.Image size = network.image("decoder");
        network.addConvolution("decoder.low", lowWidth, 1, 0, true);
        network.continueFrom(pyramid);
        network.addResize("decoder.larger", size, ResizeKind.BILINEAR);
        network.add(new LayerSpec.Concatenation("decoder.beside", List.of(network.last(), "decoder.low")));
        network.addConvolution("decoder.conv1", branchWidth, 3, 1, true);
        network.addConvolution("decoder.conv2", branchWidth, 3, 1, true);
    }

    @Override
    Architecture finish(NetworkBuilder network, int outputs, Activation outputActivation) {
        String source = network.last();
        network.addGroup(SCORES, outputs, false);
        network.add(new LayerSpec.Convolution(SCORES, source, SCORES, 1, 1, 0, 1, true, false, Activation.IDENTITY));
        network.continueFrom(LayerSpec.INPUT);
        Shape.Image size = network.image(SCORES);
        network.continueFrom(SCORES);
        network.addResize("scores.larger", size, ResizeKind.BILINEAR);
        return network.finishPixels(outputs, outputActivation);
    }

    @Override
    public String toString() {
        return "DeepLabFamily(block=" + block + ",blocks=" + blocks + ",baseWidth=" + baseWidth + ",outputStride="
                + outputStride + ",rates=" + rates + ",branchWidth=" + branchWidth + ",imagePooling=" + imagePooling
                + ",decoder=" + decoder + ",lowWidth=" + lowWidth + ",dropout=" + dropout + ")";
    }
}
