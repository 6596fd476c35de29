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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import org.tribuogrowth.provenance.encoding.Json;
import org.tribuogrowth.provenance.history.UnitHistory;
import org.tribuogrowth.provenance.history.UnitHistory.Change;
import org.tribuogrowth.provenance.history.UnitHistory.Measure;
import org.tribuogrowth.provenance.history.UnitHistory.Note;

/** The life of a unit in sentences and as JSON. */
final class UnitAnswer {
    private final UnitHistory history;
    private final String end;

    /**
     * Takes the life.
     *
     * @param history The life of a unit.
     */
    UnitAnswer(UnitHistory history) {
        this.history = history;
        // Of a run that goes on nobody knows the end.
        end = history.sealed() ? "at the end" : "after the last line";
    }

    /**
     * Prints sentences.
     *
     * @param out Where to.
     */
    void print(PrintWriter out) {
        out.println(verdict());
        if (!block()) {
            out.println("The group has " + counted(history.width()) + " in the dense reference, "
                    + history.active() + " of which are active " + end + ". Written by: "
                    + (history.layers().isEmpty() ? "no layer" : String.join(", ", history.layers())) + ".");
        }
        out.println();
        out.println(history.atStart() ? "It was there at the start." : "At the start it did not exist.");
        if (history.changeCount() == 0) {
            out.println("No event touched it.");
        }
        long left = history.changeCount() - history.changes().size();
        if (left > 0) {
            out.println("The first " + left + " of its " + history.changeCount()
                    + " changes are left out; audit show --unit " + name() + " lists all.");
        }
        history.changes().forEach(change -> print(change, out));
        if (!history.masks().isEmpty()) {
            out.println();
            history.masks()
                    .values()
                    .forEach(mask -> out.println("Weights of layer " + mask.subject()
                            + " that are not masked, of all its "
                            + history.unitName() + "s together (line " + mask.line() + ", epoch " + mask.epoch() + "): "
                            + numbers(mask) + "."));
        }
        out.println();
    }

    private boolean block() {
        return history.unitName().equals("block");
    }

    private String name() {
        return history.group() + "/" + history.unit();
    }

    private String counted(int count) {
        return count + " " + history.unitName() + (count == 1 ? "" : "s");
    }

    private String verdict() {
        String who = block()
                ? "Block " + history.group()
                : capital(history.unitName()) + " " + history.unit() + " of " + history.group();
        return who
                + switch (history.end()) {
                    case ACTIVE -> place();
                    case DETACHED -> " is not in the network " + end
                            + ": it is detached, so that it could still come back.";
                    case PRUNED -> " is not in the network " + end + ": it was pruned for good.";
                    case NEVER_CREATED -> " is not in the network " + end + ": it never existed.";
                };
    }

    private String place() {
        if (block()) {
            return " is in the network " + end + ", and so are its layers.";
        } else if (history.compactIndex().isEmpty()) {
            return " is active " + end
                    + ", but the compact network has no unit of its group: the blocks with its layers" + " are away.";
        }
        return " is in the network " + end + ": " + history.unitName() + " "
                + history.compactIndex().getAsInt() + " of " + history.group()
                + " in the compact network (both counted from 0).";
    }

    private static String capital(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }

    private void print(Change change, PrintWriter out) {
        String what =
                switch (change.kind()) {
                    case "grow" -> "it came for the first time";
                    case "reattach" -> "it came back";
                    case "detach" -> "it went, and could come back";
                    default -> "it was pruned for good";
                };
        out.println();
        out.println(
                "Epoch " + change.epoch() + ", step " + change.step() + ", line " + change.line() + ": " + what + " ("
                        + change.kind() + ") by the rule " + change.rule()
                        + RuleText.reason(change).map(reason -> ": " + reason).orElse("") + ".");
        if (!change.own().numbers().isEmpty()) {
            out.println("  Its numbers: " + plain(change.own().numbers()) + ".");
        }
        if (!change.own().common().isEmpty()) {
            out.println("  Of the whole change: " + plain(change.own().common()) + ".");
        }
        String others = change.own().others() == 0
                ? "It was the only one"
                : change.own().others() == 1
                        ? "One other changed with it"
                        : change.own().others() + " others changed with it";
        out.println("  " + others
                + (block()
                        ? "."
                        : ": " + history.group() + " went from " + change.widthBefore() + " to "
                                + counted(change.widthAfter()) + "."));
        alternatives(change).ifPresent(text -> out.println("  " + text));
        change.score()
                .ifPresent(score ->
                        out.println("  All were scored before, in line " + score.line() + ": " + numbers(score) + "."));
        out.println("  " + measure(change));
    }

    private Optional<String> alternatives(Change change) {
        boolean came = RuleText.came(change.kind());
        Map<String, Double> numbers = change.own().common();
        Double count = numbers.get(came ? "rejected" : "kept");
        if (count == null || block()) {
            return Optional.empty();
        }
        Double gate = numbers.get(came ? "rejected-largest-gate" : "kept-smallest-gate");
        String extreme = gate == null
                ? ""
                : ", the " + (came ? "largest" : "smallest") + " gate among them " + ShowRow.number(gate);
        return Optional.of("The alternatives: " + counted(count.intValue()) + " of the group stayed "
                + (came ? "away" : "in the network") + extreme + ".");
    }

    private static String measure(Change change) {
        if (change.measure().isEmpty()) {
            return "No validation measure had been taken by then.";
        }
        Measure measure = change.measure().get();
        return "Validation " + measure.name() + (measure.line() > change.line() ? " then: " : " last measured before: ")
                + ShowRow.number(measure.value()) + " (epoch " + measure.epoch() + ", step " + measure.step()
                + ", line "
                + measure.line() + ").";
    }

    private static String plain(Map<String, Double> numbers) {
        StringJoiner text = new StringJoiner(", ");
        numbers.forEach((name, value) -> text.add(name + " " + ShowRow.number(value)));
        return text.toString();
    }

    /**
     * The numbers of a note.
     *
     * @param note The note.
     * @return A part of a sentence.
     */
    static String numbers(Note note) {
        StringJoiner text = new StringJoiner(", ");
        text.setEmptyValue("no numbers");
        note.evidence().forEach((name, values) -> {
            StringJoiner list = new StringJoiner(" ");
            values.forEach(value -> list.add(ShowRow.number(value)));
            text.add(name + " " + list);
        });
        if (note.cut()) {
            text.add("and more in line " + note.line());
        }
        return text.toString();
    }

    /**
     * JSON.
     *
     * @return The life as an object.
     */
    ObjectNode json() {
        ObjectNode json = Json.object()
                .put("group", history.group())
                .put("unit", history.unit())
                .put("width", history.width())
                .put("unitName", history.unitName());
        ArrayNode layers = json.putArray("layers");
        history.layers().forEach(layers::add);
        json.put("atStart", history.atStart());
        json.put("end", history.end().name().toLowerCase(Locale.ROOT).replace('_', ' '));
        json.put("sealed", history.sealed());
        json.put("active", history.active());
        history.compactIndex().ifPresent(index -> json.put("compactIndex", index));
        json.put("changeCount", history.changeCount());
        ArrayNode changes = json.putArray("changes");
        history.changes().forEach(change -> json(change, changes.addObject()));
        ArrayNode masks = json.putArray("masks");
        history.masks().values().forEach(mask -> note(mask, masks.addObject()));
        return json;
    }

    private static void json(Change change, ObjectNode json) {
        json.put("line", change.line())
                .put("epoch", change.epoch())
                .put("step", change.step())
                .put("kind", change.kind())
                .put("rule", change.rule());
        RuleText.reason(change).ifPresent(reason -> json.put("reason", reason));
        ObjectNode numbers = json.putObject("numbers");
        change.own().numbers().forEach(numbers::put);
        ObjectNode common = json.putObject("common");
        change.own().common().forEach(common::put);
        json.put("otherUnits", change.own().others())
                .put("widthBefore", change.widthBefore())
                .put("widthAfter", change.widthAfter());
        change.score().ifPresent(score -> note(score, json.putObject("score")));
        change.measure().ifPresent(measure -> measure(measure, json.putObject("measure")));
    }

    /**
     * A measure as JSON.
     *
     * @param measure The measure.
     * @param json    Where to.
     */
    static void measure(Measure measure, ObjectNode json) {
        json.put("line", measure.line())
                .put("epoch", measure.epoch())
                .put("step", measure.step())
                .put("name", measure.name())
                .put("value", measure.value());
    }

    /**
     * A note as JSON.
     *
     * @param note The note.
     * @param json Where to.
     */
    static void note(Note note, ObjectNode json) {
        json.put("line", note.line())
                .put("epoch", note.epoch())
                .put("step", note.step())
                .put("kind", note.kind())
                .put("subject", note.subject())
                .put("rule", note.rule());
        ObjectNode evidence = json.putObject("evidence");
        for (Map.Entry<String, List<Double>> entry : note.evidence().entrySet()) {
            ArrayNode values = evidence.putArray(entry.getKey());
            entry.getValue().forEach(values::add);
        }
        if (note.cut()) {
            json.put("cut", true);
        }
    }
}
