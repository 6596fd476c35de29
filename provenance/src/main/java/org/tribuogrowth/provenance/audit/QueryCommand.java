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
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.tribuogrowth.provenance.LedgerState;
import org.tribuogrowth.provenance.VerifiedLedger;
import org.tribuogrowth.provenance.history.CompactUnits;
import org.tribuogrowth.provenance.history.EpochChanges;
import org.tribuogrowth.provenance.history.RebuiltArchitecture;
import org.tribuogrowth.provenance.history.UnitHistory;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code audit query}. */
@Command(
        name = "query",
        description = {
            "Answers a question about a run from its ledger: why a unit is there or gone, which unit one of the compact"
                    + " network grew from, what changed in an epoch.",
            "Units, places in the compact network and epochs are counted from 0, lines from 1."
        })
final class QueryCommand implements Callable<Integer> {
    /** The question; exactly one. */
    private static final class Question {
        @Option(
                names = "--why",
                paramLabel = "GROUP/NUMBER",
                description = "why this unit of the dense reference is there or gone, such as conv2/17")
        private String why;

        @Option(
                names = "--compact",
                paramLabel = "GROUP/NUMBER",
                description = "the same of a unit named by its number in the compact network")
        private String compact;

        @Option(names = "--epoch", paramLabel = "A[-B]", description = "what changed in epoch A, or in epochs A to B")
        private String epoch;

        private Question() {}
    }

    @Spec
    private CommandSpec spec;

    @Mixin
    private RunArgument run;

    @ArgGroup(multiplicity = "1")
    private Question question;

    @Option(names = "--json", description = "print the answer as one JSON object")
    private boolean asJson;

    private QueryCommand() {}

    @Override
    public Integer call() throws AuditException, IOException {
        VerifiedLedger ledger = Reading.open(run);
        LedgerState state = ledger.verification().state().orElseThrow();
        try {
            if (question.epoch != null) {
                NumberRange epochs = NumberRange.ofEpochs(question.epoch);
                if (epochs.last() > state.epoch()) {
                    throw AuditException.usage("The option --epoch names epoch " + epochs.last()
                            + ", but the epochs of the ledger are 0 to " + state.epoch() + ".");
                }
                EpochAnswer answer = new EpochAnswer(
                        EpochChanges.of(ledger, (int) epochs.first(), (int) epochs.last()), state.dense());
                return answer(ledger, asJson ? answer.json() : null, answer::print);
            }
            UnitName unit = question.why != null
                    ? UnitName.of("--why", question.why, state)
                    : grownFrom(UnitName.parse("--compact", question.compact, state), ledger);
            UnitAnswer answer = new UnitAnswer(UnitHistory.of(ledger, unit.group(), unit.number()));
            return answer(ledger, asJson ? answer.json() : null, answer::print);
        } catch (IllegalArgumentException e) {
            throw AuditException.failed("The ledger cannot answer: " + e.getMessage() + ".");
        }
    }

    private static UnitName grownFrom(UnitName place, VerifiedLedger ledger) throws AuditException, IOException {
        RebuiltArchitecture end =
                RebuiltArchitecture.at(ledger, ledger.verification().lines());
        OptionalInt unit = CompactUnits.unit(end, place.group(), place.number());
        if (unit.isEmpty()) {
            boolean there = CompactUnits.groups(end.architecture()).contains(place.group());
            int active = there ? end.state().groups().get(place.group()).active() : 0;
            throw AuditException.usage("The option --compact names number " + place.number() + " of group "
                    + place.group() + ", of which the compact network has "
                    + (active == 0 ? "no units." : "numbers 0 to " + (active - 1) + "."));
        }
        return new UnitName(place.group(), unit.getAsInt());
    }

    /** Prints an answer. */
    private interface Text {
        void print(PrintWriter out);
    }

    private int answer(VerifiedLedger ledger, ObjectNode json, Text text) {
        PrintWriter out = spec.commandLine().getOut();
        if (json != null) {
            json.set("ledger", JsonOutput.ledger(ledger.verification()));
            out.println(JsonOutput.pretty(json));
            return Reading.code(ledger.verification());
        }
        text.print(out);
        return Reading.close(ledger.verification(), out);
    }
}
