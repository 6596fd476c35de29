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
import org.tribuogrowth.architecture.Activation;
import org.tribuogrowth.architecture.LayerSpec;
import org.tribuogrowth.onednn.DenseCall;
import org.tribuogrowth.onednn.ElementwiseCall;
import org.tribuogrowth.onednn.OneDnnOperation;
import org.tribuogrowth.onednn.PostOperation;
import org.tribuogrowth.onednn.TensorLayout;

/**
 * The way around a block of a plain network, {@code branch + (1 - a) * shortcut}. The gate {@code a} is in the branch's
 * parameters already. Branch and shortcut have one layout, since they have one unit group; channels that were filled up
 * are zero in both.
 */
final class PlannedBypass implements PlannedLayer {
    private final LayerSpec.Bypass layer;
    private final Recording recording;
    private final TensorLayout layout;
    /** One minus the gate. */
    private final Tensor factor;

    private FloatBuffer gate;
    private FloatBuffer factorValue;

    PlannedBypass(LayerSpec.Bypass layer, Recording recording) {
        this.layer = layer;
        this.recording = recording;
        this.layout = recording.layout(layer.name());
        this.factor = recording.program().lasting(1);
    }

    @Override
    public void recordTraining() {
        Program program = recording.program();
        program.afterPlacing(() -> {
            gate = number(recording.memory().gates(layer));
            factorValue = factor.floats();
        });
        program.add(() -> factorValue.put(0, 1.0f - gate.get(0)), factor);
        ElementwiseCall call = new ElementwiseCall(layout.values());
        Value branch = recording.value(layer.branch());
        Value shortcut = recording.value(layer.shortcut());
        Tensor y = program.tensor(layout);
        program.add(call.scaling(), shortcut.tensor(), factor, y);
        program.add(call.sum(Activation.IDENTITY), y, branch.tensor(), y);
        recording
                .values()
                .put(layer.name(), new Value(layout, y, branch.differentiated() || shortcut.differentiated()));
    }

    private static FloatBuffer number(long address) {
        return Tensor.fixed(Float.BYTES, address).floats();
    }

    @Override
    public void recordBackward() {
        Program program = recording.program();
        Value shortcut = recording.value(layer.shortcut());
        Gradient.Read gradient = recording.value(layer.name()).gradient(program);
        recordGateGradient(gradient.tensor(), shortcut.tensor());
        if (shortcut.differentiated()) {
            Tensor scaled = program.tensor(layout);
            program.add(new ElementwiseCall(layout.values()).scaling(), gradient.tensor(), factor, scaled);
            shortcut.contribute(new Gradient(scaled, 1));
        }
        recording.value(layer.branch()).contribute(gradient.passOn(1));
    }

    /** The product of the gradient and the shortcut as long vectors, negative: by how much more gate means less shortcut. */
    private void recordGateGradient(Tensor gradient, Tensor shortcut) {
        Program program = recording.program();
        DenseCall call = new DenseCall(1, Math.toIntExact(layout.values()), 1);
        OneDnnOperation product = call.forward(true, false, PostOperation.NONE);
        Tensor result = program.lasting(1);
        program.add(product, gradient, program.pack(call.packWeights(product), shortcut), result);
        GateGradient step = new GateGradient(result, recording.memory().gateGradients(layer));
        program.afterPlacing(step::open);
        program.add(step::write, result);
    }

    private static final class GateGradient {
        private final Tensor product;
        private final long address;
        private FloatBuffer source;
        private FloatBuffer target;

        GateGradient(Tensor product, long address) {
            this.product = product;
            this.address = address;
        }

        void open() {
            source = product.floats();
            target = number(address);
        }

        void write() {
            target.put(0, -source.get(0));
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
