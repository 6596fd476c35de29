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

import java.util.Map;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.architecture.UnitGroup;
import org.tribuogrowth.data.Minibatch;
import org.tribuogrowth.network.GatedNetwork;
import org.tribuogrowth.network.NetworkParameters;
import org.tribuogrowth.network.NetworkSettings;
import org.tribuogrowth.network.ParameterBank;

/**
 * Compares the compact network with the gated network at full width, in which every unit that is not active has a gate of
 * 0: so the check covers the folding of gates as well as the taking out of units. The outputs compared are those before
 * the output's activation, where a softmax cannot hide a difference.
 */
final class CompactionCheck {
    /** The largest difference, relative to the largest output, with which a run succeeds. */
    static final double TOLERANCE = 1e-4;

    /**
     * What came of a comparison.
     *
     * @param examples           The number of examples compared.
     * @param finite             Whether all outputs are finite; the differences are the largest double if not.
     * @param largestDifference  The largest absolute difference of an output.
     * @param relativeDifference That difference as a part of the largest absolute output.
     * @param argMaxAgreement    The part of the examples, or of their positions, whose largest output is the same.
     */
    record Outcome(
            long examples,
            boolean finite,
            double largestDifference,
            double relativeDifference,
            double argMaxAgreement) {}

    private final int outputs;
    private double difference;
    private double largest;
    private boolean finite = true;
    private long agreeing;
    private long positions;
    private long examples;

    private CompactionCheck(int outputs) {
        this.outputs = outputs;
    }

    /** The network at full width, with its gates and thresholds and with inactive units closed. */
    static GatedNetwork gatedNetwork(ParameterBank bank, Map<String, double[]> gates, NetworkSettings settings) {
        GatedNetwork network = bank.materialiseFullWidth(settings.withRawOutputs());
        for (UnitGroup group : bank.architecture().searchableGroups()) {
            network.setGates(group.name(), closed(bank, group, gates.get(group.name())));
        }
        return network;
    }

    /** Compares what it makes of examples with what a compact network does. */
    static Outcome compare(
            GatedNetwork gated, NetworkParameters compact, NetworkSettings settings, Evaluation evaluation) {
        CompactionCheck check = new CompactionCheck(gated.outputs());
        try (GatedNetwork network = GatedNetwork.of(compact, settings.withRawOutputs())) {
            Evaluation.Pass pass = evaluation.pass(network);
            evaluation.forEachBatch(gated, (batch, scores) -> check.add(batch, scores, pass.scores(batch), gated));
        }
        return check.outcome();
    }

    private static double[] closed(ParameterBank bank, UnitGroup group, double[] gates) {
        double[] closed = new double[group.width()];
        for (int unit : bank.states().active().units(group.name())) {
            closed[unit] = gates == null ? 1.0 : gates[unit];
        }
        return closed;
    }

    static Outcome compare(float[] gated, float[] plain, int outputs) {
        CompactionCheck check = new CompactionCheck(outputs);
        check.add(gated, plain, 0, gated.length);
        check.examples = gated.length / outputs;
        return check.outcome();
    }

    /** Adds a batch, of sequences only what is not padding. */
    private void add(Minibatch batch, float[] gated, float[] plain, GatedNetwork network) {
        boolean sequences =
                network.architecture().shape(network.architecture().output().name()) instanceof Shape.Sequence;
        for (int row = 0; row < batch.rows(); row++) {
            int length = sequences ? batch.lengths().length(row) * outputs : network.scoreLength();
            int from = row * (sequences ? batch.lengths().steps() * outputs : network.scoreLength());
            add(gated, plain, from, from + length);
        }
        examples += batch.rows();
    }

    private void add(float[] gated, float[] plain, int from, int to) {
        for (int i = from; i < to; i++) {
            difference = Math.max(difference, Math.abs((double) gated[i] - plain[i]));
            largest = Math.max(largest, Math.abs((double) gated[i]));
            finite &= Float.isFinite(gated[i]) && Float.isFinite(plain[i]);
        }
        for (int offset = from; offset < to; offset += outputs) {
            agreeing += argMax(gated, offset, outputs) == argMax(plain, offset, outputs) ? 1 : 0;
            positions++;
        }
    }

    private Outcome outcome() {
        double absolute = finite ? difference : Double.MAX_VALUE;
        double relative = absolute == 0.0 ? 0.0 : absolute / Math.max(largest, Float.MIN_NORMAL);
        double bounded = finite ? Math.min(relative, Double.MAX_VALUE) : Double.MAX_VALUE;
        return new Outcome(examples, finite, absolute, bounded, agreeing / (double) positions);
    }

    private static int argMax(float[] values, int offset, int length) {
        int best = 0;
        for (int i = 1; i < length; i++) {
            if (values[offset + i] > values[offset + best]) {
                best = i;
            }
        }
        return best;
    }
}
