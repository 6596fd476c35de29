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

/** How a batch of images lies in memory. */
public enum DataLayout {
    /** Batch, height, width, channels: the layout of all arrays outside an execution plan. */
    CHANNELS_LAST(dnnl.dnnl_nhwc, 1),
    /**
     * Batch, blocks of 16 channels, height, width, channels of a block. The last block is filled up with zeros, which
     * all primitives keep. The layout that Winograd's convolutions need.
     */
    BLOCKED(dnnl.dnnl_nChw16c, 16),
    /** As {@link #BLOCKED}, in blocks of 8 channels: for layers that have no more. */
    NARROW_BLOCKED(dnnl.dnnl_nChw8c, 8),
    /** Batch, channels, height, width: what the convolution of a few input channels into blocks reads. */
    PLANAR(dnnl.dnnl_nchw, 1);

    private final int tag;
    private final int block;

    DataLayout(int tag, int block) {
        this.tag = tag;
        this.block = block;
    }

    /**
     * The number of channels that memory is laid out for.
     *
     * @param channels The number of channels.
     * @return The least multiple of the block that is not smaller.
     */
    public int stored(int channels) {
        return (channels + block - 1) / block * block;
    }

    /**
     * The oneDNN descriptor.
     *
     * @param batch    The number of images.
     * @param channels The channels.
     * @param height   The height.
     * @param width    The width.
     * @return The descriptor, to be closed.
     */
    public dnnl_memory_desc_t of(long batch, long channels, long height, long width) {
        return OneDnnLayouts.of(tag, batch, channels, height, width);
    }
}
