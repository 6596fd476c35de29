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

import org.bytedeco.dnnl.dnnl_memory_desc_t;
import org.bytedeco.dnnl.dnnl_softmax_desc_t;
import org.bytedeco.dnnl.global.dnnl;

/**
 * The softmax of each row of a matrix.
 *
 * @param rows    The number of rows.
 * @param classes The length of a row.
 */
public record SoftmaxCall(int rows, int classes) {
    private static final int CLASS_AXIS = 1;

    /**
     * The operation.
     *
     * @return The operation on: values, probabilities, which may be the same.
     */
    public OneDnnOperation forward() {
        return new OneDnnOperation(
                new OneDnnPrimitives.Key("softmax", false, this), this::compile, dnnl.DNNL_ARG_SRC, dnnl.DNNL_ARG_DST);
    }

    private OneDnnPrimitive compile() {
        dnnl_softmax_desc_t operation = new dnnl_softmax_desc_t();
        dnnl_memory_desc_t layout = OneDnnLayouts.of(dnnl.dnnl_ab, rows, classes);
        OneDnnLibrary.check(
                dnnl.dnnl_softmax_forward_desc_init(operation, dnnl.dnnl_forward_inference, layout, CLASS_AXIS),
                "dnnl_softmax_forward_desc_init for " + this);
        return OneDnnPrimitive.of("softmax of " + this, operation, null);
    }
}
