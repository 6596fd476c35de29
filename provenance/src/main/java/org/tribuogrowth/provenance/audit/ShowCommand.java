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
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.tribuogrowth.provenance.ChangeEvent;
import org.tribuogrowth.provenance.CostRecord;
import org.tribuogrowth.provenance.LedgerLine;
import org.tribuogrowth.provenance.LedgerReader;
import org.tribuogrowth.provenance.LedgerState;
import org.tribuogrowth.provenance.LedgerVerification;
import org.tribuogrowth.provenance.StartEvent;
import org.tribuogrowth.provenance.VerifiedLedger;
import org.tribuogrowth.provenance.encoding.Json;
import org.tribuogrowth.provenance.history.WidthHistory;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code audit show}. The ledger is read twice, so that its length does not matter. */
@Command(
        name = "show",
        description = "Prints the events as a table, verifying them on the way, and the width of each group over time.")
final class ShowCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private RunArgument run;

    @Mixin
    private ShowFilter filter;

    @ArgGroup
    private OutputForm form;

    private ShowCommand() {}

    @Override
    public Integer call() throws AuditException, IOException {
        PrintWriter out = spec.commandLine().getOut();
        filter.check();
        VerifiedLedger ledger = VerifiedLedger.of(run.ledger());
        LedgerVerification verification = ledger.verification();
        if (verification.lines() > 0) {
            filter.check(ledger);
            Rows rows = OutputForm.json(form)
                    ? new JsonRows(out)
                    : new TableRows(verification.state().orElseThrow(), OutputForm.markdown(form), out);
            ledger.read(rows);
            rows.end();
        }
        if (OutputForm.json(form)) {
            out.println(text(JsonOutput.ledger(verification)));
            return Reading.code(verification);
        }
        return Reading.close(verification, out);
    }

    private static String text(ObjectNode json) {
        return new String(Json.write(json), StandardCharsets.UTF_8);
    }

    /** Takes line by line, knowing the cost. */
    private abstract class Rows implements VerifiedLedger.Visitor {
        private CostRecord cost;

        @Override
        public void visit(LedgerLine line, LedgerReader reader) {
            if (line.event() instanceof StartEvent) {
                cost = reader.state().orElseThrow().cost();
            } else if (line.event() instanceof ChangeEvent change) {
                cost = change.after();
            }
            all(line, cost);
            ShowRow row = filter.select(ShowRow.of(line, cost), line.event(), reader);
            if (row != null) {
                wanted(line, row);
            }
        }

        abstract void all(LedgerLine line, CostRecord costAfter);

        abstract void wanted(LedgerLine line, ShowRow row);

        abstract void end();
    }

    /** A table of the events and a table of the widths. */
    private final class TableRows extends Rows {
        private final LedgerState state;
        private final boolean markdown;
        private final PrintWriter out;
        private final WidthHistory history;
        private final String format;

        TableRows(LedgerState state, boolean markdown, PrintWriter out) {
            this.state = state;
            this.markdown = markdown;
            this.out = out;
            history = new WidthHistory(state.epoch());
            int nameWidth = state.groups().entrySet().stream()
                    .filter(entry -> entry.getValue().searchable())
                    .mapToInt(entry -> entry.getKey().length())
                    .max()
                    .orElse(0);
            format = "%6s %5s %8s %-10s %-" + Math.max(5, nameWidth) + "s %-27s %-14s %9s  %s";
            if (markdown) {
                out.println(Table.markdownRow(ShowRow.HEADER));
                out.println("| ---: | ---: | ---: | --- | --- | --- | --- | ---: | --- |");
            } else {
                out.println(String.format(Locale.ROOT, format, ShowRow.HEADER.toArray()));
            }
        }

        @Override
        void all(LedgerLine line, CostRecord costAfter) {
            history.add(line.event(), costAfter);
        }

        @Override
        void wanted(LedgerLine line, ShowRow row) {
            out.println(
                    markdown
                            ? Table.markdownRow(row.cells(state.dense()))
                            : String.format(
                                            Locale.ROOT,
                                            format,
                                            row.cells(state.dense()).toArray())
                                    .stripTrailing());
        }

        @Override
        void end() {
            out.println();
            Table widths = widths();
            if (markdown) {
                widths.printMarkdown(out);
            } else {
                widths.printText(out);
            }
            out.println();
            out.println("'of dense' is the active network's multiply-adds as a part of the dense reference's.");
            if (markdown) {
                out.println();
            }
        }

        private Table widths() {
            List<WidthHistory.Column> columns = history.columns();
            List<String> header = new ArrayList<>(List.of("width", "dense"));
            columns.forEach(column -> header.add(column.title()));
            List<List<String>> rows = new ArrayList<>();
            state.groups().forEach((name, group) -> {
                if (filter.groups() == null
                        ? group.searchable()
                        : filter.groups().contains(name)) {
                    List<String> row = new ArrayList<>(List.of(name, Integer.toString(group.width())));
                    columns.forEach(
                            column -> row.add(Integer.toString(column.widths().get(name))));
                    rows.add(row);
                }
            });
            List<String> cost = new ArrayList<>(List.of("multiply-adds", "100.00 %"));
            columns.forEach(column -> cost.add(ShowRow.percent(column.cost(), state.dense())));
            rows.add(cost);
            return new Table(header, 1, rows);
        }
    }

    /** One JSON object a line. */
    private final class JsonRows extends Rows {
        private final PrintWriter out;

        JsonRows(PrintWriter out) {
            this.out = out;
        }

        @Override
        void all(LedgerLine line, CostRecord costAfter) {
            // Everything is in the events.
        }

        @Override
        void wanted(LedgerLine line, ShowRow row) {
            ObjectNode json = Json.object()
                    .put("line", row.line())
                    .put("hash", line.hash())
                    .put("type", line.event().type());
            json.set("event", line.eventJson());
            filter.unitJson(line.event()).ifPresent(unit -> json.set("unit", unit));
            out.println(text(json));
        }

        @Override
        void end() {
            // The last object is that of the whole ledger.
        }
    }
}
