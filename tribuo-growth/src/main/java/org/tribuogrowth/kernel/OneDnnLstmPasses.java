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

import java.util.Arrays;
import java.util.function.Supplier;
import org.bytedeco.dnnl.dnnl_memory_desc_t;
import org.bytedeco.dnnl.dnnl_rnn_desc_t;
import org.bytedeco.dnnl.global.dnnl;
import org.tribuogrowth.onednn.OneDnnLayouts;
import org.tribuogrowth.onednn.OneDnnLibrary;
import org.tribuogrowth.onednn.OneDnnOperation;
import org.tribuogrowth.onednn.OneDnnPrimitive;
import org.tribuogrowth.onednn.OneDnnPrimitives;

/**
 * The passes of a long short-term memory in oneDNN. The plain layouts are oneDNN's {@code tnc} and {@code ldgoi}, with
 * its order of gates. All passes have a state before the first and one after the last step: fewer variants to compile,
 * at the price of a step's state to copy.
 *
 * @param geometry The shape.
 */
record OneDnnLstmPasses(LstmGeometry geometry) {
    /** The arguments, in the order of their slots. Inference has those up to the recurrent weights. */
    enum Slot {
        INPUT(dnnl.DNNL_ARG_SRC_LAYER),
        FIRST_HIDDEN(dnnl.DNNL_ARG_SRC_ITER),
        FIRST_CELL(dnnl.DNNL_ARG_SRC_ITER_C),
        BIAS(dnnl.DNNL_ARG_BIAS),
        OUTPUT(dnnl.DNNL_ARG_DST_LAYER),
        LAST_HIDDEN(dnnl.DNNL_ARG_DST_ITER),
        LAST_CELL(dnnl.DNNL_ARG_DST_ITER_C),
        INPUT_WEIGHTS(dnnl.DNNL_ARG_WEIGHTS_LAYER),
        RECURRENT_WEIGHTS(dnnl.DNNL_ARG_WEIGHTS_ITER),
        /** What training leaves for the backward pass. */
        WORKSPACE(dnnl.DNNL_ARG_WORKSPACE),
        INPUT_GRADIENT(dnnl.DNNL_ARG_DIFF_SRC_LAYER),
        FIRST_HIDDEN_GRADIENT(dnnl.DNNL_ARG_DIFF_SRC_ITER),
        FIRST_CELL_GRADIENT(dnnl.DNNL_ARG_DIFF_SRC_ITER_C),
        OUTPUT_GRADIENT(dnnl.DNNL_ARG_DIFF_DST_LAYER),
        LAST_HIDDEN_GRADIENT(dnnl.DNNL_ARG_DIFF_DST_ITER),
        LAST_CELL_GRADIENT(dnnl.DNNL_ARG_DIFF_DST_ITER_C),
        INPUT_WEIGHTS_GRADIENT(dnnl.DNNL_ARG_DIFF_WEIGHTS_LAYER),
        RECURRENT_WEIGHTS_GRADIENT(dnnl.DNNL_ARG_DIFF_WEIGHTS_ITER),
        BIAS_GRADIENT(dnnl.DNNL_ARG_DIFF_BIAS);

        private final int number;

        Slot(int number) {
            this.number = number;
        }

        private static int[] numbersUpTo(Slot last) {
            return Arrays.stream(values())
                    .limit(last.ordinal() + 1L)
                    .mapToInt(slot -> slot.number)
                    .toArray();
        }
    }

    /**
     * The forward pass that no backward pass follows.
     *
     * @return The pass, run with: input weights, recurrent weights.
     */
    OneDnnPass inference() {
        return pass("lstm inference", () -> forward(dnnl.dnnl_forward_inference), Slot.RECURRENT_WEIGHTS);
    }

    /**
     * The forward pass in training.
     *
     * @return The pass, run with: input weights, recurrent weights.
     */
    OneDnnPass training() {
        return pass("lstm training", this::trainingPrimitive, Slot.WORKSPACE);
    }

    /**
     * The backward pass.
     *
     * @return The pass, run with: input weights, recurrent weights, the gradients of input weights, of recurrent weights
     *         and of the bias.
     */
    OneDnnPass backward() {
        OneDnnPass pass = pass("lstm backward", this::backwardPrimitive, Slot.BIAS_GRADIENT);
        // To these three oneDNN adds.
        reorder(pass, OneDnnPass.Access.ADD, Slot.INPUT_WEIGHTS_GRADIENT, "lstm backward", plainInputWeights());
        reorder(pass, OneDnnPass.Access.ADD, Slot.RECURRENT_WEIGHTS_GRADIENT, "lstm backward", plainRecurrentWeights());
        reorder(pass, OneDnnPass.Access.ADD, Slot.BIAS_GRADIENT, "lstm backward", bias());
        return pass;
    }

    private OneDnnPass pass(String name, Supplier<OneDnnPrimitive> compiler, Slot last) {
        OneDnnPass pass = new OneDnnPass(new OneDnnOperation(key(name), compiler, Slot.numbersUpTo(last)));
        reorder(pass, OneDnnPass.Access.READ, Slot.INPUT_WEIGHTS, name, plainInputWeights());
        reorder(pass, OneDnnPass.Access.READ, Slot.RECURRENT_WEIGHTS, name, plainRecurrentWeights());
        return pass;
    }

    private void reorder(OneDnnPass pass, OneDnnPass.Access access, Slot slot, String name, dnnl_memory_desc_t plain) {
        try {
            pass.reorder(access, slot.ordinal(), slot.number, plain, key(name + " " + slot));
        } finally {
            plain.close();
        }
    }

    private OneDnnPrimitive trainingPrimitive() {
        return forward(dnnl.dnnl_forward_training);
    }

    private OneDnnPrimitive forward(int propagation) {
        dnnl_rnn_desc_t operation = new dnnl_rnn_desc_t();
        int tag = forwardWeights(propagation);
        OneDnnLibrary.check(
                dnnl.dnnl_lstm_forward_desc_init(
                        operation,
                        propagation,
                        dnnl.dnnl_unidirectional_left2right,
                        input(),
                        state(),
                        state(),
                        weights(tag, geometry.inputs()),
                        weights(tag, geometry.units()),
                        bias(),
                        output(),
                        state(),
                        state(),
                        dnnl.dnnl_rnn_flags_undef),
                "dnnl_lstm_forward_desc_init for " + geometry);
        return OneDnnPrimitive.of("forward pass of " + geometry, operation, null);
    }

    private OneDnnPrimitive backwardPrimitive() {
        OneDnnPrimitives primitives = OneDnnLibrary.instance().primitives();
        OneDnnPrimitives.Key key = key("lstm training");
        OneDnnPrimitive forward = primitives.acquire(key, this::trainingPrimitive);
        try {
            dnnl_rnn_desc_t operation = new dnnl_rnn_desc_t();
            OneDnnLibrary.check(
                    dnnl.dnnl_lstm_backward_desc_init(
                            operation,
                            dnnl.dnnl_backward,
                            dnnl.dnnl_unidirectional_left2right,
                            input(),
                            state(),
                            state(),
                            chosenWeights(geometry.inputs()),
                            chosenWeights(geometry.units()),
                            bias(),
                            output(),
                            state(),
                            state(),
                            input(),
                            state(),
                            state(),
                            chosenWeights(geometry.inputs()),
                            chosenWeights(geometry.units()),
                            bias(),
                            output(),
                            state(),
                            state(),
                            dnnl.dnnl_rnn_flags_undef),
                    "dnnl_lstm_backward_desc_init for " + geometry);
            return OneDnnPrimitive.of("backward pass of " + geometry, operation, forward);
        } finally {
            primitives.release(key);
        }
    }

    private dnnl_memory_desc_t input() {
        return OneDnnLayouts.of(dnnl.dnnl_tnc, geometry.steps(), geometry.batch(), geometry.inputs());
    }

    private dnnl_memory_desc_t output() {
        return OneDnnLayouts.of(dnnl.dnnl_tnc, geometry.steps(), geometry.batch(), geometry.units());
    }

    private dnnl_memory_desc_t state() {
        return OneDnnLayouts.of(dnnl.dnnl_ldnc, 1, 1, geometry.batch(), geometry.units());
    }

    /**
     * The layout of a forward pass's weights. For inference oneDNN would choose a blocked one, and with it code that
     * takes half as long again as that for plain weights if there is only one row.
     */
    private int forwardWeights(int propagation) {
        return propagation == dnnl.dnnl_forward_inference && geometry.batch() == 1
                ? dnnl.dnnl_ldigo
                : dnnl.dnnl_format_tag_any;
    }

    private dnnl_memory_desc_t plainInputWeights() {
        return weights(dnnl.dnnl_ldgoi, geometry.inputs());
    }

    private dnnl_memory_desc_t plainRecurrentWeights() {
        return weights(dnnl.dnnl_ldgoi, geometry.units());
    }

    /** Weights in the layout that oneDNN likes best. */
    private dnnl_memory_desc_t chosenWeights(int features) {
        return weights(dnnl.dnnl_format_tag_any, features);
    }

    private dnnl_memory_desc_t weights(int tag, int features) {
        return OneDnnLayouts.of(tag, 1, 1, features, LstmGeometry.GATES, geometry.units());
    }

    private dnnl_memory_desc_t bias() {
        return OneDnnLayouts.of(dnnl.dnnl_ldgo, 1, 1, LstmGeometry.GATES, geometry.units());
    }

    private OneDnnPrimitives.Key key(String operation) {
        return new OneDnnPrimitives.Key(operation, false, geometry);
    }
}
