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

package org.tribuogrowth.cli;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.tribuogrowth.provenance.LineSink;

/** Holds the lines of a ledger, as a training writes them, against those of a recorded one, and ends the training if asked. */
final class ReplaySink implements LineSink {
    private final InputStream recorded;
    private final boolean keepGoing;
    private long equalLines;
    private boolean parted;

    private ReplaySink(InputStream recorded, boolean keepGoing) {
        this.recorded = recorded;
        this.keepGoing = keepGoing;
    }

    /** Ends a training whose ledger differs from the recorded one. */
    private static final class PartedException extends IOException {
        private static final long serialVersionUID = 1L;

        PartedException(long line) {
            super("the replay parts from the recorded run at line " + line + " of the ledger");
        }
    }

    /**
     * Opens a recorded ledger.
     *
     * @param recorded  The ledger.
     * @param keepGoing Whether the training goes on after the first difference.
     * @return The sink; close it.
     * @throws IOException If the ledger cannot be opened.
     */
    static ReplaySink open(Path recorded, boolean keepGoing) throws IOException {
        return new ReplaySink(new BufferedInputStream(Files.newInputStream(recorded)), keepGoing);
    }

    @Override
    public void accept(byte[] line) throws IOException {
        if (parted) {
            return;
        }
        // Both end with their only line feed, so equal bytes are a whole line.
        if (Arrays.equals(recorded.readNBytes(line.length), line)) {
            equalLines++;
            return;
        }
        parted = true;
        if (!keepGoing) {
            throw new PartedException(equalLines + 1);
        }
    }

    /** How many lines were equal before the first difference. */
    long equalLines() {
        return equalLines;
    }

    /** Whether a line differed. */
    boolean parted() {
        return parted;
    }

    @Override
    public void close() throws IOException {
        recorded.close();
    }
}
