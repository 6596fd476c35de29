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

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import org.tribuogrowth.provenance.ChangeEvent;
import org.tribuogrowth.provenance.CompactionEvent;
import org.tribuogrowth.provenance.CostRecord;
import org.tribuogrowth.provenance.IntervalEvent;
import org.tribuogrowth.provenance.LedgerEvent;
import org.tribuogrowth.provenance.RecoveryEvent;
import org.tribuogrowth.provenance.RestoreEvent;
import org.tribuogrowth.provenance.SealEvent;
import org.tribuogrowth.provenance.SearchEvent;
import org.tribuogrowth.provenance.StartEvent;
import org.tribuogrowth.provenance.TrainingEvent;
import org.tribuogrowth.provenance.encoding.SafeText;

/**
 * An event as a row of {@code audit show}.
 *
 * @param epoch  The epoch, or -1 if the event has none.
 * @param step   The step, or -1 if the event has none.
 * @param kind   The kind of change or event.
 * @param group  The unit group, empty if the event has none.
 * @param units  The units, empty if the event has none.
 * @param widths The group's width before and after, empty if the event has none.
 * @param cost   The cost of the active network after the event.
 * @param note   The rule and its numbers, or what else the event says.
 */
record ShowRow(
        int epoch, long step, String kind, String group, String units, String widths, CostRecord cost, String note) {
    private static final int UNITS = 24;

    /**
     * Makes the row of an event.
     *
     * @param event The event.
     * @param cost  The cost of the active network after it.
     * @return The row.
     */
    static ShowRow of(LedgerEvent event, CostRecord cost) {
        if (event instanceof ChangeEvent change) {
            return new ShowRow(
                    change.epoch(),
                    change.step(),
                    change.kind(),
                    change.group(),
                    SafeText.clean(change.units(), UNITS),
                    change.widthBefore() + " -> " + change.widthAfter(),
                    cost,
                    change.rule() + evidence(change.evidence()));
        } else if (event instanceof StartEvent start) {
            return row(
                    -1,
                    -1,
                    event,
                    cost,
                    start.method() + ", seed " + start.seed() + ", architecture " + brief(start.architectureDigest()));
        } else if (event instanceof IntervalEvent interval) {
            return row(interval.epoch(), interval.step(), event, cost, describe(interval));
        } else if (event instanceof SearchEvent search) {
            return new ShowRow(
                    search.epoch(),
                    search.step(),
                    search.kind(),
                    search.subject(),
                    "",
                    "",
                    cost,
                    search.rule() + evidence(search.evidence()));
        } else if (event instanceof TrainingEvent training) {
            return row(
                    -1,
                    training.step(),
                    event,
                    cost,
                    training.epochs() + " epochs, " + training.examples() + " examples, " + training.multiplyAdds()
                            + " multiply-adds");
        } else if (event instanceof RestoreEvent restore) {
            return row(
                    restore.epoch(),
                    restore.step(),
                    event,
                    cost,
                    "best weights, of epoch " + restore.restoredEpoch() + ": " + restore.measureName() + " "
                            + number(restore.measure()));
        } else if (event instanceof RecoveryEvent recovery) {
            return row(
                    -1,
                    -1,
                    event,
                    cost,
                    "a torn line of " + recovery.droppedBytes() + " bytes was cut off here, SHA-256 "
                            + brief(recovery.droppedDigest()));
        } else if (event instanceof CompactionEvent compaction) {
            return row(
                    -1,
                    -1,
                    event,
                    cost,
                    compaction.examples() + " examples, largest difference "
                            + number(compaction.largestAbsoluteDifference()) + " absolute, "
                            + number(compaction.largestRelativeDifference()) + " relative, same largest output in "
                            + number(100.0 * compaction.argMaxAgreement()) + " %");
        } else if (event instanceof SealEvent seal) {
            return row(
                    -1,
                    -1,
                    event,
                    cost,
                    "structure " + brief(seal.structureDigest()) + ", compact architecture "
                            + brief(seal.compactArchitectureDigest()) + ", weights " + brief(seal.weightsDigest())
                            + ", budget fraction " + number(seal.budgetFraction()));
        }
        throw new AssertionError("Unknown event " + event.getClass().getName());
    }

    private static ShowRow row(int epoch, long step, LedgerEvent event, CostRecord cost, String note) {
        return new ShowRow(epoch, step, event.type(), "", "", "", cost, note);
    }

    private static String describe(IntervalEvent interval) {
        StringJoiner text = new StringJoiner(", ");
        text.add("training loss " + number(interval.trainingLoss()));
        interval.validation().ifPresent(value -> text.add(interval.measureName() + " " + number(value)));
        interval.observations().forEach((name, value) -> text.add(name + " " + number(value)));
        return text.toString();
    }

    private static String evidence(Map<String, List<Double>> evidence) {
        StringJoiner text = new StringJoiner(", ", ": ", "").setEmptyValue("");
        evidence.forEach((name, numbers) -> {
            double least =
                    numbers.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
            double most =
                    numbers.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
            text.add(name + " " + number(least) + (most > least ? " to " + number(most) : ""));
        });
        return text.toString();
    }

    static String percent(CostRecord cost, CostRecord dense) {
        return String.format(Locale.ROOT, "%.2f %%", 100.0 * cost.multiplyAddsOf(dense));
    }

    private static String brief(String digest) {
        return digest.substring(0, 12);
    }

    static String number(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return Long.toString((long) value);
        }
        double size = Math.abs(value);
        return String.format(Locale.ROOT, size >= 1e-3 && size < 1e6 ? "%.4f" : "%.3e", value);
    }
}
