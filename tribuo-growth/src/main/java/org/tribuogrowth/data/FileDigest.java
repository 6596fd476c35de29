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

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.OffsetDateTime;
import org.tribuogrowth.architecture.Digests;

/** The digest of several files as one: the SHA-256 of a line {@code <SHA-256>  NAME} a file, in the order of the files. */
final class FileDigest {
    private final MessageDigest digest = Digests.newSha256();
    private OffsetDateTime modified = OffsetDateTime.MIN;

    /**
     * Takes in a file.
     *
     * @param file    The file.
     * @param content Its content.
     * @throws IOException If its time cannot be found out.
     */
    void add(Path file, byte[] content) throws IOException {
        String line = Digests.hex(Digests.newSha256().digest(content)) + "  " + file.getFileName() + "\n";
        digest.update(line.getBytes(StandardCharsets.UTF_8));
        OffsetDateTime changed = UnpackedFile.modifiedTime(file);
        modified = changed.isAfter(modified) ? changed : modified;
    }

    /** What is known of all files; the digest begins anew. */
    ImageSourceProvenance.Origin origin() {
        return new ImageSourceProvenance.Origin(Digests.hex(digest.digest()), modified);
    }
}
