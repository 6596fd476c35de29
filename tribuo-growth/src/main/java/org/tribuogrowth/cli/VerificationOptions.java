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

import java.util.List;
import java.util.Optional;
import org.tribuo.DataSource;
import org.tribuo.Dataset;
import org.tribuo.Example;
import org.tribuo.Output;
import org.tribuo.classification.Label;
import org.tribuo.sequence.SequenceDataSource;
import org.tribuo.sequence.SequenceExample;
import org.tribuogrowth.GrowthModel;
import org.tribuogrowth.GrowthSequenceModel;
import org.tribuogrowth.export.ExportVerification;
import org.tribuogrowth.provenance.StartEvent;

/** The options of {@code export} that say on what a written form is compared with the model, and how closely. */
final class VerificationOptions {
    private static final CommandLine.Option TOLERANCE = CommandLine.Option.value(
            "tolerance",
            ' ',
            "NUMBER",
            "the largest difference of two scores that is allowed (default: " + ExportVerification.DEFAULT_TOLERANCE
                    + ")");
    private static final CommandLine.Option DATA = CommandLine.Option.value(
            "verify-data",
            ' ',
            "NAME",
            "the component whose examples are compared on (default: the validation\ndata of the run, else its test or"
                    + " training data; generated examples for a\nmodel without a configuration)");
    private static final CommandLine.Option CONFIGURATION = new CommandLine.Option(
            "config-file", 'c', "FILE", true, "the configuration that --verify-data is in (default: that of the run)");

    private final Connections connections;

    VerificationOptions(Connections connections) {
        this.connections = connections;
    }

    /** The options. */
    static List<CommandLine.Option> options() {
        return List.of(TOLERANCE, DATA, CONFIGURATION);
    }

    /**
     * Makes sure that the options can be served.
     *
     * @param source What is exported.
     * @param line   The command line.
     * @throws UserError If they cannot.
     */
    void check(ModelFile source, CommandLine line) {
        tolerance(ExportCommand.NAME, TOLERANCE, line);
        if (line.has(CONFIGURATION.name()) && !line.has(DATA.name())) {
            throw UserError.usage(ExportCommand.NAME + ": option --config-file needs --verify-data, which says what in"
                    + " the configuration gives the examples to compare on.");
        }
        if (!line.has(CONFIGURATION.name()) && source.run().isEmpty()) {
            if (line.has(DATA.name())) {
                throw UserError.usage(ExportCommand.NAME + ": option --verify-data names a component, but "
                        + source.file() + " is a model by itself, without a configuration; give one with -c.");
            }
            if (!line.overrides().isEmpty()) {
                throw UserError.usage(
                        ExportCommand.NAME + ": " + line.overrides().get(0).words()
                                + " changes a configuration, but there is none; name a run folder, or a configuration with -c.");
            }
        }
    }

    /**
     * The largest difference that is allowed.
     *
     * @param line The command line.
     * @return A finite number that is not negative.
     * @throws UserError If it is none.
     */
    static double tolerance(CommandLine line) {
        return tolerance(ExportCommand.NAME, TOLERANCE, line);
    }

    /**
     * The value of an option that is a tolerance.
     *
     * @param command The command, for messages.
     * @param option  The option.
     * @param line    The command line.
     * @return A finite number that is not negative.
     * @throws UserError If it is none.
     */
    static double tolerance(String command, CommandLine.Option option, CommandLine line) {
        Optional<String> word = line.value(option.name());
        if (word.isEmpty()) {
            return ExportVerification.DEFAULT_TOLERANCE;
        }
        try {
            double value = Double.parseDouble(word.get());
            if (Double.isFinite(value) && value >= 0) {
                return value;
            }
        } catch (NumberFormatException exception) {
            throw wrongTolerance(command, option, word.get(), exception);
        }
        throw wrongTolerance(command, option, word.get(), null);
    }

    private static UserError wrongTolerance(
            String command, CommandLine.Option option, String word, NumberFormatException cause) {
        return UserError.usage(
                command + ": option --" + option.name() + " is a difference of two scores, 0 or more, found '" + word
                        + "'. Probabilities differ by less than " + ExportVerification.DEFAULT_TOLERANCE
                        + " where all is well.",
                cause);
    }

    /**
     * The examples to compare on.
     *
     * @param source What is exported.
     * @param model  The model in it.
     * @param line   The command line.
     * @param <T>    The output type.
     * @return The examples.
     * @throws UserError If there are none.
     */
    @SuppressWarnings("unchecked") // The outputs of the examples are not used.
    <T extends Output<T>> VerificationData<Example<T>> data(ModelFile source, GrowthModel<T> model, CommandLine line) {
        Optional<Configuration> configuration = configuration(source, line);
        if (configuration.isEmpty()) {
            return VerificationData.generated(model);
        }
        if (line.has(DATA.name())) {
            String name = line.value(DATA.name()).orElseThrow();
            Components components = new Components(configuration.get());
            components.require(name, DataSource.class, "data to compare on", "--verify-data");
            DataSource<T> examples = components.build(name, DataSource.class);
            return new VerificationData<>(
                    "examples of '" + name + "'", RunData.read(examples, components.message(name)));
        }
        return ofRun(configuration.get(), model);
    }

    /**
     * The sequences to compare on.
     *
     * @param source What is exported.
     * @param model  The model in it.
     * @param line   The command line.
     * @return The sequences: those that were asked for, the test data of the run, or its training data.
     * @throws UserError If there are none.
     */
    VerificationData<SequenceExample<Label>> data(ModelFile source, GrowthSequenceModel model, CommandLine line) {
        Optional<Configuration> configuration = configuration(source, line);
        if (configuration.isEmpty()) {
            return VerificationData.generated(model);
        }
        boolean tested = configuration.get().component(TrainingRun.TEST_DATA).isPresent();
        String name = line.value(DATA.name()).orElse(tested ? TrainingRun.TEST_DATA : TrainingRun.TRAIN_DATA);
        Components components = new Components(configuration.get());
        components.require(name, SequenceDataSource.class, "data to compare on", "--verify-data");
        SequenceDataSource<?> sequences = components.build(name, SequenceDataSource.class);
        return new VerificationData<>(
                "sequences of '" + name + "'", SequenceTask.read(sequences, components.message(name)));
    }

    private static Optional<Configuration> configuration(ModelFile source, CommandLine line) {
        List<String> files = line.values(CONFIGURATION.name());
        if (files.isEmpty() && source.run().isPresent()) {
            files = List.of(source.run().get().resolve(RunFolder.CONFIGURATION).toString());
        }
        if (files.isEmpty()) {
            return Optional.empty();
        }
        Configuration configuration = ConfigurationReader.read(files, line.overrides());
        ConfigurationChecker.check(configuration);
        return Optional.of(configuration);
    }

    /** The data of the run: what its training held out, if the data is still what it was trained on. */
    @SuppressWarnings("unchecked") // The data has the recorded digest, or is not used.
    private <T extends Output<T>> VerificationData<Example<T>> ofRun(
            Configuration configuration, GrowthModel<T> model) {
        StartEvent start = VerificationData.start(model);
        String name = RecordedRun.trainer(configuration, connections, start.configurationDigest());
        Components components = new Components(configuration);
        components.require(TrainingRun.TRAIN_DATA, DataSource.class, "training data", "--verify-data");
        Object trainer = components.build(name, connections.trainerClass());
        DataSource<T> source = components.build(TrainingRun.TRAIN_DATA, DataSource.class);
        Dataset<T> training = RunData.read(source, components.message(TrainingRun.TRAIN_DATA));
        if (!digest(trainer, training, components).equals(start.dataDigest())) {
            throw UserError.usage(
                    components.message(TrainingRun.TRAIN_DATA) + "its data is not what the model was trained"
                            + " on. Where that has moved, say so with --@component.property VALUE; to compare on other data,"
                            + " name its component with --verify-data.");
        }
        int[] validation = connections.validationRows(trainer, training.size(), start.seed());
        Dataset<T> test = null;
        if (validation.length == 0
                && configuration.component(TrainingRun.TEST_DATA).isPresent()) {
            components.require(TrainingRun.TEST_DATA, DataSource.class, "test data", "--verify-data");
            DataSource<T> tested = components.build(TrainingRun.TEST_DATA, DataSource.class);
            test = RunData.read(tested, components.message(TrainingRun.TEST_DATA));
        }
        return VerificationData.ofRun(training, validation, test);
    }

    private <T extends Output<T>> String digest(Object trainer, Dataset<T> data, Components components) {
        try {
            return connections.dataDigest(trainer, data);
        } catch (IllegalArgumentException exception) {
            throw UserError.usage(
                    components.message(TrainingRun.TRAIN_DATA) + "its data does not suit the model: "
                            + Components.sentence(Components.text(exception)),
                    exception);
        }
    }
}
