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
import java.util.Map;
import java.util.Optional;
import org.tribuo.Output;
import org.tribuogrowth.GrowthModel;
import org.tribuogrowth.VerifiedOnnx;
import org.tribuogrowth.export.OnnxException;
import org.tribuogrowth.export.OnnxVerification;

/**
 * What came of {@value RunFolder#ONNX} of a run.
 *
 * @param kind    The examples on which it was compared, for people.
 * @param onnx    The file, empty if it was not written.
 * @param failure Why it was not written.
 * @param seconds The seconds that writing and comparing took.
 */
record OnnxOutcome(String kind, Optional<VerifiedOnnx> onnx, Optional<String> failure, double seconds) {
    /**
     * Exports a model into its run folder. A file that does not compute what the model does is not written.
     *
     * @param folder    The run folder.
     * @param model     The model.
     * @param data      The examples to compare on.
     * @param tolerance The largest difference that is allowed.
     * @param <T>       The output type.
     * @return What came of it.
     */
    static <T extends Output<T>> OnnxOutcome write(
            RunFolder folder, GrowthModel<T> model, VerificationData<T> data, double tolerance) {
        long start = System.nanoTime();
        try {
            VerifiedOnnx onnx = model.onnxExporter().export(false, data.examples(), tolerance);
            folder.write(RunFolder.ONNX, onnx.bytes());
            return new OnnxOutcome(data.kind(), Optional.of(onnx), Optional.empty(), seconds(start));
        } catch (OnnxException exception) {
            return new OnnxOutcome(data.kind(), Optional.empty(), Optional.of(exception.getMessage()), seconds(start));
        }
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    /** The line for the run's summary. */
    String text() {
        return onnx.map(file -> text(kind, file)).orElseGet(() -> "not written: " + failure.orElseThrow());
    }

    /** For instance "12,345 bytes, verified in ONNX Runtime on 600 validation examples: largest difference ...". */
    static String text(String kind, VerifiedOnnx onnx) {
        return Text.count(onnx.bytes().length) + " bytes, verified in ONNX Runtime on "
                + onnx.verification().describe(kind);
    }

    /** The content for {@value RunFolder#EVALUATION}. */
    Map<String, Object> json() {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("file", onnx.map(file -> RunFolder.ONNX).orElse(null));
        object.put("bytes", onnx.map(file -> file.bytes().length).orElse(null));
        object.put("comparedOn", kind);
        if (onnx.isPresent()) {
            OnnxVerification verification = onnx.get().verification();
            object.put("examples", verification.examples());
            object.put("largestDifference", Json.number(verification.largestDifference()));
            object.put("decidedAlike", verification.agreeing().orElse(null));
            object.put(
                    "largestRelativeDifference", verification.largestRelative().orElse(null));
            object.put("tolerance", verification.tolerance());
        }
        object.put("failure", failure.orElse(null));
        return object;
    }
}
