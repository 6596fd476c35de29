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

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.tribuogrowth.provenance.CostRecord;
import org.tribuogrowth.provenance.encoding.Json;
import org.tribuogrowth.provenance.encoding.SafeText;
import org.tribuogrowth.provenance.history.EpochChanges;
import org.tribuogrowth.provenance.history.EpochChanges.Entry;
import org.tribuogrowth.provenance.history.UnitHistory.Measure;

/** What changed in some epochs, in sentences and tables and as JSON. */
final class EpochAnswer {
    private static final List<String> KINDS = List.of("grow", "reattach", "detach", "prune");

    private final EpochChanges changes;
    private final CostRecord dense;

    /**
     * Takes the changes.
     *
     * @param changes What changed.
     * @param dense   The cost of the dense reference.
     */
    EpochAnswer(EpochChanges changes, CostRecord dense) {
        this.changes = changes;
        this.dense = dense;
    }

    /**
     * Prints sentences and tables.
     *
     * @param out Where to.
     */
    void print(PrintWriter out) {
        String epochs = changes.firstEpoch() == changes.lastEpoch()
                ? "Epoch " + changes.firstEpoch()
                : "Epochs " + changes.firstEpoch() + " to " + changes.lastEpoch();
        if (changes.firstLine() == 0) {
            out.println(epochs + ": no event.");
            out.println();
            return;
        }
        out.println(epochs + ": lines " + changes.firstLine() + " to " + changes.lastLine() + ", " + changes.intervals()
                + (changes.intervals() == 1 ? " interval ended." : " intervals ended."));
        CostRecord before = changes.costBefore();
        CostRecord after = changes.costAfter();
        out.println("Multiply-adds " + ShowRow.percent(before, dense) + " -> " + ShowRow.percent(after, dense)
                + " of dense (" + before.multiplyAdds() + " -> " + after.multiplyAdds() + "), parameters "
                + before.parameters() + " -> " + after.parameters() + ".");
        changes.measureAfter()
                .ifPresentOrElse(
                        measure -> out.println("Validation " + measure.name() + " " + number(changes.measureBefore())
                                + " -> " + ShowRow.number(measure.value()) + " (line " + measure.line() + ")."),
                        () -> out.println("No validation measure was taken."));
        changes.lossAfter()
                .ifPresent(loss -> out.println("Training loss of the last interval "
                        + changes.lossBefore().map(ShowRow::number).orElse("none") + " -> " + ShowRow.number(loss)
                        + "."));
        changes.restore()
                .ifPresent(restore ->
                        out.println("The weights of epoch " + restore.restoredEpoch() + " were restored, with "
                                + restore.measureName() + " " + ShowRow.number(restore.measure()) + "."));
        out.println();
        widths(out);
        rules(out);
        notes(out);
    }

    private static String number(Optional<Measure> measure) {
        return measure.map(taken -> ShowRow.number(taken.value())).orElse("none");
    }

    /** How many units changed, by group and kind. */
    private Map<String, Map<String, Long>> counts() {
        Map<String, Map<String, Long>> counts = new TreeMap<>();
        for (Entry entry : changes.changes()) {
            counts.computeIfAbsent(entry.group(), group -> new TreeMap<>())
                    .merge(entry.kind(), entry.units(), Long::sum);
        }
        return counts;
    }

    private void widths(PrintWriter out) {
        Map<String, Map<String, Long>> counts = counts();
        List<List<String>> rows = new ArrayList<>();
        changes.widthsAfter().forEach((group, after) -> {
            int before = changes.widthsBefore().getOrDefault(group, after);
            if (counts.containsKey(group) || before != after) {
                List<String> row = new ArrayList<>(List.of(group, Integer.toString(before), Integer.toString(after)));
                KINDS.forEach(kind -> row.add(
                        Long.toString(counts.getOrDefault(group, Map.of()).getOrDefault(kind, 0L))));
                rows.add(row);
            }
        });
        if (rows.isEmpty()) {
            out.println("No unit changed.");
        } else {
            List<String> header = new ArrayList<>(List.of("width", "before", "after"));
            header.addAll(KINDS);
            new Table(header, 1, rows).printText(out);
        }
        out.println();
    }

    private void rules(PrintWriter out) {
        List<List<String>> rows = new ArrayList<>();
        for (Entry entry : changes.changes()) {
            rows.add(List.of(
                    entry.group(),
                    entry.kind(),
                    entry.rule(),
                    Long.toString(entry.units()),
                    (entry.events() == 1 ? "" : entry.events() + " events, the last: ")
                            + SafeText.clean(entry.last(), 60) + " (line " + entry.line() + ")"));
        }
        if (!rows.isEmpty()) {
            new Table(List.of("group", "kind", "rule", "count", "units"), 5, rows).printText(out);
            if (changes.otherChanges() > 0) {
                out.println("and " + changes.otherChanges() + " more changes by other rules");
            }
            out.println();
        }
    }

    private void notes(PrintWriter out) {
        if (changes.notes().isEmpty()) {
            return;
        }
        out.println("Notes of the search:");
        changes.notes()
                .forEach(note -> out.println(
                        "  " + note.last().kind() + " of " + note.last().subject()
                                + " by the rule " + note.last().rule()
                                + (note.count() == 1 ? "" : ", " + note.count() + " times, the last")
                                + " (line " + note.last().line() + "): "
                                + SafeText.clean(UnitAnswer.numbers(note.last()), 1000)));
        if (changes.otherNotes() > 0) {
            out.println("  and " + changes.otherNotes() + " more");
        }
        out.println();
    }

    /**
     * JSON.
     *
     * @return The changes as an object.
     */
    ObjectNode json() {
        ObjectNode json = Json.object()
                .put("firstEpoch", changes.firstEpoch())
                .put("lastEpoch", changes.lastEpoch())
                .put("firstLine", changes.firstLine())
                .put("lastLine", changes.lastLine())
                .put("intervals", changes.intervals());
        ObjectNode widths = json.putObject("widths");
        changes.widthsAfter().forEach((group, after) -> widths.putObject(group)
                .put("before", changes.widthsBefore().getOrDefault(group, after))
                .put("after", after));
        ArrayNode entries = json.putArray("changes");
        for (Entry entry : changes.changes()) {
            entries.addObject()
                    .put("group", entry.group())
                    .put("kind", entry.kind())
                    .put("rule", entry.rule())
                    .put("events", entry.events())
                    .put("units", entry.units())
                    .put("lastUnits", entry.last())
                    .put("lastLine", entry.line());
        }
        json.put("otherChanges", changes.otherChanges());
        ArrayNode notes = json.putArray("notes");
        changes.notes().forEach(note -> {
            ObjectNode described = notes.addObject().put("count", note.count());
            UnitAnswer.note(note.last(), described.putObject("last"));
        });
        json.put("otherNotes", changes.otherNotes());
        json.set("dense", JsonOutput.cost(dense));
        json.set("costBefore", JsonOutput.cost(changes.costBefore()));
        json.set("costAfter", JsonOutput.cost(changes.costAfter()));
        changes.measureBefore().ifPresent(measure -> UnitAnswer.measure(measure, json.putObject("measureBefore")));
        changes.measureAfter().ifPresent(measure -> UnitAnswer.measure(measure, json.putObject("measureAfter")));
        changes.lossBefore().ifPresent(loss -> json.put("trainingLossBefore", loss));
        changes.lossAfter().ifPresent(loss -> json.put("trainingLossAfter", loss));
        changes.restore().ifPresent(restore -> json.putObject("restore")
                .put("restoredEpoch", restore.restoredEpoch())
                .put("measureName", restore.measureName())
                .put("measure", restore.measure()));
        return json;
    }
}
