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

import java.util.Locale;

/** Writes figures for people. */
final class Numbers {
    private static final String NONE = "-";
    private static final String[] PREFIXES = {"", " k", " M", " G", " T", " P", " E"};
    private static final String[] WORDS = {
        "", "thousands", "millions", "billions", "trillions", "quadrillions", "quintillions"
    };

    private Numbers() {}

    /** A figure's mean and standard deviation, in the unit that suits it. */
    static String spread(Quantity quantity, Spread spread) {
        if (spread.count() == 0) {
            return NONE;
        }
        double unit = unit(quantity, spread.mean());
        String mean = number(quantity, spread.mean(), unit);
        String suffix = suffix(quantity, unit);
        // All seeds agree on what the configuration fixes, such as the cost of a dense network.
        boolean alike = spread.count() < 2 || spread.standardDeviation() == 0.0;
        return alike ? mean + suffix : mean + " ± " + number(quantity, spread.standardDeviation(), unit) + suffix;
    }

    /** A single figure. */
    static String single(Quantity quantity, double value) {
        double unit = unit(quantity, value);
        return number(quantity, value, unit) + suffix(quantity, unit);
    }

    /** A part as a percentage. */
    static String percent(double fraction) {
        return Double.isFinite(fraction) ? String.format(Locale.ROOT, "%.1f %%", 100 * fraction) : NONE;
    }

    /** A difference of measures, with its sign. */
    static String difference(double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%+.4f", value) : NONE;
    }

    /** A probability. */
    static String probability(double value) {
        if (!Double.isFinite(value)) {
            return NONE;
        }
        return value < 0.0001 ? "< 0.0001" : String.format(Locale.ROOT, "%.4f", value);
    }

    /** How much of a count, time or size one unit of its text is. */
    static double unit(Quantity quantity, double value) {
        return switch (quantity) {
            case TEST, VALIDATION, SECONDS, LATENCY, THROUGHPUT, PARAMETERS, NON_ZERO_WEIGHTS -> 1.0;
            case PARAMETERS_FRACTION, NON_ZERO_WEIGHTS_FRACTION, MULTIPLY_ADDS_FRACTION, TRAINING_FRACTION -> 0.01;
            case MULTIPLY_ADDS, TRAINING_MULTIPLY_ADDS -> thousands(value);
            case MODEL_BYTES, MODEL_GZIP_BYTES -> 1e3;
        };
    }

    /** The greatest power of a thousand that is not above a value, at least 1. */
    static double thousands(double value) {
        double unit = 1.0;
        for (int i = 1; i < PREFIXES.length && value >= 1000 * unit; i++) {
            unit *= 1000;
        }
        return unit;
    }

    private static String number(Quantity quantity, double value, double unit) {
        return switch (quantity) {
            case TEST, VALIDATION -> format("%.4f", value);
            case SECONDS -> format(value < 100 ? "%,.1f" : "%,.0f", value);
            case LATENCY -> format("%.3f", value);
            case PARAMETERS, NON_ZERO_WEIGHTS, THROUGHPUT -> format("%,.0f", value);
            case PARAMETERS_FRACTION, NON_ZERO_WEIGHTS_FRACTION, MULTIPLY_ADDS_FRACTION, TRAINING_FRACTION -> format(
                    "%.1f", value / unit);
            case MULTIPLY_ADDS, TRAINING_MULTIPLY_ADDS -> format(unit == 1.0 ? "%.0f" : "%.2f", value / unit);
            case MODEL_BYTES, MODEL_GZIP_BYTES -> format("%,.1f", value / unit);
        };
    }

    private static String suffix(Quantity quantity, double unit) {
        return switch (quantity) {
            case TEST, VALIDATION, PARAMETERS, NON_ZERO_WEIGHTS, THROUGHPUT -> "";
            case SECONDS -> " s";
            case LATENCY -> " ms";
            case PARAMETERS_FRACTION, NON_ZERO_WEIGHTS_FRACTION, MULTIPLY_ADDS_FRACTION, TRAINING_FRACTION -> " %";
            case MULTIPLY_ADDS, TRAINING_MULTIPLY_ADDS -> prefix(unit);
            case MODEL_BYTES, MODEL_GZIP_BYTES -> " kB";
        };
    }

    /** The letter of a power of a thousand, after a blank. */
    static String prefix(double unit) {
        return PREFIXES[(int) Math.round(Math.log10(unit) / 3)];
    }

    /** A power of a thousand in words. */
    static String word(double unit) {
        return WORDS[(int) Math.round(Math.log10(unit) / 3)];
    }

    private static String format(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
