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

import java.util.Collection;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.tribuogrowth.architecture.Activation;
import org.tribuogrowth.architecture.ActiveUnits;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.data.Minibatch;
import org.tribuogrowth.execution.InferencePlan;
import org.tribuogrowth.execution.RecurrentState;
import org.tribuogrowth.execution.TrainingPlan;

/** The execution plans of a network on the CPU, made when a batch size is first used. */
final class NetworkPlans implements AutoCloseable {
    private final Architecture architecture;
    private final ActiveUnits active;
    private final NetworkSettings settings;
    private final ComputationGraph graph;
    private final Collection<WeightMask> masks;
    private final BatchSizes<Training> training;
    private final BatchSizes<Inference> inference;
    private long version;
    private long maskedVersion = -1;

    /**
     * Plans for a network.
     *
     * @param architecture Its architecture.
     * @param active       Its active units.
     * @param settings     How it is built.
     * @param graph        Where its parameters are.
     * @param masks        What masks its weights; empty if nothing does.
     */
    NetworkPlans(
            Architecture architecture,
            ActiveUnits active,
            NetworkSettings settings,
            ComputationGraph graph,
            Collection<WeightMask> masks) {
        this.architecture = architecture;
        this.active = active;
        this.settings = settings;
        this.graph = graph;
        this.masks = masks;
        this.training = new BatchSizes<>(PlanSize.kept(architecture));
        this.inference = new BatchSizes<>(PlanSize.kept(architecture));
    }

    private record Training(TrainingPlan plan) implements BatchSizes.Workspace {
        @Override
        public void close() {
            plan.close();
        }
    }

    private static final class Inference implements BatchSizes.Workspace {
        private final InferencePlan plan;
        private long prepared = -1;

        Inference(InferencePlan plan) {
            this.plan = plan;
        }

        @Override
        public void close() {
            plan.close();
        }
    }

    void parametersChanged() {
        version++;
    }

    double differentiate(Minibatch batch, RecurrentState state, long step) {
        PlanSize size = PlanSize.of(architecture, batch, state != null);
        TrainingPlan plan = training.get(size.key(), () -> newTraining(size)).plan();
        for (WeightMask mask : masks) {
            if (mask.mask(true)) {
                // The thresholds have been set back: plans for prediction hold other weights.
                parametersChanged();
            }
        }
        maskedVersion = version;
        double loss = plan.run(batch, state, step);
        if (Double.isFinite(loss)) {
            masks.forEach(mask -> mask.backward(batch.rows()));
        }
        return loss;
    }

    private Training newTraining(PlanSize size) {
        if (graph.getFlattenedGradients() == null) {
            // DL4J would make new memory each time, and plans of other sizes write to that which they know.
            graph.initGradientsView();
        }
        return new Training(new TrainingPlan(
                architecture,
                active,
                new GraphParameters(graph, architecture),
                settings.requireLoss(),
                size.rows(),
                size.steps(),
                settings.seed(),
                settings.sampling()));
    }

    void predict(Minibatch batch, RecurrentState state, float[] destination, int offset) {
        PlanSize size = PlanSize.of(architecture, batch, state != null);
        Inference found = inference.get(size.key(), () -> newInference(size));
        if (found.prepared != version) {
            if (maskedVersion != version) {
                masks.forEach(mask -> mask.mask(false));
                maskedVersion = version;
            }
            found.plan.prepare();
            found.prepared = version;
        }
        found.plan.run(batch, state, destination, offset);
    }

    private Inference newInference(PlanSize size) {
        Activation scores = settings.rawOutputs()
                ? Activation.IDENTITY
                : architecture.output().activation();
        return new Inference(new InferencePlan(
                architecture,
                active,
                new GraphParameters(graph, architecture),
                size.rows(),
                size.steps(),
                scores,
                settings.rawOutputs(),
                false));
    }

    @Override
    public void close() {
        training.clear();
        inference.clear();
    }
}
