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
import org.tribuogrowth.onednn.TensorLayout;

/** Batch normalisation as a layer of its own. */
final class PlannedNormalisation implements PlannedLayer {
    private final LayerSpec.BatchNormalisation layer;
    private final Recording recording;
    private final TensorLayout layout;
    private final NormalisationSteps steps;

    PlannedNormalisation(LayerSpec.BatchNormalisation layer, Recording recording) {
        this.layer = layer;
        this.recording = recording;
        this.layout = recording.layout(layer.name());
        this.steps = new NormalisationSteps(recording, layer, layout, rectified());
    }

    private boolean rectified() {
        return layer.activation() == Activation.RELU;
    }

    @Override
    public void recordTraining() {
        Tensor y = recording.program().tensor(layout);
        steps.recordTraining(recording.value(layer.input()).tensor(), y);
        finish(y, true);
    }

    private void finish(Tensor y, boolean differentiated) {
        if (!rectified()) {
            recording.applyFunction(layer.activation(), y, layout.values());
        }
        recording.values().put(layer.name(), new Value(layout, y, differentiated));
    }

    @Override
    public void recordBackward() {
        Value value = recording.value(layer.name());
        Value source = recording.value(layer.input());
        Gradient.Read gradient = value.gradient(recording.program());
        if (!rectified()) {
            gradient = recording.differentiate(layer.activation(), value.tensor(), gradient, layout);
        }
        Gradient.Read inputGradient = steps.recordBackward(source.tensor(), gradient);
        if (source.differentiated()) {
            source.contribute(inputGradient.passOn(1));
        }
    }

    @Override
    public void recordPreparation() {
        steps.recordPreparation();
    }

    @Override
    public void recordInference() {
        Tensor y = recording.program().tensor(layout);
        steps.recordInference(recording.value(layer.input()).tensor(), y);
        finish(y, false);
    }
}
