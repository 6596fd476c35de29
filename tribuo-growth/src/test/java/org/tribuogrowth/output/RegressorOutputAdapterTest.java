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

package org.tribuogrowth.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.oracle.labs.mlrg.olcut.config.PropertyException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tribuo.ImmutableOutputInfo;
import org.tribuo.Prediction;
import org.tribuo.impl.ArrayExample;
import org.tribuo.regression.RegressionFactory;
import org.tribuo.regression.Regressor;
import org.tribuo.test.Helpers;
import org.tribuogrowth.architecture.Activation;
import org.tribuogrowth.architecture.Shape;

final class RegressorOutputAdapterTest {
    private static final Shape SHAPE = new Shape.Vector(3, 1);

    private final RegressorOutputAdapter adapter = new RegressorOutputAdapter();
    /** The ids are in none of the orders that a regressor's dimensions can be in: b, c, a. */
    private final ImmutableOutputInfo<Regressor> domain = domain("b", "c", "a");

    private static ImmutableOutputInfo<Regressor> domain(String... names) {
        Map<Regressor, Integer> ids = new HashMap<>();
        for (int id = 0; id < names.length; id++) {
            ids.put(new Regressor(names[id], Double.NaN), id);
        }
        return new RegressionFactory().constructInfoForExternalModel(ids);
    }

    private static Regressor regressor(double a, double b, double c) {
        return new Regressor(new String[] {"c", "a", "b"}, new double[] {c, a, b});
    }

    private static ArrayExample<Regressor> example() {
        return new ArrayExample<>(regressor(0, 0, 0), new String[] {"f"}, new double[] {1});
    }

    @Test
    void isWithoutActivation() {
        assertThat(adapter.typeWitness()).isEqualTo(Regressor.class);
        assertThat(adapter.activation()).isEqualTo(Activation.IDENTITY);
        assertThat(adapter.loss()).isEqualTo(Loss.SQUARED);
        assertThat(adapter.generatesProbabilities()).isFalse();
        assertThat(adapter.standardisesTargets()).isTrue();
        assertThat(adapter.measureName()).isEqualTo("skill");
        assertThat(adapter.size(domain)).isEqualTo(3);
        assertThat(adapter.names(domain)).containsExactly("b", "c", "a");
        Helpers.testConfigurableRoundtrip(adapter);
        Helpers.testConfigurableRoundtrip(new RegressorOutputAdapter(Loss.HUBER));
        Helpers.testProvenanceMarshalling(adapter.getProvenance());
    }

    @ParameterizedTest
    @EnumSource(
            value = Loss.class,
            names = {"CROSS_ENTROPY", "BINARY_CROSS_ENTROPY"})
    void refusesLossesOfOtherOutputs(Loss loss) {
        assertThatThrownBy(() -> new RegressorOutputAdapter(loss))
                .isInstanceOf(PropertyException.class)
                .hasMessageContaining("loss must be SQUARED, HUBER or ABSOLUTE, found " + loss);
    }

    @Test
    void encodesInTheOrderOfTheIds() {
        float[] target = {9, 9, 9, 9, 9};
        adapter.encode(regressor(1, 2, 3), domain, SHAPE, target, 1);
        assertThat(target).containsExactly(9, 2, 3, 1, 9);
    }

    @Test
    void decodesInTheOrderOfTheIds() {
        Prediction<Regressor> prediction = adapter.decode(new float[] {9, 2, 3, 1}, 1, SHAPE, domain, example(), 5);
        assertThat(prediction.getOutput().getNames()).containsExactly("a", "b", "c");
        assertThat(prediction.getOutput().getValues()).containsExactly(1, 2, 3);
        assertThat(prediction.getNumActiveFeatures()).isEqualTo(5);
        assertThat(prediction.hasProbabilities()).isFalse();
        assertThatThrownBy(() -> adapter.decode(new float[] {2, Float.NaN, 1}, 0, SHAPE, domain, example(), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("'c'", "NaN");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, 1e300})
    void refusesValuesThatAreNoNumbers(double value) {
        assertThatThrownBy(() -> adapter.encode(regressor(1, 2, value), domain, SHAPE, new float[3], 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("The dimension 'c' is " + value, "finite 32-bit");
    }

    @Test
    void refusesOtherDimensions() {
        Regressor two = new Regressor(new String[] {"a", "b"}, new double[] {1, 2});
        Regressor other = new Regressor(new String[] {"a", "b", "d"}, new double[] {1, 2, 3});
        for (Regressor wrong : new Regressor[] {two, other, RegressionFactory.UNKNOWN_REGRESSOR}) {
            assertThatThrownBy(() -> adapter.encode(wrong, domain, SHAPE, new float[3], 0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll("those of the output domain are a, b, c", wrong.getNames()[0]);
        }
    }

    @Test
    void measuresTheSkill() {
        float[] targets = {9, 1, 2, 3};
        assertThat(adapter.measure(new float[] {1, 2, 3}, 0, targets, 1, 3)).isEqualTo(1.0);
        assertThat(adapter.measure(new float[] {9, 1, 2, 6}, 1, targets, 1, 3)).isEqualTo(-2.0);
    }
}
