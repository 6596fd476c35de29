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
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tribuogrowth.provenance.LedgerVerification;
import org.tribuogrowth.provenance.Manifest;

/**
 * The files beside a ledger that an export names: those of the manifest, after comparing them with it.
 *
 * @param manifest      Whether there is a manifest; without one the other fields are empty.
 * @param ledger        The SHA-256 of the ledger's file.
 * @param configuration The SHA-256 of the configuration's file.
 * @param models        The SHA-256 of each file that holds the compact network, by its name.
 */
record ExportedFiles(
        boolean manifest, Optional<String> ledger, Optional<String> configuration, SortedMap<String, String> models) {
    private static final String LEDGER = "ledger.jsonl";
    private static final String CONFIGURATION = "config.xml";

    /** Copies the map. */
    ExportedFiles {
        models = Collections.unmodifiableSortedMap(new TreeMap<>(models));
    }

    /**
     * Reads the manifest and compares the files with it.
     *
     * @param source The run.
     * @return The files; none without a run folder, or without a manifest in it.
     * @throws IllegalArgumentException If the manifest is none, is that of another ledger, or a file is missing or was
     *                                  changed.
     * @throws IOException              If a file cannot be read.
     */
    static ExportedFiles of(ExportSource source) throws IOException {
        if (source.folder().isEmpty()) {
            return new ExportedFiles(false, Optional.empty(), Optional.empty(), new TreeMap<>());
        }
        Path folder = source.folder().get();
        if (!Files.isRegularFile(folder.resolve(Manifest.FILE_NAME), LinkOption.NOFOLLOW_LINKS)) {
            return new ExportedFiles(false, Optional.empty(), Optional.empty(), new TreeMap<>());
        }
        Manifest manifest = Manifest.read(folder);
        LedgerVerification ledger = source.ledger().verification();
        if (!manifest.ledgerHead().equals(ledger.head()) || manifest.ledgerEvents() != ledger.lines()) {
            throw new IllegalArgumentException(Manifest.FILE_NAME + " is of another ledger: it names "
                    + manifest.ledgerEvents() + " lines with head " + manifest.ledgerHead() + ", found "
                    + ledger.lines() + " with head " + ledger.head() + ".");
        }
        for (Manifest.FileCheck check : manifest.check(folder)) {
            if (check.status() != Manifest.Status.SAME) {
                throw new IllegalArgumentException("the file " + check.name() + " of the run folder "
                        + (check.status() == Manifest.Status.CHANGED ? "was changed" : "is missing")
                        + ", so " + Manifest.FILE_NAME + " does not hold; audit verify says more.");
            }
        }
        TreeMap<String, String> models = new TreeMap<>(manifest.files());
        models.keySet().removeIf(name -> !isModel(name));
        return new ExportedFiles(
                true,
                Optional.ofNullable(manifest.files().get(LEDGER)),
                Optional.ofNullable(manifest.files().get(CONFIGURATION)),
                models);
    }

    private static boolean isModel(String name) {
        return name.endsWith(".tribuo") || name.endsWith(".onnx") || name.endsWith("-dl4j.zip");
    }
}
