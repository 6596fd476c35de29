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

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tribuogrowth.architecture.Activation;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.architecture.family.MlpFamily;
import org.tribuogrowth.network.CompactSamples;
import org.tribuogrowth.network.NetworkParameters;
import org.tribuogrowth.network.SampleArchitectures;

/** Sparse arrays as ONNX Runtime takes them, of convolutions as well as of matrices. */
class SparseConstantsTest {
    private static void assertSameScoresInFewerBytes(Architecture architecture, String... sparse) {
        NetworkParameters parameters = CompactSamples.masked(architecture, 50, 3);
        ExportedNetwork network = OnnxFiles.plain(parameters);
        float[] batch = CompactSamples.batch(architecture, 4);
        ModelProto dense = OnnxFiles.model(network);

        ModelProto found = OnnxModel.sparse(dense);

        assertThat(found.getGraph().getNodeList())
                .filteredOn(node -> node.getOpType().equals("Constant"))
                .extracting(NodeProto::getName)
                .containsExactly(sparse);
        assertThat(found.getGraph().getInitializerList())
                .extracting(TensorProto::getName)
                .doesNotContain(sparse);
        assertThat(found.getSerializedSize()).isLessThan(dense.getSerializedSize());
        assertThat(OnnxFiles.run(OnnxModel.bytes(found), network, batch, CompactSamples.rows()))
                .containsExactly(OnnxFiles.run(network, batch, CompactSamples.rows()));
    }

    @Test
    void matrices() {
        Architecture architecture =
                new MlpFamily(List.of(60, 40)).architecture(new Shape.Vector(80, 1), 3, Activation.SOFTMAX);
        assertSameScoresInFewerBytes(architecture, "hidden1/weight", "hidden2/weight", "output/weight");
    }

    @Test
    void convolutions() {
        assertSameScoresInFewerBytes(
                SampleArchitectures.residual(Activation.RELU),
                "stem/weight",
                "a1/weight",
                "a2/weight",
                "b1/weight",
                "b2/weight",
                "projection/weight",
                "output/weight");
    }

    @Test
    void arraysThatWouldNotBeSmallerStayDense() {
        NetworkParameters half = CompactSamples.masked(SampleArchitectures.dense(Activation.RELU, 0), 2, 3);
        ModelProto dense = OnnxFiles.model(OnnxFiles.plain(half));

        assertThat(OnnxModel.sparse(dense)).isEqualTo(dense);
    }
}
