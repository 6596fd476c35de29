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
import java.util.OptionalDouble;

/** A comparison as tables for other programs: comma-separated, quoted as RFC 4180 has it, full precision, a heading line. */
public final class CsvTables {
    private CsvTables() {}

    /**
     * One line a run.
     *
     * @param comparison The runs.
     * @return The text; figures that a run does not have are empty.
     */
    public static String runs(Comparison comparison) {
        List<String> titles = new ArrayList<>(List.of("method", "seed", "status", "structure", "search", "epochs"));
        for (Quantity quantity : Quantity.values()) {
            titles.add(column(quantity, comparison));
        }
        titles.addAll(List.of("ledger_head", "configuration_digest", "data_digest", "failure"));
        StringBuilder text = new StringBuilder(line(titles));
        for (ComparedRun run : comparison.runs()) {
            List<String> cells = new ArrayList<>(List.of(run.method(), Long.toString(run.seed())));
            cells.add(run.figures().isPresent() ? "good" : "failed");
            cells.add(run.figures().map(figures -> figures.kind().text()).orElse(""));
            cells.add(run.figures().map(RunFigures::search).orElse(""));
            cells.add(run.figures()
                    .map(figures -> Integer.toString(figures.epochs()))
                    .orElse(""));
            for (Quantity quantity : Quantity.values()) {
                cells.add(run.figures()
                        .map(figures -> number(quantity.of(figures, comparison.measure())))
                        .orElse(""));
            }
            cells.add(run.figures().map(RunFigures::ledgerHead).orElse(""));
            cells.add(run.figures().map(RunFigures::configurationDigest).orElse(""));
            cells.add(run.figures().map(RunFigures::dataDigest).orElse(""));
            cells.add(run.failure());
            text.append(line(cells));
        }
        return text.toString();
    }

    /**
     * One line a method: mean, standard deviation and number of each figure.
     *
     * @param comparison The runs.
     * @return The text.
     */
    public static String summary(Comparison comparison) {
        List<String> titles = new ArrayList<>(List.of("method", "structure", "runs", "good_runs"));
        for (Quantity quantity : Quantity.values()) {
            String column = column(quantity, comparison);
            titles.addAll(List.of(column + "_mean", column + "_sd", column + "_n"));
        }
        StringBuilder text = new StringBuilder(line(titles));
        for (String method : comparison.methods()) {
            List<String> cells = new ArrayList<>();
            cells.add(method);
            cells.add(comparison.kind(method).map(StructureKind::text).orElse(""));
            cells.add(Integer.toString(comparison.seeds().size()));
            cells.add(Integer.toString(comparison.figures(method).size()));
            for (Quantity quantity : Quantity.values()) {
                Spread spread = comparison.spread(method, quantity);
                cells.add(number(spread.mean()));
                cells.add(number(spread.standardDeviation()));
                cells.add(Integer.toString(spread.count()));
            }
            text.append(line(cells));
        }
        return text.toString();
    }

    private static String column(Quantity quantity, Comparison comparison) {
        return quantity == Quantity.TEST
                ? quantity.column() + "_" + comparison.measure().text()
                : quantity.column();
    }

    private static String number(OptionalDouble value) {
        return value.isPresent() ? number(value.getAsDouble()) : "";
    }

    /** Whole numbers without a fraction, all others so that reading them gives the same number. */
    private static String number(double value) {
        if (!Double.isFinite(value)) {
            return "";
        }
        return value == Math.rint(value) && Math.abs(value) < 1L << 53
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    private static String line(List<String> cells) {
        List<String> quoted = new ArrayList<>();
        for (String cell : cells) {
            boolean plain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
            quoted.add(plain ? cell : '"' + cell.replace("\"", "\"\"") + '"');
        }
        return String.join(",", quoted) + "\n";
    }
}
