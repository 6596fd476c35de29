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

package org.tribuogrowth.card;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.tribuogrowth.provenance.encoding.SafeText;

/** A card as Markdown. */
final class CardMarkdown {
    private static final int LONGEST = 1000;

    /** What has a meaning in Markdown or HTML. */
    private static final String SPECIAL = "\\`*_{}[]<>()#+!|~&$";

    private final Map<String, Object> card;
    private final StringBuilder text = new StringBuilder();

    CardMarkdown(Map<String, Object> card) {
        this.card = card;
    }

    String text() {
        model();
        use();
        size();
        test();
        values("Data", "data", "what it was trained on");
        values("Trainer", "trainer", "how it was trained");
        structure();
        notes();
        ledger();
        return text.toString();
    }

    @SuppressWarnings("unchecked") // a card is made by ModelCard, which puts maps with text keys there
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    /** Text that Markdown shows as it is. */
    static String escape(Object value) {
        StringBuilder escaped = new StringBuilder();
        for (char c : SafeText.clean(String.valueOf(value), LONGEST).toCharArray()) {
            if (SPECIAL.indexOf(c) >= 0) {
                escaped.append('\\');
            }
            escaped.append(c);
        }
        return escaped.toString();
    }

    private void heading(String title) {
        text.append("\n## ").append(title).append("\n\n");
    }

    private void row(Object... cells) {
        for (Object cell : cells) {
            text.append("| ").append(cell).append(' ');
        }
        text.append("|\n");
    }

    private static String count(Object number) {
        return String.format(Locale.ROOT, "%,d", ((Number) number).longValue());
    }

    private static String percent(Object fraction) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * ((Number) fraction).doubleValue());
    }

    private void model() {
        Map<String, Object> model = map(card.get("model"));
        Map<String, Object> versions = map(model.get("trainedBy"));
        text.append("# Model card: ").append(escape(model.get("name"))).append("\n\n");
        row("what", "is");
        row("---", "---");
        row("class", escape(model.get("class")));
        row("trained at", escape(model.get("trainedAt")));
        row("input", escape(model.get("input")) + ", from " + count(model.get("features")) + " features");
        row(
                "outputs",
                escape(String.join(
                        ", ",
                        ((List<?>) model.get("outputs"))
                                .stream().map(String::valueOf).toList())));
        row("scores", Boolean.TRUE.equals(model.get("probabilities")) ? "probabilities" : "no probabilities");
        row(
                "trained by",
                "Tribuo " + escape(versions.get("tribuo")) + ", Java " + escape(versions.get("java")) + ", "
                        + escape(versions.get("operatingSystem")));
    }

    private void use() {
        heading("Use");
        Map<String, Object> use = map(card.get("use"));
        text.append("As its author states; nothing in the model says so.\n\n");
        row("what", "is");
        row("---", "---");
        row("intended use", stated(use.get("intendedUse")));
        row("limitations", stated(use.get("limitations")));
        row("licence", stated(use.get("licence")));
        row("contact", stated(use.get("contact")));
    }

    private static String stated(Object value) {
        return value == null ? "not stated" : escape(value);
    }

    private void size() {
        heading("Size");
        Map<String, Object> size = map(card.get("size"));
        row("of one example's pass", "this network", "dense reference", "part");
        row("---", "---", "---", "---");
        row(
                "parameters",
                count(size.get("parameters")),
                count(size.get("denseParameters")),
                percent(size.get("parametersFraction")));
        row(
                "multiply-adds",
                count(size.get("multiplyAdds")),
                count(size.get("denseMultiplyAdds")),
                percent(size.get("multiplyAddsFraction")));
        text.append("\nOf ")
                .append(count(size.get("weights")))
                .append(" weights ")
                .append(count(size.get("nonZeroWeights")))
                .append(" are not zero.\n\n");
        Map<String, Object> widths = map(size.get("widths"));
        if (widths.isEmpty()) {
            text.append("Nothing of its structure was searched.\n");
            return;
        }
        row("group of units", "units", "of the dense reference");
        row("---", "---", "---");
        widths.forEach((name, width) -> row(
                escape(name), count(map(width).get("units")), count(map(width).get("dense"))));
    }

    private void test() {
        heading("Test");
        if (card.get("test") == null) {
            text.append("The file of a model holds no test figures; a run folder does.\n");
            return;
        }
        row("measure", "value");
        row("---", "---");
        Map<String, Object> figures = map(card.get("test"));
        figures.forEach((name, value) -> {
            if (!(value instanceof Map<?, ?>) && !(value instanceof List<?>)) {
                row(escape(name), escape(value));
            }
        });
        if (figures.get("iou") instanceof Map<?, ?> classes) {
            masks(map(classes), (List<?>) figures.get("confusion"));
        }
    }

    /** Of segmentation, the classes: how well each is found, and what it is taken for. */
    private void masks(Map<String, Object> classes, List<?> confusion) {
        text.append("\nPixels of each class, in rows, by the class that was predicted for them, in columns:\n\n");
        List<Object> head = new ArrayList<>(List.of("class", "intersection over union"));
        classes.keySet().forEach(name -> head.add(escape(name)));
        row(head.toArray());
        row(head.stream().map(cell -> "---").toArray());
        int number = 0;
        for (Map.Entry<String, Object> line : classes.entrySet()) {
            List<Object> cells = new ArrayList<>();
            cells.add(escape(line.getKey()));
            cells.add(line.getValue() == null ? "none" : escape(line.getValue()));
            ((List<?>) confusion.get(number)).forEach(pixels -> cells.add(count(pixels)));
            row(cells.toArray());
            number++;
        }
    }

    private void values(String title, String key, String what) {
        heading(title);
        if (card.get(key) == null) {
            text.append("The model's provenance was stripped of ").append(what).append(".\n");
            return;
        }
        list(map(card.get(key)), 0);
    }

    private void list(Map<String, Object> values, int depth) {
        values.forEach((name, value) -> item(escape(name), value, depth));
    }

    private void item(String name, Object value, int depth) {
        text.append("  ".repeat(depth)).append("- ").append(name);
        if (value instanceof Map<?, ?>) {
            text.append('\n');
            list(map(value), depth + 1);
        } else if (value instanceof List<?> elements) {
            text.append(elements.isEmpty() ? ": none\n" : "\n");
            for (int i = 0; i < elements.size(); i++) {
                item(String.valueOf(i + 1), elements.get(i), depth + 1);
            }
        } else {
            text.append(": ").append(escape(value)).append('\n');
        }
    }

    private void structure() {
        heading("How its structure came about");
        if (card.get("structure") == null) {
            text.append("The model's provenance was stripped of the history; the ledger in the model still has it.\n");
            return;
        }
        Map<String, Object> history = map(card.get("structure"));
        row("what", "is");
        row("---", "---");
        row("method", escape(history.get("method")));
        row("at first", escape(history.get("initial-architecture")));
        row("in the end", escape(history.get("final-architecture")));
        row("changes", count(history.get("num-changes")));
        List<?> changes = (List<?>) history.get("changes");
        if (changes.isEmpty()) {
            return;
        }
        text.append("\nThe last ").append(changes.size()).append(" changes:\n\n");
        row("epoch", "step", "group", "kind", "units", "parameters", "multiply-adds", "reason");
        row("---", "---", "---", "---", "---", "---", "---", "---");
        for (Object element : changes) {
            Map<String, Object> change = map(element);
            row(
                    change.get("epoch"),
                    change.get("step"),
                    escape(change.get("group")),
                    escape(change.get("kinds")),
                    change.get("old-width") + " to " + change.get("new-width"),
                    count(change.get("parameters")),
                    count(change.get("multiply-adds")),
                    escape(change.get("reason")));
        }
    }

    private void notes() {
        Map<String, Object> notes = map(card.get("notes"));
        if (!notes.isEmpty()) {
            heading("Notes of the training");
            list(notes, 0);
        }
    }

    private void ledger() {
        heading("How to check it");
        Map<String, Object> ledger = map(card.get("ledger"));
        row("of the ledger in the model", "is");
        row("---", "---");
        row("holds", Boolean.TRUE.equals(ledger.get("holds")) ? "yes" : "NO, it was changed");
        row("lines", count(ledger.get("lines")));
        row("head", escape(ledger.get("head")));
        row("digest of the configuration", stated(ledger.get("configurationDigest")));
        row("digest of the data", stated(ledger.get("dataDigest")));
        row("digest of the weights", stated(ledger.get("weightsDigest")));
        text.append(
                        "\n```\n./grow audit verify RUN             that a run folder is consistent, from the seed to the weights\n")
                .append("./grow audit replay model.tribuo    that this configuration and data give this model\n```\n");
    }
}
