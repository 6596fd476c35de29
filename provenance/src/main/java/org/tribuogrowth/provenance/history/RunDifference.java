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

package org.tribuogrowth.provenance.history;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.tribuogrowth.provenance.LedgerDifference;
import org.tribuogrowth.provenance.VerifiedLedger;

/**
 * What two runs have in common and where they part.
 *
 * @param values          What is compared: the ledgers' beginnings and ends, configurations and figures of evaluations.
 * @param missing         Files that only one of the runs has or that neither has, so that they are not compared.
 * @param first           The first line in which the ledgers differ.
 * @param firstAfterStart The first line after the first in which their events differ.
 * @param widthsA         The widths of the first run over time, at epochs that both have.
 * @param widthsB         The same of the second run.
 */
public record RunDifference(
        List<Value> values,
        List<String> missing,
        Optional<LedgerDifference> first,
        Optional<LedgerDifference> firstAfterStart,
        List<WidthHistory.Column> widthsA,
        List<WidthHistory.Column> widthsB) {
    /** Copies the lists. */
    public RunDifference {
        values = List.copyOf(values);
        missing = List.copyOf(missing);
        widthsA = List.copyOf(widthsA);
        widthsB = List.copyOf(widthsB);
    }

    /**
     * A run.
     *
     * @param ledger Its ledger, at least one line of which holds.
     * @param folder Its folder, empty if the ledger alone was given.
     */
    public record Run(VerifiedLedger ledger, Optional<Path> folder) {}

    /**
     * A value that is compared.
     *
     * @param path Where it is: in the {@code ledger}, {@code config} or {@code evaluation}.
     * @param a    The value in the first run, empty if it has none.
     * @param b    The value in the second run.
     * @param same Whether they are equal; the texts of long values do not tell.
     */
    public record Value(String path, Optional<String> a, Optional<String> b, boolean same) {
        private static final MathContext DIGITS = new MathContext(6);
        private static final Pattern WHOLE = Pattern.compile("-?\\d{1,18}");

        /**
         * By how much a number changed.
         *
         * @return The second value less the first with its sign, exact of whole numbers, else to six digits; nothing if one
         *     is no number, or they are equal or no quantities.
         */
        public Optional<String> change() {
            Optional<Double> before = a.flatMap(Value::number);
            Optional<Double> after = b.flatMap(Value::number);
            if (same || before.isEmpty() || after.isEmpty() || path.equals("ledger.seed")) {
                return Optional.empty();
            }
            if (WHOLE.matcher(a.get()).matches() && WHOLE.matcher(b.get()).matches()) {
                long difference = Long.parseLong(b.get()) - Long.parseLong(a.get());
                return Optional.of(difference > 0 ? "+" + difference : Long.toString(difference));
            }
            BigDecimal difference = BigDecimal.valueOf(after.get()).subtract(BigDecimal.valueOf(before.get()));
            String text = difference.abs().compareTo(BigDecimal.valueOf(1e-3)) < 0
                    ? difference.round(DIGITS).stripTrailingZeros().toString()
                    : difference.round(DIGITS).stripTrailingZeros().toPlainString();
            return Optional.of(difference.signum() > 0 ? "+" + text : text);
        }

        private static Optional<Double> number(String text) {
            try {
                double value = text.length() <= 32 ? Double.parseDouble(text) : Double.NaN;
                return Double.isFinite(value) ? Optional.of(value) : Optional.empty();
            } catch (NumberFormatException e) {
                return Optional.empty();
            }
        }
    }

    /**
     * Whether nothing that was compared differs.
     *
     * @return True if the ledgers are equal in all bytes, and so are all values.
     */
    public boolean equal() {
        return first.isEmpty() && values.stream().allMatch(Value::same);
    }

    /**
     * Compares two runs.
     *
     * @param a A run.
     * @param b Another.
     * @return What differs. Of ledgers that do not hold the lines that do are compared, but for the first differences,
     *     which are those of the files as they are.
     * @throws IllegalArgumentException If a configuration or evaluation cannot be used; the message says which and why.
     * @throws IOException              If a file cannot be read, or changes meanwhile.
     */
    public static RunDifference of(Run a, Run b) throws IOException {
        int epochs = Math.min(lastEpoch(a), lastEpoch(b));
        RunFigures figuresA = RunFigures.of(a.ledger(), epochs);
        RunFigures figuresB = RunFigures.of(b.ledger(), epochs);
        List<Value> values = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        compare("ledger.", figuresA.values(), figuresB.values(), values);
        if (bothHave("config.xml", a, b, missing)) {
            compare("config.", configuration(a), configuration(b), values);
        }
        if (bothHave("evaluation.json", a, b, missing)) {
            evaluations(a, b, values);
        }
        return new RunDifference(
                values,
                missing,
                LedgerDifference.first(a.ledger().file(), b.ledger().file()),
                LedgerDifference.firstAfterStart(a.ledger().file(), b.ledger().file()),
                figuresA.widths(),
                figuresB.widths());
    }

    private static int lastEpoch(Run run) {
        return run.ledger().verification().state().orElseThrow().epoch();
    }

    private static boolean bothHave(String name, Run a, Run b, List<String> missing) {
        boolean inA = has(a, name);
        boolean inB = has(b, name);
        if (!inA || !inB) {
            missing.add(name + " is not compared: " + (inA ? "B has none" : inB ? "A has none" : "neither has one"));
        }
        return inA && inB;
    }

    private static boolean has(Run run, String name) {
        return run.folder().isPresent()
                && Files.isRegularFile(run.folder().get().resolve(name), LinkOption.NOFOLLOW_LINKS);
    }

    private static Map<String, String> configuration(Run run) throws IOException {
        return ConfigurationValues.read(run.folder().orElseThrow().resolve("config.xml"));
    }

    private static void compare(String prefix, Map<String, String> a, Map<String, String> b, List<Value> values) {
        LinkedHashMap<String, String> names = new LinkedHashMap<>(a);
        names.putAll(b);
        for (String name : names.keySet()) {
            Optional<String> inA = Optional.ofNullable(a.get(name));
            Optional<String> inB = Optional.ofNullable(b.get(name));
            values.add(new Value(prefix + name, inA, inB, inA.equals(inB)));
        }
    }

    private static void evaluations(Run a, Run b, List<Value> values) throws IOException {
        SortedMap<String, JsonNode> inA =
                EvaluationValues.read(a.folder().orElseThrow().resolve("evaluation.json"));
        SortedMap<String, JsonNode> inB =
                EvaluationValues.read(b.folder().orElseThrow().resolve("evaluation.json"));
        TreeSet<String> names = new TreeSet<>(new TreeMap<>(inA).keySet());
        names.addAll(inB.keySet());
        for (String name : names) {
            JsonNode valueA = inA.get(name);
            JsonNode valueB = inB.get(name);
            values.add(new Value(
                    "evaluation." + name, text(valueA), text(valueB), valueA != null && valueA.equals(valueB)));
        }
    }

    private static Optional<String> text(JsonNode value) {
        return Optional.ofNullable(value).map(known -> known.isArray() ? "list of " + known.size() : known.asText());
    }
}
