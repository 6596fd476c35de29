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

import java.awt.Graphics2D;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * A picture of what happened while the methods of a comparison trained: a panel for each {@link CurveKind} of which a method
 * has numbers. A line is the mean over a method's runs where all of them have a value, with a band of one standard
 * deviation; where only some have, these are faint lines of their own.
 */
public final class CurvesPicture {
    private static final int PANEL_WIDTH = 640;
    private static final int PANEL_HEIGHT = 380;
    private static final int COLUMNS = 2;
    private static final int WIDTH = COLUMNS * PANEL_WIDTH;
    private static final List<String> NOTES = List.of(
            "Line: mean over the seeds. Band: ± one standard deviation. Faint line: a single run where others of its method"
                    + " have no value, mostly since they ended earlier.",
            "Examples count as often as they were learnt from, in all phases of a training. The active network includes"
                    + " weights that are masked.");

    private final Comparison comparison;
    private final Map<String, Look> looks;
    private final List<CurvePanel> panels = new ArrayList<>();
    private final Legend legend;
    private final Drawing drawing;

    /**
     * Prepares the picture.
     *
     * @param comparison The runs.
     * @throws IllegalArgumentException If no run has figures.
     */
    public CurvesPicture(Comparison comparison) {
        this.comparison = comparison;
        this.looks = Look.of(comparison);
        for (CurveKind kind : CurveKind.values()) {
            if (kind == CurveKind.VALIDATION) {
                // Different measures do not belong on one axis.
                for (String measure : validationMeasures()) {
                    String title = kind.title() + " " + measure;
                    add(kind, title, run -> run.validationName().equals(measure));
                }
            } else {
                add(kind, kind.title(), run -> true);
            }
        }
        int rows = (panels.size() + COLUMNS - 1) / COLUMNS;
        this.legend = new Legend(comparison, looks, WIDTH, NOTES);
        this.drawing = new Drawing(WIDTH, rows * PANEL_HEIGHT + legend.height(), this::paint);
    }

    /**
     * The picture in pixels.
     *
     * @return A PNG file.
     */
    public byte[] png() {
        return drawing.png();
    }

    /**
     * The picture in lines and letters.
     *
     * @return An SVG file.
     */
    public byte[] svg() {
        return drawing.svg();
    }

    private TreeSet<String> validationMeasures() {
        TreeSet<String> measures = new TreeSet<>();
        comparison.runs().forEach(run -> run.figures().ifPresent(figures -> measures.add(figures.validationName())));
        return measures;
    }

    private void add(CurveKind kind, String title, Predicate<RunFigures> shown) {
        Map<String, MeanCurve> curves = new LinkedHashMap<>();
        for (String method : looks.keySet()) {
            List<Curve> found = comparison.figures(method).values().stream()
                    .filter(shown)
                    .map(run -> run.curves().get(kind))
                    .filter(Objects::nonNull)
                    .toList();
            if (!found.isEmpty()) {
                curves.put(method, MeanCurve.of(found));
            }
        }
        if (!curves.isEmpty()) {
            panels.add(new CurvePanel(kind, title, curves, looks, mostExamples()));
        }
    }

    /** All panels over examples have the same horizontal axis. */
    private long mostExamples() {
        return comparison.runs().stream()
                .flatMap(run -> run.figures().stream())
                .mapToLong(figures -> figures.training().examples())
                .max()
                .orElseThrow();
    }

    private void paint(Graphics2D graphics) {
        for (int i = 0; i < panels.size(); i++) {
            int x = i % COLUMNS * PANEL_WIDTH;
            int y = i / COLUMNS * PANEL_HEIGHT;
            graphics.translate(x, y);
            panels.get(i).paint(graphics, PANEL_WIDTH, PANEL_HEIGHT);
            graphics.translate(-x, -y);
        }
        graphics.translate(0, drawing.height() - legend.height());
        legend.paint(graphics);
    }
}
