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

/** A non-linearity as a layer of its own. */
final class PlannedFunction implements PlannedLayer {
    private final LayerSpec.ActivationFunction layer;
    private final Recording recording;
    private final TensorLayout layout;

    PlannedFunction(LayerSpec.ActivationFunction layer, Recording recording) {
        this.layer = layer;
        this.recording = recording;
        this.layout = recording.layout(layer.name());
    }

    @Override
    public void recordTraining() {
        Value source = recording.value(layer.input());
        Tensor y = source.tensor();
        if (layer.function() != Activation.IDENTITY) {
            y = recording.program().tensor(layout);
            recording.program().add(new ElementwiseCall(layout.values()).forward(layer.function()), source.tensor(), y);
        }
        recording.values().put(layer.name(), new Value(layout, y, source.differentiated()));
    }

    @Override
    public void recordBackward() {
        Value value = recording.value(layer.name());
        Value source = recording.value(layer.input());
        if (source.differentiated()) {
            Gradient.Read gradient = value.gradient(recording.program());
            source.contribute(recording
                    .differentiate(layer.function(), value.tensor(), gradient, layout)
                    .passOn(1));
        }
    }

    @Override
    public void recordPreparation() {
        // There are no parameters.
    }

    @Override
    public void recordInference() {
        recordTraining();
    }
}
