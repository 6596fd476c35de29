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

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tribuo.ImmutableOutputInfo;
import org.tribuo.MutableOutputInfo;
import org.tribuo.Prediction;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.impl.ArrayExample;
import org.tribuo.test.Helpers;
import org.tribuogrowth.architecture.Activation;
import org.tribuogrowth.architecture.Shape;

final class LabelOutputAdapterTest {
    private static final Shape SHAPE = new Shape.Vector(3, 1);

    private final LabelOutputAdapter adapter = new LabelOutputAdapter();
    private final ImmutableOutputInfo<Label> domain = domain("x", "y", "z");

    private static ImmutableOutputInfo<Label> domain(String... labels) {
        MutableOutputInfo<Label> info = new LabelFactory().generateInfo();
        for (String label : labels) {
            info.observe(new Label(label));
        }
        return info.generateImmutableOutputInfo();
    }

    @Test
    void isSoftmaxWithCrossEntropy() {
        assertThat(adapter.typeWitness()).isEqualTo(Label.class);
        assertThat(adapter.activation()).isEqualTo(Activation.SOFTMAX);
        assertThat(adapter.loss()).isEqualTo(Loss.CROSS_ENTROPY);
        assertThat(adapter.generatesProbabilities()).isTrue();
        assertThat(adapter.measureName()).isEqualTo("accuracy");
        assertThat(adapter.size(domain)).isEqualTo(3);
        Helpers.testConfigurableRoundtrip(adapter);
        Helpers.testProvenanceMarshalling(adapter.getProvenance());
    }

    @Test
    void encodesOneOfMany() {
        float[] target = {9, 9, 9, 9, 9};
        String label = domain.getOutput(1).getLabel();
        adapter.encode(new Label(label, 0.3), domain, SHAPE, target, 1);
        assertThat(target).containsExactly(9, 0, 1, 0, 9);
        assertThatThrownBy(() -> adapter.encode(new Label("w"), domain, SHAPE, target, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'w'");
        assertThatThrownBy(() -> adapter.encode(LabelFactory.UNKNOWN_LABEL, domain, SHAPE, target, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void decodesAllLabelsInTheOrderOfTheirIds() {
        ArrayExample<Label> example = new ArrayExample<>(new Label("x"), new String[] {"f"}, new double[] {1});
        Prediction<Label> prediction =
                adapter.decode(new float[] {9, 0.25f, 0.5f, 0.25f, 9}, 1, SHAPE, domain, example, 7);
        assertThat(prediction.getOutput().getLabel())
                .isEqualTo(domain.getOutput(1).getLabel());
        assertThat(prediction.getOutput().getScore()).isEqualTo(0.5);
        assertThat(prediction.getNumActiveFeatures()).isEqualTo(7);
        assertThat(prediction.hasProbabilities()).isTrue();
        assertThat(prediction.getExample()).isSameAs(example);
        assertThat(List.copyOf(prediction.getOutputScores().keySet()))
                .containsExactly(
                        domain.getOutput(0).getLabel(),
                        domain.getOutput(1).getLabel(),
                        domain.getOutput(2).getLabel());
        assertThat(prediction.getOutputScores().values())
                .extracting(Label::getScore)
                .containsExactly(0.25, 0.5, 0.25);
    }

    @Test
    void tiesGoToTheLowestId() {
        ArrayExample<Label> example = new ArrayExample<>(new Label("x"), new String[] {"f"}, new double[] {1});
        Prediction<Label> prediction = adapter.decode(new float[] {0.2f, 0.4f, 0.4f}, 0, SHAPE, domain, example, 1);
        assertThat(prediction.getOutput().getLabel())
                .isEqualTo(domain.getOutput(1).getLabel());
        assertThatThrownBy(() -> adapter.decode(new float[] {0, Float.NaN, 0}, 0, SHAPE, domain, example, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("NaN");
    }

    @Test
    void measuresAccuracy() {
        float[] scores = {9, 0.2f, 0.7f, 0.1f, 0.4f, 0.4f, 0.2f};
        float[] targets = {0, 1, 0, 0, 1, 0, 1, 0, 0};
        assertThat(adapter.measure(scores, 1, targets, 0, 3)).isEqualTo(1.0);
        assertThat(adapter.measure(scores, 1, targets, 6, 3)).isEqualTo(0.0);
        assertThat(adapter.measure(scores, 4, targets, 6, 3)).isEqualTo(1.0);
        assertThat(adapter.measure(scores, 4, targets, 0, 3)).isEqualTo(0.0);
    }
}
