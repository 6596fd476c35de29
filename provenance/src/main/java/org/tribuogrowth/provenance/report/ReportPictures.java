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

package org.tribuogrowth.provenance.report;

import java.awt.Color;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The pictures for papers, each of which is there if the ledger has numbers for it. */
final class ReportPictures {
    private static final int BINS = 20;
    private static final String STEPS = "training steps";
    private static final String KEPT = "kept.";
    private static final List<String> KINDS = List.of("grow", "reattach", "detach", "prune");

    private final Course course;
    private final Optional<ConfiguredBudget> budget;
    private final List<RunReport.Picture> pictures = new ArrayList<>();

    private ReportPictures(RunReport report) {
        this.course = report.course();
        this.budget = report.budget();
    }

    /**
     * Draws the pictures of a run.
     *
     * @param report The report.
     * @return The pictures, in order.
     */
    static List<RunReport.Picture> of(RunReport report) {
        ReportPictures all = new ReportPictures(report);
        all.widths();
        all.cost();
        all.measures();
        all.gates();
        all.densities();
        all.rounds();
        return List.copyOf(all.pictures);
    }

    private static XYChart chart(String horizontal, String vertical, int legend) {
        XYChart chart = new XYChartBuilder()
                .width(PictureStyle.WIDTH)
                .height(PictureStyle.HEIGHT)
                .xAxisTitle(horizontal)
                .yAxisTitle(vertical)
                .build();
        PictureStyle.apply(chart, legend);
        chart.getStyler().setXAxisMin(0.0);
        return chart;
    }

    private void add(String name, XYChart chart) {
        pictures.add(new RunReport.Picture(name, PictureStyle.png(chart)));
    }

    private static XYSeries line(XYChart chart, String name, double[] places, double[] values, int number) {
        XYSeries series = chart.addSeries(name, places, values);
        series.setMarker(SeriesMarkers.NONE);
        series.setLineStyle(PictureStyle.LINE);
        series.setLineColor(PictureStyle.COLOURS[number % PictureStyle.COLOURS.length]);
        return series;
    }

    private double[] moments(ToDoubleFunction<Course.Moment> value) {
        return course.structure().stream().mapToDouble(value).toArray();
    }

    /** An area over each group, from the whole stack down to the first group, so that each covers what lies above it. */
    private void widths() {
        List<Integer> units = IntStream.range(0, course.groups().size())
                .filter(i ->
                        !course.start().groups().get(course.groups().get(i)).block())
                .boxed()
                .toList();
        if (units.isEmpty()) {
            return;
        }
        XYChart chart = chart(STEPS, "active units, stacked", units.size() + 1);
        double[] steps = moments(Course.Moment::step);
        for (int top = units.size(); top > 0; top--) {
            List<Integer> below = units.subList(0, top);
            double[] heights = moments(
                    moment -> below.stream().mapToInt(i -> moment.widths()[i]).sum());
            String name = course.groups().get(units.get(top - 1));
            area(chart, name, steps, heights, top - 1);
        }
        chart.getStyler().setYAxisMin(0.0);
        add("widths.png", chart);
    }

    /** An area down to 0. It is opaque, since areas lie one over the other. */
    private static void area(XYChart chart, String name, double[] places, double[] tops, int number) {
        XYSeries series = line(chart, name, places, tops, number);
        series.setXYSeriesRenderStyle(XYSeriesRenderStyle.StepArea);
        Color colour = PictureStyle.COLOURS[number % PictureStyle.COLOURS.length];
        series.setFillColor(
                new Color((colour.getRed() + 255) / 2, (colour.getGreen() + 255) / 2, (colour.getBlue() + 255) / 2));
    }

    private void cost() {
        XYChart chart = chart(STEPS, "cost of the active network, % of dense", 3);
        double[] steps = moments(Course.Moment::step);
        line(
                        chart,
                        "multiply-adds",
                        steps,
                        moments(moment -> 100.0
                                * moment.cost().multiplyAddsOf(course.start().dense())),
                        0)
                .setXYSeriesRenderStyle(XYSeriesRenderStyle.Step);
        line(
                        chart,
                        "parameters",
                        steps,
                        moments(moment -> 100.0
                                * moment.cost().parametersOf(course.start().dense())),
                        1)
                .setXYSeriesRenderStyle(XYSeriesRenderStyle.Step);
        budget.ifPresent(known -> {
            double level = 100.0 * known.fraction();
            XYSeries series =
                    line(chart, "budget", new double[] {0.0, steps[steps.length - 1]}, new double[] {level, level}, 0);
            series.setLineColor(Color.BLACK);
            series.setLineStyle(PictureStyle.DASHED);
        });
        chart.getStyler().setYAxisMin(0.0);
        add("cost.png", chart);
    }

    private void measures() {
        TreeSet<String> names = new TreeSet<>();
        course.measured().forEach(moment -> names.add(moment.measureName()));
        int number = 0;
        for (String name : names) {
            String end = names.size() > 1 ? "-" + ++number + ".png" : ".png";
            List<Course.Moment> own = course.measured().stream()
                    .filter(moment -> moment.measureName().equals(name))
                    .toList();
            double[] values = values(own, moment -> moment.validation().orElseThrow());
            XYChart chart = chart(STEPS, "validation " + name, 1);
            line(chart, name, values(own, Course.Moment::step), values, 0);
            add("validation" + end, chart);
            if (own.stream()
                    .allMatch(moment -> course.trainingMultiplyAdds(moment).isPresent())) {
                XYChart paid = chart("training multiply-adds", "validation " + name, 1);
                paid.getStyler().setXAxisDecimalPattern("0.#E0");
                line(
                        paid,
                        name,
                        values(own, moment -> course.trainingMultiplyAdds(moment)
                                .orElseThrow()),
                        values,
                        0);
                add("training-cost" + end, paid);
            }
        }
    }

    private static <T> double[] values(List<T> items, ToDoubleFunction<T> value) {
        return items.stream().mapToDouble(value).toArray();
    }

    private void gates() {
        for (String name : List.of("gate", "probability")) {
            List<Double> all =
                    KINDS.stream().flatMap(kind -> values(kind, name).stream()).toList();
            if (!all.isEmpty()) {
                // Gates are shown over all that a gate can be.
                boolean gates = name.equals("gate") && Collections.min(all) >= 0.0 && Collections.max(all) <= 1.0;
                double least = gates ? 0.0 : Collections.min(all);
                double most = gates ? 1.0 : Collections.max(all);
                histogram(name, least, most > least ? most : least + 1.0);
                return;
            }
        }
    }

    private List<Double> values(String kind, String name) {
        List<Double> values = new ArrayList<>();
        for (EventRow row : course.events().rows()) {
            List<Double> own = row.evidence().getOrDefault(name, List.of());
            if (row.kind().equals(kind) && row.whole() && own.size() == row.count()) {
                values.addAll(own);
            }
        }
        return values;
    }

    /** Bars as the steps of areas, one over the other as in the picture of widths. */
    private void histogram(String name, double least, double most) {
        double[] edges = IntStream.rangeClosed(0, BINS)
                .mapToDouble(i -> least + (most - least) * i / BINS)
                .toArray();
        Map<String, double[]> tops = new LinkedHashMap<>();
        double[] top = new double[BINS + 1];
        for (String kind : KINDS) {
            List<Double> values = values(kind, name);
            if (!values.isEmpty()) {
                for (double value : values) {
                    top[Math.min(BINS - 1, (int) (BINS * ((value - least) / (most - least))))]++;
                }
                top[BINS] = top[BINS - 1];
                tops.put(kind, top.clone());
            }
        }
        XYChart chart = chart(name + " at the change", "changed units", 1 + tops.size());
        chart.getStyler().setXAxisMin(least);
        List<String> kinds = new ArrayList<>(tops.keySet());
        Collections.reverse(kinds);
        for (String kind : kinds) {
            area(chart, kind, edges, tops.get(kind), KINDS.indexOf(kind));
        }
        chart.getStyler().setYAxisMin(0.0);
        add("gates.png", chart);
    }

    private void densities() {
        if (course.densities().isEmpty()) {
            return;
        }
        XYChart chart =
                chart(STEPS, "weights not masked, %", 1 + course.densities().size());
        int number = 0;
        for (Map.Entry<String, Thinned<Course.Density>> layer :
                course.densities().entrySet()) {
            List<Course.Density> own = layer.getValue().items();
            line(
                    chart,
                    layer.getKey(),
                    values(own, Course.Density::step),
                    values(own, density -> 100.0 * density.density()),
                    number++);
        }
        chart.getStyler().setYAxisMin(0.0);
        add("densities.png", chart);
    }

    private void rounds() {
        curves("rewards.png", "reward", List.of("reward", "baseline"), 1.0);
        TreeSet<String> kept = new TreeSet<>();
        course.rounds().forEach(round -> round.values().keySet().stream()
                .filter(name -> name.startsWith(KEPT))
                .forEach(kept::add));
        curves("kept.png", "units kept, %", List.copyOf(kept), 100.0);
    }

    private void curves(String file, String title, List<String> names, double factor) {
        XYChart chart = chart("round, from 0", title, 1 + names.size());
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            List<Course.Round> own = course.rounds().stream()
                    .filter(round -> round.values().containsKey(name))
                    .toList();
            if (!own.isEmpty()) {
                line(
                        chart,
                        name.startsWith(KEPT) ? name.substring(KEPT.length()) : name,
                        values(own, Course.Round::number),
                        values(own, round -> factor * round.values().get(name)),
                        i);
            }
        }
        if (!chart.getSeriesMap().isEmpty()) {
            add(file, chart);
        }
    }
}
