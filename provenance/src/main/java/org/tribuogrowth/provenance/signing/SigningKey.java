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

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;

/** An Ed25519 private key (RFC 8032) with its public one. */
public final class SigningKey {
    /** The algorithm's name in the platform. */
    static final String ALGORITHM = "Ed25519";

    private final PrivateKey key;
    private final VerificationKey verificationKey;

    private SigningKey(PrivateKey key, PublicKey publicKey) {
        this.key = key;
        this.verificationKey = new VerificationKey(publicKey);
    }

    /**
     * Makes a key.
     *
     * @return A key from the platform's source of random numbers.
     */
    public static SigningKey generate() {
        try {
            KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
            return new SigningKey(pair.getPrivate(), pair.getPublic());
        } catch (GeneralSecurityException e) {
            throw missing(e);
        }
    }

    /**
     * Reads a key.
     *
     * @param der A PKCS#8 private key.
     * @return The key.
     * @throws IllegalArgumentException If it is no Ed25519 key.
     */
    static SigningKey decode(byte[] der) {
        try {
            PrivateKey key = KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(der));
            byte[] seed = ((EdECPrivateKey) key)
                    .getBytes()
                    .orElseThrow(() -> new IllegalStateException("The platform does not give the bytes of a key"));
            return new SigningKey(key, publicKey(seed));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("an Ed25519 private key is needed, found something else", e);
        }
    }

    /**
     * The public key of a private one. The platform computes it when it makes a key, and only then; so it makes this
     * one once more, out of the same 32 bytes.
     */
    private static PublicKey publicKey(byte[] seed) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(ALGORITHM);
        generator.initialize(NamedParameterSpec.ED25519, new GivenBytes(seed));
        KeyPair pair = generator.generateKeyPair();
        byte[] made = ((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow();
        if (!Arrays.equals(made, seed)) {
            throw new IllegalStateException("The platform's Ed25519 does not compute the public key of a private one");
        }
        return pair.getPublic();
    }

    /** Yields given bytes where random ones are asked for. */
    private static final class GivenBytes extends SecureRandom {
        private static final long serialVersionUID = 1L;

        /** The bytes. */
        private final byte[] bytes;

        GivenBytes(byte[] bytes) {
            this.bytes = bytes.clone();
        }

        @Override
        public void nextBytes(byte[] target) {
            if (target.length != bytes.length) {
                throw new IllegalStateException("The platform's Ed25519 asks for " + target.length
                        + " random bytes where a key has " + bytes.length);
            }
            System.arraycopy(bytes, 0, target, 0, bytes.length);
        }
    }

    static IllegalStateException missing(GeneralSecurityException cause) {
        return new IllegalStateException("This Java platform cannot do what a signature needs", cause);
    }

    /**
     * Writes the key as it is.
     *
     * @return PEM with a PKCS#8 private key.
     */
    String toPem() {
        return new Pem(StoredKey.LABEL, key.getEncoded()).write();
    }

    /**
     * Writes the key encrypted.
     *
     * @param passphrase The passphrase.
     * @return PEM with a PKCS#8 EncryptedPrivateKeyInfo.
     */
    String toPem(char[] passphrase) {
        return new Pem(StoredKey.ENCRYPTED_LABEL, KeyEncryption.encrypt(key.getEncoded(), passphrase)).write();
    }

    /**
     * The public key.
     *
     * @return What checks this key's signatures.
     */
    public VerificationKey verificationKey() {
        return verificationKey;
    }

    /**
     * Signs.
     *
     * @param message The message.
     * @return 64 bytes, always the same ones for one message.
     */
    public byte[] sign(byte[] message) {
        byte[] signature;
        try {
            Signature signer = Signature.getInstance(ALGORITHM);
            signer.initSign(key);
            signer.update(message);
            signature = signer.sign();
        } catch (GeneralSecurityException e) {
            throw missing(e);
        }
        // A signature computed with a flipped bit can give the key away, so none leaves unchecked.
        if (!verificationKey.verify(message, signature)) {
            throw new IllegalStateException("The signature just made does not hold: the machine miscalculates");
        }
        return signature;
    }
}
