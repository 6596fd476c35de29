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

import java.math.BigDecimal;
import java.util.Collection;
import java.util.DoubleSummaryStatistics;
import java.util.List;

/**
 * What a vertical axis shows.
 *
 * @param low         The value at its lower end.
 * @param high        The value at its upper end.
 * @param logarithmic Whether equal factors are equally long.
 */
record ValueRange(double low, double high, boolean logarithmic) {
    /** How much more than the values a logarithmic axis shows, as a factor. */
    private static final double ROOM = 1.25;

    /**
     * The range in which all curves fit. A band is cut off where it goes below 0 on an axis that begins there, or below all
     * lines on a logarithmic one.
     *
     * @param kind   What the curves show.
     * @param curves The curves, at least one.
     * @return The range in the units of the kind.
     */
    static ValueRange of(CurveKind kind, Collection<MeanCurve> curves) {
        DoubleSummaryStatistics lines = new DoubleSummaryStatistics();
        DoubleSummaryStatistics bands = new DoubleSummaryStatistics();
        for (MeanCurve curve : curves) {
            for (MeanCurve.Sample sample : curve.samples()) {
                lines.accept(sample.mean() / kind.unit());
                bands.accept((sample.mean() - sample.deviation()) / kind.unit());
                bands.accept((sample.mean() + sample.deviation()) / kind.unit());
            }
            for (Curve single : curve.singles()) {
                single.points().values().forEach(value -> lines.accept(value / kind.unit()));
            }
        }
        bands.combine(lines);
        // A logarithmic axis has no 0, which must not get lost.
        if (kind.logarithmic() && lines.getMin() > 0.0) {
            return new ValueRange(lines.getMin() / ROOM, bands.getMax() * ROOM, true);
        }
        // Equal values have some height too.
        double least = kind.fromZero() ? 0.0 : bands.getMin();
        double greatest = bands.getMax();
        double margin = Math.max(0.06 * (greatest - least), 1e-3 * Math.max(Math.abs(greatest), 1.0));
        return new ValueRange(kind.fromZero() ? least : least - margin, greatest + margin, false);
    }

    /** The numbers to write at the axis. */
    List<BigDecimal> ticks() {
        return logarithmic ? Ticks.logarithmic(low, high) : Ticks.linear(low, high, false);
    }

    /**
     * Where a value lies on the axis.
     *
     * @param value The value.
     * @return 0 at the lower end and for what is below it, 1 at the upper one.
     */
    double share(double value) {
        if (value <= low) {
            return 0.0;
        }
        return logarithmic ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
    }
}
