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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tribuo.DataSource;
import org.tribuo.Dataset;
import org.tribuo.Output;
import org.tribuo.classification.Label;
import org.tribuo.sequence.SequenceDataSource;
import org.tribuo.sequence.SequenceDataset;
import org.tribuo.sequence.SequenceTrainer;
import org.tribuogrowth.GrownModel;
import org.tribuogrowth.provenance.LineSink;
import org.tribuogrowth.training.CompactionException;
import org.tribuogrowth.training.GrowthListener;
import org.tribuogrowth.training.TrainingDivergedException;
import org.tribuogrowth.training.TrainingInterruptedException;

/** One training from a configuration to a run folder: what {@code train} does once, and {@code compare} for each run. */
final class TrainingRun {
    /** The component that the training data comes from unless another is named. */
    static final String TRAIN_DATA = "trainData";

    /** The component that the test data comes from unless another is named. */
    static final String TEST_DATA = "testData";

    /** In the place of a component's name: there is no test data. */
    static final String NO_TEST_DATA = "none";

    /** The options of the commands that say where the data comes from and how much is printed. */
    static final List<CommandLine.Option> OPTIONS = List.of(
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

    private final Connections connections;
    private final Configuration configuration;
    private final Components components;
    private final Parts parts;
    private final Object trainer;
    private final Object trainingSource;
    private final Object testSource;
    private final RunExports exports;

    /**
     * The components that a run is made of.
     *
     * @param trainer   The component that trains.
     * @param trainData The component that gives the training data.
     * @param testData  The component that gives the test data, or {@code none}.
     * @param option    The option that names the trainer, for messages.
     */
    record Parts(String trainer, String trainData, String testData, String option) {
        /** The components as the options name them. */
        static Parts of(CommandLine line, String trainer, String option) {
            return new Parts(
                    trainer,
                    line.value("train-data").orElse(TRAIN_DATA),
                    line.value("test-data").orElse(TEST_DATA),
                    option);
        }

        boolean tested() {
            return !testData.equals(NO_TEST_DATA);
        }

        /** The components from which all others of the run are reached. */
        List<String> roots() {
            return tested() ? List.of(trainer, trainData, testData) : List.of(trainer, trainData);
        }
    }

    /** Something more to do with a trained model before the run folder is closed by its manifest. */
    interface Finish {
        /** Does nothing more. */
        Finish NOTHING = (model, folder) -> {};

        /**
         * Does it.
         *
         * @param model  The model.
         * @param folder The run folder.
         */
        void apply(RunModel model, RunFolder folder);
    }

    /** Someone who sees a training more closely than its progress shows it, and may end it. */
    interface Watch {
        /** Nobody. */
        Watch NOBODY = new Watch() {};

        /**
         * The part of the training data's source that is trained on.
         *
         * @param source The source.
         * @param <T>    The output type.
         * @return The source itself, or a part of it.
         */
        default <T extends Output<T>> DataSource<T> part(DataSource<T> source) {
            return source;
        }

        /**
         * Sees the data before anything is written.
         *
         * @param trainer The trainer.
         * @param task    The data.
         * @throws UserError If the training is not to begin.
         */
        default void before(Object trainer, RunTask task) {}

        /**
         * Who hears the training, before all others do.
         *
         * @return The listeners.
         */
        default List<GrowthListener> listeners() {
            return List.of();
        }

        /**
         * Who gets the ledger's lines after the run folder has them.
         *
         * @return The sinks, which the training closes.
         */
        default List<LineSink> ledgerSinks() {
            return List.of();
        }
    }

    /**
     * What came of a run.
     *
     * @param record     What the training said.
     * @param evaluation The figures on the test data.
     * @param size       What the model takes, if it is one of ours.
     * @param exports    The model for other programs, if they were asked for and the model is one of ours.
     * @param sizes      What the model takes on disk and in time, if that was asked for and the model is one of ours.
     * @param files      The files of the run folder.
     */
    record Result(
            RunRecord record,
            RunEvaluation evaluation,
            Optional<ModelSize> size,
            List<ExportOutcome> exports,
            Optional<RunSizes> sizes,
            List<String> files) {}

    private TrainingRun(
            Connections connections,
            Configuration configuration,
            Components components,
            Parts parts,
            Object trainer,
            Object trainingSource,
            Object testSource,
            RunExports exports) {
        this.connections = connections;
        this.configuration = configuration;
        this.components = components;
        this.parts = parts;
        this.trainer = trainer;
        this.trainingSource = trainingSource;
        this.testSource = testSource;
        this.exports = exports;
    }

    /**
     * Makes sure, without building anything, that a configuration has what a run needs.
     *
     * @param connections   The other parts of the project.
     * @param configuration The configuration.
     * @param parts         The components of the run.
     * @throws UserError If anything is wrong.
     */
    static void check(Connections connections, Configuration configuration, Parts parts) {
        ConfigurationChecker.check(configuration);
        Components components = new Components(configuration);
        components.require(parts.trainer(), connections.trainerClass(), "trainer", parts.option());
        Class<?> source = sourceType(components, parts);
        components.require(parts.trainData(), source, "training data", "--train-data");
        if (parts.tested()) {
            components.require(parts.testData(), source, "test data", "--test-data, where 'none' does without");
        }
    }

    /** The type of the data that the trainer takes. */
    private static Class<?> sourceType(Components components, Parts parts) {
        boolean sequences = components.ofType(SequenceTrainer.class).contains(parts.trainer());
        return sequences ? SequenceDataSource.class : DataSource.class;
    }

    /**
     * Checks a configuration and builds the components of a run.
     *
     * @param connections   The other parts of the project.
     * @param configuration The configuration, overrides applied.
     * @param parts         The components of the run.
     * @return The run, of which nothing is written yet.
     * @throws UserError If anything is wrong.
     */
    static TrainingRun prepare(Connections connections, Configuration configuration, Parts parts) {
        check(connections, configuration, parts);
        Components components = new Components(configuration);
        Object trainer = components.build(parts.trainer(), connections.trainerClass());
        Class<?> source = sourceType(components, parts);
        Object training = components.build(parts.trainData(), source);
        Object test = parts.tested() ? components.build(parts.testData(), source) : null;
        return new TrainingRun(connections, configuration, components, parts, trainer, training, test, RunExports.NONE);
    }

    /**
     * The same run, which also writes the model for other programs.
     *
     * @param wanted What is written.
     * @return A run of which nothing is written yet.
     */
    TrainingRun with(RunExports wanted) {
        return new TrainingRun(
                connections, configuration, components, parts, trainer, trainingSource, testSource, wanted);
    }

    /**
     * The digest that the ledger of a run will carry.
     *
     * @param connections   The other parts of the project.
     * @param configuration The configuration, checked.
     * @param parts         The components of the run, of which the trainer is built.
     * @return The digest.
     * @throws UserError If a component finds its configuration wrong.
     */
    static String configurationDigest(Connections connections, Configuration configuration, Parts parts) {
        Object trainer = new Components(configuration).build(parts.trainer(), connections.trainerClass());
        return connections.configurationDigest(trainer);
    }

    /**
     * Trains and writes the run folder.
     *
     * @param path     The run folder, which must be new or empty.
     * @param progress Where progress is shown, or null for nowhere.
     * @param finish   What more to do with the model.
     * @return What came of it.
     * @throws UserError If the data does not suit or the training fails.
     */
    Result run(Path path, PrintStream progress, Finish finish) {
        return run(path, progress, Watch.NOBODY, finish);
    }

    /**
     * Trains and writes the run folder while someone watches.
     *
     * @param path     The run folder, which must be new or empty.
     * @param progress Where progress is shown, or null for nowhere.
     * @param watch    Who watches.
     * @param finish   What more to do with the model.
     * @return What came of it.
     * @throws UserError If the data does not suit or the training fails.
     */
    Result run(Path path, PrintStream progress, Watch watch, Finish finish) {
        RunTask task = trainingSource instanceof SequenceDataSource<?> sequences ? task(sequences) : task(watch);
        watch.before(trainer, task);
        RunFolder folder = RunFolder.create(path);
        folder.write(RunFolder.CONFIGURATION, ConfigurationWriter.write(configuration, ConfigurationWriter.AS_RUN));
        Observations observations = new Observations();
        RunRecord record = new RunRecord();
        RunModel model;
        try {
            model = train(folder, task, record, progress, watch);
        } catch (RuntimeException exception) {
            throw failed(folder, observations, record, exception);
        }
        try {
            return finish(folder, model, observations, record, finish);
        } finally {
            model.grown().ifPresent(GrownModel::close);
        }
    }

    private RunTask task(SequenceDataSource<?> source) {
        SequenceDataset<Label> training = SequenceTask.read(source, components.message(parts.trainData()));
        if (testSource == null) {
            return new SequenceTask(training, null);
        }
        String message = components.message(parts.testData());
        SequenceTask task = new SequenceTask(training, SequenceTask.read((SequenceDataSource<?>) testSource, message));
        task.checkTest(message);
        return task;
    }

    @SuppressWarnings("unchecked") // RunData.checkTest compares the two output types; the trainer checks its own
    private <T extends Output<T>> RunTask task(Watch watch) {
        DataSource<T> source = watch.part((DataSource<T>) trainingSource);
        Dataset<T> training = RunData.read(source, components.message(parts.trainData()));
        Dataset<T> test = null;
        if (testSource != null) {
            String message = components.message(parts.testData());
            test = RunData.read((DataSource<T>) testSource, message);
            RunData.checkTest(training, test, message);
            RunData.checkOutputs(training, test, message);
        }
        return new ExampleTask<>(training, test);
    }

    private RunModel train(RunFolder folder, RunTask task, RunRecord record, PrintStream out, Watch watch) {
        try (MetricsFile metrics = new MetricsFile(folder.file(RunFolder.METRICS));
                Progress progress = out == null ? new Progress() {} : Progress.to(out, Progress.isTerminal())) {
            List<GrowthListener> listeners = new ArrayList<>(watch.listeners());
            listeners.addAll(List.of(record, metrics, progress));
            return task.train(connections, trainer, listeners, folder.file(RunFolder.LEDGER), watch.ledgerSinks());
        }
    }

    /** Tells what went wrong; a folder in which no training began is not kept, so that the same command can be repeated. */
    private RuntimeException failed(
            RunFolder folder, Observations observations, RunRecord record, RuntimeException exception) {
        String text = Components.sentence(Components.text(exception));
        String message = components.message(parts.trainer());
        if (record.plan().isEmpty()) {
            folder.discard();
            boolean refused = exception instanceof IllegalArgumentException || exception instanceof PropertyException;
            return refused ? UserError.usage(message + "it cannot train on this data: " + text, exception) : exception;
        }
        folder.write(RunFolder.OBSERVATIONS, Json.file(observations.json(text, record)));
        boolean known = exception instanceof TrainingDivergedException
                || exception instanceof TrainingInterruptedException
                || exception instanceof CompactionException
                || exception instanceof UncheckedIOException;
        String kept = " The run folder " + folder.path() + " keeps what was written so far.";
        return known ? UserError.failure(message + text + kept, exception) : exception;
    }

    private Result finish(
            RunFolder folder, RunModel model, Observations observations, RunRecord record, Finish finish) {
        GrowthListener.Summary summary =
                record.summary().orElseThrow(() -> new IllegalStateException("The trainer ended without a summary"));
        folder.write(RunFolder.MODEL, model::serializeToFile);
        RunEvaluation evaluation = model.evaluate();
        Optional<ModelSize> size = model.grown().map(ModelSize::of);
        Map<String, Object> figures = evaluation.json(summary);
        figures.put("storage", size.map(ModelSize::json).orElse(null));
        List<ExportOutcome> written = model.export(folder, exports);
        ExportOutcome.NAMES.forEach(name -> figures.put(name, null));
        written.forEach(outcome -> figures.put(outcome.name(), outcome.json()));
        Optional<RunSizes> sizes =
                exports.sizes() ? model.grown().map(grown -> RunSizes.of(folder, grown, written)) : Optional.empty();
        figures.put("sizes", sizes.map(RunSizes::json).orElse(null));
        folder.write(RunFolder.EVALUATION, Json.file(figures));
        Map<String, Object> observed = observations.json("good", record);
        written.forEach(outcome -> observed.put(outcome.name() + "Seconds", outcome.seconds()));
        folder.write(RunFolder.OBSERVATIONS, Json.file(observed));
        finish.apply(model, folder);
        folder.write(RunFolder.REPORT, file -> connections.writeReport(folder.path(), file));
        connections.writeManifest(folder.path(), folder.files(), summary);
        return new Result(record, evaluation, size, written, sizes, folder.files());
    }
}
