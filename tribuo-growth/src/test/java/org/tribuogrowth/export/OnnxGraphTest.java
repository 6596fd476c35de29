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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tribuogrowth.architecture.Activation;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.LayerSpec;
import org.tribuogrowth.architecture.PoolingKind;
import org.tribuogrowth.architecture.RandomArchitectures;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.architecture.UnitGroup;
import org.tribuogrowth.data.ChannelNormaliser;
import org.tribuogrowth.data.TargetScaling;
import org.tribuogrowth.network.CompactSamples;
import org.tribuogrowth.network.NetworkParameters;
import org.tribuogrowth.network.SampleArchitectures;

class OnnxGraphTest {
    private static final double TOLERANCE = 1e-5;

    /** Pooling of maxima with more padding than stride, a vector whose units fill several positions, scores one by one. */
    private static Architecture paddedPooling() {
        return new Architecture(
                new Shape.Image(6, 5, 2),
                List.of(
                        new UnitGroup("conv", 3, true),
                        new UnitGroup("dense", 4, true),
                        new UnitGroup("classes", 3, false)),
                List.of(
                        new LayerSpec.Convolution("conv", "input", "conv", 3, 1, 1, 1, true, false, Activation.TANH),
                        new LayerSpec.Pooling("pool", "conv", PoolingKind.MAX, 3, 2, 2),
                        new LayerSpec.Flatten("flatten", "pool"),
                        new LayerSpec.ActivationFunction("function", "flatten", Activation.RELU),
                        new LayerSpec.Dense("dense", "function", "dense", true, false, Activation.TANH),
                        new LayerSpec.Output("output", "dense", "classes", Activation.SIGMOID)));
    }

    static Stream<Architecture> architectures() {
        return Stream.of(
                SampleArchitectures.dense(Activation.RELU, 0.3),
                SampleArchitectures.chain(Activation.TANH),
                SampleArchitectures.residual(Activation.RELU),
                SampleArchitectures.depthwise(Activation.TANH, 0.2),
                SampleArchitectures.wide(Activation.RELU),
                SampleArchitectures.preActivation(Activation.RELU),
                SampleArchitectures.residualBlocks(),
                SampleArchitectures.preActivationBlocks(),
                SampleArchitectures.plainBlocks(5, Activation.RELU),
                paddedPooling());
    }

    private static void assertSame(NetworkParameters parameters, long seed) {
        float[] batch = CompactSamples.batch(parameters.architecture(), seed);
        float[] found = OnnxFiles.run(OnnxFiles.plain(parameters), batch, CompactSamples.rows());
        assertThat(found).containsExactly(CompactSamples.predict(parameters, batch), within((float) TOLERANCE));
    }

    @ParameterizedTest
    @MethodSource("architectures")
    void theRuntimeComputesWhatWeCompute(Architecture architecture) {
        assertSame(CompactSamples.gated(architecture, 3), 4);
        assertSame(CompactSamples.pruned(architecture, 5), 6);
    }

    @Property(tries = 60)
    void theRuntimeComputesWhatWeComputeForAnyArchitecture(@ForAll long seed) {
        assertSame(CompactSamples.pruned(RandomArchitectures.of(seed), seed), seed);
    }

    /** Features in another order than their places, some places without a feature, values normalised. */
    @Property(tries = 40)
    void featuresGetToTheirPlaces(@ForAll long seed) {
        Random random = new Random(seed);
        NetworkParameters parameters = CompactSamples.pruned(RandomArchitectures.of(seed), seed);
        Shape shape = parameters.architecture().input();
        int length = ExportedNetwork.length(shape);
        List<Integer> places =
                new ArrayList<>(IntStream.range(0, length).boxed().toList());
        Collections.shuffle(places, random);
        places = places.subList(0, 1 + random.nextInt(length));
        int channels = random.nextBoolean() ? 1 : ExportedNetwork.units(shape);
        float[] mean = new float[channels];
        float[] deviation = new float[channels];
        for (int channel = 0; channel < channels; channel++) {
            mean[channel] = (float) random.nextGaussian();
            deviation[channel] = 0.5f + random.nextFloat();
        }
        ChannelNormaliser normaliser = new ChannelNormaliser(mean, deviation);
        ExportedNetwork network = new ExportedNetwork(parameters, places, Optional.of(normaliser), Optional.empty());
        float[] features = new float[CompactSamples.rows() * places.size()];
        float[] placed = new float[CompactSamples.rows() * length];
        for (int i = 0; i < features.length; i++) {
            features[i] = (float) random.nextGaussian();
            placed[i / places.size() * length + places.get(i % places.size())] = features[i];
        }
        normaliser.apply(placed, 0, placed.length);

        assertThat(OnnxFiles.run(network, features, CompactSamples.rows()))
                .containsExactly(CompactSamples.predict(parameters, placed), within((float) TOLERANCE));
    }

    @Test
    void scoresAreScaledBack() {
        NetworkParameters parameters = CompactSamples.gated(SampleArchitectures.dense(Activation.TANH, 0), 2);
        float[] batch = CompactSamples.batch(parameters.architecture(), 3);
        TargetScaling scaling = new TargetScaling(new float[] {100f, -1f, 0f, 5f}, new float[] {2f, 0.5f, 1f, 10f});
        float[] expected = CompactSamples.predict(parameters, batch);
        for (int row = 0; row < CompactSamples.rows(); row++) {
            scaling.restore(expected, row * 4);
        }
        ExportedNetwork plain = OnnxFiles.plain(parameters);

        float[] found = OnnxFiles.run(
                new ExportedNetwork(parameters, plain.places(), Optional.empty(), Optional.of(scaling)),
                batch,
                CompactSamples.rows());

        assertThat(found).containsExactly(expected, within(2e-5f));
    }

    @Test
    void partsThatDoNotFitAreRefused() {
        NetworkParameters parameters = CompactSamples.gated(SampleArchitectures.dense(Activation.TANH, 0), 2);
        ChannelNormaliser four = new ChannelNormaliser(new float[4], new float[] {1f, 1f, 1f, 1f});
        TargetScaling one = new TargetScaling(new float[1], new float[] {1f});

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ExportedNetwork(parameters, List.of(0, 6), Optional.empty(), Optional.empty()))
                .withMessage("Feature 1 goes to the place 6, expected a place of its own from 0 to 5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ExportedNetwork(parameters, List.of(2, 2), Optional.empty(), Optional.empty()))
                .withMessage("Feature 1 goes to the place 2, expected a place of its own from 0 to 5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ExportedNetwork(parameters, List.of(0), Optional.of(four), Optional.empty()))
                .withMessage("A normalisation of 4 channels does not fit an input of 6");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ExportedNetwork(parameters, List.of(0), Optional.empty(), Optional.of(one)))
                .withMessage("The network has 4 outputs, but 1 are to be scaled");
    }

    /** A kind of layer that is added to the project must be exported as well, or this fails. */
    @Test
    void everyKindOfLayerIsExported() {
        Set<Class<?>> kinds = new HashSet<>();
        Stream.concat(architectures(), OnnxPositionsTest.architectures())
                .forEach(architecture -> architecture.layers().forEach(layer -> kinds.add(layer.getClass())));
        assertThat(kinds).containsAll(leaves(LayerSpec.class));
    }

    private static Set<Class<?>> leaves(Class<?> type) {
        if (!type.isSealed()) {
            return Set.of(type);
        }
        Set<Class<?>> leaves = new HashSet<>();
        for (Class<?> permitted : type.getPermittedSubclasses()) {
            leaves.addAll(leaves(permitted));
        }
        return leaves;
    }

    @Test
    void batchNormalisationAfterWeightsIsFoldedAndNamesAreThoseOfLayers() {
        NetworkParameters parameters = CompactSamples.gated(SampleArchitectures.chain(Activation.RELU), 1);

        ModelProto model = OnnxFiles.model(OnnxFiles.plain(parameters));

        assertThat(model.getGraph().getNodeList())
                .extracting(NodeProto::getName)
                .containsExactly(
                        "input/placed",
                        "input/image",
                        "conv1/conv",
                        "conv1/relu",
                        "pool1/pool",
                        "conv2/conv",
                        "conv2/relu",
                        "conv3/conv",
                        "conv3/relu",
                        "pool3/pool",
                        "flatten/flatten",
                        "dense/gemm",
                        "dense/relu",
                        "output/gemm",
                        "output/softmax",
                        "output");
        Map<String, List<Long>> arrays = new HashMap<>();
        model.getGraph().getInitializerList().forEach(array -> arrays.put(array.getName(), array.getDimsList()));
        assertThat(arrays)
                .containsEntry("conv1/weight", List.of(5L, 2L, 3L, 3L))
                .containsEntry("conv1/bias", List.of(5L))
                .containsEntry("dense/bias", List.of(5L))
                .doesNotContainKeys("conv1/gamma", "conv1/mean");
        assertThat(model.getGraph()
                        .getInput(0)
                        .getType()
                        .getTensorType()
                        .getShape()
                        .getDim(0)
                        .getDimParam())
                .isEqualTo("batch");
        assertThat(model.getGraph()
                        .getOutput(0)
                        .getType()
                        .getTensorType()
                        .getShape()
                        .getDim(0)
                        .getDimParam())
                .isEqualTo("batch");
    }
}
