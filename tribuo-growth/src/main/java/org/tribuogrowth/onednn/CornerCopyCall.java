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
import org.bytedeco.dnnl.global.dnnl;

/**
 * A copy of the first rows and columns of matrices into the first rows and columns of others, which keep what else they
 * hold. All matrices of a side are dense, one after the other.
 *
 * @param matrices    How many matrices there are on each side.
 * @param rows        The rows copied of each.
 * @param columns     The columns copied of each.
 * @param fromRows    The rows of a matrix that is read.
 * @param fromColumns The columns of a matrix that is read.
 * @param toRows      The rows of a matrix that is written.
 * @param toColumns   The columns of a matrix that is written.
 */
public record CornerCopyCall(
        int matrices, int rows, int columns, int fromRows, int fromColumns, int toRows, int toColumns) {
    /**
     * The copy of smaller matrices into larger ones.
     *
     * @param matrices  How many there are.
     * @param rows      The rows of the smaller.
     * @param columns   The columns of the smaller.
     * @param toRows    The rows of the larger.
     * @param toColumns The columns of the larger.
     * @return The copy.
     */
    public static CornerCopyCall widening(int matrices, int rows, int columns, int toRows, int toColumns) {
        return new CornerCopyCall(matrices, rows, columns, rows, columns, toRows, toColumns);
    }

    /**
     * The same copy the other way.
     *
     * @return The copy.
     */
    public CornerCopyCall reversed() {
        return new CornerCopyCall(matrices, rows, columns, toRows, toColumns, fromRows, fromColumns);
    }

    /**
     * The operation.
     *
     * @return The operation on: source, destination.
     */
    public OneDnnOperation operation() {
        return new OneDnnOperation(
                new OneDnnPrimitives.Key("corner copy", false, this),
                this::compile,
                dnnl.DNNL_ARG_FROM,
                dnnl.DNNL_ARG_TO);
    }

    private OneDnnPrimitive compile() {
        return OneDnnPrimitive.reorder(layout(fromRows, fromColumns), layout(toRows, toColumns));
    }

    private dnnl_memory_desc_t layout(long allRows, long allColumns) {
        dnnl_memory_desc_t layout = new dnnl_memory_desc_t();
        OneDnnLibrary.check(
                dnnl.dnnl_memory_desc_init_by_strides(
                        layout, 3, new long[] {matrices, rows, columns}, dnnl.dnnl_f32, new long[] {
                            allRows * allColumns, allColumns, 1
                        }),
                "dnnl_memory_desc_init_by_strides");
        return layout;
    }
}
