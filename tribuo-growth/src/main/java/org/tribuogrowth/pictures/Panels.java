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

package org.tribuogrowth.pictures;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import org.tribuogrowth.segmentation.SegmentationClasses;

/** Images side by side, each under its title, above a legend of the classes. */
final class Panels {
    private static final int MARGIN = 8;
    private static final int SQUARE = 12;
    private static final int ROW = 18;
    private static final int LEAST_WIDTH = 160;
    private static final int WIDEST_TITLE = 240;
    private static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 12);

    private final List<String> titles = new ArrayList<>();
    private final List<BufferedImage> images = new ArrayList<>();

    void add(String title, BufferedImage image) {
        titles.add(title);
        images.add(image);
    }

    BufferedImage draw(SegmentationClasses classes) {
        // Measured on an image of no importance: the size of the real one depends on it.
        Graphics2D measuring = graphics(new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB));
        FontMetrics metrics = measuring.getFontMetrics();
        measuring.dispose();
        int width = MARGIN;
        int height = 0;
        int[] panels = new int[images.size()];
        for (int i = 0; i < panels.length; i++) {
            BufferedImage image = images.get(i);
            // Narrow images leave room for their titles.
            panels[i] = Math.max(image.getWidth(), Math.min(metrics.stringWidth(titles.get(i)), WIDEST_TITLE));
            width += panels[i] + MARGIN;
            height = Math.max(height, image.getHeight());
        }
        width = Math.max(width, LEAST_WIDTH);
        boolean titled = titles.stream().anyMatch(title -> !title.isEmpty());
        int top = titled ? MARGIN + ROW : MARGIN;
        List<int[]> places = legendPlaces(classes, metrics, width);
        int rows = places.get(places.size() - 1)[1] + 1;
        BufferedImage result =
                new BufferedImage(width, top + height + MARGIN + rows * ROW + MARGIN, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = graphics(result);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, result.getWidth(), result.getHeight());
        int left = MARGIN;
        for (int i = 0; i < images.size(); i++) {
            graphics.setColor(Color.BLACK);
            graphics.drawString(fitted(titles.get(i), panels[i], metrics), left, MARGIN + SQUARE);
            graphics.drawImage(images.get(i), left, top, null);
            left += panels[i] + MARGIN;
        }
        int base = top + height + MARGIN;
        for (int number = 0; number < classes.size(); number++) {
            int x = places.get(number)[0];
            int y = base + places.get(number)[1] * ROW;
            graphics.setColor(new Color(MaskPalette.colour(number)));
            graphics.fillRect(x, y, SQUARE, SQUARE);
            graphics.setColor(Color.BLACK);
            graphics.drawRect(x, y, SQUARE, SQUARE);
            graphics.drawString(classes.name(number), x + ROW, y + SQUARE);
        }
        graphics.dispose();
        return result;
    }

    private static Graphics2D graphics(BufferedImage image) {
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setFont(FONT);
        return graphics;
    }

    /** For each class the left edge and the row of its entry. */
    private static List<int[]> legendPlaces(SegmentationClasses classes, FontMetrics metrics, int width) {
        List<int[]> places = new ArrayList<>();
        int x = MARGIN;
        int row = 0;
        for (String name : classes.names()) {
            int needed = ROW + metrics.stringWidth(name) + 2 * MARGIN;
            if (x > MARGIN && x + needed > width) {
                x = MARGIN;
                row++;
            }
            places.add(new int[] {x, row});
            x += needed;
        }
        return places;
    }

    private static String fitted(String title, int width, FontMetrics metrics) {
        String text = title;
        while (text.length() > 1 && metrics.stringWidth(text) > width) {
            text = text.substring(0, text.length() - 1);
        }
        return text;
    }
}
