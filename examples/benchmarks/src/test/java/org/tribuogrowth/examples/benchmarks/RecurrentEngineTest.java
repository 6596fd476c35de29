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

package org.tribuogrowth.examples.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tribuogrowth.kernel.OneDnnKernels;
import org.tribuogrowth.random.CountedRandom;

/** The recurrent network that is put together from kernels, on a small one. */
class RecurrentEngineTest {
    private static final RecurrentNetwork NETWORK = new RecurrentNetwork(2, 5, 3, 4);
    private static final int BATCH = 3;

    private static CellData data() {
        float[] features = CellWriter.features(BATCH * NETWORK.featuresPerExample());
        int[] labels = CellWriter.labels(BATCH * NETWORK.labelsPerExample());
        return new CellData(NETWORK, NETWORK.freshParameters(BATCH), BATCH, features, labels);
    }

    private static RecurrentEngine engine() {
        return new RecurrentEngine(NETWORK, data(), OneDnnKernels.instance());
    }

    @ParameterizedTest
    @EnumSource(RecurrentNetwork.Role.class)
    void gradientsAgreeWithNumericDifferences(RecurrentNetwork.Role role) {
        try (RecurrentEngine engine = engine()) {
            for (RecurrentNetwork.Parameter parameter : NETWORK.parameters()) {
                if (parameter.role() != role) {
                    continue;
                }
                engine.differentiate();
                float[] gradient = new float[parameter.length()];
                engine.gradients().buffer().get(parameter.offset(), gradient);
                float[] direction = direction(gradient);
                double expected = 0.0;
                for (int i = 0; i < gradient.length; i++) {
                    expected += (double) gradient[i] * direction[i];
                }
                double size = 0.02;
                double above = lossAt(engine, parameter, direction, size);
                double below = lossAt(engine, parameter, direction, -size);
                assertThat((above - below) / (2 * size)).as("%s", parameter).isCloseTo(expected, within(1e-4));
                assertThat(expected).as("%s, steep enough to tell", parameter).isGreaterThan(1e-3);
            }
        }
    }

    /** Partly up the gradient, so that the slope is large, and partly anywhere. */
    private static float[] direction(float[] gradient) {
        CountedRandom random = CountedRandom.of(7, "direction", gradient.length);
        double length = 0.0;
        for (float slope : gradient) {
            length += (double) slope * slope;
        }
        float[] direction = new float[gradient.length];
        for (int i = 0; i < direction.length; i++) {
            direction[i] = (float)
                    (gradient[i] / Math.sqrt(length) + random.nextGaussian() / (2 * Math.sqrt(gradient.length)));
        }
        return direction;
    }

    private static double lossAt(
            RecurrentEngine engine, RecurrentNetwork.Parameter parameter, float[] direction, double size) {
        FloatBuffer values = engine.parameters().buffer();
        float[] before = new float[parameter.length()];
        values.get(parameter.offset(), before);
        float[] moved = before.clone();
        for (int i = 0; i < moved.length; i++) {
            moved[i] += (float) (size * direction[i]);
        }
        values.put(parameter.offset(), moved);
        double loss = engine.differentiate();
        values.put(parameter.offset(), before);
        return loss;
    }

    @Test
    void theLossFallsAndInferenceHasTheSameOne() {
        CellData data = data();
        float[] scores = new float[data.labels().length * BenchmarkNetwork.CLASSES];
        try (RecurrentEngine engine = engine()) {
            double first = engine.train();
            double last = first;
            for (int step = 0; step < 30; step++) {
                engine.infer(scores);
                last = engine.train();
                assertThat(data.loss(scores, false)).isCloseTo(last, within(1e-5));
            }
            assertThat(last).isLessThan(0.8 * first);
        }
    }
}
