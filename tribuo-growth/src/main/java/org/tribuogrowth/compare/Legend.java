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
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What stands below the panels of a picture: the methods with their marks and numbers of runs, then notes. */
final class Legend {
    private static final int ROW = 26;
    private static final int MARGIN = 24;

    private final Comparison comparison;
    private final Map<String, Look> looks;
    private final List<String> notes;
    private final int width;
    private final int height;

    /**
     * Lays it out.
     *
     * @param comparison The runs.
     * @param looks      How the methods that have figures look, in their order.
     * @param width      How wide it may be.
     * @param notes      What is to be said about the picture, a line each.
     */
    Legend(Comparison comparison, Map<String, Look> looks, int width, List<String> notes) {
        this.comparison = comparison;
        this.looks = looks;
        this.width = width;
        this.notes = List.copyOf(notes);
        BufferedImage probe = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = probe.createGraphics();
        try {
            this.height = paint(graphics, false) + MARGIN;
        } finally {
            graphics.dispose();
        }
    }

    /** Its height, with the margin below it. */
    int height() {
        return height;
    }

    /**
     * Draws it.
     *
     * @param graphics Where to; its left upper corner is at 0.
     */
    void paint(Graphics2D graphics) {
        paint(graphics, true);
    }

    /** Lays the legend out in rows, and draws it if asked. Returns its height. */
    private int paint(Graphics2D graphics, boolean draw) {
        graphics.setFont(Look.font(14));
        FontMetrics metrics = graphics.getFontMetrics();
        int x = MARGIN;
        int y = ROW;
        for (Map.Entry<String, Look> entry : looks.entrySet()) {
            String text = text(entry.getKey());
            int needed = ROW + metrics.stringWidth(text) + MARGIN;
            if (x > MARGIN && x + needed > width) {
                x = MARGIN;
                y += ROW;
            }
            if (draw) {
                graphics.setColor(entry.getValue().colour());
                entry.getValue().marker().paint(graphics, x + 8, y - 5, 11);
                graphics.setColor(Color.BLACK);
                graphics.drawString(text, x + ROW, y);
            }
            x += needed;
        }
        for (String note : notes) {
            y += ROW;
            if (draw) {
                graphics.setColor(Color.DARK_GRAY);
                graphics.setFont(Look.font(13));
                graphics.drawString(note, MARGIN, y);
            }
        }
        return y;
    }

    private String text(String method) {
        boolean baseline = comparison.baseline().equals(Optional.of(method));
        int runs = comparison.figures(method).size();
        return method + (baseline ? " (baseline)" : "") + ", " + runs + (runs == 1 ? " run" : " runs");
    }
}
