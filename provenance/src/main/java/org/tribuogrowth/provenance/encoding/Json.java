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

package org.tribuogrowth.provenance.encoding;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * JSON in and out: written in the canonical form of RFC 8785 (JSON Canonicalization Scheme), read strictly and within
 * bounds.
 */
public final class Json {
    /** The longest document, in bytes of UTF-8. */
    public static final int MAX_BYTES = 16 << 20;

    /** The largest integer: beyond it JSON numbers, which are doubles, no longer tell integers apart. */
    public static final long MAX_INTEGER = (1L << 53) - 1;

    private static final int MAX_NAME = 1000;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(8)
                            .maxNumberLength(32)
                            .maxNameLength(MAX_NAME)
                            .maxStringLength(MAX_BYTES)
                            .maxTokenCount(2_000_000)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {}

    /**
     * A new object.
     *
     * @return An object without fields.
     */
    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /**
     * Writes the canonical form.
     *
     * @param object What to write; its numbers are finite and its integers exact as doubles.
     * @return UTF-8.
     */
    public static byte[] write(ObjectNode object) {
        return CanonicalWriter.write(object).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads an object.
     *
     * @param bytes UTF-8, at most {@link #MAX_BYTES}.
     * @return The object.
     * @throws IllegalArgumentException If the bytes are not UTF-8, not one JSON object, name a field twice or exceed a
     *                                  bound.
     */
    public static ObjectNode read(byte[] bytes) {
        JsonNode node;
        try {
            node = MAPPER.readTree(decode(bytes));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "not acceptable as JSON: " + SafeText.clean(e.getOriginalMessage(), 200), e);
        }
        if (!(node instanceof ObjectNode object)) {
            throw new IllegalArgumentException("not a JSON object");
        }
        return object;
    }

    private static String decode(byte[] bytes) {
        if (ascii(bytes)) {
            return new String(bytes, StandardCharsets.US_ASCII);
        }
        CharBuffer text = CharBuffer.allocate(bytes.length);
        ByteBuffer input = ByteBuffer.wrap(bytes);
        try {
            CoderResult result = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(input, text, true);
            if (result.isError()) {
                result.throwException();
            }
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("not UTF-8 at byte " + (input.position() + 1), e);
        }
        return text.flip().toString();
    }

    private static boolean ascii(byte[] bytes) {
        for (byte value : bytes) {
            if (value < 0) {
                return false;
            }
        }
        return true;
    }
}
