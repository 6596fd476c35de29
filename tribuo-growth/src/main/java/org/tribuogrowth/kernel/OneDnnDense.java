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

import org.bytedeco.dnnl.dnnl_inner_product_desc_t;
import org.bytedeco.dnnl.dnnl_memory_desc_t;
import org.bytedeco.dnnl.global.dnnl;
import org.tribuogrowth.onednn.OneDnnLayouts;
import org.tribuogrowth.onednn.OneDnnLibrary;
import org.tribuogrowth.onednn.OneDnnPrimitive;

/** Describes the three passes of an inner product to oneDNN. */
record OneDnnDense(DenseGeometry geometry) implements OneDnnWeighted.Compiler {
    @Override
    public dnnl_memory_desc_t plainWeights() {
        return weights(dnnl.dnnl_ab);
    }

    @Override
    public OneDnnPrimitive forward(boolean biased) {
        dnnl_inner_product_desc_t operation = new dnnl_inner_product_desc_t();
        OneDnnLibrary.check(
                dnnl.dnnl_inner_product_forward_desc_init(
                        operation,
                        dnnl.dnnl_forward_training,
                        input(),
                        weights(dnnl.dnnl_format_tag_any),
                        bias(biased),
                        output()),
                "dnnl_inner_product_forward_desc_init for " + geometry);
        return OneDnnPrimitive.of("forward pass of " + geometry, operation, null);
    }

    @Override
    public OneDnnPrimitive backwardData(OneDnnPrimitive forward) {
        dnnl_inner_product_desc_t operation = new dnnl_inner_product_desc_t();
        OneDnnLibrary.check(
                dnnl.dnnl_inner_product_backward_data_desc_init(
                        operation, input(), weights(dnnl.dnnl_format_tag_any), output()),
                "dnnl_inner_product_backward_data_desc_init for " + geometry);
        return OneDnnPrimitive.of("backward pass to the input of " + geometry, operation, forward);
    }

    @Override
    public OneDnnPrimitive backwardWeights(OneDnnPrimitive forward, boolean biased) {
        dnnl_inner_product_desc_t operation = new dnnl_inner_product_desc_t();
        OneDnnLibrary.check(
                dnnl.dnnl_inner_product_backward_weights_desc_init(
                        operation, input(), weights(dnnl.dnnl_format_tag_any), bias(biased), output()),
                "dnnl_inner_product_backward_weights_desc_init for " + geometry);
        return OneDnnPrimitive.of("backward pass to the weights of " + geometry, operation, forward);
    }

    private dnnl_memory_desc_t input() {
        return OneDnnLayouts.of(dnnl.dnnl_ab, geometry.batch(), geometry.inputs());
    }

    private dnnl_memory_desc_t output() {
        return OneDnnLayouts.of(dnnl.dnnl_ab, geometry.batch(), geometry.outputs());
    }

    private dnnl_memory_desc_t weights(int tag) {
        return OneDnnLayouts.of(tag, geometry.outputs(), geometry.inputs());
    }

    private dnnl_memory_desc_t bias(boolean biased) {
        return biased ? OneDnnLayouts.of(dnnl.dnnl_x, geometry.outputs()) : OneDnnLayouts.none();
    }
}
