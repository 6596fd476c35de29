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

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.SparseTensorProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * Stores arrays of mostly zeros as constants with a sparse value: each number that is not zero with its index, 12 bytes. An
 * array is changed if that takes less than its 4 bytes a number. A runtime makes it dense again when it loads the file.
 *
 * <p>ONNX also has sparse initialisers, but by its type rules no operator for matrices or images may read one, whatever
 * runtimes do; what the operator {@code Constant} makes of a sparse value is dense.
 *
 * <p>See: ONNX's {@code SparseTensorProto}, with indices in linear form, and {@code Constant} of opset 13.
 */
final class SparseConstants {
    private static final int DENSE_BYTES = Float.BYTES;
    private static final int SPARSE_BYTES = Float.BYTES + Long.BYTES;

    private SparseConstants() {}

    /**
     * Changes a graph's arrays where that makes them smaller.
     *
     * @param graph A graph whose arrays of floats are stored raw.
     * @return The same graph.
     */
    static GraphProto apply(GraphProto graph) {
        GraphProto.Builder changed = graph.toBuilder().clearInitializer().clearNode();
        for (TensorProto initialiser : graph.getInitializerList()) {
            boolean floats = initialiser.getDataType() == TensorProto.DataType.FLOAT.getNumber();
            int kept = floats ? nonZero(values(initialiser)) : 0;
            int length = initialiser.getRawData().size() / DENSE_BYTES;
            // An array without any value is no sparse tensor that runtimes agree about.
            if (kept > 0 && (long) kept * SPARSE_BYTES < (long) length * DENSE_BYTES) {
                changed.addNode(constant(initialiser.getName(), sparse(initialiser, kept)));
            } else {
                changed.addInitializer(initialiser);
            }
        }
        // After the constants, since an operator comes after those whose results it reads.
        return changed.addAllNode(graph.getNodeList()).build();
    }

    private static NodeProto constant(String name, SparseTensorProto value) {
        return NodeProto.newBuilder()
                .setOpType("Constant")
                .setName(name)
                .addOutput(name)
                .addAttribute(AttributeProto.newBuilder()
                        .setName("sparse_value")
                        .setType(AttributeProto.AttributeType.SPARSE_TENSOR)
                        .setSparseTensor(value))
                .build();
    }

    private static FloatBuffer values(TensorProto initialiser) {
        return initialiser
                .getRawData()
                .asReadOnlyByteBuffer()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer();
    }

    private static int nonZero(FloatBuffer values) {
        int count = 0;
        for (int i = 0; i < values.limit(); i++) {
            count += values.get(i) == 0 ? 0 : 1;
        }
        return count;
    }

    private static SparseTensorProto sparse(TensorProto initialiser, int kept) {
        FloatBuffer all = values(initialiser);
        ByteBuffer values = ByteBuffer.allocate(kept * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer indices = ByteBuffer.allocate(kept * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < all.limit(); i++) {
            if (all.get(i) != 0) {
                values.putFloat(all.get(i));
                indices.putLong(i);
            }
        }
        return SparseTensorProto.newBuilder()
                .setValues(TensorProto.newBuilder()
                        .setName(initialiser.getName())
                        .setDataType(TensorProto.DataType.FLOAT.getNumber())
                        .addDims(kept)
                        .setRawData(ByteString.copyFrom(values.flip())))
                .setIndices(TensorProto.newBuilder()
                        .setDataType(TensorProto.DataType.INT64.getNumber())
                        .addDims(kept)
                        .setRawData(ByteString.copyFrom(indices.flip())))
                .addAllDims(initialiser.getDimsList())
                .build();
    }
}
