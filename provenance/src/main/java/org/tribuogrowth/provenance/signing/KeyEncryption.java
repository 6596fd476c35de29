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
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.SecureRandom;
import java.security.spec.InvalidParameterSpecException;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.PBEParameterSpec;

/**
 * Private keys under a passphrase: PKCS#8 EncryptedPrivateKeyInfo with PBES2 (RFC 8018): PBKDF2 with HMAC-SHA-256,
 * AES-256 in CBC mode.
 */
final class KeyEncryption {
    /** The shortest passphrase that a key is encrypted with. */
    static final int LEAST_PASSPHRASE = 8;

    /** As OWASP's Password Storage Cheat Sheet of 2023 asks for with HMAC-SHA-256. */
    static final int ITERATIONS = 600_000;

    /** A file may be anyone's: more would only keep the reader busy. */
    private static final int MOST_ITERATIONS = 5_000_000;

    private static final int MOST_PASSPHRASE = 1000;
    private static final int BLOCK = 16;
    private static final String CIPHER = "PBEWithHmacSHA256AndAES_256";

    private KeyEncryption() {}

    /** The platform turns printable ASCII alone into the same bytes as other programs do. */
    private static void requirePassphrase(char[] passphrase, int least) {
        if (passphrase.length < least || passphrase.length > MOST_PASSPHRASE) {
            throw new IllegalArgumentException("a passphrase of " + least + " to " + MOST_PASSPHRASE
                    + " characters is needed, found " + passphrase.length);
        }
        for (char c : passphrase) {
            if (c < ' ' || c > '~') {
                throw new IllegalArgumentException(
                        "a passphrase of printable ASCII characters is needed, found others");
            }
        }
    }

    static byte[] encrypt(byte[] key, char[] passphrase) {
        requirePassphrase(passphrase, LEAST_PASSPHRASE);
        SecureRandom random = new SecureRandom();
        byte[] salt = new byte[BLOCK];
        random.nextBytes(salt);
        byte[] start = new byte[BLOCK];
        random.nextBytes(start);
        try {
            Cipher cipher = Cipher.getInstance(CIPHER);
            cipher.init(
                    Cipher.ENCRYPT_MODE,
                    secret(CIPHER, passphrase),
                    new PBEParameterSpec(salt, ITERATIONS, new IvParameterSpec(start)));
            // The cipher gives its parameters its own name, for which there is no object identifier.
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("PBES2");
            parameters.init(cipher.getParameters().getEncoded());
            return new EncryptedPrivateKeyInfo(parameters, cipher.doFinal(key)).getEncoded();
        } catch (GeneralSecurityException e) {
            throw SigningKey.missing(e);
        } catch (IOException e) {
            throw new IllegalStateException("The platform cannot encode an encrypted key", e);
        }
    }

    static byte[] decrypt(byte[] der, char[] passphrase) {
        requirePassphrase(passphrase, 1);
        EncryptedPrivateKeyInfo info;
        try {
            info = new EncryptedPrivateKeyInfo(der);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "an encrypted private key is needed that uses PBES2 with PBKDF2 and AES, found something else", e);
        }
        // Of PBES2 the platform's parameters, written as text, name the cipher.
        AlgorithmParameters parameters = info.getAlgParameters();
        String cipherName = parameters == null ? info.getAlgName() : parameters.toString();
        if (!cipherName.matches("PBEWithHmacSHA(256|384|512)AndAES_(128|256)")) {
            throw new IllegalArgumentException("an encrypted private key is needed that uses PBES2 with PBKDF2,"
                    + " HMAC-SHA-256 or a longer one, and AES; found another encryption");
        }
        try {
            int iterations = parameters.getParameterSpec(PBEParameterSpec.class).getIterationCount();
            if (iterations < 1 || iterations > MOST_ITERATIONS) {
                throw new IllegalArgumentException("an encrypted private key of 1 to " + MOST_ITERATIONS
                        + " PBKDF2 iterations is needed, found " + iterations);
            }
            Cipher cipher = Cipher.getInstance(cipherName);
            cipher.init(Cipher.DECRYPT_MODE, secret(cipherName, passphrase), parameters);
            return cipher.doFinal(info.getEncryptedData());
        } catch (BadPaddingException | IllegalBlockSizeException e) {
            throw new IllegalArgumentException("the passphrase is not the one that the key was encrypted with", e);
        } catch (InvalidParameterSpecException | InvalidKeyException e) {
            throw new IllegalArgumentException("an encrypted private key whose parameters do not fit", e);
        } catch (GeneralSecurityException e) {
            throw SigningKey.missing(e);
        }
    }

    private static SecretKey secret(String cipher, char[] passphrase) throws GeneralSecurityException {
        PBEKeySpec spec = new PBEKeySpec(passphrase);
        try {
            return SecretKeyFactory.getInstance(cipher).generateSecret(spec);
        } finally {
            spec.clearPassword();
        }
    }
}
