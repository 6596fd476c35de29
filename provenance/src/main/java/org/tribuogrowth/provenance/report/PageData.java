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

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import org.tribuogrowth.provenance.CostRecord;
import org.tribuogrowth.provenance.LedgerState;
import org.tribuogrowth.provenance.SealEvent;
import org.tribuogrowth.provenance.StartEvent;
import org.tribuogrowth.provenance.encoding.Json;

/** What the page shows, as the JSON in it. Counts that JSON's numbers cannot hold are texts. */
final class PageData {
    private static final String KEPT = "kept.";

    private final RunReport report;
    private final Course course;
    private final ObjectNode data = Json.object();

    private PageData(RunReport report) {
        this.report = report;
        this.course = report.course();
    }

    /**
     * Writes the data of a page.
     *
     * @param report The report.
     * @return JSON without a character that HTML could take for markup.
     */
    static String of(RunReport report) {
        PageData page = new PageData(report);
        page.verification();
        page.run();
        page.groups();
        page.structure();
        page.measured();
        page.densities();
        page.rounds();
        page.events();
        page.files();
        return escape(new String(Json.write(page.data), StandardCharsets.UTF_8));
    }

    /** JSON lets any character of a text be written by its number, so nothing is lost. */
    static String escape(String json) {
        return json.replace("<", "\\u003c")
                .replace(">", "\\u003e")
                .replace("&", "\\u0026")
                .replace("\u2028", "\\u2028")
                .replace("\u2029", "\\u2029");
    }

    private void verification() {
        ObjectNode verification = data.putObject("verification");
        verification.put("good", report.verification().good());
        verification.put("made", report.made().truncatedTo(ChronoUnit.SECONDS).toString());
        ArrayNode lines = verification.putArray("lines");
        report.verification().lines().forEach(lines::add);
    }

    private void run() {
        StartEvent start = course.start();
        ObjectNode run = data.putObject("run");
        run.put("name", report.name());
        run.put("method", start.method());
        run.put("seed", Long.toString(start.seed()));
        run.put("lines", course.lines());
        run.put("head", course.head());
        run.put("merkleRoot", course.merkleRoot().orElse(null));
        run.put("sealed", course.seal().isPresent());
        run.put("changes", course.end().changes());
        put(run, "dense", start.dense());
        put(run, "cost", course.end().cost());
        ObjectNode digests = run.putObject("digests");
        digests.put("dense architecture", start.architectureDigest());
        digests.put("configuration", start.configurationDigest());
        digests.put("training data", start.dataDigest());
        digests.put("structure at the start", start.structureDigest());
        digests.put("structure at the end", course.end().structureDigest());
        course.seal().ifPresent(seal -> {
            digests.put("compact architecture", seal.compactArchitectureDigest());
            digests.put("compact network's weights", seal.weightsDigest());
        });
        course.seal().map(SealEvent::budgetFraction).ifPresent(value -> run.put("budgetFraction", value));
        report.budget().ifPresent(budget -> run.putObject("budget")
                .put("fraction", budget.fraction())
                .put("measure", budget.measure())
                .put("source", budget.source()));
        course.training().ifPresent(training -> run.putObject("training")
                .put("epochs", training.epochs())
                .put("step", training.step())
                .put("examples", training.examples())
                .put("multiplyAdds", Long.toString(training.multiplyAdds())));
        course.restore().ifPresent(restore -> run.putObject("restore")
                .put("epoch", restore.epoch())
                .put("step", restore.step())
                .put("restoredEpoch", restore.restoredEpoch())
                .put("measureName", restore.measureName())
                .put("measure", restore.measure()));
        course.compaction().ifPresent(compaction -> run.putObject("compaction")
                .put("examples", compaction.examples())
                .put("largestAbsoluteDifference", compaction.largestAbsoluteDifference())
                .put("largestRelativeDifference", compaction.largestRelativeDifference())
                .put("argMaxAgreement", compaction.argMaxAgreement()));
        run.put("architecture", start.architecture());
    }

    private static void put(ObjectNode object, String name, CostRecord cost) {
        object.putObject(name)
                .put("weights", cost.weights())
                .put("parameters", cost.parameters())
                .put("multiplyAdds", cost.multiplyAdds());
    }

    private void groups() {
        ArrayNode groups = data.putArray("groups");
        int[] first = course.structure().get(0).widths();
        long left = EventRows.CHARACTERS;
        for (int i = 0; i < course.groups().size(); i++) {
            String name = course.groups().get(i);
            LedgerState.Group end = course.end().groups().get(name);
            ObjectNode group = groups.addObject();
            group.put("name", name);
            group.put("width", end.width());
            group.put("block", course.start().groups().get(name).block());
            group.put("first", first[i]);
            group.put("last", end.active());
            String units = course.start().activeUnits().get(name);
            left -= units.length()
                    + end.activeUnits().length()
                    + end.detachedUnits().length();
            if (left >= 0) {
                group.put("startUnits", units);
                group.put("activeUnits", end.activeUnits());
                group.put("detachedUnits", end.detachedUnits());
                group.put("prunedUnits", end.prunedUnits());
            }
        }
        data.put("groupsLeft", course.groupsLeft());
    }

    private void structure() {
        ObjectNode structure = data.putObject("structure");
        structure.put("every", course.structureEvery());
        ArrayNode observed = structure.putArray("observed");
        course.observed().forEach(observed::add);
        ArrayNode points = structure.putArray("points");
        for (Course.Moment moment : course.structure()) {
            ObjectNode point = points.addObject();
            point.put("line", moment.line());
            point.put("epoch", moment.epoch());
            point.put("step", moment.step());
            point.put("parameters", moment.cost().parameters());
            point.put("multiplyAdds", moment.cost().multiplyAdds());
            put(point, "loss", moment.trainingLoss());
            ArrayNode widths = point.putArray("widths");
            for (int width : moment.widths()) {
                widths.add(width);
            }
            ArrayNode numbers = point.putArray("numbers");
            for (double number : moment.observations()) {
                numbers.add(Double.isNaN(number) ? null : number);
            }
        }
    }

    private static void put(ObjectNode object, String name, OptionalDouble value) {
        value.ifPresent(number -> object.put(name, number));
    }

    private void measured() {
        ObjectNode measured = data.putObject("measured");
        measured.put("every", course.measuredEvery());
        ArrayNode points = measured.putArray("points");
        for (Course.Moment moment : course.measured()) {
            ObjectNode point = points.addObject();
            point.put("line", moment.line());
            point.put("epoch", moment.epoch());
            point.put("step", moment.step());
            point.put("measure", moment.measureName());
            put(point, "validation", moment.validation());
            point.put("parameters", moment.cost().parameters());
            point.put("multiplyAdds", moment.cost().multiplyAdds());
            put(point, "trainingMultiplyAdds", course.trainingMultiplyAdds(moment));
        }
    }

    private void densities() {
        ArrayNode layers = data.putArray("densities");
        course.densities().forEach((name, densities) -> {
            ObjectNode layer = layers.addObject();
            layer.put("layer", name);
            layer.put("every", densities.every());
            ArrayNode points = layer.putArray("points");
            for (Course.Density density : densities.items()) {
                ObjectNode point = points.addObject();
                point.put("line", density.line());
                point.put("epoch", density.epoch());
                point.put("step", density.step());
                point.put("density", density.density());
                put(point, "kept", density.kept());
                put(point, "weights", density.weights());
            }
        });
    }

    private static void put(ObjectNode object, String name, OptionalLong value) {
        value.ifPresent(number -> object.put(name, number));
    }

    private void rounds() {
        TreeSet<String> kept = new TreeSet<>();
        course.rounds().forEach(round -> round.values().keySet().stream()
                .filter(name -> name.startsWith(KEPT))
                .limit(CourseReader.MOST_NAMES)
                .forEach(kept::add));
        ObjectNode rounds = data.putObject("rounds");
        rounds.put("every", course.roundsEvery());
        ArrayNode names = rounds.putArray("kept");
        kept.stream().map(name -> name.substring(KEPT.length())).forEach(names::add);
        ArrayNode points = rounds.putArray("points");
        for (Course.Round round : course.rounds()) {
            ObjectNode point = points.addObject();
            point.put("line", round.line());
            point.put("round", round.number());
            point.put("epoch", round.epoch());
            point.put("step", round.step());
            for (String name : List.of("reward", "baseline", "loss", "size")) {
                if (round.values().containsKey(name)) {
                    point.put(name, round.values().get(name));
                }
            }
            ArrayNode fractions = point.putArray("keptFractions");
            kept.forEach(name -> fractions.add(round.values().get(name)));
        }
    }

    /** A row is an array and names are numbers, so that a hundred thousand of them stay small. */
    private void events() {
        EventRows selection = course.events();
        ObjectNode events = data.putObject("events");
        events.put("count", selection.count());
        selection.gapAfter().ifPresent(row -> events.put("gapAfter", row));
        selection.shortFrom().ifPresent(line -> events.put("shortFrom", line));
        Map<String, Integer> names = new LinkedHashMap<>();
        ArrayNode rows = events.putArray("rows");
        for (EventRow row : selection.rows()) {
            ArrayNode array = rows.addArray();
            array.add(row.line()).add(row.epoch()).add(row.step());
            array.add(number(names, row.kind())).add(number(names, row.group()));
            array.add(row.units()).add(row.count());
            array.add(row.widthBefore().isPresent() ? row.widthBefore().getAsInt() : null);
            array.add(row.widthAfter().isPresent() ? row.widthAfter().getAsInt() : null);
            array.add(row.cost().parameters()).add(row.cost().multiplyAdds());
            array.add(number(names, row.rule()));
            array.add(row.whole());
            evidence(array.addArray(), row, names);
        }
        ArrayNode texts = events.putArray("names");
        names.keySet().forEach(texts::add);
    }

    /** For each name: its number, the numbers, and how many there are if these are only the least and the greatest. */
    private static void evidence(ArrayNode array, EventRow row, Map<String, Integer> names) {
        row.evidence().forEach((name, numbers) -> {
            array.add(number(names, name));
            ArrayNode values = array.addArray();
            numbers.forEach(values::add);
            array.add(row.counts().get(name));
        });
    }

    private static int number(Map<String, Integer> names, String name) {
        return names.computeIfAbsent(name, unused -> names.size());
    }

    private void files() {
        ShownFiles files = report.files();
        ObjectNode object = data.putObject("files");
        files.configuration().ifPresent(text -> object.put("configuration", text));
        ObjectNode figures = object.putObject("figures");
        files.figures().forEach(figures::set);
        ArrayNode list = object.putArray("list");
        TreeMap<String, Long> names = new TreeMap<>(files.sizes());
        names.forEach((name, size) -> {
            ObjectNode file = list.addObject();
            file.put("name", name);
            file.put("bytes", size);
            if (files.digests().containsKey(name)) {
                file.put("sha256", files.digests().get(name));
            }
        });
        ArrayNode notes = object.putArray("notes");
        files.notes().forEach(notes::add);
    }
}
