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

import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.tribuo.util.onnx.ONNXAttribute;
import org.tribuo.util.onnx.ONNXOperator;

/**
 * The operators of ONNX opset 13 that deep networks are made of and that Tribuo's own {@link
 * org.tribuo.util.onnx.ONNXOperators} do not have. Where an operator has an older version than the opset's, the opset means that
 * one.
 *
 * <p>See: the operators' schemas of ONNX 1.8, domain {@code ai.onnx}.
 */
public enum DeepOperator implements ONNXOperator {
    /** Convolution of {@code [batch, channels, height, width]} by {@code [units, channels / group, kernel, kernel]}. */
    CONVOLUTION("Conv", 2, 1, ints("dilations"), integer("group"), ints("kernel_shape"), ints("pads"), ints("strides")),
    /** The largest value of each window; padding is never the largest. */
    MAX_POOL("MaxPool", 1, 0, ints("kernel_shape"), ints("pads"), ints("strides")),
    /** The mean of each window, by default over those of its places that are not padding. */
    AVERAGE_POOL(
            "AveragePool", 1, 0, integer("count_include_pad"), ints("kernel_shape"), ints("pads"), ints("strides")),
    /** The largest value of each channel; height and width become 1. */
    GLOBAL_MAX_POOL("GlobalMaxPool", 1, 0),
    /** The mean of each channel; height and width become 1. */
    GLOBAL_AVERAGE_POOL("GlobalAveragePool", 1, 0),
    /** Normalisation by running statistics: input, scale, shift, mean, variance. */
    BATCH_NORMALISATION("BatchNormalization", 5, 0, decimal("epsilon")),
    /** The rectified linear unit. */
    RELU("Relu", 1, 0),
    /** The hyperbolic tangent. */
    TANH("Tanh", 1, 0),
    /** All dimensions from {@code axis} on become one. */
    FLATTEN("Flatten", 1, 0, integer("axis")),
    /** The same values in another shape, which the second input gives; 0 in it keeps a dimension as it is. */
    RESHAPE("Reshape", 2, 0),
    /** Adds places with a constant, by default 0; the second input says how many before and after each dimension. */
    PAD("Pad", 2, 1),
    /**
     * Long short-term memory of {@code [steps, batch, inputs]}: the weights of the inputs, those of the units, both biases
     * one after the other, and how many steps each sequence has. The gates are in the order input, output, forget, cell.
     * Its first result, the only one used, is {@code [steps, 1, batch, units]}.
     */
    LSTM("LSTM", 3, 2, mandatory("hidden_size", AttributeType.INT)),
    /** The matrix product, over the last two dimensions. */
    MATRIX_PRODUCT("MatMul", 2, 0),
    /** The dimensions in another order. */
    TRANSPOSE("Transpose", 1, 0, mandatory("perm", AttributeType.INTS)),
    /** Without the dimensions of extent 1 that the second input names. */
    SQUEEZE("Squeeze", 2, 0),
    /** A slice of the first input for each index of the second; both share their first {@code batch_dims} dimensions. */
    GATHER_ND("GatherND", 2, 0, integer("batch_dims")),
    /** An image at another size: the image, a region that is not used here, the scale of each dimension. */
    RESIZE(
            "Resize",
            3,
            0,
            mandatory("coordinate_transformation_mode", AttributeType.STRING),
            mandatory("mode", AttributeType.STRING),
            text("nearest_mode"));

    /** The version of the operator set. */
    public static final int OPSET_VERSION = 13;

    private final String operator;
    private final int inputs;
    private final int optionalInputs;
    private final Map<String, ONNXAttribute> attributes;

    DeepOperator(String operator, int inputs, int optionalInputs, ONNXAttribute... attributes) {
        this.operator = operator;
        this.inputs = inputs;
        this.optionalInputs = optionalInputs;
        Map<String, ONNXAttribute> byName = new LinkedHashMap<>();
        for (ONNXAttribute attribute : attributes) {
            byName.put(attribute.getName(), attribute);
        }
        this.attributes = Collections.unmodifiableMap(byName);
    }

    private static ONNXAttribute ints(String name) {
        return new ONNXAttribute(name, AttributeType.INTS, name.equals("kernel_shape"));
    }

    private static ONNXAttribute mandatory(String name, AttributeType type) {
        return new ONNXAttribute(name, type, true);
    }

    private static ONNXAttribute text(String name) {
        return new ONNXAttribute(name, AttributeType.STRING, false);
    }

    private static ONNXAttribute integer(String name) {
        return new ONNXAttribute(name, AttributeType.INT, false);
    }

    private static ONNXAttribute decimal(String name) {
        return new ONNXAttribute(name, AttributeType.FLOAT, false);
    }

    @Override
    public String getOpName() {
        return operator;
    }

    @Override
    public int getNumInputs() {
        return inputs;
    }

    @Override
    public int getNumOptionalInputs() {
        return optionalInputs;
    }

    @Override
    public int getNumOutputs() {
        return 1;
    }

    @Override
    public Map<String, ONNXAttribute> getAttributes() {
        return attributes;
    }

    @Override
    public Set<String> getMandatoryAttributeNames() {
        return List.copyOf(attributes.values()).stream()
                .filter(ONNXAttribute::isMandatory)
                .map(ONNXAttribute::getName)
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public int getOpVersion() {
        return OPSET_VERSION;
    }

    /**
     * The domain of the operators.
     *
     * @return Null, which Tribuo takes for ONNX's own.
     */
    @Override
    public String getOpDomain() {
        return null;
    }

    @Override
    public OperatorSetIdProto opsetProto() {
        // The default sets the domain, which cannot be null in a message.
        return OperatorSetIdProto.newBuilder().setVersion(OPSET_VERSION).build();
    }
}
