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

package org.tribuogrowth;

import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.export.Dl4jDescription;
import org.tribuogrowth.export.Dl4jFile;
import org.tribuogrowth.export.Dl4jRun;
import org.tribuogrowth.export.ExportException;
import org.tribuogrowth.export.ExportVerification;
import org.tribuogrowth.export.OnnxMetadata;
import org.tribuogrowth.export.ScoreComparison;

/**
 * Writes a model as a file of stock DL4J, and runs such a file with DL4J to see that it computes what the model does.
 *
 * @param <E> The type of the model's examples.
 */
public final class Dl4jExporter<E> {
    /** Small, since DL4J takes much memory for an image. */
    private static final int BATCH = 16;

    private final ExportedModel<E> exported;

    Dl4jExporter(ExportedModel<E> exported) {
        this.exported = exported;
    }

    /**
     * The model as a file that {@code ModelSerializer.restoreComputationGraph} reads. It has not been run.
     *
     * @return The bytes, the same for the same model.
     * @throws IllegalArgumentException If DL4J cannot compute what the model does.
     */
    public byte[] bytes() {
        OnnxMetadata metadata = new OnnxExporter<>(exported).metadata();
        return Dl4jFile.write(
                exported.network(),
                new Dl4jDescription(
                        metadata.ledgerHead(),
                        metadata.architectureDigest(),
                        metadata.weightsDigest(),
                        metadata.features(),
                        metadata.outputType(),
                        metadata.outputs()));
    }

    /**
     * Exports the model, runs the result with DL4J and compares.
     *
     * @param examples  What both are to compute.
     * @param tolerance The largest difference of two scores that is allowed, see {@link ExportVerification}.
     * @return The bytes of the file, and what the comparison said.
     * @throws ExportException            If DL4J cannot compute what the model does, there is no example, or a difference is
     *                                  above the tolerance.
     * @throws IllegalArgumentException If an example has no feature that the model knows.
     */
    public VerifiedDl4j export(Iterable<E> examples, double tolerance) {
        byte[] bytes;
        try {
            bytes = bytes();
        } catch (IllegalArgumentException e) {
            throw new ExportException("The model cannot be exported to DL4J: " + e.getMessage(), e);
        }
        ExportVerification verification = verify(bytes, examples, tolerance);
        if (!verification.passed()) {
            throw new ExportException("The exported model, run with DL4J, does not compute what the model does: "
                    + verification.describe("examples"));
        }
        return new VerifiedDl4j(bytes, verification);
    }

    /**
     * Runs a file with DL4J and compares it with the model. The file must be one that was written here: DL4J makes objects
     * of whatever a file names.
     *
     * @param file      The bytes of the file.
     * @param examples  What both are to compute.
     * @param tolerance The largest difference of two scores that is allowed, see {@link ExportVerification}.
     * @return What the comparison said.
     * @throws IllegalArgumentException If an example has no feature that the model knows.
     */
    public ExportVerification verify(byte[] file, Iterable<E> examples, double tolerance) {
        ScoreComparison comparison = exported.comparison();
        Shape input = exported.compact().parameters().architecture().input();
        try (Dl4jRun run = new Dl4jRun(file, input)) {
            ExportedModel.inBatches(
                    examples, exported.batchSize(BATCH), batch -> exported.compare(batch, run, comparison));
        }
        return comparison.result(tolerance);
    }
}
