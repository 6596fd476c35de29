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

package org.tribuogrowth.provenance.history;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.tribuogrowth.provenance.CostTermRecord;
import org.tribuogrowth.provenance.GroupRecord;
import org.tribuogrowth.provenance.StartEvent;

/** Which unit groups the layers of an architecture write, and which blocks they are in. */
public final class LayerGroups {
    private record Layer(String type, Set<String> written, Set<String> blocks) {}

    private final Map<String, Layer> layers = new LinkedHashMap<>();
    private final Set<String> blocks = new TreeSet<>();

    private LayerGroups() {}

    /**
     * Reads the dense reference's text.
     *
     * @param start The first event of a ledger that holds.
     * @return The layers.
     */
    public static LayerGroups of(StartEvent start) {
        LayerGroups result = new LayerGroups();
        start.groups().forEach((name, group) -> {
            if (group.block()) {
                result.blocks.add(name);
            }
        });
        result.layers.put("input", new Layer("input", Set.of("input"), Set.of()));
        for (String line : start.architecture().split("\n")) {
            String[] words = line.split(" ");
            if (words.length >= 3 && words[0].equals("layer")) {
                result.add(words, start.groups());
            }
        }
        for (CostTermRecord term : start.costTerms()) {
            result.layers.get(term.layer()).blocks().addAll(term.blocks());
        }
        return result;
    }

    private void add(String[] words, Map<String, GroupRecord> groups) {
        Set<String> written = new TreeSet<>();
        Set<String> blocks = new TreeSet<>();
        List<String> inputs = new ArrayList<>();
        for (String word : words) {
            if (word.startsWith("units=")) {
                written.add(word.substring("units=".length()));
            } else if (word.startsWith("block=")) {
                blocks.add(word.substring("block=".length()));
            } else if (word.startsWith("input=")) {
                inputs.addAll(List.of(word.substring("input=".length()).split(",")));
            }
        }
        if (written.isEmpty()) {
            // A layer without units of its own hands on those of the layers that it reads.
            for (String input : inputs) {
                Layer read = layers.get(input);
                if (read != null) {
                    written.addAll(read.written());
                }
            }
        }
        written.retainAll(groups.keySet());
        blocks.retainAll(groups.keySet());
        layers.put(words[1], new Layer(words[2], written, blocks));
    }

    /**
     * The layers.
     *
     * @return Their names in the text's order, {@code input} first.
     */
    public Set<String> layers() {
        return Collections.unmodifiableSet(layers.keySet());
    }

    /**
     * The groups that changes of a layer are changes of.
     *
     * @param layer A layer.
     * @return The groups of the units that it writes, and the blocks without which it does not exist.
     * @throws IllegalArgumentException If there is no such layer.
     */
    public Set<String> groupsOf(String layer) {
        Layer found = layers.get(layer);
        if (found == null) {
            throw new IllegalArgumentException("The architecture has no layer of that name");
        }
        Set<String> groups = new TreeSet<>(found.written());
        groups.addAll(found.blocks());
        return Collections.unmodifiableSet(groups);
    }

    /**
     * The layers whose own units a group is.
     *
     * @param group A group.
     * @return The layers with weights that write the group, by name in the text's order.
     */
    public List<String> writersOf(String group) {
        return layers.entrySet().stream()
                .filter(entry -> entry.getValue().written().equals(Set.of(group))
                        && weighted(entry.getValue().type()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /**
     * What a unit of a group is called.
     *
     * @param group A group.
     * @return {@code filter} where convolutions write it, {@code block} of a block of layers, otherwise {@code unit}.
     */
    public String unitName(String group) {
        if (blocks.contains(group)) {
            return "block";
        }
        List<String> writers = writersOf(group);
        boolean filters = !writers.isEmpty()
                && writers.stream().allMatch(layer -> layers.get(layer).type().equals("convolution"));
        return filters ? "filter" : "unit";
    }

    private static boolean weighted(String type) {
        return switch (type) {
            case "input", "sum", "bypass", "pooling", "global-pooling", "dropout", "flatten", "activation" -> false;
            default -> true;
        };
    }
}
