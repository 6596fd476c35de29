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
import java.util.List;
import java.util.Map;

/**
 * A picture of a comparison: the measure on test data against what the training took and against what a prediction takes. A
 * faint mark is a run, a full one a method's mean with bars of one standard deviation; the grey line joins the methods that
 * no other one beats in both, the dashed one is at the baseline's mean.
 */
public final class ParetoPicture {
    private static final int PANEL_WIDTH = 640;
    private static final int PANEL_HEIGHT = 470;
    private static final int WIDTH = 2 * PANEL_WIDTH;
    private static final String NOTE =
            "Faint: single runs. Full: mean ± one standard deviation. Grey line: methods that no other one beats in"
                    + " both. Dashed: the baseline's mean. 1 multiply-add = 2 FLOPs.";

    private final Comparison comparison;
    private final Map<String, Look> looks;
    private final Legend legend;
    private final Drawing drawing;

    /**
     * Prepares the picture.
     *
     * @param comparison The runs.
     * @throws IllegalArgumentException If no run has figures.
     */
    public ParetoPicture(Comparison comparison) {
        this.comparison = comparison;
        this.looks = Look.of(comparison);
        this.legend = new Legend(comparison, looks, WIDTH, List.of(NOTE));
        this.drawing = new Drawing(WIDTH, PANEL_HEIGHT + legend.height(), this::paint);
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

    private void paint(Graphics2D graphics) {
        new ParetoPanel(comparison, Quantity.TRAINING_MULTIPLY_ADDS, looks).paint(graphics, PANEL_WIDTH, PANEL_HEIGHT);
        graphics.translate(PANEL_WIDTH, 0);
        new ParetoPanel(comparison, Quantity.MULTIPLY_ADDS, looks).paint(graphics, PANEL_WIDTH, PANEL_HEIGHT);
        graphics.translate(-PANEL_WIDTH, PANEL_HEIGHT);
        legend.paint(graphics);
    }
}
