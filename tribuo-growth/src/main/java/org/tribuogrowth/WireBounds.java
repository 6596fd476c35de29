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

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.WireFormat;
import java.io.IOException;

/**
 * Bounds what a protobuf message from anyone can make its parser allocate. A parser builds an object of many bytes for a
 * field of two, so a small file could fill any memory; here the fields are counted first, building nothing. What a field of
 * type {@code bytes} or {@code Any} holds is not looked into, since its parser does not either.
 */
final class WireBounds {
    /** The most fields of a message, those of the messages in it included. */
    static final int MOST_FIELDS = 1_000_000;

    private static final int DEEPEST = 32;

    private int fields;

    private WireBounds() {}

    /**
     * Counts the fields of a message.
     *
     * @param input The message; read to its end.
     * @param type  What it is a message of.
     * @throws IllegalArgumentException If there are too many fields, or they are nested too deeply or in a form that
     *                                  messages of proto3 do not have.
     * @throws IOException              If it is not a message, or ends too soon.
     */
    static void check(CodedInputStream input, Descriptor type) throws IOException {
        new WireBounds().message(input, type, 0);
    }

    private void message(CodedInputStream input, Descriptor type, int depth) throws IOException {
        if (depth > DEEPEST) {
            throw new IllegalArgumentException("its messages are nested more than " + DEEPEST + " deep");
        }
        for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
            fields++;
            if (fields > MOST_FIELDS) {
                throw new IllegalArgumentException("it has more than " + MOST_FIELDS + " fields");
            }
            FieldDescriptor field = type.findFieldByNumber(WireFormat.getTagFieldNumber(tag));
            int wireType = WireFormat.getTagWireType(tag);
            if (field == null || wireType == WireFormat.WIRETYPE_START_GROUP) {
                throw new IllegalArgumentException("it has a field " + WireFormat.getTagFieldNumber(tag) + " that "
                        + type.getName() + " does not have; a newer tribuo-growth may know it");
            }
            if (field.isPackable() && wireType == WireFormat.WIRETYPE_LENGTH_DELIMITED) {
                skipPacked(input);
                continue;
            }
            boolean nested = field.getType() == FieldDescriptor.Type.MESSAGE;
            if (nested && wireType == WireFormat.WIRETYPE_LENGTH_DELIMITED) {
                int limit = input.pushLimit(input.readRawVarint32());
                message(input, field.getMessageType(), depth + 1);
                input.checkLastTagWas(0);
                input.popLimit(limit);
            } else if (!input.skipField(tag)) {
                throw new IllegalArgumentException("it has the end of a group, which no message here has");
            }
        }
    }

    /** Numbers in a row: each has at least one byte and becomes up to eight. */
    private void skipPacked(CodedInputStream input) throws IOException {
        int length = input.readRawVarint32();
        if (length < 0 || length > MOST_FIELDS - fields) {
            throw new IllegalArgumentException("it has more than " + MOST_FIELDS + " fields and numbers in a row");
        }
        fields += length;
        input.skipRawBytes(length);
    }
}
