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

package org.tribuogrowth.provenance.export;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.tribuogrowth.provenance.LedgerEvent;
import org.tribuogrowth.provenance.LedgerVerification;
import org.tribuogrowth.provenance.Manifest;
import org.tribuogrowth.provenance.SimulatedSearch;
import org.tribuogrowth.provenance.VerifiedLedger;

/** A run folder to export from. */
final class ExportedRun {
    static final String OBSERVATIONS =
            """
        {
          "outcome" : "good",
          "started" : "2026-11-22T03:41:15Z",
          "ended" : "2026-11-22T03:42:06Z",
          "tribuoGrowth" : "0.1.0"
        }
        """;

    private final Path folder;

    private ExportedRun(Path folder) {
        this.folder = folder;
    }

    /** A whole run folder, of a finished run or not. */
    static ExportedRun write(Path folder, List<LedgerEvent> events) throws IOException {
        Files.deleteIfExists(folder.resolve(Manifest.FILE_NAME));
        byte[] ledger = SimulatedSearch.write(events);
        Files.write(folder.resolve("ledger.jsonl"), ledger);
        Files.writeString(folder.resolve("config.xml"), "<config/>");
        Files.writeString(folder.resolve("model.tribuo"), "model");
        Files.writeString(folder.resolve("compact.onnx"), "onnx");
        Files.writeString(folder.resolve("observations.json"), OBSERVATIONS);
        ExportedRun run = new ExportedRun(folder);
        LedgerVerification verification = run.source().ledger().verification();
        List<String> names = List.of("ledger.jsonl", "config.xml", "model.tribuo", "compact.onnx", "observations.json");
        Manifest.of(folder, names, verification.head(), verification.lines()).write(folder);
        return run;
    }

    /** What lies in a folder. */
    static ExportedRun in(Path folder) {
        return new ExportedRun(folder);
    }

    ExportedRun replace(String name, String content) throws IOException {
        Files.writeString(folder.resolve(name), content);
        return this;
    }

    ExportedRun without(String name) throws IOException {
        Files.delete(folder.resolve(name));
        return this;
    }

    ExportedRun withoutManifest() throws IOException {
        return without(Manifest.FILE_NAME);
    }

    ExportSource source() throws IOException {
        return new ExportSource(VerifiedLedger.of(folder.resolve("ledger.jsonl")), Optional.of(folder));
    }

    ExportSource ledgerAlone() throws IOException {
        return new ExportSource(VerifiedLedger.of(folder.resolve("ledger.jsonl")), Optional.empty());
    }

    static String export(String format, ExportSource source) throws IOException {
        StringWriter text = new StringWriter();
        ExportFormats.named(format).orElseThrow().write(source, text);
        return text.toString();
    }
}
