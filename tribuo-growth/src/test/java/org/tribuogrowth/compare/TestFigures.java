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
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.tribuogrowth.architecture.Cost;

/** Figures of runs that were never made, for what is computed from figures alone. */
final class TestFigures {
    static final Cost DENSE = new Cost(900, 1000, 2000);

    private TestFigures() {}

    static RunFigures of(StructureKind kind, double accuracy, double fraction) {
        return of(kind, accuracy, fraction, "d".repeat(64));
    }

    static RunFigures of(StructureKind kind, double accuracy, double fraction, String dataDigest) {
        return of(kind, accuracy, fraction, dataDigest, Map.of(), "accuracy");
    }

    static RunFigures of(StructureKind kind, double fraction, Map<CurveKind, Curve> curves, String validationName) {
        return of(kind, 0.9, fraction, "d".repeat(64), curves, validationName);
    }

    private static RunFigures of(
            StructureKind kind,
            double accuracy,
            double fraction,
            String dataDigest,
            Map<CurveKind, Curve> curves,
            String validationName) {
        TreeMap<String, Double> test = new TreeMap<>();
        test.put("accuracy", accuracy);
        test.put("balancedErrorRate", 1.0 - accuracy);
        TreeMap<String, Integer> widths = new TreeMap<>();
        widths.put("hidden", 8);
        Cost compact = new Cost(Math.round(900 * fraction), Math.round(1000 * fraction), Math.round(2000 * fraction));
        return new RunFigures(
                kind.text(),
                kind,
                "c".repeat(64),
                dataDigest,
                "e".repeat(64),
                5,
                200,
                test,
                validationName,
                OptionalDouble.of(accuracy + 0.01),
                compact,
                DENSE,
                compact.weights(),
                new TrainingCost(500, 500 * compact.multiplyAdds(), fraction),
                widths,
                10.0 * fraction,
                12_345,
                6_789,
                curves,
                Optional.of(new InferenceTimes("test kernels", 1e-4, 2e-4, 50, 128, 1e-2, 20)));
    }

    /** The runs of a method with the seeds 1, 2, ..., one an accuracy. */
    static List<ComparedRun> runs(String method, StructureKind kind, double fraction, double... accuracies) {
        List<ComparedRun> runs = new ArrayList<>();
        for (int i = 0; i < accuracies.length; i++) {
            runs.add(ComparedRun.good(method, i + 1L, of(kind, accuracies[i], fraction)));
        }
        return runs;
    }

    /** The comparison of such runs, each method of which has as many. */
    @SafeVarargs
    static Comparison comparison(List<ComparedRun>... methods) {
        List<ComparedRun> runs = new ArrayList<>();
        for (List<ComparedRun> method : methods) {
            runs.addAll(method);
        }
        List<Long> seeds = methods[0].stream().map(ComparedRun::seed).toList();
        return new Comparison(Measure.ACCURACY, "", seeds, runs);
    }

    static List<ComparedRun> dense() {
        return runs("dense", StructureKind.DENSE, 1.0, 0.90, 0.91, 0.92, 0.905, 0.915);
    }

    static List<ComparedRun> uniform() {
        return runs("uniform", StructureKind.UNIFORM, 0.5, 0.85, 0.87, 0.86, 0.855, 0.865);
    }

    static List<ComparedRun> scs() {
        return runs("scs", StructureKind.SEARCHED, 0.5, 0.89, 0.91, 0.90, 0.90, 0.905);
    }
}
