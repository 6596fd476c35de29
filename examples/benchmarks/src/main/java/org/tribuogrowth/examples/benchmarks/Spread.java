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

package org.tribuogrowth.examples.benchmarks;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The middle of some measurements and how far they scatter.
 *
 * @param low    The first quartile.
 * @param median The median.
 * @param high   The third quartile.
 */
record Spread(double low, double median, double high) {
    /**
     * Summarises measurements; quartiles are interpolated linearly between neighbours.
     *
     * @param values At least one.
     */
    static Spread of(List<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("There is nothing to summarise");
        }
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return new Spread(quantile(sorted, 0.25), quantile(sorted, 0.5), quantile(sorted, 0.75));
    }

    /**
     * How many times as long one engine takes as another: the ratios of what was measured in the same round, so that
     * what slows a round down for both leaves no trace.
     *
     * @param numerators   Times of the one, round by round.
     * @param denominators Times of the other; rounds that only one of the two has are left out.
     */
    static Spread ofRatios(List<Double> numerators, List<Double> denominators) {
        int rounds = Math.min(numerators.size(), denominators.size());
        return of(IntStream.range(0, rounds)
                .mapToObj(round -> numerators.get(round) / denominators.get(round))
                .toList());
    }

    private static double quantile(double[] sorted, double probability) {
        double place = probability * (sorted.length - 1);
        int below = (int) Math.floor(place);
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
