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
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.tribuogrowth.architecture.ActiveUnits;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.LayerSpec;
import org.tribuogrowth.data.Minibatch;
import org.tribuogrowth.onednn.OneDnnLibrary;
import org.tribuogrowth.output.Loss;
import org.tribuogrowth.output.SampledSoftmax;

/** The forward and backward pass of training for one network and batch size. Not thread-safe. */
public final class TrainingPlan implements AutoCloseable {
    private final Program program = new Program();
    private final DropoutMasks masks;
    private final SequenceRun sequences;
    /** The values of a step's features; of networks that read no sequences, not used. */
    private final int stepWidth;
    /** Whether the output layer gives scores for each step. */
    private final boolean scoresOfSteps;

    private final int batch;
    private final int outputs;
    private final Loss lossFunction;
    /** Both null for losses of one row of scores an example. */
    private final ClassTargets classTargets;

    private final ClassLoss classLoss;
    /** Null where all classes are computed. */
    private final SampledClasses sampledClasses;

    private final float[] values;
    private final int lossSteps;
    private final FloatBuffer inputFloats;
    private final FloatBuffer logitFloats;
    private final FloatBuffer gradientFloats;
    private float[] targets;
    private float[] weights;
    private double loss;

    /**
     * Compiles a plan.
     *
     * @param architecture The architecture.
     * @param active       Its active units.
     * @param memory       Where its parameters are.
     * @param lossFunction What to minimise.
     * @param batch        The number of examples of a batch.
     * @param steps        The most steps of sequences; 0 for networks that read none.
     * @param seed         The seed of dropout and of the classes drawn.
     * @param sampling     How classes are drawn, which takes a loss of the numbers of classes; null to compute all.
     * @throws IllegalArgumentException If the output's activation is not the one that the loss is for, the loss is for one
     *                                  position and the network has more, or classes of another number are drawn or the
     *                                  loss is not of their numbers.
     */
    public TrainingPlan(
            Architecture architecture,
            ActiveUnits active,
            ParameterMemory memory,
            Loss lossFunction,
            int batch,
            int steps,
            long seed,
            SampledSoftmax sampling) {
        LayerSpec.Output output = architecture.output();
        if (output.activation() != lossFunction.activation()) {
            throw new IllegalArgumentException("The loss " + lossFunction + " needs an output with "
                    + lossFunction.activation() + ", found " + output.activation());
        }
        this.lossFunction = lossFunction;
        this.batch = batch;
        this.outputs = active.count(output.units());
        this.sequences = new SequenceRun(batch, steps);
        this.stepWidth = SequenceRun.width(architecture);
        OutputRows rows = OutputRows.of(architecture, batch, steps);
        this.scoresOfSteps = rows.steps();
        lossFunction.targetLength(outputs, rows.positions());
        this.classTargets = lossFunction.isOfClassNumbers() ? new ClassTargets(rows, outputs) : null;
        if (sampling != null) {
            sampling.require(lossFunction, outputs);
        }
        this.sampledClasses = sampling == null ? null : new SampledClasses(sampling, seed);
        this.values = lossFunction.isOfClassNumbers() ? new float[0] : new float[batch * outputs];
        this.masks = new DropoutMasks(seed);
        LayoutChoice layouts = new LayoutChoice(
                architecture,
                active,
                batch,
                steps,
                true,
                OneDnnLibrary.instance().hasWideVectors(),
                Set.of());
        Recording recording = new Recording(program, architecture, active, layouts, memory, sequences);
        try {
            Tensor input = recording.recordInput();
            List<PlannedLayer> layers = new ArrayList<>();
            PlannedSampledOutput sampledOutput = null;
            for (LayerSpec layer : architecture.layers()) {
                if (sampling != null && layer == output) {
                    sampledOutput =
                            new PlannedSampledOutput(output, recording, classTargets, sampledClasses, sampling.room());
                    sampledOutput.recordTraining();
                } else {
                    PlannedLayer planned = PlannedLayer.of(layer, recording, masks);
                    planned.recordTraining();
                    layers.add(planned);
                }
            }
            Value scores = recording.value(output.name());
            int ownColumn = sampledOutput == null ? ClassTargets.NONE : sampledOutput.ownColumn();
            int columns = scores.layout().channels();
            classLoss = classTargets == null
                    ? null
                    : new ClassLoss(classTargets, rows.count(), columns, ownColumn, scores.tensor());
            Tensor gradients = classLoss == null ? program.tensor(scores.layout()) : scores.tensor();
            if (classLoss != null) {
                classLoss.record(program);
            }
            program.add(this::differentiateLoss, scores.tensor(), gradients);
            lossSteps = program.size();
            scores.contribute(new Gradient(gradients, 1));
            if (sampledOutput != null) {
                sampledOutput.recordBackward();
            }
            Collections.reverse(layers);
            layers.forEach(PlannedLayer::recordBackward);
            program.complete();
            inputFloats = input.floats();
            logitFloats = scores.tensor().floats();
            gradientFloats = gradients.floats();
        } catch (RuntimeException | Error e) {
            program.close();
            throw e;
        }
    }

    /**
     * Computes loss and gradients of a batch; gradients are left in the parameter memory.
     *
     * @param minibatch The batch, of as many rows as the plan is for; of sequences with their lengths.
     * @param state     The state of recurrent layers before the batch, where that after it is left too; null to begin with
     *                  zeros and leave nothing.
     * @param step      The number of the step, which dropout and the classes drawn depend on.
     * @return The mean over the rows, or over their positions that count, of the loss times the weight; if it is not finite
     *     the gradients have not been computed.
     * @throws IllegalArgumentException If the batch does not suit the plan.
     */
    public double run(Minibatch minibatch, RecurrentState state, long step) {
        masks.setStep(step);
        sequences.begin(minibatch.lengths(), state);
        weights = minibatch.weights();
        targets = minibatch.targets();
        if (sequences.steps() == 0) {
            inputFloats.put(0, minibatch.features(), 0, inputFloats.capacity());
        } else {
            inputFloats.put(0, sequences.turnFeatures(minibatch.features(), stepWidth), 0, inputFloats.capacity());
            targets = scoresOfSteps ? sequences.padTargets(targets) : targets;
        }
        if (classTargets != null) {
            classTargets.read(targets, weights);
        }
        if (sampledClasses != null) {
            sampledClasses.draw(step);
        }
        program.run(0, lossSteps);
        if (Double.isFinite(loss)) {
            program.run(lossSteps, program.size());
        }
        return loss;
    }

    private void differentiateLoss() {
        if (classLoss != null) {
            loss = classLoss.differentiate() / batch;
            return;
        }
        logitFloats.get(0, values, 0, values.length);
        double sum = lossFunction.isSeparable()
                ? SeparableLoss.differentiate(lossFunction, values, targets, weights, batch, outputs)
                : SoftmaxLoss.differentiate(values, targets, weights, batch, outputs);
        loss = sum / batch;
        gradientFloats.put(0, values, 0, values.length);
    }

    /**
     * The size of the plan's memory for activations, gradients and copies of parameters.
     *
     * @return The number of bytes.
     */
    public long bytes() {
        return program.bytes();
    }

    /**
     * The operations in their order, each with its shape and the name of oneDNN's implementation.
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
