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

package org.tribuogrowth.training;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.nd4j.linalg.api.buffer.DataType;
import org.tribuogrowth.architecture.ActiveUnits;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.Cost;
import org.tribuogrowth.architecture.Reparameterisation;
import org.tribuogrowth.architecture.StructureChange;
import org.tribuogrowth.architecture.UnitGroup;
import org.tribuogrowth.data.Batch;
import org.tribuogrowth.data.BatchPipeline;
import org.tribuogrowth.data.BatchPlan;
import org.tribuogrowth.data.TrainingBatches;
import org.tribuogrowth.kernel.KernelsProvider;
import org.tribuogrowth.network.GatedNetwork;
import org.tribuogrowth.network.NetworkParameters;
import org.tribuogrowth.network.NetworkSettings;
import org.tribuogrowth.network.ParameterBank;
import org.tribuogrowth.provenance.LedgerWriter;
import org.tribuogrowth.search.SearchContext;
import org.tribuogrowth.search.SearchRun;

/**
 * One training from beginning to end: materialise the active units, train them for an interval, write back, let the search
 * change the structure, and again; at the end compact, check and seal.
 */
public final class GrowthTraining {
    /** Without validation data the compact network is compared on at most this many training examples. */
    private static final int EXAMPLES_COMPARED = 10_000;

    private final TrainingRequest request;
    private final Architecture architecture;
    private final BatchPlan plan;
    private final SearchRun search;
    private final NetworkSettings settings;
    private final RateCurve curve;
    private final RunRecorder recorder;
    private final LedgerWriter ledger;
    private final ParameterBank bank;
    private final Validation validation;
    private final EarlyStopping stopping;
    private final Map<String, double[]> gateGradients = new HashMap<>();
    private final long startNanos = System.nanoTime();

    private GatedNetwork network;
    private int epoch;
    private long step;
    private double lossSum;
    private int lossCount;
    private double multiplyAddsTrained;
    private long restructuringNanos;
    private long inputWaitNanos;

    private GrowthTraining(TrainingRequest request, LedgerWriter ledger) {
        this.request = request;
        this.ledger = ledger;
        this.architecture = request.architecture();
        this.plan = new BatchPlan(request.split().training(), request.minibatchSize(), request.seed());
        this.search = request.search()
                .start(new SearchContext(architecture, request.seed(), request.epochs(), plan.stepsPerEpoch()));
        this.curve = request.optimiser().curve(request.epochs(), plan.stepsPerEpoch());
        this.settings = new NetworkSettings(
                KernelsProvider.resolve(request.kernels(), DataType.FLOAT),
                DataType.FLOAT,
                request.optimiser().updater(curve),
                request.optimiser().weightRegularisation(),
                request.seed(),
                false);
        this.recorder = new RunRecorder(architecture, ledger);
        this.bank = new ParameterBank(
                architecture,
                search.seed(),
                search.gated() ? new Reparameterisation.UnitGates() : new Reparameterisation.None(),
                request.seed(),
                recorder);
        this.validation = new Validation(request, plan.batchSize());
        this.stopping = new EarlyStopping(request.patience());
    }

    /**
     * Trains.
     *
     * @param request What to train.
     * @param ledger  Where the record goes; still open afterwards.
     * @return The compact network.
     * @throws TrainingDivergedException    If the loss is not finite.
     * @throws TrainingInterruptedException If the calling thread is interrupted before the last minibatch.
     * @throws CompactionException          If the compact network differs from the gated one.
     * @throws IllegalArgumentException     If the search does not suit the architecture.
     */
    public static TrainingResult train(TrainingRequest request, LedgerWriter ledger) {
        GrowthTraining training = new GrowthTraining(request, ledger);
        try {
            return training.run();
        } finally {
            training.closeNetwork();
        }
    }

    private TrainingResult run() {
        ActiveUnits seed = bank.states().active();
        recorder.start(seed, request);
        tell(listener -> listener.onStart(new GrowthListener.Plan(
                architecture,
                seed,
                architecture.denseCost(),
                architecture.costModel().of(seed),
                request.epochs(),
                plan.stepsPerEpoch(),
                request.split().training().length,
                request.split().validation().length,
                KernelsProvider.of(settings.kernels(), DataType.FLOAT).describe())));
        try (BatchPipeline batches =
                new BatchPipeline(new TrainingBatches(plan, request.assembler(), request.epochs()))) {
            open();
            trainEpoch(batches);
            while (epoch + 1 < request.epochs() && !stopping.shouldStop()) {
                epoch++;
                trainEpoch(batches);
            }
            inputWaitNanos = batches.waitedNanos();
        }
        bank.writeBack(network);
        closeNetwork();
        stopping.restoreBest(bank, recorder, request.adapter().measureName());
        return finish();
    }

    private void trainEpoch(BatchPipeline batches) {
        int steps = plan.stepsPerEpoch();
        int sinceInterval = 0;
        for (int i = 0; i < steps; i++) {
            learn(next(batches));
            sinceInterval++;
            boolean endOfEpoch = i + 1 == steps;
            int left = steps - i - 1;
            if (sinceInterval >= search.intervalSteps() && (endOfEpoch || left >= search.intervalSteps())
                    || endOfEpoch) {
                sinceInterval = 0;
                endInterval(endOfEpoch);
            }
        }
    }

    private Batch next(BatchPipeline batches) {
        try {
            return batches.next();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TrainingInterruptedException(epoch, step, e);
        }
    }

    private void learn(Batch batch) {
        double loss = network.learn(batch.features(), batch.targets(), batch.rows(), step, gateGradients);
        if (!Double.isFinite(loss)) {
            throw new TrainingDivergedException(epoch, step, loss, curve.rate(step));
        }
        if (search.gated() && !search.structureFinal()) {
            search.afterStep(step, gateGradients::get);
            setGates();
        }
        step++;
        lossSum += loss;
        lossCount++;
        multiplyAddsTrained += architecture.costModel().of(network.active()).multiplyAdds();
        tell(listener -> listener.onStep(new GrowthListener.Step(epoch, step, loss)));
    }

    private void endInterval(boolean endOfEpoch) {
        double trainingLoss = lossSum / lossCount;
        lossSum = 0.0;
        lossCount = 0;
        recorder.at(epoch, step);
        Validation.Outcome outcome = endOfEpoch ? validation.evaluate(network) : Validation.Outcome.NONE;
        boolean wasFinal = search.structureFinal();
        long before = System.nanoTime();
        List<StructureChange> changes =
                search.restructure(new SearchRun.Interval(epoch, step, trainingLoss, bank.states()));
        if (!changes.isEmpty()) {
            bank.writeBack(network);
            changes.forEach(bank::apply);
            if (bank.reuse(network)) {
                setGates();
            } else {
                closeNetwork();
                open();
            }
        } else if (search.gated() && !wasFinal) {
            setGates();
        }
        restructuringNanos += System.nanoTime() - before;
        Cost cost = architecture.costModel().of(bank.states().active());
        OptionalDouble measure = outcome.measure();
        recorder.interval(trainingLoss, request.adapter().measureName(), measure, cost, search.observations());
        if (endOfEpoch && wasFinal && measure.isPresent()) {
            stopping.measured(epoch, measure.getAsDouble(), bank, network);
        }
        tell(listener -> listener.onInterval(new GrowthListener.Interval(
                epoch,
                step,
                endOfEpoch,
                trainingLoss,
                curve.rate(step - 1),
                request.adapter().measureName(),
                measure,
                outcome.loss(),
                bank.states().active(),
                cost,
                changes,
                search.observations(),
                seconds())));
    }

    private TrainingResult finish() {
        recorder.at(epoch, step);
        long before = System.nanoTime();
        for (StructureChange change : search.finish(new SearchRun.Interval(epoch, step, 0.0, bank.states()))) {
            bank.apply(change);
        }
        Map<String, double[]> gates = new HashMap<>();
        for (UnitGroup group : architecture.searchableGroups()) {
            gates.put(group.name(), search.gates(group.name()));
        }
        NetworkParameters compact = bank.compact(gates);
        Evaluation evaluation = validation.comparison(EXAMPLES_COMPARED);
        CompactionCheck.Outcome outcome = CompactionCheck.compare(bank, gates, compact, settings, evaluation);
        recorder.compaction(outcome);
        if (!(outcome.relativeDifference() <= CompactionCheck.TOLERANCE)) {
            throw new CompactionException(outcome.relativeDifference(), CompactionCheck.TOLERANCE, outcome.examples());
        }
        ActiveUnits active = bank.states().active();
        recorder.seal(active, compact);
        restructuringNanos += System.nanoTime() - before;
        Cost dense = architecture.denseCost();
        GrowthListener.Summary summary = new GrowthListener.Summary(
                epoch + 1,
                active,
                dense,
                architecture.costModel().of(active),
                multiplyAddsTrained / ((double) dense.multiplyAdds() * step),
                outcome.relativeDifference(),
                ledger.head(),
                ledger.count(),
                seconds(),
                restructuringNanos / 1e9,
                (inputWaitNanos + validation.assemblyNanos()) / 1e9);
        tell(listener -> listener.onEnd(summary));
        return new TrainingResult(compact, active, summary);
    }

    private void open() {
        network = bank.materialise(settings);
        if (search.gated()) {
            setGates();
        }
    }

    private void setGates() {
        for (UnitGroup group : architecture.searchableGroups()) {
            network.setGates(group.name(), search.gates(group.name()));
        }
    }

    private void closeNetwork() {
        if (network != null) {
            network.close();
            network = null;
        }
    }

    private double seconds() {
        return (System.nanoTime() - startNanos) / 1e9;
    }

    private void tell(Consumer<GrowthListener> message) {
        request.listeners().forEach(message);
    }
}
