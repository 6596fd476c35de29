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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A comparison as JSON: what was asked for, every run, means and spreads, and what is claimed with its reasons. */
public final class ComparisonRecord {
    private ComparisonRecord() {}

    /**
     * The figures and claims.
     *
     * @param comparison The runs.
     * @return JSON objects and arrays by name, to be put beside what was asked for; numbers that do not exist are null.
     */
    public static Map<String, Object> of(Comparison comparison) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("baselineUsed", comparison.baseline().orElse(null));
        object.put(
                "runs",
                comparison.runs().stream().map(run -> run(comparison, run)).toList());
        object.put(
                "summary",
                comparison.methods().stream()
                        .map(method -> summary(comparison, method))
                        .toList());
        Claims claims = new Claims(comparison);
        object.put("claims", claims.all().stream().map(ComparisonRecord::claim).toList());
        object.put("comparisonsJudged", claims.judgedCount());
        return object;
    }

    private static Map<String, Object> run(Comparison comparison, ComparedRun run) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("method", run.method());
        object.put("seed", run.seed());
        object.put("failure", run.failure().isEmpty() ? null : run.failure());
        run.figures().ifPresent(figures -> {
            object.put("structure", figures.kind().text());
            object.put("search", figures.search());
            object.put("epochs", figures.epochs());
            object.put("testExamples", figures.testExamples());
            object.put("test", figures.test());
            object.put("validationMeasure", figures.validationName());
            for (Quantity quantity : Quantity.values()) {
                if (quantity != Quantity.TEST) {
                    quantity.of(figures, comparison.measure())
                            .ifPresentOrElse(
                                    value -> object.put(quantity.column(), number(value)),
                                    () -> object.put(quantity.column(), null));
                }
            }
            object.put("denseParameters", figures.dense().parameters());
            object.put("denseMultiplyAdds", figures.dense().multiplyAdds());
            object.put("trainingExamples", figures.training().examples());
            object.put("widths", figures.widths());
            object.put("times", figures.times().map(InferenceTimes::json).orElse(null));
            object.put("ledgerHead", figures.ledgerHead());
            object.put("configurationDigest", figures.configurationDigest());
            object.put("dataDigest", figures.dataDigest());
        });
        return object;
    }

    private static Map<String, Object> summary(Comparison comparison, String method) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("method", method);
        object.put("structure", comparison.kind(method).map(StructureKind::text).orElse(null));
        object.put("goodRuns", comparison.figures(method).size());
        for (Quantity quantity : Quantity.values()) {
            Spread spread = comparison.spread(method, quantity);
            Map<String, Object> figures = new LinkedHashMap<>();
            figures.put("mean", number(spread.mean()));
            figures.put("standardDeviation", number(spread.standardDeviation()));
            figures.put("count", spread.count());
            object.put(quantity.column(), figures);
        }
        return object;
    }

    private static Map<String, Object> claim(Claim claim) {
        PairedDifference difference = claim.difference();
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("method", claim.method());
        object.put("other", claim.other());
        object.put("relation", claim.relation().text());
        object.put("verdict", claim.verdict().text());
        object.put("reasons", claim.reasons());
        object.put("pairs", difference.pairs());
        object.put("meanDifference", number(difference.mean()));
        List<Object> interval = new ArrayList<>();
        interval.add(number(difference.low()));
        interval.add(number(difference.high()));
        object.put("interval95", interval);
        object.put("probability", number(difference.probability()));
        object.put("correctedProbability", number(claim.corrected()));
        return object;
    }

    /** A whole number as such, another as it is, and null for what JSON has no word for. */
    private static Number number(double value) {
        if (!Double.isFinite(value)) {
            return null;
        }
        if (value == Math.rint(value) && Math.abs(value) < 1L << 53) {
            return (long) value;
        }
        return value;
    }
}
