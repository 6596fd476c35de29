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

package org.tribuogrowth.architecture;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;

/** Which layers and groups are inside which blocks, and where the blocks' gates go. */
final class Blocks {
    private final Map<String, List<String>> ofLayer = new HashMap<>();
    private final Map<String, List<String>> ofGroup = new HashMap<>();
    private final Map<String, LayerSpec.Junction> junctions = new HashMap<>();
    private final Map<String, String> carried = new HashMap<>();

    /** One use of a layer's values. */
    private record Use(LayerSpec reader, int index) {
        String block() {
            return index == 0 && reader instanceof LayerSpec.Junction junction ? junction.block() : "";
        }
    }

    /**
     * Finds and checks.
     *
     * @param groups  The groups.
     * @param layers  The layers in their order, checked otherwise.
     * @param groupOf The group that each layer writes or passes on.
     * @throws IllegalArgumentException If a block has not exactly one junction, a layer is used by branches of several
     *                                  blocks only, or a block's gate has nothing to fold into.
     */
    Blocks(Map<String, UnitGroup> groups, List<LayerSpec> layers, Map<String, String> groupOf) {
        findJunctions(groups, layers);
        Map<String, LayerSpec> byName = new HashMap<>();
        Map<String, List<Use>> uses = new HashMap<>();
        for (LayerSpec layer : layers) {
            byName.put(layer.name(), layer);
            for (int i = 0; i < layer.inputs().size(); i++) {
                uses.computeIfAbsent(layer.inputs().get(i), key -> new ArrayList<>())
                        .add(new Use(layer, i));
            }
        }
        for (int i = layers.size() - 1; i >= 0; i--) {
            String name = layers.get(i).name();
            ofLayer.put(name, around(name, uses.getOrDefault(name, List.of())));
        }
        for (LayerSpec layer : layers) {
            ofGroup.merge(groupOf.get(layer.name()), ofLayer.get(layer.name()), Blocks::shared);
        }
        for (LayerSpec.Junction junction : junctions.values()) {
            ofGroup.put(junction.block(), ofLayer.get(junction.name()));
            carried.put(carrier(junction, byName::get, uses), junction.block());
        }
    }

    private void findJunctions(Map<String, UnitGroup> groups, List<LayerSpec> layers) {
        for (LayerSpec layer : layers) {
            if (layer instanceof LayerSpec.Junction junction
                    && !junction.block().isEmpty()) {
                UnitGroup group = groups.get(junction.block());
                if (group == null || !group.block()) {
                    throw new IllegalArgumentException(
                            "Layer " + layer.name() + " names the unknown block " + Excerpt.of(junction.block()));
                }
                LayerSpec.Junction other = junctions.put(junction.block(), junction);
                if (other != null) {
                    throw new IllegalArgumentException("Block " + junction.block() + " is named by layers "
                            + other.name() + " and " + layer.name() + ", but a block has one branch");
                }
            }
        }
        for (UnitGroup group : groups.values()) {
            if (group.block() && !junctions.containsKey(group.name())) {
                throw new IllegalArgumentException("No layer names block " + group.name());
            }
        }
    }

    /**
     * The blocks around a layer, from those around its readers. Each use of the layer needs some blocks; the layer exists
     * if one of its uses does. That is the same as "all of these blocks are active" only if the blocks of one use are
     * needed by all the others.
     */
    private List<String> around(String name, List<Use> uses) {
        List<List<String>> needed = uses.stream().map(this::needed).distinct().toList();
        if (needed.isEmpty()) {
            return List.of();
        }
        List<String> common = needed.stream().reduce(Blocks::shared).orElseThrow();
        if (!needed.contains(common)) {
            throw new IllegalArgumentException("Layer " + name + " is used only by branches of the blocks " + needed
                    + ": it would belong to none of them, but without them nothing would read it");
        }
        return common;
    }

    private List<String> needed(Use use) {
        List<String> around = ofLayer.get(use.reader().name());
        if (use.block().isEmpty()) {
            return around;
        }
        TreeSet<String> blocks = new TreeSet<>(around);
        blocks.add(use.block());
        return List.copyOf(blocks);
    }

    private static List<String> shared(List<String> first, List<String> second) {
        return first.stream().filter(second::contains).toList();
    }

    /** The last gate carrier of a block's branch. */
    private static String carrier(
            LayerSpec.Junction junction, Function<String, LayerSpec> byName, Map<String, List<Use>> uses) {
        String name = junction.inputs().get(0);
        while (true) {
            LayerSpec layer = byName.apply(name);
            if (layer == null || uses.get(name).size() != 1 || !scales(layer)) {
                throw new IllegalArgumentException(
                        "Layer " + junction.name() + ": the gate of block " + junction.block()
                                + " folds into the last weights or normalisation of the branch, but " + name
                                + (layer != null && uses.get(name).size() != 1
                                        ? " is also read by other layers"
                                        : " keeps no factor: only identity, relu, pooling, dropout and flattening may follow them"));
            }
            if (Architecture.ownsShift(layer)) {
                return name;
            }
            name = layer.inputs().get(0);
        }
    }

    /** Whether a layer with one input multiplies by a gate if its parameters, or else its input, are multiplied by it. */
    private static boolean scales(LayerSpec layer) {
        if (layer instanceof LayerSpec.Affine affine) {
            return affine.activation().positivelyHomogeneous();
        } else if (layer instanceof LayerSpec.BatchNormalisation normalisation) {
            return normalisation.activation().positivelyHomogeneous();
        } else if (layer instanceof LayerSpec.ActivationFunction function) {
            return function.function().positivelyHomogeneous();
        }
        return layer instanceof LayerSpec.Pooling
                || layer instanceof LayerSpec.GlobalPooling
                || layer instanceof LayerSpec.Dropout
                || layer instanceof LayerSpec.Flatten
                || layer instanceof LayerSpec.LastStep
                || layer instanceof LayerSpec.Resize;
    }

    List<String> ofLayer(String layer) {
        List<String> found = ofLayer.get(layer);
        if (found == null) {
            throw new IllegalArgumentException("The architecture has no layer " + layer);
        }
        return found;
    }

    List<String> ofGroup(String group) {
        return ofGroup.getOrDefault(group, List.of());
    }

    LayerSpec.Junction junction(String block) {
        LayerSpec.Junction found = junctions.get(block);
        if (found == null) {
            throw new IllegalArgumentException("The architecture has no block " + block);
        }
        return found;
    }

    String carriedBy(String layer) {
        return carried.getOrDefault(layer, "");
    }
}
