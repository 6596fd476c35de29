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

package org.tribuogrowth.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class ArchitectureTest {
    private static final Shape IMAGE = new Shape.Image(8, 6, 3);
    private static final LayerSpec POOL = new LayerSpec.GlobalPooling("pool", "sum", PoolingKind.AVERAGE);
    private static final LayerSpec OUTPUT = new LayerSpec.Output("output", "pool", "output", Activation.SOFTMAX);

    private static UnitGroup group(String name, int width) {
        return new UnitGroup(name, width, true);
    }

    private static UnitGroup outputs(int width) {
        return new UnitGroup("output", width, false);
    }

    private static LayerSpec convolution(String name, String input, String units, int stride) {
        return new LayerSpec.Convolution(name, input, units, 3, stride, 1, 1, false, true, Activation.RELU);
    }

    private static Architecture residual(int innerStride, String branchUnits) {
        return new Architecture(
                IMAGE,
                List.of(group("stream", 4), group("inner", 5), group("other", 4), outputs(2)),
                List.of(
                        convolution("stem", "input", "stream", 1),
                        convolution("inner", "stem", "inner", innerStride),
                        convolution("branch", "inner", branchUnits, 1),
                        convolution("spare", "branch", "other", 1),
                        new LayerSpec.Sum("sum", List.of("branch", "stem"), Activation.RELU),
                        new LayerSpec.Dropout("drop", "spare", 0.5),
                        new LayerSpec.GlobalPooling("sparepool", "drop", PoolingKind.MAX),
                        POOL,
                        new LayerSpec.Dense("spareout", "sparepool", "stream", true, false, Activation.TANH),
                        new LayerSpec.Sum("all", List.of("pool", "spareout"), Activation.IDENTITY),
                        new LayerSpec.Output("output", "all", "output", Activation.SOFTMAX)));
    }

    @Test
    void shapesAndGroupsFollowTheLayers() {
        Architecture architecture = residual(1, "stream");
        assertThat(architecture.shape("input")).isEqualTo(IMAGE);
        assertThat(architecture.shape("sum")).isEqualTo(new Shape.Image(8, 6, 4));
        assertThat(architecture.shape("pool")).isEqualTo(new Shape.Vector(4, 1));
        assertThat(architecture.groupOf("input")).isEqualTo("input");
        assertThat(architecture.groupOf("sum")).isEqualTo("stream");
        assertThat(architecture.groupOf("all")).isEqualTo("stream");
        assertThat(architecture.groupOf("drop")).isEqualTo("other");
        assertThat(architecture.output().name()).isEqualTo("output");
        assertThat(architecture.searchableGroups())
                .extracting(UnitGroup::name)
                .containsExactly("stream", "inner", "other");
        assertThat(architecture.groups())
                .extracting(UnitGroup::name)
                .containsExactly("input", "stream", "inner", "other", "output");
        assertThat(architecture.group("input")).isEqualTo(new UnitGroup("input", 3, false));
        assertThatThrownBy(() -> architecture.shape("nobody")).hasMessageContaining("no layer nobody");
        assertThatThrownBy(() -> architecture.group("nobody")).hasMessageContaining("no unit group nobody");
        assertThatThrownBy(() -> architecture.layer("nobody")).hasMessageContaining("no layer nobody");
        assertThatThrownBy(() -> architecture.groupOf("nobody")).hasMessageContaining("no layer nobody");
    }

    @Test
    void layersWithParametersOfSearchableGroupsCarryGates() {
        Architecture architecture = residual(1, "stream");
        Set<String> carriers = architecture.layers().stream()
                .filter(architecture::carriesGate)
                .map(LayerSpec::name)
                .collect(Collectors.toSet());
        assertThat(carriers).containsExactlyInAnyOrder("stem", "inner", "branch", "spare", "spareout");
        Architecture plain = new Architecture(
                IMAGE,
                List.of(group("stream", 4), outputs(2)),
                List.of(
                        new LayerSpec.BatchNormalisation("first", "input", Activation.SIGMOID),
                        convolution("conv", "first", "stream", 1),
                        new LayerSpec.BatchNormalisation("sum", "conv", Activation.RELU),
                        POOL,
                        OUTPUT));
        assertThat(plain.carriesGate(plain.layer("first")))
                .as("the input's units have no gates")
                .isFalse();
        assertThat(plain.carriesGate(plain.layer("sum"))).isTrue();
        assertThat(plain.carriesGate(plain.output())).isFalse();
        assertThat(plain.parameters())
                .extracting(ParameterSpec::name)
                .containsExactly(
                        "first/gamma",
                        "first/beta",
                        "first/mean",
                        "first/variance",
                        "conv/weight",
                        "conv/gamma",
                        "conv/beta",
                        "conv/mean",
                        "conv/variance",
                        "sum/gamma",
                        "sum/beta",
                        "sum/mean",
                        "sum/variance",
                        "output/weight",
                        "output/bias");
    }

    private static LayerSpec depthwise(String name, String input, boolean bias, boolean normalised) {
        return new LayerSpec.DepthwiseConvolution(name, input, 3, 2, 1, 1, bias, normalised, Activation.RELU);
    }

    /** Zero in, zero out: a gate is needed where something is added, and where the group may lose units. */
    @Test
    void depthwiseConvolutionsWriteWhatTheyReadAndCarryGatesIfTheyShift() {
        Architecture architecture = new Architecture(
                IMAGE,
                List.of(group("stream", 4), outputs(2)),
                List.of(
                        depthwise("first", "input", false, true),
                        convolution("conv", "first", "stream", 1),
                        depthwise("normalised", "conv", false, true),
                        depthwise("biased", "normalised", true, false),
                        depthwise("sum", "biased", false, false),
                        POOL,
                        OUTPUT));
        assertThat(architecture.shape("first")).isEqualTo(new Shape.Image(4, 3, 3));
        assertThat(architecture.shape("normalised")).isEqualTo(new Shape.Image(2, 2, 4));
        assertThat(architecture.groupOf("first")).isEqualTo("input");
        assertThat(architecture.groupOf("sum")).isEqualTo("stream");
        assertThat(architecture.layers())
                .filteredOn(architecture::carriesGate)
                .extracting(LayerSpec::name)
                .containsExactly("conv", "normalised", "biased");
        assertThat(architecture.parameters())
                .contains(
                        new ParameterSpec("first", ParameterRole.WEIGHT, "input", 9, ""),
                        new ParameterSpec("normalised", ParameterRole.WEIGHT, "stream", 9, ""),
                        new ParameterSpec("biased", ParameterRole.BIAS, "stream", 1, ""));
        assertThat(architecture.costModel().terms())
                .contains(new CostTerm("first", "input", "", 9, 9, 9 * 4 * 3))
                .contains(new CostTerm("normalised", "stream", "", 9, 9, 9 * 2 * 2));
    }

    @Test
    void aSumOfOtherUnitsOrShapesIsRefused() {
        assertThatThrownBy(() -> residual(1, "other"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(
                        "Layer sum adds branch (image 8x6x4, units other) and stem (image 8x6x4, units stream)")
                .hasMessageContaining("the same unit group");
        assertThatThrownBy(() -> residual(2, "stream"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Layer sum adds branch (image 4x3x4")
                .hasMessageContaining("the same shape");
        assertThatThrownBy(() -> new LayerSpec.Sum("sum", Collections.nCopies(17, "stem"), Activation.RELU))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 to 16 inputs, found 17");
    }

    /** Everything that writes into a searchable group must be 0 at gate 0, whichever layer applies the function. */
    @Test
    void sigmoidIsRefusedWhereUnitsMayLeave() {
        List<LayerSpec> endings = List.of(
                new LayerSpec.Convolution("sum", "conv", "stream", 3, 1, 1, 1, true, false, Activation.SIGMOID),
                new LayerSpec.DepthwiseConvolution("sum", "conv", 3, 1, 1, 1, false, true, Activation.SIGMOID),
                new LayerSpec.BatchNormalisation("sum", "conv", Activation.SIGMOID),
                new LayerSpec.ActivationFunction("sum", "conv", Activation.SIGMOID),
                new LayerSpec.Sum("sum", List.of("conv", "conv"), Activation.SIGMOID));
        for (LayerSpec ending : endings) {
            List<LayerSpec> layers = List.of(convolution("conv", "input", "stream", 1), ending, POOL, OUTPUT);
            assertThatThrownBy(() -> new Architecture(IMAGE, List.of(group("stream", 4), outputs(2)), layers))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("Layer sum")
                    .hasMessageContaining("searchable group stream")
                    .hasMessageContaining("sigmoid(0) is not 0");
            new Architecture(IMAGE, List.of(new UnitGroup("stream", 4, false), outputs(2)), layers);
        }
        assertThatThrownBy(() -> new Architecture(
                        new Shape.Vector(3, 1),
                        List.of(group("hidden", 4), outputs(2)),
                        List.of(
                                new LayerSpec.Dense("pool", "input", "hidden", true, false, Activation.SIGMOID),
                                OUTPUT)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sigmoid(0) is not 0");
    }

    @Test
    void layersAndGroupsWithoutUseAreRefused() {
        List<LayerSpec> chain = List.of(convolution("sum", "input", "stream", 1), POOL, OUTPUT);
        List<UnitGroup> groups = List.of(group("stream", 4), outputs(2));
        new Architecture(IMAGE, groups, chain);

        List<LayerSpec> unread = new ArrayList<>(chain);
        unread.add(1, convolution("lost", "input", "stream", 1));
        assertThatThrownBy(() -> new Architecture(IMAGE, groups, unread))
                .hasMessageContaining("No layer reads layer lost");
        List<UnitGroup> unwritten = new ArrayList<>(groups);
        unwritten.add(group("spare", 3));
        assertThatThrownBy(() -> new Architecture(IMAGE, unwritten, chain))
                .hasMessageContaining("No layer writes unit group spare");
        assertThatThrownBy(() -> new Architecture(IMAGE, groups, chain.subList(0, 2)))
                .hasMessageContaining("The last layer is the output, found pool");
        List<LayerSpec> twoOutputs = new ArrayList<>(chain);
        twoOutputs.add(new LayerSpec.Output("second", "pool", "output", Activation.SOFTMAX));
        assertThatThrownBy(() -> new Architecture(IMAGE, groups, twoOutputs))
                .hasMessageContaining("There is one output, found output and second");
        assertThatThrownBy(() -> new Architecture(IMAGE, groups, List.of())).hasMessageContaining("found 0");
        assertThatThrownBy(() -> new Architecture(new Shape.Vector(3, 2), groups, chain))
                .hasMessageContaining("one position a unit, found 2");
    }

    @Test
    void imagesAndVectorsAreNotMixedUp() {
        assertThatThrownBy(() -> new Architecture(
                        IMAGE,
                        List.of(group("stream", 4), outputs(2)),
                        List.of(
                                new LayerSpec.Dense("d", "input", "stream", true, false, Activation.RELU),
                                new LayerSpec.Output("o", "d", "output", Activation.SOFTMAX))))
                .hasMessageContaining("needs a vector, but reads input, which is image 8x6x3")
                .hasMessageContaining("put a flatten or global pooling layer between them");
        for (LayerSpec layer : List.of(
                convolution("sum", "input", "stream", 1),
                depthwise("sum", "input", false, true),
                new LayerSpec.Pooling("sum", "input", PoolingKind.MAX, 2, 2, 0),
                new LayerSpec.GlobalPooling("sum", "input", PoolingKind.MAX),
                new LayerSpec.Flatten("sum", "input"))) {
            assertThatThrownBy(() -> new Architecture(
                            new Shape.Vector(3, 1),
                            List.of(group("stream", 4), outputs(2)),
                            List.of(layer, POOL, OUTPUT)))
                    .hasMessageContaining("Layer sum needs an image, but reads input, which is vector 3");
        }
        assertThatThrownBy(() -> new Architecture(
                        IMAGE,
                        List.of(outputs(2)),
                        List.of(
                                new LayerSpec.Flatten("flat", "input"),
                                new LayerSpec.BatchNormalisation("pool", "flat", Activation.RELU),
                                OUTPUT)))
                .hasMessageContaining("batch normalisation goes before flattening");
    }

    @Test
    void extentsAreThoseOfTheSlidingWindow() {
        for (int extent = 1; extent <= 12; extent++) {
            for (int kernel = 1; kernel <= 4; kernel++) {
                for (int stride = 1; stride <= 3; stride++) {
                    for (int padding = 0; padding <= 2; padding++) {
                        for (int dilation = 1; dilation <= 2; dilation++) {
                            LayerSpec.Convolution layer = new LayerSpec.Convolution(
                                    "c", "input", "u", kernel, stride, padding, dilation, true, false, Activation.RELU);
                            int expected = places(extent, dilation * (kernel - 1) + 1, stride, padding);
                            assertThat(Math.max(0, layer.outputExtent(extent))).isEqualTo(expected);
                        }
                        if (padding < kernel) {
                            LayerSpec.Pooling layer =
                                    new LayerSpec.Pooling("p", "input", PoolingKind.MAX, kernel, stride, padding);
                            assertThat(Math.max(0, layer.outputExtent(extent)))
                                    .isEqualTo(places(extent, kernel, stride, padding));
                        }
                    }
                }
            }
        }
    }

    private static int places(int extent, int window, int stride, int padding) {
        int count = 0;
        for (int start = -padding; start + window <= extent + padding; start += stride) {
            count++;
        }
        return count;
    }

    @Test
    void compactingKeepsLayersAndNarrowsGroups() {
        Architecture architecture = residual(1, "stream");
        ActiveUnits active = ActiveUnits.of(
                architecture,
                Map.of(
                        "input", new int[] {0, 1, 2},
                        "stream", new int[] {3, 1},
                        "inner", new int[] {4},
                        "other", new int[] {0, 1, 2, 3},
                        "output", new int[] {0, 1}));
        Architecture compact = architecture.compact(active);
        assertThat(List.copyOf(compact.layers())).isEqualTo(List.copyOf(architecture.layers()));
        assertThat(compact.group("stream")).isEqualTo(group("stream", 2));
        assertThat(compact.group("inner")).isEqualTo(group("inner", 1));
        assertThat(compact.shape("sum")).isEqualTo(new Shape.Image(8, 6, 2));
        assertThat(compact.input()).isEqualTo(architecture.input());
        assertThat(architecture.compact(ActiveUnits.all(architecture))).isEqualTo(architecture);
    }

    @Test
    void collectionsCannotBeChanged() {
        Architecture architecture = residual(1, "stream");
        assertThatThrownBy(() -> architecture.layers().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> architecture.groups().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> architecture.parameters().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> architecture.costModel().terms().clear())
                .isInstanceOf(UnsupportedOperationException.class);
    }
}
