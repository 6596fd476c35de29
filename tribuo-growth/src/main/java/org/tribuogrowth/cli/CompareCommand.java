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

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tribuogrowth.compare.ComparedRun;
import org.tribuogrowth.compare.Comparison;
import org.tribuogrowth.compare.ComparisonRecord;
import org.tribuogrowth.compare.CsvTables;
import org.tribuogrowth.compare.CurvesPicture;
import org.tribuogrowth.compare.Measure;
import org.tribuogrowth.compare.ParetoPicture;
import org.tribuogrowth.compare.Report;
import org.tribuogrowth.compare.RunReader;

/** {@code compare}: several methods, each with several seeds, as runs, tables, pictures and what can be said. */
final class CompareCommand {
    private static final String NAME = "compare";
    private static final String TABLE_ONLY = "table-only";
    private static final String BASELINE = "baseline";
    private static final String MEASURE = "measure";

    private static final List<CommandLine.Option> OWN_OPTIONS = List.of(
            new CommandLine.Option(
                    "config-file",
                    'c',
                    "FILE",
                    true,
                    "configuration in OLCUT XML, JSON or protobuf (docs/configuration.md); may be given more\nthan once, or several joined by commas"),
            CommandLine.Option.value(
                    "runs",
                    'r',
                    "NAMES",
                    "the components to train with, joined by commas; NAME=COMPONENT gives one\nanother name"),
            CommandLine.Option.value(
                    "seeds",
                    's',
                    "SEEDS",
                    "N for the seeds 1 to N, or seeds joined by commas; a single one is written 7,"),
            CommandLine.Option.value(
                    "output", 'o', "FOLDER", "the folder of the comparison; new, empty, or begun before"),
            CommandLine.Option.value(
                    BASELINE, 'b', "NAME", "the run that the others are set against (default: the dense one)"),
            CommandLine.Option.value(
                    MEASURE,
                    ' ',
                    "NAME",
                    "the measure on the test data (default: accuracy, jaccard, r2, meanIou or perplexity,\nby what the outputs are): "
                            + known()),
            CommandLine.Option.flag("force", ' ', "move runs of another configuration aside and make them again"),
            CommandLine.Option.flag(TABLE_ONLY, ' ', "train nothing, compute tables and pictures from what is there"));

    private static final List<CommandLine.Option> OPTIONS =
            Stream.concat(OWN_OPTIONS.stream(), TrainingRun.OPTIONS.stream()).toList();

    private static final String HELP =
            """
            Trains several methods with several seeds, each as 'train' would, and says what can be said about them.

            Usage: ./grow compare -c FILE --runs NAMES --seeds SEEDS -o FOLDER [options] [--@component.property VALUE ...]
                   ./grow compare -o FOLDER --table-only [--baseline NAME] [--measure NAME]

            Options:
            %s
            Overrides change the configuration of all runs; they are written as for 'train'.

            The same command again goes on where it was stopped: finished runs are kept, broken ones are moved aside and
            made again. A run that fails does not keep the others from being made; the tables say why it failed.

            The folder holds runs/NAME/seed-S (run folders), table.md (the tables, and what the data support), table.csv
            (one line a run), summary.csv (one line a method), pareto.svg and pareto.png (measure against cost),
            curves.svg and curves.png (the course of the trainings), comparison.json (all figures).

            Examples:
              ./grow compare -c examples/configs/fashion-compare.xml --runs dense,uniform,scs --seeds 5 -o runs/compare
              ./grow compare -o runs/compare --table-only --measure macroAveragedF1

            Exit codes: 0 all runs are there and agree with their records; 1 a run failed or its files do not agree;
            2 the command, the configuration or the data is wrong.
            """;

    private final Connections connections;
    private final PrintStream out;
    private final PrintStream err;

    CompareCommand(Connections connections, PrintStream out, PrintStream err) {
        this.connections = connections;
        this.out = out;
        this.err = err;
    }

    int run(List<String> words) {
        CommandLine line = CommandLine.parse(NAME, OPTIONS, true, 0, words);
        if (line.has("help")) {
            out.print(HELP.formatted(CommandLine.help(OPTIONS)));
            return Main.GOOD;
        }
        Path path = RunFolder.path(line.required(NAME, "output", "where the comparison is to be"))
                .normalize();
        return line.has(TABLE_ONLY) ? tables(line, path) : train(line, path);
    }

    private int train(CommandLine line, Path path) {
        line.required(NAME, "config-file", "the configuration file");
        ComparePlan plan = new ComparePlan(
                ComparePlan.methods(line.required(NAME, "runs", "which components are to train")),
                ComparePlan.seeds(line.required(NAME, "seeds", "with which seeds")),
                line.value(BASELINE).orElse(""),
                line.value(MEASURE).map(ComparePlan::measure));
        // Mistakes in the configuration are told before a folder is made.
        List<CompareJob> jobs = new CompareJobs(connections, line, plan, path).all();
        try (CompareFolder folder = CompareFolder.open(path, false)) {
            CompareRuns runs = new CompareRuns(connections, line, folder, jobs, out, err);
            runs.inspect(line.has("force"));
            folder.writeRecord(plan, Map.of());
            boolean progress = !line.has("quiet") && !line.has("no-progress");
            Map<String, String> failures = new HashMap<>();
            runs.bringAbout(progress).forEach((job, reason) -> failures.put(job.name(), reason));
            return conclude(line, folder, plan, failures);
        }
    }

    private int tables(CommandLine line, Path path) {
        for (String option : List.of("config-file", "runs", "seeds", "force", "train-data", "test-data")) {
            if (line.has(option)) {
                throw UserError.usage(NAME + ": --" + TABLE_ONLY
                        + " takes everything from the folder, so it goes without --" + option + ".");
            }
        }
        if (!line.overrides().isEmpty()) {
            throw UserError.usage(NAME + ": --" + TABLE_ONLY + " trains nothing, so it goes without "
                    + line.overrides().get(0).words() + ".");
        }
        try (CompareFolder folder = CompareFolder.open(path, true)) {
            ComparePlan kept = folder.record();
            ComparePlan plan = new ComparePlan(
                    kept.methods(),
                    kept.seeds(),
                    line.value(BASELINE).orElse(kept.baseline()),
                    line.value(MEASURE).map(ComparePlan::measure).or(kept::measure));
            return conclude(line, folder, plan, Map.of());
        }
    }

    private int conclude(CommandLine line, CompareFolder folder, ComparePlan given, Map<String, String> failures) {
        List<ComparedRun> all = new ArrayList<>();
        for (String method : given.methods().keySet()) {
            for (long seed : given.seeds()) {
                String failure = failures.get(method + ", seed " + seed);
                all.add(
                        failure == null
                                ? read(folder.run(method, seed), method, seed)
                                : ComparedRun.failed(method, seed, failure));
            }
        }
        Measure measure = given.measure().orElseGet(() -> measureOf(all));
        ComparePlan plan = new ComparePlan(given.methods(), given.seeds(), given.baseline(), Optional.of(measure));
        List<ComparedRun> runs =
                all.stream().map(run -> measuredBy(measure, run)).toList();
        for (ComparedRun run : runs) {
            if (run.figures().isEmpty() && !failures.containsKey(run.method() + ", seed " + run.seed())) {
                err.println(
                        "grow: the run " + run.method() + ", seed " + run.seed() + " has no figures: " + run.failure());
            }
        }
        Comparison comparison = new Comparison(measure, plan.baseline(), plan.seeds(), runs);
        Report report = new Report(comparison);
        folder.write(CompareFolder.RUNS_TABLE, utf8(CsvTables.runs(comparison)));
        folder.write(CompareFolder.METHODS_TABLE, utf8(CsvTables.summary(comparison)));
        folder.write(CompareFolder.PAGE, utf8(report.page()));
        folder.writeRecord(plan, ComparisonRecord.of(comparison));
        boolean some = runs.stream().anyMatch(run -> run.figures().isPresent());
        if (some) {
            ParetoPicture picture = new ParetoPicture(comparison);
            folder.write(CompareFolder.PICTURE + ".svg", picture.svg());
            folder.write(CompareFolder.PICTURE + ".png", picture.png());
            CurvesPicture curves = new CurvesPicture(comparison);
            folder.write(CompareFolder.CURVES + ".svg", curves.svg());
            folder.write(CompareFolder.CURVES + ".png", curves.png());
        }
        if (!line.has("quiet")) {
            out.print("\n" + report.methods() + "\n" + report.notes() + "\nWhat the data support\n\n"
                    + report.statements());
            out.print("\nfiles: " + folder.names() + "\n");
        }
        return runs.stream().allMatch(run -> run.figures().isPresent()) ? Main.GOOD : Main.FAILED;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String known() {
        return Arrays.stream(Measure.values()).map(Measure::text).collect(Collectors.joining(", "));
    }

    /** The first measure that every run with figures has, or else the first of the first run. */
    private static Measure measureOf(List<ComparedRun> runs) {
        List<Set<String>> measured = runs.stream()
                .flatMap(run -> run.figures().stream())
                .map(figures -> figures.test().keySet())
                .toList();
        return Arrays.stream(Measure.values())
                .filter(measure -> measured.stream().allMatch(names -> names.contains(measure.text())))
                .findFirst()
                .or(() -> Arrays.stream(Measure.values())
                        .filter(measure -> measured.get(0).contains(measure.text()))
                        .findFirst())
                .orElse(Measure.ACCURACY);
    }

    private static ComparedRun measuredBy(Measure measure, ComparedRun run) {
        if (run.figures().isEmpty() || run.figures().get().test().containsKey(measure.text())) {
            return run;
        }
        return ComparedRun.failed(
                run.method(),
                run.seed(),
                "its test data was not measured by " + measure.text() + ", but by "
                        + String.join(", ", run.figures().get().test().keySet()) + ".");
    }

    private static ComparedRun read(Path run, String method, long seed) {
        if (!Files.exists(run)) {
            return ComparedRun.failed(method, seed, "it was not made: there is no folder " + run + ".");
        }
        if (!Files.exists(run.resolve(RunFolder.MANIFEST))) {
            return ComparedRun.failed(method, seed, "it did not finish" + outcome(run));
        }
        try {
            return ComparedRun.good(method, seed, RunReader.read(run));
        } catch (IllegalStateException | IOException exception) {
            return ComparedRun.failed(method, seed, Components.sentence(Components.text(exception)));
        }
    }

    /** What the run itself said about its end. */
    private static String outcome(Path run) {
        try {
            String text = new ObjectMapper()
                    .readTree(run.resolve(RunFolder.OBSERVATIONS).toFile())
                    .path("outcome")
                    .asText();
            return text.isEmpty() ? "." : ": " + text;
        } catch (JsonProcessingException exception) {
            return "; its " + RunFolder.OBSERVATIONS + " is no JSON.";
        } catch (IOException exception) {
            // A process that was killed leaves no such file.
            return ".";
        }
    }
}
