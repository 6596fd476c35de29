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
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/** The runs of several methods with the same seeds. All that is said about them is computed from here. */
public final class Comparison {
    private final Measure measure;
    private final String baseline;
    private final List<Long> seeds;
    private final Map<String, List<ComparedRun>> methods = new LinkedHashMap<>();

    /**
     * Holds the runs.
     *
     * @param measure  The measure on test data by which methods are compared.
     * @param baseline The method that the others are set against, or empty for the dense one if there is exactly one.
     * @param seeds    The seeds.
     * @param runs     One run a method and seed; methods come in the order in which they are first met.
     * @throws IllegalArgumentException If a run is missing or there twice, or the baseline is not among the methods.
     */
    public Comparison(Measure measure, String baseline, List<Long> seeds, List<ComparedRun> runs) {
        this.measure = measure;
        this.seeds = List.copyOf(seeds);
        for (ComparedRun run : runs) {
            methods.computeIfAbsent(run.method(), unused -> new ArrayList<>()).add(run);
        }
        methods.forEach((method, found) -> {
            List<Long> foundSeeds = found.stream().map(ComparedRun::seed).toList();
            if (!foundSeeds.equals(this.seeds)) {
                throw new IllegalArgumentException("The method " + method + " needs one run for each of the seeds "
                        + seeds + " in this order, found " + foundSeeds);
            }
        });
        if (!baseline.isEmpty() && !methods.containsKey(baseline)) {
            throw new IllegalArgumentException(
                    "The baseline '" + baseline + "' is none of the methods " + methods.keySet());
        }
        List<String> dense = ofKind(StructureKind.DENSE);
        this.baseline = baseline.isEmpty() && dense.size() == 1 ? dense.get(0) : baseline;
    }

    /**
     * The measure by which methods are compared.
     *
     * @return The measure.
     */
    public Measure measure() {
        return measure;
    }

    /**
     * The method that the others are set against.
     *
     * @return Its name, if there is one.
     */
    public Optional<String> baseline() {
        return baseline.isEmpty() ? Optional.empty() : Optional.of(baseline);
    }

    /**
     * The seeds.
     *
     * @return Them, in order.
     */
    public List<Long> seeds() {
        return seeds;
    }

    /**
     * The names of the methods.
     *
     * @return Them, in order.
     */
    public List<String> methods() {
        return List.copyOf(methods.keySet());
    }

    /**
     * All runs, method after method.
     *
     * @return The runs.
     */
    public List<ComparedRun> runs() {
        return methods.values().stream().flatMap(List::stream).toList();
    }

    /**
     * The figures of a method's runs that ended well.
     *
     * @param method The method.
     * @return The figures by seed.
     */
    public SortedMap<Long, RunFigures> figures(String method) {
        SortedMap<Long, RunFigures> figures = new TreeMap<>();
        for (ComparedRun run : methods.get(method)) {
            run.figures().ifPresent(found -> figures.put(run.seed(), found));
        }
        return figures;
    }

    /**
     * What became of the structure in a method's runs.
     *
     * @param method The method.
     * @return The kind, if a run ended well; {@link StructureKind#SEARCHED} if the runs do not agree.
     */
    public Optional<StructureKind> kind(String method) {
        List<StructureKind> kinds = figures(method).values().stream()
                .map(RunFigures::kind)
                .distinct()
                .toList();
        if (kinds.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(kinds.size() == 1 ? kinds.get(0) : StructureKind.SEARCHED);
    }

    /**
     * The methods of a kind.
     *
     * @param kind The kind.
     * @return Their names, in order.
     */
    public List<String> ofKind(StructureKind kind) {
        return methods().stream()
                .filter(method -> kind(method).equals(Optional.of(kind)))
                .toList();
    }

    /**
     * Mean and standard deviation of a figure over a method's runs.
     *
     * @param method   The method.
     * @param quantity The figure.
     * @return The spread over the runs that have it.
     */
    public Spread spread(String method, Quantity quantity) {
        return Spread.of(figures(method).values().stream()
                .map(run -> quantity.of(run, measure))
                .filter(OptionalDouble::isPresent)
                .mapToDouble(OptionalDouble::getAsDouble)
                .toArray());
    }

    /** One figure of two methods for the seeds for which both have it: the one's and the other's, seed by seed. */
    double[][] pairs(String first, String second, Quantity quantity) {
        return pairs(first, quantity, second, quantity);
    }

    /** Two figures of a method, run by run. */
    double[][] pairs(String method, Quantity one, Quantity other) {
        return pairs(method, one, method, other);
    }

    private double[][] pairs(String first, Quantity firstQuantity, String second, Quantity secondQuantity) {
        SortedMap<Long, RunFigures> others = figures(second);
        List<double[]> pairs = new ArrayList<>();
        figures(first).forEach((seed, figures) -> {
            OptionalDouble one = firstQuantity.of(figures, measure);
            OptionalDouble other =
                    others.containsKey(seed) ? secondQuantity.of(others.get(seed), measure) : OptionalDouble.empty();
            if (one.isPresent() && other.isPresent()) {
                pairs.add(new double[] {one.getAsDouble(), other.getAsDouble()});
            }
        });
        return new double[][] {
            pairs.stream().mapToDouble(pair -> pair[0]).toArray(),
            pairs.stream().mapToDouble(pair -> pair[1]).toArray()
        };
    }
}
