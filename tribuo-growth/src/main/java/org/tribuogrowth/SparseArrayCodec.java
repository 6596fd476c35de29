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

package org.tribuogrowth;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.tribuogrowth.protos.SparseArrayProto;

/**
 * Between an array of floats and its form in compressed rows. A value is left out if all its bits are zero, so what is read
 * is what was written, to the bit; each array has exactly one such form.
 */
final class SparseArrayCodec {
    private static final int BITS = 7;
    private static final int MORE = 1 << BITS;
    private static final int LARGEST_NUMBER = 5;

    private SparseArrayCodec() {}

    /** The row length of the form: arrays of one value a unit are one row. */
    static int rowLength(int length, int rowLength) {
        return rowLength == 1 ? length : rowLength;
    }

    private static boolean kept(float value) {
        return Float.floatToRawIntBits(value) != 0;
    }

    /** The bytes of an array's form, without making it. */
    static long bytes(float[] array, int rowLength) {
        long bytes = 0;
        for (int row = 0; row < array.length; row += rowLength) {
            int count = 0;
            int next = row;
            for (int i = row; i < row + rowLength; i++) {
                if (kept(array[i])) {
                    bytes += numberBytes(i - next) + Float.BYTES;
                    next = i + 1;
                    count++;
                }
            }
            bytes += numberBytes(count);
        }
        return bytes;
    }

    private static int numberBytes(int number) {
        int bytes = 1;
        for (int rest = number >>> BITS; rest != 0; rest >>>= BITS) {
            bytes++;
        }
        return bytes;
    }

    static SparseArrayProto encode(float[] array, int rowLength) {
        int kept = 0;
        for (float value : array) {
            kept += kept(value) ? 1 : 0;
        }
        int valueBytes = Math.multiplyExact(Float.BYTES, kept);
        ByteBuffer values = ByteBuffer.allocate(valueBytes).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer columns = ByteBuffer.allocate(Math.toIntExact(bytes(array, rowLength) - valueBytes));
        for (int row = 0; row < array.length; row += rowLength) {
            int count = 0;
            for (int i = row; i < row + rowLength; i++) {
                count += kept(array[i]) ? 1 : 0;
            }
            put(columns, count);
            int next = row;
            for (int i = row; i < row + rowLength; i++) {
                if (kept(array[i])) {
                    put(columns, i - next);
                    values.putFloat(array[i]);
                    next = i + 1;
                }
            }
        }
        return SparseArrayProto.newBuilder()
                .setColumns(ByteString.copyFrom(columns.flip()))
                .setValues(ByteString.copyFrom(values.flip()))
                .build();
    }

    private static void put(ByteBuffer target, int number) {
        int rest = number;
        while (rest >>> BITS != 0) {
            target.put((byte) (rest | MORE));
            rest >>>= BITS;
        }
        target.put((byte) rest);
    }

    /**
     * Checks what can be known without reading, so that nothing is allocated for a form that cannot be right.
     *
     * @param proto     The form.
     * @param length    The array's length.
     * @param rowLength The length of a row.
     * @throws IllegalArgumentException If the sizes cannot be those of such an array.
     */
    static void checkSizes(SparseArrayProto proto, int length, int rowLength) {
        int valueBytes = proto.getValues().size();
        if (valueBytes % Float.BYTES != 0 || valueBytes / Float.BYTES > length) {
            throw new IllegalArgumentException("values of 4 bytes each, at most " + length
                    + " of them, are expected, found " + valueBytes + " bytes");
        }
        long numbers = (long) length / rowLength + valueBytes / Float.BYTES;
        int columnBytes = proto.getColumns().size();
        if (columnBytes < numbers || columnBytes > LARGEST_NUMBER * numbers) {
            throw new IllegalArgumentException("1 to " + LARGEST_NUMBER + " bytes for each of " + numbers
                    + " row sizes and columns are expected, found " + columnBytes);
        }
    }

    /**
     * Reads an array.
     *
     * @param proto     The form, its sizes checked.
     * @param length    The array's length.
     * @param rowLength The length of a row.
     * @return The array.
     * @throws IllegalArgumentException If the form is not that of such an array.
     */
    static float[] decode(SparseArrayProto proto, int length, int rowLength) {
        ByteBuffer columns = proto.getColumns().asReadOnlyByteBuffer();
        ByteBuffer values = proto.getValues().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        float[] array = new float[length];
        for (int row = 0; row < length / rowLength; row++) {
            int count = number(columns, row);
            if (count > values.remaining() / Float.BYTES) {
                throw new IllegalArgumentException("row " + row + " has " + count + " values, but only "
                        + values.remaining() / Float.BYTES + " are left");
            }
            long next = 0;
            for (int i = 0; i < count; i++) {
                long column = next + number(columns, row);
                if (column >= rowLength) {
                    throw new IllegalArgumentException(
                            "row " + row + " has columns below " + rowLength + ", found " + column);
                }
                float value = values.getFloat();
                if (!kept(value)) {
                    throw new IllegalArgumentException(
                            "row " + row + " stores a zero at column " + column + ", which is to be left out");
                }
                array[row * rowLength + (int) column] = value;
                next = column + 1;
            }
        }
        if (columns.hasRemaining() || values.hasRemaining()) {
            throw new IllegalArgumentException("after the last row " + columns.remaining() + " bytes of columns and "
                    + values.remaining() + " of values are left over");
        }
        return array;
    }

    private static int number(ByteBuffer source, int row) {
        long number = 0;
        for (int i = 0; i < LARGEST_NUMBER && source.hasRemaining(); i++) {
            int next = source.get();
            number |= (long) (next & (MORE - 1)) << (BITS * i);
            if (next >= 0) {
                if (number > Integer.MAX_VALUE || i > 0 && next == 0) {
                    break;
                }
                return (int) number;
            }
        }
        throw new IllegalArgumentException("row " + row + " has a size or column that ends too soon, is longer than it"
                + " need be or is above " + Integer.MAX_VALUE);
    }
}
