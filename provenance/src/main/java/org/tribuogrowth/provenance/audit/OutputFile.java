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

package org.tribuogrowth.provenance.audit;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.tribuogrowth.provenance.encoding.SafeText;

/** A file that a command writes: whole or not at all, and never in place of another. */
final class OutputFile {
    private final Path file;

    private OutputFile(Path file) {
        this.file = file;
    }

    /** Writes the content. */
    @FunctionalInterface
    interface Content {
        /**
         * Writes the content.
         *
         * @param out Where to; left open.
         * @throws IOException    If writing fails.
         * @throws AuditException If there is nothing to write.
         */
        void write(Writer out) throws IOException, AuditException;
    }

    /**
     * Checks that a file can be written.
     *
     * @param file The option's value.
     * @return The file.
     * @throws AuditException If there is something of that name already, or no folder for it.
     */
    static OutputFile of(Path file) throws AuditException {
        Path absolute = file.toAbsolutePath().normalize();
        if (Files.exists(absolute, LinkOption.NOFOLLOW_LINKS)) {
            throw AuditException.usage("The option -o names " + SafeText.quote(file.toString())
                    + ", which exists; nothing is overwritten. Give another name, or remove it first.");
        }
        Path folder = absolute.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw AuditException.usage("The option -o names " + SafeText.quote(file.toString())
                    + ", but there is no folder " + SafeText.quote(String.valueOf(folder)) + ".");
        }
        return new OutputFile(absolute);
    }

    /**
     * Writes the file in UTF-8, under another name until it is complete.
     *
     * @param content The content.
     * @throws IOException    If it cannot be written, or exists by now.
     * @throws AuditException As thrown by the content.
     */
    void write(Content content) throws IOException, AuditException {
        // Not Files.createTempFile, whose files their owner alone can read: this one is to be handed on.
        Path part = file.resolveSibling("." + file.getFileName() + "-" + UUID.randomUUID() + ".part");
        try {
            try (FileChannel channel =
                    FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                Writer writer = new BufferedWriter(
                        new OutputStreamWriter(Channels.newOutputStream(channel), StandardCharsets.UTF_8));
                content.write(writer);
                writer.flush();
                channel.force(true);
            }
            // A hard link, unlike a move, fails where something has come to that name.
            link(part);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private void link(Path part) throws IOException {
        try {
            Files.createLink(file, part);
        } catch (UnsupportedOperationException | FileSystemException e) {
            if (e instanceof FileAlreadyExistsException existing) {
                throw existing;
            }
            // A file system without hard links.
            Files.move(part, file);
        }
    }
}
