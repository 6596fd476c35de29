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

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.tribuogrowth.provenance.ChangeEvent;
import org.tribuogrowth.provenance.LedgerEvent;
import org.tribuogrowth.provenance.LedgerReader;
import org.tribuogrowth.provenance.LedgerState;
import org.tribuogrowth.provenance.SealEvent;
import org.tribuogrowth.provenance.SearchEvent;
import org.tribuogrowth.provenance.StartEvent;
import org.tribuogrowth.provenance.VerifiedLedger;
import org.tribuogrowth.provenance.encoding.Json;
import org.tribuogrowth.provenance.history.EventTime;
import org.tribuogrowth.provenance.history.LayerGroups;
import org.tribuogrowth.provenance.history.UnitChange;
import picocli.CommandLine.Option;

/** Which events are wanted. */
final class ShowFilter {
    private static final List<String> KINDS = Stream.of(
                    List.of("start", "grow", "reattach", "detach", "prune", "interval"),
                    SearchEvent.KINDS,
                    List.of("restore", "training", "recovery", "compaction", "seal"))
            .flatMap(List::stream)
            .toList();

    /** So many rules are remembered to say which ones there are. */
    private static final int MAX_RULES = 1000;

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            description = "only events of this kind: grow, reattach, detach, prune; mask, reset, round, guard, score,"
                    + " source; or start, interval, restore, training, recovery, compaction, seal")
    private String kind;

    @Option(
            names = "--group",
            paramLabel = "GROUP",
            description = "only changes of this unit group, or what else is said about it or a layer of that name")
    private String group;

    @Option(
            names = "--layer",
            paramLabel = "LAYER",
            description = "only changes of the unit groups that this layer writes and of the blocks that it is in, or"
                    + " what else is said about the layer")
    private String layer;

    @Option(
            names = "--unit",
            paramLabel = "GROUP/NUMBER",
            description = "only events that touched this unit of the dense reference, with its own numbers")
    private String unitText;

    @Option(names = "--rule", paramLabel = "RULE", description = "only events in which this rule decided")
    private String rule;

    @Option(names = "--epoch", paramLabel = "A[-B]", description = "only events of this epoch, or of epochs A to B")
    private String epochText;

    @Option(names = "--line", paramLabel = "A[-B]", description = "only this line, or lines A to B, counted from 1")
    private String lineText;

    private NumberRange epochs;
    private NumberRange lines;
    private UnitName unit;
    private Set<String> layerGroups;

    private ShowFilter() {}

    /**
     * Checks what can be checked without the ledger.
     *
     * @throws AuditException If an option has a value that it cannot have.
     */
    void check() throws AuditException {
        if (kind != null && !KINDS.contains(kind)) {
            throw Choices.refuse("There is no kind", kind, "the option --kind is one of", KINDS);
        }
        epochs = epochText == null ? null : NumberRange.ofEpochs(epochText);
        lines = lineText == null ? null : NumberRange.ofLines(lineText);
    }

    /**
     * Checks the rest.
     *
     * @param ledger The ledger, at least one line of which holds.
     * @throws AuditException If an option names something that the ledger does not have.
     * @throws IOException    If the ledger cannot be read.
     */
    void check(VerifiedLedger ledger) throws AuditException, IOException {
        LedgerState state = ledger.verification().state().orElseThrow();
        if (group != null) {
            UnitName.requireGroup(group, state);
        }
        if (unitText != null) {
            unit = UnitName.of("--unit", unitText, state);
        }
        long last = ledger.verification().lines();
        if (lines != null && lines.first() > last) {
            throw AuditException.usage(
                    "The option --line names line " + lines.first() + ", but the lines are 1 to " + last + ".");
        }
        if (layer != null) {
            LayerGroups[] layers = new LayerGroups[1];
            ledger.read(1, (line, reader) -> layers[0] = LayerGroups.of((StartEvent) line.event()));
            if (!layers[0].layers().contains(layer)) {
                throw Choices.refuse("The architecture has no layer", layer, "its layers are", layers[0].layers());
            }
            layerGroups = layers[0].groupsOf(layer);
        }
        if (rule != null) {
            requireRule(ledger);
        }
    }

    private void requireRule(VerifiedLedger ledger) throws AuditException, IOException {
        Set<String> rules = new LinkedHashSet<>();
        boolean[] found = {false};
        ledger.read((line, reader) -> {
            String other = rule(line.event());
            found[0] |= rule.equals(other);
            if (!other.isEmpty() && rules.size() < MAX_RULES) {
                rules.add(other);
            }
        });
        if (!found[0]) {
            throw Choices.refuse("The ledger has no rule", rule, "its rules are", rules);
        }
    }

    private static String rule(LedgerEvent event) {
        if (event instanceof ChangeEvent change) {
            return change.rule();
        }
        return event instanceof SearchEvent search ? search.rule() : "";
    }

    /**
     * The groups whose width over time is wanted.
     *
     * @return The groups, null for all that the search may change.
     */
    Set<String> groups() {
        if (group != null) {
            return Set.of(group);
        } else if (unit != null) {
            return Set.of(unit.group());
        }
        return layerGroups;
    }

    /**
     * The row of an event, if it is wanted.
     *
     * @param row    The row.
     * @param event  The event.
     * @param reader Where it comes from.
     * @return The row, with the unit's own numbers if a unit was asked for, or null if an option excludes it.
     */
    ShowRow select(ShowRow row, LedgerEvent event, LedgerReader reader) {
        if (kind != null && !kind.equals(row.kind())
                || group != null && !group.equals(row.group())
                || rule != null && !rule.equals(rule(event))
                || lines != null && !lines.contains(row.line())
                || layer != null && !aboutLayer(event)
                || epochs != null && EventTime.epoch(event).stream().noneMatch(epochs::contains)) {
            return null;
        }
        return unit == null ? row : ofUnit(row, event, reader);
    }

    private boolean aboutLayer(LedgerEvent event) {
        if (event instanceof ChangeEvent change) {
            return layerGroups.contains(change.group());
        }
        return event instanceof SearchEvent search
                && (search.subject().equals(layer) || layerGroups.contains(search.subject()));
    }

    /**
     * The numbers of the unit that was asked for.
     *
     * @param event An event that is wanted.
     * @return Its group, number and numbers, or nothing if none was asked for or the event is no change of it.
     */
    Optional<ObjectNode> unitJson(LedgerEvent event) {
        if (unit == null || !(event instanceof ChangeEvent change)) {
            return Optional.empty();
        }
        return UnitChange.of(change, unit.number()).map(own -> {
            ObjectNode json = Json.object().put("group", unit.group()).put("number", unit.number());
            ObjectNode numbers = json.putObject("numbers");
            own.numbers().forEach(numbers::put);
            ObjectNode common = json.putObject("common");
            own.common().forEach(common::put);
            return json;
        });
    }

    private ShowRow ofUnit(ShowRow row, LedgerEvent event, LedgerReader reader) {
        if (event instanceof ChangeEvent change && change.group().equals(unit.group())) {
            return UnitChange.of(change, unit.number())
                    .map(own -> row.ofUnit(unit.number(), change.rule(), own))
                    .orElse(null);
        }
        boolean first = event instanceof StartEvent;
        if (first || event instanceof SealEvent) {
            LedgerState.Group state = reader.state().orElseThrow().groups().get(unit.group());
            int place = Arrays.binarySearch(state.activeUnitNumbers(), unit.number());
            String note = place < 0 ? "not active" : "active, number " + place + " of the active units, from 0";
            return place < 0 && first ? null : row.withNote(Integer.toString(unit.number()), note);
        }
        return null;
    }
}
