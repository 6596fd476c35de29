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
import org.tribuogrowth.architecture.LayerSpec;
import org.tribuogrowth.onednn.DataLayout;
import org.tribuogrowth.onednn.ElementwiseCall;
import org.tribuogrowth.onednn.TensorLayout;

/** Inverted dropout: in training a product with a mask, in inference nothing. */
final class PlannedDropout implements PlannedLayer {
    private final LayerSpec.Dropout layer;
    private final Recording recording;
    private final DropoutMasks masks;
    private final TensorLayout layout;
    private Tensor mask;

    PlannedDropout(LayerSpec.Dropout layer, Recording recording, DropoutMasks masks) {
        this.layer = layer;
        this.recording = recording;
        this.masks = masks;
        this.layout = recording.layout(layer.name());
    }

    @Override
    public void recordTraining() {
        if (layer.rate() == 0.0) {
            recordInference();
            return;
        }
        Program program = recording.program();
        Value source = recording.value(layer.input());
        TensorLayout drawn = layout.in(DataLayout.CHANNELS_LAST);
        Tensor draws = program.tensor(drawn);
        Drawing drawing = new Drawing(draws, Math.toIntExact(drawn.values()));
        program.add(drawing::run, draws);
        mask = recording.convert(draws, drawn, layout);
        Tensor y = program.tensor(layout);
        program.add(new ElementwiseCall(layout.values()).product(), source.tensor(), mask, y);
        recording.values().put(layer.name(), new Value(layout, y, source.differentiated()));
    }

    private final class Drawing {
        private final float[] values;
        private FloatBuffer floats;

        Drawing(Tensor draws, int length) {
            values = new float[length];
            recording.program().afterPlacing(() -> floats = draws.floats());
        }

        private void run() {
            masks.fill(
                    layer.name(),
                    layer.rate(),
                    values,
                    recording.stretches(layer.name()),
                    recording.channels(layer.name()));
            floats.put(0, values, 0, values.length);
        }
    }

    @Override
    public void recordBackward() {
        Value source = recording.value(layer.input());
        if (!source.differentiated()) {
            return;
        }
        Program program = recording.program();
        Gradient.Read gradient = recording.value(layer.name()).gradient(program);
        if (layer.rate() == 0.0) {
            source.contribute(gradient.passOn(1));
            return;
        }
        Tensor result = gradient.overwritten() ? gradient.tensor() : program.tensor(layout);
        program.add(new ElementwiseCall(layout.values()).product(), gradient.tensor(), mask, result);
        source.contribute(new Gradient(result, 1));
    }

    @Override
    public void recordPreparation() {
        // There are no parameters.
    }

    @Override
    public void recordInference() {
        Value source = recording.value(layer.input());
        recording.values().put(layer.name(), new Value(layout, source.tensor(), source.differentiated()));
    }
}
