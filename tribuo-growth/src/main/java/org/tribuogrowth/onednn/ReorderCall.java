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

import org.bytedeco.dnnl.global.dnnl;

/**
 * A change of layout.
 *
 * @param from What is read.
 * @param to   What is written, of the same shape.
 */
public record ReorderCall(TensorLayout from, TensorLayout to) {
    /**
     * The operation.
     *
     * @return The operation on: source, destination.
     */
    public OneDnnOperation operation() {
        return new OneDnnOperation(
                new OneDnnPrimitives.Key("reorder", false, this),
                () -> OneDnnPrimitive.reorder(from.descriptor(), to.descriptor()),
                dnnl.DNNL_ARG_FROM,
                dnnl.DNNL_ARG_TO);
    }
}
