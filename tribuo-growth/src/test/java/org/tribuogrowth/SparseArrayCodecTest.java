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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.tribuogrowth.protos.SparseArrayProto;

/** Arrays in compressed rows come back to the bit, and nothing else is taken for one. */
class SparseArrayCodecTest {
    private static float[] array(int rows, int rowLength, double density, long seed) {
        Random random = new Random(seed);
        float[] array = new float[rows * rowLength];
        for (int i = 0; i < array.length; i++) {
            if (random.nextDouble() < density) {
                array[i] = random.nextInt(20) == 0 ? -0.0f : (float) random.nextGaussian();
            }
        }
        return array;
    }

    @Property(tries = 300)
    void whatIsReadIsWhatWasWritten(
            @ForAll @IntRange(min = 1, max = 20) int rows,
            @ForAll @IntRange(min = 1, max = 400) int rowLength,
            @ForAll @DoubleRange(min = 0, max = 1) double density,
            @ForAll long seed) {
        float[] array = array(rows, rowLength, density, seed);

        SparseArrayProto proto = SparseArrayCodec.encode(array, rowLength);

        assertThat(proto.getColumns().size() + proto.getValues().size())
                .isEqualTo((int) SparseArrayCodec.bytes(array, rowLength));
        SparseArrayCodec.checkSizes(proto, array.length, rowLength);
        float[] read = SparseArrayCodec.decode(proto, array.length, rowLength);
        for (int i = 0; i < array.length; i++) {
            assertThat(Float.floatToRawIntBits(read[i])).isEqualTo(Float.floatToRawIntBits(array[i]));
        }
    }

    /** Any other bytes either are refused in words or are the one form of what they give. */
    @Property(tries = 1000)
    void nothingElseIsTakenForAnArray(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 4) int rows,
            @ForAll @IntRange(min = 1, max = 300) int rowLength) {
        Random random = new Random(seed);
        SparseArrayProto right = SparseArrayCodec.encode(array(rows, rowLength, 0.1, seed), rowLength);
        byte[] columns = right.getColumns().toByteArray();
        byte[] values = right.getValues().toByteArray();
        for (int change = 0; change < 1 + random.nextInt(3); change++) {
            if (values.length > 0 && random.nextInt(4) == 0) {
                values[random.nextInt(values.length)] = (byte) random.nextInt(256);
            } else {
                columns[random.nextInt(columns.length)] = (byte) random.nextInt(256);
            }
        }
        SparseArrayProto changed = proto(columns, values);
        float[] read;
        try {
            SparseArrayCodec.checkSizes(changed, rows * rowLength, rowLength);
            read = SparseArrayCodec.decode(changed, rows * rowLength, rowLength);
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageMatching("(row \\d+|after the last row|values of|\\d+ to) .+");
            return;
        }
        assertThat(SparseArrayCodec.encode(read, rowLength)).isEqualTo(changed);
    }

    private static SparseArrayProto proto(byte[] columns, byte... values) {
        return SparseArrayProto.newBuilder()
                .setColumns(ByteString.copyFrom(columns))
                .setValues(ByteString.copyFrom(values))
                .build();
    }

    private static byte[] floats(float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    @Test
    void theFormIsAsDescribed() {
        float[] array = new float[2 * 200];
        array[1] = 1.5f;
        array[3] = -2.0f;
        array[200 + 199] = 3.0f;
        assertThat(SparseArrayCodec.encode(array, 200))
                .isEqualTo(proto(bytes(2, 1, 1, 1, 0xc7, 0x01), floats(1.5f, -2.0f, 3.0f)));
    }

    @Test
    void wrongFormsAreRefusedInWords() {
        byte[] one = floats(1.0f);
        assertRefused(proto(bytes(1, 4, 0), one), "row 0 has columns below 4, found 4");
        assertRefused(proto(bytes(2, 0, 0), one), "row 0 has 2 values, but only 1 are left");
        assertRefused(
                proto(bytes(0, 0, 0), one), "after the last row 1 bytes of columns and 4 of values are left over");
        assertRefused(proto(bytes(0, 1, 3), floats(0.0f)), "row 1 stores a zero at column 3");
        assertRefused(proto(bytes(0x80, 0, 0), floats()), "row 0 has a size or column that ends too soon");
        assertRefused(proto(bytes(0, 1, 0x80), one), "row 1 has a size or column that ends too soon");
        assertRefused(
                proto(bytes(0xff, 0xff, 0xff, 0xff, 0x0f, 0), one), "row 0 has a size or column that ends too soon");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SparseArrayCodec.checkSizes(proto(bytes(0, 0), bytes(1, 2)), 8, 4))
                .withMessageContaining("at most 8 of them, are expected, found 2 bytes");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SparseArrayCodec.checkSizes(proto(bytes(0, 0), new byte[36]), 8, 4))
                .withMessageContaining("at most 8 of them, are expected, found 36 bytes");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SparseArrayCodec.checkSizes(proto(bytes(0), one), 8, 4))
                .withMessageContaining("1 to 5 bytes for each of 3 row sizes and columns are expected, found 1");
    }

    private static void assertRefused(SparseArrayProto proto, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SparseArrayCodec.decode(proto, 8, 4))
                .withMessageContaining(message);
    }
}
