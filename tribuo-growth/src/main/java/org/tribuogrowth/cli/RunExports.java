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

import java.util.ArrayList;
import java.util.List;
import org.tribuogrowth.Dl4jExporter;
import org.tribuogrowth.OnnxExporter;
import org.tribuogrowth.architecture.Cost;

/**
 * What a run writes for other programs, besides the model.
 *
 * @param onnx      Whether {@value RunFolder#ONNX} is written.
 * @param dl4j      Whether {@value RunFolder#DL4J} is written.
 * @param sizes     Whether sizes of files and latencies are measured, see {@link RunSizes}.
 * @param tolerance The largest difference between scores of the model and of the program that a file is for.
 */
record RunExports(boolean onnx, boolean dl4j, boolean sizes, double tolerance) {
    /** Nothing. */
    static final RunExports NONE = new RunExports(false, false, false, 0.0);

    boolean any() {
        return onnx || dl4j;
    }

    /**
     * Writes the files.
     *
     * @param folder   The run folder.
     * @param onnxForm Exports the model to ONNX.
     * @param dl4jForm Exports the model to DL4J.
     * @param cost     What the model costs, by which DL4J, which is slow, gets fewer examples.
     * @param data     The examples to compare on.
     * @param <E>      The type of the examples.
     * @return What came of each.
     */
    <E> List<ExportOutcome> write(
            RunFolder folder, OnnxExporter<E> onnxForm, Dl4jExporter<E> dl4jForm, Cost cost, VerificationData<E> data) {
        List<ExportOutcome> outcomes = new ArrayList<>();
        if (onnx) {
            outcomes.add(ExportOutcome.onnx(folder, onnxForm, data, tolerance));
        }
        if (dl4j) {
            outcomes.add(ExportOutcome.dl4j(folder, dl4jForm, data.first(Dl4jExport.mostExamples(cost)), tolerance));
        }
        return outcomes;
    }
}
