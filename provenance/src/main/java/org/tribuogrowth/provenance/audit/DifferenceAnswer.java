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
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.tribuogrowth.provenance.ChangeEvent;
import org.tribuogrowth.provenance.LedgerDifference;
import org.tribuogrowth.provenance.LedgerEvent;
import org.tribuogrowth.provenance.LedgerState;
import org.tribuogrowth.provenance.SearchEvent;
import org.tribuogrowth.provenance.encoding.Json;
import org.tribuogrowth.provenance.encoding.SafeText;
import org.tribuogrowth.provenance.history.EventTime;
import org.tribuogrowth.provenance.history.RunDifference;
import org.tribuogrowth.provenance.history.WidthHistory;

/** What {@code audit diff} prints. */
final class DifferenceAnswer {
    /** So many fields of a line are printed. */
    private static final int FIELDS = 10;

    private static final int CELL = 48;
    private static final int DIGEST = 64;

    private final RunDifference difference;
    private final LedgerState stateA;
    private final LedgerState stateB;
    private final boolean all;

    /**
     * Takes the difference.
     *
     * @param difference What differs.
     * @param stateA     The first run's structure at its end.
     * @param stateB     The second run's.
     * @param all        Whether what is equal is printed too.
     */
    DifferenceAnswer(RunDifference difference, LedgerState stateA, LedgerState stateB, boolean all) {
        this.difference = difference;
        this.stateA = stateA;
        this.stateB = stateB;
        this.all = all;
    }

    /**
     * Prints text or Markdown.
     *
     * @param markdown Whether Markdown.
     * @param out      Where to.
     */
    void print(boolean markdown, PrintWriter out) {
        out.println(
                difference.equal()
                        ? "The runs are equal: the ledgers in every byte, and all values that are compared."
                        : "The runs differ.");
        difference.missing().forEach(missing -> paragraph(markdown, missing + ".", out));
        List<List<String>> rows = rows();
        if (!rows.isEmpty()) {
            out.println();
            print(new Table(List.of("path", "A", "B", "change"), 1, rows), markdown, out);
        }
        difference.first().ifPresent(first -> print("The ledgers differ first", first, markdown, out));
        difference
                .firstAfterStart()
                .filter(after ->
                        difference.first().isEmpty() || difference.first().get().line() != after.line())
                .ifPresent(after -> print("The first event after the start that differs is", after, markdown, out));
        if (difference.first().isPresent() && difference.firstAfterStart().isEmpty()) {
            paragraph(markdown, "All events after the start are equal.", out);
            out.println();
        }
        if (all || !difference.equal()) {
            print(widths(), markdown, out);
        }
    }

    private static void paragraph(boolean markdown, String text, PrintWriter out) {
        String clean = SafeText.clean(text, 1000);
        out.println(markdown ? Table.markdown(clean) : clean);
    }

    private static void print(Table table, boolean markdown, PrintWriter out) {
        if (markdown) {
            table.printMarkdown(out);
        } else {
            table.printText(out);
        }
        out.println();
    }

    private List<List<String>> rows() {
        List<List<String>> rows = new ArrayList<>();
        for (RunDifference.Value value : difference.values()) {
            if (all || !value.same()) {
                String a = cell(value.a());
                String b = cell(value.b());
                boolean alike = !value.same() && a.equals(b);
                rows.add(List.of(
                        SafeText.clean(value.path(), 100),
                        a,
                        b,
                        alike ? "differs" : value.change().orElse("")));
            }
        }
        return rows;
    }

    private static String cell(Optional<String> value) {
        return value.map(text ->
                        text.matches("[0-9a-f]{" + DIGEST + "}") ? text.substring(0, 12) : SafeText.clean(text, CELL))
                .orElse("-");
    }

    private static void print(String title, LedgerDifference first, boolean markdown, PrintWriter out) {
        String a = describe(first.eventA());
        String b = describe(first.eventB());
        paragraph(
                markdown,
                title + " in line " + first.line() + ": " + (a.equals(b) ? a : "A has " + a + ", B has " + b) + ".",
                out);
        if (markdown) {
            out.println();
        }
        List<List<String>> rows = new ArrayList<>();
        for (LedgerDifference.Field field :
                first.fields().subList(0, Math.min(FIELDS, first.fields().size()))) {
            rows.add(List.of(SafeText.clean(field.path(), 100), cell(field.a()), cell(field.b())));
        }
        Table table = new Table(List.of("field", "A", "B"), 3, rows);
        if (markdown) {
            table.printMarkdown(out);
        } else {
            table.printText(out);
        }
        if (first.fieldCount() > rows.size()) {
            if (markdown) {
                out.println();
            }
            paragraph(markdown, "and " + (first.fieldCount() - rows.size()) + " more fields", out);
        }
        out.println();
    }

    private static String describe(Optional<LedgerEvent> event) {
        if (event.isEmpty()) {
            return "no event";
        }
        LedgerEvent known = event.get();
        String what = known.type();
        if (known instanceof ChangeEvent change) {
            what = change.kind() + " of " + change.group() + " by the rule " + change.rule();
        } else if (known instanceof SearchEvent search) {
            what = search.kind() + " of " + search.subject() + " by the rule " + search.rule();
        }
        return what
                + (EventTime.epoch(known).isEmpty()
                        ? ""
                        : ", epoch " + EventTime.epoch(known).getAsInt() + ", step "
                                + EventTime.step(known).getAsLong());
    }

    /** The widths of both runs, one number where they are equal. */
    private Table widths() {
        List<WidthHistory.Column> columnsA = difference.widthsA();
        List<WidthHistory.Column> columnsB = difference.widthsB();
        int count = Math.min(columnsA.size(), columnsB.size());
        List<String> header = new ArrayList<>(List.of("width, A / B", "dense"));
        columnsA.forEach(column -> header.add(column.title()));
        TreeSet<String> groups = new TreeSet<>();
        stateA.groups().forEach((name, group) -> addSearchable(name, group, groups));
        stateB.groups().forEach((name, group) -> addSearchable(name, group, groups));
        List<List<String>> rows = new ArrayList<>();
        for (String group : groups) {
            List<String> row = new ArrayList<>(List.of(group, pair(dense(stateA, group), dense(stateB, group))));
            IntStream.range(0, count)
                    .forEach(i -> row.add(pair(
                            text(columnsA.get(i).widths().get(group)),
                            text(columnsB.get(i).widths().get(group)))));
            rows.add(row);
        }
        List<String> cost = new ArrayList<>(List.of("multiply-adds", "100.00 %"));
        IntStream.range(0, count)
                .forEach(i -> cost.add(pair(
                        ShowRow.percent(columnsA.get(i).cost(), stateA.dense()),
                        ShowRow.percent(columnsB.get(i).cost(), stateB.dense()))));
        rows.add(cost);
        return new Table(header, 1, rows);
    }

    private static void addSearchable(String name, LedgerState.Group group, TreeSet<String> groups) {
        if (group.searchable()) {
            groups.add(name);
        }
    }

    private static String dense(LedgerState state, String group) {
        LedgerState.Group known = state.groups().get(group);
        return known == null ? "-" : Integer.toString(known.width());
    }

    private static String text(Integer width) {
        return width == null ? "-" : width.toString();
    }

    private static String pair(String a, String b) {
        return a.equals(b) ? a : a + " / " + b;
    }

    /**
     * JSON.
     *
     * @return The difference as an object.
     */
    ObjectNode json() {
        ObjectNode json = Json.object().put("equal", difference.equal());
        ArrayNode values = json.putArray("values");
        for (RunDifference.Value value : difference.values()) {
            if (all || !value.same()) {
                ObjectNode row = values.addObject().put("path", value.path()).put("same", value.same());
                value.a().ifPresent(text -> row.put("a", text));
                value.b().ifPresent(text -> row.put("b", text));
                value.change().ifPresent(text -> row.put("change", Double.parseDouble(text)));
            }
        }
        ArrayNode missing = json.putArray("notCompared");
        difference.missing().forEach(missing::add);
        difference.first().ifPresent(first -> json(first, json.putObject("firstDifference")));
        difference.firstAfterStart().ifPresent(first -> json(first, json.putObject("firstDifferenceAfterStart")));
        widths(difference.widthsA(), json.putArray("widthsA"));
        widths(difference.widthsB(), json.putArray("widthsB"));
        return json;
    }

    private static void json(LedgerDifference first, ObjectNode json) {
        json.put("line", first.line());
        first.eventA().ifPresent(event -> json.put("a", describe(Optional.of(event))));
        first.eventB().ifPresent(event -> json.put("b", describe(Optional.of(event))));
        json.put("fieldCount", first.fieldCount());
        ArrayNode fields = json.putArray("fields");
        for (LedgerDifference.Field field : first.fields()) {
            ObjectNode row = fields.addObject().put("path", field.path());
            field.a().ifPresent(text -> row.put("a", text));
            field.b().ifPresent(text -> row.put("b", text));
        }
    }

    private static void widths(List<WidthHistory.Column> columns, ArrayNode json) {
        for (WidthHistory.Column column : columns) {
            ObjectNode row = json.addObject().put("at", column.title());
            ObjectNode widths = row.putObject("widths");
            column.widths().forEach(widths::put);
            row.set("cost", JsonOutput.cost(column.cost()));
        }
    }
}
