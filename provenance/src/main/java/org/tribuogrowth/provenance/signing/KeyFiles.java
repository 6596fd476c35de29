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
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** The two files of a key: {@code NAME.key}, which its owner alone may read, and {@code NAME.pub}. */
public final class KeyFiles {
    private static final int MAX_BYTES = 1 << 14;
    private static final Set<OpenOption> NEW = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    private static final Set<PosixFilePermission> OWNER =
            Set.copyOf(EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));

    private KeyFiles() {}

    /**
     * The private key's file.
     *
     * @param name The key's name, with a folder before it or not.
     * @return {@code NAME.key}.
     */
    public static Path privateFile(Path name) {
        return name.resolveSibling(name.getFileName() + ".key");
    }

    /**
     * The public key's file.
     *
     * @param name The key's name, with a folder before it or not.
     * @return {@code NAME.pub}.
     */
    public static Path publicFile(Path name) {
        return name.resolveSibling(name.getFileName() + ".pub");
    }

    /**
     * Writes a key.
     *
     * @param name       The key's name, with a folder before it or not.
     * @param key        The key.
     * @param passphrase What to encrypt the private key with, or nothing; not kept.
     * @throws FileAlreadyExistsException If one of the files is there; nothing is overwritten.
     * @throws IllegalArgumentException   If the passphrase is too short or has characters that may not be in one.
     * @throws IOException                If a file cannot be written; then neither is there.
     */
    public static void create(Path name, SigningKey key, Optional<char[]> passphrase) throws IOException {
        Path privateFile = privateFile(name);
        Path publicFile = publicFile(name);
        if (Files.exists(publicFile, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException(publicFile.toString());
        }
        String pem = passphrase.map(key::toPem).orElseGet(key::toPem);
        write(privateFile, pem, ownerOnly(privateFile));
        try {
            write(publicFile, key.verificationKey().toPem());
        } catch (IOException e) {
            Files.delete(privateFile);
            throw e;
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path file) throws IOException {
        return knowsPermissions(file.toAbsolutePath().getParent())
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER)}
                : new FileAttribute<?>[0];
    }

    private static boolean knowsPermissions(Path existing) throws IOException {
        return Files.getFileStore(existing).supportsFileAttributeView(PosixFileAttributeView.class);
    }

    private static void write(Path file, String text, FileAttribute<?>... attributes) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
        try (SeekableByteChannel channel = Files.newByteChannel(file, NEW, attributes)) {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
    }

    /**
     * Whether others than its owner may read a file.
     *
     * @param file The file.
     * @return Whether they may, or nothing if the file system does not know such permissions.
     * @throws IOException If the file cannot be asked.
     */
    public static Optional<Boolean> othersMayRead(Path file) throws IOException {
        if (!knowsPermissions(file)) {
            return Optional.empty();
        }
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
        return Optional.of(permissions.contains(PosixFilePermission.GROUP_READ)
                || permissions.contains(PosixFilePermission.OTHERS_READ));
    }

    static byte[] read(Path file) throws IOException {
        byte[] bytes;
        try (InputStream input = Files.newInputStream(file)) {
            bytes = input.readNBytes(MAX_BYTES + 1);
        }
        if (bytes.length > MAX_BYTES) {
            throw new IllegalArgumentException("not a key: longer than the " + MAX_BYTES + " bytes allowed");
        }
        return bytes;
    }
}
