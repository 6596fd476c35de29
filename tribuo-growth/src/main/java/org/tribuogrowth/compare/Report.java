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

package org.tribuogrowth.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** A comparison as a page of Markdown: a table of the methods, what the data support, and a table of the runs. */
public final class Report {
    private static final List<Quantity> SHOWN = List.of(
            Quantity.TEST,
            Quantity.VALIDATION,
            Quantity.PARAMETERS,
            Quantity.PARAMETERS_FRACTION,
            Quantity.NON_ZERO_WEIGHTS,
            Quantity.NON_ZERO_WEIGHTS_FRACTION,
            Quantity.MULTIPLY_ADDS,
            Quantity.MULTIPLY_ADDS_FRACTION,
            Quantity.TRAINING_MULTIPLY_ADDS,
            Quantity.TRAINING_FRACTION,
            Quantity.SECONDS,
            Quantity.LATENCY,
            Quantity.THROUGHPUT,
            Quantity.MODEL_BYTES,
            Quantity.MODEL_GZIP_BYTES);

    private final Comparison comparison;
    private final Claims claims;

    /**
     * Prepares the page.
     *
     * @param comparison The runs.
     */
    public Report(Comparison comparison) {
        this.comparison = comparison;
        this.claims = new Claims(comparison);
    }

    /**
     * The whole page.
     *
     * @return Markdown.
     */
    public String page() {
        return "# Comparison\n\n" + methods() + "\n" + notes() + "\n## What the data support\n\n" + statements()
                + "\n## Runs\n\n" + runs();
    }

    /**
     * The table of the methods: mean and standard deviation over seeds.
     *
     * @return Markdown.
     */
    public String methods() {
        List<String> titles = new ArrayList<>(List.of("method", "structure", "runs"));
        SHOWN.forEach(quantity -> titles.add(title(quantity)));
        MarkdownTable table = new MarkdownTable(titles.toArray(new String[0]));
        for (String method : comparison.methods()) {
            List<String> row = new ArrayList<>();
            row.add(method + (comparison.baseline().equals(Optional.of(method)) ? " (baseline)" : ""));
            row.add(comparison.kind(method).map(StructureKind::text).orElse("-"));
            int good = comparison.figures(method).size();
            int all = comparison.seeds().size();
            row.add(good == all ? Integer.toString(all) : good + " of " + all);
            SHOWN.forEach(quantity -> row.add(Numbers.spread(quantity, comparison.spread(method, quantity))));
            table.add(row);
        }
        return table.toString();
    }

    private String title(Quantity quantity) {
        return switch (quantity) {
            case TEST -> "test " + comparison.measure().text();
            case VALIDATION -> "validation " + validationName();
            case PARAMETERS -> "parameters";
            case NON_ZERO_WEIGHTS -> "weights not 0";
            case MULTIPLY_ADDS -> "multiply-adds";
            case TRAINING_MULTIPLY_ADDS -> "training multiply-adds";
            case PARAMETERS_FRACTION,
                    NON_ZERO_WEIGHTS_FRACTION,
                    MULTIPLY_ADDS_FRACTION,
                    TRAINING_FRACTION -> "of dense";
            case SECONDS -> "training time";
            case LATENCY -> "latency P50";
            case THROUGHPUT -> "examples/s";
            case MODEL_BYTES -> "model file";
            case MODEL_GZIP_BYTES -> "gzip";
        };
    }

    private String validationName() {
        return comparison.runs().stream()
                .flatMap(run -> run.figures().stream())
                .map(RunFigures::validationName)
                .distinct()
                .collect(Collectors.joining(" / "));
    }

    /**
     * What the columns mean.
     *
     * @return Markdown.
     */
    public String notes() {
        return "Seeds " + comparison.seeds().stream().map(String::valueOf).collect(Collectors.joining(", "))
                + "; mean ± standard deviation over runs. Multiply-adds are those of one example's forward pass"
                + " (1 multiply-add = 2 FLOPs), of training those of all forward passes; 'of dense' is the part of what the"
                + " run's own dense reference has, or takes for the epochs asked for. Latency is the median time of a"
                + " single prediction, examples/s those of batches of 128, both without the conversion of features;"
                + " times depend on the machine and on what else ran on it.\n";
    }

    /**
     * What the data support, and what they do not.
     *
     * @return Markdown.
     */
    public String statements() {
        StringBuilder text = new StringBuilder();
        if (comparison.ofKind(StructureKind.SEARCHED).isEmpty()) {
            text.append("- Nothing is claimed: in no run that ended well was the structure searched.\n");
        }
        for (Claim claim : claims.all()) {
            text.append("- ").append(statement(claim)).append('\n');
        }
        for (String method : comparison.methods()) {
            cost(method)
                    .ifPresent(statement -> text.append("- ").append(statement).append('\n'));
        }
        failures().ifPresent(statement -> text.append("- ").append(statement).append('\n'));
        text.append('\n').append(basis());
        return text.toString();
    }

    private String statement(Claim claim) {
        PairedDifference difference = claim.difference();
        StringBuilder text = new StringBuilder("**" + claim.method() + " against " + claim.other() + "** ("
                + claim.relation().text() + "): " + claim.verdict().text());
        if (claim.verdict() == Claim.Verdict.NOT_JUDGED) {
            text.append(", since ").append(String.join("; ", claim.reasons()));
        }
        if (claim.verdict() == Claim.Verdict.NO_DIFFERENCE_SHOWN
                && (difference.low() > 0.0 || difference.high() < 0.0)) {
            text.append(" after the correction for ")
                    .append(claims.judgedCount())
                    .append(" comparisons, though the interval by itself leaves out 0");
        }
        text.append(". Test ")
                .append(comparison.measure().text())
                .append(' ')
                .append(Numbers.difference(difference.mean()));
        if (difference.pairs() >= 2) {
            text.append(", 95 % interval ")
                    .append(Numbers.difference(difference.low()))
                    .append(" to ")
                    .append(Numbers.difference(difference.high()));
        }
        text.append(", ").append(difference.pairs()).append(difference.pairs() == 1 ? " pair" : " pairs");
        if (claim.verdict() != Claim.Verdict.NOT_JUDGED) {
            text.append(", p ")
                    .append(Numbers.probability(difference.probability()))
                    .append(", corrected ")
                    .append(Numbers.probability(claim.corrected()));
        }
        return text.append('.').toString();
    }

    /** What a method costs beside the baseline, if that is a dense one. */
    private Optional<String> cost(String method) {
        Optional<String> baseline = comparison.baseline();
        boolean applies = baseline.isPresent()
                && !baseline.get().equals(method)
                && !comparison.figures(method).isEmpty()
                && !comparison.figures(baseline.get()).isEmpty();
        if (!applies) {
            return Optional.empty();
        }
        return Optional.of(String.format(
                Locale.ROOT,
                "**Cost of %s** as a part of %s: training multiply-adds %s, training time %s (which says something if"
                        + " nothing else ran on the machine), multiply-adds %s, parameters %s, latency %s, model file %s.",
                method,
                baseline.get(),
                ratio(method, baseline.get(), Quantity.TRAINING_MULTIPLY_ADDS),
                ratio(method, baseline.get(), Quantity.SECONDS),
                ratio(method, baseline.get(), Quantity.MULTIPLY_ADDS),
                ratio(method, baseline.get(), Quantity.PARAMETERS),
                ratio(method, baseline.get(), Quantity.LATENCY),
                ratio(method, baseline.get(), Quantity.MODEL_BYTES)));
    }

    private String ratio(String method, String baseline, Quantity quantity) {
        Spread ratio = claims.ratio(method, baseline, quantity);
        if (ratio.count() == 0) {
            return "-";
        }
        return ratio.count() < 2 || ratio.standardDeviation() == 0.0
                ? Numbers.percent(ratio.mean())
                : Numbers.percent(ratio.mean()).replace(" %", "") + " ± " + Numbers.percent(ratio.standardDeviation());
    }

    private Optional<String> failures() {
        long failed = comparison.runs().stream()
                .filter(run -> run.figures().isEmpty())
                .count();
        return failed == 0
                ? Optional.empty()
                : Optional.of(
                        "**" + failed + " of " + comparison.runs().size()
                                + " runs have no figures** and are left out of all of the above; the table of the runs says why.");
    }

    private String basis() {
        boolean validated = comparison.runs().stream()
                .flatMap(run -> run.figures().stream())
                .anyMatch(figures -> figures.validation().isPresent());
        return "Better and worse speak of the " + comparison.measure().text()
                + " on the test data, which each run read once,"
                + " after its training; nothing was chosen by it. "
                + (validated
                        ? "What a training chooses, it chooses by its validation data, whose figures are therefore too good. "
                        : "")
                + "Differences are paired by seed, intervals are Student's t, each by itself; the words need a probability"
                + " below 0.05 after Holm's correction for "
                + claims.judgedCount() + (claims.judgedCount() == 1 ? " comparison" : " comparisons")
                + ". Costs within " + Math.round(100 * Claims.EQUAL_COST)
                + " % of one another count as equal. Seeds vary the"
                + " beginning and the order of the training, not the data: what holds here need not hold for other data.\n";
    }

    /**
     * The table of the runs.
     *
     * @return Markdown.
     */
    public String runs() {
        List<String> titles = new ArrayList<>(List.of("method", "seed"));
        SHOWN.forEach(quantity -> titles.add(title(quantity)));
        titles.add("ledger head");
        MarkdownTable table = new MarkdownTable(titles.toArray(new String[0]));
        StringBuilder failures = new StringBuilder();
        for (ComparedRun run : comparison.runs()) {
            List<String> row = new ArrayList<>(List.of(run.method(), Long.toString(run.seed())));
            for (Quantity quantity : SHOWN) {
                row.add(run.figures()
                        .map(figures -> quantity.of(figures, comparison.measure()))
                        .filter(value -> value.isPresent())
                        .map(value -> Numbers.single(quantity, value.getAsDouble()))
                        .orElse("-"));
            }
            row.add(run.figures()
                    .map(figures -> figures.ledgerHead().substring(0, 12))
                    .orElse("failed"));
            table.add(row);
            if (run.figures().isEmpty()) {
                failures.append("- ")
                        .append(run.method())
                        .append(", seed ")
                        .append(run.seed())
                        .append(": ")
                        .append(run.failure().replaceAll("\\s*\\R\\s*", " "))
                        .append('\n');
            }
        }
        return table + (failures.isEmpty() ? "" : "\nFailed:\n\n" + failures);
    }
}
