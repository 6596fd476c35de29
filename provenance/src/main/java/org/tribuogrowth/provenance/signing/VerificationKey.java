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

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import org.tribuogrowth.provenance.encoding.Sha256;

/** An Ed25519 public key (RFC 8032). Two are equal if their ids are. */
public final class VerificationKey {
    private static final String LABEL = "PUBLIC KEY";
    private static final int SIGNATURE_BYTES = 64;

    private final PublicKey key;
    private final String id;

    VerificationKey(PublicKey key) {
        this.key = key;
        this.id = Sha256.of(key.getEncoded());
    }

    /**
     * Reads a file of PEM with a SubjectPublicKeyInfo (RFC 8410).
     *
     * @param file The file.
     * @return The key.
     * @throws IllegalArgumentException If the file holds anything else; the message says what.
     * @throws IOException              If it cannot be read.
     */
    public static VerificationKey read(Path file) throws IOException {
        return decode(KeyFiles.read(file));
    }

    static VerificationKey decode(byte[] bytes) {
        Pem pem = Pem.read(bytes);
        if (pem.label().endsWith("PRIVATE KEY")) {
            throw new IllegalArgumentException(
                    "a private key, which is for signing alone; its public key, a file NAME.pub, is needed");
        } else if (!pem.label().equals(LABEL)) {
            throw new IllegalArgumentException("a PEM file with a " + LABEL + " is needed, found a " + pem.label());
        }
        try {
            PublicKey key =
                    KeyFactory.getInstance(SigningKey.ALGORITHM).generatePublic(new X509EncodedKeySpec(pem.der()));
            // The id is the hash of the encoding, so there must be one.
            if (!Arrays.equals(key.getEncoded(), pem.der())) {
                throw new IllegalArgumentException("a public key whose encoding is not the canonical one");
            }
            return new VerificationKey(key);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("an Ed25519 public key is needed, found something else", e);
        }
    }

    /**
     * Writes the key.
     *
     * @return PEM with a SubjectPublicKeyInfo.
     */
    public String toPem() {
        return new Pem(LABEL, key.getEncoded()).write();
    }

    /**
     * The key's id.
     *
     * @return The SHA-256 of the DER of its SubjectPublicKeyInfo, 64 lower-case hexadecimal digits.
     */
    public String id() {
        return id;
    }

    /**
     * Checks a signature.
     *
     * @param message   What was signed.
     * @param signature The signature.
     * @return Whether the holder of the private key signed exactly this message.
     */
    public boolean verify(byte[] message, byte[] signature) {
        if (signature.length != SIGNATURE_BYTES) {
            return false;
        }
        try {
            Signature verifier = Signature.getInstance(SigningKey.ALGORITHM);
            verifier.initVerify(key);
            verifier.update(message);
            return verifier.verify(signature);
        } catch (SignatureException | InvalidKeyException e) {
            // Bytes that no signer writes, as a point off the curve, or a key of which that is true.
            return false;
        } catch (GeneralSecurityException e) {
            throw SigningKey.missing(e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VerificationKey that && that.id.equals(id);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return id;
    }
}
