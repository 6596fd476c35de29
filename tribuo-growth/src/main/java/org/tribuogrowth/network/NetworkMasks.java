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

package org.tribuogrowth.network;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.MaskStatistics;
import org.tribuogrowth.architecture.ParameterRole;
import org.tribuogrowth.architecture.ParameterSpec;

/** What masks the weights of a network, by layer and where that is not enough by role, in layer order. */
final class NetworkMasks {
    private final Map<String, WeightMask> masks = new LinkedHashMap<>();

    /**
     * The masks of a network.
     *
     * @param present The layers that it has.
     * @param graph   The network.
     */
    NetworkMasks(Architecture present, ComputationGraph graph) {
        for (ParameterSpec spec : present.parameters()) {
            WeightMask mask = ((ParameterisedLayer<?>) graph.getLayer(spec.layer())).mask(spec.role());
            if (mask != null) {
                masks.put(name(spec), mask);
            }
        }
    }

    /** A recurrent layer has two masked arrays, of which the one that reads its input goes by the layer's own name. */
    private static String name(ParameterSpec spec) {
        return spec.role() == ParameterRole.WEIGHT
                ? spec.layer()
                : spec.layer() + "." + spec.role().text();
    }

    boolean isEmpty() {
        return masks.isEmpty();
    }

    Collection<WeightMask> all() {
        return masks.values();
    }

    /** Sets alpha, the weight of the sum of exp(-t) in the loss. */
    void setPressure(double alpha) {
        masks.values().forEach(mask -> mask.setPressure(alpha));
    }

    /** Whether all thresholds and their gradients were finite in the last backward pass. */
    boolean areFinite() {
        return masks.values().stream().allMatch(WeightMask::isFinite);
    }

    /** What the thresholds do now; counts resets anew. */
    Map<String, MaskStatistics> takeStatistics() {
        Map<String, MaskStatistics> statistics = new LinkedHashMap<>();
        masks.forEach((name, mask) -> statistics.put(name, mask.takeStatistics()));
        return statistics;
    }
}
