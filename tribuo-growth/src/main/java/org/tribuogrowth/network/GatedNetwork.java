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

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.updater.BaseMultiLayerUpdater;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.rng.Random;
import org.nd4j.linalg.factory.Nd4j;
import org.tribuogrowth.architecture.ActiveUnits;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.LayerSpec;
import org.tribuogrowth.architecture.MaskStatistics;
import org.tribuogrowth.architecture.ParameterSpec;
import org.tribuogrowth.architecture.Reparameterisation.Thresholds;
import org.tribuogrowth.architecture.UnitGroup;
import org.tribuogrowth.data.Minibatch;
import org.tribuogrowth.execution.RecurrentState;
import org.tribuogrowth.kernel.KernelChoice;
import org.tribuogrowth.kernel.KernelsProvider;

/**
 * A DL4J network of the active units only, physically small, with or without gates and thresholds. Made by a {@link
 * ParameterBank} or for {@link NetworkParameters}; not thread-safe; to be closed.
 */
public final class GatedNetwork implements AutoCloseable {
    /**
     * DL4J leaves small native arrays to the garbage collector, which does not see how much memory they hold.
     * {@link ComputationGraph#close()} therefore collects the heap every time, which takes longer than all else about a
     * change of structure; once in so many networks keeps the memory as flat.
     */
    private static final int CLOSED_PER_COLLECTION = 16;

    private static final AtomicLong CLOSED = new AtomicLong();

    private final Architecture architecture;
    private final boolean gated;
    private final NetworkSettings settings;
    private final ComputationGraph graph;
    private final ParameterUpdate update;
    /** The layers that exist: those outside inactive blocks. */
    private final Architecture present;

    private final NetworkGates gates;
    private final NetworkMasks masks;
    private final List<ParameterSpec> parameters;
    private final int outputs;
    /** Null where the compiled plans compute. */
    private final GraphPasses passes;
    /** Null where the DL4J layers themselves compute: with the ND4J kernels. */
    private final NetworkPlans plans;

    private ActiveUnits active;
    private boolean closed;

    /**
     * Builds a network, whose parameters are to be set.
     *
     * @param architecture The dense reference.
     * @param active       Its active units.
     * @param gated        Whether there are gates.
     * @param thresholds   How weights are masked, null if they are not.
     * @param settings     All else.
     */
    GatedNetwork(
            Architecture architecture,
            ActiveUnits active,
            boolean gated,
            Thresholds thresholds,
            NetworkSettings settings) {
        this.architecture = architecture;
        this.active = active;
        this.gated = gated;
        this.settings = settings;
        this.present = architecture.restrict(active);
        ActiveUnits units = active.within(present);
        this.graph = initialised(new GraphBuilder(present, units, gated, thresholds, settings));
        this.update = new ParameterUpdate(graph, settings.maxGradientNorm());
        this.gates = gated ? new NetworkGates(architecture, present, graph) : null;
        this.masks = new NetworkMasks(present, graph);
        List<ParameterSpec> specs = new ArrayList<>(present.parameters());
        if (thresholds != null) {
            specs.addAll(present.thresholds(thresholds));
        }
        tieOutput();
        this.parameters = List.copyOf(specs);
        this.outputs = active.count(architecture.output().units());
        this.plans = KernelsProvider.resolve(settings.kernels(), settings.type()) == KernelChoice.ONEDNN
                ? new NetworkPlans(present, units, settings, graph, masks.all())
                : null;
        this.passes = plans == null ? new GraphPasses(present, outputs, settings, graph) : null;
    }

    private void tieOutput() {
        LayerSpec.Output output = present.output();
        if (!output.tied().isEmpty()) {
            ((AffineLayer) graph.getLayer(output.name())).tie((EmbeddingLayer) graph.getLayer(output.tied()));
        }
    }

    /** DL4J seeds the generator of the calling thread when it builds a network; the caller's numbers go on as they were. */
    private static ComputationGraph initialised(GraphBuilder builder) {
        Random generator = Nd4j.getRandom();
        long root = generator.rootState();
        long node = generator.nodeState();
        ComputationGraph graph = new ComputationGraph(builder.build());
        graph.init();
        generator.setStates(root, node);
        return graph;
    }

    /**
     * Builds a compact network.
     *
     * @param parameters Its architecture and parameters.
     * @param settings   How to build.
     * @return The network, without gates.
     */
    public static GatedNetwork of(NetworkParameters parameters, NetworkSettings settings) {
        Architecture architecture = parameters.architecture();
        GatedNetwork network = new GatedNetwork(architecture, ActiveUnits.all(architecture), false, null, settings);
        for (ParameterSpec spec : architecture.parameters()) {
            NativeArrays.write(parameters.direct(spec), network.parameter(spec));
        }
        network.parametersChanged();
        return network;
    }

    /**
     * The dense reference.
     *
     * @return The architecture.
     */
    public Architecture architecture() {
        return architecture;
    }

    /**
     * The units that this network consists of.
     *
     * @return The active units.
     */
    public ActiveUnits active() {
        return active;
    }

    /**
     * Whether the network has gates.
     *
     * @return True if it has.
     */
    public boolean gated() {
        return gated;
    }

    /**
     * How the network was built.
     *
     * @return The settings.
     */
    public NetworkSettings settings() {
        return settings;
    }

    /**
     * The DL4J network itself, for what DL4J offers beyond training and prediction.
     *
     * @return The graph; it shares this network's parameters and is closed with it.
     */
    public ComputationGraph graph() {
        checkOpen();
        return graph;
    }

    /** The layers that this network has: the dense reference without the layers of inactive blocks. */
    Architecture present() {
        return present;
    }

    /** All parameters that the network has, thresholds last. */
    List<ParameterSpec> parameters() {
        return parameters;
    }

    /** Whether other units would have a network of the same layers and widths. */
    boolean hasWidthsOf(ActiveUnits units) {
        return architecture.blocks().stream().allMatch(block -> sameCount(block, units))
                && present.groups().stream().allMatch(group -> sameCount(group, units));
    }

    private boolean sameCount(UnitGroup group, ActiveUnits units) {
        return active.count(group.name()) == units.count(group.name());
    }

    /** Makes this the network of other units of the same numbers, whose parameters the caller brings. */
    void standFor(ActiveUnits units) {
        checkOpen();
        if (!hasWidthsOf(units)) {
            throw new IllegalArgumentException("A network can stand for other units of the same numbers only");
        }
        active = units;
    }

    /** The view of a parameter in this network. */
    INDArray parameter(ParameterSpec spec) {
        return graph.getLayer(spec.layer()).getParam(spec.role().text());
    }

    BaseMultiLayerUpdater<?> updater() {
        return (BaseMultiLayerUpdater<?>) graph.getUpdater();
    }

    /**
     * Sets the gates of a group in all layers that carry them. The gate of a block multiplies the gates of the units that
     * its branch's last gate carrier writes. Gates of what is inside an inactive block have no effect.
     *
     * @param group  A searchable group, which may be a block.
     * @param values One gate a unit of the dense reference; those of active units are used.
     */
    public void setGates(String group, double[] values) {
        checkOpen();
        parametersChanged();
        if (gated) {
            gates.set(group, values, active);
        }
    }

    /**
     * Sets how strongly thresholds are pushed up: alpha in the loss {@code alpha * sum of exp(-t)} over all thresholds
     * t (Liu and others, Dynamic sparse training, ICLR 2020, section 3.3). It is 0 until set, and no part of the loss
     * that {@link #learn} returns.
     *
     * @param alpha A finite number; below 0 it pulls thresholds down.
     * @throws IllegalArgumentException If it is not finite.
     * @throws IllegalStateException    If the network has no thresholds.
     */
    public void setThresholdPressure(double alpha) {
        checkOpen();
        if (masks.isEmpty()) {
            throw new IllegalStateException("The network has no thresholds to push");
        }
        if (!Double.isFinite(alpha)) {
            throw new IllegalArgumentException("The pressure on thresholds must be a finite number, found " + alpha);
        }
        masks.setPressure(alpha);
    }

    /**
     * What the thresholds of each masked layer do with the parameters as they are now. Resets are counted from one call
     * to the next.
     *
     * @return The statistics by layer, in layer order, those of the weights with which a recurrent layer reads its own units
     *     by layer and role; empty without thresholds.
     */
    public Map<String, MaskStatistics> maskStatistics() {
        checkOpen();
        return masks.takeStatistics();
    }

    /**
     * Learns one minibatch: forward, backward, optimiser.
     *
     * @param batch         The features, row after row, in the layout of the architecture's input.
     * @param batchTargets  The targets, row after row: one a position if they are the numbers of classes.
     * @param rows          The number of rows.
     * @param step          The number of the step over the whole training, from 0; schedules, Adam's bias correction,
     *                      dropout and the classes drawn depend on it.
     * @param gateGradients Receives the gradients of the mean loss by searchable group at full width, 0 for what is not
     *                      active or inside an inactive block; null if not wanted.
     * @return The mean loss of the minibatch, without weight decay. Not finite if the training diverged, which gates
     *     and thresholds may show before the loss does; the parameters are then as before the step.
     */
    public double learn(float[] batch, float[] batchTargets, int rows, long step, Map<String, double[]> gateGradients) {
        return learn(batch, batchTargets, null, rows, step, 1, gateGradients);
    }

    /**
     * The same for a batch whose examples may count differently, and that several minibatches may be put into, so that
     * learning rates are to grow.
     *
     * @param batch         The features, row after row, in the layout of the architecture's input.
     * @param batchTargets  The targets, row after row.
     * @param batchWeights  What the loss of each row is multiplied by; null if each counts as one.
     * @param rows          The number of rows.
     * @param step          The number of the step.
     * @param batchFactor   How many minibatches the batch is made of, at least 1.
     * @param gateGradients Receives the gradients of the mean loss by group at full width; null if not wanted.
     * @return The mean over the rows, or over their positions that count, of the loss times the weight.
     */
    public double learn(
            float[] batch,
            float[] batchTargets,
            float[] batchWeights,
            int rows,
            long step,
            int batchFactor,
            Map<String, double[]> gateGradients) {
        return learn(new Minibatch(batch, batchTargets, batchWeights, rows), null, step, batchFactor, gateGradients);
    }

    /**
     * The same for any minibatch, of sequences too.
     *
     * @param batch         The batch; of sequences with their lengths, without which all are as long as the network reads.
     * @param state         The state of recurrent layers before the batch, in which that after it is left; null to begin with
     *                      zeros and leave nothing. It is cleared if the loss is not finite.
     * @param step          The number of the step.
     * @param batchFactor   How many minibatches the batch is made of, at least 1.
     * @param gateGradients Receives the gradients of the mean loss by group at full width; null if not wanted.
     * @return The mean over the rows, or over their positions that count, of the loss times the weight.
     * @throws IllegalArgumentException If sequences are longer than the network reads, a token is none of the vocabulary, or
     *                                  the state is for another number of sequences.
     */
    public double learn(
            Minibatch batch, CarriedState state, long step, int batchFactor, Map<String, double[]> gateGradients) {
        checkOpen();
        int iteration = Math.toIntExact(step);
        double loss = differentiate(batch, state, step);
        if (!Double.isFinite(loss)) {
            return loss;
        }
        if (gated && !readGateGradients(batch.rows(), gateGradients)) {
            return Double.NaN;
        }
        if (!masks.areFinite()) {
            return Double.NaN;
        }
        // Schedules get the epoch from DL4J; ours depend on the batch factor instead.
        update.apply(iteration, batchFactor - 1, batch.rows());
        parametersChanged();
        return loss;
    }

    /**
     * Computes the gradients of the gates and changes nothing: neither parameters nor running statistics.
     *
     * @param batch         The batch; of sequences with their lengths.
     * @param state         The state of recurrent layers before the batch, in which that after it is left; null to begin with
     *                      zeros and leave nothing.
     * @param step          The number of the step, which dropout depends on.
     * @param gateGradients Receives the gradients of the mean loss by group at full width.
     * @return The mean loss of the minibatch, weighted; not finite if it or a gradient is not.
     */
    public double gateGradients(Minibatch batch, CarriedState state, long step, Map<String, double[]> gateGradients) {
        checkOpen();
        double loss = differentiate(batch, state, step);
        return !Double.isFinite(loss) || readGateGradients(batch.rows(), gateGradients) ? loss : Double.NaN;
    }

    /** Computes the loss, and the gradients into DL4J's flat vector. */
    double differentiate(float[] batch, float[] batchTargets, float[] batchWeights, int rows, long step) {
        return differentiate(new Minibatch(batch, batchTargets, batchWeights, rows), null, step);
    }

    /** The same for any minibatch. */
    double differentiate(Minibatch given, CarriedState state, long step) {
        Minibatch batch = PlanSize.complete(architecture, given);
        RecurrentState before = state == null ? null : state.begin(batch.lengths(), active);
        double loss =
                plans != null ? plans.differentiate(batch, before, step) : passes.differentiate(batch, before, step);
        if (state != null && !Double.isFinite(loss)) {
            state.clear();
        }
        return loss;
    }

    /** Reads and clears the gradients of the gates; false if one is not finite. */
    boolean readGateGradients(int rows, Map<String, double[]> gateGradients) {
        return gates.readGradients(rows, active, gateGradients);
    }

    /**
     * Computes scores, in inference mode.
     *
     * @param batch       The features, row after row.
     * @param rows        The number of rows.
     * @param destination Receives the scores, row after row, each position after position.
     * @param offset      Where the first goes.
     */
    public void predict(float[] batch, int rows, float[] destination, int offset) {
        predict(Minibatch.unlabelled(batch, rows, null), null, destination, offset);
    }

    /**
     * Computes scores, in inference mode, of sequences too.
     *
     * @param given       The features; of sequences with their lengths, without which all are as long as the network reads.
     * @param state       The state of recurrent layers before the batch, in which that after it is left; null to begin with
     *                    zeros and leave nothing.
     * @param destination Receives the scores, row after row: of networks that give scores for each step, those of the
     *                    batch's steps one after the other, zeros for padding.
     * @param offset      Where the first goes.
     * @throws IllegalArgumentException As with {@link #learn(Minibatch, CarriedState, long, int, Map)}.
     */
    public void predict(Minibatch given, CarriedState state, float[] destination, int offset) {
        checkOpen();
        Minibatch batch = PlanSize.complete(architecture, given);
        RecurrentState before = state == null ? null : state.begin(batch.lengths(), active);
        if (plans != null) {
            plans.predict(batch, before, destination, offset);
        } else {
            passes.predict(batch, before, destination, offset);
        }
    }

    /**
     * The number of outputs.
     *
     * @return The width of the output layer.
     */
    public int outputs() {
        return outputs;
    }

    /**
     * The number of scores of an example.
     *
     * @return The outputs times the positions that there are scores for.
     */
    public int scoreLength() {
        return Math.multiplyExact(outputs, architecture.outputPositions());
    }

    /** To be called after any change of parameters or gates, since plans keep copies of them. */
    void parametersChanged() {
        if (plans != null) {
            plans.parametersChanged();
        }
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("The network is closed");
        }
    }

    /** Frees the network's native memory. A second call has no effect. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (plans != null) {
            plans.close();
        }
        for (GraphVertex vertex : graph.getVertices()) {
            if (vertex instanceof JunctionVertex junction) {
                junction.release();
            } else if (vertex.hasLayer() && vertex.getLayer() instanceof OperationLayer<?> layer) {
                layer.release();
            }
        }
        if (passes != null) {
            passes.close();
        }
        OperationLayer.free(graph.params());
        OperationLayer.free(graph.getFlattenedGradients());
        if (graph.getUpdater(false) != null) {
            OperationLayer.free(updater().getStateViewArray());
        }
        if (CLOSED.incrementAndGet() % CLOSED_PER_COLLECTION == 0) {
            System.gc();
        }
    }
}
