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

import com.oracle.labs.mlrg.olcut.config.PropertyException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tribuo.DataSource;
import org.tribuo.Dataset;
import org.tribuo.Model;
import org.tribuo.Output;
import org.tribuo.classification.Label;
import org.tribuogrowth.GrowthModel;
import org.tribuogrowth.training.CompactionException;
import org.tribuogrowth.training.GrowthListener;
import org.tribuogrowth.training.TrainingDivergedException;
import org.tribuogrowth.training.TrainingInterruptedException;

/** {@code train}: from configuration files to a run folder. */
final class TrainCommand {
    private static final String NAME = "train";
    private static final String NO_TEST_DATA = "none";

    private static final List<CommandLine.Option> OPTIONS = List.of(
            new CommandLine.Option(
                    "config-file",
                    'c',
                    "FILE",
                    true,
                    "configuration in OLCUT XML; may be given more than once, or several joined by commas"),
            CommandLine.Option.value("trainer", 't', "NAME", "the component to train with"),
            CommandLine.Option.value("output", 'o', "FOLDER", "the run folder; it must be new or empty"),
            CommandLine.Option.value(
                    "train-data", ' ', "NAME", "the component to take the training data from (default: trainData)"),
            CommandLine.Option.value(
                    "test-data",
                    ' ',
                    "NAME",
                    "the component to take the test data from (default: testData);\n'none' leaves the evaluation out"),
            CommandLine.Option.flag("quiet", 'q', "print nothing unless something is wrong"),
            CommandLine.Option.flag("no-progress", ' ', "print the end's summary only"),
            CommandLine.Option.flag("help", 'h', "show this text"));

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
            observations.json and manifest.json.

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

    /** What the options ask for. */
    private record Request(
            List<String> files,
            String trainer,
            Path folder,
            String trainData,
            String testData,
            boolean summary,
            boolean progress,
            List<CommandLine.Setting> settings) {}

    int run(List<String> words) {
        CommandLine line = CommandLine.parse(NAME, OPTIONS, true, 0, words);
        if (line.has("help")) {
            out.print(HELP.formatted(CommandLine.help(OPTIONS)));
            return Main.GOOD;
        }
        Request request = request(line);
        RunFolder.checkFree(request.folder());
        Configuration configuration = ConfigurationReader.read(request.files(), request.settings());
        ConfigurationChecker.check(configuration);
        Components components = new Components(configuration);
        components.require(request.trainer(), connections.trainerClass(), "trainer", "-t");
        components.require(request.trainData(), DataSource.class, "training data", "--train-data");
        boolean tested = !request.testData().equals(NO_TEST_DATA);
        if (tested) {
            components.require(
                    request.testData(), DataSource.class, "test data", "--test-data, where 'none' does without");
        }
        Object trainer = components.build(request.trainer(), connections.trainerClass());
        DataSource<?> training = components.build(request.trainData(), DataSource.class);
        DataSource<?> test = tested ? components.build(request.testData(), DataSource.class) : null;
        train(request, configuration, components, trainer, training, test);
        return Main.GOOD;
    }

    private static Request request(CommandLine line) {
        String files = "the configuration file";
        line.required(NAME, "config-file", files);
        String folder = line.required(NAME, "output", "where the run folder is to be");
        try {
            return new Request(
                    line.values("config-file"),
                    line.required(NAME, "trainer", "which component of the configuration is to train"),
                    Path.of(folder),
                    line.value("train-data").orElse("trainData"),
                    line.value("test-data").orElse("testData"),
                    !line.has("quiet"),
                    !line.has("quiet") && !line.has("no-progress"),
                    line.overrides());
        } catch (InvalidPathException exception) {
            throw UserError.usage(
                    "'" + folder + "' cannot be the name of a folder: " + exception.getReason() + ".", exception);
        }
    }

    @SuppressWarnings("unchecked") // RunData.checkTest compares the two output types; the trainer checks its own
    private <T extends Output<T>> void train(
            Request request,
            Configuration configuration,
            Components components,
            Object trainer,
            DataSource<?> trainingSource,
            DataSource<?> testSource) {
        Dataset<T> training = RunData.read((DataSource<T>) trainingSource, components.message(request.trainData()));
        Dataset<T> test = null;
        if (testSource != null) {
            String message = components.message(request.testData());
            test = RunData.read((DataSource<T>) testSource, message);
            RunData.checkTest(training, test, message);
            RunData.checkClasses(classes(training), classes(test), message);
        }
        RunFolder folder = RunFolder.create(request.folder());
        folder.write(RunFolder.CONFIGURATION, ConfigurationWriter.write(configuration));
        Observations observations = new Observations();
        RunRecord record = new RunRecord();
        Model<T> model;
        try {
            model = train(request, folder, trainer, training, record);
        } catch (RuntimeException exception) {
            throw failed(request, components, folder, observations, record, exception);
        }
        try {
            finish(request, folder, model, test, observations, record);
        } finally {
            close(model);
        }
    }

    /** Frees what the model holds outside the heap. */
    private static void close(Model<?> model) {
        if (model instanceof GrowthModel<?> growth) {
            growth.close();
        }
    }

    private static <T extends Output<T>> Set<String> classes(Dataset<T> data) {
        Set<String> names = new HashSet<>();
        for (T output : data.getOutputs()) {
            if (output instanceof Label label) {
                names.add(label.getLabel());
            }
        }
        return names;
    }

    private <T extends Output<T>> Model<T> train(
            Request request, RunFolder folder, Object trainer, Dataset<T> training, RunRecord record) {
        try (MetricsFile metrics = new MetricsFile(folder.file(RunFolder.METRICS));
                Progress progress = request.progress() ? Progress.to(out, Progress.isTerminal()) : new Progress() {}) {
            List<GrowthListener> listeners = new ArrayList<>(List.of(record, metrics, progress));
            return connections.train(trainer, training, listeners, folder.file(RunFolder.LEDGER));
        }
    }

    /** Tells what went wrong; a folder in which no training began is not kept, so that the same command can be repeated. */
    private RuntimeException failed(
            Request request,
            Components components,
            RunFolder folder,
            Observations observations,
            RunRecord record,
            RuntimeException exception) {
        String text = Components.sentence(Components.text(exception));
        String trainer = components.message(request.trainer());
        if (record.plan().isEmpty()) {
            folder.discard();
            boolean refused = exception instanceof IllegalArgumentException || exception instanceof PropertyException;
            return refused ? UserError.usage(trainer + "it cannot train on this data: " + text, exception) : exception;
        }
        folder.write(RunFolder.OBSERVATIONS, Json.file(observations.json(text, record)));
        boolean known = exception instanceof TrainingDivergedException
                || exception instanceof TrainingInterruptedException
                || exception instanceof CompactionException
                || exception instanceof UncheckedIOException;
        String kept = " The run folder " + folder.path() + " keeps what was written so far.";
        return known ? UserError.failure(trainer + text + kept, exception) : exception;
    }

    private <T extends Output<T>> void finish(
            Request request,
            RunFolder folder,
            Model<T> model,
            Dataset<T> test,
            Observations observations,
            RunRecord record) {
        GrowthListener.Summary summary =
                record.summary().orElseThrow(() -> new IllegalStateException("The trainer ended without a summary"));
        folder.write(RunFolder.MODEL, model::serializeToFile);
        RunEvaluation evaluation = test == null ? RunEvaluation.withoutTest() : RunEvaluation.of(model, test);
        Optional<ModelSize> size = ModelSize.of(model);
        Map<String, Object> figures = evaluation.json(summary);
        figures.put("storage", size.map(ModelSize::json).orElse(null));
        folder.write(RunFolder.EVALUATION, Json.file(figures));
        folder.write(RunFolder.OBSERVATIONS, Json.file(observations.json("good", record)));
        connections.writeManifest(folder.path(), folder.files(), summary);
        if (request.summary()) {
            out.print(RunSummary.text(record, evaluation, size, folder.path().toString(), folder.files()));
        }
    }
}
