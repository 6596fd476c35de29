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

package org.tribuogrowth.examples.benchmarks.kernels;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.Reparameterisation;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.architecture.ThresholdSharing;
import org.tribuogrowth.examples.benchmarks.BenchmarkNetwork;
import org.tribuogrowth.examples.benchmarks.OwnSettings;
import org.tribuogrowth.network.GatedNetwork;
import org.tribuogrowth.network.Initialisation;
import org.tribuogrowth.network.ParameterBank;

/** Whole steps of whole networks, with and without gates and thresholds. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class StepBenchmark {
    private static final long SEED = 1;

    /** The network. */
    @Param({"LENET_300_100", "LENET_5", "RESNET_20"})
    public BenchmarkNetwork network;

    /** The part of the units in percent. */
    @Param({"100", "50", "25", "10"})
    public int percent;

    /** The number of examples. */
    @Param({"128"})
    public int batch;

    /** What stands between the parameters that are learnt and those that are computed with, as during a search. */
    @Param({"NONE", "GATES", "THRESHOLDS"})
    public Learnt learnt;

    /** The ways of a search with parameters. */
    public enum Learnt {
        /** The parameters themselves. */
        NONE(new Reparameterisation.None()),
        /** A gate for each unit. */
        GATES(new Reparameterisation.UnitGates()),
        /** A threshold for each row of weights. */
        THRESHOLDS(new Reparameterisation.Thresholds(ThresholdSharing.ROW, 0.01, true));

        private final Reparameterisation reparameterisation;

        Learnt(Reparameterisation reparameterisation) {
            this.reparameterisation = reparameterisation;
        }
    }

    private GatedNetwork graph;
    private float[] features;
    private float[] targets;
    private float[] scores;
    private Map<String, double[]> gateGradients;
    private long step;

    /** Builds the network and a batch. */
    @Setup
    public void setUp() {
        Architecture architecture = network.full();
        ParameterBank bank = new ParameterBank(
                architecture,
                network.units(percent),
                learnt.reparameterisation,
                Initialisation.HE_NORMAL,
                SEED,
                (change, before, after) -> {});
        graph = bank.materialise(OwnSettings.training());
        features = BenchmarkArrays.random(batch, length(architecture.input()))
                .data()
                .asFloat();
        targets = new float[batch * graph.outputs()];
        for (int row = 0; row < batch; row++) {
            targets[row * graph.outputs() + row % graph.outputs()] = 1.0f;
        }
        scores = new float[targets.length];
        gateGradients = learnt == Learnt.GATES ? new HashMap<>() : null;
        step = 0;
    }

    private static int length(Shape shape) {
        return shape instanceof Shape.Image image
                ? image.height() * image.width() * image.channels()
                : ((Shape.Vector) shape).units() * shape.positions();
    }

    /** Frees the network. */
    @TearDown
    public void tearDown() {
        graph.close();
    }

    /**
     * A training step: forward, backward, SGD with Nesterov momentum.
     *
     * @return The loss.
     */
    @Benchmark
    public double learn() {
        double loss = graph.learn(features, targets, batch, step++, gateGradients);
        if (!Double.isFinite(loss)) {
            throw new IllegalStateException("The loss is " + loss + "; a diverged network skips work");
        }
        return loss;
    }

    /**
     * Inference.
     *
     * @return The scores.
     */
    @Benchmark
    public float[] predict() {
        graph.predict(features, batch, scores, 0);
        return scores;
    }
}
