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
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Names for people who look at a graph. Tribuo's builder appends a number to every name, so that several models can share a
 * graph; in a graph of one model the number is taken off again, and an operator is called as its result is.
 */
final class ReadableNames {
    private static final String FIRST = "_0";

    private ReadableNames() {}

    /**
     * Renames.
     *
     * @param graph A graph whose operators have one result each.
     * @return The same graph with other names.
     */
    static GraphProto apply(GraphProto graph) {
        Map<String, String> names = names(graph);
        GraphProto.Builder renamed = graph.toBuilder();
        for (TensorProto.Builder initialiser : renamed.getInitializerBuilderList()) {
            initialiser.setName(names.get(initialiser.getName()));
        }
        for (NodeProto.Builder node : renamed.getNodeBuilderList()) {
            for (int i = 0; i < node.getInputCount(); i++) {
                node.setInput(i, names.getOrDefault(node.getInput(i), node.getInput(i)));
            }
            String result = names.getOrDefault(node.getOutput(0), node.getOutput(0));
            node.setOutput(0, result);
            node.setName(result);
        }
        return renamed.build();
    }

    /** The new name of each value that the graph itself defines. */
    private static Map<String, String> names(GraphProto graph) {
        Set<String> taken = new HashSet<>();
        graph.getInputList().forEach(input -> taken.add(input.getName()));
        graph.getOutputList().forEach(output -> taken.add(output.getName()));
        Map<String, String> names = new HashMap<>();
        for (TensorProto initialiser : graph.getInitializerList()) {
            names.put(initialiser.getName(), shorter(initialiser.getName(), taken));
        }
        for (NodeProto node : graph.getNodeList()) {
            List<String> outputs = node.getOutputList();
            if (graph.getOutputList().stream().noneMatch(output -> outputs.contains(output.getName()))) {
                names.put(node.getOutput(0), shorter(node.getOutput(0), taken));
            }
        }
        return names;
    }

    private static String shorter(String name, Set<String> taken) {
        String base = name.endsWith(FIRST) ? name.substring(0, name.length() - FIRST.length()) : name;
        String result = taken.add(base) ? base : name;
        taken.add(result);
        return result;
    }
}
