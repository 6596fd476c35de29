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

package org.tribuogrowth.provenance;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.ToIntFunction;
import org.tribuogrowth.provenance.encoding.SafeText;

/**
 * The canonical text of the compact architecture of a network with blocks, derived from that of the dense reference by the
 * rules in {@code docs/ledger.md}. These are the rules of the architecture itself, written a second time, so that a ledger
 * can be checked without the code that made it.
 */
final class CompactText {
    private static final String RELU = "relu";
    /** Layers that have one input and leave what a rectifier wrote as it is. */
    private static final Set<String> KEEPING_SIGNS =
            Set.of("pooling", "global-pooling", "dropout", "flatten", "last-step", "resize");

    private final String[] lines;
    private final ToIntFunction<String> width;
    private final Set<String> blocks = new HashSet<>();
    private final LinkedHashMap<String, Layer> layers = new LinkedHashMap<>();
    /** What readers of a layer that is gone read in its place. */
    private final Map<String, String> replacements = new HashMap<>();

    /**
     * A layer's line.
     *
     * @param name   The second word.
     * @param type   The third word.
     * @param inputs The value of the field {@code input}.
     * @param fields The other fields in their order.
     */
    private record Layer(String name, String type, List<String> inputs, LinkedHashMap<String, String> fields) {
        String field(String field) {
            return fields.getOrDefault(field, "");
        }

        Layer reading(List<String> others) {
            return new Layer(name, type, others, fields);
        }

        Layer withoutBlock() {
            LinkedHashMap<String, String> others = new LinkedHashMap<>(fields);
            others.remove("block");
            return new Layer(name, type, inputs, others);
        }

        String text() {
            StringJoiner text = new StringJoiner(" ");
            text.add("layer").add(name).add(type).add("input=" + String.join(",", inputs));
            fields.forEach((field, value) -> text.add(field + "=" + value));
            return text.toString();
        }
    }

    /**
     * Prepares.
     *
     * @param lines The lines of the dense reference's text, understood by {@link ArchitectureOutline}.
     * @param width The number of active units of a group.
     */
    CompactText(String[] lines, ToIntFunction<String> width) {
        this.lines = lines;
        this.width = width;
    }

    /**
     * Derives the text.
     *
     * @return The compact architecture's text, each line ended by a line feed.
     * @throws IllegalArgumentException If a layer has no inputs, reads one that is not earlier or names an unknown block.
     */
    String text() {
        String last = "";
        for (String line : lines) {
            if (line.startsWith("block ")) {
                blocks.add(line.substring("block ".length()));
            }
        }
        for (String line : lines) {
            if (line.startsWith("layer ")) {
                Layer layer = parse(line);
                last = layer.name();
                reduce(layer);
            }
        }
        removeUnread(last);
        Set<String> written = new HashSet<>();
        layers.values().forEach(layer -> written.add(layer.field("units")));
        StringBuilder text = new StringBuilder();
        for (String line : lines) {
            String[] words = line.split(" ", -1);
            switch (words[0]) {
                case "units" -> {
                    if (written.contains(words[1])) {
                        text.append("units ").append(words[1]).append(' ');
                        text.append(width.applyAsInt(words[1]))
                                .append(' ')
                                .append(words[3])
                                .append('\n');
                    }
                }
                case "block" -> {}
                case "layer" -> {
                    Layer layer = layers.get(words[1]);
                    if (layer != null) {
                        text.append(layer.text()).append('\n');
                    }
                }
                default -> text.append(line).append('\n');
            }
        }
        return text.toString();
    }

    private static Layer parse(String line) {
        String[] words = line.split(" ", -1);
        LinkedHashMap<String, String> fields = new LinkedHashMap<>();
        for (int i = 3; i < words.length; i++) {
            int equals = words[i].indexOf('=');
            if (equals < 1 || fields.put(words[i].substring(0, equals), words[i].substring(equals + 1)) != null) {
                throw new IllegalArgumentException(
                        "architecture: a field of a layer is name=value and named once: " + SafeText.quote(line));
            }
        }
        String inputs = fields.remove("input");
        if (inputs == null) {
            throw new IllegalArgumentException("architecture: a layer has inputs: " + SafeText.quote(line));
        }
        return new Layer(words[1], words[2], List.of(inputs.split(",", -1)), fields);
    }

    private void reduce(Layer layer) {
        List<String> inputs = new ArrayList<>();
        for (String input : layer.inputs()) {
            String read = replacements.getOrDefault(input, input);
            // Otherwise a text could send the search for a rectifier in circles.
            if (!layers.containsKey(read) && !read.equals("input")) {
                throw new IllegalArgumentException("architecture: layer " + layer.name() + " reads "
                        + SafeText.quote(input) + ", which is not an earlier layer");
            }
            inputs.add(read);
        }
        String block = layer.field("block");
        if (!block.isEmpty() && !blocks.contains(block)) {
            throw new IllegalArgumentException(
                    "architecture: layer " + layer.name() + " names the unknown block " + SafeText.quote(block));
        }
        boolean exists = block.isEmpty() || width.applyAsInt(block) == 1;
        if (layer.type().equals("bypass") && inputs.size() == 2) {
            replacements.put(layer.name(), inputs.get(exists ? 0 : 1));
        } else if (exists || inputs.size() < 2) {
            layers.put(layer.name(), layer.reading(inputs).withoutBlock());
        } else if (inputs.size() > 2) {
            layers.put(
                    layer.name(),
                    layer.reading(inputs.subList(1, inputs.size())).withoutBlock());
        } else {
            reduceToActivation(layer, inputs.get(1));
        }
    }

    private void reduceToActivation(Layer sum, String input) {
        String activation = sum.field("activation");
        if (activation.equals("identity") || activation.equals(RELU) && rectified(input)) {
            replacements.put(sum.name(), input);
        } else {
            LinkedHashMap<String, String> fields = new LinkedHashMap<>(Map.of("function", activation));
            layers.put(sum.name(), new Layer(sum.name(), "activation", List.of(input), fields));
        }
    }

    /** Whether what a layer writes has gone through a rectifier. */
    private boolean rectified(String name) {
        Layer layer = layers.get(name);
        while (layer != null && KEEPING_SIGNS.contains(layer.type())) {
            layer = layers.get(layer.inputs().get(0));
        }
        return layer != null
                && (layer.field("activation").equals(RELU)
                        || layer.field("function").equals(RELU));
    }

    private void removeUnread(String output) {
        List<Layer> backwards = new ArrayList<>(layers.values());
        Collections.reverse(backwards);
        Set<String> read = new HashSet<>(Set.of(output));
        for (Layer layer : backwards) {
            if (read.contains(layer.name())) {
                read.addAll(layer.inputs());
            } else {
                layers.remove(layer.name());
            }
        }
    }
}
