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

import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.tribuogrowth.provenance.encoding.SafeText;

/** Reads passphrases of keys. */
final class Passphrases {
    private static final int MAX_BYTES = 4096;

    private Passphrases() {}

    /**
     * Reads a file.
     *
     * @param file A file with one line.
     * @return The line without its end.
     * @throws IllegalArgumentException If it has more lines, none, or is too long.
     * @throws IOException              If it cannot be read.
     */
    static char[] fromFile(Path file) throws IOException {
        byte[] bytes;
        try (InputStream input = Files.newInputStream(file)) {
            bytes = input.readNBytes(MAX_BYTES + 1);
        }
        try {
            int end = bytes.length;
            if (end > 0 && bytes[end - 1] == '\n') {
                end--;
                end -= end > 0 && bytes[end - 1] == '\r' ? 1 : 0;
            }
            char[] passphrase = new char[end];
            for (int i = 0; i < end; i++) {
                passphrase[i] = (char) (bytes[i] & 0xff);
                if (passphrase[i] == '\n' || end > MAX_BYTES) {
                    throw new IllegalArgumentException(
                            "a passphrase is one line of at most " + MAX_BYTES + " bytes, found more");
                }
            }
            return passphrase;
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /**
     * Asks on the console.
     *
     * @param what Whose passphrase, for the prompt.
     * @param anew Whether the passphrase is a new one, which is asked twice.
     * @return What was typed.
     * @throws AuditException If there is no console, nothing was typed, or two different things.
     */
    static char[] ask(Path what, boolean anew) throws AuditException {
        Console console = System.console();
        if (console == null) {
            throw AuditException.usage("A passphrase is needed for " + SafeText.clean(what.toString(), 300)
                    + ", and there is no console to ask on: name a file that holds it with --passphrase-file.");
        }
        char[] passphrase = console.readPassword("Passphrase of %s: ", SafeText.clean(what.toString(), 300));
        if (passphrase == null) {
            throw AuditException.usage("No passphrase was given.");
        }
        if (anew) {
            char[] again = console.readPassword("The same once more: ");
            boolean same = Arrays.equals(passphrase, again);
            if (again != null) {
                Arrays.fill(again, '\0');
            }
            if (!same) {
                Arrays.fill(passphrase, '\0');
                throw AuditException.usage("Two different passphrases were given; no key was made.");
            }
        }
        return passphrase;
    }
}
