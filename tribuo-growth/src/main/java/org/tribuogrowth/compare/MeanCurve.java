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
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The curves of a method's runs as one: their mean where all runs have a value. Before and after that, for example where
 * early stopping ended some runs but not the others, a mean would be over ever fewer runs and would jump; there the runs
 * stay as they are.
 *
 * @param samples The mean, place after place.
 * @param singles The parts of single runs for which there is no mean.
 * @param held    Whether a value stays until the next one; otherwise a straight line joins them.
 */
record MeanCurve(List<Sample> samples, List<Curve> singles, boolean held) {
    /** More points than these are not told apart in a panel; of more, evenly distributed ones are taken. */
    static final int MOST_POINTS = 300;

    /**
     * The mean at a place.
     *
     * @param place     The place.
     * @param mean      The mean over the runs.
     * @param deviation Their standard deviation, 0 for a single run.
     */
    record Sample(double place, double mean, double deviation) {}

    MeanCurve {
        samples = List.copyOf(samples);
        singles = List.copyOf(singles);
    }

    /**
     * Computes it.
     *
     * @param curves The curves of the runs, at least one, of one kind.
     * @return The mean and what remains.
     */
    static MeanCurve of(List<Curve> curves) {
        double from = curves.stream().mapToDouble(Curve::first).max().orElseThrow();
        double to = curves.stream().mapToDouble(Curve::last).min().orElseThrow();
        boolean held = curves.get(0).held();
        if (from > to) {
            return new MeanCurve(List.of(), curves.stream().map(MeanCurve::thin).toList(), held);
        }
        TreeSet<Double> places = new TreeSet<>();
        List<Curve> singles = new ArrayList<>();
        for (Curve curve : curves) {
            places.addAll(curve.points().subMap(from, true, to, true).keySet());
            if (curve.first() < from) {
                singles.add(thin(curve.part(curve.first(), from)));
            }
            if (curve.last() > to) {
                singles.add(thin(curve.part(to, curve.last())));
            }
        }
        List<Sample> samples = new ArrayList<>();
        for (double place : thin(List.copyOf(places))) {
            Spread spread = Spread.of(
                    curves.stream().mapToDouble(curve -> curve.at(place)).toArray());
            samples.add(new Sample(place, spread.mean(), spread.count() < 2 ? 0.0 : spread.standardDeviation()));
        }
        return new MeanCurve(samples, singles, held);
    }

    /** Where it ends, with all its runs. */
    double last() {
        double last = samples.isEmpty()
                ? Double.NEGATIVE_INFINITY
                : samples.get(samples.size() - 1).place();
        return Math.max(last, singles.stream().mapToDouble(Curve::last).max().orElse(Double.NEGATIVE_INFINITY));
    }

    /**
     * The mean and so many deviations.
     *
     * @param deviations How many, 0 for the mean.
     * @return The line.
     * @throws IllegalArgumentException If there is no mean anywhere.
     */
    Curve shifted(double deviations) {
        TreeMap<Double, Double> points = new TreeMap<>();
        samples.forEach(sample -> points.put(sample.place(), sample.mean() + deviations * sample.deviation()));
        return new Curve(points, held);
    }

    private static Curve thin(Curve curve) {
        TreeMap<Double, Double> points = new TreeMap<>();
        thin(List.copyOf(curve.points().keySet())).forEach(place -> points.put(place, curve.at(place)));
        return new Curve(points, curve.held());
    }

    /** As many as may be, the first and the last among them. */
    private static List<Double> thin(List<Double> places) {
        if (places.size() <= MOST_POINTS) {
            return places;
        }
        List<Double> taken = new ArrayList<>();
        for (int i = 0; i < MOST_POINTS; i++) {
            taken.add(places.get((int) Math.round(i * (places.size() - 1.0) / (MOST_POINTS - 1))));
        }
        return taken;
    }
}
