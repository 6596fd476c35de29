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

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.linalg.schedule.MapSchedule;
import org.nd4j.linalg.schedule.ScheduleType;
import org.tribuogrowth.architecture.Activation;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.LayerSpec;
import org.tribuogrowth.architecture.RandomArchitectures;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.architecture.UnitGroup;
import org.tribuogrowth.kernel.KernelChoice;
import org.tribuogrowth.output.Loss;
import org.tribuogrowth.training.RateCurve;

/** One fused pass does what DL4J's updater and a subtraction do, on the same state. */
class FusedUpdateTest {
    private static final int STEPS = 10;

    private static NetworkSettings settings(IUpdater updater, List<Regularization> decay) {
        return new NetworkSettings(KernelChoice.ND4J, DataType.FLOAT, updater, decay, 5, false, Loss.CROSS_ENTROPY);
    }

    /** A dense network; the parts of 300 x 300 weights need many chunks. */
    private static Architecture dense(int width) {
        return new Architecture(
                new Shape.Vector(width, 1),
                List.of(new UnitGroup("hidden", width, true), new UnitGroup("classes", 3, false)),
                List.of(
                        new LayerSpec.Dense("hidden", "input", "hidden", false, true, Activation.RELU),
                        new LayerSpec.Output("output", "hidden", "classes", Activation.SOFTMAX)));
    }

    @Provide
    Arbitrary<Architecture> architectures() {
        return RandomArchitectures.architectures();
    }

    @Provide
    Arbitrary<IUpdater> updaters() {
        Arbitrary<ISchedule> rates = Arbitraries.of(
                RateCurve.constant(0.1, 0, STEPS),
                RateCurve.constant(0.05, 4, STEPS),
                RateCurve.steps(0.2, 2, STEPS, new double[] {0.4, 0.7}, 0.1),
                RateCurve.cosine(0.1, 3, STEPS, 0.0),
                new MapSchedule.Builder(ScheduleType.EPOCH)
                        .add(0, 0.3)
                        .add(1, 0.03)
                        .build());
        Arbitrary<ISchedule> momenta = Arbitraries.of(
                RateCurve.constant(0.9, 0, STEPS), RateCurve.constant(0.5, 6, STEPS), RateCurve.constant(0.99, 0, 1));
        Arbitrary<Double> firsts = Arbitraries.of(0.0, 0.5, 0.9, 0.99);
        // With less memory a gradient that nearly vanishes is divided by itself, and any rounding counts.
        Arbitrary<Double> seconds = Arbitraries.of(0.9, 0.99, 0.999);
        Arbitrary<IUpdater> adams = Combinators.combine(rates, firsts, seconds, Arbitraries.of(1e-8, 1e-3, 1e-20))
                .as((rate, beta1, beta2, epsilon) -> Adam.builder()
                        .learningRateSchedule(rate)
                        .beta1(beta1)
                        .beta2(beta2)
                        .epsilon(epsilon)
                        .build());
        return Arbitraries.oneOf(
                rates.map(Sgd::new),
                Arbitraries.of(1e-6, 0.3, 10.0).map(Sgd::new),
                Combinators.combine(rates, momenta).as((rate, momentum) -> new Nesterovs(rate, momentum)),
                rates.map(rate -> new Nesterovs(rate, 0.9)),
                rates.map(rate -> new ClassicalMomentum(rate, 0.9)),
                adams,
                Arbitraries.just(new NoOp()));
    }

    @Provide
    Arbitrary<List<Regularization>> decays() {
        return Arbitraries.of(
                List.<Regularization>of(),
                List.<Regularization>of(new WeightDecay(0.05, false)),
                List.<Regularization>of(new WeightDecay(0.05, true)),
                List.<Regularization>of(new WeightDecay(0.0, true)),
                List.<Regularization>of(new WeightDecay(0.3, true), new WeightDecay(0.02, false)));
    }

    @Property(tries = 150)
    void agreesWithDl4jStepByStepAndTakingTurns(
            @ForAll("architectures") Architecture architecture,
            @ForAll boolean gated,
            @ForAll("updaters") IUpdater updater,
            @ForAll("decays") List<Regularization> decay,
            @ForAll long seed) {
        double scale = new double[] {1e-20, 1e-3, 1.0, 1e3, 1e15}[Math.floorMod(seed, 5)];
        int rows = 1 + Math.floorMod(seed, 131);
        NetworkSettings settings = settings(updater, decay);
        try (UpdatedNetwork ours = new UpdatedNetwork(architecture, gated, settings);
                UpdatedNetwork turns = new UpdatedNetwork(architecture, gated, settings);
                UpdatedNetwork theirs = new UpdatedNetwork(architecture, gated, settings)) {
            theirs.randomise(seed);
            ours.copy(theirs);
            turns.copy(theirs);
            FusedUpdate fused = new FusedUpdate(ours.graph());
            FusedUpdate everySecond = new FusedUpdate(turns.graph());
            for (int step = 0; step < STEPS; step++) {
                int epoch = step / 6;
                float[] gradients = UpdatedNetwork.gaussian(theirs.length(), scale * rows, seed, "step " + step);
                for (UpdatedNetwork network : List.of(ours, turns, theirs)) {
                    network.setGradients(gradients);
                }
                fused.apply(step, epoch, rows);
                if (step % 2 == 0) {
                    everySecond.apply(step, epoch, rows);
                } else {
                    ParameterUpdate.applyByDl4j(turns.graph(), step, epoch, rows);
                }
                ParameterUpdate.applyByDl4j(theirs.graph(), step, epoch, rows);
                ours.assertAgrees(theirs, step + 1);
                turns.assertAgrees(theirs, step + 1);
                assertThat(ours.gradients()).isEqualTo(gradients);
            }
        }
    }

    @Property(tries = 40)
    void extremeGradientsGoTheWayOfDl4j(
            @ForAll("updaters") IUpdater updater, @ForAll("decays") List<Regularization> decay, @ForAll long seed) {
        float[] extremes = {
            0.0f,
            -0.0f,
            Float.NaN,
            Float.POSITIVE_INFINITY,
            Float.NEGATIVE_INFINITY,
            Float.MAX_VALUE,
            -1e30f,
            Float.MIN_NORMAL,
            -Float.MIN_VALUE,
            1.0f
        };
        Architecture architecture = SampleArchitectures.chain(Activation.RELU);
        NetworkSettings settings = settings(updater, decay);
        try (UpdatedNetwork ours = new UpdatedNetwork(architecture, true, settings);
                UpdatedNetwork theirs = new UpdatedNetwork(architecture, true, settings)) {
            theirs.randomise(seed);
            ours.copy(theirs);
            FusedUpdate fused = new FusedUpdate(ours.graph());
            for (int step = 0; step < 4; step++) {
                float[] gradients = new float[ours.length()];
                for (int i = 0; i < gradients.length; i++) {
                    // Two steps with extremes, then none: moments without gradients.
                    gradients[i] = step < 2 ? extremes[(i + step * 3) % extremes.length] : 0.0f;
                }
                ours.setGradients(gradients);
                theirs.setGradients(gradients);
                fused.apply(step, 0, 3);
                ParameterUpdate.applyByDl4j(theirs.graph(), step, 0, 3);
                ours.assertAgrees(theirs, step + 1);
            }
        }
    }

    @Example
    void atALearningRateOfZeroAdamMovesAsFarAsInDl4j() {
        NetworkSettings settings = settings(new Adam(0.0, 0.9, 0.999, 0.1), List.of());
        try (UpdatedNetwork ours = new UpdatedNetwork(dense(3), false, settings);
                UpdatedNetwork theirs = new UpdatedNetwork(dense(3), false, settings)) {
            theirs.randomise(1);
            ours.copy(theirs);
            float[] before = ours.parameters();
            for (UpdatedNetwork network : List.of(ours, theirs)) {
                network.setGradients(new float[network.length()]);
            }
            new FusedUpdate(ours.graph()).apply(0, 0, 1);
            ParameterUpdate.applyByDl4j(theirs.graph(), 0, 0, 1);
            ours.assertAgrees(theirs, 1);
            assertThat(TestBanks.largestDifference(before, ours.parameters())).isGreaterThan(1e-3);
        }
    }

    @Example
    void theNumberOfThreadsChangesNothing() {
        for (IUpdater updater : List.of(new Sgd(0.1), new Nesterovs(0.1, 0.9), new Adam(0.01))) {
            NetworkSettings settings = settings(updater, List.of(new WeightDecay(0.01, false)));
            try (UpdatedNetwork alone = new UpdatedNetwork(dense(300), true, settings);
                    UpdatedNetwork shared = new UpdatedNetwork(dense(300), true, settings);
                    UpdatedNetwork usual = new UpdatedNetwork(dense(300), true, settings);
                    UpdatedNetwork theirs = new UpdatedNetwork(dense(300), true, settings)) {
                theirs.randomise(1);
                FusedUpdate one = new FusedUpdate(alone.graph(), 1);
                FusedUpdate seven = new FusedUpdate(shared.graph(), 7);
                ParameterUpdate whatEver = new ParameterUpdate(usual.graph());
                for (UpdatedNetwork network : List.of(alone, shared, usual)) {
                    network.copy(theirs);
                }
                for (int step = 0; step < 3; step++) {
                    float[] gradients = UpdatedNetwork.gaussian(theirs.length(), 48, step, "gradients");
                    for (UpdatedNetwork network : List.of(alone, shared, usual, theirs)) {
                        network.setGradients(gradients);
                    }
                    one.apply(step, 0, 48);
                    seven.apply(step, 0, 48);
                    whatEver.apply(step, 0, 48);
                    ParameterUpdate.applyByDl4j(theirs.graph(), step, 0, 48);
                }
                alone.assertAgrees(theirs, 3);
                for (UpdatedNetwork network : List.of(shared, usual)) {
                    assertThat(network.parameters()).isEqualTo(alone.parameters());
                    assertThat(network.state()).isEqualTo(alone.state());
                }
            }
        }
    }

    @Example
    void momentsWithoutGradientsEndAtZeroAndNotInDenormalNumbers() {
        for (IUpdater updater : List.of(new Nesterovs(0.1, 0.9), new Adam(0.01, 0.5, 0.5, 1e-8))) {
            try (UpdatedNetwork network = new UpdatedNetwork(dense(3), false, settings(updater, List.of()))) {
                float[] state = new float[network.stateLength()];
                for (int i = 0; i < state.length; i++) {
                    state[i] = new float[] {Float.MIN_NORMAL, 1e-40f, 4 * Float.MIN_NORMAL, Float.MIN_VALUE}[i % 4];
                }
                network.setState(state);
                network.setGradients(new float[network.length()]);
                new FusedUpdate(network.graph()).apply(0, 0, 1);
                float[] left = network.state();
                for (int i = 0; i < state.length; i++) {
                    boolean large = i % 4 == 2;
                    assertThat(left[i] != 0.0f).as(updater + " " + i).isEqualTo(large);
                }
            }
        }
    }

    @Example
    void momentsThatATinyEpsilonLetsCountAreKept() {
        IUpdater updater = new Adam(0.01, 0.9, 0.999, 1e-25);
        try (UpdatedNetwork ours = new UpdatedNetwork(dense(3), false, settings(updater, List.of()));
                UpdatedNetwork theirs = new UpdatedNetwork(dense(3), false, settings(updater, List.of()))) {
            theirs.randomise(1);
            theirs.setState(new float[theirs.stateLength()]);
            ours.copy(theirs);
            FusedUpdate fused = new FusedUpdate(ours.graph());
            for (int step = 0; step < 4; step++) {
                float[] gradients = UpdatedNetwork.gaussian(ours.length(), 1e-19, step, "gradients");
                ours.setGradients(gradients);
                theirs.setGradients(gradients);
                fused.apply(step, 0, 1);
                ParameterUpdate.applyByDl4j(theirs.graph(), step, 0, 1);
                ours.assertAgrees(theirs, step + 1);
            }
            float[] state = ours.state();
            assertThat(IntStream.range(0, state.length)
                            .anyMatch(i -> state[i] != 0 && Math.abs(state[i]) < Float.MIN_NORMAL))
                    .isTrue();
        }
    }
}
