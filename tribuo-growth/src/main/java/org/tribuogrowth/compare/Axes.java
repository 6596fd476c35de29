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

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.math.BigDecimal;

/**
 * The axes of a panel, drawn here since those of XChart take neither chosen numbers nor a given place, so that panels would
 * not be in line.
 *
 * @param area  Where the values are drawn; titles and numbers stand left of it and below it.
 * @param right The number at the right end of the horizontal axis, which begins at 0.
 * @param whole Whether only whole numbers have a meaning on the horizontal axis.
 * @param range The vertical axis.
 */
record Axes(Rectangle2D area, double right, boolean whole, ValueRange range) {
    private static final BasicStroke LINE = new BasicStroke(0.8f);
    private static final int TICK = 4;
    private static final int TITLE_LEFT = 62;
    private static final int TITLE_BELOW = 44;

    /** Where a number of the horizontal axis lies on the drawing. */
    double x(double number) {
        return area.getMinX() + number / right * area.getWidth();
    }

    /** Where a number of the vertical axis lies on the drawing. */
    double y(double number) {
        return area.getMaxY() - range.share(number) * area.getHeight();
    }

    /**
     * Draws lines, numbers and titles.
     *
     * @param graphics Where to.
     * @param below    The title of the horizontal axis.
     * @param beside   The title of the vertical axis.
     */
    void paint(Graphics2D graphics, String below, String beside) {
        graphics.setStroke(LINE);
        graphics.setFont(Look.font(13));
        for (BigDecimal tick : Ticks.linear(0.0, right, whole)) {
            vertical(graphics, x(tick.doubleValue()), tick.toPlainString());
        }
        for (BigDecimal tick : range.ticks()) {
            horizontal(graphics, y(tick.doubleValue()), tick.toPlainString());
        }
        graphics.setColor(Color.DARK_GRAY);
        graphics.draw(new Line2D.Double(area.getMinX(), area.getMinY(), area.getMinX(), area.getMaxY()));
        graphics.draw(new Line2D.Double(area.getMinX(), area.getMaxY(), area.getMaxX(), area.getMaxY()));
        graphics.setColor(Color.BLACK);
        graphics.setFont(Look.font(15));
        FontMetrics metrics = graphics.getFontMetrics();
        graphics.drawString(below, (float) (area.getCenterX() - metrics.stringWidth(below) / 2.0), (float)
                (area.getMaxY() + TITLE_BELOW));
        double x = area.getMinX() - TITLE_LEFT;
        double y = area.getCenterY() + metrics.stringWidth(beside) / 2.0;
        graphics.translate(x, y);
        graphics.rotate(-Math.PI / 2);
        graphics.drawString(beside, 0, 0);
        graphics.rotate(Math.PI / 2);
        graphics.translate(-x, -y);
    }

    private void vertical(Graphics2D graphics, double x, String number) {
        graphics.setColor(Look.GRID);
        graphics.draw(new Line2D.Double(x, area.getMinY(), x, area.getMaxY()));
        graphics.setColor(Color.DARK_GRAY);
        graphics.draw(new Line2D.Double(x, area.getMaxY(), x, area.getMaxY() + TICK));
        FontMetrics metrics = graphics.getFontMetrics();
        graphics.drawString(number, (float) (x - metrics.stringWidth(number) / 2.0), (float)
                (area.getMaxY() + TICK + metrics.getAscent() + 1));
    }

    private void horizontal(Graphics2D graphics, double y, String number) {
        graphics.setColor(Look.GRID);
        graphics.draw(new Line2D.Double(area.getMinX(), y, area.getMaxX(), y));
        graphics.setColor(Color.DARK_GRAY);
        graphics.draw(new Line2D.Double(area.getMinX() - TICK, y, area.getMinX(), y));
        FontMetrics metrics = graphics.getFontMetrics();
        graphics.drawString(number, (float) (area.getMinX() - TICK - 3 - metrics.stringWidth(number)), (float)
                (y + 0.36 * metrics.getAscent()));
    }
}
