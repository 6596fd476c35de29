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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.oracle.labs.mlrg.olcut.config.protobuf.ProtoProvenanceSerialization;
import com.oracle.labs.mlrg.olcut.provenance.MapProvenance;
import com.oracle.labs.mlrg.olcut.provenance.ObjectProvenance;
import com.oracle.labs.mlrg.olcut.provenance.Provenance;
import com.oracle.labs.mlrg.olcut.provenance.ProvenanceException;
import com.oracle.labs.mlrg.olcut.provenance.ProvenanceUtil;
import com.oracle.labs.mlrg.olcut.provenance.primitives.StringProvenance;
import com.oracle.labs.mlrg.olcut.util.Pair;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tribuo.test.Helpers;

class ArchitectureHistoryProvenanceTest {
    private static final byte[] EXAMPLE = SimulatedSearch.write(ExampleLedger.events());

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 500})
    void check20_survivesMarshallingWithTribuosOwnTest(int maximum) {
        Helpers.testProvenanceMarshalling(ArchitectureHistoryProvenance.of(EXAMPLE, maximum));
    }

    @Property(tries = 50)
    void anyHistorySurvivesMarshalling(@ForAll long seed) {
        Helpers.testProvenanceMarshalling(ArchitectureHistoryProvenance.of(SimulatedSearch.run(seed, 8), 500));
    }

    @Test
    void marshalsFromAMapAsModelsHoldIt() {
        ArchitectureHistoryProvenance history = ArchitectureHistoryProvenance.of(EXAMPLE, 500);
        Helpers.testProvenanceMarshalling(new Holder(
                Map.of("instance-values", new MapProvenance<>(Map.of(ArchitectureHistoryProvenance.NAME, history)))));
    }

    /** Stands for a model's provenance: an object with a map of values in it. */
    public static final class Holder implements ObjectProvenance {
        private static final long serialVersionUID = 1L;
        private final MapProvenance<?> values;

        public Holder(Map<String, Provenance> map) {
            values = (MapProvenance<?>) map.get("instance-values");
        }

        @Override
        public String getClassName() {
            return Holder.class.getName();
        }

        @Override
        public Iterator<Pair<String, Provenance>> iterator() {
            return List.of(
                            new Pair<String, Provenance>(CLASS_NAME, new StringProvenance(CLASS_NAME, getClassName())),
                            new Pair<String, Provenance>("instance-values", values))
                    .iterator();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Holder that && values.equals(that.values);
        }

        @Override
        public int hashCode() {
            return values.hashCode();
        }
    }

    @Test
    void saysWhatTheLedgerSays() {
        ArchitectureHistoryProvenance history = ArchitectureHistoryProvenance.of(EXAMPLE, 500);
        assertThat(history.numChanges()).isEqualTo(2);
        assertThat(history.truncated()).isFalse();
        assertThat(history.ledgerEvents()).isEqualTo(8);
        assertThat(history.logHash()).isEqualTo(SimulatedSearch.sha256(EXAMPLE));
        assertThat(history.ledgerHead())
                .isEqualTo(LedgerVerifier.verify(EXAMPLE).head());
        assertThat(history.finalParameters()).isEqualTo(27);
        assertThat(history.finalMultiplyAdds()).isEqualTo(21);
        assertThat(history.toString())
                .contains(
                        "initial-architecture=hidden=2",
                        "final-architecture=hidden=3",
                        "dense-parameters=43",
                        "initial-multiply-adds=14");
        // The detach and the prune of one step are one change of the group.
        ArchitectureChangeProvenance last = history.changes().get(1);
        assertThat(last.index()).isEqualTo(1);
        assertThat(last.epoch()).isEqualTo(1);
        assertThat(last.step()).isEqualTo(20);
        assertThat(last.group()).isEqualTo("hidden");
        assertThat(last.kinds()).isEqualTo("detach+prune");
        assertThat(last.oldWidth()).isEqualTo(4);
        assertThat(last.newWidth()).isEqualTo(3);
        assertThat(last.parameters()).isEqualTo(27);
        assertThat(last.multiplyAdds()).isEqualTo(21);
        assertThat(last.reason()).isEqualTo("gate at 0; end of search");
    }

    @Property(tries = 100)
    void check24_changesFormAChainThatEndsAtTheFinalStructure(@ForAll long seed) {
        List<LedgerEvent> events = SimulatedSearch.run(seed, 12);
        ArchitectureHistoryProvenance history = ArchitectureHistoryProvenance.of(events, 500);
        StartEvent start = (StartEvent) events.get(0);
        Map<String, Integer> widths = new HashMap<>();
        start.activeUnits().forEach((group, units) -> widths.put(group, UnitText.parse("units", units, 100).length));
        long multiplyAdds = -1;
        int index = 0;
        for (ArchitectureChangeProvenance change : history.changes()) {
            assertThat(change.index()).isEqualTo(index++);
            assertThat(change.oldWidth()).isEqualTo(widths.put(change.group(), change.newWidth()));
            multiplyAdds = change.multiplyAdds();
        }
        SealEvent seal = (SealEvent) events.get(events.size() - 1);
        seal.activeUnits().forEach((group, units) -> assertThat(widths)
                .containsEntry(group, UnitText.parse("units", units, 100).length));
        if (index > 0) {
            assertThat(multiplyAdds).isEqualTo(seal.cost().multiplyAdds());
        }
        assertThat(history.numChanges()).isEqualTo(index);
    }

    @Test
    void check26_theLastChangesAreKept() {
        List<LedgerEvent> events = SimulatedSearch.run(3, 60);
        ArchitectureHistoryProvenance whole = ArchitectureHistoryProvenance.of(events, 500);
        ArchitectureHistoryProvenance cut = ArchitectureHistoryProvenance.of(events, 5);
        int count = whole.changes().size();
        assertThat(count).isGreaterThan(20);
        assertThat(cut.changes()).isEqualTo(whole.changes().subList(count - 5, count));
        assertThat(cut.truncated()).isTrue();
        assertThat(cut.numChanges()).isEqualTo(count);
        assertThat(ArchitectureHistoryProvenance.of(events, count).truncated()).isFalse();
        assertThat(ArchitectureHistoryProvenance.of(events, 0).changes()).isEmpty();
        assertThat(cut).isNotEqualTo(whole);
    }

    @Test
    void fileBytesAndEventsGiveTheSame(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("ledger.jsonl"), EXAMPLE);
        ArchitectureHistoryProvenance history = ArchitectureHistoryProvenance.of(EXAMPLE, 10);
        assertThat(ArchitectureHistoryProvenance.of(file, 10))
                .isEqualTo(history)
                .hasSameHashCodeAs(history);
        assertThat(ArchitectureHistoryProvenance.of(ExampleLedger.events(), 10)).isEqualTo(history);
    }

    @Test
    void aLedgerThatDoesNotHoldIsNoHistory() {
        byte[] changed = EXAMPLE.clone();
        changed[200] ^= 1;
        assertThatThrownBy(() -> ArchitectureHistoryProvenance.of(changed, 10))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Line 1");
        assertThatThrownBy(() ->
                        ArchitectureHistoryProvenance.of(ExampleLedger.events().subList(0, 7), 10))
                .hasMessageContaining("sealed");
        assertThatThrownBy(() -> ArchitectureHistoryProvenance.of(EXAMPLE, -1)).hasMessageContaining("at least 0");
    }

    private static Map<String, Provenance> map(ObjectProvenance provenance) {
        Map<String, Provenance> map = new LinkedHashMap<>();
        provenance.forEach(pair -> map.put(pair.getA(), pair.getB()));
        return map;
    }

    @Test
    void check22_everyFieldCounts() {
        ArchitectureHistoryProvenance history = ArchitectureHistoryProvenance.of(EXAMPLE, 10);
        ArchitectureChangeProvenance change = history.changes().get(0);
        for (ObjectProvenance provenance : List.of(history, change)) {
            Map<String, Provenance> map = map(provenance);
            assertThat(map.keySet())
                    .allMatch(key -> key.matches("[a-z]+(-[a-z]+)*"))
                    .contains("class-name");
            assertThat(rebuild(provenance, Map.copyOf(map)))
                    .isEqualTo(provenance)
                    .hasSameHashCodeAs(provenance);
            for (String key : map.keySet()) {
                if (key.equals(ObjectProvenance.CLASS_NAME)) {
                    continue;
                }
                Map<String, Provenance> without = new HashMap<>(map);
                without.remove(key);
                assertThatThrownBy(() -> rebuild(provenance, without))
                        .isInstanceOf(ProvenanceException.class)
                        .hasMessageContaining(key);
                Map<String, Provenance> other = new HashMap<>(map);
                other.put(key, map(change).get(ObjectProvenance.CLASS_NAME));
                if (map.get(key) instanceof StringProvenance) {
                    assertThat(rebuild(provenance, other)).isNotEqualTo(provenance);
                } else {
                    assertThatThrownBy(() -> rebuild(provenance, other)).isInstanceOf(ProvenanceException.class);
                }
            }
        }
    }

    private static ObjectProvenance rebuild(ObjectProvenance provenance, Map<String, Provenance> map) {
        return provenance instanceof ArchitectureHistoryProvenance
                ? new ArchitectureHistoryProvenance(map)
                : new ArchitectureChangeProvenance(map);
    }

    @Test
    void survivesJavaSerialisation() throws IOException, ClassNotFoundException {
        ArchitectureHistoryProvenance history = ArchitectureHistoryProvenance.of(EXAMPLE, 10);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream output = new ObjectOutputStream(bytes)) {
            output.writeObject(history);
        }
        try (ObjectInputStream input = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(input.readObject()).isEqualTo(history);
        }
    }

    @Test
    void check26_aChangeTakesAtMostOneAndAHalfKilobytesOfAModelFile() {
        List<LedgerEvent> events = SimulatedSearch.run(3, 400);
        int with = size(ArchitectureHistoryProvenance.of(events, 100));
        int without = size(ArchitectureHistoryProvenance.of(events, 0));
        assertThat((with - without) / 100).isBetween(200, 1500);
    }

    private static int size(ArchitectureHistoryProvenance history) {
        return new ProtoProvenanceSerialization(false)
                .serializeToProto(ProvenanceUtil.marshalProvenance(history))
                .getSerializedSize();
    }
}
