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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import org.tribuogrowth.provenance.LedgerState;
import org.tribuogrowth.provenance.LedgerVerification;
import org.tribuogrowth.provenance.VerifiedLedger;
import org.tribuogrowth.provenance.encoding.Json;
import org.tribuogrowth.provenance.encoding.SafeText;
import org.tribuogrowth.provenance.history.CompactUnits;
import org.tribuogrowth.provenance.history.RebuiltArchitecture;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code audit rebuild}. */
@Command(
        name = "rebuild",
        description = {
            "Rebuilds the architecture at any event from the ledger alone: its canonical text with the units that are"
                    + " active then, digests, cost and units.",
            "Without --line or --epoch that at the end; of a finished run it is compared with the seal."
        })
final class RebuildCommand implements Callable<Integer> {
    /** Which event; at most one of the two. */
    private static final class Point {
        @Option(names = "--line", paramLabel = "N", description = "after line N of the ledger, counted from 1")
        private String line;

        @Option(names = "--epoch", paramLabel = "E", description = "at the end of epoch E, counted from 0")
        private String epoch;

        private Point() {}
    }

    @Spec
    private CommandSpec spec;

    @Mixin
    private RunArgument run;

    @ArgGroup
    private Point point;

    @Option(
            names = "-o",
            paramLabel = "FILE",
            description = "write the architecture's text, whose SHA-256 is the digest, or the JSON to this file")
    private Path file;

    @Option(names = "--json", description = "print everything as one JSON object")
    private boolean asJson;

    private RebuildCommand() {}

    @Override
    public Integer call() throws AuditException, IOException {
        Optional<OutputFile> output = file == null ? Optional.empty() : Optional.of(OutputFile.of(file));
        VerifiedLedger ledger = Reading.open(run.path());
        LedgerVerification verification = ledger.verification();
        RebuiltArchitecture rebuilt;
        try {
            rebuilt = RebuiltArchitecture.at(ledger, line(ledger));
        } catch (IllegalArgumentException e) {
            throw AuditException.failed("The architecture cannot be rebuilt: " + e.getMessage() + ".");
        }
        PrintWriter out = spec.commandLine().getOut();
        String text = asJson ? JsonOutput.pretty(json(rebuilt, verification)) + "\n" : rebuilt.architecture();
        if (output.isPresent()) {
            output.get().write(writer -> writer.write(text));
        }
        if (asJson) {
            out.print(output.isPresent() ? "" : text);
        } else {
            print(rebuilt, verification, out);
            if (output.isEmpty()) {
                text.lines().forEach(line -> out.println(SafeText.clean(line, 1000)));
                out.println();
            }
        }
        if (output.isPresent()) {
            out.println("Wrote " + SafeText.clean(file.toString(), 300) + ".");
        }
        int code = asJson ? Reading.code(verification) : Reading.close(verification, out);
        out.flush();
        boolean differs = rebuilt.sealedDigest().isPresent()
                && !rebuilt.sealedDigest().get().equals(rebuilt.architectureDigest());
        return differs ? Audit.FAILED : code;
    }

    private long line(VerifiedLedger ledger) throws AuditException, IOException {
        long lines = ledger.verification().lines();
        if (point == null) {
            return lines;
        } else if (point.line != null) {
            NumberRange range = NumberRange.ofLines(point.line);
            if (range.first() != range.last() || range.last() > lines) {
                throw AuditException.usage("The option --line is one line of 1 to " + lines
                        + ", the lines of the ledger that hold, found " + SafeText.quote(point.line) + ".");
            }
            return range.first();
        }
        NumberRange range = NumberRange.ofEpochs(point.epoch);
        int last = ledger.verification().state().orElseThrow().epoch();
        OptionalLong end = range.first() != range.last() || range.first() > last
                ? OptionalLong.empty()
                : RebuiltArchitecture.endOfEpoch(ledger, (int) range.first());
        return end.orElseThrow(() -> AuditException.usage("The option --epoch is one epoch of 0 to " + last
                + ", the epochs of the ledger, found " + SafeText.quote(point.epoch) + "."));
    }

    private static void print(RebuiltArchitecture rebuilt, LedgerVerification verification, PrintWriter out) {
        LedgerState state = rebuilt.state();
        out.println("Architecture after line " + rebuilt.line() + " of " + verification.lines() + " ("
                + rebuilt.event().type() + "), epoch " + state.epoch() + ", step " + state.step());
        String same = rebuilt.sealedDigest()
                .map(digest -> digest.equals(rebuilt.architectureDigest())
                        ? "  equals the seal's"
                        : "  DIFFERS from the seal's, " + digest)
                .orElse("");
        out.println("architecture digest  " + rebuilt.architectureDigest() + same);
        out.println("structure digest     " + state.structureDigest());
        out.println("multiply-adds        " + state.cost().multiplyAdds() + " of "
                + state.dense().multiplyAdds() + " (" + ShowRow.percent(state.cost(), state.dense()) + ")");
        out.println("parameters           " + state.cost().parameters() + " of "
                + state.dense().parameters());
        out.println("weights              " + state.cost().weights() + " of "
                + state.dense().weights());
        out.println();
        Set<String> present = CompactUnits.groups(rebuilt.architecture());
        List<List<String>> rows = new ArrayList<>();
        state.groups()
                .forEach((name, group) -> rows.add(List.of(
                        name,
                        group.active() + " of " + group.width(),
                        SafeText.clean(group.activeUnits(), 300) + (present.contains(name) ? "" : note(group)))));
        new Table(List.of("group", "active", "units"), 3, rows).printText(out);
        out.println();
    }

    /** Why a group is not in the compact architecture: it is a block, or belongs to one that is away. */
    private static String note(LedgerState.Group group) {
        return group.active() == 0 || group.width() == 1 ? "" : "  (only in blocks that are away)";
    }

    private static ObjectNode json(RebuiltArchitecture rebuilt, LedgerVerification verification) {
        LedgerState state = rebuilt.state();
        ObjectNode json = Json.object()
                .put("line", rebuilt.line())
                .put("type", rebuilt.event().type())
                .put("epoch", state.epoch())
                .put("step", state.step())
                .put("architecture", rebuilt.architecture())
                .put("architectureDigest", rebuilt.architectureDigest())
                .put("structureDigest", state.structureDigest());
        rebuilt.sealedDigest().ifPresent(digest -> json.put("equalsSeal", digest.equals(rebuilt.architectureDigest())));
        json.set("cost", JsonOutput.cost(state.cost()));
        json.set("dense", JsonOutput.cost(state.dense()));
        ObjectNode groups = json.putObject("groups");
        for (Map.Entry<String, LedgerState.Group> entry : state.groups().entrySet()) {
            LedgerState.Group group = entry.getValue();
            groups.putObject(entry.getKey())
                    .put("width", group.width())
                    .put("searchable", group.searchable())
                    .put("active", group.active())
                    .put("activeUnits", group.activeUnits())
                    .put("detachedUnits", group.detachedUnits())
                    .put("prunedUnits", group.prunedUnits());
        }
        json.set("ledger", JsonOutput.ledger(verification));
        return json;
    }
}
