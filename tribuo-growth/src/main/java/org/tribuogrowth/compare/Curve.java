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

import java.util.Collections;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A number over the course of one training.
 *
 * @param points The values by place: examples learnt from, or rounds of a search. At least one.
 * @param held   Whether a value stays until the next one; otherwise a straight line joins them.
 */
public record Curve(NavigableMap<Double, Double> points, boolean held) {
    /** Checks that there are finite points, and copies them. */
    public Curve {
        if (points.isEmpty()) {
            throw new IllegalArgumentException("A curve has at least one point, found none");
        }
        points.forEach((place, value) -> {
            if (!Double.isFinite(place) || !Double.isFinite(value)) {
                throw new IllegalArgumentException(
                        "A curve has finite points, found the value " + value + " at " + place);
            }
        });
        points = Collections.unmodifiableNavigableMap(new TreeMap<>(points));
    }

    /**
     * Where it begins.
     *
     * @return The first place.
     */
    public double first() {
        return points.firstKey();
    }

    /**
     * Where it ends.
     *
     * @return The last place.
     */
    public double last() {
        return points.lastKey();
    }

    /**
     * The value at a place.
     *
     * @param place Between first and last place.
     * @return The value.
     * @throws IllegalArgumentException If the curve has none there.
     */
    public double at(double place) {
        if (!(place >= first() && place <= last())) {
            throw new IllegalArgumentException(
                    "The curve goes from " + first() + " to " + last() + "; it has no value at " + place);
        }
        double left = points.floorKey(place);
        double right = points.ceilingKey(place);
        if (held || left == right) {
            return points.get(left);
        }
        double share = (place - left) / (right - left);
        return (1.0 - share) * points.get(left) + share * points.get(right);
    }

    /** The part between two places that it has. */
    Curve part(double from, double to) {
        TreeMap<Double, Double> part = new TreeMap<>(points.subMap(from, true, to, true));
        part.put(from, at(from));
        part.put(to, at(to));
        return new Curve(part, held);
    }
}
