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

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** What is written is verified and read back as it was. */
class LedgerRoundTripTest {
    @Property(tries = 200)
    void aRandomSearchVerifiesAndIsReadBack(@ForAll long seed, @ForAll @IntRange(max = 12) int intervals)
            throws IOException {
        List<LedgerEvent> events = SimulatedSearch.run(seed, intervals);
        byte[] ledger = SimulatedSearch.write(events);

        LedgerVerification verification = LedgerVerifier.verify(ledger);
        assertThat(verification.reason()).isEmpty();
        assertThat(verification.ok()).isTrue();
        assertThat(verification.unfinished()).isFalse();
        assertThat(verification.lines()).isEqualTo(events.size());

        List<LedgerEvent> read = new ArrayList<>();
        try (LedgerReader reader = LedgerReader.of(ledger)) {
            for (Optional<LedgerLine> line = reader.next(); line.isPresent(); line = reader.next()) {
                read.add(line.get().event());
            }
            assertThat(reader.sealed()).isTrue();
        }
        assertThat(read).isEqualTo(events);
        SealEvent seal = (SealEvent) events.get(events.size() - 1);
        LedgerState state = verification.state().orElseThrow();
        assertThat(state.structureDigest()).isEqualTo(seal.structureDigest());
        assertThat(state.cost()).isEqualTo(seal.cost());
        state.groups().forEach((name, group) -> {
            assertThat(group.activeUnits()).isEqualTo(seal.activeUnits().get(name));
            assertThat(group.detachedUnits()).isEmpty();
        });
    }

    @Property(tries = 50)
    void theChainIsTheHashOfTheBytesOfEachLine(@ForAll long seed) {
        byte[] ledger = SimulatedSearch.write(SimulatedSearch.run(seed, 4));
        String text = new String(ledger, StandardCharsets.UTF_8);
        assertThat(text).endsWith("\n");
        String previous = "0".repeat(64);
        MerkleTree tree = new MerkleTree();
        for (String line : text.split("\n")) {
            String root = line.endsWith("\"type\":\"seal\"}") ? "\"merkleRoot\":\"" + tree.root() + "\"," : "";
            assertThat(line)
                    .startsWith("{\"event\":{")
                    .contains("},\"index\":" + tree.size() + "," + root + "\"previous\":\"" + previous + "\",");
            previous = SimulatedSearch.sha256(line);
            tree.add(line.getBytes(StandardCharsets.UTF_8));
        }
        assertThat(LedgerVerifier.verify(ledger).head()).isEqualTo(previous);
    }

    @Property(tries = 20)
    void sameEventsGiveTheSameBytes(@ForAll long seed) {
        List<LedgerEvent> events = SimulatedSearch.run(seed, 5);
        assertThat(SimulatedSearch.write(events)).isEqualTo(SimulatedSearch.write(SimulatedSearch.run(seed, 5)));
    }
}
