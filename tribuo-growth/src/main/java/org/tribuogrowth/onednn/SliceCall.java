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
                () -> OneDnnPrimitive.reorder(part.descriptor(), slice()),
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
                () -> OneDnnPrimitive.reorder(slice(), part.descriptor()),
                dnnl.DNNL_ARG_FROM,
                dnnl.DNNL_ARG_TO);
    }

    private dnnl_memory_desc_t slice() {
        dnnl_memory_desc_t slice = new dnnl_memory_desc_t();
        long[] sizes = {part.batch(), part.channels(), part.height(), part.width()};
        OneDnnLibrary.check(
                dnnl.dnnl_memory_desc_init_submemory(
                        slice, whole.descriptor(), sizes, new long[] {0, firstChannel, 0, 0}),
                "dnnl_memory_desc_init_submemory for " + this);
        return slice;
    }
}
