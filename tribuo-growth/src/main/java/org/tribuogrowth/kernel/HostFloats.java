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

package org.tribuogrowth.kernel;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.tribuogrowth.onednn.NativeAddress;

/**
 * Floats in the processor's memory, copied to and from Java arrays a piece at a time. Loops over Java arrays are turned
 * into vector code, loops over direct buffers are not; so what is computed on passes through arrays small enough to
 * stay in the cache, and the memory itself is passed over once. Owns no memory. Not thread-safe.
 */
final class HostFloats {
    /** A buffer's capacity is an int, in bytes. */
    private static final long WINDOW = 1L << 28;

    private final long address;
    private final long length;
    private long start;
    private long end;
    private FloatBuffer floats;
    private IntBuffer bits;

    /**
     * Refers to memory.
     *
     * @param address Where the first float lies.
     * @param length  How many floats there are.
     */
    HostFloats(long address, long length) {
        this.address = address;
        this.length = length;
    }

    /** Copies {@code count} floats from {@code index} on into {@code values}, from its element {@code first} on. */
    void read(long index, float[] values, int first, int count) {
        int position = position(index, count);
        floats.get(position, values, first, count);
    }

    /** Copies the first {@code count} elements of {@code values} to {@code index}. */
    void write(long index, float[] values, int count) {
        int position = position(index, count);
        floats.put(position, values, 0, count);
    }

    /** Copies the bits of {@code count} floats from {@code index} on into {@code values}. */
    void readBits(long index, int[] values, int count) {
        int position = position(index, count);
        bits.get(position, values, 0, count);
    }

    /** Copies the first {@code count} elements of {@code values}, the bits of floats, to {@code index}. */
    void writeBits(long index, int[] values, int count) {
        int position = position(index, count);
        bits.put(position, values, 0, count);
    }

    /** Where an element lies in the buffers, which are moved there if need be. */
    private int position(long index, int count) {
        if (index < 0 || count > length - index) {
            throw new IndexOutOfBoundsException(
                    "Floats " + index + " to " + (index + count) + " asked for, there are " + length);
        }
        if (floats == null || index < start || index + count > end) {
            start = index;
            end = index + Math.min(WINDOW, length - index);
            Pointer first = new NativeAddress().at(address + start * Float.BYTES);
            ByteBuffer bytes =
                    new BytePointer(first).limit((end - start) * Float.BYTES).asByteBuffer();
            floats = bytes.asFloatBuffer();
            bits = bytes.asIntBuffer();
        }
        return (int) (index - start);
    }
}
