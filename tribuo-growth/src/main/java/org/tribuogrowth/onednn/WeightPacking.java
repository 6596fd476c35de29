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

import java.util.List;
import org.bytedeco.dnnl.dnnl_memory_desc_t;
import org.bytedeco.dnnl.global.dnnl;

/**
 * The steps between weights as all the project keeps them and as one pass of one layer wants them.
 *
 * @param reorders    The operations on source and destination, one after the other; none if the pass takes weights as
 *                    they are, two if oneDNN gets there only by way of a third layout.
 * @param betweenBytes The size in that third layout.
 * @param packedBytes The size in the pass's layout.
 */
public record WeightPacking(List<OneDnnOperation> reorders, long betweenBytes, long packedBytes) {
    /** Copies the list. */
    public WeightPacking {
        reorders = List.copyOf(reorders);
    }

    /** The packing from a layout, by way of another if oneDNN transforms weights from that one only; both are closed. */
    static WeightPacking forReading(
            dnnl_memory_desc_t plain, dnnl_memory_desc_t between, OneDnnOperation pass, OneDnnPrimitives.Key key) {
        try {
            dnnl_memory_desc_t packed = pass.layout(dnnl.DNNL_ARG_WEIGHTS);
            long bytes = dnnl.dnnl_memory_desc_get_size(packed);
            if (dnnl.dnnl_memory_desc_equal(plain, packed) != 0) {
                return new WeightPacking(List.of(), 0, bytes);
            }
            if (packed.format_kind() != dnnl.dnnl_format_kind_wino) {
                return new WeightPacking(List.of(reorder(plain, packed, pass, key, "")), 0, bytes);
            }
            // Weights are transformed for Winograd's algorithm from one layout only.
            return new WeightPacking(
                    List.of(
                            reorder(plain, between, pass, key, " first"),
                            reorder(between, packed, pass, key, " second")),
                    dnnl.dnnl_memory_desc_get_size(between),
                    bytes);
        } finally {
            plain.close();
            between.close();
        }
    }

    /** The packing of one of several weights of a pass, which is never by way of another layout; the plain one is closed. */
    static WeightPacking forReading(
            dnnl_memory_desc_t plain, int argument, OneDnnOperation pass, OneDnnPrimitives.Key key) {
        try {
            dnnl_memory_desc_t packed = pass.layout(argument);
            long bytes = dnnl.dnnl_memory_desc_get_size(packed);
            if (dnnl.dnnl_memory_desc_equal(plain, packed) != 0) {
                return new WeightPacking(List.of(), 0, bytes);
            }
            return new WeightPacking(List.of(reorder(plain, packed, pass, key, "")), 0, bytes);
        } finally {
            plain.close();
        }
    }

    /** The unpacking to a layout, which is closed. */
    static WeightPacking forWriting(dnnl_memory_desc_t plain, OneDnnOperation pass, OneDnnPrimitives.Key key) {
        return forWriting(plain, dnnl.DNNL_ARG_DIFF_WEIGHTS, pass, key);
    }

    /** The unpacking of one of several results of a pass to a layout, which is closed. */
    static WeightPacking forWriting(
            dnnl_memory_desc_t plain, int argument, OneDnnOperation pass, OneDnnPrimitives.Key key) {
        try {
            dnnl_memory_desc_t packed = pass.layout(argument);
            long bytes = dnnl.dnnl_memory_desc_get_size(packed);
            if (dnnl.dnnl_memory_desc_equal(plain, packed) != 0) {
                return new WeightPacking(List.of(), 0, bytes);
            }
            return new WeightPacking(List.of(reorder(packed, plain, pass, key, "")), 0, bytes);
        } finally {
            plain.close();
        }
    }

    /**
     * Whether two passes read weights in the same layout, so that packing for the first serves both.
     *
     * @param first  A pass.
     * @param second Another of the same layer.
     * @return True if they do.
     */
    public static boolean shared(OneDnnOperation first, OneDnnOperation second) {
        return dnnl.dnnl_memory_desc_equal(first.layout(dnnl.DNNL_ARG_WEIGHTS), second.layout(dnnl.DNNL_ARG_WEIGHTS))
                != 0;
    }

    private static OneDnnOperation reorder(
            dnnl_memory_desc_t from,
            dnnl_memory_desc_t to,
            OneDnnOperation pass,
            OneDnnPrimitives.Key key,
            String part) {
        // A pass is one of several with layouts of their own, so its name belongs in the key.
        return new OneDnnOperation(
                new OneDnnPrimitives.Key(key.operation() + part + " for " + pass.name(), key.variant(), key.geometry()),
                () -> OneDnnPrimitive.reorder(from, to),
                dnnl.DNNL_ARG_FROM,
                dnnl.DNNL_ARG_TO);
    }
}
