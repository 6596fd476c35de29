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
import org.tribuogrowth.provenance.LineSink;
import org.tribuogrowth.training.GrowthListener;

/** What the commands need of the other parts of the project. */
interface Connections {
    /** The class of trainers that {@code train} takes. */
    Class<?> trainerClass();

    /**
     * The digest of a trainer's configuration, which the ledger of its next training will carry.
     *
     * @param trainer A trainer of {@link #trainerClass()}.
     * @return The SHA-256, 64 lower-case hexadecimal digits.
     */
    String configurationDigest(Object trainer);

    /**
     * Makes the next training of a trainer the one of a number.
     *
     * @param trainer A trainer of {@link #trainerClass()}.
     * @param count   The number, 0 for the first.
     */
    void setInvocationCount(Object trainer, int count);

    /**
     * The digest of training data as a trainer takes it, which the ledger of its training on it will carry.
     *
     * @param trainer A trainer of {@link #trainerClass()}.
     * @param data    The training data.
     * @param <T>     The output type.
     * @return The SHA-256, 64 lower-case hexadecimal digits.
     * @throws IllegalArgumentException If the data does not suit the configuration.
     */
    <T extends Output<T>> String dataDigest(Object trainer, Dataset<T> data);

    /**
     * The rows of its data that a training held out for validation.
     *
     * @param trainer A trainer of {@link #trainerClass()}.
     * @param rows    The number of examples of the data.
     * @param seed    The seed in the ledger's first event.
     * @return The rows, ascending; none if nothing was held out.
     */
    int[] validationRows(Object trainer, int rows, long seed);

    /**
     * Trains.
     *
     * @param trainer   A trainer of {@link #trainerClass()}.
     * @param data      The training data.
     * @param listeners Who hears the training.
     * @param ledger    Where the ledger is written, a file that does not exist.
     * @param sinks     Who gets the ledger's lines after that.
     * @param <T>       The output type.
     * @return The compact model.
     * @throws IllegalArgumentException Before the start, if the data does not suit the configuration.
     * @throws org.tribuogrowth.training.TrainingDivergedException If the loss is no number any more.
     * @throws org.tribuogrowth.training.CompactionException If the compact network is not what was trained.
     */
    <T extends Output<T>> Model<T> train(
            Object trainer, Dataset<T> data, List<GrowthListener> listeners, Path ledger, List<LineSink> sinks);

    /**
     * The digest of training data of sequences as a trainer takes it, which the ledger of its training on it will carry.
     *
     * @param trainer A trainer of {@link #trainerClass()} for sequences.
     * @param data    The training data.
     * @return The SHA-256, 64 lower-case hexadecimal digits.
     * @throws IllegalArgumentException If the data does not suit the configuration.
     */
    String dataDigest(Object trainer, SequenceDataset<Label> data);

    /**
     * Trains on sequences.
     *
     * @param trainer   A trainer of {@link #trainerClass()} for sequences.
     * @param data      The training data.
     * @param listeners Who hears the training.
     * @param ledger    Where the ledger is written, a file that does not exist.
     * @param sinks     Who gets the ledger's lines after that.
     * @return The compact model.
     * @throws IllegalArgumentException Before the start, if the data does not suit the configuration.
     * @throws org.tribuogrowth.training.TrainingDivergedException If the loss is no number any more.
     * @throws org.tribuogrowth.training.CompactionException If the compact network is not what was trained.
     */
    SequenceModel<Label> train(
            Object trainer,
            SequenceDataset<Label> data,
            List<GrowthListener> listeners,
            Path ledger,
            List<LineSink> sinks);

    /**
     * Runs an audit command.
     *
     * @param words The words after {@code audit}.
     * @param out   Where results go.
     * @param err   Where messages go.
     * @return The exit code.
     */
    int audit(List<String> words, PrintStream out, PrintStream err);

    /**
     * Writes the report of a run that has just ended: a page for a browser.
     *
     * @param folder The run folder, whose other files are written but for the manifest.
     * @param file   The page, a file that does not exist.
     * @throws IOException If it cannot be written.
     */
    void writeReport(Path folder, Path file) throws IOException;

    /**
     * Writes the manifest of a run folder: the digest of every other file in it, and the end of the ledger.
     *
     * @param folder  The run folder.
     * @param files   The names of its files.
     * @param summary What came of the training.
     */
    void writeManifest(Path folder, Collection<String> files, GrowthListener.Summary summary);
}
