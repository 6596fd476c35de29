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

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Map;

/** Runs an exported model in ONNX Runtime, on the CPU. */
public final class OnnxVerifier implements AutoCloseable {
    /** The name of the input. */
    public static final String INPUT = "input";

    /** The name of the output. */
    public static final String OUTPUT = "output";

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final int features;
    private final int outputs;

    /**
     * Loads a model.
     *
     * @param model    The bytes of its file.
     * @param features The number of features that its input must have.
     * @param outputs  The number of outputs that its output must have.
     * @throws ExportException If the runtime does not take it, or cannot be loaded itself, or input and output are others.
     */
    public OnnxVerifier(byte[] model, int features, int outputs) {
        this.features = features;
        this.outputs = outputs;
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
            check(session.getInputInfo(), INPUT, features);
            check(session.getOutputInfo(), OUTPUT, outputs);
        } catch (OrtException | ExportException e) {
            close();
            throw e instanceof ExportException known ? known : new ExportException(e.getMessage(), e);
        }
    }

    private static void check(Map<String, NodeInfo> found, String name, int width) {
        NodeInfo node = found.get(name);
        if (found.size() != 1
                || node == null
                || !(node.getInfo() instanceof TensorInfo tensor)
                || tensor.type != OnnxJavaType.FLOAT
                || !Arrays.equals(tensor.getShape(), new long[] {-1, width})) {
            throw new ExportException("The exported model should have one " + name + " of floats called '" + name
                    + "' and of the shape [batch, " + width + "], found " + found.values());
        }
    }

    /**
     * Runs the model.
     *
     * @param rows  Feature values, row after row.
     * @param count The number of rows.
     * @return Scores, row after row.
     * @throws ExportException If the runtime fails.
     */
    public float[] run(float[] rows, int count) {
        FloatBuffer values = FloatBuffer.wrap(rows, 0, Math.multiplyExact(count, features));
        try (OnnxTensor input = OnnxTensor.createTensor(environment, values, new long[] {count, features});
                OrtSession.Result result = session.run(Map.of(INPUT, input))) {
            FloatBuffer scores = ((OnnxTensor) result.get(0)).getFloatBuffer();
            if (scores.remaining() != count * outputs) {
                throw new ExportException("The exported model gives " + scores.remaining() + " scores for " + count
                        + " examples, expected " + count * outputs);
            }
            float[] found = new float[scores.remaining()];
            scores.get(found);
            return found;
        } catch (OrtException e) {
            throw new ExportException("ONNX Runtime cannot run the exported model: " + e.getMessage(), e);
        }
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
