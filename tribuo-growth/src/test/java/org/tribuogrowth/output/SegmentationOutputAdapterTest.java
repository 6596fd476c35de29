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
import org.junit.jupiter.api.Test;
import org.tribuo.Example;
import org.tribuo.ImmutableOutputInfo;
import org.tribuo.Prediction;
import org.tribuo.impl.ArrayExample;
import org.tribuo.test.Helpers;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.segmentation.SegmentationFactory;
import org.tribuogrowth.segmentation.SegmentationMask;

/** Masks as targets, scores as masks, and the measure of all pixels together. */
class SegmentationOutputAdapterTest {
    private static final SegmentationFactory FACTORY = new SegmentationFactory(List.of("a", "b", "c"));
    private static final ImmutableOutputInfo<SegmentationMask> OUTPUTS =
            FACTORY.generateInfo().generateImmutableOutputInfo();
    private static final Shape SHAPE = new Shape.Image(1, 3, 3);

    private final SegmentationOutputAdapter adapter = new SegmentationOutputAdapter();

    @Test
    void targetsAreNumbersAndVoidIsNegative() {
        float[] targets = {9, 9, 9, 9, 9};
        adapter.encode(FACTORY.generateOutput("1x3:2 void 0"), OUTPUTS, SHAPE, targets, 1);
        assertThat(targets).containsExactly(9, 2, -1, 0, 9);
        assertThat(adapter.loss()).isEqualTo(Loss.CLASS_CROSS_ENTROPY);
        assertThat(adapter.size(OUTPUTS)).isEqualTo(3);
        assertThat(adapter.names(OUTPUTS)).containsExactly("a", "b", "c");
    }

    @Test
    void classesCountAlikeUnlessWeightsAreGiven() {
        assertThat(adapter.classWeights()).isEqualTo(ClassWeights.EQUAL);
        ClassWeights weights = new SegmentationOutputAdapter(List.of(1.0, 2.5, 1.0)).classWeights();
        assertThat(weights.of(1)).isEqualTo(2.5);
        weights.require(Loss.CLASS_CROSS_ENTROPY, 3);
        assertThatThrownBy(() -> weights.require(Loss.CLASS_CROSS_ENTROPY, 4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("classWeights must have one weight for each of the 4 classes, or none at all, found 3:"
                        + " [1.0, 2.5, 1.0]");
        assertThatThrownBy(() -> weights.require(Loss.CROSS_ENTROPY, 3)).hasMessageContaining("CLASS_CROSS_ENTROPY");
        ClassWeights.EQUAL.require(Loss.CROSS_ENTROPY, 4);
        for (double wrong : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            List<Double> values = List.of(1.0, wrong, 1.0);
            assertThatThrownBy(() -> new SegmentationOutputAdapter(values))
                    .isInstanceOf(PropertyException.class)
                    .hasMessageContainingAll("classWeights must be numbers above 0", String.valueOf(wrong));
        }
    }

    @Test
    void masksThatDoNotFitAreRefused() {
        float[] targets = new float[3];
        assertThatThrownBy(() -> adapter.encode(FACTORY.generateOutput("3x1:0*3"), OUTPUTS, SHAPE, targets, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("3x1", "1x3");
        SegmentationFactory others = new SegmentationFactory(List.of("a", "b", "d"));
        assertThatThrownBy(() -> adapter.encode(others.generateOutput("1x3:0*3"), OUTPUTS, SHAPE, targets, 0))
                .hasMessageContaining("[a, b, d]");
        Shape vector = new Shape.Vector(3, 1);
        assertThatThrownBy(() -> adapter.encode(FACTORY.generateOutput("1x3:0*3"), OUTPUTS, vector, targets, 0))
                .hasMessageContaining("vector 3");
    }

    @Test
    void scoresBecomeAMaskAndADistribution() {
        float[] scores = {7, 0.5f, 0.25f, 0.25f, 0.25f, 0.5f, 0.25f, 0.375f, 0.25f, 0.375f};
        Example<SegmentationMask> example =
                new ArrayExample<>(FACTORY.getUnknownOutput(), new String[] {"x"}, new double[] {1});
        Prediction<SegmentationMask> prediction = adapter.decode(scores, 1, SHAPE, OUTPUTS, example, 1);
        // Of equal scores the lower class wins.
        assertThat(prediction.getOutput()).isEqualTo(FACTORY.generateOutput("1x3:0 1 0"));
        assertThat(prediction.getOutput().score(2)).isEqualTo(0.375f);
        assertThat(prediction.getOutputScores().keySet()).containsExactly("a", "b", "c");
        assertThat(prediction.getOutputScores().get("c").score(0)).isEqualTo(0.25f);
        assertThat(prediction.getOutputScores().get("c").classOf(0)).isEqualTo(2);
        scores[4] = Float.NaN;
        assertThatThrownBy(() -> adapter.decode(scores, 1, SHAPE, OUTPUTS, example, 1))
                .hasMessageContainingAll("'a'", "pixel 1");
    }

    @Test
    void theMeasureIsOfAllPixelsAndNotAMeanOfImages() {
        float[] a = {1, 0, 0};
        float[] b = {0, 1, 0};
        float[] scores = new float[6];
        System.arraycopy(a, 0, scores, 0, 3);
        System.arraycopy(b, 0, scores, 3, 3);
        Measurement measurement = adapter.newMeasurement(3, 2);
        measurement.add(scores, 0, new float[] {0, 1}, 0, 1);
        measurement.add(scores, 0, new float[] {0, 0}, 0, 1);
        measurement.add(scores, 0, new float[] {-1, -1}, 0, 1);
        // a: 2 of 3; b: 1 of 2.
        assertThat(measurement.value()).isEqualTo((2.0 / 3.0 + 1.0 / 2.0) / 2.0);
        Measurement weighted = adapter.newMeasurement(3, 2);
        weighted.add(scores, 0, new float[] {0, 1}, 0, 3);
        weighted.add(scores, 0, new float[] {0, 0}, 0, 1);
        assertThat(weighted.value()).isEqualTo((4.0 / 5.0 + 3.0 / 4.0) / 2.0);
        Measurement nothing = adapter.newMeasurement(3, 2);
        nothing.add(scores, 0, new float[] {-1, -1}, 0, 1);
        assertThat(nothing.value()).isZero();
    }

    @Test
    void provenanceSurvives() {
        Helpers.testConfigurableRoundtrip(adapter);
    }
}
