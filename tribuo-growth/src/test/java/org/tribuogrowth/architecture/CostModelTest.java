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
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

final class CostModelTest {
    @Provide
    Arbitrary<Architecture> architectures() {
        return RandomArchitectures.architectures();
    }

    /** What a network costs, counted layer by layer from its shapes and without cost terms. */
    private static Cost count(Architecture architecture) {
        long weights = 0;
        long parameters = 0;
        long multiplyAdds = 0;
        for (LayerSpec layer : architecture.layers()) {
            Shape read = architecture.shape(layer.inputs().get(0));
            Shape written = architecture.shape(layer.name());
            long matrix = 0;
            long uses = 1;
            long vectors = 0;
            long units = written instanceof Shape.Image image ? image.channels() : ((Shape.Vector) written).units();
            if (layer instanceof LayerSpec.Convolution c) {
                matrix = (long) c.kernel() * c.kernel() * ((Shape.Image) read).channels() * units;
                uses = (long) ((Shape.Image) written).height() * ((Shape.Image) written).width();
                vectors = (c.bias() ? 1 : 0) + (c.batchNormalisation() ? 2 : 0);
            } else if (layer instanceof LayerSpec.DepthwiseConvolution c) {
                matrix = (long) c.kernel() * c.kernel() * units;
                uses = (long) ((Shape.Image) written).height() * ((Shape.Image) written).width();
                vectors = (c.bias() ? 1 : 0) + (c.batchNormalisation() ? 2 : 0);
            } else if (layer instanceof LayerSpec.Dense d) {
                Shape.Vector vector = (Shape.Vector) read;
                matrix = (long) vector.units() * vector.positions() * units;
                vectors = (d.bias() ? 1 : 0) + (d.batchNormalisation() ? 2 : 0);
            } else if (layer instanceof LayerSpec.Output) {
                Shape.Vector vector = (Shape.Vector) read;
                matrix = (long) vector.units() * vector.positions() * units;
                vectors = 1;
            } else if (layer instanceof LayerSpec.BatchNormalisation) {
                vectors = 2;
            }
            weights += matrix;
            parameters += matrix + vectors * units;
            multiplyAdds += matrix * uses;
        }
        return new Cost(weights, parameters, multiplyAdds);
    }

    @Property(tries = 500)
    void theDenseCostIsTheSumOverLayers(@ForAll("architectures") Architecture architecture) {
        assertThat(architecture.denseCost()).isEqualTo(count(architecture));
        assertThat(architecture.costModel().of(ActiveUnits.all(architecture))).isEqualTo(architecture.denseCost());
    }

    @Property(tries = 500)
    void theCostOfActiveUnitsIsTheDenseCostOfTheCompactArchitecture(
            @ForAll("architectures") Architecture architecture, @ForAll long seed) {
        ActiveUnits active = RandomArchitectures.active(architecture, seed);
        Cost cost = architecture.costModel().of(active);
        Architecture compact = architecture.compact(active);
        assertThat(cost).isEqualTo(compact.denseCost()).isEqualTo(count(compact));
        long trained = architecture.parameters().stream()
                .filter(parameter -> parameter.role().trained())
                .mapToLong(parameter -> parameter.length(active))
                .sum();
        assertThat(cost.parameters()).isEqualTo(trained);
        assertThat(compact.parameters()).isEqualTo(architecture.parameters());
        for (ParameterSpec parameter : architecture.parameters()) {
            assertThat(parameter.length(active)).isEqualTo(parameter.length(ActiveUnits.all(compact)));
        }
    }

    @Property(tries = 500)
    void theExpectedCostAtProbabilitiesZeroAndOneIsExact(
            @ForAll("architectures") Architecture architecture, @ForAll long seed) {
        ActiveUnits active = RandomArchitectures.active(architecture, seed);
        for (CostMeasure measure : CostMeasure.values()) {
            assertThat(architecture.costModel().expected(measure, active::count))
                    .isEqualTo((double) measure.of(architecture.costModel().of(active)));
        }
    }

    /** Against the mean over every combination of active units, each weighted with its probability. */
    @Test
    void theExpectedCostIsTheMeanOverAllStructures() {
        Architecture architecture = Architecture.parse(
                """
                tribuo-growth architecture 1
                input image 6 5 2
                units a 3 searchable
                units b 4 searchable
                units c 2 searchable
                units out 2 fixed
                layer a convolution input=input units=a kernel=3 stride=1 padding=1 dilation=1 bias=false batch-normalisation=true activation=relu
                layer deep depthwise-convolution input=a kernel=3 stride=1 padding=1 dilation=1 bias=true batch-normalisation=false activation=relu
                layer b convolution input=deep units=b kernel=3 stride=2 padding=0 dilation=1 bias=true batch-normalisation=false activation=relu
                layer back convolution input=a units=c kernel=1 stride=1 padding=0 dilation=1 bias=false batch-normalisation=false activation=identity
                layer backflat flatten input=back
                layer hidden dense input=backflat units=b bias=false batch-normalisation=false activation=relu
                layer pool global-pooling input=b kind=max
                layer sum sum input=pool,hidden activation=identity
                layer out output input=sum units=out activation=softmax
                """);
        double[] pa = {0.1, 0.7, 0.95};
        double[] pb = {0.5, 0.25, 0.0, 1.0};
        double[] pc = {0.3, 0.6};
        for (CostMeasure measure : CostMeasure.values()) {
            double mean = 0.0;
            for (int mask = 0; mask < 1 << 9; mask++) {
                int a = mask & 7;
                int b = (mask >> 3) & 15;
                int c = mask >> 7;
                double probability = probability(a, pa) * probability(b, pb) * probability(c, pc);
                Map<String, Integer> widths = Map.of(
                        "input",
                        2,
                        "a",
                        Integer.bitCount(a),
                        "b",
                        Integer.bitCount(b),
                        "c",
                        Integer.bitCount(c),
                        "out",
                        2);
                mean += probability * measure.of(architecture.costModel().cost(widths::get));
            }
            Map<String, Double> expected = Map.of("input", 2.0, "a", 1.75, "b", 1.75, "c", 0.9, "out", 2.0);
            assertThat(architecture.costModel().expected(measure, expected::get))
                    .isCloseTo(mean, within(1e-9 * mean));
        }
    }

    private static double probability(int mask, double[] probabilities) {
        double product = 1.0;
        for (int i = 0; i < probabilities.length; i++) {
            product *= (mask >> i & 1) == 1 ? probabilities[i] : 1.0 - probabilities[i];
        }
        return product;
    }

    @Test
    void aFractionRefersToTheReference() {
        Cost reference = new Cost(80, 100, 4000);
        Cost cost = new Cost(20, 30, 1000);
        assertThat(cost.fractionOf(reference, CostMeasure.PARAMETERS)).isEqualTo(0.3);
        assertThat(cost.fractionOf(reference, CostMeasure.MULTIPLY_ADDS)).isEqualTo(0.25);
        assertThat(reference.fractionOf(reference, CostMeasure.PARAMETERS)).isEqualTo(1.0);
    }

    @Test
    void countsThatDoNotFitALongAreRefused() {
        CostModel model = new CostModel(List.of(new CostTerm("a", "g", "g", 1L << 40, 1L << 40, 1L << 40)));
        assertThat(model.cost(group -> 2).weights()).isEqualTo(1L << 42);
        assertThatThrownBy(() -> model.cost(group -> 1 << 20)).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void theUnitsOfAnotherArchitectureAreRefused() {
        Architecture one = RandomArchitectures.of(1);
        Map<String, int[]> units = new TreeMap<>();
        List<String> names = new ArrayList<>();
        for (UnitGroup group : one.groups()) {
            units.put(group.name(), IntStream.range(0, group.width()).toArray());
            names.add(group.name());
        }
        units.put("other", new int[] {0});
        assertThatThrownBy(() -> ActiveUnits.of(one, units))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no unit group other");
        units.remove("other");
        units.remove(names.get(0));
        assertThatThrownBy(() -> ActiveUnits.of(one, units))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has no active units");
    }
}
