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

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How long something takes that was done many times.
 *
 * @param count       How often it was timed, at least once.
 * @param median      The median time in seconds.
 * @param ninetieth   The 90th percentile in seconds.
 * @param ninetyNinth The 99th percentile in seconds.
 */
public record Latency(int count, double median, double ninetieth, double ninetyNinth) {
    /** Checks that times are positive and in order. */
    public Latency {
        if (count < 1 || !(median > 0.0 && ninetieth >= median && ninetyNinth >= ninetieth)) {
            throw new IllegalArgumentException("Times must be above 0 and percentiles in order, found " + median + ", "
                    + ninetieth + " and " + ninetyNinth + " of " + count);
        }
    }

    /**
     * The percentiles of times.
     *
     * @param times Seconds, at least one, each above 0.
     * @return The latency.
     */
    static Latency of(double[] times) {
        double[] sorted = times.clone();
        Arrays.sort(sorted);
        return new Latency(sorted.length, quantile(sorted, 0.5), quantile(sorted, 0.9), quantile(sorted, 0.99));
    }

    /** The smallest time that is not exceeded by so large a part of all. */
    private static double quantile(double[] sorted, double part) {
        return sorted[(int) Math.ceil(part * sorted.length) - 1];
    }

    /**
     * The latency as JSON.
     *
     * @return A JSON object.
     */
    public Map<String, Object> json() {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("count", count);
        object.put("medianSeconds", median);
        object.put("ninetiethPercentileSeconds", ninetieth);
        object.put("ninetyNinthPercentileSeconds", ninetyNinth);
        return object;
    }
}
