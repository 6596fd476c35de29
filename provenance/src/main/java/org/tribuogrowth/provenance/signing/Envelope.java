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

package org.tribuogrowth.provenance.signing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.tribuogrowth.provenance.encoding.Json;

/**
 * A DSSE envelope (Dead Simple Signing Envelope 1.0, JSON): a payload, its type, and any number of signatures over both.
 * Reading an envelope says nothing about its signatures; {@link #problem(VerificationKey)} does. Immutable.
 */
public final class Envelope {
    /** The longest envelope, in bytes. A statement about the most files that a manifest lists takes less than half. */
    public static final int MAX_BYTES = 1 << 20;

    /** The most signatures. */
    public static final int MAX_SIGNATURES = 100;

    private static final int MAX_TYPE = 200;
    private static final int MAX_KEY_ID = 200;
    private static final int MAX_SIGNATURE = 1024;

    private record Entry(String keyId, byte[] signature) {}

    /** All of it, with fields that DSSE tells readers to ignore. */
    private final ObjectNode json;

    private final String payloadType;
    private final byte[] payload;
    private final List<Entry> entries;

    private Envelope(ObjectNode json) {
        this.json = json;
        payloadType = text(json, "payloadType", MAX_TYPE);
        payload = StrictBase64.decodeEither("payload", text(json, "payload", MAX_BYTES));
        JsonNode signatures = json.get("signatures");
        if (signatures == null || !signatures.isArray()) {
            throw new IllegalArgumentException("signatures: a JSON array is needed");
        }
        if (signatures.size() > MAX_SIGNATURES) {
            throw new IllegalArgumentException(
                    "signatures: at most " + MAX_SIGNATURES + " are allowed, found " + signatures.size());
        }
        List<Entry> list = new ArrayList<>();
        for (JsonNode signature : signatures) {
            if (!(signature instanceof ObjectNode object)) {
                throw new IllegalArgumentException("signatures: JSON objects are needed");
            }
            String keyId = object.has("keyid") ? text(object, "keyid", MAX_KEY_ID) : "";
            list.add(new Entry(keyId, StrictBase64.decodeEither("sig", text(object, "sig", MAX_SIGNATURE))));
        }
        entries = List.copyOf(list);
    }

    private static String text(ObjectNode object, String field, int longest) {
        JsonNode node = object.get(field);
        if (node == null || !node.isTextual()) {
            throw new IllegalArgumentException(field + ": a JSON string is needed");
        }
        String text = node.textValue();
        if (text.length() > longest) {
            throw new IllegalArgumentException(
                    field + ": at most " + longest + " characters are allowed, found " + text.length());
        }
        return text;
    }

    /**
     * An envelope without signatures.
     *
     * @param payloadType What the payload is, for example a media type.
     * @param payload     What will be signed.
     * @return The envelope.
     */
    public static Envelope of(String payloadType, byte[] payload) {
        ObjectNode json = Json.object();
        json.put("payload", StrictBase64.encode(payload));
        json.put("payloadType", payloadType);
        json.putArray("signatures");
        return new Envelope(json);
    }

    /**
     * Reads an envelope.
     *
     * @param bytes JSON, canonical or not. Fields beside those of DSSE are ignored, as it demands.
     * @return The envelope.
     * @throws IllegalArgumentException If the bytes are not JSON, name a field twice, are not an envelope, hold Base64
     *                                  that is not canonical, or exceed a bound; the message says which.
     */
    public static Envelope decode(byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            throw new IllegalArgumentException("longer than the " + MAX_BYTES + " bytes allowed");
        }
        return new Envelope(Json.read(bytes));
    }

    /**
     * Writes the envelope.
     *
     * @return Canonical JSON (RFC 8785).
     */
    public byte[] encode() {
        return Json.write(json);
    }

    /**
     * DSSE's pre-authentication encoding: what a signature really signs.
     *
     * @param type A payload's type.
     * @param body The payload.
     * @return {@code "DSSEv1" SP LEN(type) SP type SP LEN(body) SP body}, lengths in bytes as decimal digits.
     */
    static byte[] encodeForSigning(String type, byte[] body) {
        byte[] typeBytes = type.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream encoding = new ByteArrayOutputStream();
        encoding.writeBytes(ascii("DSSEv1 " + typeBytes.length + " "));
        encoding.writeBytes(typeBytes);
        encoding.writeBytes(ascii(" " + body.length + " "));
        encoding.writeBytes(body);
        return encoding.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Adds a signature.
     *
     * @param key The key.
     * @return This envelope with the key's signature after the others.
     * @throws IllegalArgumentException If there is a signature with the key's id already, or no room.
     */
    public Envelope signedBy(SigningKey key) {
        String id = key.verificationKey().id();
        if (keyIds().contains(id)) {
            throw new IllegalArgumentException("there is a signature with the key id " + id + " already");
        }
        ObjectNode more = json.deepCopy();
        more.withArray("signatures")
                .addObject()
                .put("keyid", id)
                .put("sig", StrictBase64.encode(key.sign(encodeForSigning(payloadType, payload))));
        Envelope signed = new Envelope(more);
        if (signed.encode().length >= MAX_BYTES) {
            throw new IllegalArgumentException("there is no room for one more signature in " + MAX_BYTES + " bytes");
        }
        return signed;
    }

    /**
     * Checks a key's signature. The key id only tells which signature to look at; what counts is the key.
     *
     * @param key A key whose signature is demanded.
     * @return Why it does not hold, as a part of a sentence; nothing if this key signed this payload as this type.
     */
    public Optional<String> problem(VerificationKey key) {
        List<Entry> own =
                entries.stream().filter(entry -> entry.keyId().equals(key.id())).toList();
        if (own.isEmpty()) {
            return Optional.of("there is no signature with the key id " + key.id());
        } else if (own.size() > 1) {
            return Optional.of("there are " + own.size() + " signatures with the key id " + key.id());
        } else if (!key.verify(
                encodeForSigning(payloadType, payload), own.get(0).signature())) {
            return Optional.of("the signature with the key id " + key.id()
                    + " does not hold: what it signed was changed, or another key made it");
        }
        return Optional.empty();
    }

    /**
     * What the payload is.
     *
     * @return The payload's type, at most 200 characters, which may be anyone's.
     */
    public String payloadType() {
        return payloadType;
    }

    /**
     * What was signed.
     *
     * @return A copy of the payload.
     */
    public byte[] payload() {
        return payload.clone();
    }

    /**
     * Whether this is what was signed.
     *
     * @param type  A payload's type.
     * @param other A payload.
     * @return Whether this envelope has the same.
     */
    public boolean holds(String type, byte[] other) {
        return payloadType.equals(type) && Arrays.equals(payload, other);
    }

    /**
     * Whose signatures there are said to be.
     *
     * @return The key ids in the order of the signatures, empty where there is none; each may be anyone's text.
     */
    public List<String> keyIds() {
        return entries.stream().map(Entry::keyId).toList();
    }
}
