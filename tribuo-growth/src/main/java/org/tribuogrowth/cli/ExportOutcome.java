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

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.tribuogrowth.Dl4jExporter;
import org.tribuogrowth.OnnxExporter;
import org.tribuogrowth.VerifiedDl4j;
import org.tribuogrowth.VerifiedOnnx;
import org.tribuogrowth.export.ExportException;
import org.tribuogrowth.export.ExportVerification;

/**
 * What came of a form of the model that a run writes for other programs, compared with the model in the program that it is
 * for. A file that does not compute what the model does is not written.
 *
 * @param name         The form's name in {@value RunFolder#EVALUATION}.
 * @param file         The file in the run folder.
 * @param program      What ran it, for people.
 * @param kind         The examples on which it was compared, for people.
 * @param bytes        The file's size, empty if it was not written.
 * @param verification What the comparison said, empty if the file was not written.
 * @param failure      Why it was not written.
 * @param seconds      The seconds that writing and comparing took.
 */
record ExportOutcome(
        String name,
        String file,
        String program,
        String kind,
        OptionalLong bytes,
        Optional<ExportVerification> verification,
        Optional<String> failure,
        double seconds) {
    private static final String ONNX = "onnx";
    private static final String DL4J = "dl4j";

    /** The names of all forms. */
    static final List<String> NAMES = List.of(ONNX, DL4J);

    /** Writes a file that was compared, and says what the comparison was like. */
    private interface Export {
        ExportVerification write();
    }

    /**
     * Exports a model to ONNX.
     *
     * @param folder    The run folder.
     * @param exporter  Exports the model.
     * @param data      The examples to compare on.
     * @param tolerance The largest difference that is allowed.
     * @param <E>       The type of the examples.
     * @return What came of it.
     */
    static <E> ExportOutcome onnx(
            RunFolder folder, OnnxExporter<E> exporter, VerificationData<E> data, double tolerance) {
        return of(ONNX, RunFolder.ONNX, "ONNX Runtime", data.kind(), folder, () -> {
            VerifiedOnnx onnx = exporter.export(false, data.examples(), tolerance);
            folder.write(RunFolder.ONNX, onnx.bytes());
            return onnx.verification();
        });
    }

    /**
     * Exports a model to stock DL4J.
     *
     * @param folder    The run folder.
     * @param exporter  Exports the model.
     * @param data      The examples to compare on, as few as DL4J's pace asks for.
     * @param tolerance The largest difference that is allowed.
     * @param <E>       The type of the examples.
     * @return What came of it.
     */
    static <E> ExportOutcome dl4j(
            RunFolder folder, Dl4jExporter<E> exporter, VerificationData<E> data, double tolerance) {
        return of(DL4J, RunFolder.DL4J, "DL4J", data.kind(), folder, () -> {
            VerifiedDl4j archive = exporter.export(data.examples(), tolerance);
            folder.write(RunFolder.DL4J, archive.bytes());
            return archive.verification();
        });
    }

    private static ExportOutcome of(
            String name, String file, String program, String kind, RunFolder folder, Export export) {
        long start = System.nanoTime();
        OptionalLong bytes = OptionalLong.empty();
        Optional<ExportVerification> verification = Optional.empty();
        Optional<String> failure = Optional.empty();
        try {
            verification = Optional.of(export.write());
            bytes = OptionalLong.of(folder.size(file));
        } catch (ExportException exception) {
            failure = Optional.of(exception.getMessage());
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        return new ExportOutcome(name, file, program, kind, bytes, verification, failure, seconds);
    }

    /** For instance "12,345 bytes, verified in ONNX Runtime on 600 validation examples: largest difference ...". */
    String text() {
        return verification
                .map(found -> Text.count(bytes.orElseThrow()) + " bytes, verified in " + program + " on "
                        + found.describe(kind))
                .orElseGet(() -> "not written: " + failure.orElseThrow());
    }

    /** The content for {@value RunFolder#EVALUATION}. */
    Map<String, Object> json() {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("file", failure.isPresent() ? null : file);
        object.put("bytes", bytes.isPresent() ? bytes.getAsLong() : null);
        object.put("comparedOn", kind);
        verification.ifPresent(found -> {
            object.put("examples", found.examples());
            if (found.decisions() != found.examples()) {
                object.put("positions", found.decisions());
            }
            object.put("largestDifference", Json.number(found.largestDifference()));
            object.put("decidedAlike", found.agreeing().orElse(null));
            object.put("largestRelativeDifference", found.largestRelative().orElse(null));
            object.put("tolerance", found.tolerance());
        });
        object.put("failure", failure.orElse(null));
        return object;
    }
}
