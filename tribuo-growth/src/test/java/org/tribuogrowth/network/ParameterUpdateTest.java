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

package org.tribuogrowth.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.updater.graph.ComputationGraphUpdater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.AdaGrad;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.tribuogrowth.architecture.Activation;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.kernel.KernelChoice;
import org.tribuogrowth.output.Loss;

/** What cannot be updated in one pass is updated by DL4J, and a network learns the same either way. */
class ParameterUpdateTest {
    private static final Architecture ARCHITECTURE = SampleArchitectures.chain(Activation.RELU);

    private static NetworkSettings settings(DataType type, IUpdater updater, Regularization... decay) {
        return new NetworkSettings(KernelChoice.ND4J, type, updater, List.of(decay), 5, false, Loss.CROSS_ENTROPY);
    }

    static Stream<Arguments> obstacles() {
        return Stream.of(
                Arguments.of(settings(DataType.DOUBLE, new Sgd(0.1)), "parameters of type DOUBLE"),
                Arguments.of(settings(DataType.FLOAT, new AdaGrad(0.1)), "updater " + AdaGrad.class.getName()),
                Arguments.of(
                        settings(DataType.FLOAT, new DoubledDescent(0.1)), "updater " + DoubledDescent.class.getName()),
                Arguments.of(
                        settings(DataType.FLOAT, new Sgd(0.1), new L2Regularization(0.1)),
                        "regularisation " + L2Regularization.class.getName()),
                Arguments.of(
                        settings(
                                DataType.FLOAT, new Sgd(0.1), new WeightDecay(0.1, false), new WeightDecay(0.2, false)),
                        "several weight decays of one kind"));
    }

    @ParameterizedTest
    @MethodSource("obstacles")
    void dl4jUpdatesWhatOnePassCannot(NetworkSettings settings, String obstacle) {
        try (UpdatedNetwork ours = new UpdatedNetwork(ARCHITECTURE, true, settings);
                UpdatedNetwork theirs = new UpdatedNetwork(ARCHITECTURE, true, settings)) {
            assertThat(FusedUpdate.obstacle(ours.graph())).isEqualTo(obstacle);
            float[] parameters = UpdatedNetwork.gaussian(ours.length(), 1, 1, "parameters");
            float[] gradients = UpdatedNetwork.gaussian(ours.length(), 8, 1, "gradients");
            for (UpdatedNetwork network : List.of(ours, theirs)) {
                network.setParameters(parameters);
                network.setGradients(gradients);
            }
            new ParameterUpdate(ours.graph()).apply(0, 0, 8);
            ComputationGraph graph = theirs.graph();
            ParameterUpdate.applyByDl4j(graph, 0, 0, 8);
            assertThat(ours.parameters()).isEqualTo(theirs.parameters()).isNotEqualTo(parameters);
        }
    }

    @Test
    void theReasonIsLoggedOnce() {
        List<LogRecord> records = new ArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord message) {
                records.add(message);
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger(ParameterUpdate.class.getName());
        Level level = logger.getLevel();
        logger.addHandler(handler);
        logger.setLevel(Level.FINE);
        try {
            for (int i = 0; i < 2; i++) {
                try (UpdatedNetwork network =
                        new UpdatedNetwork(ARCHITECTURE, true, settings(DataType.FLOAT, new Unheard(0.1)))) {
                    network.setGradients(new float[network.length()]);
                    ParameterUpdate update = new ParameterUpdate(network.graph());
                    update.apply(0, 0, 8);
                    update.apply(1, 0, 8);
                }
            }
        } finally {
            logger.removeHandler(handler);
            logger.setLevel(level);
        }
        assertThat(records).hasSize(1);
        assertThat(records.get(0).getLevel()).isEqualTo(Level.FINE);
        assertThat(records.get(0).getParameters()[0]).asString().contains(Unheard.class.getName());
    }

    @ParameterizedTest
    @MethodSource("updaters")
    void aNetworkLearnsWhatItWouldLearnByDl4j(IUpdater updater, Regularization decay) {
        NetworkSettings settings = settings(DataType.FLOAT, updater, decay);
        ParameterBank bank = TestBanks.bank(ARCHITECTURE, TestBanks.randomUnits(ARCHITECTURE, 3), false);
        try (GatedNetwork ours = bank.materialise(settings);
                GatedNetwork theirs = bank.materialise(settings)) {
            for (int step = 0; step < 5; step++) {
                float[] batch = TestBanks.batch(ARCHITECTURE, step);
                float[] targets = TestBanks.targets(ARCHITECTURE, step);
                ours.learn(batch, targets, TestBanks.ROWS, step, null);
                learnByDl4j(theirs.graph(), batch, targets, step);
            }
            float[] left = values(ours);
            float[] right = values(theirs);
            assertThat(TestBanks.largestDifference(left, right)).isLessThan(1e-5 * TestBanks.largest(right));
        }
    }

    static Stream<Arguments> updaters() {
        return Stream.of(
                Arguments.of(new Sgd(0.05), new WeightDecay(0.01, false)),
                Arguments.of(new Nesterovs(0.05, 0.9), new WeightDecay(0.01, false)),
                Arguments.of(new Adam(0.001, 0.9, 0.999, 1e-4), new WeightDecay(0.1, true)));
    }

    private static void learnByDl4j(ComputationGraph graph, float[] batch, float[] targets, int step) {
        INDArray features = Nd4j.createFromArray(batch).reshape('c', TestBanks.ROWS, 9, 7, 2);
        INDArray labels = Nd4j.createFromArray(targets).reshape('c', TestBanks.ROWS, 3);
        graph.getConfiguration().setIterationCount(step);
        graph.setInputs(features);
        graph.setLabels(labels);
        graph.computeGradientAndScore();
        ParameterUpdate.applyByDl4j(graph, step, 0, TestBanks.ROWS);
    }

    private static float[] values(GatedNetwork network) {
        float[] values = new float[Math.toIntExact(network.graph().numParams())];
        NativeArrays.read(network.graph().params(), values, 0);
        return values;
    }

    @Test
    void anotherUpdaterOfTheSameNetworkIsNoticed() {
        try (UpdatedNetwork network =
                new UpdatedNetwork(ARCHITECTURE, false, settings(DataType.FLOAT, new Nesterovs(0.1, 0.9)))) {
            network.randomise(1);
            ParameterUpdate update = new ParameterUpdate(network.graph());
            float[] gradients = UpdatedNetwork.gaussian(network.length(), 1, 1, "gradients");
            network.setGradients(gradients);
            update.apply(0, 0, 1);
            float[] before = network.state();
            FusedUpdate plan = new FusedUpdate(network.graph());
            plan.apply(0, 0, 1);
            assertThat(plan.fits(network.graph())).isTrue();
            network.graph().setUpdater(new ComputationGraphUpdater(network.graph()));
            assertThat(plan.fits(network.graph())).isFalse();
            assertThat(network.state()).containsOnly(0.0f);
            network.setGradients(gradients);
            update.apply(1, 0, 1);
            assertThat(network.state()).isNotEqualTo(before).doesNotContain(0.0f);
        }
    }

    /** A user's own updater, which looks like one that is known. */
    private static final class DoubledDescent extends Sgd {
        private static final long serialVersionUID = 1L;

        DoubledDescent(double rate) {
            super(rate);
        }

        @Override
        public double getLearningRate(int iteration, int epoch) {
            return 2 * super.getLearningRate(iteration, epoch);
        }

        @Override
        public DoubledDescent clone() {
            return new DoubledDescent(super.getLearningRate(0, 0));
        }
    }

    /** An updater of which no other test makes a report. */
    private static final class Unheard extends Sgd {
        private static final long serialVersionUID = 1L;

        Unheard(double rate) {
            super(rate);
        }

        @Override
        public Unheard clone() {
            return new Unheard(getLearningRate(0, 0));
        }
    }
}
