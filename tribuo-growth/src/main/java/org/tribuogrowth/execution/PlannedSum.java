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

import org.tribuogrowth.architecture.Activation;
import org.tribuogrowth.architecture.LayerSpec;
import org.tribuogrowth.onednn.ElementwiseCall;
import org.tribuogrowth.onednn.TensorLayout;

/** The sum at the end of a residual block. Its summands have one layout, since they have one unit group. */
final class PlannedSum implements PlannedLayer {
    private final LayerSpec.Sum layer;
    private final Recording recording;
    private final TensorLayout layout;

    PlannedSum(LayerSpec.Sum layer, Recording recording) {
        this.layer = layer;
        this.recording = recording;
        this.layout = recording.layout(layer.name());
    }

    @Override
    public void recordTraining() {
        Program program = recording.program();
        ElementwiseCall call = new ElementwiseCall(layout.values());
        Tensor y = program.tensor(layout);
        Tensor sum = recording.value(layer.inputs().get(0)).tensor();
        boolean differentiated = recording.value(layer.inputs().get(0)).differentiated();
        int last = layer.inputs().size() - 1;
        for (int i = 1; i <= last; i++) {
            Value summand = recording.value(layer.inputs().get(i));
            program.add(call.sum(i == last ? layer.activation() : Activation.IDENTITY), sum, summand.tensor(), y);
            sum = y;
            differentiated |= summand.differentiated();
        }
        recording.values().put(layer.name(), new Value(layout, y, differentiated));
    }

    @Override
    public void recordBackward() {
        Value value = recording.value(layer.name());
        if (!value.differentiated()) {
            return;
        }
        Gradient.Read gradient = recording.differentiate(
                layer.activation(), value.tensor(), value.gradient(recording.program()), layout);
        int readers = (int) layer.inputs().stream()
                .filter(input -> recording.value(input).differentiated())
                .count();
        Gradient shared = gradient.passOn(readers);
        for (String input : layer.inputs()) {
            if (recording.value(input).differentiated()) {
                recording.value(input).contribute(shared);
            }
        }
    }

    @Override
    public void recordPreparation() {
        // There are no parameters.
    }

    @Override
    public void recordInference() {
        if (recording.value(layer.name()) == null) {
            recordTraining();
        }
    }
}
