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
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.tribuogrowth.provenance.encoding.Json;
import org.tribuogrowth.provenance.encoding.Sha256;

/**
 * The bytes of a line that a crash tore, in a file beside the ledger that is named after the line. Such a file for the
 * line that the ledger has next is also the note that the tear is still to be recorded.
 *
 * @param bytes  How many bytes there are.
 * @param digest Their SHA-256.
 */
record TornLine(long bytes, String digest) {
    private static final String EXTENSION = ".jsonl";

    static Path file(Path ledger, long tornIndex) {
        String name = ledger.getFileName().toString();
        String stem = name.endsWith(EXTENSION) ? name.substring(0, name.length() - EXTENSION.length()) : name;
        return ledger.resolveSibling(stem + ".torn-" + (tornIndex + 1));
    }

    /**
     * Sees to it that a torn line is safe outside the ledger.
     *
     * @param ledger The ledger.
     * @param count  Its whole lines.
     * @param torn   What follows them, which may be nothing.
     * @return The torn lines that are safe and not recorded yet, in the order in which they are to be.
     * @throws IOException If files cannot be read or written.
     */
    static List<TornLine> secure(Path ledger, long count, byte[] torn) throws IOException {
        List<TornLine> pending = new ArrayList<>();
        TornLine found = new TornLine(torn.length, Sha256.of(torn));
        Path file = file(ledger, count);
        while (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            pending.add(read(file));
            file = file(ledger, count + pending.size());
        }
        // An attempt that broke off before it cut the ledger has kept the same bytes already.
        boolean kept = !pending.isEmpty() && pending.get(pending.size() - 1).equals(found);
        if (torn.length > 0 && !kept) {
            AtomicFile.write(file, torn);
            pending.add(found);
        }
        return pending;
    }

    private static TornLine read(Path file) throws IOException {
        byte[] bytes = new byte[0];
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            try (InputStream input = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
                bytes = input.readNBytes(Json.MAX_BYTES + 1);
            }
        }
        if (bytes.length == 0 || bytes.length > Json.MAX_BYTES) {
            throw new IOException("The file " + file + " stands where the bytes of a torn line are kept, but is not a"
                    + " regular file of 1 to " + Json.MAX_BYTES + " bytes; move it elsewhere");
        }
        return new TornLine(bytes.length, Sha256.of(bytes));
    }
}
