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

package org.tribuogrowth.network;

import java.util.List;
import org.tribuogrowth.architecture.Activation;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.LayerSpec;
import org.tribuogrowth.architecture.PoolingKind;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.architecture.UnitGroup;

/** Small architectures that between them have every kind of layer, odd widths, strides and both shortcuts. */
public final class SampleArchitectures {
    private SampleArchitectures() {}

    /** Convolutions with batch normalisation, stride 2, dilation, both poolings. */
    public static Architecture chain(Activation activation) {
        return new Architecture(
                new Shape.Image(9, 7, 2),
                List.of(
                        new UnitGroup("conv1", 5, true),
                        new UnitGroup("conv2", 3, true),
                        new UnitGroup("conv3", 7, true),
                        new UnitGroup("dense", 5, true),
                        new UnitGroup("classes", 3, false)),
                List.of(
                        new LayerSpec.Convolution("conv1", "input", "conv1", 3, 1, 1, 1, false, true, activation),
                        new LayerSpec.Pooling("pool1", "conv1", PoolingKind.AVERAGE, 3, 2, 1),
                        new LayerSpec.Convolution("conv2", "pool1", "conv2", 3, 2, 1, 1, false, true, activation),
                        new LayerSpec.Convolution("conv3", "conv2", "conv3", 3, 1, 2, 2, true, false, activation),
                        new LayerSpec.Pooling("pool3", "conv3", PoolingKind.MAX, 2, 1, 0),
                        new LayerSpec.Flatten("flatten", "pool3"),
                        new LayerSpec.Dense("dense", "flatten", "dense", false, true, activation),
                        new LayerSpec.Output("output", "dense", "classes", Activation.SOFTMAX)));
    }

    /**
     * Depthwise convolutions on the input and on units, with batch normalisation, with a bias and with neither, with
     * stride 2 and with dilation, and dropout on images.
     */
    public static Architecture depthwise(Activation activation, double dropout) {
        return new Architecture(
                new Shape.Image(9, 7, 2),
                List.of(
                        new UnitGroup("point1", 5, true),
                        new UnitGroup("point2", 3, true),
                        new UnitGroup("classes", 3, false)),
                List.of(
                        new LayerSpec.DepthwiseConvolution("deep0", "input", 3, 1, 1, 1, true, false, activation),
                        new LayerSpec.Convolution("point1", "deep0", "point1", 1, 1, 0, 1, false, true, activation),
                        new LayerSpec.DepthwiseConvolution("deep1", "point1", 3, 2, 1, 1, false, true, activation),
                        new LayerSpec.Dropout("dropout", "deep1", dropout),
                        new LayerSpec.Convolution("point2", "dropout", "point2", 1, 1, 0, 1, true, false, activation),
                        new LayerSpec.DepthwiseConvolution("deep2", "point2", 3, 1, 2, 2, true, false, activation),
                        new LayerSpec.DepthwiseConvolution("deep3", "deep2", 2, 1, 0, 1, false, false, activation),
                        new LayerSpec.GlobalPooling("global", "deep3", PoolingKind.AVERAGE),
                        new LayerSpec.Output("output", "global", "classes", Activation.SOFTMAX)));
    }

    /** A stem, an identity block and a projection block with stride 2; streams share one group a stage. */
    public static Architecture residual(Activation activation) {
        return new Architecture(
                new Shape.Image(6, 6, 1),
                List.of(
                        new UnitGroup("stage1", 3, true),
                        new UnitGroup("inner1", 5, true),
                        new UnitGroup("stage2", 5, true),
                        new UnitGroup("inner2", 3, true),
                        new UnitGroup("classes", 3, false)),
                List.of(
                        new LayerSpec.Convolution("stem", "input", "stage1", 3, 1, 1, 1, false, true, activation),
                        new LayerSpec.Convolution("a1", "stem", "inner1", 3, 1, 1, 1, false, true, activation),
                        new LayerSpec.Convolution("a2", "a1", "stage1", 3, 1, 1, 1, false, true, Activation.IDENTITY),
                        new LayerSpec.Sum("a", List.of("a2", "stem"), activation),
                        new LayerSpec.Convolution("b1", "a", "inner2", 3, 2, 1, 1, false, true, activation),
                        new LayerSpec.Convolution("b2", "b1", "stage2", 3, 1, 1, 1, false, true, Activation.IDENTITY),
                        new LayerSpec.Convolution(
                                "projection", "a", "stage2", 1, 2, 0, 1, false, true, Activation.IDENTITY),
                        new LayerSpec.Sum("b", List.of("b2", "projection"), activation),
                        new LayerSpec.GlobalPooling("global", "b", PoolingKind.AVERAGE),
                        new LayerSpec.Output("output", "global", "classes", Activation.SOFTMAX)));
    }

    /**
     * Widths at which execution plans use all their layouts and algorithms: Winograd's on 40 to 72 channels, one block of
     * 8, channels last; depthwise kernels in blocks and, larger than their image, without.
     */
    public static Architecture wide(Activation activation) {
        return new Architecture(
                new Shape.Image(8, 8, 3),
                List.of(
                        new UnitGroup("stream", 40, true),
                        new UnitGroup("inner", 72, true),
                        new UnitGroup("narrow1", 6, true),
                        new UnitGroup("narrow2", 8, true),
                        new UnitGroup("middle", 12, true),
                        new UnitGroup("last", 48, true),
                        new UnitGroup("classes", 4, false)),
                List.of(
                        new LayerSpec.Convolution("stem", "input", "stream", 3, 1, 1, 1, false, true, activation),
                        new LayerSpec.Convolution("a1", "stem", "inner", 3, 1, 1, 1, false, true, activation),
                        new LayerSpec.Convolution("a2", "a1", "stream", 3, 1, 1, 1, false, true, Activation.IDENTITY),
                        new LayerSpec.Sum("a", List.of("a2", "stem"), activation),
                        new LayerSpec.DepthwiseConvolution("deep1", "a", 3, 1, 1, 1, false, true, activation),
                        new LayerSpec.Convolution("narrow1", "deep1", "narrow1", 1, 1, 0, 1, false, true, activation),
                        new LayerSpec.Convolution("narrow2", "narrow1", "narrow2", 3, 1, 1, 1, false, true, activation),
                        new LayerSpec.Convolution("middle", "narrow2", "middle", 3, 2, 1, 1, false, true, activation),
                        new LayerSpec.Pooling("pool", "middle", PoolingKind.AVERAGE, 2, 2, 0),
                        new LayerSpec.Convolution("last", "pool", "last", 3, 1, 1, 1, false, true, activation),
                        new LayerSpec.DepthwiseConvolution("deep2", "last", 3, 1, 1, 1, false, true, activation),
                        new LayerSpec.GlobalPooling("global", "deep2", PoolingKind.AVERAGE),
                        new LayerSpec.Output("output", "global", "classes", Activation.SOFTMAX)));
    }

    /** Dense layers without batch normalisation, one with dropout. */
    public static Architecture dense(Activation activation, double dropout) {
        return new Architecture(
                new Shape.Vector(6, 1),
                List.of(
                        new UnitGroup("hidden1", 7, true),
                        new UnitGroup("hidden2", 5, true),
                        new UnitGroup("classes", 4, false)),
                List.of(
                        new LayerSpec.Dense("hidden1", "input", "hidden1", true, false, activation),
                        new LayerSpec.Dropout("dropout", "hidden1", dropout),
                        new LayerSpec.Dense("hidden2", "dropout", "hidden2", true, false, activation),
                        new LayerSpec.Output("output", "hidden2", "classes", Activation.SOFTMAX)));
    }

    /** A pre-activation block: batch normalisation and non-linearity on their own, a gated stream without either. */
    public static Architecture preActivation(Activation activation) {
        return new Architecture(
                new Shape.Image(5, 5, 1),
                List.of(
                        new UnitGroup("stream", 3, true),
                        new UnitGroup("inner", 5, true),
                        new UnitGroup("classes", 3, false)),
                List.of(
                        new LayerSpec.Convolution(
                                "stem", "input", "stream", 3, 1, 1, 1, false, false, Activation.IDENTITY),
                        new LayerSpec.BatchNormalisation("norm1", "stem", activation),
                        new LayerSpec.Convolution(
                                "conv1", "norm1", "inner", 3, 1, 1, 1, false, false, Activation.IDENTITY),
                        new LayerSpec.BatchNormalisation("norm2", "conv1", Activation.IDENTITY),
                        new LayerSpec.ActivationFunction("function2", "norm2", activation),
                        new LayerSpec.Convolution(
                                "conv2", "function2", "stream", 3, 1, 1, 1, true, false, Activation.IDENTITY),
                        new LayerSpec.Sum("sum", List.of("stem", "conv2"), Activation.IDENTITY),
                        new LayerSpec.BatchNormalisation("norm3", "sum", activation),
                        new LayerSpec.GlobalPooling("global", "norm3", PoolingKind.AVERAGE),
                        new LayerSpec.Output("output", "global", "classes", Activation.SOFTMAX)));
    }

    /**
     * Residual blocks that may be missing: with and without a rectifier after the sum, one inside the branch of another,
     * one whose stream is not searched.
     */
    public static Architecture residualBlocks() {
        return new Architecture(
                new Shape.Image(6, 6, 2),
                List.of(
                        new UnitGroup("stream", 4, true),
                        new UnitGroup("a1", 5, true),
                        UnitGroup.block("a"),
                        new UnitGroup("b1", 3, true),
                        new UnitGroup("b2", 3, true),
                        UnitGroup.block("b"),
                        UnitGroup.block("b.inner"),
                        new UnitGroup("wide", 5, false),
                        new UnitGroup("c1", 3, true),
                        UnitGroup.block("c"),
                        new UnitGroup("classes", 3, false)),
                List.of(
                        new LayerSpec.Convolution("stem", "input", "stream", 3, 1, 1, 1, false, true, Activation.RELU),
                        new LayerSpec.Convolution("a1", "stem", "a1", 3, 1, 1, 1, false, true, Activation.RELU),
                        new LayerSpec.Convolution("a2", "a1", "stream", 3, 1, 1, 1, false, true, Activation.IDENTITY),
                        new LayerSpec.Sum("a", List.of("a2", "stem"), Activation.RELU, "a"),
                        new LayerSpec.Convolution("b1", "a", "b1", 3, 1, 1, 1, false, true, Activation.TANH),
                        new LayerSpec.Convolution("b2", "b1", "b2", 3, 1, 1, 1, true, false, Activation.TANH),
                        new LayerSpec.Convolution("b3", "b2", "b1", 1, 1, 0, 1, true, false, Activation.IDENTITY),
                        new LayerSpec.Sum("b.inner", List.of("b3", "b1"), Activation.TANH, "b.inner"),
                        new LayerSpec.Convolution(
                                "b4", "b.inner", "stream", 3, 1, 1, 1, true, false, Activation.IDENTITY),
                        new LayerSpec.ActivationFunction("b5", "b4", Activation.RELU),
                        new LayerSpec.Sum("b", List.of("b5", "a"), Activation.IDENTITY, "b"),
                        new LayerSpec.Convolution("wide", "b", "wide", 3, 1, 1, 1, false, true, Activation.SIGMOID),
                        new LayerSpec.Convolution("c1", "wide", "c1", 3, 1, 1, 1, false, true, Activation.TANH),
                        new LayerSpec.Convolution("c2", "c1", "wide", 3, 1, 1, 1, false, true, Activation.IDENTITY),
                        new LayerSpec.Sum("c", List.of("c2", "wide"), Activation.SIGMOID, "c"),
                        new LayerSpec.GlobalPooling("global", "c", PoolingKind.AVERAGE),
                        new LayerSpec.Output("output", "global", "classes", Activation.SOFTMAX)));
    }

    /** Pre-activation blocks that may be missing: their gates are in weights, whose stream's gates are there as well. */
    public static Architecture preActivationBlocks() {
        return new Architecture(
                new Shape.Image(5, 5, 1),
                List.of(
                        new UnitGroup("stream", 3, true),
                        new UnitGroup("a1", 5, true),
                        UnitGroup.block("a"),
                        new UnitGroup("b1", 4, true),
                        UnitGroup.block("b"),
                        new UnitGroup("classes", 3, false)),
                List.of(
                        new LayerSpec.Convolution(
                                "stem", "input", "stream", 3, 1, 1, 1, false, false, Activation.IDENTITY),
                        new LayerSpec.BatchNormalisation("a0", "stem", Activation.TANH),
                        new LayerSpec.Convolution("a1", "a0", "a1", 3, 1, 1, 1, false, true, Activation.TANH),
                        new LayerSpec.Convolution("a2", "a1", "stream", 3, 1, 1, 1, false, false, Activation.IDENTITY),
                        new LayerSpec.Sum("a", List.of("a2", "stem"), Activation.IDENTITY, "a"),
                        new LayerSpec.BatchNormalisation("b0", "a", Activation.TANH),
                        new LayerSpec.Convolution("b1", "b0", "b1", 3, 1, 1, 1, false, true, Activation.TANH),
                        new LayerSpec.Dropout("drop", "b1", 0.2),
                        new LayerSpec.Convolution("b2", "drop", "stream", 3, 1, 1, 1, true, false, Activation.IDENTITY),
                        new LayerSpec.Sum("b", List.of("b2", "a"), Activation.IDENTITY, "b"),
                        new LayerSpec.BatchNormalisation("norm", "b", Activation.TANH),
                        new LayerSpec.GlobalPooling("global", "norm", PoolingKind.AVERAGE),
                        new LayerSpec.Output("output", "global", "classes", Activation.SOFTMAX)));
    }

    /**
     * Plain layers that may be missing, with ways around them: two convolutions as one block after another, and a dense
     * layer without normalisation.
     *
     * @param width      The filters; above 32 execution plans store them in blocks.
     * @param activation The second convolution's, RELU or IDENTITY.
     */
    public static Architecture plainBlocks(int width, Activation activation) {
        return new Architecture(
                new Shape.Image(8, 8, 2),
                List.of(
                        new UnitGroup("stage1", width, true),
                        UnitGroup.block("conv2"),
                        UnitGroup.block("conv3"),
                        new UnitGroup("hidden", 7, true),
                        UnitGroup.block("hidden2"),
                        new UnitGroup("classes", 3, false)),
                List.of(
                        new LayerSpec.Convolution("conv1", "input", "stage1", 3, 1, 1, 1, false, true, Activation.TANH),
                        new LayerSpec.Convolution("conv2", "conv1", "stage1", 3, 1, 1, 1, false, true, activation),
                        new LayerSpec.Bypass("pass2", "conv2", "conv1", "conv2"),
                        new LayerSpec.Convolution(
                                "conv3", "pass2", "stage1", 3, 1, 1, 1, false, true, Activation.IDENTITY),
                        new LayerSpec.Bypass("pass3", "conv3", "pass2", "conv3"),
                        new LayerSpec.Pooling("pool", "pass3", PoolingKind.AVERAGE, 2, 2, 0),
                        new LayerSpec.Flatten("flatten", "pool"),
                        new LayerSpec.Dense("hidden1", "flatten", "hidden", true, false, Activation.TANH),
                        new LayerSpec.Dense("hidden2", "hidden1", "hidden", true, false, Activation.IDENTITY),
                        new LayerSpec.Bypass("pass4", "hidden2", "hidden1", "hidden2"),
                        new LayerSpec.Output("output", "pass4", "classes", Activation.SOFTMAX)));
    }
}
