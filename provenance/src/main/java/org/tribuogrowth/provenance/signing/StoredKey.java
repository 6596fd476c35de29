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

/** A private key as it lies in a file: PEM with a PKCS#8 private key (RFC 8410), plain or under a passphrase. */
public final class StoredKey {
    /** The label of a plain key. */
    static final String LABEL = "PRIVATE KEY";

    /** The label of an encrypted key. */
    static final String ENCRYPTED_LABEL = "ENCRYPTED PRIVATE KEY";

    private final Pem pem;

    private StoredKey(Pem pem) {
        this.pem = pem;
    }

    /**
     * Reads a file.
     *
     * @param file The file.
     * @return The key, still encrypted if it is.
     * @throws IllegalArgumentException If the file holds anything else; the message says what.
     * @throws IOException              If it cannot be read.
     */
    public static StoredKey read(Path file) throws IOException {
        return decode(KeyFiles.read(file));
    }

    static StoredKey decode(byte[] bytes) {
        Pem pem = Pem.read(bytes);
        if (pem.label().equals(LABEL) || pem.label().equals(ENCRYPTED_LABEL)) {
            return new StoredKey(pem);
        } else if (pem.label().endsWith("PUBLIC KEY")) {
            throw new IllegalArgumentException(
                    "a public key, which cannot sign; the private key, a file NAME.key, is needed");
        }
        throw new IllegalArgumentException(
                "a PEM file with a " + LABEL + " or " + ENCRYPTED_LABEL + " is needed, found a " + pem.label());
    }

    /**
     * Whether a passphrase is needed.
     *
     * @return Whether the key is encrypted.
     */
    public boolean encrypted() {
        return pem.label().equals(ENCRYPTED_LABEL);
    }

    /**
     * The key of a file that is not encrypted.
     *
     * @return The key.
     * @throws IllegalArgumentException If it is no Ed25519 key.
     * @throws IllegalStateException    If it is encrypted.
     */
    public SigningKey key() {
        if (encrypted()) {
            throw new IllegalStateException("The key is encrypted");
        }
        return SigningKey.decode(pem.der());
    }

    /**
     * The key of a file that is encrypted.
     *
     * @param passphrase The passphrase; not kept.
     * @return The key.
     * @throws IllegalArgumentException If the passphrase is wrong, the encryption is none that is known, or what was
     *                                  encrypted is no Ed25519 key; the message says which.
     * @throws IllegalStateException    If it is not encrypted.
     */
    public SigningKey key(char[] passphrase) {
        if (!encrypted()) {
            throw new IllegalStateException("The key is not encrypted");
        }
        byte[] der = KeyEncryption.decrypt(pem.der(), passphrase);
        try {
            return SigningKey.decode(der);
        } catch (IllegalArgumentException e) {
            // One wrong passphrase in 256 leaves bytes that look decrypted.
            throw new IllegalArgumentException(
                    "the passphrase is wrong, or what it protects is not an Ed25519 private key", e);
        }
    }
}
