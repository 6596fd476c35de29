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

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tribuogrowth.provenance.UnitTransition.State;
import org.tribuogrowth.provenance.encoding.SafeText;
import org.tribuogrowth.provenance.encoding.Sha256;

/**
 * Follows the structure from event to event and refuses what does not follow: the one rule book of writer and reader.
 * A refused event changes nothing.
 */
final class StructureTracker {
    /** The most units of all groups together, which bounds the memory that an untrusted ledger can ask for. */
    static final int MAX_UNITS = 1 << 24;

    private enum Phase {
        EMPTY,
        RUNNING,
        COMPACTED,
        SEALED
    }

    private Phase phase = Phase.EMPTY;
    private boolean trained;
    private StartEvent start;
    private SealEvent seal;
    private ArchitectureOutline outline;
    private MessageDigest afterArchitecture;
    private TreeMap<String, Group> groups = new TreeMap<>();
    private Map<String, List<CostTermRecord>> termsOf = Map.of();
    private CostRecord cost;
    private String structureDigest;
    private int epoch;
    private long step;
    private long changes;
    private long recoveries;
    private long events;

    private record Group(State[] states, int active, String activeUnits) {
        static Group of(State[] states) {
            int active = (int)
                    Arrays.stream(states).filter(state -> state == State.ACTIVE).count();
            return new Group(states, active, UnitText.format(states, State.ACTIVE));
        }
    }

    /**
     * Takes the next event.
     *
     * @param event The event.
     * @throws IllegalArgumentException If it does not follow from the events before it.
     */
    void apply(LedgerEvent event) {
        if (phase == Phase.SEALED) {
            throw new IllegalArgumentException(
                    "a " + event.type() + " event follows the seal, which is the last event");
        }
        if ((phase == Phase.EMPTY) != (event instanceof StartEvent)) {
            throw new IllegalArgumentException("the start event is the first one and the only one of its kind, found a "
                    + event.type() + " event " + (phase == Phase.EMPTY ? "first" : "after it"));
        }
        if (phase == Phase.COMPACTED && !(event instanceof SealEvent || event instanceof RecoveryEvent)) {
            throw new IllegalArgumentException(
                    "a " + event.type() + " event follows the compaction, after which only the seal is allowed");
        }
        if (event instanceof StartEvent first) {
            begin(first);
        } else if (event instanceof ChangeEvent change) {
            change(change);
        } else if (event instanceof IntervalEvent interval) {
            requireTime(interval.epoch(), interval.step());
            requireEqual("cost", cost, interval.cost());
            advance(interval.epoch(), interval.step());
        } else if (event instanceof SearchEvent search) {
            requireTime(search.epoch(), search.step());
            advance(search.epoch(), search.step());
        } else if (event instanceof RestoreEvent restore) {
            requireTime(restore.epoch(), restore.step());
            advance(restore.epoch(), restore.step());
        } else if (event instanceof TrainingEvent training) {
            if (trained) {
                throw new IllegalArgumentException("a second training event follows the first, but there is one");
            }
            requireTime(epoch, training.step());
            advance(epoch, training.step());
            trained = true;
        } else if (event instanceof RecoveryEvent recovery) {
            requireEqual("tornIndex", events, recovery.tornIndex());
            recoveries++;
        } else if (event instanceof CompactionEvent) {
            phase = Phase.COMPACTED;
        } else if (event instanceof SealEvent last) {
            seal(last);
        }
        events++;
    }

    private void begin(StartEvent first) {
        requireEqual("architectureDigest", Sha256.of(first.architecture()), first.architectureDigest());
        ArchitectureOutline read = new ArchitectureOutline(first.architecture());
        read.requireGroups(first.groups());
        long units =
                first.groups().values().stream().mapToLong(GroupRecord::width).sum();
        if (units > MAX_UNITS) {
            throw new IllegalArgumentException(
                    "groups: at most " + MAX_UNITS + " units in all groups together, found " + units);
        }
        if (!first.activeUnits().keySet().equals(first.groups().keySet())) {
            throw new IllegalArgumentException(
                    "activeUnits: every group of the architecture and no other has active units," + " found "
                            + first.activeUnits().size() + " groups for "
                            + first.groups().size());
        }
        TreeMap<String, Group> seed = new TreeMap<>();
        for (Map.Entry<String, GroupRecord> entry : first.groups().entrySet()) {
            seed.put(entry.getKey(), seed(entry.getKey(), entry.getValue(), first.activeUnits()));
        }
        for (CostTermRecord term : first.costTerms()) {
            boolean known = read.layers().contains(term.layer())
                    && seed.containsKey(term.outputGroup())
                    && (term.inputGroup().isEmpty() || seed.containsKey(term.inputGroup()))
                    && term.blocks().stream()
                            .allMatch(name -> first.groups().containsKey(name)
                                    && first.groups().get(name).block());
            if (!known) {
                throw new IllegalArgumentException("costTerms: a term of layer " + term.layer()
                        + " names a layer, a group or a block that the architecture does not have");
            }
        }
        if (first.dense().parameters() < 1 || first.dense().multiplyAdds() < 1) {
            throw new IllegalArgumentException(
                    "dense: a network has parameters and multiply-adds, found " + first.dense());
        }
        CostRecord dense =
                cost(first.costTerms(), name -> first.groups().get(name).width());
        requireEqual("dense", dense, first.dense());
        MessageDigest prefix = Sha256.start();
        prefix.update(first.architecture().getBytes(StandardCharsets.UTF_8));
        String digest = digest(prefix, seed);
        requireEqual("structureDigest", digest, first.structureDigest());
        CostRecord seedCost = cost(first.costTerms(), name -> seed.get(name).active());
        start = first;
        outline = read;
        afterArchitecture = prefix;
        groups = seed;
        cost = seedCost;
        termsOf = termsOf(first.costTerms());
        structureDigest = digest;
        phase = Phase.RUNNING;
    }

    private static Group seed(String name, GroupRecord group, SortedMap<String, String> activeUnits) {
        State[] states = new State[group.width()];
        Arrays.fill(states, State.NEVER_CREATED);
        int[] active = UnitText.parse("activeUnits." + name, activeUnits.get(name), group);
        for (int unit : active) {
            states[unit] = State.ACTIVE;
        }
        if (!group.searchable() && active.length != group.width()) {
            throw new IllegalArgumentException("activeUnits." + name + ": the group is not searchable, so all its "
                    + group.width() + " units are active, found " + active.length);
        }
        return Group.of(states);
    }

    private void change(ChangeEvent change) {
        requireTime(change.epoch(), change.step());
        GroupRecord record = start.groups().get(change.group());
        if (record == null || !record.searchable()) {
            throw new IllegalArgumentException("group: the architecture has no searchable group " + change.group());
        }
        Group before = groups.get(change.group());
        requireEqual("widthBefore", before.active(), change.widthBefore());
        requireEqual("before", cost, change.before());
        State[] states = before.states().clone();
        UnitTransition transition = UnitTransition.of(change.kind());
        for (int unit : UnitText.parse("units", change.units(), record.width())) {
            if (!transition.possibleFrom(states[unit])) {
                throw new IllegalArgumentException("units: cannot " + change.kind() + " unit " + unit + " of group "
                        + change.group() + ", which is " + states[unit].text());
            }
            states[unit] = transition.to();
        }
        Group after = Group.of(states);
        if (after.active() == 0 && !record.block()) {
            throw new IllegalArgumentException("units: no active unit would be left in group " + change.group());
        }
        requireEqual("widthAfter", after.active(), change.widthAfter());
        CostRecord costAfter = costAfter(change.group(), after);
        requireEqual("after", costAfter, change.after());
        groups.put(change.group(), after);
        String digest = digest(afterArchitecture, groups);
        if (!digest.equals(change.structureDigest())) {
            groups.put(change.group(), before);
        }
        requireEqual("structureDigest", digest, change.structureDigest());
        cost = costAfter;
        structureDigest = digest;
        changes++;
        advance(change.epoch(), change.step());
    }

    /**
     * The cost with another width of one group. Only terms with this group change, and no sum exceeds the dense cost,
     * which is known to be a count.
     */
    private CostRecord costAfter(String changed, Group after) {
        List<CostTermRecord> terms = termsOf.getOrDefault(changed, List.of());
        CostRecord less = cost(terms, name -> groups.get(name).active());
        CostRecord more = cost(terms, name -> (name.equals(changed) ? after : groups.get(name)).active());
        return new CostRecord(
                cost.weights() - less.weights() + more.weights(),
                cost.parameters() - less.parameters() + more.parameters(),
                cost.multiplyAdds() - less.multiplyAdds() + more.multiplyAdds());
    }

    private static Map<String, List<CostTermRecord>> termsOf(List<CostTermRecord> terms) {
        Map<String, List<CostTermRecord>> index = new HashMap<>();
        for (CostTermRecord term : terms) {
            Set<String> names = new HashSet<>(term.blocks());
            names.add(term.outputGroup());
            names.add(term.inputGroup());
            names.forEach(name ->
                    index.computeIfAbsent(name, any -> new ArrayList<>()).add(term));
        }
        return index;
    }

    private void seal(SealEvent last) {
        requireEqual("events", events, last.events());
        TreeMap<String, String> active = new TreeMap<>();
        groups.forEach((name, group) -> active.put(name, group.activeUnits()));
        requireEqual("activeUnits", active, last.activeUnits());
        requireEqual("structureDigest", structureDigest, last.structureDigest());
        requireEqual("cost", cost(start.costTerms(), name -> groups.get(name).active()), last.cost());
        requireEqual(
                "compactArchitectureDigest",
                outline.compactDigest(name -> groups.get(name).active()),
                last.compactArchitectureDigest());
        double ofMultiplyAdds = cost.multiplyAddsOf(start.dense());
        double ofParameters = cost.parametersOf(start.dense());
        if (last.budgetFraction() != ofMultiplyAdds && last.budgetFraction() != ofParameters) {
            throw new IllegalArgumentException("budgetFraction: " + ofMultiplyAdds + " of the dense multiply-adds or "
                    + ofParameters + " of the dense parameters are left, found " + last.budgetFraction());
        }
        seal = last;
        phase = Phase.SEALED;
    }

    private void requireTime(int nextEpoch, long nextStep) {
        if (nextEpoch < epoch || nextStep < step) {
            throw new IllegalArgumentException("epoch, step: they never go back, found epoch " + nextEpoch + " step "
                    + nextStep + " after epoch " + epoch + " step " + step);
        }
    }

    private void advance(int nextEpoch, long nextStep) {
        epoch = nextEpoch;
        step = nextStep;
    }

    private static void requireEqual(String field, Object recomputed, Object recorded) {
        if (!recomputed.equals(recorded)) {
            throw new IllegalArgumentException(field + ": " + SafeText.clean(recomputed.toString(), 200)
                    + " follows from the events before it, found " + SafeText.clean(recorded.toString(), 200));
        }
    }

    private interface Widths {
        long of(String group);
    }

    private static CostRecord cost(List<CostTermRecord> terms, Widths widths) {
        try {
            long weights = 0;
            long parameters = 0;
            long multiplyAdds = 0;
            for (CostTermRecord term : terms) {
                long product = widths.of(term.outputGroup());
                if (!term.inputGroup().isEmpty()) {
                    product = Math.multiplyExact(product, widths.of(term.inputGroup()));
                }
                for (String block : term.blocks()) {
                    product = Math.multiplyExact(product, widths.of(block));
                }
                weights = Math.addExact(weights, Math.multiplyExact(product, term.weights()));
                parameters = Math.addExact(parameters, Math.multiplyExact(product, term.parameters()));
                multiplyAdds = Math.addExact(multiplyAdds, Math.multiplyExact(product, term.multiplyAdds()));
            }
            return new CostRecord(weights, parameters, multiplyAdds);
        } catch (ArithmeticException | IllegalArgumentException e) {
            throw new IllegalArgumentException("costTerms: a cost of these terms is beyond " + Values.MAX_COUNT, e);
        }
    }

    private static String digest(MessageDigest prefix, SortedMap<String, Group> groups) {
        try {
            MessageDigest digest = (MessageDigest) prefix.clone();
            for (Map.Entry<String, Group> entry : groups.entrySet()) {
                String line =
                        "active " + entry.getKey() + ' ' + entry.getValue().activeUnits() + '\n';
                digest.update(line.getBytes(StandardCharsets.UTF_8));
            }
            return Sha256.hex(digest.digest());
        } catch (CloneNotSupportedException e) {
            throw new AssertionError("The SHA-256 of the Java platform can be cloned", e);
        }
    }

    boolean started() {
        return phase != Phase.EMPTY;
    }

    boolean sealed() {
        return phase == Phase.SEALED;
    }

    /** The start event, or null before it. */
    StartEvent start() {
        return start;
    }

    /** The seal, or null before it. */
    SealEvent seal() {
        return seal;
    }

    LedgerState state() {
        TreeMap<String, LedgerState.Group> view = new TreeMap<>();
        for (Map.Entry<String, Group> entry : groups.entrySet()) {
            Group group = entry.getValue();
            GroupRecord record = start.groups().get(entry.getKey());
            view.put(
                    entry.getKey(),
                    new LedgerState.Group(
                            record.width(),
                            record.searchable(),
                            group.active(),
                            group.activeUnits(),
                            UnitText.format(group.states(), State.DETACHED),
                            UnitText.format(group.states(), State.PRUNED)));
        }
        return new LedgerState(
                start.method(), view, start.dense(), cost, structureDigest, epoch, step, changes, recoveries, sealed());
    }
}
