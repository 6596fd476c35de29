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

package org.tribuogrowth.data;

import java.io.Serializable;

/** The values of a {@link DenseExample} in as few bytes as hold them exactly. Never changed after construction. */
sealed interface DenseValues extends Serializable {
    /** What an unsigned byte is divided by, so that a pixel is between 0 and 1. */
    double BYTE_RANGE = 255.0;

    /**
     * The number of values.
     *
     * @return The number of values.
     */
    int size();

    /**
     * The value at an index.
     *
     * @param index The index, from 0.
     * @return The value.
     */
    double get(int index);

    /**
     * Writes the values in their order.
     *
     * @param destination Where to write.
     * @param offset      Where the first value goes.
     */
    void write(float[] destination, int offset);

    /**
     * Keeps values that were computed: 4 bytes each if none loses precision by it, else 8.
     *
     * @param values The values; not copied if kept as they are.
     * @return The storage.
     */
    static DenseValues of(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
            if (Double.compare(floats[i], values[i]) != 0) {
                return new Doubles(values);
            }
        }
        return new Floats(floats);
    }

    /**
     * Pixel values of one byte.
     *
     * @param bytes The unsigned bytes; a value is byte / 255.
     */
    record Bytes(byte[] bytes) implements DenseValues {
        private static final float[] AS_FLOAT = new float[256];

        static {
            for (int i = 0; i < AS_FLOAT.length; i++) {
                AS_FLOAT[i] = (float) (i / BYTE_RANGE);
            }
        }

        @Override
        public int size() {
            return bytes.length;
        }

        @Override
        public double get(int index) {
            return (bytes[index] & 0xFF) / BYTE_RANGE;
        }

        @Override
        public void write(float[] destination, int offset) {
            for (int i = 0; i < bytes.length; i++) {
                destination[offset + i] = AS_FLOAT[bytes[i] & 0xFF];
            }
        }
    }

    /**
     * Values of 4 bytes.
     *
     * @param floats The values.
     */
    record Floats(float[] floats) implements DenseValues {
        @Override
        public int size() {
            return floats.length;
        }

        @Override
        public double get(int index) {
            return floats[index];
        }

        @Override
        public void write(float[] destination, int offset) {
            System.arraycopy(floats, 0, destination, offset, floats.length);
        }
    }

    /**
     * Values of 8 bytes.
     *
     * @param doubles The values.
     */
    record Doubles(double[] doubles) implements DenseValues {
        @Override
        public int size() {
            return doubles.length;
        }

        @Override
        public double get(int index) {
            return doubles[index];
        }

        @Override
        public void write(float[] destination, int offset) {
            for (int i = 0; i < doubles.length; i++) {
                destination[offset + i] = (float) doubles[i];
            }
        }
    }
}
