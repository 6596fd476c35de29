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
import org.tribuogrowth.architecture.ResizeKind;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.architecture.UnitGroup;

/**
 * Networks with scores for each pixel that go down and up again (Ronneberger, Fischer and Brox: U-Net, convolutional
 * networks for biomedical image segmentation, MICCAI 2015, figure 1): on each level 3x3 convolutions, then 2x2 maximum
 * pooling; at the bottom twice as many filters again; then, level by level, the image is made larger, a convolution
 * halves the filters, what the encoder found on that level is put beside it, and convolutions follow. Every convolution
 * but the output is followed by ReLU.
 *
 * <p>Three things differ from the paper. Convolutions are padded, so that the scores are those of all pixels of the input
 * and nothing is cropped. The image is made larger by resizing and a 3x3 convolution and not by a 2x2 transposed
 * convolution, which leaves a pattern of squares (Odena, Dumoulin and Olah: Deconvolution and checkerboard artifacts, 2016).
 * And there is batch normalisation, which can be switched off.
 *
 * <p>Every convolution has a searchable unit group of its own, called like it: {@code encoder1.conv1}, {@code bottom.conv2},
 * {@code decoder1.up}, {@code decoder1.conv1}. What two levels share lies side by side and is not added, so that no group
 * is tied to another.
 */
public final class EncoderDecoderFamily extends CheckedFamily {
    private static final int MAX_DEPTH = 8;
    private static final int MAX_CONVOLUTIONS = 8;
    private static final int MAX_BASE_WIDTH = UnitGroup.MAX_WIDTH >> (MAX_DEPTH + 1);

    @Config(description = "How many times the image is halved, 1 to 8; the paper has 4.")
    private int depth = 4;

    @Config(
            description =
                    "The number of filters on the first level; each level below has twice as many; the paper has 64.")
    private int baseWidth = 64;

    @Config(
            description =
                    "The number of convolutions on each level of the encoder, at the bottom, and on each level of the"
                            + " decoder behind the concatenation, 1 to 8; the paper has 2.")
    private int convolutions = 2;

    @Config(description = "Whether batch normalisation, in place of a bias, follows each convolution.")
    private boolean batchNormalisation = true;

    @Config(description = "How images are made larger: NEAREST or BILINEAR.")
    private ResizeKind upsampling = ResizeKind.BILINEAR;

    @Config(description = "The dropout rate behind the bottom, at least 0 and below 1.")
    private double dropout = 0.0;

    /** For OLCUT. */
    private EncoderDecoderFamily() {}

    /**
     * Networks of a depth and a width with two normalised convolutions a level and bilinear upsampling.
     *
     * @param depth     How many times the image is halved, 1 to 8.
     * @param baseWidth The filters of the first level.
     * @throws com.oracle.labs.mlrg.olcut.config.PropertyException If a value is out of range.
     */
    public EncoderDecoderFamily(int depth, int baseWidth) {
        this(depth, baseWidth, 2, true, ResizeKind.BILINEAR, 0.0);
    }

    /**
     * Networks of all fields.
     *
     * @param depth              How many times the image is halved, 1 to 8.
     * @param baseWidth          The filters of the first level.
     * @param convolutions       The convolutions of each level, 1 to 8.
     * @param batchNormalisation Whether batch normalisation follows each convolution.
     * @param upsampling         How images are made larger.
     * @param dropout            The dropout rate behind the bottom.
     * @throws com.oracle.labs.mlrg.olcut.config.PropertyException If a value is missing or out of range.
     */
    public EncoderDecoderFamily(
            int depth,
            int baseWidth,
            int convolutions,
            boolean batchNormalisation,
            ResizeKind upsampling,
            double dropout) {
        this.depth = depth;
        this.baseWidth = baseWidth;
        this.convolutions = convolutions;
        this.batchNormalisation = batchNormalisation;
        this.upsampling = upsampling;
        this.dropout = dropout;
        postConfig();
    }

    @Override
    void check(LayerChecks checks) {
        checks.range("depth", depth, 1, MAX_DEPTH);
        checks.range("baseWidth", baseWidth, 1, MAX_BASE_WIDTH);
        checks.range("convolutions", convolutions, 1, MAX_CONVOLUTIONS);
        checks.present("upsampling", upsampling);
        checks.rate("dropout", dropout);
    }

    @Override
    void build(NetworkBuilder network) {
        image(network, 1 << depth, "so that they can be halved " + (depth == 1 ? "once" : depth + " times"));
        List<String> levels = new ArrayList<>();
        for (int level = 1; level <= depth; level++) {
            addConvolutions(network, "encoder" + level, baseWidth << (level - 1));
            levels.add(network.last());
            network.addMaximumPooling("encoder" + level + ".pool");
        }
        addConvolutions(network, "bottom", baseWidth << depth);
        if (dropout > 0.0) {
            network.add(new LayerSpec.Dropout("bottom.dropout", network.last(), dropout));
        }
        for (int level = depth; level >= 1; level--) {
            String name = "decoder" + level;
            String across = levels.get(level - 1);
            int filters = baseWidth << (level - 1);
            String below = network.last();
            network.continueFrom(across);
            Shape.Image size = network.image(name);
            network.continueFrom(below);
            network.addResize(name + ".larger", size, upsampling);
            network.addConvolution(name + ".up", filters, 3, 1, batchNormalisation);
            network.add(new LayerSpec.Concatenation(name + ".beside", List.of(across, network.last())));
            addConvolutions(network, name, filters);
        }
    }

    private void addConvolutions(NetworkBuilder network, String level, int filters) {
        for (int i = 1; i <= convolutions; i++) {
            network.addConvolution(level + ".conv" + i, filters, 3, 1, batchNormalisation);
        }
    }

    @Override
    Architecture finish(NetworkBuilder network, int outputs, Activation outputActivation) {
        return network.finishPixels(outputs, outputActivation);
    }

    @Override
    public String toString() {
        return "EncoderDecoderFamily(depth=" + depth + ",baseWidth=" + baseWidth + ",convolutions=" + convolutions
                + ",batchNormalisation=" + batchNormalisation + ",upsampling=" + upsampling + ",dropout=" + dropout
                + ")";
    }
}
