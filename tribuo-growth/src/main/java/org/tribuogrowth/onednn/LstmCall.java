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

package org.tribuogrowth.onednn;

import java.util.Arrays;
import org.bytedeco.dnnl.dnnl_memory_desc_t;
import org.bytedeco.dnnl.dnnl_rnn_desc_t;
import org.bytedeco.dnnl.global.dnnl;

/**
 * A layer of long short-term memory, all its passes. Sequences are [steps, batch, features]; weights are given as [gates,
 * units, features], with oneDNN's order of gates: input, forget, candidate, output. All passes have a state before the
 * first and one after the last step: fewer variants to compile, at the price of a step's state to copy.
 *
 * @param steps  The length of the sequences.
 * @param batch  The number of sequences.
 * @param inputs The input features of a step.
 * @param units  The hidden units.
 */
public record LstmCall(int steps, int batch, int inputs, int units) {
    /** How many gates a unit has, the candidate counted as one. */
    public static final int GATES = 4;

    /** The arguments, in the order of their slots. Inference has those up to the recurrent weights. */
    public enum Slot {
        /** The input, [steps, batch, inputs]. */
        INPUT(dnnl.DNNL_ARG_SRC_LAYER),
        /** The hidden state before the first step, [batch, units]. */
        FIRST_HIDDEN(dnnl.DNNL_ARG_SRC_ITER),
        /** The cell state before the first step. */
        FIRST_CELL(dnnl.DNNL_ARG_SRC_ITER_C),
        /** The bias, [gates, units]. */
        BIAS(dnnl.DNNL_ARG_BIAS),
        /** The hidden states of all steps, [steps, batch, units]. */
        OUTPUT(dnnl.DNNL_ARG_DST_LAYER),
        /** The hidden state after the last step. */
        LAST_HIDDEN(dnnl.DNNL_ARG_DST_ITER),
        /** The cell state after the last step. */
        LAST_CELL(dnnl.DNNL_ARG_DST_ITER_C),
        /** The weights that read the input, in the pass's layout. */
        INPUT_WEIGHTS(dnnl.DNNL_ARG_WEIGHTS_LAYER),
        /** The weights that read the hidden state, in the pass's layout. */
        RECURRENT_WEIGHTS(dnnl.DNNL_ARG_WEIGHTS_ITER),
        /** What training leaves for the backward pass. */
        WORKSPACE(dnnl.DNNL_ARG_WORKSPACE),
        /** The gradient of the input. */
        INPUT_GRADIENT(dnnl.DNNL_ARG_DIFF_SRC_LAYER),
        /** The gradient of the hidden state before the first step. */
        FIRST_HIDDEN_GRADIENT(dnnl.DNNL_ARG_DIFF_SRC_ITER),
        /** The gradient of the cell state before the first step. */
        FIRST_CELL_GRADIENT(dnnl.DNNL_ARG_DIFF_SRC_ITER_C),
        /** The gradient of the hidden states of all steps. */
        OUTPUT_GRADIENT(dnnl.DNNL_ARG_DIFF_DST_LAYER),
        /** The gradient of the hidden state after the last step. */
        LAST_HIDDEN_GRADIENT(dnnl.DNNL_ARG_DIFF_DST_ITER),
        /** The gradient of the cell state after the last step. */
        LAST_CELL_GRADIENT(dnnl.DNNL_ARG_DIFF_DST_ITER_C),
        /** The gradient of the weights that read the input, which oneDNN adds to. */
        INPUT_WEIGHTS_GRADIENT(dnnl.DNNL_ARG_DIFF_WEIGHTS_LAYER),
        /** The gradient of the weights that read the hidden state, which oneDNN adds to. */
        RECURRENT_WEIGHTS_GRADIENT(dnnl.DNNL_ARG_DIFF_WEIGHTS_ITER),
        /** The gradient of the bias, which oneDNN adds to. */
        BIAS_GRADIENT(dnnl.DNNL_ARG_DIFF_BIAS);

        private final int number;

        Slot(int number) {
            this.number = number;
        }

        /**
         * oneDNN's number of the argument.
         *
         * @return A DNNL_ARG number.
         */
        public int number() {
            return number;
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
     * @return The operation, with the slots up to {@link Slot#RECURRENT_WEIGHTS}.
     */
    public OneDnnOperation inference() {
        return new OneDnnOperation(
                key("inference"), () -> forward(dnnl.dnnl_forward_inference), Slot.numbersUpTo(Slot.RECURRENT_WEIGHTS));
    }

    /**
     * The forward pass in training.
     *
     * @return The operation, with the slots up to {@link Slot#WORKSPACE}.
     */
    public OneDnnOperation training() {
        return new OneDnnOperation(key("training"), this::trainingPrimitive, Slot.numbersUpTo(Slot.WORKSPACE));
    }

    /**
     * The backward pass.
     *
     * @return The operation, with all slots.
     */
    public OneDnnOperation backward() {
        return new OneDnnOperation(key("backward"), this::backwardPrimitive, Slot.numbersUpTo(Slot.BIAS_GRADIENT));
    }

    /**
     * The packing of weights for a pass.
     *
     * @param pass One of the passes.
     * @param slot {@link Slot#INPUT_WEIGHTS} or {@link Slot#RECURRENT_WEIGHTS}.
     * @return The packing from plain weights.
     */
    public WeightPacking packing(OneDnnOperation pass, Slot slot) {
        return WeightPacking.forReading(plainWeights(slot), slot.number, pass, key("pack " + slot));
    }

    /**
     * The unpacking of the gradients of weights.
     *
     * @param backward The backward pass.
     * @param slot     {@link Slot#INPUT_WEIGHTS_GRADIENT} or {@link Slot#RECURRENT_WEIGHTS_GRADIENT}.
     * @return The unpacking to plain gradients.
     */
    public WeightPacking unpacking(OneDnnOperation backward, Slot slot) {
        return WeightPacking.forWriting(plainWeights(slot), slot.number, backward, key("unpack " + slot));
    }

    /**
     * The size of what training leaves for the backward pass.
     *
     * @param training The forward pass in training.
     * @return The number of bytes.
     */
    public static long workspaceBytes(OneDnnOperation training) {
        return dnnl.dnnl_memory_desc_get_size(training.layout(dnnl.DNNL_ARG_WORKSPACE));
    }

    /**
     * Weights, or their gradients, as all the project keeps them.
     *
     * @param slot A slot of weights or of their gradients.
     * @return The layout, to be closed.
     */
    public dnnl_memory_desc_t plainWeights(Slot slot) {
        boolean reading = slot == Slot.INPUT_WEIGHTS || slot == Slot.INPUT_WEIGHTS_GRADIENT;
        return weights(dnnl.dnnl_ldgoi, reading ? inputs : units);
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
                        sequence(inputs),
                        state(),
                        state(),
                        weights(tag, inputs),
                        weights(tag, units),
                        bias(),
                        sequence(units),
                        state(),
                        state(),
                        dnnl.dnnl_rnn_flags_undef),
                "dnnl_lstm_forward_desc_init for " + this);
        return OneDnnPrimitive.of("forward pass of " + this, operation, null);
    }

    private OneDnnPrimitive backwardPrimitive() {
        OneDnnPrimitives primitives = OneDnnLibrary.instance().primitives();
        OneDnnPrimitives.Key key = key("training");
        OneDnnPrimitive forward = primitives.acquire(key, this::trainingPrimitive);
        try {
            dnnl_rnn_desc_t operation = new dnnl_rnn_desc_t();
            OneDnnLibrary.check(
                    dnnl.dnnl_lstm_backward_desc_init(
                            operation,
                            dnnl.dnnl_backward,
                            dnnl.dnnl_unidirectional_left2right,
                            sequence(inputs),
                            state(),
                            state(),
                            weights(dnnl.dnnl_format_tag_any, inputs),
                            weights(dnnl.dnnl_format_tag_any, units),
                            bias(),
                            sequence(units),
                            state(),
                            state(),
                            sequence(inputs),
                            state(),
                            state(),
                            weights(dnnl.dnnl_format_tag_any, inputs),
                            weights(dnnl.dnnl_format_tag_any, units),
                            bias(),
                            sequence(units),
                            state(),
                            state(),
                            dnnl.dnnl_rnn_flags_undef),
                    "dnnl_lstm_backward_desc_init for " + this);
            return OneDnnPrimitive.of("backward pass of " + this, operation, forward);
        } finally {
            primitives.release(key);
        }
    }

    /**
     * The layout of a forward pass's weights. For inference oneDNN would choose a blocked one, and with it code that
     * takes half as long again as that for plain weights if there is only one row.
     */
    private int forwardWeights(int propagation) {
        return propagation == dnnl.dnnl_forward_inference && batch == 1 ? dnnl.dnnl_ldigo : dnnl.dnnl_format_tag_any;
    }

    private dnnl_memory_desc_t sequence(int features) {
        return OneDnnLayouts.of(dnnl.dnnl_tnc, steps, batch, features);
    }

    private dnnl_memory_desc_t state() {
        return OneDnnLayouts.of(dnnl.dnnl_ldnc, 1, 1, batch, units);
    }

    private dnnl_memory_desc_t weights(int tag, int features) {
        return OneDnnLayouts.of(tag, 1, 1, features, GATES, units);
    }

    /**
     * The bias, or its gradient.
     *
     * @return The layout, to be closed.
     */
    public dnnl_memory_desc_t bias() {
        return OneDnnLayouts.of(dnnl.dnnl_ldgo, 1, 1, GATES, units);
    }

    private OneDnnPrimitives.Key key(String pass) {
        return new OneDnnPrimitives.Key("lstm " + pass, false, this);
    }
}
