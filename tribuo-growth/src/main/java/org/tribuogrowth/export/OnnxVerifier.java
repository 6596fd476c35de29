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

package org.tribuogrowth.export;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.Map;

/** Runs an exported model in ONNX Runtime, on the CPU. */
public final class OnnxVerifier implements AutoCloseable {
    /** The name of the input. */
    public static final String INPUT = "input";

    /** The name of the input with the lengths of sequences. */
    public static final String LENGTHS = "lengths";

    /** The name of the output. */
    public static final String OUTPUT = "output";

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final OnnxSignature signature;

    /**
     * Loads a model.
     *
     * @param model     The bytes of its file.
     * @param signature The inputs and the output that it must have.
     * @throws ExportException If the runtime does not take it, or cannot be loaded itself, or input and output are others.
     */
    public OnnxVerifier(byte[] model, OnnxSignature signature) {
        this.signature = signature;
        try {
            environment = OrtEnvironment.getEnvironment();
            // On Windows the runtime would report its use to its maker.
            environment.setTelemetry(false);
            try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
                // What it warns of is told by what is thrown, or by numbers that differ.
                options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
                session = environment.createSession(model, options);
            }
        } catch (OrtException e) {
            throw new ExportException("ONNX Runtime does not take the exported model: " + e.getMessage(), e);
        } catch (LinkageError e) {
            throw new ExportException("ONNX Runtime cannot be loaded here: " + e.getMessage(), e);
        }
        try {
            signature.check(session.getInputInfo(), session.getOutputInfo());
        } catch (OrtException | ExportException e) {
            close();
            throw e instanceof ExportException known ? known : new ExportException(e.getMessage(), e);
        }
    }

    /**
     * Runs a model of examples with one row of features each.
     *
     * @param rows  Feature values, row after row.
     * @param count The number of rows.
     * @return Scores, row after row; of each row position after position, units fastest.
     * @throws ExportException          If the runtime fails.
     * @throws IllegalArgumentException If the model's examples are sequences of any length.
     */
    public float[] run(float[] rows, int count) {
        if (signature.stepwise()) {
            throw new IllegalArgumentException("The examples of the exported model are sequences, which need lengths");
        }
        long[] shape = {count, signature.width()};
        FloatBuffer values = FloatBuffer.wrap(rows, 0, Math.multiplyExact(count, signature.width()));
        try (OnnxTensor input = OnnxTensor.createTensor(environment, values, shape)) {
            return run(Map.of(INPUT, input), signature.scores(count, 0));
        } catch (OrtException e) {
            throw failure(e);
        }
    }

    /**
     * Runs a model of sequences.
     *
     * @param values  Feature values, {@code [sequences][steps][features]}, or the numbers of tokens, {@code
     *                [sequences][steps]}.
     * @param lengths How many steps each sequence has, from 1 to the number of steps.
     * @return Scores, sequence after sequence; of each sequence step after step if steps have scores. Those after a
     *     sequence's end mean nothing.
     * @throws ExportException          If the runtime fails.
     * @throws IllegalArgumentException If the model's examples are rows of features.
     */
    public float[] run(float[] values, int[] lengths) {
        if (!signature.stepwise()) {
            throw new IllegalArgumentException("The examples of the exported model are rows, which have no lengths");
        }
        int steps = values.length / signature.width() / lengths.length;
        try (OnnxTensor input = steps(values, lengths.length, steps);
                OnnxTensor counts =
                        OnnxTensor.createTensor(environment, IntBuffer.wrap(lengths), new long[] {lengths.length})) {
            return run(Map.of(INPUT, input, LENGTHS, counts), signature.scores(lengths.length, steps));
        } catch (OrtException e) {
            throw failure(e);
        }
    }

    private OnnxTensor steps(float[] values, int sequences, int steps) throws OrtException {
        if (signature.tokens()) {
            long[] tokens = new long[values.length];
            for (int i = 0; i < tokens.length; i++) {
                tokens[i] = (long) values[i];
            }
            return OnnxTensor.createTensor(environment, LongBuffer.wrap(tokens), new long[] {sequences, steps});
        }
        long[] shape = {sequences, steps, signature.width()};
        return OnnxTensor.createTensor(environment, FloatBuffer.wrap(values), shape);
    }

    private float[] run(Map<String, OnnxTensor> inputs, int expected) throws OrtException {
        try (OrtSession.Result result = session.run(inputs)) {
            FloatBuffer scores = ((OnnxTensor) result.get(0)).getFloatBuffer();
            if (scores.remaining() != expected) {
                throw new ExportException(
                        "The exported model gives " + scores.remaining() + " scores, expected " + expected);
            }
            float[] found = new float[scores.remaining()];
            scores.get(found);
            return found;
        }
    }

    private static ExportException failure(OrtException e) {
        return new ExportException("ONNX Runtime cannot run the exported model: " + e.getMessage(), e);
    }

    /** Frees the runtime's memory. */
    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new ExportException("ONNX Runtime cannot free the exported model: " + e.getMessage(), e);
        }
    }
}
