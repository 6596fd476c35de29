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

package org.tribuogrowth.segmentation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A {@link SegmentationEvaluation} as a table: a line a class, then those of all classes. */
final class EvaluationText {
    private static final List<String> HEAD = List.of("Class", "pixels", "IoU", "accuracy", "precision");
    private static final int COLUMN = 14;

    private EvaluationText() {}

    private static List<List<String>> lines(SegmentationEvaluation evaluation) {
        List<List<String>> lines = new ArrayList<>();
        for (int number = 0; number < evaluation.classes().size(); number++) {
            lines.add(List.of(
                    evaluation.classes().name(number),
                    count(evaluation.truePixels(number)),
                    share(evaluation.iou(number)),
                    share(evaluation.accuracy(number)),
                    share(evaluation.precision(number))));
        }
        lines.add(
                List.of("Mean of classes", "", share(evaluation.meanIou()), share(evaluation.meanClassAccuracy()), ""));
        lines.add(List.of("Weighted by pixels", "", share(evaluation.frequencyWeightedIou()), "", ""));
        lines.add(List.of("All pixels", count(evaluation.totalPixels()), "", share(evaluation.pixelAccuracy()), ""));
        lines.add(List.of("Void, left out", count(evaluation.voidPixels()), "", "", ""));
        return lines;
    }

    private static String count(long pixels) {
        return String.format(Locale.ROOT, "%,d", pixels);
    }

    private static String share(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.4f", value);
    }

    static String plain(SegmentationEvaluation evaluation) {
        List<List<String>> lines = new ArrayList<>(List.of(HEAD));
        lines.addAll(lines(evaluation));
        int names = lines.stream().mapToInt(line -> line.get(0).length()).max().orElseThrow() + 2;
        StringBuilder text = new StringBuilder();
        for (List<String> line : lines) {
            StringBuilder row = new StringBuilder(line.get(0));
            row.append(" ".repeat(names - row.length()));
            for (String cell : line.subList(1, line.size())) {
                row.append(" ".repeat(COLUMN - cell.length())).append(cell);
            }
            text.append(text.length() == 0 ? "" : "\n").append(row.toString().stripTrailing());
        }
        return text.toString();
    }

    static String markdown(SegmentationEvaluation evaluation) {
        StringBuilder text = new StringBuilder();
        text.append("| ").append(String.join(" | ", HEAD)).append(" |\n");
        text.append("| --- | ---: | ---: | ---: | ---: |\n");
        for (List<String> line : lines(evaluation)) {
            List<String> cells =
                    line.stream().map(cell -> cell.replace("|", "\\|")).toList();
            text.append("| ").append(String.join(" | ", cells)).append(" |\n");
        }
        return text.toString();
    }

    static String html(SegmentationEvaluation evaluation) {
        StringBuilder text = new StringBuilder("<table>\n<tr>");
        HEAD.forEach(cell -> text.append("<th>").append(cell).append("</th>"));
        text.append("</tr>\n");
        for (List<String> line : lines(evaluation)) {
            text.append("<tr>");
            for (String cell : line) {
                text.append("<td>").append(escape(cell)).append("</td>");
            }
            text.append("</tr>\n");
        }
        return text.append("</table>\n").toString();
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
