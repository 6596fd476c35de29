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

import java.awt.Color;
import java.awt.Font;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * The look of a method in a picture. Colours are those of M. Okabe and K. Ito, "Color Universal Design" (2008), which people
 * with any kind of colour vision tell apart, without their yellow, which is faint on white; markers differ as well, so that
 * pictures can be read in grey.
 *
 * @param colour The colour.
 * @param marker The marker.
 */
record Look(Color colour, Marker marker) {
    private static final Color[] COLOURS = {
        new Color(0x0072B2),
        new Color(0xD55E00),
        new Color(0x009E73),
        new Color(0xCC79A7),
        new Color(0xE69F00),
        new Color(0x56B4E9),
        new Color(0x6A4C00)
    };

    private static final Marker[] MARKERS = {
        SeriesMarkers.CIRCLE,
        SeriesMarkers.SQUARE,
        SeriesMarkers.TRIANGLE_UP,
        SeriesMarkers.TRIANGLE_DOWN,
        SeriesMarkers.TRAPEZOID,
        SeriesMarkers.CROSS
    };

    /** The lines behind the values of a panel. */
    static final Color GRID = new Color(0xE4E4E4);

    /** What the baseline looks like: no other method is black or a diamond. */
    static final Look BASELINE = new Look(Color.BLACK, SeriesMarkers.DIAMOND);

    /** The look of the method of a number; 42 methods look different. */
    static Look of(int number) {
        return new Look(COLOURS[number % COLOURS.length], MARKERS[number % MARKERS.length]);
    }

    /**
     * The looks of all methods of a comparison that have figures, the same in each of its pictures.
     *
     * @param comparison The runs.
     * @return The looks by method, in order.
     * @throws IllegalArgumentException If no run has figures.
     */
    static Map<String, Look> of(Comparison comparison) {
        Map<String, Look> looks = new LinkedHashMap<>();
        int number = 0;
        for (String method : comparison.methods()) {
            boolean baseline = comparison.baseline().equals(Optional.of(method));
            if (!comparison.figures(method).isEmpty()) {
                looks.put(method, baseline ? BASELINE : of(number));
            }
            number += baseline ? 0 : 1;
        }
        if (looks.isEmpty()) {
            throw new IllegalArgumentException("There is nothing to draw: no run has figures");
        }
        return Collections.unmodifiableMap(looks);
    }

    /** The colour of a single run, behind the mean. */
    Color faint() {
        return new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), 90);
    }

    /** The letters of pictures. */
    static Font font(int size) {
        return new Font(Font.SANS_SERIF, Font.PLAIN, size);
    }
}
