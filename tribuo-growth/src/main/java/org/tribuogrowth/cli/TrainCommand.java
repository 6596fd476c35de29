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

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.tribuogrowth.export.ExportVerification;

/** {@code train}: from configuration files to a run folder. */
final class TrainCommand {
    private static final String NAME = "train";

    private static final CommandLine.Option TOLERANCE = CommandLine.Option.value(
            "export-tolerance",
            ' ',
            "NUMBER",
            "the largest difference of scores between the model and what it is exported to\n(default: "
                    + ExportVerification.DEFAULT_TOLERANCE + ")");

    private static final List<CommandLine.Option> OWN_OPTIONS = List.of(
            new CommandLine.Option(
                    "config-file",
                    'c',
                    "FILE",
                    true,
                    "configuration in OLCUT XML, JSON or protobuf (docs/configuration.md); may be given more\nthan once, or several joined by commas"),
            CommandLine.Option.value("trainer", 't', "NAME", "the component to train with"),
            CommandLine.Option.value("output", 'o', "FOLDER", "the run folder; it must be new or empty"),
            TOLERANCE,
            CommandLine.Option.flag("no-onnx", ' ', "leave compact.onnx out"),
            CommandLine.Option.flag("no-dl4j", ' ', "leave compact-dl4j.zip out"),
            CommandLine.Option.flag("no-sizes", ' ', "do not measure sizes of files and times of single predictions"));

    private static final List<CommandLine.Option> OPTIONS =
            Stream.concat(OWN_OPTIONS.stream(), TrainingRun.OPTIONS.stream()).toList();

    private static final String HELP =
            """
            Trains a network that changes its own structure, from a configuration file, and writes a run folder.

            Usage: ./grow train -c FILE -t TRAINER -o FOLDER [options] [--@component.property VALUE ...]

            Options:
            %s
            Overrides change the configuration for this run:
              --@component.property VALUE   sets a property of a component; lists are joined by commas
              --@name VALUE                 sets a global property, ${name} in the file

            The run folder holds model.tribuo, ledger.jsonl, config.xml (as run), metrics.jsonl, evaluation.json,
            observations.json, report.html, manifest.json, and compact.onnx and
            compact-dl4j.zip once ONNX Runtime and DL4J computed the same.

            Examples:
              ./grow train -c examples/configs/fashion-quickstart.xml -t trainer -o runs/quickstart
              ./grow train -c my.xml -t trainer -o runs/seed2 --@trainer.seed 2 --@trainer.epochs 10

            Exit codes: 0 trained; 1 the training or a check of its result failed, the run folder is kept; 2 the
            command, the configuration or the data is wrong.
            """;

    private final Connections connections;
    private final PrintStream out;

    TrainCommand(Connections connections, PrintStream out) {
        this.connections = connections;
        this.out = out;
    }

    int run(List<String> words) {
        CommandLine line = CommandLine.parse(NAME, OPTIONS, true, 0, words);
        if (line.has("help")) {
            out.print(HELP.formatted(CommandLine.help(OPTIONS)));
            return Main.GOOD;
        }
        line.required(NAME, "config-file", "the configuration file");
        Path folder = RunFolder.path(line.required(NAME, "output", "where the run folder is to be"));
        String trainer = line.required(NAME, "trainer", "which component of the configuration is to train");
        RunFolder.checkFree(folder);
        Configuration configuration = ConfigurationReader.read(line.values("config-file"), line.overrides());
        double tolerance = VerificationOptions.tolerance(NAME, TOLERANCE, line);
        RunExports exports =
                new RunExports(!line.has("no-onnx"), !line.has("no-dl4j"), !line.has("no-sizes"), tolerance);
        if (!exports.any() && line.has(TOLERANCE.name())) {
            throw UserError.usage(
                    NAME + ": option --" + TOLERANCE.name() + " is about what --no-onnx and --no-dl4j leave out.");
        }
        TrainingRun run = TrainingRun.prepare(connections, configuration, TrainingRun.Parts.of(line, trainer, "-t"))
                .with(exports);
        boolean quiet = line.has("quiet");
        PrintStream progress = quiet || line.has("no-progress") ? null : out;
        TrainingRun.Result result = run.run(folder, progress, TrainingRun.Finish.NOTHING);
        if (!quiet) {
            out.print(RunSummary.text(
                    result.record(),
                    result.evaluation(),
                    result.size(),
                    result.exports(),
                    result.sizes(),
                    folder.toString(),
                    result.files()));
        }
        List<String> failures = result.exports().stream()
                .filter(outcome -> outcome.failure().isPresent())
                .map(outcome -> "There is no " + outcome.file() + ". "
                        + Components.sentence(outcome.failure().get()))
                .toList();
        if (!failures.isEmpty()) {
            throw UserError.failure(
                    "The training ended well, and the other files of the run folder " + folder + " are complete. "
                            + String.join(" ", failures),
                    null);
        }
        return Main.GOOD;
    }
}
