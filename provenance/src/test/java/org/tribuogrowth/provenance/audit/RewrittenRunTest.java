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

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;
import org.tribuogrowth.provenance.LedgerEvent;
import org.tribuogrowth.provenance.SealEvent;
import org.tribuogrowth.provenance.SimulatedSearch;
import org.tribuogrowth.provenance.StartEvent;
import org.tribuogrowth.provenance.signing.Envelope;
import org.tribuogrowth.provenance.signing.ExampleRun;
import org.tribuogrowth.provenance.signing.RunStatement;
import org.tribuogrowth.provenance.signing.SignatureFile;
import org.tribuogrowth.provenance.signing.SigningKey;
import org.tribuogrowth.provenance.signing.VerificationKey;

/**
 * Someone without the key rewrites ledger, files and manifest so that all agree again: without the signature that is not
 * found, with it always.
 */
class RewrittenRunTest {
    private static final SigningKey KEY = SigningKey.generate();
    private static final SigningKey STRANGER = SigningKey.generate();

    private enum Rewrite {
        ANOTHER_SEARCH,
        ANOTHER_SEED,
        OTHER_WEIGHTS,
        OTHER_CONFIGURATION,
        FEWER_EVENTS,
        OTHER_FILE
    }

    private enum Forgery {
        OLD_SIGNATURE,
        NO_SIGNATURE,
        NEW_STATEMENT_OLD_SIGNATURE,
        SIGNED_BY_A_STRANGER,
        SIGNED_BY_A_STRANGER_IN_OUR_NAME,
        SIGNED_BY_A_STRANGER_TOO
    }

    private Path run;

    @BeforeProperty
    void create() throws IOException {
        run = Files.createTempDirectory("run");
    }

    @AfterProperty
    void delete() throws IOException {
        try (Stream<Path> files = Files.walk(run)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private RunVerification verify(VerificationKey... keys) throws IOException {
        try {
            return RunVerification.ofFolder(run, List.of(keys));
        } catch (AuditException e) {
            throw new AssertionError(e);
        }
    }

    @Property(tries = 100)
    void aConsistentRewriteIsFoundByTheSignature(@ForAll long seed, @ForAll Rewrite rewrite, @ForAll Forgery forgery)
            throws IOException {
        requireFound(seed, rewrite, forgery);
    }

    @Tag("long")
    @Property(tries = 1000)
    void everyConsistentRewriteIsFoundByTheSignature(
            @ForAll long seed, @ForAll Rewrite rewrite, @ForAll Forgery forgery) throws IOException {
        requireFound(seed, rewrite, forgery);
    }

    private void requireFound(long seed, Rewrite rewrite, Forgery forgery) throws IOException {
        List<LedgerEvent> events = SimulatedSearch.run(seed, 1 + (int) Math.floorMod(seed, 6L));
        ExampleRun.write(run, events, "notes");
        RunStatement honest = RunStatement.of(run);
        Envelope envelope =
                Envelope.of(RunStatement.PAYLOAD_TYPE, honest.payload()).signedBy(KEY);
        SignatureFile.write(run, envelope);
        assertThat(verify(KEY.verificationKey()).lines()).noneMatch(line -> line.startsWith("FAILED"));

        ExampleRun.write(run, rewritten(events, seed, rewrite), rewrite == Rewrite.OTHER_FILE ? "other" : "notes");
        assertThat(verify().good()).as("not found without a signature").isTrue();
        forge(forgery, envelope);
        RunVerification verification = verify(KEY.verificationKey());
        assertThat(verification.good()).isFalse();
        assertThat(verification.lines()).anyMatch(line -> line.startsWith("FAILED  signature: "));
        Files.deleteIfExists(run.resolve(SignatureFile.FILE_NAME));
    }

    private static List<LedgerEvent> rewritten(List<LedgerEvent> events, long seed, Rewrite rewrite) {
        List<LedgerEvent> other = new ArrayList<>(events);
        StartEvent start = (StartEvent) events.get(0);
        SealEvent seal = (SealEvent) events.get(events.size() - 1);
        switch (rewrite) {
            case ANOTHER_SEARCH -> {
                return SimulatedSearch.run(seed + 1, 2);
            }
            case ANOTHER_SEED -> other.set(0, start(start, start.seed() + 1, start.configurationDigest()));
            case OTHER_CONFIGURATION -> other.set(0, start(start, start.seed(), SimulatedSearch.sha256("other")));
            case OTHER_WEIGHTS -> other.set(
                    events.size() - 1, seal(seal, SimulatedSearch.sha256("other"), seal.events()));
            case FEWER_EVENTS -> {
                // The compaction event before the seal is not needed for the rest to hold.
                other.remove(events.size() - 2);
                other.set(other.size() - 1, seal(seal, seal.weightsDigest(), seal.events() - 1));
            }
            case OTHER_FILE -> {
                // The ledger stays.
            }
        }
        return other;
    }

    private static StartEvent start(StartEvent start, long seed, String configurationDigest) {
        return new StartEvent(
                start.schemaVersion(),
                start.architecture(),
                start.architectureDigest(),
                start.groups(),
                start.activeUnits(),
                start.costTerms(),
                start.dense(),
                start.method(),
                seed,
                configurationDigest,
                start.dataDigest(),
                start.structureDigest());
    }

    private static SealEvent seal(SealEvent seal, String weightsDigest, long events) {
        return new SealEvent(
                seal.activeUnits(),
                seal.structureDigest(),
                seal.compactArchitectureDigest(),
                weightsDigest,
                seal.cost(),
                seal.budgetFraction(),
                events);
    }

    private void forge(Forgery forgery, Envelope honest) throws IOException {
        Envelope unsigned =
                Envelope.of(RunStatement.PAYLOAD_TYPE, RunStatement.of(run).payload());
        switch (forgery) {
            case OLD_SIGNATURE -> {
                // It lies there still.
            }
            case NO_SIGNATURE -> Files.delete(run.resolve(SignatureFile.FILE_NAME));
            case NEW_STATEMENT_OLD_SIGNATURE -> {
                String signatures = text(honest).replaceAll(".*\"signatures\":", "");
                write(text(unsigned).replace("[]}", signatures));
            }
            case SIGNED_BY_A_STRANGER -> SignatureFile.write(run, unsigned.signedBy(STRANGER));
            case SIGNED_BY_A_STRANGER_IN_OUR_NAME -> write(text(unsigned.signedBy(STRANGER))
                    .replace(
                            STRANGER.verificationKey().id(),
                            KEY.verificationKey().id()));
            case SIGNED_BY_A_STRANGER_TOO -> SignatureFile.write(run, honest.signedBy(STRANGER));
        }
    }

    private static String text(Envelope envelope) {
        return new String(envelope.encode(), StandardCharsets.UTF_8);
    }

    private void write(String envelope) throws IOException {
        SignatureFile.write(run, Envelope.decode(envelope.getBytes(StandardCharsets.UTF_8)));
    }
}
