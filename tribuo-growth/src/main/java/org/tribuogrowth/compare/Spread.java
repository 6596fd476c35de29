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

import org.apache.commons.math3.stat.descriptive.SummaryStatistics;

/**
 * Mean and standard deviation of a figure over runs.
 *
 * @param count             How many runs have the figure.
 * @param mean              The mean, not a number if there are none.
 * @param standardDeviation The square root of the unbiased variance (divided by count - 1), not a number below two runs.
 */
public record Spread(int count, double mean, double standardDeviation) {
    /**
     * Computes both.
     *
     * @param values The figures.
     * @return Their spread.
     */
    public static Spread of(double... values) {
        SummaryStatistics statistics = new SummaryStatistics();
        for (double value : values) {
            statistics.addValue(value);
        }
        return new Spread(
                values.length,
                statistics.getMean(),
                values.length < 2 ? Double.NaN : statistics.getStandardDeviation());
    }
}
