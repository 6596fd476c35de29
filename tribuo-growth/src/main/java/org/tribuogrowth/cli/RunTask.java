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

import java.nio.file.Path;
import java.util.List;
import org.tribuogrowth.provenance.LineSink;
import org.tribuogrowth.training.GrowthListener;

/** The data of a run as it was read: examples, or sequences of them. */
interface RunTask {
    /** The number of examples or sequences to train on. */
    int size();

    /** What they are, for people: {@code examples}. */
    String kind();

    /**
     * The digest of the training data as a trainer takes it.
     *
     * @param connections The other parts of the project.
     * @param trainer     The trainer.
     * @return The SHA-256, 64 lower-case hexadecimal digits.
     * @throws IllegalArgumentException If the data does not suit the configuration.
     */
    String dataDigest(Connections connections, Object trainer);

    /**
     * Trains.
     *
     * @param connections The other parts of the project.
     * @param trainer     The trainer.
     * @param listeners   Who hears the training.
     * @param ledger      Where the ledger is written, a file that does not exist.
     * @param sinks       Who gets the ledger's lines after that.
     * @return The model.
     */
    RunModel train(
            Connections connections, Object trainer, List<GrowthListener> listeners, Path ledger, List<LineSink> sinks);
}
