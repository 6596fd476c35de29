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

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tribuogrowth.architecture.Activation;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.Cost;
import org.tribuogrowth.architecture.CostTerm;
import org.tribuogrowth.architecture.LayerSpec;
import org.tribuogrowth.architecture.ResizeKind;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.architecture.family.ImageNetResNetFamily.Block;
import org.tribuogrowth.architecture.family.VggFamily.Variant;

/** The published sizes of the families' networks, and loops over layers that count them without architectures. */
final class FamilySizesTest {
    private static final Shape MNIST = new Shape.Image(28, 28, 1);
    private static final Shape CIFAR = new Shape.Image(32, 32, 3);

    private static Architecture ten(NetworkFamily family, Shape input) {
        return family.architecture(input, 10, Activation.SOFTMAX);
    }

    /** Adds up layers that are given as numbers. */
    private static final class Count {
        long weights;
        long parameters;
        long multiplyAdds;

        /** A layer of {@code outputs * inputs * taps} weights, each used at every position. */
        Count layer(long taps, long inputs, long outputs, long positions, int vectors) {
            long matrix = taps * inputs * outputs;
            weights += matrix;
            parameters += matrix + vectors * outputs;
            multiplyAdds += matrix * positions;
            return this;
        }

        Cost cost() {
            return new Cost(weights, parameters, multiplyAdds);
        }
    }

    /** 784 * 300 + 300 * 100 + 100 * 10 = 266,200, and 410 biases. */
    @Test
    void leNet300100() {
        Cost cost = ten(new MlpFamily(List.of(300, 100)), MNIST).denseCost();
        assertThat(cost).isEqualTo(new Cost(266_200, 266_610, 266_200));
        assertThat(ten(new MlpFamily(List.of(300, 100)), new Shape.Vector(784, 1))
                        .denseCost())
                .isEqualTo(cost);
    }

    /** 25 * 20 + 25 * 20 * 50 + 16 * 50 * 500 + 500 * 10 = 430,500; images of 24x24 and 8x8 after the convolutions. */
    @Test
    void leNet5Caffe() {
        Cost counted = new Count()
                .layer(25, 1, 20, 24 * 24, 1)
                .layer(25, 20, 50, 8 * 8, 1)
                .layer(4 * 4, 50, 500, 1, 1)
                .layer(1, 500, 10, 1, 1)
                .cost();
        assertThat(counted.weights()).isEqualTo(430_500);
        assertThat(ten(new LeNetFamily(20, 50, 500), MNIST).denseCost()).isEqualTo(counted);
    }

    @Test
    void vgg16() {
        Architecture architecture = ten(new VggFamily(Variant.VGG_16, 1.0), CIFAR);
        assertThat(architecture.denseCost()).isEqualTo(vgg(2, 2, 3, 3, 3));
        assertThat(architecture.denseCost().weights()).as("maskable weights").isEqualTo(14_977_728);
        assertThat(architecture.denseCost().parameters()).as("14.99M").isEqualTo(14_987_210);
        assertThat(architecture.denseCost().multiplyAdds()).as("313M").isEqualTo(313_463_808);
        long convolutions = architecture.parameters().stream()
                .filter(parameter -> architecture.layer(parameter.layer()) instanceof LayerSpec.Convolution)
                .filter(parameter -> parameter.hasInputGroup())
                .mapToLong(parameter -> (long) parameter.positions()
                        * architecture.group(parameter.inputGroup()).width()
                        * architecture.group(parameter.outputGroup()).width())
                .sum();
        assertThat(convolutions).isEqualTo(14_710_464);
    }

    @Test
    void theOtherVggs() {
        assertThat(ten(new VggFamily(Variant.VGG_11, 1.0), CIFAR).denseCost()).isEqualTo(vgg(1, 1, 2, 2, 2));
        assertThat(ten(new VggFamily(Variant.VGG_13, 1.0), CIFAR).denseCost()).isEqualTo(vgg(2, 2, 2, 2, 2));
        assertThat(ten(new VggFamily(Variant.VGG_19, 1.0), CIFAR).denseCost()).isEqualTo(vgg(2, 2, 4, 4, 4));
    }

    private static Cost vgg(int... convolutions) {
        Count count = new Count();
        int[] filters = {64, 128, 256, 512, 512};
        int channels = 3;
        int extent = 32;
        for (int stage = 0; stage < 5; stage++) {
            for (int i = 0; i < convolutions[stage]; i++) {
                count.layer(9, channels, filters[stage], (long) extent * extent, 2);
                channels = filters[stage];
            }
            extent /= 2;
        }
        return count.layer(1, 512, 512, 1, 2).layer(1, 512, 10, 1, 1).cost();
    }

    @Test
    void vggSmall() {
        Cost counted = new Count()
                .layer(9, 1, 32, 28 * 28, 2)
                .layer(9, 32, 64, 14 * 14, 2)
                .layer(9, 64, 64, 7 * 7, 2)
                .layer(1, 64, 10, 1, 1)
                .cost();
        assertThat(ten(new VggFamily(Variant.SMALL, 1.0), MNIST).denseCost()).isEqualTo(counted);
    }

    /**
     * ResNet-20 by hand. Weights: stem 27 * 16 = 432; stage 1: 6 * 9 * 16 * 16 = 13,824; stage 2: 9 * 16 * 32 + 5 * 9 *
     * 32 * 32 = 50,688 and the projection 16 * 32 = 512; stage 3: 9 * 32 * 64 + 5 * 9 * 64 * 64 = 202,752 and 32 * 64 =
     * 2,048; output 640; in all 270,896. Batch normalisation: 2 * (7 * 16 + 7 * 32 + 7 * 64) = 1,568; biases 10;
     * 272,474 parameters. Multiply-adds: 432 * 1024 + 13,824 * 1024 + 50,688 * 256 + 202,752 * 64 + 640 = 40,551,040,
     * and the projections 512 * 256 + 2,048 * 64 = 262,144.
     */
    @Test
    void resNet20() {
        Architecture architecture = ten(new ResNetFamily(20, 16), CIFAR);
        assertThat(architecture.denseCost()).isEqualTo(new Cost(270_896, 272_474, 40_551_040 + 262_144));
        long projections = architecture.costModel().terms().stream()
                .filter(term -> term.layer().endsWith(".projection") && term.multiplyAdds() > 0)
                .mapToLong(term -> product(architecture, term))
                .sum();
        assertThat(projections).isEqualTo(262_144);
    }

    private static long product(Architecture architecture, CostTerm term) {
        return term.multiplyAdds()
                * architecture.group(term.outputGroup()).width()
                * architecture.group(term.inputGroup()).width();
    }

    @ParameterizedTest
    @CsvSource({"8,16,0.08", "20,16,0.27", "32,16,0.47", "44,16,0.66", "56,16,0.86", "110,16,1.73", "20,5,0.03"})
    void resNets(int depth, int baseWidth, double millions) {
        Count count = new Count();
        int channels = 3;
        int extent = 32;
        count.layer(9, channels, baseWidth, 1024, 2);
        channels = baseWidth;
        for (int stage = 0; stage < 3; stage++) {
            int filters = baseWidth << stage;
            extent = stage == 0 ? 32 : extent / 2;
            for (int block = 0; block < (depth - 2) / 6; block++) {
                long positions = (long) extent * extent;
                count.layer(9, channels, filters, positions, 2).layer(9, filters, filters, positions, 2);
                if (channels != filters) {
                    count.layer(1, channels, filters, positions, 2);
                }
                channels = filters;
            }
        }
        count.layer(1, channels, 10, 1, 1);
        Cost cost = ten(new ResNetFamily(depth, baseWidth), CIFAR).denseCost();
        assertThat(cost).isEqualTo(count.cost());
        assertThat(Math.round(cost.parameters() / 1e4) / 100.0).isEqualTo(millions);
    }

    /** The paper's 0.85M are without projections: 855,770 less 2,560 weights and 192 of their scales and shifts. */
    @Test
    void resNet56() {
        Cost cost = ten(new ResNetFamily(56, 16), CIFAR).denseCost();
        assertThat(cost.parameters()).isEqualTo(855_770);
        assertThat(cost.parameters() - 2_560 - 192).isEqualTo(853_018);
        assertThat(cost.multiplyAdds()).isEqualTo(125_747_840);
    }

    /**
     * WRN-16-4 by hand. Weights: stem 27 * 16 = 432; stage 1: 9 * (16 * 64 + 3 * 64 * 64) = 119,808 and the projection
     * 16 * 64 = 1,024; stage 2: 9 * (64 * 128 + 3 * 128 * 128) = 516,096 and 64 * 128 = 8,192; stage 3: 9 * (128 * 256 +
     * 3 * 256 * 256) = 2,064,384 and 128 * 256 = 32,768; output 2,560; in all 2,745,264. Scales and shifts: of what the
     * blocks read 2 * (16 + 64 + 64 + 128 + 128 + 256), of their first convolutions 2 * 2 * (64 + 128 + 256), and of the
     * last normalisation 2 * 256; in all 3,616. Biases 10; 2,748,890 parameters. Multiply-adds: (432 + 119,808 + 1,024) *
     * 1024 + (516,096 + 8,192) * 256 + (2,064,384 + 32,768) * 64 + 2,560 = 392,612,352.
     */
    @Test
    void wideResNet16By4() {
        assertThat(ten(new WideResNetFamily(16, 4), CIFAR).denseCost())
                .isEqualTo(new Cost(2_745_264, 2_748_890, 392_612_352));
        assertThat(ten(new WideResNetFamily(16, 4, 0.3), CIFAR).denseCost())
                .as("dropout costs nothing")
                .isEqualTo(ten(new WideResNetFamily(16, 4), CIFAR).denseCost());
    }

    /** The millions of parameters are those of the paper's tables 4 and 5. */
    @ParameterizedTest
    @CsvSource({
        "40,1,0.6",
        "40,2,2.2",
        "40,4,8.9",
        "40,8,35.7",
        "28,10,36.5",
        "28,12,52.5",
        "22,8,17.2",
        "22,10,26.8",
        "16,8,11.0",
        "16,10,17.1",
        "16,4,2.7",
        "10,1,0.1"
    })
    void wideResNets(int depth, int wideningFactor, double millions) {
        Count count = new Count();
        count.layer(9, 3, 16, 1024, 0);
        int channels = 16;
        int extent = 32;
        for (int stage = 0; stage < 3; stage++) {
            int filters = (16 << stage) * wideningFactor;
            extent = stage == 0 ? 32 : extent / 2;
            for (int block = 0; block < (depth - 4) / 6; block++) {
                long positions = (long) extent * extent;
                count.parameters += 2 * channels;
                count.layer(9, channels, filters, positions, 2).layer(9, filters, filters, positions, 0);
                if (channels != filters) {
                    count.layer(1, channels, filters, positions, 0);
                }
                channels = filters;
            }
        }
        count.parameters += 2 * channels;
        count.layer(1, channels, 10, 1, 1);
        Cost cost = ten(new WideResNetFamily(depth, wideningFactor), CIFAR).denseCost();
        assertThat(cost).isEqualTo(count.cost());
        assertThat(Math.round(cost.parameters() / 1e5) / 10.0).isEqualTo(millions);
    }

    /** As the authors' code counts: with ten and with a hundred classes; 5.2G multiply-adds. */
    @Test
    void wideResNet28By10() {
        assertThat(ten(new WideResNetFamily(28, 10), CIFAR).denseCost())
                .isEqualTo(new Cost(36_461_232, 36_479_194, 5_243_328_768L));
        Architecture hundred = new WideResNetFamily(28, 10).architecture(CIFAR, 100, Activation.SOFTMAX);
        assertThat(hundred.denseCost().parameters()).isEqualTo(36_536_884);
    }

    /**
     * Weights: the first convolution 27 * 32 = 864, the depthwise ones 9 * (32 + 64 + 128 + 128 + 256 + 256 + 6 * 512 +
     * 1024) = 44,640, the 1x1 ones 32 * 64 + 64 * 128 + 128 * 128 + 128 * 256 + 256 * 256 + 256 * 512 + 5 * 512 * 512 +
     * 512 * 1024 + 1024 * 1024 = 3,139,584, the output 10,240; in all 3,195,328. Scales and shifts: 2 * (32 + 4,960 +
     * 5,952) = 21,888; biases 10; 3,217,226 parameters.
     */
    @Test
    void mobileNet() {
        assertThat(ten(new MobileNetFamily(1.0), CIFAR).denseCost())
                .isEqualTo(new Cost(3_195_328, 3_217_226, 46_354_432))
                .isEqualTo(mobileNet(1.0, 32, 10));
    }

    /** From tables 6 to 8 of the paper: millions of multiply-adds and of parameters for 1000 classes. */
    @ParameterizedTest
    @CsvSource({
        "1.0,224,569,4.2",
        "0.75,224,325,2.6",
        "0.5,224,149,1.3",
        "0.25,224,41,0.5",
        "1.0,192,418,4.2",
        "1.0,128,186,4.2"
    })
    void theMobileNetsOfThePaper(
            double widthMultiplier, int extent, long millionsOfMultiplyAdds, double millionsOfParameters) {
        Cost cost = thousand(new MobileNetFamily(widthMultiplier, 2), extent);
        assertThat(cost).isEqualTo(mobileNet(widthMultiplier, extent / 2, 1000));
        assertThat(Math.round(cost.multiplyAdds() / 1e6)).isEqualTo(millionsOfMultiplyAdds);
        assertThat(Math.round(cost.parameters() / 1e5) / 10.0).isEqualTo(millionsOfParameters);
    }

    private static Cost thousand(NetworkFamily family, int extent) {
        return family.architecture(new Shape.Image(extent, extent, 3), 1000, Activation.SOFTMAX)
                .denseCost();
    }

    /** Its 4,231,976 parameters are 864 + 44,640 + 3,139,584 weights, 21,888 scales and shifts, and 1,025,000. */
    @Test
    void mobileNetAt224() {
        assertThat(thousand(new MobileNetFamily(1.0, 2), 224)).isEqualTo(new Cost(4_209_088, 4_231_976, 568_740_352));
    }

    /** Counts the layers; the extent is that of the image after the first convolution. */
    private static Cost mobileNet(double widthMultiplier, int extent, int classes) {
        int[] filters = {64, 128, 128, 256, 256, 512, 512, 512, 512, 512, 512, 1024, 1024};
        int channels = (int) (32 * widthMultiplier);
        int size = extent;
        Count count = new Count().layer(9, 3, channels, (long) size * size, 2);
        for (int block = 0; block < filters.length; block++) {
            size = block == 1 || block == 3 || block == 5 || block == 11 ? (size + 1) / 2 : size;
            int wide = (int) (filters[block] * widthMultiplier);
            count.layer(9, 1, channels, (long) size * size, 2).layer(1, channels, wide, (long) size * size, 2);
            channels = wide;
        }
        return count.layer(1, channels, classes, 1, 1).cost();
    }

    /**
     * ResNet-50 by hand, with the extents of table 1. Weights: the first convolution 49 * 3 * 64 = 9,408; blocks of f
     * inner filters have f * c + 9 * f * f + 4 * f * f where c is the width that they read, 4 * f but in the first,
     * which has a projection of 4 * f * c besides: stage 1 with f = 64 has 73,728 and 2 * 69,632, stage 2 376,832 and 3 *
     * 278,528, stage 3 1,507,328 and 5 * 1,114,112, stage 4 6,029,312 and 2 * 4,456,448; the output 2,048,000; in all
     * 25,502,912. Scales and shifts: 2 * (64 + 1,408 + 3,584 + 10,240 + 11,264) = 53,120; biases 1,000;
     * 25,557,032 parameters. Multiply-adds: 4,089,184,256.
     */
    @Test
    void resNet50() {
        assertThat(thousand(new ImageNetResNetFamily(Block.BOTTLENECK, List.of(3, 4, 6, 3), 64), 224))
                .isEqualTo(new Cost(25_502_912, 25_557_032, 4_089_184_256L));
    }

    /**
     * The networks of table 1, counted by their layers. The millions of parameters and multiply-adds are those by which
     * they are known; the table's own FLOPs are those of the stride in the first 1x1 convolution.
     */
    @ParameterizedTest
    @CsvSource({
        "BASIC,2 2 2 2,64,11.690,1.814",
        "BASIC,3 4 6 3,64,21.798,3.664",
        "BOTTLENECK,3 4 6 3,64,25.557,4.089",
        "BOTTLENECK,3 4 23 3,64,44.549,7.801",
        "BOTTLENECK,3 8 36 3,64,60.193,11.514",
        "BOTTLENECK,1 1 1 1,5,0.212,0.018"
    })
    void imageNetResNets(Block block, String blocks, int baseWidth, double millions, double billions) {
        List<Integer> counts =
                Stream.of(blocks.split(" ")).map(Integer::valueOf).toList();
        Count count = new Count().layer(49, 3, baseWidth, 112 * 112, 2);
        int channels = baseWidth;
        int[] extents = {56, 28, 14, 7};
        for (int stage = 0; stage < 4; stage++) {
            int filters = baseWidth << stage;
            int wide = block == Block.BASIC ? filters : 4 * filters;
            long positions = (long) extents[stage] * extents[stage];
            for (int i = 0; i < counts.get(stage); i++) {
                boolean halves = stage > 0 && i == 0;
                if (block == Block.BASIC) {
                    count.layer(9, channels, filters, positions, 2).layer(9, filters, filters, positions, 2);
                } else {
                    count.layer(1, channels, filters, halves ? 4 * positions : positions, 2)
                            .layer(9, filters, filters, positions, 2)
                            .layer(1, filters, wide, positions, 2);
                }
                if (channels != wide) {
                    count.layer(1, channels, wide, positions, 2);
                }
                channels = wide;
            }
        }
        count.layer(1, channels, 1000, 1, 1);
        Cost cost = thousand(new ImageNetResNetFamily(block, counts, baseWidth), 224);
        assertThat(cost).isEqualTo(count.cost());
        assertThat(Math.round(cost.parameters() / 1e3) / 1e3).isEqualTo(millions);
        assertThat(Math.round(cost.multiplyAdds() / 1e6) / 1e3).isEqualTo(billions);
    }

    @Test
    void theMultiplierRoundsEveryWidth() {
        Architecture third = ten(new VggFamily(Variant.SMALL, 1.0 / 3), MNIST);
        assertThat(third.group("conv1").width()).isEqualTo(11);
        assertThat(third.group("conv3").width()).isEqualTo(21);
        Architecture tiny = ten(new VggFamily(Variant.VGG_16, 1e-9), CIFAR);
        assertThat(tiny.searchableGroups()).hasSize(14).allSatisfy(group -> assertThat(group.width())
                .isEqualTo(1));
        Architecture wide = ten(new VggFamily(Variant.VGG_11, 1.5), CIFAR);
        assertThat(wide.group("stage5.conv2").width()).isEqualTo(768);
        assertThat(wide.group("hidden1").width()).isEqualTo(768);
        Architecture mobile = ten(new MobileNetFamily(0.1), CIFAR);
        assertThat(mobile.group("stem").width()).isEqualTo(3);
        assertThat(mobile.group("block13.pointwise").width()).isEqualTo(102);
    }

    /**
     * A U-Net of one level by hand, 4 filters, images of 8x6 in 3 colours, 10 classes. Weights: encoder 27 * 4 + 36 * 4 =
     * 252; bottom 36 * 8 + 72 * 8 = 864; up 72 * 4 = 288; decoder 72 * 4 + 36 * 4 = 432; output 40; in all 1,876. Batch
     * normalisation: 2 * (4 + 4 + 8 + 8 + 4 + 4 + 4) = 72; biases 10. Multiply-adds: (252 + 288 + 432 + 40) * 48 + 864 * 12
     * = 58,944.
     */
    @Test
    void uNetOfOneLevel() {
        assertThat(ten(new EncoderDecoderFamily(1, 4), new Shape.Image(8, 6, 3)).denseCost())
                .isEqualTo(new Cost(1_876, 1_958, 58_944));
    }

    @ParameterizedTest
    @CsvSource({"4,64,2,true,256,256", "3,16,1,false,64,48", "2,5,3,true,13,9", "5,8,2,true,100,70"})
    void uNets(int depth, int baseWidth, int convolutions, boolean normalised, int height, int width) {
        Count count = new Count();
        int vectors = normalised ? 2 : 1;
        int channels = 3;
        for (int level = 0; level <= depth; level++) {
            long positions = (long) (height >> level) * (width >> level);
            for (int i = 0; i < convolutions; i++) {
                count.layer(9, channels, baseWidth << level, positions, vectors);
                channels = baseWidth << level;
            }
        }
        for (int level = depth - 1; level >= 0; level--) {
            long positions = (long) (height >> level) * (width >> level);
            int filters = baseWidth << level;
            count.layer(9, 2 * filters, filters, positions, vectors);
            count.layer(9, 2 * filters, filters, positions, vectors);
            for (int i = 1; i < convolutions; i++) {
                count.layer(9, filters, filters, positions, vectors);
            }
        }
        count.layer(1, baseWidth, 10, (long) height * width, 1);
        EncoderDecoderFamily family =
                new EncoderDecoderFamily(depth, baseWidth, convolutions, normalised, ResizeKind.NEAREST, 0.0);
        assertThat(ten(family, new Shape.Image(height, width, 3)).denseCost()).isEqualTo(count.cost());
    }

    /**
     * What a DeepLab has behind the backbone of ResNet-50 with an output stride of 16 on images of 512x512: branches of 2048
     * inputs on 32x32 pixels, one of them 1x1 and three 3x3, and one of the whole image; a projection of five times 256
     * inputs; the scores.
     */
    @Test
    void deepLabOfResNet50() {
        Count count = new Count()
                .layer(1, 2048, 256, 1024, 2)
                .layer(9, 2048, 256, 1024, 2)
                .layer(9, 2048, 256, 1024, 2)
                .layer(9, 2048, 256, 1024, 2)
                .layer(1, 2048, 256, 1, 1)
                .layer(1, 5 * 256, 256, 1024, 2)
                .layer(1, 256, 10, 1024, 1)
                .layer(1, 10, 10, 512 * 512, 1);
        Cost head = count.cost();
        Cost whole = ten(
                        new DeepLabFamily(Block.BOTTLENECK, List.of(3, 4, 6, 3), 64, 16, 256, false),
                        new Shape.Image(512, 512, 3))
                .denseCost();
        // The classifier of ResNet-50 has 1000 classes here, 2048 weights and a bias for each.
        Cost classifier = thousand(new ImageNetResNetFamily(Block.BOTTLENECK, List.of(3, 4, 6, 3), 64), 224);
        assertThat(whole.weights()).isEqualTo(classifier.weights() - 2_048_000 + head.weights());
        assertThat(whole.parameters()).isEqualTo(classifier.parameters() - 2_049_000 + head.parameters());
    }

    /** With an output stride of 8, BASIC blocks and a decoder, layer by layer. */
    @Test
    void deepLabWithDecoder() {
        Count count = new Count().layer(49, 3, 4, 32 * 32, 2);
        int[] extents = {16, 8, 8, 8};
        int channels = 4;
        for (int stage = 0; stage < 4; stage++) {
            int filters = 4 << stage;
            long positions = (long) extents[stage] * extents[stage];
            count.layer(9, channels, filters, positions, 2).layer(9, filters, filters, positions, 2);
            if (stage > 0) {
                count.layer(1, channels, filters, positions, 2);
            }
            channels = filters;
        }
        count.layer(1, 32, 6, 64, 2)
                .layer(9, 32, 6, 64, 2)
                .layer(9, 32, 6, 64, 2)
                .layer(1, 32, 6, 1, 1)
                .layer(1, 24, 6, 64, 2)
                .layer(1, 4, 5, 256, 2)
                .layer(9, 11, 6, 256, 2)
                .layer(9, 6, 6, 256, 2)
                .layer(1, 6, 10, 256, 1)
                .layer(1, 10, 10, 64 * 64, 1);
        DeepLabFamily family =
                new DeepLabFamily(Block.BASIC, List.of(1, 1, 1, 1), 4, 8, List.of(2, 4), 6, true, true, 5, 0.0);
        assertThat(ten(family, new Shape.Image(64, 64, 3)).denseCost()).isEqualTo(count.cost());
    }
}
