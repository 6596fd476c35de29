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
import org.tribuogrowth.architecture.ResizeKind;
import org.tribuogrowth.onednn.ResizeCall;
import org.tribuogrowth.onednn.TensorLayout;

/** An image at another size, or a vector spread over an image. */
final class PlannedResize implements PlannedLayer {
    private final LayerSpec.Resize layer;
    private final Recording recording;
    private final TensorLayout inputLayout;
    private final TensorLayout readLayout;
    private final TensorLayout outputLayout;
    private final ResizeCall call;

    PlannedResize(LayerSpec.Resize layer, Recording recording) {
        this.layer = layer;
        this.recording = recording;
        this.inputLayout = recording.layout(layer.input());
        this.outputLayout = recording.layout(layer.name());
        // A vector lies in another layout than images of its units.
        this.readLayout = inputLayout.in(outputLayout.layout());
        this.call = new ResizeCall(readLayout, outputLayout, layer.kind() == ResizeKind.BILINEAR);
    }

    @Override
    public void recordTraining() {
        Program program = recording.program();
        Value source = recording.value(layer.input());
        Tensor read = recording.convert(source.tensor(), inputLayout, readLayout);
        Tensor y = program.tensor(outputLayout);
        program.add(call.forward(), read, y);
        recording.values().put(layer.name(), new Value(outputLayout, y, source.differentiated()));
    }

    @Override
    public void recordBackward() {
        Value source = recording.value(layer.input());
        if (!source.differentiated()) {
            return;
        }
        Program program = recording.program();
        Gradient.Read gradient = recording.value(layer.name()).gradient(program);
        Tensor dx = program.tensor(readLayout);
        program.add(call.backward(), gradient.tensor(), dx);
        source.contribute(new Gradient(recording.convert(dx, readLayout, inputLayout), 1));
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
