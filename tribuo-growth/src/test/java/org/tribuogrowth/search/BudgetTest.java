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

package org.tribuogrowth.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.oracle.labs.mlrg.olcut.config.PropertyException;
import java.util.List;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tribuogrowth.architecture.Activation;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.CostMeasure;
import org.tribuogrowth.architecture.LayerSpec;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.architecture.UnitGroup;

class BudgetTest {
    private static final Architecture LENET_300 = TestArchitectures.perceptron(784, 300, 100);

    @ParameterizedTest
    @ValueSource(doubles = {0.0, -0.1, 1.0000001, 50.0, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesFractionsOutOfRange(double fraction) {
        assertThatThrownBy(() -> new Budget(fraction, CostMeasure.PARAMETERS))
                .isInstanceOf(PropertyException.class)
                .hasMessage(
                        "Property: fraction, fraction must be above 0 and at most 1, the part of the dense reference"
                                + " that may remain, found " + fraction);
    }

    @Test
    void refusesNoMeasure() {
        assertThatThrownBy(() -> new Budget(0.5, null))
                .isInstanceOf(PropertyException.class)
                .hasMessageContaining("measure must be PARAMETERS or MULTIPLY_ADDS");
    }

    @Test
    void fractionsReferToTheDenseReference() {
        // 784 * 300 + 300 * 100 + 100 * 10 weights; 410 biases.
        Budget multiplyAdds = new Budget(0.5, CostMeasure.MULTIPLY_ADDS);
        Budget parameters = new Budget(0.5, CostMeasure.PARAMETERS);
        ToLongFunction<String> width = name -> switch (name) {
            case "hidden1" -> 150;
            case "hidden2" -> 50;
            default -> LENET_300.group(name).width();
        };
        double expected = (784 * 150 + 150 * 50 + 50 * 10) / 266_200.0;
        assertThat(multiplyAdds.remainingFraction(LENET_300, width)).isCloseTo(expected, within(1e-15));
        assertThat(parameters.remainingFraction(LENET_300, width))
                .isCloseTo((784 * 150 + 150 * 50 + 50 * 10 + 210) / 266_610.0, within(1e-15));
        assertThat(multiplyAdds.relativeError(expected)).isCloseTo(expected / 0.5 - 1.0, within(1e-12));
    }

    @ParameterizedTest
    @EnumSource(CostMeasure.class)
    void expectedFractionAgreesWithCountsAtWholeWidths(CostMeasure measure) {
        Architecture architecture = TestArchitectures.resNet20();
        Budget budget = new Budget(0.5, measure);
        assertThat(budget.expectedFraction(
                        architecture, name -> architecture.group(name).width()))
                .isCloseTo(1.0, within(1e-12));
        assertThat(budget.expectedFraction(
                        architecture,
                        name -> Math.max(1, architecture.group(name).width() / 2)))
                .isCloseTo(
                        budget.remainingFraction(
                                architecture,
                                name -> Math.max(1, architecture.group(name).width() / 2)),
                        within(1e-12));
    }

    @Test
    void someLayersAloneAreCounted() {
        Budget budget = new Budget(0.5, CostMeasure.PARAMETERS, List.of("hidden1", "hidden2"));
        ToLongFunction<String> width = name -> switch (name) {
            case "hidden1" -> 150;
            case "hidden2" -> 50;
            default -> LENET_300.group(name).width();
        };
        double expected = (784 * 150 + 150 + 150 * 50 + 50) / (784 * 300 + 300 + 300 * 100 + 100.0);
        assertThat(budget.remainingFraction(LENET_300, width)).isCloseTo(expected, within(1e-15));
        assertThat(budget.expectedFraction(LENET_300, width::applyAsLong)).isCloseTo(expected, within(1e-15));
        assertThat(budget.withFraction(0.25).layers()).containsExactly("hidden1", "hidden2");
        budget.withFraction(0.003).requireFeasible(LENET_300, 1);
        assertThatThrownBy(() -> budget.withFraction(0.002).requireFeasible(LENET_300, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The budget of 0.002 of the dense reference's 265,600 parameters in the layers hidden1,"
                        + " hidden2 allows 531, but one unit in each of the 2 searchable groups already needs 787, which"
                        + " is a fraction of 0.00296");
    }

    private static Architecture words() {
        return new Architecture(
                new Shape.Tokens(5, 30),
                List.of(
                        new UnitGroup("embedding", 8, true),
                        new UnitGroup("lstm1", 8, true),
                        new UnitGroup("output", 30, false)),
                List.of(
                        new LayerSpec.Embedding("embedding", LayerSpec.INPUT, "embedding"),
                        new LayerSpec.Lstm("lstm1", "embedding", "lstm1"),
                        new LayerSpec.Output("output", "lstm1", "output", Activation.SOFTMAX)));
    }

    @Test
    void refusesLayersThatAreNotThere() {
        assertThatThrownBy(() -> new Budget(0.5, CostMeasure.PARAMETERS, List.of("hidden1", "hidden1")))
                .isInstanceOf(PropertyException.class)
                .hasMessageContaining("layers must be names of layers, each at most once");
        assertThatThrownBy(
                        () -> new Budget(0.5, CostMeasure.PARAMETERS, List.of("lstm1")).requireFeasible(LENET_300, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The budget counts the layer lstm1, which the network does not have or which costs nothing;"
                        + " its layers are hidden1, hidden2, output");
        assertThatThrownBy(() ->
                        new Budget(0.5, CostMeasure.MULTIPLY_ADDS, List.of("embedding")).requireFeasible(words(), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The budget counts the multiply-adds of the layers embedding, which have none");
    }
}
