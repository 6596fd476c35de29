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

package org.tribuogrowth.compliance;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.tribuo.Dataset;
import org.tribuo.Example;
import org.tribuo.Output;
import org.tribuo.classification.Label;
import org.tribuo.protos.core.ExampleProto;
import org.tribuogrowth.GrowthModel;
import org.tribuogrowth.data.DenseExample;
import org.tribuogrowth.data.protos.DenseExampleProto;
import org.tribuogrowth.protos.GrowthModelProto;

/** Valid bytes, changed at random: they are read as something that works, or refused in words. */
class ModelMutationTest {
    private static final byte[] MODEL = bytes(Iris.model());
    private static final byte[] EXAMPLE = Pictures.data(1, 1)
            .getExample(0)
            .serialize()
            .getSerializedData()
            .getValue()
            .toByteArray();

    private static byte[] bytes(GrowthModel<Label> model) {
        return model.serialize().getSerializedData().getValue().toByteArray();
    }

    /** One to four changes: bits, bytes, runs left out, doubled or moved, an end that is missing. */
    private static byte[] changed(byte[] valid, Random random) {
        byte[] bytes = valid.clone();
        for (int changes = 1 + random.nextInt(4); changes > 0 && bytes.length > 1; changes--) {
            int at = random.nextInt(bytes.length);
            int length = 1 + random.nextInt(Math.min(64, bytes.length));
            switch (random.nextInt(6)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[at] = (byte) random.nextInt(256);
                case 2 -> bytes = Arrays.copyOf(bytes, at);
                case 3 -> bytes = joined(bytes, at, Math.min(at + length, bytes.length));
                case 4 -> bytes = joined(bytes, Math.min(at + length, bytes.length), at);
                default -> Arrays.fill(bytes, at, Math.min(at + length, bytes.length), (byte) 0xff);
            }
        }
        return bytes;
    }

    /** The beginning up to one place and the end from another, which may come before it. */
    private static byte[] joined(byte[] bytes, int end, int begin) {
        byte[] joined = Arrays.copyOf(bytes, end + bytes.length - begin);
        System.arraycopy(bytes, begin, joined, end, bytes.length - begin);
        return joined;
    }

    /** A message in which one field, at any depth, has a value from somewhere else, none, or one that is far off. */
    private static Message changedField(Message message, Random random) {
        List<Map.Entry<FieldDescriptor, Object>> fields =
                List.copyOf(message.getAllFields().entrySet());
        if (fields.isEmpty()) {
            return message;
        }
        FieldDescriptor field = fields.get(random.nextInt(fields.size())).getKey();
        Message.Builder builder = message.toBuilder();
        if (field.isRepeated()) {
            int count = message.getRepeatedFieldCount(field);
            int index = random.nextInt(count);
            Object element = message.getRepeatedField(field, index);
            switch (random.nextInt(4)) {
                case 0 -> builder.clearField(field);
                case 1 -> builder.addRepeatedField(field, element);
                case 2 -> builder.setRepeatedField(
                        field, index, message.getRepeatedField(field, random.nextInt(count)));
                default -> builder.setRepeatedField(field, index, changedValue(field, element, random));
            }
        } else if (random.nextInt(4) == 0) {
            builder.clearField(field);
        } else {
            builder.setField(field, changedValue(field, message.getField(field), random));
        }
        return builder.build();
    }

    private static Object changedValue(FieldDescriptor field, Object value, Random random) {
        return switch (field.getJavaType()) {
            case MESSAGE -> changedField((Message) value, random);
            case INT -> List.of(0, -1, 1, Integer.MAX_VALUE, Integer.MIN_VALUE, 1 << 24)
                    .get(random.nextInt(6));
            case LONG -> List.of(0L, -1L, Long.MAX_VALUE, Long.MIN_VALUE).get(random.nextInt(4));
            case FLOAT -> List.of(0f, Float.NaN, Float.MAX_VALUE, -1f).get(random.nextInt(4));
            case DOUBLE -> List.of(0.0, Double.NaN, Double.MAX_VALUE, -1.0).get(random.nextInt(4));
            case BOOLEAN -> !(Boolean) value;
            case STRING -> List.of("", "x", value + "x", "0-2147483647", "-1", "java.lang.String", "\u0000")
                    .get(random.nextInt(7));
            case BYTE_STRING -> ByteString.copyFrom(
                    changed(((ByteString) value).isEmpty() ? new byte[1] : ((ByteString) value).toByteArray(), random));
            case ENUM -> field.getEnumType()
                    .getValues()
                    .get(random.nextInt(field.getEnumType().getValues().size()));
        };
    }

    private static void assertReadOrRefused(Any data) {
        GrowthModel<?> model;
        try {
            model = GrowthModel.deserializeFromProto(GrowthModel.CURRENT_VERSION, GrowthModel.class.getName(), data);
        } catch (InvalidProtocolBufferException | IllegalStateException e) {
            assertThat(e.getMessage()).isNotBlank();
            if (e instanceof IllegalStateException) {
                assertThat(e.getMessage()).startsWith("Invalid protobuf, ").hasSizeGreaterThan(30);
            }
            return;
        }
        try (model) {
            assertWorks(model);
        }
    }

    @SuppressWarnings("unchecked") // a changed file has outputs of its own kind, of which no prediction depends
    private static <T extends Output<T>> void assertWorks(GrowthModel<?> read) {
        GrowthModel<T> model = (GrowthModel<T>) read;
        Dataset<T> data = (Dataset<T>) Iris.test();
        try {
            assertThat(model.predict(data)).hasSize(data.size());
        } catch (IllegalArgumentException e) {
            // The names of its features were changed.
            assertThat(e.getMessage()).contains("No features found");
        }
        assertThat(model.cost().parameters()).isPositive();
        assertThat(model.serialize().getVersion()).isEqualTo(GrowthModel.CURRENT_VERSION);
    }

    @Property(tries = 1500)
    void check32_changedBytesOfAModelAreReadWholeOrRefusedInWords(@ForAll long seed) {
        assertReadOrRefused(Any.newBuilder()
                .setTypeUrl("type.googleapis.com/tribuogrowth.model.GrowthModelProto")
                .setValue(ByteString.copyFrom(changed(MODEL, new Random(seed))))
                .build());
    }

    @Property(tries = 1500)
    void check32_changedFieldsOfAModelAreReadWholeOrRefusedInWords(@ForAll long seed)
            throws InvalidProtocolBufferException {
        assertReadOrRefused(Any.pack(changedField(GrowthModelProto.parseFrom(MODEL), new Random(seed))));
    }

    @Property(tries = 500)
    void check32_changedExamplesAreReadWholeOrRefusedInWords(@ForAll long seed) throws InvalidProtocolBufferException {
        Random random = new Random(seed);
        ByteString data = random.nextBoolean()
                ? ByteString.copyFrom(changed(EXAMPLE, random))
                : changedField(DenseExampleProto.parseFrom(EXAMPLE), random).toByteString();
        Any any = Any.newBuilder()
                .setTypeUrl("type.googleapis.com/tribuogrowth.data.DenseExampleProto")
                .setValue(data)
                .build();
        try {
            DenseExample<?> example =
                    DenseExample.deserializeFromProto(DenseExample.CURRENT_VERSION, DenseExample.class.getName(), any);
            assertThat(example.size()).isNotNegative();
            assertThat(example.serialize()).isInstanceOf(ExampleProto.class);
            for (org.tribuo.Feature feature : example) {
                assertThat(feature.getName()).isNotNull();
            }
            assertThat(((Example<?>) example).getOutput()).isNotNull();
        } catch (InvalidProtocolBufferException | IllegalStateException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }
}
