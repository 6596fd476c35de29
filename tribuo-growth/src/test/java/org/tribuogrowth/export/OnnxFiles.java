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

import ai.onnx.proto.OnnxMl.ModelProto;
import java.util.Optional;
import java.util.stream.IntStream;
import org.tribuo.util.onnx.ONNXOperators;
import org.tribuogrowth.network.NetworkParameters;

/** Graphs as files that a runtime takes. */
final class OnnxFiles {
    private OnnxFiles() {}

    /** A network whose features are its input's values in their order, without more. */
    static ExportedNetwork plain(NetworkParameters parameters) {
        int length = ExportedNetwork.length(parameters.architecture().input());
        return new ExportedNetwork(
                parameters, IntStream.range(0, length).boxed().toList(), Optional.empty(), Optional.empty());
    }

    static ModelProto model(ExportedNetwork network) {
        return ModelProto.newBuilder()
                .setIrVersion(6)
                .addOpsetImport(ONNXOperators.getOpsetProto())
                .setGraph(OnnxModel.graph(network))
                .build();
    }

    /** The scores that ONNX Runtime gives. */
    static float[] run(ExportedNetwork network, float[] batch, int rows) {
        return run(OnnxModel.bytes(model(network)), network, batch, rows);
    }

    static float[] run(byte[] file, ExportedNetwork network, float[] batch, int rows) {
        try (OnnxVerifier runtime = new OnnxVerifier(file, OnnxSignature.of(network))) {
            return runtime.run(batch, rows);
        }
    }
}
