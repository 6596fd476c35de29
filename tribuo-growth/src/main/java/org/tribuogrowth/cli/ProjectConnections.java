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
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.tribuo.Dataset;
import org.tribuo.Model;
import org.tribuo.Output;
import org.tribuo.classification.Label;
import org.tribuo.sequence.SequenceDataset;
import org.tribuo.sequence.SequenceModel;
import org.tribuogrowth.GrowthSequenceTrainer;
import org.tribuogrowth.GrowthTrainer;
import org.tribuogrowth.NetworkTrainer;
import org.tribuogrowth.provenance.LineSink;
import org.tribuogrowth.provenance.Manifest;
import org.tribuogrowth.provenance.audit.Audit;
import org.tribuogrowth.provenance.report.RunReport;
import org.tribuogrowth.training.GrowthListener;

/** The command line's connections to the trainer and to the record of structure changes. */
final class ProjectConnections implements Connections {
    @Override
    public Class<?> trainerClass() {
        return NetworkTrainer.class;
    }

    @Override
    public String configurationDigest(Object trainer) {
        return ((NetworkTrainer) trainer).configurationDigest();
    }

    @Override
    public void setInvocationCount(Object trainer, int count) {
        ((NetworkTrainer) trainer).setInvocationCount(count);
    }

    @Override
    @SuppressWarnings("unchecked") // The trainer checks the outputs of the data against its adapter.
    public <T extends Output<T>> String dataDigest(Object trainer, Dataset<T> data) {
        return ((GrowthTrainer<T>) trainer).dataDigest(data);
    }

    @Override
    public int[] validationRows(Object trainer, int rows, long seed) {
        return ((GrowthTrainer<?>) trainer).validationRows(rows, seed);
    }

    @Override
    @SuppressWarnings("unchecked") // The trainer checks the outputs of the data against its adapter.
    public <T extends Output<T>> Model<T> train(
            Object trainer, Dataset<T> data, List<GrowthListener> listeners, Path ledger, List<LineSink> sinks) {
        return prepared((GrowthTrainer<T>) trainer, listeners, ledger, sinks).train(data);
    }

    private static <N extends NetworkTrainer> N prepared(
            N trainer, List<GrowthListener> listeners, Path ledger, List<LineSink> sinks) {
        trainer.setListeners(listeners);
        trainer.setLedgerFile(ledger);
        trainer.setLedgerSinks(sinks);
        return trainer;
    }

    @Override
    public String dataDigest(Object trainer, SequenceDataset<Label> data) {
        return ((GrowthSequenceTrainer) trainer).dataDigest(data);
    }

    @Override
    public SequenceModel<Label> train(
            Object trainer,
            SequenceDataset<Label> data,
            List<GrowthListener> listeners,
            Path ledger,
            List<LineSink> sinks) {
        return prepared((GrowthSequenceTrainer) trainer, listeners, ledger, sinks)
                .train(data);
    }

    @Override
    public int audit(List<String> words, PrintStream out, PrintStream err) {
        return Audit.run(words, out, err, new ReplayCommand(this, out));
    }

    @Override
    public void writeReport(Path folder, Path file) throws IOException {
        RunReport.beforeManifest(folder, folder.resolve(RunFolder.LEDGER)).write(file);
    }

    @Override
    public void writeManifest(Path folder, Collection<String> files, GrowthListener.Summary summary) {
        try {
            Manifest.of(folder, files, summary.ledgerHead(), summary.ledgerEvents())
                    .write(folder);
        } catch (IOException e) {
            throw UserError.failure(
                    "The manifest of " + folder + " cannot be written: " + Components.sentence(Components.text(e)), e);
        }
    }
}
