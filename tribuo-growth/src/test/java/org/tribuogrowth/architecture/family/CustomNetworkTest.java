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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tribuogrowth.architecture.Activation;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.LayerSpec;
import org.tribuogrowth.architecture.PoolingKind;
import org.tribuogrowth.architecture.Shape;

final class CustomNetworkTest {
    private static final Shape IMAGE = new Shape.Image(12, 12, 3);
    private static final BatchNormalisationLayer NORM = new BatchNormalisationLayer();
    private static final ActivationLayer RELU = new ActivationLayer(Activation.RELU);
    private static final FlattenLayer FLATTEN = new FlattenLayer();
    private static final GlobalPoolingLayer AVERAGE = new GlobalPoolingLayer(PoolingKind.AVERAGE);
    private static final PoolingLayer HALF = new PoolingLayer(PoolingKind.MAX, 2, 0, 0);

    private static Architecture network(LayerComponent... layers) {
        return network(IMAGE, layers);
    }

    private static Architecture network(Shape input, LayerComponent... layers) {
        return new CustomNetwork(List.of(layers)).architecture(input, 2, Activation.SOFTMAX);
    }

    private static LayerComponent convolution(int filters) {
        return ConvolutionLayer.builder(filters).build();
    }

    private static LayerSpec.Convolution fused(
            String name, String input, boolean bias, boolean normalised, Activation activation) {
        return new LayerSpec.Convolution(name, input, name, 3, 1, 1, 1, bias, normalised, activation);
    }

    @Test
    void normalisationAndActivationBecomePartOfTheLayer() {
        assertThat(network(
                                convolution(4),
                                NORM,
                                RELU,
                                convolution(5),
                                RELU,
                                convolution(6),
                                NORM,
                                convolution(7),
                                AVERAGE)
                        .layers())
                .startsWith(
                        fused("conv1", "input", false, true, Activation.RELU),
                        fused("conv2", "conv1", true, false, Activation.RELU),
                        fused("conv3", "conv2", false, true, Activation.IDENTITY),
                        fused("conv4", "conv3", true, false, Activation.IDENTITY));
        assertThat(network(new Shape.Vector(3, 1), new DenseLayer(4, Activation.IDENTITY), NORM, RELU)
                        .layers())
                .startsWith(new LayerSpec.Dense("dense1", "input", "dense1", false, true, Activation.RELU));
        LayerComponent whole = ConvolutionLayer.builder(4)
                .batchNormalisation(true)
                .activation(Activation.RELU)
                .build();
        assertThat(network(whole, AVERAGE)).isEqualTo(network(convolution(4), NORM, RELU, AVERAGE));
    }

    @Test
    void whatCannotBeFusedIsALayerOfItsOwn() {
        assertThat(network(NORM, RELU, convolution(4), RELU, NORM, RELU, RELU, HALF, NORM, HALF, RELU, AVERAGE)
                        .layers())
                .startsWith(
                        new LayerSpec.BatchNormalisation("normalisation1", "input", Activation.RELU),
                        fused("conv1", "normalisation1", true, false, Activation.RELU),
                        new LayerSpec.BatchNormalisation("normalisation2", "conv1", Activation.RELU),
                        new LayerSpec.ActivationFunction("activation1", "normalisation2", Activation.RELU),
                        new LayerSpec.Pooling("pool1", "activation1", PoolingKind.MAX, 2, 2, 0),
                        new LayerSpec.BatchNormalisation("normalisation3", "pool1", Activation.IDENTITY),
                        new LayerSpec.Pooling("pool2", "normalisation3", PoolingKind.MAX, 2, 2, 0),
                        new LayerSpec.ActivationFunction("activation2", "pool2", Activation.RELU),
                        new LayerSpec.GlobalPooling("globalpool1", "activation2", PoolingKind.AVERAGE));
    }

    @Test
    void everyFieldOfAConvolutionIsUsed() {
        LayerComponent layer = ConvolutionLayer.builder(4)
                .name("own")
                .kernel(2)
                .stride(3)
                .padding(1)
                .dilation(2)
                .bias(false)
                .activation(Activation.TANH)
                .searchable(false)
                .build();
        Architecture architecture = network(layer, AVERAGE);
        assertThat(architecture.layer("own"))
                .isEqualTo(new LayerSpec.Convolution("own", "input", "own", 2, 3, 1, 2, false, false, Activation.TANH));
        assertThat(architecture.group("own").searchable()).isFalse();
        assertThat(architecture.searchableGroups()).isEmpty();
        Architecture same =
                network(ConvolutionLayer.builder(4).kernel(5).dilation(2).build(), AVERAGE);
        assertThat(same.shape("conv1")).isEqualTo(new Shape.Image(12, 12, 4));
    }

    @Test
    void everyFieldOfTheOtherLayersIsUsed() {
        Architecture architecture = network(
                new PoolingLayer(PoolingKind.AVERAGE, 3, 2, 1),
                FLATTEN,
                new DropoutLayer(0.3),
                new DenseLayer("code", 4, false, false, Activation.SIGMOID, false),
                new DenseLayer("last", 4, true, true, Activation.TANH, true));
        assertThat(architecture.layers())
                .startsWith(
                        new LayerSpec.Pooling("pool1", "input", PoolingKind.AVERAGE, 3, 2, 1),
                        new LayerSpec.Flatten("flatten1", "pool1"),
                        new LayerSpec.Dropout("dropout1", "flatten1", 0.3),
                        new LayerSpec.Dense("code", "dropout1", "code", false, false, Activation.SIGMOID),
                        new LayerSpec.Dense("last", "code", "last", false, true, Activation.TANH));
        assertThat(architecture.group("code").searchable()).isFalse();
        assertThat(architecture.group("last").searchable()).isTrue();
    }

    @Test
    void depthwiseConvolutionsFuseLikeTheOthersAndPassUnitsOn() {
        LayerComponent deep = DepthwiseConvolutionLayer.builder().build();
        Architecture architecture = network(
                deep,
                convolution(4),
                deep,
                NORM,
                RELU,
                deep,
                RELU,
                NORM,
                DepthwiseConvolutionLayer.builder()
                        .name("own")
                        .kernel(2)
                        .stride(3)
                        .padding(1)
                        .dilation(2)
                        .bias(false)
                        .build(),
                AVERAGE);
        assertThat(architecture.layers())
                .startsWith(
                        new LayerSpec.DepthwiseConvolution(
                                "depthwise1", "input", 3, 1, 1, 1, true, false, Activation.IDENTITY),
                        fused("conv1", "depthwise1", true, false, Activation.IDENTITY),
                        new LayerSpec.DepthwiseConvolution(
                                "depthwise2", "conv1", 3, 1, 1, 1, false, true, Activation.RELU),
                        new LayerSpec.DepthwiseConvolution(
                                "depthwise3", "depthwise2", 3, 1, 1, 1, true, false, Activation.RELU),
                        new LayerSpec.BatchNormalisation("normalisation1", "depthwise3", Activation.IDENTITY),
                        new LayerSpec.DepthwiseConvolution(
                                "own", "normalisation1", 2, 3, 1, 2, false, false, Activation.IDENTITY));
        assertThat(architecture.groupOf("depthwise1")).isEqualTo("input");
        assertThat(architecture.groupOf("own")).isEqualTo("conv1");
        assertThat(architecture.shape("own")).isEqualTo(new Shape.Image(4, 4, 4));
        assertThat(architecture.searchableGroups())
                .extracting(group -> group.name())
                .containsExactly("conv1");
        LayerComponent whole = DepthwiseConvolutionLayer.builder()
                .batchNormalisation(true)
                .activation(Activation.RELU)
                .build();
        assertThat(network(whole, AVERAGE)).isEqualTo(network(deep, NORM, RELU, AVERAGE));
    }

    @Test
    void shapesDecideTheShortcutOfABlock() {
        Architecture architecture = network(
                convolution(4),
                new ResidualBlockLayer(4, 1),
                HALF,
                new ResidualBlockLayer(4, 1),
                new ResidualBlockLayer(6, 1),
                new ResidualBlockLayer(6, 2),
                new ResidualBlockLayer("own", 6, 1, Activation.TANH, false),
                AVERAGE);
        assertThat(architecture.groupOf("block1")).isEqualTo("conv1");
        assertThat(((LayerSpec.Sum) architecture.layer("block1")).inputs()).containsExactly("block1.conv2", "conv1");
        assertThat(architecture.groupOf("block2"))
                .as("a stream goes on through pooling")
                .isEqualTo("conv1");
        assertThat(architecture.groupOf("block3")).isEqualTo("block3.stream");
        assertThat(((LayerSpec.Sum) architecture.layer("block3")).inputs())
                .containsExactly("block3.conv2", "block3.projection");
        assertThat(architecture.groupOf("block4")).as("stride 2").isEqualTo("block4.stream");
        assertThat(architecture.shape("block4")).isEqualTo(new Shape.Image(3, 3, 6));
        assertThat(architecture.groupOf("own")).isEqualTo("block4.stream");
        assertThat(architecture.group("own.conv1").searchable()).isFalse();
        assertThat(architecture.group("block4.stream").searchable()).isTrue();
        assertThat(((LayerSpec.Sum) architecture.layer("own")).activation()).isEqualTo(Activation.TANH);
        assertThat(((LayerSpec.Convolution) architecture.layer("own.conv1")).activation())
                .isEqualTo(Activation.TANH);
        assertThat(architecture.layers())
                .filteredOn(layer -> layer.name().endsWith(".projection"))
                .hasSize(2);
    }

    /** The input's channels are not units that a layer writes, so there is no stream to go on. */
    @Test
    void aBlockOnTheInputHasAProjection() {
        Architecture architecture = network(new ResidualBlockLayer("", 3, 1, Activation.RELU, false), AVERAGE);
        assertThat(architecture.groupOf("block1")).isEqualTo("block1.stream");
        assertThat(architecture.group("block1.stream").searchable()).isFalse();
        assertThat(architecture.layer("block1.projection").inputs()).containsExactly("input");
    }

    @Test
    void oneComponentMayStandInSeveralPlaces() {
        LayerComponent layer = convolution(4);
        assertThat(network(layer, layer, layer, AVERAGE).searchableGroups())
                .extracting(group -> group.name())
                .containsExactly("conv1", "conv2", "conv3");
        LayerComponent named = ConvolutionLayer.builder(4).name("mine").build();
        assertThatThrownBy(() -> network(named, named, AVERAGE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("unit group mine is taken");
        assertThatThrownBy(
                        () -> network(ConvolutionLayer.builder(4).name("conv2").build(), layer, AVERAGE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("unit group conv2 is taken");
    }

    @Test
    void layersThatDoNotFitAreRefused() {
        DenseLayer dense = new DenseLayer(4, Activation.RELU);
        assertThatThrownBy(() -> network(convolution(4), dense))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Layer dense1 needs a vector, but reads conv1, which is image 12x12x4; put a flatten or global"
                                + " pooling layer between them");
        assertThatThrownBy(() -> network(convolution(4)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Layer output needs a vector, but reads conv1");
        LayerComponent deep =
                DepthwiseConvolutionLayer.builder().padding(0).kernel(5).build();
        assertThatThrownBy(() -> network(HALF, HALF, deep, AVERAGE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Layer depthwise1: its window does not fit into its input, image 3x3x3");
        for (LayerComponent layer :
                List.of(convolution(4), deep, HALF, AVERAGE, FLATTEN, new ResidualBlockLayer(4, 1))) {
            assertThatThrownBy(() -> network(FLATTEN, dense, layer))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("needs an image, but reads dense1, which is vector 4");
        }
        assertThatThrownBy(() -> network(HALF, HALF, HALF, HALF, AVERAGE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Layer pool4: its window does not fit into its input, image 1x1x3")
                .hasMessageContaining("use larger images");
        assertThatThrownBy(() -> network(
                        HALF,
                        HALF,
                        ConvolutionLayer.builder(2).padding(0).kernel(5).build(),
                        AVERAGE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Layer conv1: its window does not fit into its input, image 3x3x3");
        assertThatThrownBy(() -> network(convolution(4), new ActivationLayer(Activation.SIGMOID), AVERAGE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Layer conv1: units of the searchable group conv1");
        assertThatThrownBy(() -> network(FLATTEN, NORM, dense))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("batch normalisation goes before flattening");
    }

    @Test
    void theListIsCopied() {
        ArrayList<LayerComponent> layers = new ArrayList<>(List.of(FLATTEN));
        CustomNetwork network = new CustomNetwork(layers);
        String before = network.architecture(IMAGE, 2, Activation.SOFTMAX).digest();
        layers.add(new DenseLayer(3, Activation.RELU));
        assertThat(network.architecture(IMAGE, 2, Activation.SOFTMAX).digest()).isEqualTo(before);
    }
}
