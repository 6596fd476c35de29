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

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tribuogrowth.provenance.LedgerLine;
import org.tribuogrowth.provenance.LedgerReader;
import org.tribuogrowth.provenance.Manifest;
import org.tribuogrowth.provenance.SealEvent;
import org.tribuogrowth.provenance.StartEvent;
import org.tribuogrowth.provenance.encoding.Json;

/**
 * What a signature says about a run: an in-toto Statement v1 whose subjects are the manifest and the files that it
 * lists, and whose predicate repeats what the ledger's first and last line say. It is computed from the run; a signed
 * one is never believed, only compared with what the run at hand gives.
 */
public final class RunStatement {
    /** The type of the payload in a DSSE envelope. */
    public static final String PAYLOAD_TYPE = "application/vnd.in-toto+json";

    /** The type of the statement. */
    public static final String TYPE = "https://in-toto.io/Statement/v1";

    /** The type and version of the predicate. It is a name, not an address. */
    public static final String PREDICATE_TYPE = "https://tribuogrowth.org/attestation/run/v1";

    private final ObjectNode json;

    private RunStatement(SortedMap<String, String> subjects, ObjectNode predicate) {
        json = Json.object();
        json.put("_type", TYPE);
        json.put("predicateType", PREDICATE_TYPE);
        json.set("predicate", predicate);
        ArrayNode list = json.putArray("subject");
        subjects.forEach((name, sha256) -> {
            ObjectNode subject = list.addObject().put("name", name);
            subject.putObject("digest").put("sha256", sha256);
        });
    }

    /**
     * Computes the statement about a run. The manifest and the ledger are read and verified; that the other files are
     * those of the manifest is for the caller to check.
     *
     * @param folder The run folder.
     * @return The statement.
     * @throws IllegalArgumentException If the manifest is not one, or the ledger is not the one that it names.
     * @throws IOException              If a file cannot be read, or the ledger does not hold.
     */
    public static RunStatement of(Path folder) throws IOException {
        Manifest manifest = Manifest.read(folder);
        TreeMap<String, String> subjects = new TreeMap<>(manifest.files());
        subjects.put(Manifest.FILE_NAME, manifest.digest());
        return new RunStatement(subjects, predicate(folder.resolve("ledger.jsonl"), manifest));
    }

    private static ObjectNode predicate(Path ledger, Manifest manifest) throws IOException {
        LedgerLine first = null;
        LedgerLine last = null;
        try (InputStream input = Files.newInputStream(ledger, LinkOption.NOFOLLOW_LINKS);
                LedgerReader reader = LedgerReader.of(input)) {
            for (Optional<LedgerLine> line = reader.next(); line.isPresent(); line = reader.next()) {
                first = first == null ? line.get() : first;
                last = line.get();
            }
            if (!reader.sealed()
                    || !reader.head().equals(manifest.ledgerHead())
                    || reader.count() != manifest.ledgerEvents()) {
                throw new IllegalArgumentException("the ledger is not the sealed one that the manifest names");
            }
        }
        StartEvent start = (StartEvent) first.event();
        SealEvent seal = (SealEvent) last.event();
        return Json.object()
                .put("compactArchitectureDigest", seal.compactArchitectureDigest())
                .put("configurationDigest", start.configurationDigest())
                .put("dataDigest", start.dataDigest())
                .put("ledgerEvents", manifest.ledgerEvents())
                .put("ledgerHead", manifest.ledgerHead())
                .put("merkleRoot", last.merkleRoot().orElseThrow())
                .put("method", start.method())
                // Any 64-bit number, of which a JSON number keeps 53 bits.
                .put("seed", Long.toString(start.seed()))
                .put("structureDigest", seal.structureDigest())
                .put("weightsDigest", seal.weightsDigest());
    }

    /**
     * The statement as it is signed.
     *
     * @return Canonical JSON (RFC 8785).
     */
    public byte[] payload() {
        return Json.write(json);
    }

    /**
     * How many files the statement is about.
     *
     * @return The number of subjects.
     */
    public int subjects() {
        return json.get("subject").size();
    }

    /**
     * Compares what was signed with this statement.
     *
     * @param payload What was signed; it may be anyone's.
     * @return The differences, for people, each a part of a sentence; empty only if the payload is this statement, byte
     *         for byte.
     */
    public List<String> differences(byte[] payload) {
        return new StatementComparison(json).with(payload);
    }
}
