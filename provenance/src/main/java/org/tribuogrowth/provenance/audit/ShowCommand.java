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

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.tribuogrowth.provenance.ChangeEvent;
import org.tribuogrowth.provenance.CostRecord;
import org.tribuogrowth.provenance.LedgerEvent;
import org.tribuogrowth.provenance.LedgerReader;
import org.tribuogrowth.provenance.LedgerState;
import org.tribuogrowth.provenance.LedgerVerification;
import org.tribuogrowth.provenance.LedgerVerifier;
import org.tribuogrowth.provenance.StartEvent;
import org.tribuogrowth.provenance.encoding.SafeText;
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

    private ShowCommand() {}

    @Override
    public Integer call() throws AuditException, IOException {
        PrintWriter out = spec.commandLine().getOut();
        filter.check();
        Path ledger = run.ledger();
        LedgerVerification verification = LedgerVerifier.verify(ledger);
        Optional<LedgerState> state = verification.state();
        if (state.isPresent() && verification.lines() > 0) {
            String group = filter.group();
            if (group != null && !state.get().groups().containsKey(group)) {
                throw AuditException.usage("The ledger has no unit group " + SafeText.quote(group) + ": its groups are "
                        + String.join(", ", state.get().groups().keySet()) + ".");
            }
            print(ledger, verification.lines(), state.get(), out);
        }
        if (verification.ok()) {
            out.println(verification.lines() + " lines, all verified. Head " + verification.head());
            return Audit.GOOD;
        } else if (verification.unfinished() && verification.lines() > 0) {
            out.println(
                    verification.lines() + " lines, all verified, but there is no seal: the run has not finished, or"
                            + " the tail was cut.");
            return Audit.GOOD;
        }
        out.println("FAILED line " + verification.badLine().orElseThrow() + ": " + verification.reason());
        out.println("Only the " + verification.lines() + " lines before it are shown.");
        return Audit.FAILED;
    }

    private void print(Path ledger, long lines, LedgerState end, PrintWriter out) throws IOException {
        int nameWidth = end.groups().entrySet().stream()
                .filter(entry -> entry.getValue().searchable())
                .mapToInt(entry -> entry.getKey().length())
                .max()
                .orElse(0);
        String format = "%5s %8s %-10s %-" + Math.max(5, nameWidth) + "s %-27s %-14s %9s  %s%n";
        out.printf(Locale.ROOT, format, "epoch", "step", "kind", "group", "units", "width", "of dense", "rule");
        WidthHistory history = new WidthHistory(end.epoch());
        CostRecord cost = null;
        try (LedgerReader reader = LedgerReader.open(ledger)) {
            for (long line = 0; line < lines; line++) {
                LedgerEvent event = reader.next()
                        .orElseThrow(() -> new IOException("The ledger became shorter while it was read"))
                        .event();
                if (event instanceof StartEvent) {
                    cost = reader.state().orElseThrow().cost();
                } else if (event instanceof ChangeEvent change) {
                    cost = change.after();
                }
                history.add(event, cost);
                ShowRow row = ShowRow.of(event, cost);
                if (filter.wants(row)) {
                    out.printf(
                            Locale.ROOT,
                            format,
                            row.epoch() < 0 ? "" : Integer.toString(row.epoch()),
                            row.step() < 0 ? "" : Long.toString(row.step()),
                            row.kind(),
                            row.group(),
                            row.units(),
                            row.widths(),
                            ShowRow.percent(row.cost(), end.dense()),
                            row.note());
                }
            }
        }
        out.println();
        history.print(end, filter.group(), out);
        out.println();
        out.println("'of dense' is the active network's multiply-adds as a part of the dense reference's.");
    }
}
