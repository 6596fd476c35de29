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
import org.bytedeco.javacpp.Pointer;

/** Makers of oneDNN memory descriptors of 32-bit floats. */
public final class OneDnnLayouts {
    private OneDnnLayouts() {}

    /**
     * A layout by oneDNN's tag.
     *
     * @param tag        The tag, {@code dnnl_format_tag_any} to let oneDNN choose.
     * @param dimensions The sizes in oneDNN's logical order: batch (or outputs), channels, height, width.
     * @return The descriptor, to be closed.
     */
    public static dnnl_memory_desc_t of(int tag, long... dimensions) {
        dnnl_memory_desc_t layout = new dnnl_memory_desc_t();
        OneDnnLibrary.check(
                dnnl.dnnl_memory_desc_init_by_tag(layout, dimensions.length, dimensions, dnnl.dnnl_f32, tag),
                "dnnl_memory_desc_init_by_tag");
        return layout;
    }

    /**
     * The layout of an argument that is not there.
     *
     * @return The descriptor, to be closed.
     */
    public static dnnl_memory_desc_t none() {
        // A zeroed descriptor; freshly allocated memory is not.
        dnnl_memory_desc_t layout = new dnnl_memory_desc_t();
        Pointer.memset(layout, 0, layout.sizeof());
        return layout;
    }
}
