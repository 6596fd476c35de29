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

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.logging.Logger;
import org.tribuo.Output;
import org.tribuo.protos.ProtoUtil;
import org.tribuogrowth.data.protos.DenseExampleProto;
import org.tribuogrowth.data.protos.NameListProto;
import org.tribuogrowth.data.protos.PixelNamesProto;

/** {@link DenseExample}s as protobuf messages. */
final class DenseExampleCodec {
    private static final Logger logger = Logger.getLogger(DenseExampleCodec.class.getName());

    private DenseExampleCodec() {}

    /**
     * Writes an example.
     *
     * @param example The example.
     * @param names   Its names.
     * @param values  Its values.
     * @return The message.
     */
    static DenseExampleProto encode(DenseExample<?> example, FeatureNames names, DenseValues values) {
        DenseExampleProto.Builder builder = DenseExampleProto.newBuilder();
        builder.setOutput(example.getOutput().serialize());
        builder.setWeight(example.getWeight());
        for (Map.Entry<String, Object> entry : example.getMetadata().entrySet()) {
            if (!(entry.getValue() instanceof String)) {
                // As Tribuo's own examples do: metadata is text in a protobuf.
                logger.warning("Serializing non-string metadata for key '" + entry.getKey() + "' of type "
                        + entry.getValue().getClass());
            }
            builder.putMetadata(entry.getKey(), entry.getValue().toString());
        }
        if (names.pixelPrefix() != null) {
            builder.setPixelNames(
                    PixelNamesProto.newBuilder().setPrefix(names.pixelPrefix()).setCount(names.size()));
        } else {
            builder.setNameList(NameListProto.newBuilder().addAllName(names.asList()));
        }
        if (values instanceof DenseValues.Bytes bytes) {
            builder.setUnsignedBytes(ByteString.copyFrom(bytes.bytes()));
        } else if (values instanceof DenseValues.Floats floats) {
            ByteBuffer buffer = littleEndian(Float.BYTES, floats.size());
            buffer.asFloatBuffer().put(floats.floats());
            builder.setFloats(ByteString.copyFrom(buffer));
        } else if (values instanceof DenseValues.Doubles doubles) {
            ByteBuffer buffer = littleEndian(Double.BYTES, doubles.size());
            buffer.asDoubleBuffer().put(doubles.doubles());
            builder.setDoubles(ByteString.copyFrom(buffer));
        }
        return builder.build();
    }

    private static ByteBuffer littleEndian(int valueBytes, int count) {
        return ByteBuffer.allocate(Math.multiplyExact(valueBytes, count)).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Reads an example.
     *
     * @param proto The message.
     * @return The example.
     * @throws IllegalStateException If the message contradicts itself.
     */
    @SuppressWarnings({"unchecked", "rawtypes"}) // the output's type parameter is the output's own class
    static DenseExample<?> decode(DenseExampleProto proto) {
        DenseValues values =
                switch (proto.getValuesCase()) {
                    case UNSIGNED_BYTES -> new DenseValues.Bytes(
                            proto.getUnsignedBytes().toByteArray());
                    case FLOATS -> floats(proto.getFloats());
                    case DOUBLES -> doubles(proto.getDoubles());
                    case VALUES_NOT_SET -> throw new IllegalStateException(
                            "Invalid protobuf, a dense example has no values");
                };
        // Checked before the names are made, so that a small file cannot ask for billions of them.
        int count =
                switch (proto.getNamesCase()) {
                    case PIXEL_NAMES -> proto.getPixelNames().getCount();
                    case NAME_LIST -> proto.getNameList().getNameCount();
                    case NAMES_NOT_SET -> throw new IllegalStateException(
                            "Invalid protobuf, a dense example has no names");
                };
        if (count != values.size()) {
            throw new IllegalStateException(
                    "Invalid protobuf, a dense example has " + count + " names and " + values.size() + " values");
        }
        FeatureNames names;
        try {
            names = proto.hasPixelNames()
                    ? FeatureNames.pixels(proto.getPixelNames().getPrefix(), count)
                    : FeatureNames.ofSorted(proto.getNameList().getNameList().toArray(new String[0]));
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("Invalid protobuf, a dense example has bad names: " + e.getMessage(), e);
        }
        Output<?> output = ProtoUtil.deserialize(proto.getOutput());
        DenseExample<?> example = new DenseExample(output, proto.getWeight(), names, values);
        for (Map.Entry<String, String> entry : proto.getMetadataMap().entrySet()) {
            example.setMetadataValue(entry.getKey(), entry.getValue());
        }
        return example;
    }

    private static DenseValues floats(ByteString bytes) {
        float[] floats = new float[count(bytes, Float.BYTES)];
        bytes.asReadOnlyByteBuffer()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(floats);
        return new DenseValues.Floats(floats);
    }

    private static DenseValues doubles(ByteString bytes) {
        double[] doubles = new double[count(bytes, Double.BYTES)];
        bytes.asReadOnlyByteBuffer()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asDoubleBuffer()
                .get(doubles);
        return new DenseValues.Doubles(doubles);
    }

    private static int count(ByteString bytes, int valueBytes) {
        if (bytes.size() % valueBytes != 0) {
            throw new IllegalStateException("Invalid protobuf, the values of a dense example fill " + bytes.size()
                    + " bytes, which is no multiple of " + valueBytes);
        }
        return bytes.size() / valueBytes;
    }
}
