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
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.logging.Logger;
import org.nd4j.linalg.api.buffer.DataType;
import org.tribuogrowth.architecture.ActiveUnits;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.Cost;
import org.tribuogrowth.architecture.MaskStatistics;
import org.tribuogrowth.architecture.Reparameterisation;
import org.tribuogrowth.architecture.StructureChange;
import org.tribuogrowth.architecture.UnitGroup;
import org.tribuogrowth.data.Batch;
import org.tribuogrowth.data.BatchPipeline;
import org.tribuogrowth.data.BatchSource;
import org.tribuogrowth.kernel.KernelsProvider;
import org.tribuogrowth.network.CarriedState;
import org.tribuogrowth.network.DeadUnits;
import org.tribuogrowth.network.GatedNetwork;
import org.tribuogrowth.network.NetworkParameters;
import org.tribuogrowth.network.NetworkSettings;
import org.tribuogrowth.network.ParameterBank;
import org.tribuogrowth.output.SampledSoftmax;
import org.tribuogrowth.provenance.LedgerWriter;
import org.tribuogrowth.search.Learning;
import org.tribuogrowth.search.Restructuring;
import org.tribuogrowth.search.SearchNote;
import org.tribuogrowth.search.SearchRun;

/**
 * One training from beginning to end: materialise the active units, train them for an interval, write back, let the search
 * change the structure, and again; at the end compact, check and seal.
 */
public final class GrowthTraining {
    private static final Logger logger = Logger.getLogger(GrowthTraining.class.getName());

    /** Without validation data the compact network is compared on training examples of at most this many positions. */
    private static final int POSITIONS_COMPARED = 10_000;

    private final TrainingRequest request;
    private final Architecture architecture;
    private final TrainingSchedule schedule;
    private final SearchRun search;
    private final NetworkSettings settings;
    private final RunRecorder recorder;
    private final LedgerWriter ledger;
    private final boolean gated;
    private final boolean masked;
    private final ParameterBank bank;
    private final Validation validation;
    private final EarlyStopping stopping;
    private final KeptParameters kept;
    private final Map<String, double[]> gateGradients = new HashMap<>();
    private final long startNanos = System.nanoTime();

    private GatedNetwork network;
    private TrainingSchedule.Entry pass;
    /** The state of recurrent layers between batches; null where each batch begins anew. */
    private CarriedState carried;

    private long step;
    private double lossSum;
    private int lossCount;
    private long examples;
    private long multiplyAdds;
    /** Those of one example's forward pass in training through the network of now; a network used again has the same. */
    private long multiplyAddsNow;

    private long restructuringNanos;
    private long inputWaitNanos;

    private GrowthTraining(TrainingRequest request, LedgerWriter ledger) {
        this.request = request;
        this.ledger = ledger;
        this.architecture = request.architecture();
        SampledSoftmax sampling = request.objective().sampling();
        this.schedule = new TrainingSchedule(
                request.search(),
                architecture,
                request.examples(),
                request.optimiser(),
                request.epochs(),
                request.minibatchSize(),
                request.seed(),
                sampling == null ? 0 : sampling.room());
        this.search = request.search().start(schedule.context());
        this.settings = new NetworkSettings(
                KernelsProvider.resolve(request.kernels(), DataType.FLOAT),
                DataType.FLOAT,
                request.optimiser().updater(schedule.curve()),
                request.optimiser().weightRegularisation(),
                request.seed(),
                false,
                request.objective().loss(),
                request.optimiser().maxGradientNorm(),
                sampling);
        this.recorder = new RunRecorder(architecture, ledger);
        Reparameterisation reparameterisation = search.reparameterisation();
        this.gated = reparameterisation instanceof Reparameterisation.UnitGates;
        this.masked = reparameterisation instanceof Reparameterisation.Thresholds;
        this.bank = new ParameterBank(
                architecture, search.seed(), reparameterisation, request.initialisation(), request.seed(), recorder);
        this.validation = new Validation(request, schedule.context().minibatchSize());
        this.stopping =
                new EarlyStopping(request.patience(), request.objective().smallerIsBetter());
        this.kept = new KeptParameters(bank, recorder);
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
                schedule.phaseNames(),
                schedule.entries().size(),
                schedule.totalSteps(),
                schedule.context().stepsPerEpoch(),
                request.examples().training().length,
                request.examples().validation().length,
                KernelsProvider.of(settings.kernels(), DataType.FLOAT).describe())));
        open();
        for (TrainingSchedule.Entry entry : schedule.entries()) {
            if (!stopping.shouldStop()) {
                pass = entry;
                trainPass();
            }
        }
        if (request.patience() > 0 && !stopping.acted()) {
            logger.warning("Early stopping had nothing to choose from: patience is " + request.patience()
                    + ", but the structure was not final at the beginning of any epoch's last interval, so that no epoch"
                    + " counted. Train longer after the structure is fixed, or set patience to 0; a search that changes"
                    + " masks to the end, such as DynamicSparseTraining, cannot stop early.");
        }
        bank.writeBack(network);
        closeNetwork();
        stopping.restoreBest(bank, recorder, request.objective().measureName());
        return finish();
    }

    private void trainPass() {
        if (search.recovers()) {
            kept.keepForRecovery(network);
        }
        int factor = search.batchFactor(pass.number());
        BatchSource source = schedule.batches(pass, factor);
        int batches = Math.toIntExact(source.batches());
        // Each pass reads the text from its beginning.
        carried = source.isContinued() ? new CarriedState(architecture, source.batchSize()) : null;
        long end = pass.firstStep() + pass.steps();
        int interval = search.intervalSteps();
        long sinceInterval = 0;
        try (BatchPipeline pipeline = new BatchPipeline(source)) {
            for (int i = 1; i <= batches; i++) {
                long next = i == batches ? end : Math.min(end, step + factor);
                sinceInterval += next - step;
                learn(next(pipeline), factor, next);
                boolean endOfPass = i == batches;
                if (endOfPass || sinceInterval >= interval && end - step >= interval) {
                    sinceInterval = 0;
                    endInterval(endOfPass);
                }
            }
            inputWaitNanos += pipeline.waitedNanos();
        }
    }

    private Batch next(BatchPipeline batches) {
        try {
            return batches.next();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TrainingInterruptedException(pass.number(), step, e);
        }
    }

    private void learn(Batch batch, int factor, long nextStep) {
        Learning learning = pass.pass().learning();
        if (masked) {
            network.setThresholdPressure(search.thresholdPressure());
        }
        double loss = learning.ofWeights()
                ? network.learn(batch.minibatch(), carried, step, factor, gateGradients)
                : network.gateGradients(batch.minibatch(), carried, step, gateGradients);
        examples += batch.rows();
        multiplyAdds = Math.addExact(multiplyAdds, Math.multiplyExact(multiplyAddsNow, batch.rows()));
        if (!Double.isFinite(loss)) {
            recover(loss);
            step = nextStep;
            return;
        }
        if (learning.ofGates() && gated && !search.structureFinal()) {
            search.afterStep(step, gateGradients::get);
            setGates();
        }
        step = nextStep;
        lossSum += loss;
        lossCount++;
        tell(listener -> listener.onStep(new GrowthListener.Step(pass.number(), step, loss)));
    }

    /** Goes back to the parameters of the last pass's end if the search knows how to go on. */
    private void recover(double loss) {
        SearchNote note = search.recover(step)
                .orElseThrow(() -> new TrainingDivergedException(
                        pass.number(), step, loss, schedule.curve().rate(step)));
        recorder.at(pass.number(), step);
        recorder.note(note);
        kept.recover();
        closeNetwork();
        open();
    }

    private void endInterval(boolean endOfPass) {
        // Without one finite loss there is none; a search that recovers from all of them has recorded so.
        double trainingLoss = lossCount == 0 ? 0.0 : lossSum / lossCount;
        lossSum = 0.0;
        lossCount = 0;
        recorder.at(pass.number(), step);
        Validation.Outcome outcome = endOfPass ? validation.evaluate(network) : Validation.Outcome.NONE;
        boolean wasFinal = search.structureFinal();
        long before = System.nanoTime();
        Restructuring decision = search.restructure(interval(endOfPass, trainingLoss));
        apply(decision, outcome, wasFinal);
        restructuringNanos += System.nanoTime() - before;
        Cost cost = architecture.costModel().of(bank.states().active());
        OptionalDouble measure = outcome.measure();
        recorder.interval(trainingLoss, request.objective().measureName(), measure, cost, search.observations());
        if (endOfPass && wasFinal && pass.lastPhase() && measure.isPresent()) {
            stopping.measured(pass.number(), measure.getAsDouble(), bank, network);
        }
        tell(listener -> listener.onInterval(new GrowthListener.Interval(
                pass.number(),
                schedule.phaseName(pass),
                step,
                endOfPass,
                trainingLoss,
                schedule.curve().rate(step - 1),
                request.objective().measureName(),
                measure,
                outcome.loss(),
                bank.states().active(),
                cost,
                decision.changes(),
                search.observations(),
                seconds())));
    }

    private SearchRun.Interval interval(boolean endOfPass, double trainingLoss) {
        SearchRun.Place place = new SearchRun.Place(
                pass.phase(), pass.number(), pass.pass().learning(), endOfPass, endOfPass && pass.endOfPhase());
        // At the end of the training there is no network any more.
        Map<String, MaskStatistics> masks = network == null ? Map.of() : network.maskStatistics();
        return new SearchRun.Interval(place, step, trainingLoss, bank.states(), weightsNow(), masks);
    }

    /** The weights as they are now, written back once, when they are first asked for. */
    private SearchRun.UnitWeights weightsNow() {
        boolean[] written = {network == null};
        return group -> {
            if (!written[0]) {
                bank.writeBack(network);
                written[0] = true;
            }
            return bank.magnitudes(group);
        };
    }

    private void apply(Restructuring decision, Validation.Outcome outcome, boolean wasFinal) {
        decision.notes().forEach(recorder::note);
        if (decision.changes().isEmpty() && decision.state() == Restructuring.State.CARRIED) {
            if (gated && !wasFinal) {
                setGates();
            }
            return;
        }
        bank.writeBack(network);
        if (decision.state() == Restructuring.State.KEPT) {
            kept.keep(pass.number(), request.objective().measureName(), outcome.measure());
        }
        decision.changes().forEach(bank::apply);
        switch (decision.state()) {
            case CARRIED, KEPT -> {}
            case RESTORED -> kept.restore();
            case FORGOTTEN -> bank.forgetOptimiserState();
        }
        if (bank.reuse(network)) {
            setGates();
        } else {
            closeNetwork();
            open();
        }
    }

    private TrainingResult finish() {
        recorder.at(pass.number(), step);
        recorder.training(pass.number() + 1, examples, multiplyAdds);
        long before = System.nanoTime();
        for (StructureChange change : search.finish(interval(true, 0.0))) {
            bank.apply(change);
        }
        Map<String, double[]> gates = new HashMap<>();
        if (gated) {
            for (UnitGroup group : architecture.searchableGroups()) {
                gates.put(group.name(), search.gates(group.name()));
            }
        }
        Evaluation evaluation = validation.comparison(Math.max(1, POSITIONS_COMPARED / architecture.outputPositions()));
        NetworkParameters compact;
        CompactionCheck.Outcome outcome;
        // Made before dead units are taken out of the bank.
        try (GatedNetwork full = CompactionCheck.gatedNetwork(bank, gates, settings)) {
            compact = withoutDeadUnits(bank.compact(gates));
            outcome = CompactionCheck.compare(full, compact, settings, evaluation);
        }
        if (!outcome.finite()) {
            // The last step's loss was finite, but not what it made of the parameters.
            throw new TrainingDivergedException(
                    pass.number(), step, Double.NaN, schedule.curve().rate(step - 1));
        }
        recorder.compaction(outcome);
        if (!(outcome.relativeDifference() <= CompactionCheck.TOLERANCE)) {
            throw new CompactionException(outcome.relativeDifference(), CompactionCheck.TOLERANCE, outcome.examples());
        }
        ActiveUnits active = bank.states().active();
        recorder.seal(active, compact);
        restructuringNanos += System.nanoTime() - before;
        GrowthListener.Summary summary = new GrowthListener.Summary(
                pass.number() + 1,
                active,
                architecture.denseCost(),
                architecture.costModel().of(active),
                examples,
                multiplyAdds,
                multiplyAdds / schedule.denseMultiplyAdds(),
                outcome.relativeDifference(),
                ledger.head(),
                ledger.count(),
                seconds(),
                restructuringNanos / 1e9,
                (inputWaitNanos + validation.assemblyNanos()) / 1e9);
        tell(listener -> listener.onEnd(summary));
        return new TrainingResult(compact, active, summary);
    }

    /** Takes out the units that masked weights leave without effect; without thresholds no unit is without by chance. */
    private NetworkParameters withoutDeadUnits(NetworkParameters compact) {
        if (!(search.reparameterisation() instanceof Reparameterisation.Thresholds)) {
            return compact;
        }
        DeadUnits dead = DeadUnits.find(compact, bank.states().active());
        dead.changes().forEach(bank::apply);
        return dead.parameters();
    }

    private void open() {
        network = bank.materialise(settings);
        multiplyAddsNow = schedule.context().trainingMultiplyAdds(network.active());
        setGates();
    }

    private void setGates() {
        if (gated) {
            for (UnitGroup group : architecture.searchableGroups()) {
                network.setGates(group.name(), search.gates(group.name()));
            }
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
