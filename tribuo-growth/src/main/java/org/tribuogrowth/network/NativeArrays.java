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

package org.tribuogrowth.network;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.executioner.OpExecutioner;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Copies between Java arrays and ND4J arrays, on the CPU in one go and without an ND4J operation. On a GPU backend ND4J's own
 * copies are used, which keep host and device the same.
 */
final class NativeArrays {
    private static final boolean ON_HOST = Nd4j.getExecutioner().type() != OpExecutioner.ExecutionerType.CUDA;

    private NativeArrays() {}

    /** Whether ND4J's arrays are in memory that Java can address. */
    static boolean onHost() {
        return ON_HOST;
    }

    /**
     * The native memory of an ND4J array, not a copy.
     *
     * @param array A dense array of floats on the host, a view or not, of less than 2 GiB.
     * @return Its bytes in native order; valid while the array is.
     */
    static ByteBuffer bytes(INDArray array) {
        int length = Math.toIntExact(array.length() * Float.BYTES);
        try (BytePointer pointer = new BytePointer(address(array, DataType.FLOAT))) {
            return pointer.capacity(length).asByteBuffer().order(ByteOrder.nativeOrder());
        }
    }

    /**
     * Writes a Java array into an ND4J array.
     *
     * @param source      The values, at least as many as the array has.
     * @param destination A dense array in 'c' order, a view or not, float or double.
     */
    static void write(float[] source, INDArray destination) {
        int length = Math.toIntExact(destination.length());
        if (!ON_HOST) {
            float[] values = source.length == length ? source : Arrays.copyOf(source, length);
            destination.assign(Nd4j.createFromArray(values).reshape('c', destination.shape()));
            return;
        }
        if (destination.dataType() == DataType.DOUBLE) {
            double[] wide = new double[length];
            for (int i = 0; i < length; i++) {
                wide[i] = source[i];
            }
            try (DoublePointer pointer = new DoublePointer(address(destination, DataType.DOUBLE))) {
                pointer.put(wide, 0, length);
            }
            return;
        }
        try (FloatPointer pointer = new FloatPointer(address(destination, DataType.FLOAT))) {
            pointer.put(source, 0, length);
        }
    }

    /**
     * Reads an ND4J array into a Java array.
     *
     * @param source      A dense array in 'c' order, a view or not, float or double.
     * @param destination Receives the values.
     * @param offset      Where the first goes.
     */
    static void read(INDArray source, float[] destination, int offset) {
        int length = Math.toIntExact(source.length());
        if (!ON_HOST) {
            float[] values = source.dup('c').data().asFloat();
            System.arraycopy(values, 0, destination, offset, length);
            return;
        }
        if (source.dataType() == DataType.DOUBLE) {
            double[] wide = new double[length];
            try (DoublePointer pointer = new DoublePointer(address(source, DataType.DOUBLE))) {
                pointer.get(wide, 0, length);
            }
            for (int i = 0; i < length; i++) {
                destination[offset + i] = (float) wide[i];
            }
            return;
        }
        try (FloatPointer pointer = new FloatPointer(address(source, DataType.FLOAT))) {
            pointer.get(destination, offset, length);
        }
    }

    private static Pointer address(INDArray array, DataType type) {
        if (array.dataType() != type) {
            throw new IllegalArgumentException("Expected an array of type " + type + ", found " + array.dataType());
        }
        return array.data().addressPointer();
    }
}
