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
import org.tribuogrowth.onednn.OneDnnBuffer;
import org.tribuogrowth.onednn.OneDnnLibrary;
import org.tribuogrowth.onednn.OneDnnOperation;
import org.tribuogrowth.onednn.OneDnnPrimitive;
import org.tribuogrowth.onednn.OneDnnPrimitives;
import org.tribuogrowth.onednn.OneDnnScratch;

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

    /** One pass with the reorder of its weights, if their layouts differ. */
    private record Pass(OneDnnOperation operation, OneDnnOperation reorder, long packedBytes) implements AutoCloseable {
        @Override
        public void close() {
            operation.close();
            if (reorder != null) {
                reorder.close();
            }
        }
    }

    private static final int ALIGNMENT = 64;

    private final Compiler compiler;
    private final Pass[] forward = new Pass[2];
    private final Pass[] backwardWeights = new Pass[2];
    private Pass backwardData;

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
        Pass pass = forward[biased];
        pass.operation().bind(0, x).bind(1, y);
        if (biased == 1) {
            pass.operation().bind(3, bias);
        }
        runReading(pass, w);
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
        runReading(backwardData, w);
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
        Pass pass = backwardWeights[biased];
        pass.operation().bind(0, x).bind(1, dy);
        if (biased == 1) {
            pass.operation().bind(3, dBias);
        }
        runWriting(pass, dw);
    }

    private Pass forwardPass(boolean biased) {
        int[] numbers = biased
                ? new int[] {dnnl.DNNL_ARG_SRC, dnnl.DNNL_ARG_DST, dnnl.DNNL_ARG_WEIGHTS, dnnl.DNNL_ARG_BIAS}
                : new int[] {dnnl.DNNL_ARG_SRC, dnnl.DNNL_ARG_DST, dnnl.DNNL_ARG_WEIGHTS};
        OneDnnOperation operation =
                new OneDnnOperation(key("forward", biased), () -> compiler.forward(biased), numbers);
        return pass(operation, "forward", biased, dnnl.DNNL_ARG_WEIGHTS, true);
    }

    private Pass backwardDataPass() {
        OneDnnOperation operation = new OneDnnOperation(
                key("backward data", false),
                () -> withForward(compiler::backwardData),
                dnnl.DNNL_ARG_DIFF_DST,
                dnnl.DNNL_ARG_DIFF_SRC,
                dnnl.DNNL_ARG_WEIGHTS);
        return pass(operation, "backward data", false, dnnl.DNNL_ARG_WEIGHTS, true);
    }

    private Pass backwardWeightsPass(boolean biased) {
        int[] numbers = biased
                ? new int[] {
                    dnnl.DNNL_ARG_SRC, dnnl.DNNL_ARG_DIFF_DST, dnnl.DNNL_ARG_DIFF_WEIGHTS, dnnl.DNNL_ARG_DIFF_BIAS
                }
                : new int[] {dnnl.DNNL_ARG_SRC, dnnl.DNNL_ARG_DIFF_DST, dnnl.DNNL_ARG_DIFF_WEIGHTS};
        OneDnnOperation operation = new OneDnnOperation(
                key("backward weights", biased),
                () -> withForward(forwardPrimitive -> compiler.backwardWeights(forwardPrimitive, biased)),
                numbers);
        return pass(operation, "backward weights", biased, dnnl.DNNL_ARG_DIFF_WEIGHTS, false);
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

    private Pass pass(OneDnnOperation operation, String name, boolean biased, int weights, boolean reading) {
        dnnl_memory_desc_t plain = compiler.plainWeights();
        try {
            dnnl_memory_desc_t packed = operation.layout(weights);
            if (dnnl.dnnl_memory_desc_equal(plain, packed) != 0) {
                return new Pass(operation, null, 0);
            }
            OneDnnOperation reorder = new OneDnnOperation(
                    key(name + " reorder", biased),
                    () -> reading ? OneDnnPrimitive.reorder(plain, packed) : OneDnnPrimitive.reorder(packed, plain),
                    dnnl.DNNL_ARG_FROM,
                    dnnl.DNNL_ARG_TO);
            return new Pass(operation, reorder, aligned(dnnl.dnnl_memory_desc_get_size(packed)));
        } finally {
            plain.close();
        }
    }

    private OneDnnPrimitives.Key key(String operation, boolean biased) {
        return new OneDnnPrimitives.Key(operation, biased, compiler.geometry());
    }

    /** Runs a pass that reads weights. */
    private static void runReading(Pass pass, long weights) {
        if (pass.reorder() == null) {
            pass.operation().bind(2, weights).run();
            return;
        }
        OneDnnScratch scratch = OneDnnLibrary.instance().scratch();
        OneDnnBuffer buffer = scratch.borrow(bytes(pass));
        try {
            long packed = buffer.address();
            pass.reorder().bind(0, weights).bind(1, packed).run(packed + pass.packedBytes());
            pass.operation().bind(2, packed).run(packed + pass.packedBytes());
        } finally {
            scratch.giveBack(buffer);
        }
    }

    /** Runs a pass that writes the gradient of the weights. */
    private static void runWriting(Pass pass, long weights) {
        if (pass.reorder() == null) {
            pass.operation().bind(2, weights).run();
            return;
        }
        OneDnnScratch scratch = OneDnnLibrary.instance().scratch();
        OneDnnBuffer buffer = scratch.borrow(bytes(pass));
        try {
            long packed = buffer.address();
            pass.operation().bind(2, packed).run(packed + pass.packedBytes());
            pass.reorder().bind(0, packed).bind(1, weights).run(packed + pass.packedBytes());
        } finally {
            scratch.giveBack(buffer);
        }
    }

    private static long bytes(Pass pass) {
        return pass.packedBytes()
                + Math.max(pass.operation().scratchBytes(), pass.reorder().scratchBytes());
    }

    private static long aligned(long bytes) {
        return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    @Override
    public void close() {
        for (Pass pass : new Pass[] {forward[0], forward[1], backwardData, backwardWeights[0], backwardWeights[1]}) {
            if (pass != null) {
                pass.close();
            }
        }
        OneDnnLibrary.instance().scratch().kernelClosed();
    }
}
