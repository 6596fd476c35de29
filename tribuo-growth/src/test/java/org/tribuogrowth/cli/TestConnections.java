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
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.tribuo.Dataset;
import org.tribuo.Model;
import org.tribuo.Output;
import org.tribuo.Trainer;
import org.tribuo.classification.Label;
import org.tribuo.sequence.SequenceDataset;
import org.tribuo.sequence.SequenceModel;
import org.tribuogrowth.architecture.Digests;
import org.tribuogrowth.provenance.LineSink;
import org.tribuogrowth.training.GrowthListener;

/** Connects the command line to whatever Tribuo trainer a test configures, which is heard as if it were ours. */
final class TestConnections implements Connections {
    private RuntimeException beforeTheStart;
    private RuntimeException afterTheStart;
    private RuntimeException inAudit;
    final List<String> audited = new ArrayList<>();

    TestConnections failingBeforeTheStart(RuntimeException exception) {
        beforeTheStart = exception;
        return this;
    }

    void failingInAudit(RuntimeException exception) {
        inAudit = exception;
    }

    TestConnections failingAfterTheStart(RuntimeException exception) {
        afterTheStart = exception;
        return this;
    }

    @Override
    public Class<?> trainerClass() {
        return Trainer.class;
    }

    @Override
    public String configurationDigest(Object trainer) {
        return Digests.sha256(trainer.toString());
    }

    @Override
    public void setInvocationCount(Object trainer, int count) {
        ((Trainer<?>) trainer).setInvocationCount(count);
    }

    @Override
    public <T extends Output<T>> String dataDigest(Object trainer, Dataset<T> data) {
        return Digests.sha256(data.toString());
    }

    @Override
    public int[] validationRows(Object trainer, int rows, long seed) {
        return new int[0];
    }

    @Override
    @SuppressWarnings("unchecked") // the tests' trainers and data are all of labels
    public <T extends Output<T>> Model<T> train(
            Object trainer, Dataset<T> data, List<GrowthListener> listeners, Path ledger, List<LineSink> sinks) {
        if (beforeTheStart != null) {
            throw beforeTheStart;
        }
        if (afterTheStart != null) {
            listeners.forEach(listener -> listener.onStart(TestRun.plan()));
            listeners.forEach(listener -> listener.onInterval(TestRun.interval(0, true, TestRun.SEED)));
            throw afterTheStart;
        }
        try {
            Files.writeString(ledger, "{}\n");
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
        TestRun.tell(listeners);
        return ((Trainer<T>) trainer).train(data);
    }

    @Override
    public String dataDigest(Object trainer, SequenceDataset<Label> data) {
        throw new AssertionError("No test of these connections trains on sequences");
    }

    @Override
    public SequenceModel<Label> train(
            Object trainer,
            SequenceDataset<Label> data,
            List<GrowthListener> listeners,
            Path ledger,
            List<LineSink> sinks) {
        throw new AssertionError("No test of these connections trains on sequences");
    }

    @Override
    public int audit(List<String> words, PrintStream out, PrintStream err) {
        if (inAudit != null) {
            throw inAudit;
        }
        audited.addAll(words);
        return Main.FAILED;
    }

    @Override
    public void writeReport(Path folder, Path file) throws IOException {
        Files.writeString(file, "<!DOCTYPE html>\n");
    }

    @Override
    public void writeManifest(Path folder, Collection<String> files, GrowthListener.Summary summary) {
        try {
            Files.writeString(folder.resolve(RunFolder.MANIFEST), "{}\n");
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }
}
