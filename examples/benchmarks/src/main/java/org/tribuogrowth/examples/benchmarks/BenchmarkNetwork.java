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

package org.tribuogrowth.examples.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.tribuogrowth.architecture.Activation;
import org.tribuogrowth.architecture.ActiveUnits;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.architecture.family.LeNetFamily;
import org.tribuogrowth.architecture.family.MlpFamily;
import org.tribuogrowth.architecture.family.MobileNetFamily;
import org.tribuogrowth.architecture.family.NetworkFamily;
import org.tribuogrowth.architecture.family.ResNetFamily;
import org.tribuogrowth.architecture.family.VggFamily;
import org.tribuogrowth.architecture.family.WideResNetFamily;

/**
 * The networks that are compared. A new one of the product's layers needs a constant here and nothing else, as long as
 * the layers are known to {@link LayerDescriptions} and to the peers; one of another kind is a {@link CellNetwork} of
 * its own.
 */
public enum BenchmarkNetwork {
    /** Two hidden layers on vectors of 784. */
    LENET_300_100("lenet-300-100", "LeNet-300-100", new Shape.Vector(784, 1), new MlpFamily(List.of(300, 100)), 128),
    /** LeNet-5 in the form of the Caffe examples, on 28x28 images. */
    LENET_5("lenet-5", "LeNet-5", new Shape.Image(28, 28, 1), new LeNetFamily(20, 50, 500), 128),
    /** VGG-16 with batch normalisation, on 32x32 images. */
    VGG_16("vgg-16", "VGG-16", new Shape.Image(32, 32, 3), new VggFamily(VggFamily.Variant.VGG_16, 1.0), 32, 128),
    /** ResNet-20 on 32x32 images, with projections where sizes change. */
    RESNET_20("resnet-20", "ResNet-20", new Shape.Image(32, 32, 3), new ResNetFamily(20, 16), 128),
    /** ResNet-56 on 32x32 images, with projections where sizes change. */
    RESNET_56("resnet-56", "ResNet-56", new Shape.Image(32, 32, 3), new ResNetFamily(56, 16), 128),
    /** A wide residual network of depth 16 and widening factor 4 on 32x32 images. */
    WRN_16_4("wrn-16-4", "WRN-16-4", new Shape.Image(32, 32, 3), new WideResNetFamily(16, 4), 128),
    /** MobileNetV1 on 32x32 images, with a first stride of 1. */
    MOBILENET("mobilenet-v1", "MobileNetV1", new Shape.Image(32, 32, 3), new MobileNetFamily(1.0), 128),
    /** Two layers of long short-term memory as in language models, on sequences of 35 vectors of 256. */
    LSTM("lstm", "LSTM 2 x 256 (35 steps)", () -> new RecurrentNetwork(2, 256, 256, 35), 32),
    /** The same as a whole language model: an embedding of 10,000 words before it, and a softmax over them at each step. */
    LSTM_WORDS(
            "lstm-words",
            "LSTM 2 x 256, 10,000 words (35 steps)",
            () -> new RecurrentNetwork(2, 256, 256, 35, 10_000),
            32);

    /** The number of classes of every network but the language model. */
    static final int CLASSES = 10;

    private static final List<Integer> INFERENCE_BATCHES = List.of(1, 128);

    private final String text;
    private final String title;
    private final Supplier<CellNetwork> network;
    private final List<Integer> trainingBatches;

    BenchmarkNetwork(String text, String title, Shape input, NetworkFamily family, Integer... trainingBatches) {
        this(
                text,
                title,
                () -> new LayeredNetwork(family.architecture(input, CLASSES, Activation.SOFTMAX)),
                trainingBatches);
    }

    BenchmarkNetwork(String text, String title, Supplier<CellNetwork> network, Integer... trainingBatches) {
        this.text = text;
        this.title = title;
        this.network = network;
        this.trainingBatches = List.of(trainingBatches);
    }

    /** The name in files and on the command line. */
    String text() {
        return text;
    }

    /** The name in tables. */
    String title() {
        return title;
    }

    /** The batch sizes to measure. */
    List<Integer> batches(Mode mode) {
        return switch (mode) {
            case TRAIN -> trainingBatches;
            case INFER -> INFERENCE_BATCHES;
        };
    }

    /**
     * The architecture at full width.
     *
     * @return The dense reference.
     * @throws IllegalArgumentException If the network has no architecture.
     */
    public Architecture full() {
        return LayeredNetwork.architectureOf(network.get());
    }

    /**
     * A part of the units of every searchable group, rounded, at least 1: what a search that treats all groups alike
     * would leave.
     *
     * @param percent How many units of a hundred.
     * @return The units of {@link #full()}.
     * @throws IllegalArgumentException If the network has no architecture.
     */
    public ActiveUnits units(int percent) {
        return new LayeredNetwork(full()).units(percent);
    }

    /** The narrow network on its own. */
    CellNetwork network(int percent) {
        return network.get().narrowed(percent);
    }

    static int scaled(int units, int percent) {
        return Math.max(1, Math.round(units * percent / 100.0f));
    }

    static BenchmarkNetwork of(String text) {
        for (BenchmarkNetwork network : values()) {
            if (network.text.equals(text)) {
                return network;
            }
        }
        throw new IllegalArgumentException("There is no network '" + text + "'; allowed are "
                + Arrays.stream(values()).map(BenchmarkNetwork::text).collect(Collectors.joining(", ")));
    }
}
