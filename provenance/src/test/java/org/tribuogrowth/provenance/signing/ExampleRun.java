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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.tribuogrowth.provenance.LedgerEvent;
import org.tribuogrowth.provenance.LedgerVerification;
import org.tribuogrowth.provenance.LedgerVerifier;
import org.tribuogrowth.provenance.Manifest;
import org.tribuogrowth.provenance.SimulatedSearch;

/** Run folders with a ledger and one other file. */
public final class ExampleRun {
    public static final String NOTES = "notes.txt";

    private ExampleRun() {}

    /** Writes, or writes anew, all files of a run but its signature, so that they agree with each other. */
    public static void write(Path folder, List<LedgerEvent> events, String notes) throws IOException {
        byte[] ledger = SimulatedSearch.write(events);
        Files.write(folder.resolve("ledger.jsonl"), ledger);
        Files.writeString(folder.resolve(NOTES), notes);
        writeManifest(folder);
    }

    public static void writeManifest(Path folder) throws IOException {
        LedgerVerification ledger = LedgerVerifier.verify(folder.resolve("ledger.jsonl"));
        Manifest.of(folder, List.of("ledger.jsonl", NOTES), ledger.head(), ledger.lines())
                .write(folder);
    }

    /** A key whose private half lies in the resources of the tests; it protects nothing. */
    public static Path resource(String name) {
        return Path.of("src", "test", "resources", "org", "tribuogrowth", "provenance", "signing", name);
    }
}
