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

import org.bytedeco.dnnl.dnnl_memory;
import org.bytedeco.dnnl.dnnl_memory_desc_t;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.Pointer;

/** A block of native memory, allocated by oneDNN on the alignment it likes. */
public final class OneDnnBuffer implements AutoCloseable {
    /** What the C interface's DNNL_MEMORY_ALLOCATE stands for. */
    private static final long ALLOCATE = -1;

    private final dnnl_memory memory = new dnnl_memory();
    private final long bytes;
    private final long address;

    /**
     * Allocates and clears a block. Cleared, because stale bytes may read as denormal numbers, which are slow.
     *
     * @param bytes The size, at least 1.
     */
    public OneDnnBuffer(long bytes) {
        this.bytes = bytes;
        dnnl_memory_desc_t layout = new dnnl_memory_desc_t();
        try {
            OneDnnLibrary.check(
                    dnnl.dnnl_memory_desc_init_by_tag(layout, 1, new long[] {bytes}, dnnl.dnnl_u8, dnnl.dnnl_a),
                    "dnnl_memory_desc_init_by_tag");
            OneDnnLibrary.check(
                    dnnl.dnnl_memory_create(
                            memory, layout, OneDnnLibrary.instance().engine(), new NativeAddress().at(ALLOCATE)),
                    "dnnl_memory_create of " + bytes + " bytes");
        } finally {
            layout.close();
        }
        NativeAddress handle = new NativeAddress();
        OneDnnLibrary.check(dnnl.dnnl_memory_get_data_handle(memory, handle), "dnnl_memory_get_data_handle");
        this.address = handle.address();
        Pointer.memset(handle, 0, bytes);
    }

    /**
     * The size.
     *
     * @return The number of bytes.
     */
    public long bytes() {
        return bytes;
    }

    /**
     * Where it is.
     *
     * @return The native address.
     */
    public long address() {
        return address;
    }

    @Override
    public void close() {
        if (!memory.isNull()) {
            OneDnnLibrary.check(dnnl.dnnl_memory_destroy(memory), "dnnl_memory_destroy");
            memory.setNull();
        }
    }
}
