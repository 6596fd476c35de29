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

import com.oracle.labs.mlrg.olcut.provenance.ListProvenance;
import com.oracle.labs.mlrg.olcut.provenance.ObjectProvenance;
import com.oracle.labs.mlrg.olcut.provenance.Provenance;
import com.oracle.labs.mlrg.olcut.provenance.ProvenanceException;
import com.oracle.labs.mlrg.olcut.provenance.primitives.BooleanProvenance;
import com.oracle.labs.mlrg.olcut.provenance.primitives.HashProvenance;
import com.oracle.labs.mlrg.olcut.provenance.primitives.IntProvenance;
import com.oracle.labs.mlrg.olcut.provenance.primitives.LongProvenance;
import com.oracle.labs.mlrg.olcut.provenance.primitives.StringProvenance;
import com.oracle.labs.mlrg.olcut.util.Pair;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import org.tribuogrowth.provenance.encoding.SafeText;
import org.tribuogrowth.provenance.encoding.Sha256;

/**
 * How a network came by its structure, as provenance: the summary of a sealed ledger with its last changes, tied to the
 * whole ledger by hash. Put it directly into a model's instance provenance under {@link #NAME}: OLCUT cannot marshal
 * objects that are nested two containers deep.
 */
public final class ArchitectureHistoryProvenance implements ObjectProvenance {
    private static final long serialVersionUID = 1L;

    /** The key in a model's instance provenance. */
    public static final String NAME = "architecture-history";

    /** How many changes a history keeps if nothing else is asked for: about half a megabyte of a model file. */
    public static final int DEFAULT_MAXIMUM_CHANGES = 500;

    /** The version of this provenance's fields. */
    public static final String SCHEMA_VERSION = "schema-version";

    /** The search method. */
    public static final String METHOD = "method";

    /** The SHA-256 of the dense reference architecture's canonical text. */
    public static final String ARCHITECTURE_DIGEST = "architecture-digest";

    /**
     * The widths of the searchable groups at the start, for example {@code conv1=1,conv2=1}, cut after 1,000
     * characters.
     */
    public static final String INITIAL_ARCHITECTURE = "initial-architecture";

    /** The widths of the searchable groups at the end. */
    public static final String FINAL_ARCHITECTURE = "final-architecture";

    /** The digest of architecture and active units at the start. */
    public static final String INITIAL_STRUCTURE_DIGEST = "initial-structure-digest";

    /** The digest of architecture and active units at the end. */
    public static final String FINAL_STRUCTURE_DIGEST = "final-structure-digest";

    /** The SHA-256 of the compact architecture's canonical text. */
    public static final String COMPACT_ARCHITECTURE_DIGEST = "compact-architecture-digest";

    /** The SHA-256 of the compact network's weights. */
    public static final String WEIGHTS_DIGEST = "weights-digest";

    /** The parameters of the dense reference. */
    public static final String DENSE_PARAMETERS = "dense-parameters";

    /** The multiply-adds of the dense reference. */
    public static final String DENSE_MULTIPLY_ADDS = "dense-multiply-adds";

    /** The parameters at the start. */
    public static final String INITIAL_PARAMETERS = "initial-parameters";

    /** The multiply-adds at the start. */
    public static final String INITIAL_MULTIPLY_ADDS = "initial-multiply-adds";

    /** The parameters at the end. */
    public static final String FINAL_PARAMETERS = "final-parameters";

    /** The multiply-adds at the end. */
    public static final String FINAL_MULTIPLY_ADDS = "final-multiply-adds";

    /** How many changes there were, whether listed or not. */
    public static final String NUM_CHANGES = "num-changes";

    /** Whether the first changes are left out, because there were more than the maximum. */
    public static final String TRUNCATED = "truncated";

    /** The number of lines of the ledger. */
    public static final String LEDGER_EVENTS = "ledger-events";

    /** The SHA-256 of the ledger's last line, without its line feed. */
    public static final String LEDGER_HEAD = "ledger-head";

    /** The SHA-256 of all bytes of the ledger: what {@code sha256sum ledger.jsonl} prints. */
    public static final String LOG_HASH = "log-hash";

    /** The changes that are kept, the last ones, in the order of the ledger. */
    public static final String CHANGES = "changes";

    private static final int CURRENT_SCHEMA_VERSION = 1;
    private static final Map<String, Class<? extends Provenance>> TYPES = types();

    /** The values. */
    private final ProvenanceFields fields;

    private ArchitectureHistoryProvenance(ProvenanceFields fields) {
        this.fields = fields;
    }

    /**
     * Rebuilds a history from its marshalled form.
     *
     * @param map The values by key.
     * @throws ProvenanceException If a value is missing or of another type.
     */
    public ArchitectureHistoryProvenance(Map<String, Provenance> map) {
        fields = new ProvenanceFields(ArchitectureHistoryProvenance.class, map, TYPES);
        for (Provenance change : (ListProvenance<?>) fields.get(CHANGES)) {
            if (!(change instanceof ArchitectureChangeProvenance)) {
                throw new ProvenanceException("Failed to cast an element of " + CHANGES + " when constructing "
                        + ArchitectureHistoryProvenance.class.getName() + ", found "
                        + change.getClass().getName());
            }
        }
    }

    private static Map<String, Class<? extends Provenance>> types() {
        LinkedHashMap<String, Class<? extends Provenance>> types = new LinkedHashMap<>();
        types.put(SCHEMA_VERSION, IntProvenance.class);
        types.put(METHOD, StringProvenance.class);
        types.put(ARCHITECTURE_DIGEST, HashProvenance.class);
        types.put(INITIAL_ARCHITECTURE, StringProvenance.class);
        types.put(FINAL_ARCHITECTURE, StringProvenance.class);
        types.put(INITIAL_STRUCTURE_DIGEST, HashProvenance.class);
        types.put(FINAL_STRUCTURE_DIGEST, HashProvenance.class);
        types.put(COMPACT_ARCHITECTURE_DIGEST, HashProvenance.class);
        types.put(WEIGHTS_DIGEST, HashProvenance.class);
        types.put(DENSE_PARAMETERS, LongProvenance.class);
        types.put(DENSE_MULTIPLY_ADDS, LongProvenance.class);
        types.put(INITIAL_PARAMETERS, LongProvenance.class);
        types.put(INITIAL_MULTIPLY_ADDS, LongProvenance.class);
        types.put(FINAL_PARAMETERS, LongProvenance.class);
        types.put(FINAL_MULTIPLY_ADDS, LongProvenance.class);
        types.put(NUM_CHANGES, IntProvenance.class);
        types.put(TRUNCATED, BooleanProvenance.class);
        types.put(LEDGER_EVENTS, LongProvenance.class);
        types.put(LEDGER_HEAD, HashProvenance.class);
        types.put(LOG_HASH, HashProvenance.class);
        types.put(CHANGES, ListProvenance.class);
        return Collections.unmodifiableMap(types);
    }

    /**
     * The history of a ledger in memory.
     *
     * @param ledger         The bytes of a sealed ledger.
     * @param maximumChanges How many changes to keep, at least 0; more than a few hundred make a model file large.
     * @return The history.
     * @throws IllegalArgumentException If the ledger does not hold or is not sealed.
     */
    public static ArchitectureHistoryProvenance of(byte[] ledger, int maximumChanges) {
        try {
            return of(new ByteArrayInputStream(ledger), maximumChanges);
        } catch (LedgerException e) {
            throw new IllegalArgumentException("The ledger does not hold. " + e.getMessage(), e);
        } catch (IOException e) {
            throw new AssertionError("Memory can be read", e);
        }
    }

    /**
     * The history of a ledger file, read once, in bounded memory.
     *
     * @param ledger         A sealed ledger.
     * @param maximumChanges How many changes to keep, at least 0; more than a few hundred make a model file large.
     * @return The history.
     * @throws LedgerException If the ledger does not hold or is not sealed.
     * @throws IOException     If it cannot be read.
     */
    public static ArchitectureHistoryProvenance of(Path ledger, int maximumChanges) throws IOException {
        try (InputStream input = Files.newInputStream(ledger)) {
            return of(input, maximumChanges);
        }
    }

    /**
     * The history of events, from the start event to the seal.
     *
     * @param events         The events of a whole run. Written as a ledger they give the bytes that the history's
     *                       hashes refer to.
     * @param maximumChanges How many changes to keep, at least 0; more than a few hundred make a model file large.
     * @return The history.
     * @throws IllegalArgumentException If the events do not follow from each other, or the seal is missing.
     */
    public static ArchitectureHistoryProvenance of(List<LedgerEvent> events, int maximumChanges) {
        try (LedgerWriter writer = LedgerWriter.inMemory()) {
            events.forEach(writer::append);
            return of(writer.bytes(), maximumChanges);
        }
    }

    private static ArchitectureHistoryProvenance of(InputStream ledger, int maximumChanges) throws IOException {
        if (maximumChanges < 0) {
            throw new IllegalArgumentException("A history keeps at least 0 changes, found " + maximumChanges);
        }
        MessageDigest digest = Sha256.start();
        try (LedgerReader reader = LedgerReader.of(new DigestInputStream(ledger, digest))) {
            HistoryCollector collector = new HistoryCollector(maximumChanges);
            LedgerState initial = null;
            StartEvent start = null;
            SealEvent seal = null;
            for (Optional<LedgerLine> line = reader.next(); line.isPresent(); line = reader.next()) {
                LedgerEvent event = line.get().event();
                if (event instanceof StartEvent first) {
                    start = first;
                    initial = reader.state().orElseThrow();
                } else if (event instanceof ChangeEvent change) {
                    collector.add(change);
                } else if (event instanceof SealEvent last) {
                    seal = last;
                }
            }
            if (seal == null) {
                throw new LedgerException(reader.count() + 1, "is missing: a history is made of a sealed ledger");
            }
            List<ArchitectureChangeProvenance> changes = collector.finish();
            return new ArchitectureHistoryProvenance(new ProvenanceFields()
                    .put(SCHEMA_VERSION, CURRENT_SCHEMA_VERSION)
                    .put(METHOD, start.method())
                    .putDigest(ARCHITECTURE_DIGEST, start.architectureDigest())
                    .put(INITIAL_ARCHITECTURE, widths(initial))
                    .put(FINAL_ARCHITECTURE, widths(reader.state().orElseThrow()))
                    .putDigest(INITIAL_STRUCTURE_DIGEST, start.structureDigest())
                    .putDigest(FINAL_STRUCTURE_DIGEST, seal.structureDigest())
                    .putDigest(COMPACT_ARCHITECTURE_DIGEST, seal.compactArchitectureDigest())
                    .putDigest(WEIGHTS_DIGEST, seal.weightsDigest())
                    .put(DENSE_PARAMETERS, start.dense().parameters())
                    .put(DENSE_MULTIPLY_ADDS, start.dense().multiplyAdds())
                    .put(INITIAL_PARAMETERS, initial.cost().parameters())
                    .put(INITIAL_MULTIPLY_ADDS, initial.cost().multiplyAdds())
                    .put(FINAL_PARAMETERS, seal.cost().parameters())
                    .put(FINAL_MULTIPLY_ADDS, seal.cost().multiplyAdds())
                    .put(NUM_CHANGES, collector.count())
                    .put(TRUNCATED, collector.count() > changes.size())
                    .put(LEDGER_EVENTS, reader.count())
                    .putDigest(LEDGER_HEAD, reader.head())
                    .putDigest(LOG_HASH, Sha256.hex(digest.digest()))
                    .put(CHANGES, new ListProvenance<>(changes)));
        }
    }

    private static String widths(LedgerState state) {
        StringJoiner text = new StringJoiner(",");
        state.groups().forEach((name, group) -> {
            if (group.searchable()) {
                text.add(name + "=" + group.active());
            }
        });
        return SafeText.clean(text.toString(), Values.MAX_TEXT);
    }

    /**
     * The changes that are kept.
     *
     * @return The last ones, in the order of the ledger.
     */
    public List<ArchitectureChangeProvenance> changes() {
        List<ArchitectureChangeProvenance> changes = new ArrayList<>();
        for (Provenance change : (ListProvenance<?>) fields.get(CHANGES)) {
            changes.add((ArchitectureChangeProvenance) change);
        }
        return changes;
    }

    /**
     * How many changes there were, whether listed or not.
     *
     * @return The count.
     */
    public int numChanges() {
        return fields.integer(NUM_CHANGES);
    }

    /**
     * Whether the first changes are left out.
     *
     * @return True if there were more changes than the maximum.
     */
    public boolean truncated() {
        return fields.bool(TRUNCATED);
    }

    /**
     * The number of lines of the ledger.
     *
     * @return The count, at least 2.
     */
    public long ledgerEvents() {
        return fields.number(LEDGER_EVENTS);
    }

    /**
     * The SHA-256 of the ledger's last line, without its line feed.
     *
     * @return 64 lower-case hexadecimal digits.
     */
    public String ledgerHead() {
        return fields.text(LEDGER_HEAD);
    }

    /**
     * The SHA-256 of all bytes of the ledger.
     *
     * @return 64 lower-case hexadecimal digits.
     */
    public String logHash() {
        return fields.text(LOG_HASH);
    }

    /**
     * The multiply-adds of the compact network.
     *
     * @return The count, of one example's forward pass.
     */
    public long finalMultiplyAdds() {
        return fields.number(FINAL_MULTIPLY_ADDS);
    }

    /**
     * The parameters of the compact network.
     *
     * @return The count.
     */
    public long finalParameters() {
        return fields.number(FINAL_PARAMETERS);
    }

    @Override
    public String getClassName() {
        return ArchitectureHistoryProvenance.class.getName();
    }

    @Override
    public Iterator<Pair<String, Provenance>> iterator() {
        return fields.iterator(getClassName());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ArchitectureHistoryProvenance that && fields.equals(that.fields);
    }

    @Override
    public int hashCode() {
        return fields.hashCode();
    }

    @Override
    public String toString() {
        return generateString("ArchitectureHistory");
    }
}
