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

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.tribuo.Model;
import org.tribuogrowth.GrowthModel;
import org.tribuogrowth.provenance.audit.Audit;
import org.tribuogrowth.provenance.audit.AuditException;
import org.tribuogrowth.reproduction.ReproductionResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code audit replay}: trains again what a run folder or a model records, and compares line by line. */
@Command(
        name = ReplayCommand.NAME,
        preprocessor = ReplayOverrides.class,
        description = {
            "Trains again from the configuration and the data of a run, and compares the two ledgers line by line. A lone"
                    + " model is enough: its provenance holds the configuration, the model itself the ledger.",
            "First checks that the run verifies, and that configuration and data are the recorded ones. Ends at the first"
                    + " line that differs and shows the values on both sides. Equal ledgers need the same platform and"
                    + " number of threads (docs/audit/replay.md)."
        },
        footer = {
            "",
            "Where data is no longer where the configuration says, overrides tell where it is:",
            "  --@component.property VALUE   sets a property of a component that the trainer does not consist of",
            "",
            "Example:",
            "  ./grow audit replay runs/quickstart --@trainData.imagesPath /data/images-idx3-ubyte.gz",
            "  ./grow audit replay model.tribuo",
            "",
            "Exit codes: 0 all bytes of the ledgers are equal; 1 they differ, or the run does not verify; 2 wrong usage,"
                    + " or data that cannot be read."
        })
final class ReplayCommand implements Callable<Integer> {
    /** The command's name. */
    static final String NAME = "replay";

    private final Connections connections;
    private final PrintStream progress;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "RUN", description = "the run folder, or a model's file")
    private Path run;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FOLDER",
            description = "keep the new run in this folder, which must be new or empty; without it, in a temporary one"
                    + " that is removed")
    private Path output;

    @Option(names = "--keep-going", description = "train to the end even if a line differs")
    private boolean keepGoing;

    @Option(
            names = "--train-data",
            paramLabel = "NAME",
            description = "the component to take the training data from (default: ${DEFAULT-VALUE})")
    private String trainData = "trainData";

    @Option(
            names = "--test-data",
            paramLabel = "NAME",
            description = "the component to take the test data from; used with -o only (default: ${DEFAULT-VALUE});"
                    + " 'none' leaves the evaluation out")
    private String testData = "testData";

    @Option(
            names = {"-q", "--quiet"},
            description = "print nothing unless the ledgers differ")
    private boolean quiet;

    @Option(names = "--no-progress", description = "print checks and result only")
    private boolean withoutProgress;

    private List<String> overrides = List.of();

    /**
     * Prepares the command.
     *
     * @param connections The other parts of the project.
     * @param progress    Where progress is shown.
     */
    ReplayCommand(Connections connections, PrintStream progress) {
        this.connections = connections;
        this.progress = progress;
    }

    /** Takes the words that are overrides, which picocli does not see. */
    void setOverrides(List<String> words) {
        overrides = List.copyOf(words);
    }

    @Override
    public Integer call() throws AuditException, IOException {
        Logging.configure();
        try {
            return replay();
        } catch (UserError error) {
            throw error.exitCode() == Main.FAILED
                    ? AuditException.failed(error.getMessage())
                    : AuditException.usage(error.getMessage());
        }
    }

    private int replay() throws IOException {
        if (output != null) {
            RunFolder.checkFree(output);
        }
        List<CommandLine.Setting> settings = CommandLine.parse("audit " + NAME, List.of(), true, 0, overrides)
                .overrides();
        PrintWriter out = quiet
                ? new PrintWriter(PrintWriter.nullWriter())
                : spec.commandLine().getOut();
        if (Files.isRegularFile(run)) {
            return replayModel(settings, out);
        }
        RecordedRun recorded = RecordedRun.open(run, connections);
        out.println(
                "ok      the recorded run verifies: head " + recorded.head() + " after " + recorded.lines() + " lines");
        out.println("ok      configuration: trainer '" + recorded.trainer() + "' of " + RunFolder.CONFIGURATION
                + " has the recorded digest");
        return replay(recorded, settings, out);
    }

    private int replayModel(List<CommandLine.Setting> settings, PrintWriter out) throws IOException {
        Model<?> model = RecordedModel.read(run);
        if (!(model instanceof GrowthModel<?> growth)) {
            return replayWhole(model, settings, out);
        }
        try (growth;
                TemporaryFolder folder = TemporaryFolder.create()) {
            RecordedRun recorded = RecordedModel.unpack(run, growth, folder.path(), connections);
            out.println("ok      the model is what the ledger in it says: head " + recorded.head() + " after "
                    + recorded.lines() + " lines");
            out.println(
                    "ok      configuration: trainer '" + recorded.trainer() + "' from the model's provenance has the"
                            + " recorded digest, invocation "
                            + recorded.reproduction().orElseThrow().invocationCount());
            return replay(recorded, settings, out);
        }
    }

    /** A model that holds others: it is trained again as a whole, and compared at the end. */
    private int replayWhole(Model<?> model, List<CommandLine.Setting> settings, PrintWriter out) {
        if (output != null || keepGoing || !settings.isEmpty()) {
            throw UserError.usage(
                    NAME + ": " + run + " is a " + model.getClass().getName()
                            + ", which is trained again as a whole; -o, --keep-going and overrides are for single networks only.");
        }
        ReproductionResult result = RecordedModel.trainAgain(model);
        if (result.equal()) {
            out.println("Verdict: equal, " + result.networks()
                    + " networks bit for bit, their ledgers byte for byte, and all predictions");
            return Audit.GOOD;
        }
        PrintWriter loud = spec.commandLine().getOut();
        result.differences().forEach(difference -> loud.println("differs " + difference));
        loud.println("Verdict: NO, the replay is not the recorded model");
        return Audit.FAILED;
    }

    private int replay(RecordedRun recorded, List<CommandLine.Setting> settings, PrintWriter out) throws IOException {
        TrainingRun training = prepare(recorded, settings);
        ReplayPlatform platform = ReplayPlatform.read(recorded.path().resolve(RunFolder.OBSERVATIONS));
        try (ReplaySink sink = ReplaySink.open(recorded.path().resolve(RunFolder.LEDGER), keepGoing)) {
            ReplayWatch watch = new ReplayWatch(connections, recorded, platform, trainData, sink, out);
            if (output != null) {
                return train(training, output, watch, out);
            }
            try (TemporaryFolder folder = TemporaryFolder.create()) {
                return train(training, folder.path(), watch, out);
            }
        }
    }

    private TrainingRun prepare(RecordedRun recorded, List<CommandLine.Setting> settings) {
        List<String> trained = new Components(recorded.configuration()).buildOrder(recorded.trainer());
        for (CommandLine.Setting setting : settings) {
            if (trained.contains(setting.component())) {
                throw UserError.usage(NAME + ": " + setting.words() + " changes the component '" + setting.component()
                        + "', of which the trainer '" + recorded.trainer() + "' consists. A replay trains what was"
                        + " recorded; overrides may only say where data is.");
            }
        }
        Path file = recorded.path().resolve(RunFolder.CONFIGURATION);
        Configuration configuration = ConfigurationReader.read(List.of(file.toString()), settings);
        TrainingRun.Parts parts = new TrainingRun.Parts(
                recorded.trainer(), trainData, output == null ? TrainingRun.NO_TEST_DATA : testData, "");
        try {
            return TrainingRun.prepare(connections, configuration, parts);
        } catch (UserError error) {
            throw UserError.usage(
                    error.getMessage() + " Where data has moved, say so with --@component.property VALUE; where another"
                            + " component gave it, with --train-data.",
                    error);
        }
    }

    private int train(TrainingRun training, Path folder, ReplayWatch watch, PrintWriter out) throws IOException {
        UserError failure = null;
        try {
            training.run(folder, quiet || withoutProgress ? null : progress, watch, TrainingRun.Finish.NOTHING);
        } catch (UserError error) {
            failure = error;
        }
        if (watch.parted()) {
            // Not quiet: something is wrong.
            watch.difference(folder, spec.commandLine().getOut());
            return Audit.FAILED;
        } else if (failure != null) {
            throw failure;
        }
        watch.equal(out);
        return Audit.GOOD;
    }
}
