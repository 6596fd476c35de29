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

package org.tribuogrowth.provenance;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Appends lines to a file, and forces them to the storage device when it is told to. */
public final class FileLineSink implements LineSink {
    /** No line gets there, so that readers on platforms whose locks keep them out are not disturbed. */
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

    private static final Logger logger = Logger.getLogger(FileLineSink.class.getName());

    private final FileChannel channel;

    private FileLineSink(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Creates the file.
     *
     * @param file The file, which must not exist.
     * @return The sink.
     * @throws FileAlreadyExistsException If the file exists: a ledger is never overwritten.
     * @throws IOException                If it cannot be created.
     */
    public static FileLineSink create(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        return open(channel, file);
    }

    /**
     * Opens a file that is there, to be read whole with {@link #input} and {@linkplain #cut cut} before it is written.
     *
     * @param file The file; links are not followed.
     * @return The sink.
     * @throws IOException If it cannot be opened or another sink writes to it.
     */
    static FileLineSink append(Path file) throws IOException {
        return open(
                FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
                file);
    }

    private static FileLineSink open(FileChannel channel, Path file) throws IOException {
        try {
            if (!locked(channel)) {
                throw new IOException("The ledger " + file + " is being written by another program");
            }
            forceFolder(file.toAbsolutePath().getParent());
            return new FileLineSink(channel);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Whether nobody else holds the lock. Some file systems have none, and then there is no protection. */
    private static boolean locked(FileChannel channel) {
        try {
            return channel.tryLock(LOCKED_BYTE, 1, false) != null;
        } catch (OverlappingFileLockException e) {
            return false;
        } catch (IOException e) {
            logger.log(Level.FINE, "The ledger cannot be locked", e);
            return true;
        }
    }

    /**
     * What the file holds, from its beginning.
     *
     * @return A stream that shares the sink's position; it is not to be closed.
     */
    InputStream input() {
        return Channels.newInputStream(channel);
    }

    /**
     * Cuts the file and goes to its end.
     *
     * @param size The bytes that stay.
     * @throws IOException If that fails.
     */
    void cut(long size) throws IOException {
        if (channel.size() > size) {
            channel.truncate(size);
            channel.force(true);
        }
        channel.position(size);
    }

    /**
     * The file's entry in its folder is data of the folder. Some platforms cannot open folders, so failing is no
     * error.
     */
    static void forceFolder(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            logger.log(Level.FINE, "The folder " + folder + " cannot be forced to the storage device", e);
        }
    }

    @Override
    public void accept(byte[] line) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(line);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    @Override
    public void force() throws IOException {
        channel.force(false);
    }

    @Override
    public void close() throws IOException {
        if (channel.isOpen()) {
            channel.force(false);
        }
        channel.close();
    }
}
