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
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.tribuogrowth.GrownModel;

/** The model of a run, and the data that it is tried on. */
interface RunModel {
    /**
     * Writes the model.
     *
     * @param file Where to.
     * @throws IOException If it cannot be written.
     */
    void serializeToFile(Path file) throws IOException;

    /** The model, if it is one of this project. */
    Optional<GrownModel> grown();

    /** The figures on the test data. */
    RunEvaluation evaluate();

    /**
     * Writes the model for other programs.
     *
     * @param folder  The run folder.
     * @param exports What is written.
     * @return What came of each form.
     */
    List<ExportOutcome> export(RunFolder folder, RunExports exports);
}
