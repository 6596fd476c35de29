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
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import org.tribuogrowth.provenance.AtomicFile;

/** The signatures of a run folder: a DSSE envelope in {@code manifest.json.sig}, beside the manifest. */
public final class SignatureFile {
    /** The file's name. */
    public static final String FILE_NAME = "manifest.json.sig";

    private SignatureFile() {}

    /**
     * Whether a folder has signatures.
     *
     * @param folder The run folder.
     * @return Whether there is a regular file of the name; links are not followed.
     */
    public static boolean exists(Path folder) {
        return Files.isRegularFile(folder.resolve(FILE_NAME), LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * Reads the signatures. None of them is checked by that.
     *
     * @param folder The run folder.
     * @return The envelope.
     * @throws IllegalArgumentException If the file is not an envelope within bounds; the message says why.
     * @throws IOException              If it cannot be read.
     */
    public static Envelope read(Path folder) throws IOException {
        byte[] bytes;
        try (InputStream input = Files.newInputStream(folder.resolve(FILE_NAME), LinkOption.NOFOLLOW_LINKS)) {
            bytes = input.readNBytes(Envelope.MAX_BYTES + 1);
        }
        try {
            return Envelope.decode(bytes);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(FILE_NAME + " is not a DSSE envelope: " + e.getMessage(), e);
        }
    }

    /**
     * Writes the signatures, in place of what was there; whole or not at all.
     *
     * @param folder   The run folder.
     * @param envelope The envelope.
     * @throws IOException If writing fails.
     */
    public static void write(Path folder, Envelope envelope) throws IOException {
        byte[] json = envelope.encode();
        byte[] line = Arrays.copyOf(json, json.length + 1);
        line[json.length] = '\n';
        AtomicFile.write(folder.resolve(FILE_NAME), line);
    }
}
