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
import org.tribuogrowth.architecture.Activation;
import org.tribuogrowth.architecture.ActiveUnits;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.LayerSpec;
import org.tribuogrowth.onednn.TensorLayout;

/** The forward and backward pass of training for one network and batch size. Not thread-safe. */
public final class TrainingPlan implements AutoCloseable {
    private final Program program = new Program();
    private final DropoutMasks masks;
    private final int batch;
    private final int outputs;
    private final float[] values;
    private final Tensor input;
    private final Tensor logits;
    private final Tensor logitGradients;
    private final int forwardSteps;
    private final FloatBuffer inputFloats;
    private final FloatBuffer logitFloats;
    private final FloatBuffer logitGradientFloats;

    /**
     * Compiles a plan.
     *
     * @param architecture The architecture; its output is a softmax.
     * @param active       Its active units.
     * @param memory       Where its parameters are.
     * @param batch        The number of examples of a batch.
     * @param seed         The seed of dropout.
     * @throws IllegalArgumentException If the output is not a softmax.
     */
    public TrainingPlan(Architecture architecture, ActiveUnits active, ParameterMemory memory, int batch, long seed) {
        LayerSpec.Output output = architecture.output();
        if (output.activation() != Activation.SOFTMAX) {
            throw new IllegalArgumentException("Training needs an output with softmax, found " + output.activation());
        }
        this.batch = batch;
        this.outputs = active.count(output.units());
        this.values = new float[batch * outputs];
        this.masks = new DropoutMasks(seed);
        LayoutChoice layouts = new LayoutChoice(architecture, active, batch, true);
        Recording recording = new Recording(program, architecture, active, layouts, memory, batch);
        TensorLayout inputLayout = recording.layout(LayerSpec.INPUT);
        input = program.tensor(inputLayout);
        program.use(input);
        recording.values().put(LayerSpec.INPUT, new Value(inputLayout, input, false));
        List<PlannedLayer> layers = new ArrayList<>();
        for (LayerSpec layer : architecture.layers()) {
            PlannedLayer planned = PlannedLayer.of(layer, recording, masks);
            planned.recordTraining();
            layers.add(planned);
        }
        forwardSteps = program.size();
        Value scores = recording.value(output.name());
        logits = scores.tensor();
        logitGradients = program.tensor(scores.layout());
        program.add(() -> {}, logits, logitGradients);
        scores.contribute(new Gradient(logitGradients, 1));
        Collections.reverse(layers);
        layers.forEach(PlannedLayer::recordBackward);
        program.complete();
        inputFloats = input.floats();
        logitFloats = logits.floats();
        logitGradientFloats = logitGradients.floats();
    }

    /**
     * Computes loss and gradients of a batch; gradients are left in the parameter memory.
     *
     * @param features The features, row after row.
     * @param targets  The targets, row after row.
     * @param step     The number of the step, which dropout depends on.
     * @return The mean loss; if it is not finite the gradients have not been computed.
     */
    public double run(float[] features, float[] targets, long step) {
        masks.setStep(step);
        inputFloats.put(0, features, 0, inputFloats.capacity());
        program.run(0, forwardSteps);
        logitFloats.get(0, values, 0, values.length);
        double loss = SoftmaxLoss.differentiate(values, targets, batch, outputs) / batch;
        if (!Double.isFinite(loss)) {
            return loss;
        }
        logitGradientFloats.put(0, values, 0, values.length);
        program.run(forwardSteps + 1, program.size());
        return loss;
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
