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

import java.util.ArrayList;
import java.util.List;
import org.tribuo.Example;
import org.tribuo.Output;
import org.tribuogrowth.data.BoundLayout;
import org.tribuogrowth.export.Dl4jDescription;
import org.tribuogrowth.export.Dl4jFile;
import org.tribuogrowth.export.Dl4jRun;
import org.tribuogrowth.export.ExportException;
import org.tribuogrowth.export.ExportVerification;
import org.tribuogrowth.export.ExportedNetwork;
import org.tribuogrowth.export.OnnxMetadata;
import org.tribuogrowth.export.ScoreComparison;

/**
 * Writes a model as a file of stock DL4J, and runs such a file with DL4J to see that it computes what the model does.
 *
 * @param <T> The output type.
 */
public final class Dl4jExporter<T extends Output<T>> {
    /** Small, since DL4J takes much memory for an image. */
    private static final int BATCH = 16;

    private final GrowthModel<T> model;
    private final BoundLayout layout;

    Dl4jExporter(GrowthModel<T> model, BoundLayout layout) {
        this.model = model;
        this.layout = layout;
    }

    /**
     * The model as a file that {@code ModelSerializer.restoreComputationGraph} reads. It has not been run.
     *
     * @return The bytes, the same for the same model.
     * @throws IllegalArgumentException If DL4J cannot compute what the model does.
     */
    public byte[] bytes() {
        OnnxMetadata metadata = model.onnxExporter().metadata();
        return Dl4jFile.write(
                network(),
                new Dl4jDescription(
                        metadata.ledgerHead(),
                        metadata.architectureDigest(),
                        metadata.weightsDigest(),
                        metadata.features(),
                        metadata.outputType(),
                        metadata.outputs()));
    }

    private ExportedNetwork network() {
        return model.onnxExporter().network();
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
    public VerifiedDl4j export(Iterable<Example<T>> examples, double tolerance) {
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
    public ExportVerification verify(byte[] file, Iterable<Example<T>> examples, double tolerance) {
        ScoreComparison comparison = model.onnxExporter().comparison();
        try (Dl4jRun run = new Dl4jRun(file, layout.shape())) {
            List<Example<T>> batch = new ArrayList<>(BATCH);
            for (Example<T> example : examples) {
                batch.add(example);
                if (batch.size() == BATCH) {
                    compare(batch, run, comparison);
                    batch.clear();
                }
            }
            if (!batch.isEmpty()) {
                compare(batch, run, comparison);
            }
        }
        return comparison.result(tolerance);
    }

    private void compare(List<Example<T>> batch, Dl4jRun run, ScoreComparison comparison) {
        int length = layout.length();
        float[] rows = new float[Math.multiplyExact(batch.size(), length)];
        for (int i = 0; i < batch.size(); i++) {
            layout.write(batch.get(i), rows, i * length);
        }
        float[] expected = model.scores(batch, batch.size()).values();
        int positions = model.architecture().outputPositions();
        comparison.add(expected, run.run(rows, batch.size()), batch.size(), positions);
    }
}
