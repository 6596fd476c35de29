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

package org.tribuogrowth.examples.benchmarks;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.Map;

/** ONNX Runtime's Java interface, on a model that the PyTorch worker has exported from the same weights. */
final class OnnxPeer implements Peer {
    /** The name of the model's file in the cell's folder. */
    static final String MODEL = "model.onnx";

    private final CellData data;
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    private final OrtSession session;
    private final OnnxTensor input;
    private final String inputName;
    private final float[] scores;

    OnnxPeer(CellData data, Path folder, int threads) throws OrtException {
        this.data = data;
        options.setIntraOpNumThreads(threads);
        options.setInterOpNumThreads(1);
        session = environment.createSession(folder.resolve(MODEL).toString(), options);
        inputName = session.getInputNames().iterator().next();
        input = input();
        scores = new float[data.labels().length * data.network().classes()];
    }

    private OnnxTensor input() throws OrtException {
        float[] features = data.arranged();
        long[] shape = data.network().inputShape(data.batch());
        if (data.network() instanceof RecurrentNetwork recurrent && recurrent.words() > 0) {
            LongBuffer words = ByteBuffer.allocateDirect(Long.BYTES * features.length)
                    .order(ByteOrder.nativeOrder())
                    .asLongBuffer();
            for (float word : features) {
                words.put((long) word);
            }
            return OnnxTensor.createTensor(environment, words.flip(), shape);
        }
        FloatBuffer buffer = ByteBuffer.allocateDirect(Float.BYTES * features.length)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        buffer.put(features).flip();
        return OnnxTensor.createTensor(environment, buffer, shape);
    }

    @Override
    public String engine() {
        return "ONNX Runtime " + environment.getVersion();
    }

    @Override
    public void step() throws OrtException {
        try (OrtSession.Result result = session.run(Map.of(inputName, input))) {
            ((OnnxTensor) result.get(0)).getFloatBuffer().get(scores);
        }
    }

    @Override
    public double loss() {
        return data.loss(scores, false);
    }

    @Override
    public void close() {
        input.close();
        try {
            session.close();
        } catch (OrtException exception) {
            throw new IllegalStateException("ONNX Runtime cannot close its session", exception);
        }
        options.close();
    }
}
