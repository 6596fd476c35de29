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

package org.tribuogrowth.data;

import com.oracle.labs.mlrg.olcut.config.PropertyException;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.zip.GZIPInputStream;

/**
 * A data file, gzipped or plain, that is read once from beginning to end and hashed on the way. Files are not trusted:
 * every trouble becomes one {@link PropertyException} that names the file and the configuration field it came from.
 */
final class UnpackedFile implements Closeable {
    /** Deflate packs at most 1032 bytes into one (zlib technical details), so a gzip file cannot unpack to more. */
    private static final long MAXIMUM_COMPRESSION = 1032;

    private static final int GZIP_MAGIC_FIRST = 0x1f;
    private static final int GZIP_MAGIC_SECOND = 0x8b;
    private static final int BUFFER_BYTES = 1 << 16;

    private final String component;
    private final String field;
    private final Path path;
    private final boolean compressed;
    private final long storedBytes;
    private final InputStream stream;
    private final OffsetDateTime modified;
    private long position;

    private UnpackedFile(
            String component,
            String field,
            Path path,
            boolean compressed,
            long storedBytes,
            InputStream stream,
            OffsetDateTime modified) {
        this.component = component;
        this.field = field;
        this.path = path;
        this.compressed = compressed;
        this.storedBytes = storedBytes;
        this.stream = stream;
        this.modified = modified;
    }

    /**
     * Opens a file.
     *
     * @param component The component that asks, for messages; may be null.
     * @param field     The configuration field that names the file.
     * @param path      The file; a relative path is resolved against the working directory.
     * @param digest    Takes in the unpacked bytes.
     * @return The opened file.
     * @throws PropertyException If there is no such file or it cannot be read.
     */
    static UnpackedFile open(String component, String field, Path path, MessageDigest digest) {
        checkIsFile(component, field, path);
        InputStream raw = null;
        try {
            long storedBytes = Files.size(path);
            OffsetDateTime modified = modifiedTime(path);
            raw = new BufferedInputStream(Files.newInputStream(path), BUFFER_BYTES);
            raw.mark(2);
            boolean compressed = raw.read() == GZIP_MAGIC_FIRST && raw.read() == GZIP_MAGIC_SECOND;
            raw.reset();
            InputStream unpacked = compressed ? new GZIPInputStream(raw, BUFFER_BYTES) : raw;
            InputStream stream = new BufferedInputStream(new DigestInputStream(unpacked, digest), BUFFER_BYTES);
            return new UnpackedFile(component, field, path, compressed, storedBytes, stream, modified);
        } catch (IOException e) {
            closeQuietly(raw, e);
            throw new PropertyException(
                    e,
                    ImageSize.orEmpty(component),
                    field,
                    "the file " + describe(path) + " cannot be read: " + reason(e));
        }
    }

    private static void checkIsFile(String component, String field, Path path) {
        if (!Files.isRegularFile(path)) {
            throw new PropertyException(
                    ImageSize.orEmpty(component),
                    field,
                    Files.exists(path)
                            ? "expected a file, but " + describe(path) + " is a folder or a device"
                            : "there is no file " + describe(path)
                                    + "; a relative path starts at the working directory");
        }
    }

    private static void closeQuietly(InputStream stream, IOException cause) {
        if (stream != null) {
            try {
                stream.close();
            } catch (IOException e) {
                cause.addSuppressed(e);
            }
        }
    }

    /**
     * When a file was changed last.
     *
     * @param path The file.
     * @return The time in the system's time zone.
     * @throws IOException If it cannot be found out.
     */
    static OffsetDateTime modifiedTime(Path path) throws IOException {
        return OffsetDateTime.ofInstant(Files.getLastModifiedTime(path).toInstant(), ZoneId.systemDefault());
    }

    /**
     * Names a path in a message, with the place that was tried if the path is relative.
     *
     * @param path The path.
     * @return For example {@code 'data/a.gz' (/home/x/data/a.gz)}.
     */
    static String describe(Path path) {
        return path.isAbsolute()
                ? "'" + path + "'"
                : "'" + path + "' (" + path.toAbsolutePath().normalize() + ")";
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    /**
     * When the file was changed last.
     *
     * @return The time.
     */
    OffsetDateTime modified() {
        return modified;
    }

    /**
     * Reads a big-endian integer.
     *
     * @param what What it says, for messages.
     * @return The integer.
     */
    int readInt(String what) {
        byte[] bytes = new byte[Integer.BYTES];
        readFully(bytes, what);
        return ByteBuffer.wrap(bytes).getInt();
    }

    /**
     * Fills an array.
     *
     * @param destination The array.
     * @param what        What is read, for messages.
     */
    void readFully(byte[] destination, String what) {
        int read = read(destination, what);
        if (read < destination.length) {
            throw error("is cut short: expected " + destination.length + " bytes of " + what + " at byte "
                    + (position - read) + (compressed ? " of the unpacked data" : "") + ", found " + read);
        }
    }

    /**
     * Fills an array as far as there is data.
     *
     * @param destination The array.
     * @param what        What is read, for messages.
     * @return How many bytes were read; fewer than the array's length only at the end of the file.
     */
    int read(byte[] destination, String what) {
        try {
            int read = stream.readNBytes(destination, 0, destination.length);
            position += read;
            return read;
        } catch (EOFException e) {
            throw new PropertyException(
                    e,
                    ImageSize.orEmpty(component),
                    field,
                    "the file " + describe(path)
                            + " is cut short: its gzip data ends while reading " + what + " after byte " + position
                            + " of the unpacked data");
        } catch (IOException e) {
            throw new PropertyException(
                    e,
                    ImageSize.orEmpty(component),
                    field,
                    "the file " + describe(path) + " cannot be read: " + reason(e) + ", while reading " + what
                            + " after byte " + position);
        }
    }

    /**
     * Checks, before memory is taken for it, that the file can be as long as its header says.
     *
     * @param expected The number of unpacked bytes from the beginning to the end.
     * @param why      What the number is made of, for the message.
     */
    void checkLength(long expected, String why) {
        if (!compressed && expected != storedBytes) {
            throw error("should have " + expected + " bytes (" + why + "), found " + storedBytes);
        }
        if (compressed && expected / MAXIMUM_COMPRESSION > storedBytes) {
            throw error("should unpack to " + expected + " bytes (" + why + "), which " + storedBytes
                    + " bytes of gzip cannot hold");
        }
    }

    /**
     * Checks that nothing follows; this also checks the checksum at the end of gzip data.
     *
     * @param why What the file should have held, for the message.
     */
    void checkEnd(String why) {
        if (read(new byte[1], "the end of the file") > 0) {
            throw error("goes on after byte " + (position - 1) + ", where it should end (" + why + ")");
        }
    }

    /**
     * Makes an exception about the file's content.
     *
     * @param message What is wrong, continuing "the file X".
     * @return The exception.
     */
    PropertyException error(String message) {
        return new PropertyException(ImageSize.orEmpty(component), field, "the file " + describe(path) + " " + message);
    }

    @Override
    public void close() {
        try {
            stream.close();
        } catch (IOException e) {
            throw new PropertyException(
                    e,
                    ImageSize.orEmpty(component),
                    field,
                    "the file " + describe(path) + " cannot be closed: " + reason(e));
        }
    }
}
