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

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tribuogrowth.provenance.SimulatedSearch;

class KeysTest {
    private static final char[] PASSPHRASE = "correct horse ~ battery".toCharArray();

    @TempDir
    private Path folder;

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String pem(String label, byte[] der) {
        return new Pem(label, der).write();
    }

    /** RFC 8032, section 7.1, tests 1 to 3. */
    @ParameterizedTest
    @CsvSource({
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60,"
                + "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a,'',"
                + "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
                + "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb,"
                + "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c,72,"
                + "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7,"
                + "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025,af82,"
                + "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
                + "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
    })
    void keysAndSignaturesAreThoseOfTheStandard(String seed, String publicKey, String message, String signature) {
        HexFormat hex = HexFormat.of();
        SigningKey key = SigningKey.decode(hex.parseHex("302e020100300506032b657004220420" + seed));
        assertThat(key.verificationKey().toPem())
                .isEqualTo(pem("PUBLIC KEY", hex.parseHex("302a300506032b6570032100" + publicKey)));
        assertThat(hex.formatHex(key.sign(hex.parseHex(message)))).isEqualTo(signature);
        assertThat(key.verificationKey().verify(hex.parseHex(message), hex.parseHex(signature)))
                .isTrue();
        assertThat(key.verificationKey().id())
                .isEqualTo(SimulatedSearch.sha256(hex.parseHex("302a300506032b6570032100" + publicKey)));
    }

    @Test
    void aKeyIsWrittenForItsOwnerAloneAndReadBack() throws IOException {
        SigningKey key = SigningKey.generate();
        Path name = folder.resolve("alice");
        KeyFiles.create(name, key, Optional.empty());
        StoredKey stored = StoredKey.read(folder.resolve("alice.key"));
        assertThat(stored.encrypted()).isFalse();
        assertThat(stored.key().verificationKey()).isEqualTo(key.verificationKey());
        assertThat(VerificationKey.read(folder.resolve("alice.pub"))).isEqualTo(key.verificationKey());
        if (KeyFiles.othersMayRead(folder.resolve("alice.key")).isPresent()) {
            assertThat(Files.getPosixFilePermissions(folder.resolve("alice.key")))
                    .map(Enum::name)
                    .containsExactlyInAnyOrder("OWNER_READ", "OWNER_WRITE");
            assertThat(KeyFiles.othersMayRead(folder.resolve("alice.key"))).contains(false);
        }
        assertThat(SigningKey.generate().verificationKey()).isNotEqualTo(key.verificationKey());
    }

    @Test
    void anEncryptedKeyNeedsItsPassphrase() throws IOException {
        SigningKey key = SigningKey.generate();
        KeyFiles.create(folder.resolve("alice"), key, Optional.of(PASSPHRASE));
        StoredKey stored = StoredKey.read(folder.resolve("alice.key"));
        assertThat(stored.encrypted()).isTrue();
        assertThat(stored.key(PASSPHRASE.clone()).verificationKey()).isEqualTo(key.verificationKey());
        assertThatThrownBy(() -> stored.key("correct horse ~ batterz".toCharArray()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(stored::key).isInstanceOf(IllegalStateException.class);
        assertThat(Files.readString(folder.resolve("alice.key"))).startsWith("-----BEGIN ENCRYPTED PRIVATE KEY-----\n");
    }

    @Test
    void passphrasesAreNeitherShortNorOfOtherCharacters() {
        SigningKey key = SigningKey.generate();
        assertThatThrownBy(() -> KeyFiles.create(folder.resolve("a"), key, Optional.of("short".toCharArray())))
                .hasMessageContaining("8 to 1000 characters");
        assertThatThrownBy(() -> KeyFiles.create(folder.resolve("a"), key, Optional.of("p\u00e4sswords".toCharArray())))
                .hasMessageContaining("printable ASCII");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void nothingIsOverwritten() throws IOException {
        SigningKey key = SigningKey.generate();
        for (String existing : new String[] {"a.key", "b.pub"}) {
            Files.writeString(folder.resolve(existing), "mine");
            Path name = folder.resolve(existing.substring(0, 1));
            assertThatThrownBy(() -> KeyFiles.create(name, key, Optional.empty()))
                    .isInstanceOf(FileAlreadyExistsException.class);
            assertThat(folder.resolve(existing)).hasContent("mine");
        }
        assertThat(folder).isDirectoryNotContaining("glob:**/{a.pub,b.key}");
        assertThatThrownBy(() -> KeyFiles.create(folder.resolve("no/where"), key, Optional.empty()))
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void keysOfOpenSslAreRead() throws IOException {
        VerificationKey first = VerificationKey.read(ExampleRun.resource("first.pub"));
        assertThat(StoredKey.read(ExampleRun.resource("first.key")).key().verificationKey())
                .isEqualTo(first);
        StoredKey second = StoredKey.read(ExampleRun.resource("second.key"));
        assertThat(second.encrypted()).isTrue();
        assertThat(second.key("not a secret".toCharArray()).verificationKey())
                .isEqualTo(VerificationKey.read(ExampleRun.resource("second.pub")));
    }

    @Test
    void keysOfTheWrongKindAreNamed() throws GeneralSecurityException {
        SigningKey key = SigningKey.generate();
        String publicPem = key.verificationKey().toPem();
        assertThatThrownBy(() -> VerificationKey.decode(bytes(key.toPem())))
                .hasMessageContaining("NAME.pub, is needed");
        assertThatThrownBy(() -> StoredKey.decode(bytes(publicPem))).hasMessageContaining("NAME.key, is needed");
        byte[] certificate = bytes(pem("CERTIFICATE", new byte[10]));
        assertThatThrownBy(() -> VerificationKey.decode(certificate)).hasMessageContaining("found a CERTIFICATE");
        assertThatThrownBy(() -> StoredKey.decode(certificate)).hasMessageContaining("found a CERTIFICATE");
        byte[] rsa = KeyPairGenerator.getInstance("RSA")
                .generateKeyPair()
                .getPublic()
                .getEncoded();
        byte[] ed448 = KeyPairGenerator.getInstance("Ed448")
                .generateKeyPair()
                .getPublic()
                .getEncoded();
        for (byte[] other : new byte[][] {rsa, ed448, new byte[0], new byte[44]}) {
            assertThatThrownBy(() -> VerificationKey.decode(bytes(pem("PUBLIC KEY", other))))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() ->
                            StoredKey.decode(bytes(pem("PRIVATE KEY", other))).key())
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> StoredKey.decode(bytes(pem("ENCRYPTED PRIVATE KEY", other)))
                            .key(PASSPHRASE))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n\n\n",
                "key",
                "BEGIN\nAAAA\nEND",
                "-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----",
                "-----BEGIN PUBLIC KEY-----\nAAA\n-----END PUBLIC KEY-----",
                "-----BEGIN PUBLIC KEY-----\nAAB=\n-----END PUBLIC KEY-----",
                "-----BEGIN PUBLIC KEY-----\nAA AA\n-----END PUBLIC KEY-----",
                "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PRIVATE KEY-----",
                "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\nmore",
                "text\n-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----",
                "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n-----BEGIN PUBLIC KEY-----\nAAAA\n"
                        + "-----END PUBLIC KEY-----\n"
            })
    void whatIsNoPemIsRefused(String text) {
        assertThatThrownBy(() -> Pem.read(bytes(text))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void hostileKeysAreBounded() throws IOException {
        Path file = folder.resolve("large.pub");
        Files.write(file, new byte[1 << 20]);
        assertThatThrownBy(() -> VerificationKey.read(file)).hasMessageContaining("longer than the 16384 bytes");
        String encrypted = SigningKey.generate().toPem(PASSPHRASE);
        byte[] der = Pem.read(bytes(encrypted)).der();
        String hex = HexFormat.of().formatHex(der);
        // The count of iterations, 600,000, as DER writes it.
        assertThat(hex).containsOnlyOnce("02030927c0");
        byte[] slow = HexFormat.of().parseHex(hex.replace("02030927c0", "02037fffff"));
        assertThatThrownBy(() -> StoredKey.decode(bytes(pem("ENCRYPTED PRIVATE KEY", slow)))
                        .key(PASSPHRASE))
                .hasMessageContaining("1 to 5000000 PBKDF2 iterations is needed, found 8388607");
        byte[] negative = HexFormat.of().parseHex(hex.replace("02030927c0", "0203ffffff"));
        assertThatThrownBy(() -> StoredKey.decode(bytes(pem("ENCRYPTED PRIVATE KEY", negative)))
                        .key(PASSPHRASE))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void windowsLineEndsAreRead() {
        SigningKey key = SigningKey.generate();
        assertThat(VerificationKey.decode(bytes(key.verificationKey().toPem().replace("\n", "\r\n"))))
                .isEqualTo(key.verificationKey());
    }
}
