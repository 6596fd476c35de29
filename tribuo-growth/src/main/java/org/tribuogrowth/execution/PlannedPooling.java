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
import org.tribuogrowth.architecture.PoolingKind;
import org.tribuogrowth.onednn.OneDnnOperation;
import org.tribuogrowth.onednn.PoolingCall;
import org.tribuogrowth.onednn.TensorLayout;

/** Pooling over windows or over the whole image. */
final class PlannedPooling implements PlannedLayer {
    private final LayerSpec layer;
    private final String input;
    private final Recording recording;
    private final TensorLayout inputLayout;
    private final TensorLayout pooledLayout;
    private final TensorLayout outputLayout;
    private final PoolingCall call;
    private Tensor places;

    PlannedPooling(LayerSpec layer, Recording recording) {
        this.layer = layer;
        this.input = layer.inputs().get(0);
        this.recording = recording;
        this.inputLayout = recording.layout(input);
        this.outputLayout = recording.layout(layer.name());
        this.pooledLayout = outputLayout.in(inputLayout.layout());
        if (layer instanceof LayerSpec.Pooling pooling) {
            call = new PoolingCall(
                    inputLayout,
                    pooledLayout,
                    pooling.kind() == PoolingKind.MAX,
                    pooling.size(),
                    pooling.size(),
                    pooling.stride(),
                    pooling.padding());
        } else {
            boolean largest = ((LayerSpec.GlobalPooling) layer).kind() == PoolingKind.MAX;
            call = new PoolingCall(inputLayout, pooledLayout, largest, inputLayout.height(), inputLayout.width(), 1, 0);
        }
    }

    @Override
    public void recordTraining() {
        record(true);
    }

    private void record(boolean training) {
        Program program = recording.program();
        Value source = recording.value(input);
        OneDnnOperation forward = call.forward(training);
        Tensor pooled = program.tensor(pooledLayout);
        if (training && call.largest()) {
            places = Tensor.planned(call.placesBytes(forward));
            program.add(forward, source.tensor(), pooled, places);
        } else {
            program.add(forward, source.tensor(), pooled);
        }
        Tensor y = recording.convert(pooled, pooledLayout, outputLayout);
        recording.values().put(layer.name(), new Value(outputLayout, y, training && source.differentiated()));
    }

    @Override
    public void recordBackward() {
        Value source = recording.value(input);
        if (!source.differentiated()) {
            return;
        }
        Program program = recording.program();
        Gradient.Read gradient = recording.value(layer.name()).gradient(program);
        Tensor dy = recording.convert(gradient.tensor(), outputLayout, pooledLayout);
        Tensor dx = program.tensor(inputLayout);
        if (call.largest()) {
            program.add(call.backward(), dy, dx, places);
        } else {
            program.add(call.backward(), dy, dx);
        }
        source.contribute(new Gradient(dx, 1));
    }

    @Override
    public void recordPreparation() {
        // There are no parameters.
    }

    @Override
    public void recordInference() {
        record(false);
    }
}
