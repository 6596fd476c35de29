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

package org.tribuogrowth.execution;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.tribuogrowth.architecture.Activation;
import org.tribuogrowth.architecture.ActiveUnits;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.LayerSpec;
import org.tribuogrowth.data.Minibatch;
import org.tribuogrowth.data.SequenceLengths;
import org.tribuogrowth.kernel.SparseChoice;
import org.tribuogrowth.onednn.OneDnnLibrary;
import org.tribuogrowth.onednn.SoftmaxCall;

/**
 * Inference for one network and batch size: batch normalisation is folded into the weights before it, sums and rectifiers
 * are computed by the convolutions before them. Not thread-safe.
 */
public final class InferencePlan implements AutoCloseable {
    private final Program program = new Program();
    private final SequenceRun sequences;
    private final int stepWidth;
    private final OutputRows rows;
    private final int outputs;
    private final Activation outputActivation;
    private final int preparation;
    private final FloatBuffer inputFloats;
    private final FloatBuffer scoreFloats;
    private final boolean activationRecorded;
    private float[] destination;
    private int offset;

    /**
     * Compiles a plan for a network that reads no sequences. {@link #prepare} must be called before its first run.
     *
     * @param architecture     The architecture.
     * @param active           Its active units.
     * @param memory           Where its parameters are.
     * @param batch            The number of examples of a batch.
     * @param outputActivation What turns the outputs' values into scores.
     * @param exact            Whether to do without algorithms that round more than a direct convolution.
     */
    public InferencePlan(
            Architecture architecture,
            ActiveUnits active,
            ParameterMemory memory,
            int batch,
            Activation outputActivation,
            boolean exact) {
        this(architecture, active, memory, batch, 0, outputActivation, exact, false);
    }

    /**
     * Compiles a plan that may use sparse products. {@link #prepare} must be called before its first run.
     *
     * @param architecture     The architecture.
     * @param active           Its active units.
     * @param memory           Where its parameters are.
     * @param batch            The number of examples of a batch.
     * @param steps            The most steps of sequences; 0 for networks that read none.
     * @param outputActivation What turns the outputs' values into scores.
     * @param exact            Whether to do without algorithms that round more than a direct convolution.
     * @param sparse           Whether to compute layers by sparse products that have mostly weights of zero now, where
     *                         {@link SparseChoice} expects that to be faster. What was chosen stays right whatever the
     *                         parameters are later, but need not stay fast.
     */
    public InferencePlan(
            Architecture architecture,
            ActiveUnits active,
            ParameterMemory memory,
            int batch,
            int steps,
            Activation outputActivation,
            boolean exact,
            boolean sparse) {
        this.sequences = new SequenceRun(batch, steps);
        this.stepWidth = SequenceRun.width(architecture);
        this.rows = OutputRows.of(architecture, batch, steps);
        this.outputs = active.count(architecture.output().units());
        this.outputActivation = outputActivation;
        // Of one position, probabilities are computed in double precision, as ever.
        boolean softmaxRecorded = outputActivation == Activation.SOFTMAX && (rows.positions() > 1 || rows.steps());
        this.activationRecorded = softmaxRecorded || rows.steps();
        Set<String> sparseLayers = sparse ? SparseLayers.of(architecture, active, memory, batch, steps) : Set.of();
        LayoutChoice layouts = new LayoutChoice(
                architecture,
                active,
                batch,
                steps,
                !exact,
                OneDnnLibrary.instance().hasWideVectors(),
                sparseLayers);
        Recording recording = new Recording(program, architecture, active, layouts, memory, sequences);
        try {
            List<PlannedLayer> layers = new ArrayList<>();
            for (LayerSpec layer : architecture.layers()) {
                // Dropout does nothing in inference, so it needs no masks.
                PlannedLayer planned = sparseLayers.contains(layer.name())
                        ? new PlannedSparseAffine(layer, recording)
                        : PlannedLayer.of(layer, recording, new DropoutMasks(0));
                planned.recordPreparation();
                layers.add(planned);
            }
            preparation = program.size();
            Tensor input = recording.recordInput();
            layers.forEach(PlannedLayer::recordInference);
            Tensor scores = recording.value(architecture.output().name()).tensor();
            if (softmaxRecorded) {
                program.add(new SoftmaxCall(rows.count(), outputs).forward(), scores, scores);
            } else if (activationRecorded) {
                recording.applyFunction(outputActivation, scores, (long) rows.count() * outputs);
            }
            program.add(this::readScores, scores);
            program.complete();
            inputFloats = input.floats();
            scoreFloats = scores.floats();
        } catch (RuntimeException | Error e) {
            program.close();
            throw e;
        }
    }

    private void readScores() {
        if (rows.steps()) {
            sequences.readScores(scoreFloats, outputs, destination, offset);
        } else {
            scoreFloats.get(0, destination, offset, rows.count() * outputs);
        }
    }

    /** Takes over the parameters as they are now. */
    public void prepare() {
        program.run(0, preparation);
    }

    /**
     * Computes scores.
     *
     * @param features    The features, row after row; of sequences as long as the plan is for.
     * @param destination Receives the scores, row after row, and in a row position after position.
     * @param offset      Where the first goes.
     */
    public void run(float[] features, float[] destination, int offset) {
        int batch = sequences.batch();
        SequenceLengths lengths = sequences.steps() == 0 ? null : SequenceLengths.full(batch, sequences.steps());
        run(Minibatch.unlabelled(features, batch, lengths), null, destination, offset);
    }

    /**
     * Computes scores, of sequences too.
     *
     * @param minibatch   The features, of as many rows as the plan is for; of sequences with their lengths.
     * @param state       The state of recurrent layers before the batch, where that after it is left too; null to begin with
     *                    zeros and leave nothing.
     * @param destination Receives the scores, row after row, and in a row position after position: of sequences those of
     *                    the batch's steps, zeros for padding.
     * @param offset      Where the first goes.
     * @throws IllegalArgumentException If the batch does not suit the plan.
     */
    public void run(Minibatch minibatch, RecurrentState state, float[] destination, int offset) {
        this.destination = destination;
        this.offset = offset;
        sequences.begin(minibatch.lengths(), state);
        float[] features =
                sequences.steps() == 0 ? minibatch.features() : sequences.turnFeatures(minibatch.features(), stepWidth);
        inputFloats.put(0, features, 0, inputFloats.capacity());
        program.run(preparation, program.size());
        this.destination = null;
        if (!activationRecorded) {
            applyActivation(destination, offset);
        }
    }

    private void applyActivation(float[] scores, int first) {
        int end = first + rows.count() * outputs;
        switch (outputActivation) {
            case IDENTITY -> {}
            case SOFTMAX -> {
                for (int row = first; row < end; row += outputs) {
                    SoftmaxLoss.softmax(scores, row, outputs);
                }
            }
            case RELU -> {
                for (int i = first; i < end; i++) {
                    scores[i] = Math.max(scores[i], 0.0f);
                }
            }
            case SIGMOID -> {
                for (int i = first; i < end; i++) {
                    scores[i] = (float) (1.0 / (1.0 + Math.exp(-scores[i])));
                }
            }
            case TANH -> {
                for (int i = first; i < end; i++) {
                    scores[i] = (float) Math.tanh(scores[i]);
                }
            }
        }
    }

    /**
     * The operations in their order, each with its shape and the name of oneDNN's implementation, or as a sparse product
     * with its weights once the plan is prepared.
     *
     * @return One line an operation.
     */
    public List<String> describe() {
        return program.describe();
    }

    @Override
    public void close() {
        program.close();
    }
}
