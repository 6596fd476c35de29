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

import java.util.ArrayList;
import java.util.List;
import org.tribuogrowth.architecture.LayerSpec;
import org.tribuogrowth.onednn.SliceCall;
import org.tribuogrowth.onednn.TensorLayout;

/**
 * Images side by side. Each is copied to its channels once, in the layout of the whole; channels that it was filled up with
 * are copied too and stay zero.
 */
final class PlannedConcatenation implements PlannedLayer {
    private final LayerSpec.Concatenation layer;
    private final Recording recording;
    private final TensorLayout layout;
    private final List<SliceCall> slices = new ArrayList<>();

    PlannedConcatenation(LayerSpec.Concatenation layer, Recording recording) {
        this.layer = layer;
        this.recording = recording;
        this.layout = recording.layout(layer.name());
        int channel = 0;
        for (String input : layer.inputs()) {
            TensorLayout part = recording.layouts().part(input, layout.layout());
            slices.add(new SliceCall(layout, part, channel));
            channel += part.channels();
        }
    }

    @Override
    public void recordTraining() {
        Program program = recording.program();
        Tensor y = program.tensor(layout);
        boolean differentiated = false;
        for (int i = 0; i < slices.size(); i++) {
            Value part = recording.value(layer.inputs().get(i));
            program.add(slices.get(i).into(), part.tensor(), y);
            differentiated |= part.differentiated();
        }
        recording.values().put(layer.name(), new Value(layout, y, differentiated));
    }

    @Override
    public void recordBackward() {
        Value value = recording.value(layer.name());
        if (!value.differentiated()) {
            return;
        }
        Program program = recording.program();
        Gradient.Read gradient = value.gradient(program);
        for (int i = 0; i < slices.size(); i++) {
            Value part = recording.value(layer.inputs().get(i));
            if (part.differentiated()) {
                Tensor dx = program.tensor(part.layout());
                program.add(slices.get(i).outOf(), gradient.tensor(), dx);
                part.contribute(new Gradient(dx, 1));
            }
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
