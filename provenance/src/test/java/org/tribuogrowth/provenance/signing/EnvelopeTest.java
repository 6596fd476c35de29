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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvelopeTest {
    private static final SigningKey KEY = SigningKey.generate();
    private static final byte[] HELLO = bytes("hello world");

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** The vector of DSSE's protocol.md. */
    @Test
    void whatIsSignedIsWhatDsseSays() {
        assertThat(text(Envelope.encodeForSigning("http://example.com/HelloWorld", HELLO)))
                .isEqualTo("DSSEv1 29 http://example.com/HelloWorld 11 hello world");
        assertThat(text(Envelope.encodeForSigning("\u00e9", bytes("\u20ac")))).isEqualTo("DSSEv1 2 \u00e9 3 \u20ac");
        assertThat(text(Envelope.encodeForSigning("", new byte[0]))).isEqualTo("DSSEv1 0  0 ");
    }

    /** The envelope of DSSE's protocol.md, which has no key id and a signature of another algorithm. */
    @Test
    void theEnvelopeOfTheSpecificationIsRead() {
        Envelope envelope = Envelope.decode(
                bytes(
                        """
            {"payload": "aGVsbG8gd29ybGQ=",
             "payloadType": "http://example.com/HelloWorld",
             "signatures": [{"sig": "A3JqsQGtVsJ2O2xqrI5IcnXip5GToJ3F+FnZ+O88SjtR6rDAajabZKciJTfUiHqJPcIAriEGAHTVeCUjW2JIZA=="}]}
            """));
        assertThat(envelope.payload()).isEqualTo(HELLO);
        assertThat(envelope.payloadType()).isEqualTo("http://example.com/HelloWorld");
        assertThat(envelope.keyIds()).containsExactly("");
        assertThat(envelope.problem(KEY.verificationKey()).orElseThrow()).startsWith("there is no signature with");
    }

    @Test
    void aSignatureHoldsForItsPayloadTypeAndKeyAlone() {
        Envelope envelope = Envelope.of("type", HELLO).signedBy(KEY);
        Envelope read = Envelope.decode(envelope.encode());
        assertThat(read.problem(KEY.verificationKey())).isEmpty();
        assertThat(read.holds("type", HELLO)).isTrue();
        assertThat(read.holds("types", HELLO)).isFalse();
        assertThat(read.holds("type", bytes("hello worlds"))).isFalse();
        String json = text(envelope.encode());
        assertThat(Envelope.decode(bytes(json.replace("\"type\"", "\"typo\"")))
                        .problem(KEY.verificationKey())
                        .orElseThrow())
                .contains("does not hold");
        assertThat(Envelope.decode(bytes(json.replace("aGVsbG8gd29ybGQ=", "aGVsbG8gd29ybGU=")))
                        .problem(KEY.verificationKey())
                        .orElseThrow())
                .contains("does not hold");
        SigningKey other = SigningKey.generate();
        assertThat(read.problem(other.verificationKey()).orElseThrow()).contains("no signature");
        String stolen =
                json.replace(KEY.verificationKey().id(), other.verificationKey().id());
        assertThat(Envelope.decode(bytes(stolen))
                        .problem(other.verificationKey())
                        .orElseThrow())
                .contains("another key made it");
    }

    @Test
    void everyBitOfASignatureCounts() {
        byte[] signature = KEY.sign(HELLO);
        assertThat(KEY.verificationKey().verify(HELLO, signature)).isTrue();
        for (int bit = 0; bit < 8 * signature.length; bit++) {
            byte[] changed = signature.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(KEY.verificationKey().verify(HELLO, changed))
                    .as("bit " + bit)
                    .isFalse();
        }
        assertThat(KEY.verificationKey().verify(HELLO, new byte[0])).isFalse();
        assertThat(KEY.verificationKey().verify(HELLO, new byte[65])).isFalse();
    }

    @Test
    void severalKeysSignTheSame() {
        SigningKey second = SigningKey.generate();
        Envelope both = Envelope.of("type", HELLO).signedBy(KEY).signedBy(second);
        assertThat(both.problem(KEY.verificationKey())).isEmpty();
        assertThat(both.problem(second.verificationKey())).isEmpty();
        assertThat(both.keyIds())
                .containsExactly(
                        KEY.verificationKey().id(), second.verificationKey().id());
        assertThatThrownBy(() -> both.signedBy(KEY)).hasMessageContaining("already");
        Envelope full = both;
        for (int i = 2; i < Envelope.MAX_SIGNATURES; i++) {
            full = full.signedBy(SigningKey.generate());
        }
        Envelope last = full;
        assertThat(Envelope.decode(last.encode()).problem(second.verificationKey()))
                .isEmpty();
        assertThatThrownBy(() -> last.signedBy(SigningKey.generate())).hasMessageContaining("at most 100");
    }

    @Test
    void whatDsseTellsToIgnoreIsIgnoredAndKept() {
        String json = text(Envelope.of("type", HELLO).encode())
                .replace("\"signatures\":[]", "\"later\":{\"x\":[1]},\"signatures\":[{\"sig\":\"\",\"extension\":1}]");
        Envelope signed = Envelope.decode(bytes(json)).signedBy(KEY);
        assertThat(signed.problem(KEY.verificationKey())).isEmpty();
        assertThat(text(signed.encode())).contains("\"later\":{\"x\":[1]}", "\"extension\":1");
    }

    @Test
    void bothAlphabetsOfBase64AreReadAsDsseDemands() {
        byte[] payload = {(byte) 0xfb, (byte) 0xff, (byte) 0xfe, 0};
        String json = text(Envelope.of("type", payload).signedBy(KEY).encode());
        String urlSafe = json.replace("+", "-").replace("/", "_");
        assertThat(urlSafe).isNotEqualTo(json);
        assertThat(Envelope.decode(bytes(urlSafe)).problem(KEY.verificationKey()))
                .isEmpty();
        String mixed = json.replace(Base64.getEncoder().encodeToString(payload), "+__+AA==");
        assertThatThrownBy(() -> Envelope.decode(bytes(mixed))).hasMessageContaining("payload is not Base64");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{                                                              | not acceptable as JSON",
                "[]                                                             | not a JSON object",
                "{}                                                             | payloadType: a JSON string is needed",
                "{'payloadType':'t','payload':1,'signatures':[]}                | payload: a JSON string is needed",
                "{'payloadType':'t','payload':'','signatures':{}}               | signatures: a JSON array is needed",
                "{'payloadType':'t','payload':''}                               | signatures: a JSON array is needed",
                "{'payloadType':'t','payload':'','signatures':[1]}              | signatures: JSON objects are needed",
                "{'payloadType':'t','payload':'','signatures':[{}]}             | sig: a JSON string is needed",
                "{'payloadType':'t','payload':'','signatures':[{'sig':'','keyid':7}]} | keyid: a JSON string is needed",
                "{'payloadType':'t','payload':'','payload':'','signatures':[]}  | Duplicate field",
                "{'payloadType':'t','payload':'','signatures':[]} x             | not acceptable as JSON",
                "{'payloadType':'t','payload':'QUI','signatures':[]}            | payload is not canonical Base64",
                "{'payloadType':'t','payload':'QUJ=','signatures':[]}           | payload is not canonical Base64",
                "{'payloadType':'t','payload':'QU I=','signatures':[]}          | payload is not Base64",
                "{'payloadType':'t','payload':'QUI=\\n','signatures':[]}        | payload is not Base64",
                "{'payloadType':'t','payload':'','signatures':[{'sig':'QR=='}]} | sig is not canonical Base64",
                "{'payloadType':'t','payload':'','signatures':[{'sig':'*'}]}    | sig is not Base64",
                "{'a':{'a':{'a':{'a':{'a':{'a':{'a':{'a':{'a':{}}}}}}}}}}       | nesting depth",
            })
    void whatIsNoEnvelopeIsRefused(String json, String reason) {
        assertThatThrownBy(() -> Envelope.decode(bytes(json.replace('\'', '"'))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void whatIsTooLongIsRefused() {
        String many = "{\"sig\":\"\"},".repeat(Envelope.MAX_SIGNATURES) + "{\"sig\":\"\"}";
        String envelope = "{\"payloadType\":\"t\",\"payload\":\"\",\"signatures\":[%s]}";
        assertThatThrownBy(() -> Envelope.decode(bytes(envelope.formatted(many))))
                .hasMessageContaining("signatures: at most 100 are allowed, found 101");
        String longId = "{\"sig\":\"\",\"keyid\":\"" + "x".repeat(201) + "\"}";
        assertThatThrownBy(() -> Envelope.decode(bytes(envelope.formatted(longId))))
                .hasMessageContaining("keyid: at most 200");
        assertThatThrownBy(() -> Envelope.decode(new byte[Envelope.MAX_BYTES + 1]))
                .hasMessageContaining("longer than the 1048576 bytes allowed");
    }
}
