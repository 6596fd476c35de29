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

package org.tribuogrowth.cli;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.tribuogrowth.architecture.Cost;
import org.tribuogrowth.architecture.CostMeasure;
import org.tribuogrowth.architecture.UnitGroup;
import org.tribuogrowth.training.GrowthListener;

/** The text that ends a run on the console. */
final class RunSummary {
    private RunSummary() {}

    /**
     * Writes the text.
     *
     * @param run        What the training said; it ended well.
     * @param evaluation The figures on the test data.
     * @param size       The model's weights and bytes, if it is a model of this project.
     * @param exports    The model for other programs.
     * @param sizes      Sizes of files and times, if they were measured.
     * @param folder     The run folder as the user named it.
     * @param files      The files in it.
     * @return The text.
     */
    static String text(
            RunRecord run,
            RunEvaluation evaluation,
            Optional<ModelSize> size,
            List<ExportOutcome> exports,
            Optional<RunSizes> sizes,
            String folder,
            List<String> files) {
        GrowthListener.Plan plan = run.plan().orElseThrow();
        GrowthListener.Summary summary = run.summary().orElseThrow();
        StringBuilder text = new StringBuilder();
        text.append("\nwidths, compact of dense\n");
        List<UnitGroup> groups = plan.architecture().searchableGroups();
        int width =
                groups.stream().mapToInt(group -> group.name().length()).max().orElse(0);
        for (UnitGroup group : groups) {
            text.append("  ")
                    .append(group.name())
                    .append(" ".repeat(width - group.name().length() + 2));
            text.append(Text.count(summary.active().count(group.name()))).append(" of ");
            text.append(Text.count(group.width()));
            plan.architecture().blocksOfGroup(group.name()).stream()
                    .filter(block -> summary.active().count(block) == 0)
                    .findFirst()
                    .ifPresent(block -> text.append(", away with block ").append(block));
            text.append('\n');
        }
        if (groups.isEmpty()) {
            text.append("  nothing was searched\n");
        }
        text.append('\n');
        if (size.isPresent() && size.get().nonZero() < size.get().weights()) {
            text.append("weights by layer\n").append(size.get().layerText()).append('\n');
        }
        line(text, "parameters", cost(summary, CostMeasure.PARAMETERS));
        line(text, "multiply-adds", cost(summary, CostMeasure.MULTIPLY_ADDS) + " (1 multiply-add = 2 FLOPs)");
        if (size.isPresent()) {
            line(text, "weights", size.get().weightText());
            line(text, "parameters take", size.get().byteText());
        }
        line(
                text,
                "training cost",
                Text.percent(summary.trainingCostFraction())
                        + " of the dense reference's multiply-adds for the epochs asked for");
        line(
                text,
                "time",
                Text.duration(summary.seconds()) + ", of that "
                        + Text.duration(summary.restructuringSeconds()) + " on changes of structure, "
                        + Text.duration(summary.inputWaitSeconds()) + " waiting for input; "
                        + summary.epochs()
                        + " epochs");
        if (evaluation.measures().isEmpty()) {
            line(text, "test data", "none, as asked");
        }
        for (Map.Entry<String, Double> measure : evaluation.measures().entrySet()) {
            line(text, "test " + measure.getKey(), Text.measure(measure.getValue()));
        }
        line(
                text,
                "gated vs compact",
                String.format(Locale.ROOT, "%.2e relative difference at most", summary.compactionDifference()));
        exports.forEach(outcome -> line(text, outcome.file(), outcome.text()));
        line(text, "ledger head", Optional.ofNullable(summary.ledgerHead()).orElse("none"));
        line(text, "files", folder + ": " + String.join(", ", files));
        sizes.ifPresent(found -> text.append('\n').append(found.text()));
        text.append("\nnext\n");
        text.append("  ./grow audit verify ")
                .append(quoted(folder))
                .append("   checks the record of structure changes\n");
        text.append("  ./grow audit show ").append(quoted(folder)).append("     shows it\n");
        if (files.contains(RunFolder.REPORT)) {
            text.append("  ").append(quoted(folder + "/" + RunFolder.REPORT)).append("   shows it in a browser\n");
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(name)
                .append(" ".repeat(Math.max(2, 24 - name.length())))
                .append(value)
                .append('\n');
    }

    private static String cost(GrowthListener.Summary summary, CostMeasure measure) {
        Cost compact = summary.cost();
        Cost dense = summary.denseCost();
        return Text.count(measure.of(compact)) + " of " + Text.count(measure.of(dense)) + ", "
                + Text.percent(compact.fractionOf(dense, measure)) + " of the dense reference";
    }

    private static String quoted(String folder) {
        return folder.matches("[A-Za-z0-9_./-]+") ? folder : "'" + folder.replace("'", "'\\''") + "'";
    }
}
