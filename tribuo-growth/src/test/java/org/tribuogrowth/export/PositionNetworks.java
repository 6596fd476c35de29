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

package org.tribuogrowth.export;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.tribuogrowth.architecture.Activation;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.LayerSpec;
import org.tribuogrowth.architecture.PoolingKind;
import org.tribuogrowth.architecture.ResizeKind;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.architecture.UnitGroup;

/** Small networks of sequences, and of images with scores for each pixel. */
final class PositionNetworks {
    private PositionNetworks() {}

    private static UnitGroup searched(String name, int width) {
        return new UnitGroup(name, width, true);
    }

    /** Labels for each token: two recurrent layers, a dense one at every step. */
    static Architecture tagger(Activation output) {
        return new Architecture(
                new Shape.Tokens(6, 11),
                List.of(
                        searched("vectors", 5),
                        searched("first", 4),
                        searched("second", 3),
                        searched("dense", 4),
                        new UnitGroup("labels", 3, false)),
                List.of(
                        new LayerSpec.Embedding("embedding", "input", "vectors"),
                        new LayerSpec.Lstm("lstm1", "embedding", "first"),
                        new LayerSpec.Dropout("dropout", "lstm1", 0.5),
                        new LayerSpec.Lstm("lstm2", "dropout", "second"),
                        new LayerSpec.Dense("dense", "lstm2", "dense", true, false, Activation.TANH),
                        new LayerSpec.Output("output", "dense", "labels", output)));
    }

    /** A language model whose output shares the matrix of its embedding. */
    static Architecture tied() {
        return new Architecture(
                new Shape.Tokens(6, 11),
                List.of(searched("first", 4), searched("vectors", 5), new UnitGroup("words", 11, false)),
                List.of(
                        new LayerSpec.Embedding("embedding", "input", "vectors"),
                        new LayerSpec.Lstm("lstm1", "embedding", "first"),
                        new LayerSpec.Lstm("lstm2", "lstm1", "vectors"),
                        new LayerSpec.Output("output", "lstm2", "words", Activation.SOFTMAX, "embedding")));
    }

    /** One label for a sequence of vectors, from its last step; a sum and a function of steps on the way. */
    static Architecture classifier() {
        return new Architecture(
                new Shape.Sequence(5, 3),
                List.of(new UnitGroup("read", 4, false), searched("kept", 4), new UnitGroup("labels", 3, false)),
                List.of(
                        new LayerSpec.Dense("dense", "input", "read", true, false, Activation.RELU),
                        new LayerSpec.Lstm("lstm", "dense", "read"),
                        new LayerSpec.Sum("sum", List.of("dense", "lstm"), Activation.IDENTITY),
                        new LayerSpec.ActivationFunction("function", "sum", Activation.TANH),
                        new LayerSpec.LastStep("last", "function"),
                        new LayerSpec.Dense("inner", "last", "kept", true, false, Activation.TANH),
                        new LayerSpec.Output("output", "inner", "labels", Activation.SOFTMAX)));
    }

    /** Down, up again to the nearest pixels, and beside it what was there before. */
    static Architecture encoderDecoder() {
        return new Architecture(
                new Shape.Image(8, 6, 2),
                List.of(
                        searched("fine", 3),
                        searched("coarse", 4),
                        searched("both", 5),
                        new UnitGroup("classes", 3, false)),
                List.of(
                        new LayerSpec.Convolution("fine", "input", "fine", 3, 1, 1, 1, true, false, Activation.RELU),
                        new LayerSpec.Pooling("down", "fine", PoolingKind.MAX, 2, 2, 0),
                        new LayerSpec.Convolution("coarse", "down", "coarse", 3, 1, 1, 1, true, false, Activation.RELU),
                        new LayerSpec.Resize("up", "coarse", 8, 6, ResizeKind.NEAREST),
                        new LayerSpec.Concatenation("joined", List.of("up", "fine", "up")),
                        new LayerSpec.Convolution("both", "joined", "both", 3, 1, 1, 1, true, false, Activation.TANH),
                        new LayerSpec.Output("output", "both", "classes", Activation.SOFTMAX)));
    }

    /** Dilated convolutions, the whole image's mean spread out again, and scores made larger by a factor. */
    static Architecture spread(int heightFactor, int widthFactor) {
        int height = 4;
        int width = 3;
        return new Architecture(
                new Shape.Image(height, width, 2),
                List.of(
                        searched("trunk", 3),
                        searched("near", 4),
                        searched("mean", 2),
                        searched("both", 3),
                        new UnitGroup("classes", 3, false)),
                List.of(
                        new LayerSpec.Convolution("trunk", "input", "trunk", 3, 1, 1, 1, true, false, Activation.RELU),
                        new LayerSpec.Convolution("near", "trunk", "near", 3, 1, 2, 2, true, false, Activation.RELU),
                        new LayerSpec.GlobalPooling("pooled", "trunk", PoolingKind.AVERAGE),
                        new LayerSpec.Dense("mean", "pooled", "mean", true, false, Activation.TANH),
                        new LayerSpec.Resize("everywhere", "mean", height, width, ResizeKind.BILINEAR),
                        new LayerSpec.Concatenation("joined", List.of("near", "everywhere")),
                        new LayerSpec.Resize(
                                "larger", "joined", heightFactor * height, widthFactor * width, ResizeKind.BILINEAR),
                        new LayerSpec.Convolution("both", "larger", "both", 1, 1, 0, 1, true, false, Activation.RELU),
                        new LayerSpec.Output("output", "both", "classes", Activation.SIGMOID)));
    }

    /** Values of one example, position after position; tokens are numbers of the vocabulary. */
    static float[] example(Architecture architecture, int steps, Random random) {
        Shape shape = architecture.input();
        int positions = shape instanceof Shape.Image ? shape.positions() : steps;
        float[] values = new float[positions * ExportedNetwork.units(shape)];
        for (int i = 0; i < values.length; i++) {
            values[i] = shape instanceof Shape.Tokens tokens
                    ? random.nextInt(tokens.vocabulary())
                    : (float) random.nextGaussian();
        }
        return values;
    }

    /** Some examples of full length, one after the other. */
    static float[] examples(Architecture architecture, int count, long seed) {
        Random random = new Random(seed);
        List<float[]> examples = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            examples.add(example(architecture, architecture.input().positions(), random));
        }
        return joined(examples);
    }

    /** Examples one after the other. */
    static float[] joined(List<float[]> parts) {
        float[] whole = new float[parts.stream().mapToInt(part -> part.length).sum()];
        int at = 0;
        for (float[] part : parts) {
            System.arraycopy(part, 0, whole, at, part.length);
            at += part.length;
        }
        return whole;
    }
}
