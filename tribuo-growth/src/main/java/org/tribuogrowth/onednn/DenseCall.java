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

import java.util.function.UnaryOperator;
import org.bytedeco.dnnl.dnnl_inner_product_desc_t;
import org.bytedeco.dnnl.dnnl_memory_desc_t;
import org.bytedeco.dnnl.global.dnnl;

/**
 * A fully connected product, all its passes. Weights are given as [outputs, inputs].
 *
 * @param batch   The number of rows.
 * @param inputs  The length of an input row.
 * @param outputs The length of an output row.
 */
public record DenseCall(int batch, int inputs, int outputs) implements AffineCall {
    @Override
    public OneDnnOperation forward(boolean training, boolean biased, PostOperation after) {
        int[] arguments = biased
                ? new int[] {dnnl.DNNL_ARG_SRC, dnnl.DNNL_ARG_WEIGHTS, dnnl.DNNL_ARG_DST, dnnl.DNNL_ARG_BIAS}
                : new int[] {dnnl.DNNL_ARG_SRC, dnnl.DNNL_ARG_WEIGHTS, dnnl.DNNL_ARG_DST};
        return new OneDnnOperation(
                key("forward " + training + after, biased), () -> compileForward(training, biased, after), arguments);
    }

    @Override
    public OneDnnOperation backwardData() {
        return new OneDnnOperation(
                key("backward data", false),
                () -> withForward(false, this::compileBackwardData),
                dnnl.DNNL_ARG_DIFF_DST,
                dnnl.DNNL_ARG_WEIGHTS,
                dnnl.DNNL_ARG_DIFF_SRC);
    }

    @Override
    public OneDnnOperation backwardWeights(boolean biased) {
        int[] arguments = biased
                ? new int[] {
                    dnnl.DNNL_ARG_SRC, dnnl.DNNL_ARG_DIFF_DST, dnnl.DNNL_ARG_DIFF_WEIGHTS, dnnl.DNNL_ARG_DIFF_BIAS
                }
                : new int[] {dnnl.DNNL_ARG_SRC, dnnl.DNNL_ARG_DIFF_DST, dnnl.DNNL_ARG_DIFF_WEIGHTS};
        return new OneDnnOperation(
                key("backward weights", biased),
                () -> withForward(biased, forward -> compileBackwardWeights(forward, biased)),
                arguments);
    }

    @Override
    public WeightPacking packWeights(OneDnnOperation pass) {
        return WeightPacking.forReading(plainWeights(), plainWeights(), pass, key("pack", false));
    }

    @Override
    public WeightPacking unpackWeights(OneDnnOperation pass) {
        return WeightPacking.forWriting(plainWeights(), pass, key("unpack", false));
    }

    private OneDnnPrimitive compileForward(boolean training, boolean biased, PostOperation after) {
        dnnl_inner_product_desc_t operation = new dnnl_inner_product_desc_t();
        OneDnnLibrary.check(
                dnnl.dnnl_inner_product_forward_desc_init(
                        operation,
                        training ? dnnl.dnnl_forward_training : dnnl.dnnl_forward_inference,
                        input(),
                        weights(dnnl.dnnl_format_tag_any),
                        bias(biased),
                        output()),
                "dnnl_inner_product_forward_desc_init for " + this);
        return OneDnnPrimitive.of("forward pass of " + this, operation, null, after::append);
    }

    private OneDnnPrimitive compileBackwardData(OneDnnPrimitive forward) {
        dnnl_inner_product_desc_t operation = new dnnl_inner_product_desc_t();
        OneDnnLibrary.check(
                dnnl.dnnl_inner_product_backward_data_desc_init(
                        operation, input(), weights(dnnl.dnnl_format_tag_any), output()),
                "dnnl_inner_product_backward_data_desc_init for " + this);
        return OneDnnPrimitive.of("backward pass to the input of " + this, operation, forward);
    }

    private OneDnnPrimitive compileBackwardWeights(OneDnnPrimitive forward, boolean biased) {
        dnnl_inner_product_desc_t operation = new dnnl_inner_product_desc_t();
        OneDnnLibrary.check(
                dnnl.dnnl_inner_product_backward_weights_desc_init(
                        operation, input(), weights(dnnl.dnnl_format_tag_any), bias(biased), output()),
                "dnnl_inner_product_backward_weights_desc_init for " + this);
        return OneDnnPrimitive.of("backward pass to the weights of " + this, operation, forward);
    }

    private OneDnnPrimitive withForward(boolean biased, UnaryOperator<OneDnnPrimitive> compileBackward) {
        OneDnnPrimitives primitives = OneDnnLibrary.instance().primitives();
        OneDnnPrimitives.Key key = key("forward true" + PostOperation.NONE, biased);
        OneDnnPrimitive forward = primitives.acquire(key, () -> compileForward(true, biased, PostOperation.NONE));
        try {
            return compileBackward.apply(forward);
        } finally {
            primitives.release(key);
        }
    }

    @Override
    public dnnl_memory_desc_t plainWeights() {
        return weights(dnnl.dnnl_ab);
    }

    private dnnl_memory_desc_t input() {
        return OneDnnLayouts.of(dnnl.dnnl_ab, batch, inputs);
    }

    private dnnl_memory_desc_t output() {
        return OneDnnLayouts.of(dnnl.dnnl_ab, batch, outputs);
    }

    private dnnl_memory_desc_t weights(int tag) {
        return OneDnnLayouts.of(tag, outputs, inputs);
    }

    private dnnl_memory_desc_t bias(boolean biased) {
        return biased ? OneDnnLayouts.of(dnnl.dnnl_x, outputs) : OneDnnLayouts.none();
    }

    private OneDnnPrimitives.Key key(String pass, boolean variant) {
        return new OneDnnPrimitives.Key("dense " + pass, variant, this);
    }
}
