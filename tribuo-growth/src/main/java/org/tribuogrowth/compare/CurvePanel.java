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
import java.awt.Graphics2D;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** One panel of the curves: a line with a band a method. */
final class CurvePanel {
    private static final BasicStroke LINE = new BasicStroke(1.8f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND);
    private static final BasicStroke THIN = new BasicStroke(1.0f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND);
    /** How opaque a band is, of 255. */
    private static final int BAND = 36;
    /** A line of at most as many points has a mark at each, a longer one half as many marks. */
    private static final int MARKS = 12;

    private static final int MARK_SIZE = 8;
    private static final int LEFT = 84;
    private static final int RIGHT = 22;
    private static final int TOP = 20;
    private static final int BOTTOM = 62;

    private final CurveKind kind;
    private final String title;
    private final Map<String, MeanCurve> curves;
    private final Map<String, Look> looks;
    private final double right;
    private final double unit;
    private final ValueRange range;

    /**
     * Prepares a panel.
     *
     * @param kind         What is shown.
     * @param title        The words at the vertical axis.
     * @param curves       The curves by method, in order, at least one.
     * @param looks        How methods look.
     * @param mostExamples How far an axis of examples goes.
     */
    CurvePanel(
            CurveKind kind, String title, Map<String, MeanCurve> curves, Map<String, Look> looks, long mostExamples) {
        this.kind = kind;
        this.title = title;
        this.curves = curves;
        this.looks = looks;
        this.unit = kind.overRounds() ? 1.0 : Numbers.thousands(mostExamples);
        // A single round has an axis too.
        double last =
                curves.values().stream().mapToDouble(MeanCurve::last).max().orElseThrow();
        this.right = 1.02 * (kind.overRounds() ? Math.max(1.0, last) : mostExamples);
        this.range = ValueRange.of(kind, curves.values());
    }

    /**
     * Draws the panel.
     *
     * @param graphics Where to; what lies left of and above 0 stays free.
     * @param width    Its width.
     * @param height   Its height.
     */
    void paint(Graphics2D graphics, int width, int height) {
        Rectangle2D area = new Rectangle2D.Double(LEFT, TOP, width - LEFT - RIGHT, height - TOP - BOTTOM);
        Axes axes = new Axes(area, right / unit, kind.overRounds(), range);
        axes.paint(graphics, horizontalTitle(), title);
        curves.forEach((method, curve) -> band(graphics, axes, curve, looks.get(method)));
        curves.forEach((method, curve) -> singles(graphics, axes, curve, looks.get(method)));
        curves.forEach((method, curve) -> line(graphics, axes, curve, looks.get(method)));
        int number = 0;
        for (Map.Entry<String, MeanCurve> entry : curves.entrySet()) {
            marks(graphics, axes, entry.getValue(), looks.get(entry.getKey()), (number + 0.5) / curves.size());
            number++;
        }
    }

    private String horizontalTitle() {
        if (kind.overRounds()) {
            return "rounds, from 0";
        }
        String counted = Numbers.word(unit);
        return "examples learnt from" + (counted.isEmpty() ? "" : ", in " + counted);
    }

    /** The corners of a curve on the drawing; a held value goes on to where the next one begins. */
    private List<Point2D> course(Axes axes, Curve curve) {
        List<Point2D> course = new ArrayList<>();
        curve.points().forEach((place, value) -> {
            Point2D next = place(axes, place, value);
            if (curve.held() && !course.isEmpty()) {
                course.add(new Point2D.Double(
                        next.getX(), course.get(course.size() - 1).getY()));
            }
            course.add(next);
        });
        return course;
    }

    private Point2D place(Axes axes, double place, double value) {
        return new Point2D.Double(axes.x(place / unit), axes.y(value / kind.unit()));
    }

    private static Path2D path(List<Point2D> course) {
        Path2D path = new Path2D.Double();
        path.moveTo(course.get(0).getX(), course.get(0).getY());
        course.subList(1, course.size()).forEach(place -> path.lineTo(place.getX(), place.getY()));
        return path;
    }

    private void band(Graphics2D graphics, Axes axes, MeanCurve curve, Look look) {
        if (curve.samples().stream().allMatch(sample -> sample.deviation() == 0.0)) {
            return;
        }
        List<Point2D> outline = course(axes, curve.shifted(1.0));
        List<Point2D> lower = course(axes, curve.shifted(-1.0));
        Collections.reverse(lower);
        outline.addAll(lower);
        Path2D path = path(outline);
        path.closePath();
        Color colour = look.colour();
        graphics.setColor(new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), BAND));
        graphics.fill(path);
    }

    private void singles(Graphics2D graphics, Axes axes, MeanCurve curve, Look look) {
        graphics.setColor(look.faint());
        graphics.setStroke(THIN);
        curve.singles().forEach(single -> graphics.draw(path(course(axes, single))));
    }

    private void line(Graphics2D graphics, Axes axes, MeanCurve curve, Look look) {
        if (!curve.samples().isEmpty()) {
            graphics.setColor(look.colour());
            graphics.setStroke(LINE);
            graphics.draw(path(course(axes, curve.shifted(0.0))));
        }
    }

    /** Marks tell lines apart in grey. Those of methods stand at different places, so that equal lines show as such. */
    private void marks(Graphics2D graphics, Axes axes, MeanCurve curve, Look look, double shift) {
        graphics.setColor(look.colour());
        int points = curve.samples().size();
        int marks = points > MARKS ? MARKS / 2 : points;
        for (int i = 0; i < marks; i++) {
            MeanCurve.Sample sample = curve.samples().get((int) ((i + shift) * points / marks));
            Point2D place = place(axes, sample.place(), sample.mean());
            look.marker().paint(graphics, place.getX(), place.getY(), MARK_SIZE);
        }
    }
}
