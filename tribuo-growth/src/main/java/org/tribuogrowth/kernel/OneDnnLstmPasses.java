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
import java.util.stream.IntStream;
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
    /** The slots of inference, and the first ones of the other passes. */
    private static final int[] INFERENCE = {
        dnnl.DNNL_ARG_SRC_LAYER,
        dnnl.DNNL_ARG_SRC_ITER,
        dnnl.DNNL_ARG_SRC_ITER_C,
        dnnl.DNNL_ARG_BIAS,
        dnnl.DNNL_ARG_DST_LAYER,
        dnnl.DNNL_ARG_DST_ITER,
        dnnl.DNNL_ARG_DST_ITER_C,
        dnnl.DNNL_ARG_WEIGHTS_LAYER,
        dnnl.DNNL_ARG_WEIGHTS_ITER
    };

    /** What training has besides. */
    private static final int[] TRAINING = {dnnl.DNNL_ARG_WORKSPACE};

    /** What the backward pass has besides what training has. */
    private static final int[] BACKWARD = {
        dnnl.DNNL_ARG_DIFF_SRC_LAYER,
        dnnl.DNNL_ARG_DIFF_SRC_ITER,
        dnnl.DNNL_ARG_DIFF_SRC_ITER_C,
        dnnl.DNNL_ARG_DIFF_DST_LAYER,
        dnnl.DNNL_ARG_DIFF_DST_ITER,
        dnnl.DNNL_ARG_DIFF_DST_ITER_C,
        dnnl.DNNL_ARG_DIFF_WEIGHTS_LAYER,
        dnnl.DNNL_ARG_DIFF_WEIGHTS_ITER,
        dnnl.DNNL_ARG_DIFF_BIAS
    };

    /**
     * The forward pass that no backward pass follows.
     *
     * @return The pass, to be bound to: input, hidden and cell state, bias, output, last hidden and last cell state; run
     *         with: input weights, recurrent weights.
     */
    OneDnnPass inference() {
        return pass("lstm inference", () -> forward(dnnl.dnnl_forward_inference), INFERENCE);
    }

    /**
     * The forward pass in training.
     *
     * @return The pass, to be bound to: what {@link #inference} is bound to; in slot 9 the workspace; run with: input
     *         weights, recurrent weights.
     */
    OneDnnPass training() {
        return pass("lstm training", this::trainingPrimitive, concatenation(INFERENCE, TRAINING));
    }

    /**
     * The backward pass.
     *
     * @return The pass, to be bound to: what {@link #training} is bound to; from slot 10 on the gradients of input,
     *         hidden and cell state, output, last hidden and last cell state; run with: input weights, recurrent weights
     *         and the gradients of input weights, recurrent weights and bias.
     */
    OneDnnPass backward() {
        OneDnnPass pass =
                pass("lstm backward", this::backwardPrimitive, concatenation(INFERENCE, TRAINING, BACKWARD));
        // oneDNN adds to these three.
        try (dnnl_memory_desc_t inputWeights = inputWeights(dnnl.dnnl_ldgoi);
                dnnl_memory_desc_t recurrentWeights = recurrentWeights(dnnl.dnnl_ldgoi);
                dnnl_memory_desc_t bias = bias()) {
            pass.reorder(
                    OneDnnPass.Access.ADD,
                    16,
                    dnnl.DNNL_ARG_DIFF_WEIGHTS_LAYER,
                    inputWeights,
                    key("lstm gradient of input weights"));
            pass.reorder(
                    OneDnnPass.Access.ADD,
                    17,
                    dnnl.DNNL_ARG_DIFF_WEIGHTS_ITER,
                    recurrentWeights,
                    key("lstm gradient of recurrent weights"));
            pass.reorder(OneDnnPass.Access.ADD, 18, dnnl.DNNL_ARG_DIFF_BIAS, bias, key("lstm gradient of bias"));
        }
        return pass;
    }

    private OneDnnPass pass(String name, Supplier<OneDnnPrimitive> compiler, int[] numbers) {
        OneDnnPass pass = new OneDnnPass(new OneDnnOperation(key(name), compiler, numbers));
        try (dnnl_memory_desc_t inputWeights = inputWeights(dnnl.dnnl_ldgoi);
                dnnl_memory_desc_t recurrentWeights = recurrentWeights(dnnl.dnnl_ldgoi)) {
            pass.reorder(
                    OneDnnPass.Access.READ,
                    7,
                    dnnl.DNNL_ARG_WEIGHTS_LAYER,
                    inputWeights,
                    key(name + " input weights"));
            pass.reorder(
                    OneDnnPass.Access.READ,
                    8,
                    dnnl.DNNL_ARG_WEIGHTS_ITER,
                    recurrentWeights,
                    key(name + " recurrent weights"));
        }
        return pass;
    }

    private OneDnnPrimitive trainingPrimitive() {
        return forward(dnnl.dnnl_forward_training);
    }

    private OneDnnPrimitive forward(int propagation) {
        dnnl_rnn_desc_t operation = new dnnl_rnn_desc_t();
        OneDnnLibrary.check(
                dnnl.dnnl_lstm_forward_desc_init(
                        operation,
                        propagation,
                        dnnl.dnnl_unidirectional_left2right,
                        input(),
                        state(),
                        state(),
                        inputWeights(dnnl.dnnl_format_tag_any),
                        recurrentWeights(dnnl.dnnl_format_tag_any),
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
                            inputWeights(dnnl.dnnl_format_tag_any),
                            recurrentWeights(dnnl.dnnl_format_tag_any),
                            bias(),
                            output(),
                            state(),
                            state(),
                            input(),
                            state(),
                            state(),
                            inputWeights(dnnl.dnnl_format_tag_any),
                            recurrentWeights(dnnl.dnnl_format_tag_any),
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

    private dnnl_memory_desc_t inputWeights(int tag) {
        return OneDnnLayouts.of(tag, 1, 1, geometry.inputs(), LstmGeometry.GATES, geometry.units());
    }

    private dnnl_memory_desc_t recurrentWeights(int tag) {
        return OneDnnLayouts.of(tag, 1, 1, geometry.units(), LstmGeometry.GATES, geometry.units());
    }

    private dnnl_memory_desc_t bias() {
        return OneDnnLayouts.of(dnnl.dnnl_ldgo, 1, 1, LstmGeometry.GATES, geometry.units());
    }

    private static int[] concatenation(int[]... parts) {
        return Arrays.stream(parts).flatMapToInt(IntStream::of).toArray();
    }

    private OneDnnPrimitives.Key key(String operation) {
        return new OneDnnPrimitives.Key(operation, false, geometry);
    }
}
