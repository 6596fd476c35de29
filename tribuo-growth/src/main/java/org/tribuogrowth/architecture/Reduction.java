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
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Takes the layers of inactive blocks out of an architecture. */
final class Reduction {
    private final Architecture architecture;
    private final ActiveUnits active;
    private final boolean compact;
    private final LinkedHashMap<String, LayerSpec> layers = new LinkedHashMap<>();
    /** What readers of a layer that is gone read in its place. */
    private final Map<String, String> replacements = new HashMap<>();

    private Reduction(Architecture architecture, ActiveUnits active, boolean compact) {
        this.architecture = architecture;
        this.active = active;
        this.compact = compact;
    }

    static Architecture restrict(Architecture architecture, ActiveUnits active) {
        boolean all = architecture.blocks().stream().allMatch(block -> active.count(block.name()) == 1);
        return all ? architecture : new Reduction(architecture, active, false).reduce();
    }

    static Architecture compact(Architecture architecture, ActiveUnits active) {
        return new Reduction(architecture, active, true).reduce();
    }

    private Architecture reduce() {
        for (LayerSpec layer : architecture.layers()) {
            List<String> inputs = layer.inputs().stream()
                    .map(input -> replacements.getOrDefault(input, input))
                    .toList();
            if (layer instanceof LayerSpec.Sum sum) {
                reduce(sum, inputs);
            } else if (layer instanceof LayerSpec.Bypass bypass) {
                reduce(bypass, inputs);
            } else {
                layers.put(layer.name(), LayerInputs.replace(layer, inputs));
            }
        }
        removeUnread();
        return new Architecture(architecture.input(), groups(), List.copyOf(layers.values()));
    }

    private boolean exists(String block) {
        return block.isEmpty() || active.count(block) == 1;
    }

    private void reduce(LayerSpec.Sum sum, List<String> inputs) {
        if (exists(sum.block())) {
            layers.put(sum.name(), new LayerSpec.Sum(sum.name(), inputs, sum.activation(), compact ? "" : sum.block()));
            return;
        }
        List<String> left = inputs.subList(1, inputs.size());
        if (left.size() > 1) {
            layers.put(sum.name(), new LayerSpec.Sum(sum.name(), left, sum.activation()));
        } else if (sum.activation() == Activation.IDENTITY
                || sum.activation() == Activation.RELU && rectified(left.get(0))) {
            replacements.put(sum.name(), left.get(0));
        } else {
            layers.put(sum.name(), new LayerSpec.ActivationFunction(sum.name(), left.get(0), sum.activation()));
        }
    }

    private void reduce(LayerSpec.Bypass bypass, List<String> inputs) {
        if (!exists(bypass.block())) {
            replacements.put(bypass.name(), inputs.get(1));
        } else if (compact) {
            replacements.put(bypass.name(), inputs.get(0));
        } else {
            layers.put(
                    bypass.name(), new LayerSpec.Bypass(bypass.name(), inputs.get(0), inputs.get(1), bypass.block()));
        }
    }

    /** Whether a layer's values have gone through a rectifier, which a second one would not change. */
    private boolean rectified(String name) {
        LayerSpec layer = layers.get(name);
        while (layer instanceof LayerSpec.Pooling
                || layer instanceof LayerSpec.GlobalPooling
                || layer instanceof LayerSpec.Dropout
                || layer instanceof LayerSpec.Flatten
                || layer instanceof LayerSpec.LastStep
                || layer instanceof LayerSpec.Resize) {
            layer = layers.get(layer.inputs().get(0));
        }
        if (layer instanceof LayerSpec.Affine affine) {
            return affine.activation() == Activation.RELU;
        } else if (layer instanceof LayerSpec.BatchNormalisation normalisation) {
            return normalisation.activation() == Activation.RELU;
        } else if (layer instanceof LayerSpec.ActivationFunction function) {
            return function.function() == Activation.RELU;
        } else if (layer instanceof LayerSpec.Sum sum) {
            return sum.activation() == Activation.RELU;
        }
        // The network's input, and a bypass, whose two inputs may differ.
        return false;
    }

    private void removeUnread() {
        List<LayerSpec> backwards = new ArrayList<>(layers.values());
        Collections.reverse(backwards);
        Set<String> read = new HashSet<>(Set.of(architecture.output().name()));
        for (LayerSpec layer : backwards) {
            if (read.contains(layer.name())) {
                read.addAll(layer.inputs());
            } else {
                layers.remove(layer.name());
            }
        }
    }

    private List<UnitGroup> groups() {
        Set<String> used = new HashSet<>();
        for (LayerSpec layer : layers.values()) {
            used.addAll(architecture.membersOf(architecture.groupOf(layer.name())));
            if (layer instanceof LayerSpec.Junction junction) {
                used.add(junction.block());
            }
        }
        List<UnitGroup> groups = new ArrayList<>();
        for (UnitGroup group : architecture.groups()) {
            boolean kept = used.contains(group.name()) && !group.name().equals(LayerSpec.INPUT);
            if (kept && compact) {
                groups.add(new UnitGroup(group.name(), active.count(group.name()), group.searchable()));
            } else if (kept) {
                groups.add(group);
            }
        }
        return groups;
    }
}
