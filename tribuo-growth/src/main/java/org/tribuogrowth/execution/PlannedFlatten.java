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

import org.tribuogrowth.architecture.LayerSpec;
import org.tribuogrowth.onednn.DataLayout;
import org.tribuogrowth.onednn.TensorLayout;

/** Turns images into vectors: with channels last, the memory stays as it is. */
final class PlannedFlatten implements PlannedLayer {
    private final LayerSpec.Flatten layer;
    private final Recording recording;
    private final TensorLayout inputLayout;
    private final TensorLayout flatLayout;

    PlannedFlatten(LayerSpec.Flatten layer, Recording recording) {
        this.layer = layer;
        this.recording = recording;
        this.inputLayout = recording.layout(layer.input());
        this.flatLayout = inputLayout.in(DataLayout.CHANNELS_LAST);
    }

    @Override
    public void recordTraining() {
        Value source = recording.value(layer.input());
        Tensor y = recording.convert(source.tensor(), inputLayout, flatLayout);
        recording.values().put(layer.name(), new Value(recording.layout(layer.name()), y, source.differentiated()));
    }

    @Override
    public void recordBackward() {
        Value source = recording.value(layer.input());
        if (source.differentiated()) {
            Gradient.Read gradient = recording.value(layer.name()).gradient(recording.program());
            source.contribute(
                    recording.convert(gradient, flatLayout, inputLayout).passOn(1));
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
