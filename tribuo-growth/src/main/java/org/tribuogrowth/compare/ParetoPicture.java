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
import java.awt.Dimension;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.apache.batik.svggen.SVGGraphics2DIOException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * A picture of a comparison: the measure on test data against what the training took and against what a prediction takes. A
 * faint mark is a run, a full one a method's mean with bars of one standard deviation; the grey line joins the methods that
 * no other one beats in both, the dashed one is at the baseline's mean.
 */
public final class ParetoPicture {
    private static final int PANEL_WIDTH = 640;
    private static final int PANEL_HEIGHT = 470;
    private static final int WIDTH = 2 * PANEL_WIDTH;
    private static final int ROW = 26;
    private static final int MARGIN = 24;
    /** Pixels for each unit of length, so that letters are sharp where the picture is enlarged. */
    private static final int SCALE = 2;

    private final Comparison comparison;
    private final Map<String, Look> looks = new LinkedHashMap<>();
    private final int height;

    /**
     * Prepares the picture.
     *
     * @param comparison The runs.
     * @throws IllegalArgumentException If no run has figures.
     */
    public ParetoPicture(Comparison comparison) {
        this.comparison = comparison;
        int number = 0;
        for (String method : comparison.methods()) {
            boolean baseline = comparison.baseline().equals(Optional.of(method));
            if (comparison.spread(method, Quantity.TEST).count() > 0) {
                looks.put(method, baseline ? Look.BASELINE : Look.of(number));
            }
            number += baseline ? 0 : 1;
        }
        if (looks.isEmpty()) {
            throw new IllegalArgumentException("There is nothing to draw: no run has figures");
        }
        BufferedImage probe = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = probe.createGraphics();
        try {
            this.height = PANEL_HEIGHT + legend(graphics, false) + MARGIN;
        } finally {
            graphics.dispose();
        }
    }

    /**
     * The picture in pixels.
     *
     * @return A PNG file.
     */
    public byte[] png() {
        BufferedImage image = new BufferedImage(SCALE * WIDTH, SCALE * height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        try {
            graphics.scale(SCALE, SCALE);
            graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            paint(graphics);
        } finally {
            graphics.dispose();
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", bytes);
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
        return bytes.toByteArray();
    }

    /**
     * The picture in lines and letters.
     *
     * @return An SVG file.
     */
    public byte[] svg() {
        SVGGeneratorContext context = SVGGeneratorContext.createDefault(document());
        context.setComment("made by tribuo-growth");
        SVGGraphics2D graphics = new SVGGraphics2D(context, false);
        graphics.setSVGCanvasSize(new Dimension(WIDTH, height));
        paint(graphics);
        Element root = graphics.getRoot();
        root.setAttributeNS(null, "viewBox", "0 0 " + WIDTH + " " + height);
        StringWriter text = new StringWriter();
        try {
            graphics.stream(root, text, true, false);
        } catch (SVGGraphics2DIOException exception) {
            throw new UncheckedIOException(exception);
        } finally {
            graphics.dispose();
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static Document document() {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .getDOMImplementation()
                    .createDocument("http://www.w3.org/2000/svg", "svg", null);
        } catch (ParserConfigurationException exception) {
            throw new IllegalStateException("This Java has no XML parser", exception);
        }
    }

    private void paint(Graphics2D graphics) {
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, WIDTH, height);
        new ParetoPanel(comparison, Quantity.TRAINING_MULTIPLY_ADDS, looks).paint(graphics, PANEL_WIDTH, PANEL_HEIGHT);
        graphics.translate(PANEL_WIDTH, 0);
        new ParetoPanel(comparison, Quantity.MULTIPLY_ADDS, looks).paint(graphics, PANEL_WIDTH, PANEL_HEIGHT);
        graphics.translate(-PANEL_WIDTH, PANEL_HEIGHT);
        legend(graphics, true);
    }

    /** Lays the legend out in rows, and draws it if asked. Returns its height. */
    private int legend(Graphics2D graphics, boolean draw) {
        graphics.setFont(Look.font(14));
        FontMetrics metrics = graphics.getFontMetrics();
        int x = MARGIN;
        int y = ROW;
        for (Map.Entry<String, Look> entry : looks.entrySet()) {
            boolean baseline = comparison.baseline().equals(Optional.of(entry.getKey()));
            int runs = comparison.spread(entry.getKey(), Quantity.TEST).count();
            String text =
                    entry.getKey() + (baseline ? " (baseline)" : "") + ", " + runs + (runs == 1 ? " run" : " runs");
            int width = ROW + metrics.stringWidth(text) + MARGIN;
            if (x > MARGIN && x + width > WIDTH) {
                x = MARGIN;
                y += ROW;
            }
            if (draw) {
                graphics.setColor(entry.getValue().colour());
                entry.getValue().marker().paint(graphics, x + 8, y - 5, 11);
                graphics.setColor(Color.BLACK);
                graphics.drawString(text, x + ROW, y);
            }
            x += width;
        }
        y += ROW;
        if (draw) {
            graphics.setColor(Color.DARK_GRAY);
            graphics.setFont(Look.font(13));
            graphics.drawString(
                    "Faint: single runs. Full: mean ± one standard deviation. Grey line: methods that no other one beats in"
                            + " both. Dashed: the baseline's mean. 1 multiply-add = 2 FLOPs.",
                    MARGIN,
                    y);
        }
        return y;
    }
}
