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

package org.tribuogrowth.kernel;

import org.bytedeco.dnnl.dnnl_memory_desc_t;
import org.tribuogrowth.onednn.LstmCall;
import org.tribuogrowth.onednn.LstmCall.Slot;
import org.tribuogrowth.onednn.OneDnnOperation;
import org.tribuogrowth.onednn.OneDnnPrimitives;

/**
 * The passes of a long short-term memory in oneDNN, with weights in plain layouts.
 *
 * @param call The operations.
 */
record OneDnnLstmPasses(LstmCall call) {
    OneDnnLstmPasses(LstmGeometry geometry) {
        this(new LstmCall(geometry.steps(), geometry.batch(), geometry.inputs(), geometry.units()));
    }

    /**
     * The forward pass that no backward pass follows.
     *
     * @return The pass, run with: input weights, recurrent weights.
     */
    OneDnnPass inference() {
        return pass("lstm inference", call.inference());
    }

    /**
     * The forward pass in training.
     *
     * @return The pass, run with: input weights, recurrent weights.
     */
    OneDnnPass training() {
        return pass("lstm training", call.training());
    }

    /**
     * The backward pass.
     *
     * @return The pass, run with: input weights, recurrent weights, the gradients of input weights, of recurrent weights
     *         and of the bias.
     */
    OneDnnPass backward() {
        OneDnnPass pass = pass("lstm backward", call.backward());
        // To these three oneDNN adds.
        reorder(pass, OneDnnPass.Access.ADD, Slot.INPUT_WEIGHTS_GRADIENT, "lstm backward");
        reorder(pass, OneDnnPass.Access.ADD, Slot.RECURRENT_WEIGHTS_GRADIENT, "lstm backward");
        reorder(pass, OneDnnPass.Access.ADD, Slot.BIAS_GRADIENT, "lstm backward");
        return pass;
    }

    private OneDnnPass pass(String name, OneDnnOperation operation) {
        OneDnnPass pass = new OneDnnPass(operation);
        reorder(pass, OneDnnPass.Access.READ, Slot.INPUT_WEIGHTS, name);
        reorder(pass, OneDnnPass.Access.READ, Slot.RECURRENT_WEIGHTS, name);
        return pass;
    }

    private void reorder(OneDnnPass pass, OneDnnPass.Access access, Slot slot, String name) {
        OneDnnPrimitives.Key key = new OneDnnPrimitives.Key(name + " " + slot, false, call);
        try (dnnl_memory_desc_t plain = slot == Slot.BIAS_GRADIENT ? call.bias() : call.plainWeights(slot)) {
            pass.reorder(access, slot.ordinal(), slot.number(), plain, key);
        }
    }
}
