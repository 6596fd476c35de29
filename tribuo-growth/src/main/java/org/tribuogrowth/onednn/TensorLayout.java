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

/**
 * The shape of a batch of images and how it lies in memory. A batch of vectors is a batch of images of one pixel.
 *
 * @param layout   The layout.
 * @param batch    The number of images.
 * @param channels The channels.
 * @param height   The height.
 * @param width    The width.
 */
public record TensorLayout(DataLayout layout, int batch, int channels, int height, int width) {
    /**
     * The same shape in another layout.
     *
     * @param other The layout.
     * @return The shape in that layout.
     */
    public TensorLayout in(DataLayout other) {
        return new TensorLayout(other, batch, channels, height, width);
    }

    /**
     * The number of values stored, those that fill up a block included.
     *
     * @return The number of floats.
     */
    public long values() {
        return (long) batch * layout.stored(channels) * height * width;
    }

    /**
     * The size in memory.
     *
     * @return The number of bytes.
     */
    public long bytes() {
        return values() * Float.BYTES;
    }

    /**
     * Whether both lie in memory in the same way, as they do in different layouts if there is one channel or one pixel
     * and nothing to fill up.
     *
     * @param other A layout of the same shape.
     * @return True if nothing need be moved.
     */
    public boolean sameMemory(TensorLayout other) {
        if (layout == other.layout) {
            return true;
        }
        boolean filled = layout.stored(channels) != channels || other.layout.stored(channels) != channels;
        return !filled && (height * width == 1 || channels == 1);
    }

    /** The oneDNN descriptor, to be closed. */
    dnnl_memory_desc_t descriptor() {
        return layout.of(batch, channels, height, width);
    }
}
