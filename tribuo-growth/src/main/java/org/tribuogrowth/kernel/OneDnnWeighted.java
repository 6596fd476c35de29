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

import java.util.function.UnaryOperator;
import org.bytedeco.dnnl.dnnl_memory_desc_t;
import org.bytedeco.dnnl.global.dnnl;
import org.tribuogrowth.onednn.OneDnnLibrary;
import org.tribuogrowth.onednn.OneDnnOperation;
import org.tribuogrowth.onednn.OneDnnPrimitive;
import org.tribuogrowth.onednn.OneDnnPrimitives;

/**
 * What convolution and fully connected product have in common in oneDNN: three passes with weights, which oneDNN wants
 * in a layout of its own. They are reordered on every call, because the optimiser changes them between calls; beside
 * the pass itself that is cheap.
 */
final class OneDnnWeighted implements AutoCloseable {
    /** Compiles the passes of one geometry. */
    interface Compiler {
        /** The geometry, which identifies the primitives. */
        Record geometry();

        /** The layout of the caller's weights, to be closed. */
        dnnl_memory_desc_t plainWeights();

        /** Compiles the forward pass. */
        OneDnnPrimitive forward(boolean biased);

        /** Compiles the gradient of the input. */
        OneDnnPrimitive backwardData(OneDnnPrimitive forward);

        /** Compiles the gradient of the weights. */
        OneDnnPrimitive backwardWeights(OneDnnPrimitive forward, boolean biased);
    }

    private final Compiler compiler;
    private final OneDnnPass[] forward = new OneDnnPass[2];
    private final OneDnnPass[] backwardWeights = new OneDnnPass[2];
    private OneDnnPass backwardData;

    /**
     * Makes the passes of one geometry; each is compiled when it is first used.
     *
     * @param compiler Compiles them.
     */
    OneDnnWeighted(Compiler compiler) {
        this.compiler = compiler;
        OneDnnLibrary.instance().scratch().kernelOpened();
    }

    /**
     * Computes the output.
     *
     * @param x    The input's address.
     * @param w    The weights' address.
     * @param bias The bias's address, 0 for none.
     * @param y    The output's address.
     */
    void forward(long x, long w, long bias, long y) {
        int biased = bias == 0 ? 0 : 1;
        if (forward[biased] == null) {
            forward[biased] = forwardPass(biased == 1);
        }
        OneDnnPass pass = forward[biased];
        pass.operation().bind(0, x).bind(1, y);
        if (biased == 1) {
            pass.operation().bind(3, bias);
        }
        pass.run(w);
    }

    /**
     * Computes the gradient of the input.
     *
     * @param w  The weights' address.
     * @param dy The address of the output's gradient.
     * @param dx The address of the input's gradient.
     */
    void backwardData(long w, long dy, long dx) {
        if (backwardData == null) {
            backwardData = backwardDataPass();
        }
        backwardData.operation().bind(0, dy).bind(1, dx);
        backwardData.run(w);
    }

    /**
     * Computes the gradients of weights and bias.
     *
     * @param x     The input's address.
     * @param dy    The address of the output's gradient.
     * @param dw    The address of the weights' gradient.
     * @param dBias The address of the bias's gradient, 0 for none.
     */
    void backwardWeights(long x, long dy, long dw, long dBias) {
        int biased = dBias == 0 ? 0 : 1;
        if (backwardWeights[biased] == null) {
            backwardWeights[biased] = backwardWeightsPass(biased == 1);
        }
        OneDnnPass pass = backwardWeights[biased];
        pass.operation().bind(0, x).bind(1, dy);
        if (biased == 1) {
            pass.operation().bind(3, dBias);
        }
        pass.run(dw);
    }

    private OneDnnPass forwardPass(boolean biased) {
        int[] numbers = biased
                ? new int[] {dnnl.DNNL_ARG_SRC, dnnl.DNNL_ARG_DST, dnnl.DNNL_ARG_WEIGHTS, dnnl.DNNL_ARG_BIAS}
                : new int[] {dnnl.DNNL_ARG_SRC, dnnl.DNNL_ARG_DST, dnnl.DNNL_ARG_WEIGHTS};
        OneDnnOperation operation =
                new OneDnnOperation(key("forward", biased), () -> compiler.forward(biased), numbers);
        return pass(operation, "forward", biased, dnnl.DNNL_ARG_WEIGHTS, OneDnnPass.Access.READ);
    }

    private OneDnnPass backwardDataPass() {
        OneDnnOperation operation = new OneDnnOperation(
                key("backward data", false),
                () -> withForward(compiler::backwardData),
                dnnl.DNNL_ARG_DIFF_DST,
                dnnl.DNNL_ARG_DIFF_SRC,
                dnnl.DNNL_ARG_WEIGHTS);
        return pass(operation, "backward data", false, dnnl.DNNL_ARG_WEIGHTS, OneDnnPass.Access.READ);
    }

    private OneDnnPass backwardWeightsPass(boolean biased) {
        int[] numbers = biased
                ? new int[] {
                    dnnl.DNNL_ARG_SRC, dnnl.DNNL_ARG_DIFF_DST, dnnl.DNNL_ARG_DIFF_WEIGHTS, dnnl.DNNL_ARG_DIFF_BIAS
                }
                : new int[] {dnnl.DNNL_ARG_SRC, dnnl.DNNL_ARG_DIFF_DST, dnnl.DNNL_ARG_DIFF_WEIGHTS};
        OneDnnOperation operation = new OneDnnOperation(
                key("backward weights", biased),
                () -> withForward(forwardPrimitive -> compiler.backwardWeights(forwardPrimitive, biased)),
                numbers);
        return pass(operation, "backward weights", biased, dnnl.DNNL_ARG_DIFF_WEIGHTS, OneDnnPass.Access.WRITE);
    }

    /** Compiles a backward pass, for which oneDNN wants to see the forward one. */
    private OneDnnPrimitive withForward(UnaryOperator<OneDnnPrimitive> backward) {
        OneDnnPrimitives primitives = OneDnnLibrary.instance().primitives();
        OneDnnPrimitives.Key key = key("forward", false);
        OneDnnPrimitive hint = primitives.acquire(key, () -> compiler.forward(false));
        try {
            return backward.apply(hint);
        } finally {
            primitives.release(key);
        }
    }

    private OneDnnPass pass(
            OneDnnOperation operation, String name, boolean biased, int weights, OneDnnPass.Access access) {
        OneDnnPass pass = new OneDnnPass(operation);
        dnnl_memory_desc_t plain = compiler.plainWeights();
        try {
            pass.reorder(access, 2, weights, plain, key(name + " reorder", biased));
        } finally {
            plain.close();
        }
        return pass;
    }

    private OneDnnPrimitives.Key key(String operation, boolean biased) {
        return new OneDnnPrimitives.Key(operation, biased, compiler.geometry());
    }

    @Override
    public void close() {
        for (OneDnnPass pass :
                new OneDnnPass[] {forward[0], forward[1], backwardData, backwardWeights[0], backwardWeights[1]}) {
            if (pass != null) {
                pass.close();
            }
        }
        OneDnnLibrary.instance().scratch().kernelClosed();
    }
}
