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

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnxruntime.NodeInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.Shape;

/**
 * What goes into the graph of a network and what comes out of it, with names, types and shapes. Immutable.
 *
 * <p>Examples of one row each go in as {@code input [batch, features]}. Sequences go in as {@code input [batch, steps,
 * features]}, tokens as {@code input [batch, steps]} of 64-bit whole numbers, and both with {@code lengths [batch]} of
 * 32-bit whole numbers, at least 1: shorter sequences are filled up at their ends with anything, tokens with any token.
 *
 * <p>What comes out is {@code output [batch, outputs]}, {@code [batch, steps, outputs]} where each step has scores, or
 * {@code [batch, height, width, outputs]} where each pixel has.
 */
public final class OnnxSignature {
    private static final String BATCH = "batch";
    private static final String STEPS = "steps";

    private final boolean stepwise;
    private final int width;
    private final List<OnnxValue> inputs;
    private final OnnxValue output;

    private OnnxSignature(boolean stepwise, int width, List<OnnxValue> inputs, OnnxValue output) {
        this.stepwise = stepwise;
        this.width = width;
        this.inputs = List.copyOf(inputs);
        this.output = output;
    }

    /**
     * The inputs and the output of a network.
     *
     * @param network The network.
     * @return What its graph has.
     */
    public static OnnxSignature of(ExportedNetwork network) {
        Architecture architecture = network.parameters().architecture();
        boolean tokens = network.stepwise() && architecture.input() instanceof Shape.Tokens;
        int width = tokens ? 1 : network.places().size();
        List<String> shape = new ArrayList<>(List.of(BATCH));
        if (network.stepwise()) {
            shape.add(STEPS);
        }
        if (!tokens) {
            shape.add(Integer.toString(width));
        }
        List<OnnxValue> inputs = new ArrayList<>();
        inputs.add(new OnnxValue(OnnxVerifier.INPUT, tokens ? DataType.INT64 : DataType.FLOAT, shape));
        if (network.stepwise()) {
            inputs.add(new OnnxValue(OnnxVerifier.LENGTHS, DataType.INT32, List.of(BATCH)));
        }
        return new OnnxSignature(network.stepwise(), width, inputs, output(network));
    }

    private static OnnxValue output(ExportedNetwork network) {
        Architecture architecture = network.parameters().architecture();
        Shape scores = architecture.shape(architecture.output().name());
        List<String> shape = new ArrayList<>(List.of(BATCH));
        if (scores instanceof Shape.Sequence sequence) {
            shape.add(network.stepwise() ? STEPS : Integer.toString(sequence.steps()));
        } else if (scores instanceof Shape.Image image) {
            shape.add(Integer.toString(image.height()));
            shape.add(Integer.toString(image.width()));
        }
        shape.add(Integer.toString(network.outputs()));
        return new OnnxValue(OnnxVerifier.OUTPUT, DataType.FLOAT, shape);
    }

    /** Whether examples are sequences of any length. */
    boolean stepwise() {
        return stepwise;
    }

    /** Whether the steps of examples are the numbers of tokens. */
    boolean tokens() {
        return inputs.get(0).type() == DataType.INT64;
    }

    /** The number of features of an example, or of a step; 1 for a token. */
    int width() {
        return width;
    }

    /** How many scores examples of so many steps have; without steps of their own the number does not matter. */
    int scores(int examples, int steps) {
        int scores = examples;
        for (String dimension :
                output.dimensions().subList(1, output.dimensions().size())) {
            scores = Math.multiplyExact(scores, dimension.equals(STEPS) ? steps : Integer.parseInt(dimension));
        }
        return scores;
    }

    /** Declares inputs and output in a graph. Tribuo's builder knows only floats in rows. */
    GraphProto declare(GraphProto graph) {
        GraphProto.Builder declared = graph.toBuilder().clearInput().clearOutput();
        inputs.forEach(value -> declared.addInput(value.proto()));
        return declared.addOutput(output.proto()).build();
    }

    /**
     * Compares with what the runtime found.
     *
     * @throws ExportException If there is anything else.
     */
    void check(Map<String, NodeInfo> foundInputs, Map<String, NodeInfo> foundOutputs) {
        check("input", inputs, foundInputs);
        check("output", List.of(output), foundOutputs);
    }

    private static void check(String kind, List<OnnxValue> expected, Map<String, NodeInfo> found) {
        boolean same = found.size() == expected.size()
                && expected.stream().allMatch(value -> value.matches(found.get(value.name())));
        if (!same) {
            throw new ExportException("The exported model should have as " + kind + " "
                    + expected.stream().map(OnnxValue::describe).collect(Collectors.joining(" and ")) + ", found "
                    + found.values());
        }
    }
}
