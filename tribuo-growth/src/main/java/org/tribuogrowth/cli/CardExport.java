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

package org.tribuogrowth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tribuogrowth.GrownModel;
import org.tribuogrowth.card.ModelCard;
import org.tribuogrowth.card.StatedUse;

/** The form {@code --card}: what a model is, for people in Markdown or for programs in JSON. */
final class CardExport implements ExportForm {
    private static final String JSON = ".json";
    private static final String MARKDOWN = ".md";

    private static final CommandLine.Option INTENDED_USE =
            CommandLine.Option.value("intended-use", ' ', "TEXT", "for the card: what the model is for");
    private static final CommandLine.Option LIMITATIONS =
            CommandLine.Option.value("limitations", ' ', "TEXT", "for the card: what the model is not for");
    private static final CommandLine.Option LICENCE =
            CommandLine.Option.value("licence", ' ', "TEXT", "for the card: the terms of its use");
    private static final CommandLine.Option CONTACT =
            CommandLine.Option.value("contact", ' ', "TEXT", "for the card: whom to ask");

    @Override
    public CommandLine.Option option() {
        return CommandLine.Option.value(
                "card", ' ', "FILE", "a model card, Markdown if the name ends in .md, JSON if in .json");
    }

    @Override
    public List<CommandLine.Option> details() {
        return List.of(INTENDED_USE, LIMITATIONS, LICENCE, CONTACT);
    }

    @Override
    public void check(ModelFile source, CommandLine line) {
        String file = line.value(option().name()).orElseThrow();
        if (!file.endsWith(JSON) && !file.endsWith(MARKDOWN)) {
            throw UserError.usage(ExportCommand.NAME + ": option --card names " + file
                    + ", which ends neither in .md for a card in Markdown nor in .json for one in JSON.");
        }
    }

    @Override
    public void write(ModelFile source, GrownModel model, CommandLine line, Path file, PrintStream out)
            throws IOException {
        StatedUse stated = new StatedUse(
                line.value(INTENDED_USE.name()),
                line.value(LIMITATIONS.name()),
                line.value(LICENCE.name()),
                line.value(CONTACT.name()));
        ModelCard card = ModelCard.of(model, stated, tests(source));
        boolean markdown = line.value(option().name()).orElseThrow().endsWith(MARKDOWN);
        Files.write(file, markdown ? card.markdown().getBytes(StandardCharsets.UTF_8) : Json.file(card.values()));
    }

    /** Of segmentation the figures of each class too, since its measures are of pixels and say little of rare classes. */
    private static void addMasks(JsonNode test, Map<String, Object> measures) {
        Map<String, Object> classes = new LinkedHashMap<>();
        List<List<Long>> confusion = new ArrayList<>();
        for (JsonNode line : test.path("classes")) {
            JsonNode iou = line.path("iou");
            classes.put(line.path("name").asText(), iou.isNumber() ? (Object) iou.doubleValue() : null);
        }
        for (JsonNode row : test.path("confusion")) {
            List<Long> counts = new ArrayList<>();
            row.forEach(count -> counts.add(count.longValue()));
            confusion.add(counts);
        }
        measures.put("iou", classes);
        measures.put("confusion", confusion);
    }

    /** The measures on the test data, if the model is of a run folder that has any. */
    private static Optional<Map<String, Object>> tests(ModelFile source) throws IOException {
        if (source.run().isEmpty()) {
            return Optional.empty();
        }
        Path evaluation = source.run().get().resolve(RunFolder.EVALUATION);
        if (!Files.isRegularFile(evaluation, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        ObjectNode figures;
        try (InputStream input = Files.newInputStream(evaluation, LinkOption.NOFOLLOW_LINKS)) {
            figures = org.tribuogrowth.provenance.encoding.Json.read(
                    input.readNBytes(org.tribuogrowth.provenance.encoding.Json.MAX_BYTES));
        } catch (IllegalArgumentException exception) {
            throw UserError.usage(
                    ExportCommand.NAME + ": the file " + evaluation + " cannot be read: "
                            + Components.sentence(Components.text(exception)),
                    exception);
        }
        Map<String, Object> measures = new LinkedHashMap<>();
        JsonNode test = figures.path("test");
        test.fieldNames().forEachRemaining(name -> {
            JsonNode value = test.get(name);
            if (value.isNumber()) {
                measures.put(name, value.isIntegralNumber() ? (Object) value.longValue() : value.doubleValue());
            }
        });
        if (test.path("meanIou").isNumber()) {
            addMasks(test, measures);
        }
        return measures.isEmpty() ? Optional.empty() : Optional.of(measures);
    }
}
