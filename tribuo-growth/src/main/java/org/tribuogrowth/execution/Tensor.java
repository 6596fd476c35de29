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

package org.tribuogrowth.execution;

import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.tribuogrowth.onednn.NativeAddress;

/**
 * A piece of native memory that operations of a {@link Program} use: planned into the program's block, which gives it
 * room from its first use to its last, or somewhere else at a fixed address.
 */
final class Tensor {
    private static final long UNKNOWN = 0;

    private final long bytes;
    private final boolean planned;
    private int first = Integer.MAX_VALUE;
    private int last = -1;
    private long address;

    private Tensor(long bytes, boolean planned, long address) {
        this.bytes = bytes;
        this.planned = planned;
        this.address = address;
    }

    static Tensor planned(long bytes) {
        return new Tensor(bytes, true, UNKNOWN);
    }

    static Tensor fixed(long bytes, long address) {
        return new Tensor(bytes, false, address);
    }

    /** Has memory from a step to another at least. */
    void use(int step) {
        first = Math.min(first, step);
        last = Math.max(last, step);
    }

    boolean isPlanned() {
        return planned && last >= 0;
    }

    MemoryPlan.Block block() {
        return new MemoryPlan.Block(bytes, first, last);
    }

    void place(long newAddress) {
        address = newAddress;
    }

    long bytes() {
        return bytes;
    }

    /** Where it lies; known once the program is complete. */
    long address() {
        if (address == UNKNOWN) {
            throw new IllegalStateException("The tensor has no place yet");
        }
        return address;
    }

    /** The memory as floats, for reading and writing by Java in bulk. */
    FloatBuffer floats() {
        try (FloatPointer pointer = new FloatPointer(new NativeAddress().at(address()))) {
            return pointer.capacity(bytes / Float.BYTES).asBuffer();
        }
    }
}
