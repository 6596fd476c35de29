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
 * Some channels of images, copied from or to images of those channels alone.
 *
 * @param whole        The images with all channels.
 * @param part         The images with some of them, of the same height, width and number.
 * @param firstChannel Which channel of the whole is the part's first; a multiple of the blocks of the whole's layout, as is
 *                     the part's number of channels.
 */
public record SliceCall(TensorLayout whole, TensorLayout part, int firstChannel) {
    /**
     * The copy to the whole, whose other channels stay as they are.
     *
     * @return The operation on: part, whole.
     */
    public OneDnnOperation into() {
        return new OneDnnOperation(
                new OneDnnPrimitives.Key("copy to channels", false, this),
                () -> OneDnnPrimitive.reorder(alone(), slice()),
                dnnl.DNNL_ARG_FROM,
                dnnl.DNNL_ARG_TO);
    }

    /**
     * The copy from the whole.
     *
     * @return The operation on: whole, part.
     */
    public OneDnnOperation outOf() {
        return new OneDnnOperation(
                new OneDnnPrimitives.Key("copy of channels", false, this),
                () -> OneDnnPrimitive.reorder(slice(), alone()),
                dnnl.DNNL_ARG_FROM,
                dnnl.DNNL_ARG_TO);
    }

    /** Whether the channels of an image are one piece of memory, which oneDNN copies faster if it is not told of blocks. */
    private boolean inOnePiece() {
        return part.layout() == whole.layout() && whole.layout().stored(1) > 1;
    }

    private dnnl_memory_desc_t alone() {
        return inOnePiece() ? OneDnnLayouts.of(dnnl.dnnl_ab, part.batch(), values(part)) : part.descriptor();
    }

    private dnnl_memory_desc_t slice() {
        dnnl_memory_desc_t slice = new dnnl_memory_desc_t();
        dnnl_memory_desc_t all =
                inOnePiece() ? OneDnnLayouts.of(dnnl.dnnl_ab, whole.batch(), values(whole)) : whole.descriptor();
        long[] sizes = inOnePiece()
                ? new long[] {part.batch(), values(part)}
                : new long[] {part.batch(), part.channels(), part.height(), part.width()};
        long[] offsets = inOnePiece()
                ? new long[] {0, (long) firstChannel * whole.height() * whole.width()}
                : new long[] {0, firstChannel, 0, 0};
        OneDnnLibrary.check(
                dnnl.dnnl_memory_desc_init_submemory(slice, all, sizes, offsets),
                "dnnl_memory_desc_init_submemory for " + this);
        return slice;
    }

    private static long values(TensorLayout layout) {
        return layout.values() / layout.batch();
    }
}
