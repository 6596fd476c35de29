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

/** Where a sparse product finds its input or puts its output: a Java array or native memory. */
interface SparseMemory {
    /** Copies {@code count} floats from {@code index} on into {@code values}, from its first element on. */
    void read(long index, float[] values, int count);

    /** Copies the first {@code count} elements of {@code values} to {@code index}. */
    void write(long index, float[] values, int count);

    /** A Java array. */
    record Heap(float[] array) implements SparseMemory {
        @Override
        public void read(long index, float[] values, int count) {
            System.arraycopy(array, (int) index, values, 0, count);
        }

        @Override
        public void write(long index, float[] values, int count) {
            System.arraycopy(values, 0, array, (int) index, count);
        }
    }

    /** Native memory. */
    record Host(long address, long length) implements SparseMemory {
        @Override
        public void read(long index, float[] values, int count) {
            new HostFloats(address + index * Float.BYTES, length - index).read(0, values, 0, count);
        }

        @Override
        public void write(long index, float[] values, int count) {
            new HostFloats(address + index * Float.BYTES, length - index).write(0, values, count);
        }
    }
}
