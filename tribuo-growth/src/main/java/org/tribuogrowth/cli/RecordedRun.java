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

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tribuogrowth.provenance.LedgerReader;
import org.tribuogrowth.provenance.Manifest;
import org.tribuogrowth.provenance.StartEvent;
import org.tribuogrowth.provenance.audit.Audit;
import org.tribuogrowth.provenance.encoding.SafeText;
import org.tribuogrowth.reproduction.Reproduction;

/**
 * A finished run that verifies and whose configuration is the one that its ledger was made with.
 *
 * @param path          The run folder, or a folder with the ledger and the configuration that a model holds.
 * @param start         The first event of its ledger.
 * @param head          The hash of the ledger's last line.
 * @param lines         The number of the ledger's lines.
 * @param configuration The configuration as run.
 * @param trainer       The component that trained.
 * @param reproduction  What the model's provenance says of the training, if all is from a model.
 */
record RecordedRun(
        Path path,
        StartEvent start,
        String head,
        long lines,
        Configuration configuration,
        String trainer,
        Optional<Reproduction<?>> reproduction) {
    /**
     * Opens a run folder and checks it.
     *
     * @param path        The run folder.
     * @param connections The other parts of the project.
     * @return The run.
     * @throws UserError   If it is no run folder, does not verify, or has a configuration with another digest.
     * @throws IOException If a file cannot be read.
     */
    static RecordedRun open(Path path, Connections connections) throws IOException {
        Path file = path.resolve(RunFolder.CONFIGURATION);
        if (!Files.isRegularFile(file)) {
            throw UserError.usage("There is no file " + SafeText.clean(file.toString(), 300)
                    + ": a replay needs a run folder, with the configuration and the ledger of a run, or a model.");
        }
        verify(path);
        Manifest manifest = Manifest.read(path);
        if (!manifest.files().containsKey(RunFolder.CONFIGURATION)) {
            throw UserError.failure(
                    "The manifest of " + SafeText.clean(path.toString(), 300) + " does not list "
                            + RunFolder.CONFIGURATION + ", so nothing vouches for it.",
                    null);
        }
        StartEvent start;
        try (LedgerReader reader = LedgerReader.open(path.resolve(RunFolder.LEDGER))) {
            start = (StartEvent) reader.next().orElseThrow().event();
        }
        Configuration configuration = ConfigurationReader.read(List.of(file.toString()), List.of());
        ConfigurationChecker.check(configuration);
        String trainer = trainer(configuration, connections, start.configurationDigest());
        return new RecordedRun(
                path, start, manifest.ledgerHead(), manifest.ledgerEvents(), configuration, trainer, Optional.empty());
    }

    private static void verify(Path path) {
        ByteArrayOutputStream report = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(report, true, StandardCharsets.UTF_8);
        if (Audit.run(List.of("verify", "--", path.toString()), stream, stream) != Audit.GOOD) {
            throw UserError.failure(
                    report.toString(StandardCharsets.UTF_8) + "The recorded run does not verify, so a replay would show"
                            + " nothing.",
                    null);
        }
    }

    /** A configuration may have several trainers, and nothing says which one was named; its digest does. */
    static String trainer(Configuration configuration, Connections connections, String digest) {
        List<String> found = new ArrayList<>();
        UserError refused = null;
        for (String name : new Components(configuration).ofType(connections.trainerClass())) {
            try {
                TrainingRun.Parts parts = new TrainingRun.Parts(name, "", "", "");
                String present = TrainingRun.configurationDigest(connections, configuration, parts);
                if (present.equals(digest)) {
                    return name;
                }
                found.add(name + " has " + present);
            } catch (UserError error) {
                refused = error;
            }
        }
        if (refused != null) {
            throw refused;
        }
        throw UserError.failure(
                configuration.sources() + ": no trainer in it has the configuration that the ledger was made with: the"
                        + " ledger has the digest " + digest + ", "
                        + (found.isEmpty() ? "but there is no trainer" : String.join(", ", found))
                        + ". Another version of a component may have other fields or defaults.",
                null);
    }
}
