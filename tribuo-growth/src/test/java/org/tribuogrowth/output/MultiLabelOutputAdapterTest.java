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
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tribuo.ImmutableOutputInfo;
import org.tribuo.MutableOutputInfo;
import org.tribuo.Prediction;
import org.tribuo.classification.Label;
import org.tribuo.impl.ArrayExample;
import org.tribuo.multilabel.MultiLabel;
import org.tribuo.multilabel.MultiLabelFactory;
import org.tribuo.test.Helpers;
import org.tribuogrowth.architecture.Activation;
import org.tribuogrowth.architecture.Shape;

final class MultiLabelOutputAdapterTest {
    private static final Shape SHAPE = new Shape.Vector(3, 1);

    private static final MultiLabel NONE = new MultiLabel(Set.of());

    private final MultiLabelOutputAdapter adapter = new MultiLabelOutputAdapter();
    private final ImmutableOutputInfo<MultiLabel> domain = domain("x", "y", "z");

    private static ImmutableOutputInfo<MultiLabel> domain(String... labels) {
        MutableOutputInfo<MultiLabel> info = new MultiLabelFactory().generateInfo();
        for (String label : labels) {
            info.observe(new MultiLabel(label));
        }
        return info.generateImmutableOutputInfo();
    }

    private String name(int id) {
        return domain.getOutput(id).getLabelString();
    }

    private static ArrayExample<MultiLabel> example() {
        return new ArrayExample<>(NONE, new String[] {"f"}, new double[] {1});
    }

    @Test
    void isSigmoidWithBinaryCrossEntropy() {
        assertThat(adapter.typeWitness()).isEqualTo(MultiLabel.class);
        assertThat(adapter.activation()).isEqualTo(Activation.SIGMOID);
        assertThat(adapter.loss()).isEqualTo(Loss.BINARY_CROSS_ENTROPY);
        assertThat(adapter.generatesProbabilities()).isTrue();
        assertThat(adapter.standardisesTargets()).isFalse();
        assertThat(adapter.measureName()).isEqualTo("jaccard");
        assertThat(adapter.size(domain)).isEqualTo(3);
        assertThat(adapter.names(domain)).containsExactly(name(0), name(1), name(2));
        assertThat(adapter.threshold()).isEqualTo(0.5);
        Helpers.testConfigurableRoundtrip(adapter);
        Helpers.testConfigurableRoundtrip(new MultiLabelOutputAdapter(0.25));
        Helpers.testProvenanceMarshalling(adapter.getProvenance());
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.0, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesThresholdsThatAreNone(double threshold) {
        assertThatThrownBy(() -> new MultiLabelOutputAdapter(threshold))
                .isInstanceOf(PropertyException.class)
                .hasMessageContainingAll("threshold must be at least 0 and below 1", "found " + threshold);
    }

    @Test
    void encodesEveryLabelOfAnExample() {
        float[] target = {9, 9, 9, 9, 9};
        MultiLabel both = new MultiLabel(Set.of(new Label(name(0)), new Label(name(2), 0.3)));
        adapter.encode(both, domain, SHAPE, target, 1);
        assertThat(target).containsExactly(9, 1, 0, 1, 9);
        adapter.encode(NONE, domain, SHAPE, target, 1);
        assertThat(target).containsExactly(9, 0, 0, 0, 9);
        MultiLabel other = new MultiLabel(Set.of(new Label("x"), new Label("w")));
        assertThatThrownBy(() -> adapter.encode(other, domain, SHAPE, target, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("'w'", "not in the output domain");
    }

    @Test
    void predictsWhatIsAboveTheThreshold() {
        float[] scores = {9, 0.5f, 0.75f, 0.25f, 9};
        Prediction<MultiLabel> prediction = adapter.decode(scores, 1, SHAPE, domain, example(), 7);
        assertThat(prediction.getOutput().getNameSet()).containsExactly(name(1));
        assertThat(prediction.getOutput().getLabelScore(new Label(name(1)))).hasValue(0.75);
        assertThat(prediction.getNumActiveFeatures()).isEqualTo(7);
        assertThat(prediction.hasProbabilities()).isTrue();
        assertThat(List.copyOf(prediction.getOutputScores().keySet())).containsExactly(name(0), name(1), name(2));
        assertThat(prediction.getOutputScores().get(name(2)).getLabelScore(new Label(name(2))))
                .hasValue(0.25);
        Prediction<MultiLabel> lower = new MultiLabelOutputAdapter(0.2).decode(scores, 1, SHAPE, domain, example(), 7);
        assertThat(new TreeSet<>(lower.getOutput().getNameSet())).containsExactly("x", "y", "z");
        Prediction<MultiLabel> none = new MultiLabelOutputAdapter(0.75).decode(scores, 1, SHAPE, domain, example(), 7);
        assertThat(none.getOutput()).isEqualTo(NONE);
        assertThatThrownBy(() -> adapter.decode(new float[] {0, Float.NaN, 0}, 0, SHAPE, domain, example(), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("'" + name(1) + "'", "NaN");
    }

    @Test
    void measuresTheCommonPart() {
        float[] scores = {9, 0.6f, 0.5f, 0.9f};
        float[] targets = {1, 0, 1, 0, 1, 1, 0, 1, 0, 0, 0, 0};
        assertThat(adapter.measure(scores, 1, targets, 0, 3)).isEqualTo(1.0);
        assertThat(adapter.measure(scores, 1, targets, 3, 3)).isEqualTo(1.0 / 3.0);
        assertThat(adapter.measure(scores, 1, targets, 6, 3)).isZero();
        assertThat(adapter.measure(scores, 1, targets, 9, 3)).isZero();
        assertThat(adapter.measure(new float[3], 0, targets, 9, 3)).isEqualTo(1.0);
        assertThat(new MultiLabelOutputAdapter(0.7).measure(scores, 1, targets, 0, 3))
                .isEqualTo(0.5);
    }
}
