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
import java.util.stream.Collectors;
import org.tribuogrowth.architecture.Activation;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.architecture.family.LeNetFamily;
import org.tribuogrowth.architecture.family.MlpFamily;
import org.tribuogrowth.architecture.family.NetworkFamily;
import org.tribuogrowth.architecture.family.ResNetFamily;
import org.tribuogrowth.architecture.family.VggFamily;

/**
 * The networks that are compared. A new one needs a constant here and nothing else, as long as its layers are known to
 * {@link LayerDescriptions} and to the peers.
 */
enum BenchmarkNetwork {
    LENET_300_100("lenet-300-100", "LeNet-300-100", new Shape.Vector(784, 1), 128) {
        @Override
        NetworkFamily family(int percent) {
            return new MlpFamily(List.of(scaled(300, percent), scaled(100, percent)));
        }
    },
    LENET_5("lenet-5", "LeNet-5", new Shape.Image(28, 28, 1), 128) {
        @Override
        NetworkFamily family(int percent) {
            return new LeNetFamily(scaled(20, percent), scaled(50, percent), scaled(500, percent));
        }
    },
    VGG_16("vgg-16", "VGG-16", new Shape.Image(32, 32, 3), 32, 128) {
        @Override
        NetworkFamily family(int percent) {
            return new VggFamily(VggFamily.Variant.VGG_16, percent / 100.0);
        }
    },
    RESNET_20("resnet-20", "ResNet-20", new Shape.Image(32, 32, 3), 128) {
        @Override
        NetworkFamily family(int percent) {
            return new ResNetFamily(20, scaled(16, percent));
        }
    },
    RESNET_56("resnet-56", "ResNet-56", new Shape.Image(32, 32, 3), 128) {
        @Override
        NetworkFamily family(int percent) {
            return new ResNetFamily(56, scaled(16, percent));
        }
    };

    /** The number of classes of every network. */
    static final int CLASSES = 10;

    private static final List<Integer> INFERENCE_BATCHES = List.of(1, 128);

    private final String text;
    private final String title;
    private final Shape input;
    private final List<Integer> trainingBatches;

    BenchmarkNetwork(String text, String title, Shape input, Integer... trainingBatches) {
        this.text = text;
        this.title = title;
        this.input = input;
        this.trainingBatches = List.of(trainingBatches);
    }

    abstract NetworkFamily family(int percent);

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

    /** The network with all widths at a percentage, rounded, at least 1. */
    Architecture architecture(int percent) {
        return family(percent).architecture(input, CLASSES, Activation.SOFTMAX);
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
