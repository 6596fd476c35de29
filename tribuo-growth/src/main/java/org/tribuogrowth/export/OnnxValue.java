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

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.TensorInfo;
import java.util.List;

/**
 * An input or the output of a graph.
 *
 * @param name       What it is called.
 * @param type       The type of its numbers: {@code FLOAT}, {@code INT32} or {@code INT64}.
 * @param dimensions The extent of each dimension, or a name for one that is free.
 */
record OnnxValue(String name, DataType type, List<String> dimensions) {
    /** Copies the dimensions. */
    OnnxValue {
        dimensions = List.copyOf(dimensions);
    }

    private static boolean free(String dimension) {
        return !Character.isDigit(dimension.charAt(0));
    }

    /** As a graph declares it. */
    ValueInfoProto proto() {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (String dimension : dimensions) {
            TensorShapeProto.Dimension.Builder extent = shape.addDimBuilder();
            if (free(dimension)) {
                extent.setDimParam(dimension);
            } else {
                extent.setDimValue(Long.parseLong(dimension));
            }
        }
        TypeProto.Tensor tensor = TypeProto.Tensor.newBuilder()
                .setElemType(type.getNumber())
                .setShape(shape)
                .build();
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder().setTensorType(tensor))
                .build();
    }

    /** Whether that is what the runtime found. */
    boolean matches(NodeInfo node) {
        if (node == null || !(node.getInfo() instanceof TensorInfo tensor) || tensor.type != javaType()) {
            return false;
        }
        long[] shape = tensor.getShape();
        boolean same = shape.length == dimensions.size();
        for (int i = 0; same && i < shape.length; i++) {
            same = shape[i] == (free(dimensions.get(i)) ? -1 : Long.parseLong(dimensions.get(i)));
        }
        return same;
    }

    private OnnxJavaType javaType() {
        return switch (type) {
            case FLOAT -> OnnxJavaType.FLOAT;
            case INT32 -> OnnxJavaType.INT32;
            case INT64 -> OnnxJavaType.INT64;
            default -> throw new IllegalArgumentException("No input or output has the type " + type);
        };
    }

    /** In words, for messages. */
    String describe() {
        String numbers =
                switch (type) {
                    case FLOAT -> "floats";
                    case INT32 -> "32-bit whole numbers";
                    default -> "64-bit whole numbers";
                };
        return numbers + " called '" + name + "' and of the shape [" + String.join(", ", dimensions) + "]";
    }
}
