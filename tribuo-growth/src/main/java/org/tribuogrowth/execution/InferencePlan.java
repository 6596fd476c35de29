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
import org.tribuogrowth.kernel.SparseChoice;
import org.tribuogrowth.onednn.OneDnnLibrary;
import org.tribuogrowth.onednn.SoftmaxCall;

/**
 * Inference for one network and batch size: batch normalisation is folded into the weights before it, sums and rectifiers
 * are computed by the convolutions before them. Not thread-safe.
 */
public final class InferencePlan implements AutoCloseable {
    private final Program program = new Program();
    private final OutputRows rows;
    private final int outputs;
    private final Activation outputActivation;
    private final int preparation;
    private final FloatBuffer inputFloats;
    private final FloatBuffer scoreFloats;
    private final boolean softmaxRecorded;
    private float[] destination;
    private int offset;

    /**
     * Compiles a plan. {@link #prepare} must be called before its first run.
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
        this(architecture, active, memory, batch, outputActivation, exact, false);
    }

    /**
     * Compiles a plan that may use sparse products. {@link #prepare} must be called before its first run.
     *
     * @param architecture     The architecture.
     * @param active           Its active units.
     * @param memory           Where its parameters are.
     * @param batch            The number of examples of a batch.
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
            Activation outputActivation,
            boolean exact,
            boolean sparse) {
        this.rows = OutputRows.of(architecture, batch);
        this.outputs = active.count(architecture.output().units());
        this.outputActivation = outputActivation;
        // Of one position, probabilities are computed in double precision, as ever.
        this.softmaxRecorded = outputActivation == Activation.SOFTMAX && rows.positions() > 1;
        Set<String> sparseLayers = sparse ? SparseLayers.of(architecture, active, memory, batch) : Set.of();
        LayoutChoice layouts = new LayoutChoice(
                architecture, active, batch, !exact, OneDnnLibrary.instance().hasWideVectors(), sparseLayers);
        Recording recording = new Recording(program, architecture, active, layouts, memory, batch);
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
        if (rows.areInOrder()) {
            scoreFloats.get(0, destination, offset, rows.count() * outputs);
            return;
        }
        int to = offset;
        for (int example = 0; example < rows.batch(); example++) {
            for (int position = 0; position < rows.positions(); position++) {
                scoreFloats.get(rows.row(example, position) * outputs, destination, to, outputs);
                to += outputs;
            }
        }
    }

    /** Takes over the parameters as they are now. */
    public void prepare() {
        program.run(0, preparation);
    }

    /**
     * Computes scores.
     *
     * @param features    The features, row after row.
     * @param destination Receives the scores, row after row, and in a row position after position.
     * @param offset      Where the first goes.
     */
    public void run(float[] features, float[] destination, int offset) {
        this.destination = destination;
        this.offset = offset;
        inputFloats.put(0, features, 0, inputFloats.capacity());
        program.run(preparation, program.size());
        this.destination = null;
        if (!softmaxRecorded) {
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
