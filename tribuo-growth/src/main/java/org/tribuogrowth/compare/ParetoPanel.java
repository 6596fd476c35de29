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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** One part of the picture: the measure on test data against a cost, with a point a run and a mark with bars a method. */
final class ParetoPanel {
    private static final Color GREY = new Color(0x8C8C8C);
    private static final BasicStroke THIN = new BasicStroke(1.2f);
    private static final BasicStroke DASHED =
            new BasicStroke(1.0f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1.0f, new float[] {5.0f, 4.0f}, 0.0f);
    private static final BasicStroke NONE = new BasicStroke(0.0f);
    private static final int LABEL_SIZE = 13;

    private final Comparison comparison;
    private final Quantity cost;
    private final Map<String, Look> looks;
    private final double unit;
    private final double low;
    private final double high;
    private final double right;

    private record Point(String method, double x, double deviationX, double y, double deviationY) {}

    /**
     * Prepares a panel.
     *
     * @param comparison The runs, of which at least one has figures.
     * @param cost       What the horizontal axis shows.
     * @param looks      How the methods that have figures look, in their order.
     */
    ParetoPanel(Comparison comparison, Quantity cost, Map<String, Look> looks) {
        this.comparison = comparison;
        this.cost = cost;
        this.looks = looks;
        double most = 0.0;
        double least = Double.POSITIVE_INFINITY;
        double greatest = Double.NEGATIVE_INFINITY;
        for (String method : looks.keySet()) {
            double[][] runs = runs(method);
            most = Math.max(most, Arrays.stream(runs[0]).max().orElse(0.0));
            Spread spread = comparison.spread(method, Quantity.TEST);
            double deviation = deviation(spread);
            least = Math.min(least, Math.min(Arrays.stream(runs[1]).min().orElse(least), spread.mean() - deviation));
            greatest = Math.max(
                    greatest, Math.max(Arrays.stream(runs[1]).max().orElse(greatest), spread.mean() + deviation));
        }
        // A picture of equal values has some height too.
        double margin = Math.max(0.12 * (greatest - least), 1e-3 * Math.max(Math.abs(greatest), 1e-3));
        this.low = least - margin;
        this.high = greatest + margin;
        this.unit = Numbers.unit(cost, most);
        this.right = 1.12 * most / unit;
    }

    private double[][] runs(String method) {
        return comparison.pairs(method, cost, Quantity.TEST);
    }

    private static double deviation(Spread spread) {
        return spread.count() < 2 ? 0.0 : spread.standardDeviation();
    }

    private List<Point> points() {
        List<Point> points = new ArrayList<>();
        for (String method : looks.keySet()) {
            Spread x = comparison.spread(method, cost);
            Spread y = comparison.spread(method, Quantity.TEST);
            points.add(new Point(method, x.mean() / unit, deviation(x) / unit, y.mean(), deviation(y)));
        }
        return points;
    }

    /** The methods that no other one beats in both: from the cheapest on, each better than all before it. */
    private List<Point> front(List<Point> points) {
        boolean more = comparison.measure().moreIsBetter();
        Comparator<Point> better = Comparator.comparingDouble(point -> more ? -point.y() : point.y());
        List<Point> sorted = new ArrayList<>(points);
        sorted.sort(Comparator.comparingDouble(Point::x).thenComparing(better));
        List<Point> front = new ArrayList<>();
        for (Point point : sorted) {
            if (front.isEmpty() || better.compare(point, front.get(front.size() - 1)) < 0) {
                front.add(point);
            }
        }
        return front;
    }

    /**
     * Draws the panel.
     *
     * @param graphics Where to; what lies left of and above 0 stays free.
     * @param width    Its width.
     * @param height   Its height.
     */
    void paint(Graphics2D graphics, int width, int height) {
        XYChart chart = new XYChart(width, height);
        style(chart);
        List<Point> points = points();
        List<Point> front = front(points);
        line(chart, "front", GREY, THIN, front);
        comparison.baseline().filter(looks::containsKey).ifPresent(baseline -> {
            double mean = comparison.spread(baseline, Quantity.TEST).mean();
            Point left = new Point(baseline, 0.0, 0.0, mean, 0.0);
            line(chart, "baseline", Color.BLACK, DASHED, List.of(left, new Point(baseline, right, 0.0, mean, 0.0)));
        });
        int number = 0;
        for (Map.Entry<String, Look> entry : looks.entrySet()) {
            double[][] runs = runs(entry.getKey());
            double[] x = Arrays.stream(runs[0]).map(value -> value / unit).toArray();
            marks(
                    chart.addSeries("runs " + number, x, runs[1]),
                    entry.getValue(),
                    entry.getValue().faint());
            number++;
        }
        for (Point point : points) {
            Look look = looks.get(point.method());
            XYSeries series = chart.addSeries(
                    "mean " + point.method(), new double[] {point.x()}, new double[] {point.y()}, new double[] {
                        point.deviationY()
                    });
            marks(series, look, look.colour());
        }
        chart.paint(graphics, width, height);
        label(graphics, chart, points);
    }

    private void style(XYChart chart) {
        chart.setXAxisTitle(title());
        chart.setYAxisTitle("test " + comparison.measure().text());
        chart.getStyler()
                .setDefaultSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Line)
                .setXAxisMin(0.0)
                .setXAxisMax(right)
                .setYAxisMin(low)
                .setYAxisMax(high)
                .setXAxisDecimalPattern("#.##")
                .setYAxisDecimalPattern(high - low < 0.02 ? "0.0000" : "0.000")
                .setPlotGridLinesColor(Look.GRID)
                .setErrorBarsColorSeriesColor(true)
                .setAxisTitleFont(Look.font(15))
                .setAxisTickLabelsFont(Look.font(13))
                .setLegendVisible(false)
                .setChartTitleVisible(false)
                .setChartBackgroundColor(Color.WHITE)
                .setPlotBorderVisible(false)
                .setMarkerSize(9);
        chart.getStyler().setPlotGridLinesStroke(new BasicStroke(0.8f));
        chart.getStyler().setChartPadding(12);
        chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideE);
    }

    private String title() {
        String counted = Numbers.word(unit);
        return (cost == Quantity.TRAINING_MULTIPLY_ADDS
                        ? "multiply-adds of the training"
                        : "multiply-adds of a prediction")
                + (counted.isEmpty() ? "" : ", in " + counted);
    }

    private static void line(XYChart chart, String name, Color colour, BasicStroke stroke, List<Point> points) {
        XYSeries series = chart.addSeries(
                name,
                points.stream().mapToDouble(Point::x).toArray(),
                points.stream().mapToDouble(Point::y).toArray());
        series.setMarker(SeriesMarkers.NONE);
        series.setLineColor(colour);
        series.setLineStyle(stroke);
    }

    private static void marks(XYSeries series, Look look, Color colour) {
        series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
        series.setMarker(look.marker());
        series.setMarkerColor(colour);
        series.setLineColor(colour);
        series.setLineStyle(NONE);
    }

    /** Names the means, each where no other name is, and draws the bars along the horizontal axis, which XChart has not. */
    private void label(Graphics2D graphics, XYChart chart, List<Point> points) {
        graphics.setFont(Look.font(LABEL_SIZE));
        FontMetrics metrics = graphics.getFontMetrics();
        double highest = chart.getScreenYFromChart(high);
        double lowest = chart.getScreenYFromChart(low);
        double rightmost = chart.getScreenXFromChart(right);
        List<Rectangle2D> taken = new ArrayList<>();
        for (Point point : points) {
            double x = chart.getScreenXFromChart(point.x());
            double y = chart.getScreenYFromChart(point.y());
            taken.add(new Rectangle2D.Double(x - 6, y - 6, 12, 12));
        }
        comparison.baseline().filter(looks::containsKey).ifPresent(baseline -> {
            double mean = comparison.spread(baseline, Quantity.TEST).mean();
            taken.add(new Rectangle2D.Double(0, chart.getScreenYFromChart(mean) - 1, rightmost, 2));
        });
        for (Point point : points) {
            Color colour = looks.get(point.method()).colour();
            double x = chart.getScreenXFromChart(point.x());
            double y = chart.getScreenYFromChart(point.y());
            if (point.deviationX() > 0.0) {
                double half = x - chart.getScreenXFromChart(point.x() - point.deviationX());
                graphics.setColor(colour);
                graphics.setStroke(THIN);
                graphics.draw(new Line2D.Double(x - half, y, x + half, y));
            }
            double width = metrics.stringWidth(point.method());
            double height = metrics.getHeight();
            double left = x + 10 + width > rightmost ? x - 10 - width : x + 10;
            Rectangle2D place = null;
            // Above the mark, then ever further up and down in turn.
            for (int attempt = 0; place == null || attempt < 24 && isTaken(taken, place, highest, lowest); attempt++) {
                double shift = (attempt % 2 == 0 ? -1 : 1) * (attempt / 2 + 1) * 0.6 * height;
                place = new Rectangle2D.Double(left, y + shift - height / 2, width, height);
            }
            taken.add(place);
            graphics.setColor(colour.darker());
            graphics.drawString(point.method(), (float) place.getX(), (float) (place.getY() + metrics.getAscent()));
        }
    }

    private static boolean isTaken(List<Rectangle2D> taken, Rectangle2D place, double highest, double lowest) {
        return place.getMinY() < highest
                || place.getMaxY() > lowest
                || taken.stream().anyMatch(other -> other.intersects(place));
    }
}
