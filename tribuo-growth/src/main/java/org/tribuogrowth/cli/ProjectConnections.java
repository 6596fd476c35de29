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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.tribuo.Dataset;
import org.tribuo.Model;
import org.tribuo.Output;
import org.tribuo.Trainer;
import org.tribuogrowth.provenance.AuditCommand;
import org.tribuogrowth.provenance.Manifest;
import org.tribuogrowth.training.GrowthListener;

/** The command line's connections to the trainer and to the record of structure changes. */
final class ProjectConnections implements Connections {
    @Override
    public Class<?> trainerClass() {
        return Trainer.class;
    }

    @Override
    public <T extends Output<T>> Model<T> train(
            Object trainer, Dataset<T> data, List<GrowthListener> listeners, Path ledger) {
        throw new UnsupportedOperationException("The trainer is not connected yet");
    }

    @Override
    public int audit(List<String> words, PrintStream out, PrintStream err) {
        return AuditCommand.run(words, out, err);
    }

    @Override
    public void writeManifest(Path folder, List<String> files, String ledgerHead) {
        try (Stream<String> lines = Files.lines(folder.resolve(RunFolder.LEDGER))) {
            Manifest.of(folder, files, ledgerHead, lines.count()).write(folder);
        } catch (IOException exception) {
            throw UserError.failure(
                    "The manifest of " + folder + " cannot be written: "
                            + Components.sentence(Components.text(exception)),
                    exception);
        }
    }
}
