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

import java.util.HashMap;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.LayerSpec;
import org.tribuogrowth.architecture.ParameterRole;
import org.tribuogrowth.architecture.ParameterSpec;
import org.tribuogrowth.execution.ParameterMemory;
import org.tribuogrowth.onednn.NativeAddress;

/**
 * Where a DL4J graph on the CPU keeps parameters and gradients: at equal places of two flat vectors. Masked weights are
 * elsewhere; their gradients go where those of the weights belong, into which the mask turns them in place.
 */
final class GraphParameters implements ParameterMemory {
    private final Map<String, Long> addresses = new HashMap<>();
    private final Map<String, Long> masked = new HashMap<>();
    private final Map<String, Long> gates = new HashMap<>();
    /** Of bypasses, whose gates are none of DL4J's parameters. */
    private final Map<String, Long> gateGradients = new HashMap<>();

    private final long toGradient;

    GraphParameters(ComputationGraph graph, Architecture architecture) {
        for (ParameterSpec spec : architecture.parameters()) {
            ParameterisedLayer<?> layer = (ParameterisedLayer<?>) graph.getLayer(spec.layer());
            addresses.put(spec.name(), NativeAddress.of(layer.parameter(spec.role())));
            WeightMask mask = layer.mask(spec.role());
            if (mask != null) {
                masked.put(spec.name(), NativeAddress.of(mask.masked()));
            }
        }
        for (LayerSpec layer : architecture.layers()) {
            if (architecture.carriesGate(layer)
                    && ((ParameterisedLayer<?>) graph.getLayer(layer.name())).gate() != null) {
                INDArray view = ((ParameterisedLayer<?>) graph.getLayer(layer.name())).gate();
                gates.put(layer.name(), NativeAddress.of(view));
            } else if (layer instanceof LayerSpec.Bypass) {
                BypassVertex bypass = (BypassVertex) graph.getVertex(layer.name());
                gates.put(layer.name(), NativeAddress.of(bypass.gate()));
                gateGradients.put(layer.name(), NativeAddress.of(bypass.gateGradient()));
            }
        }
        // Networks that only predict have no gradients.
        INDArray flat = graph.getFlattenedGradients();
        toGradient = flat == null ? 0 : NativeAddress.of(flat) - NativeAddress.of(graph.params());
    }

    @Override
    public long parameter(LayerSpec layer, ParameterRole role) {
        String name = name(layer, role);
        return masked.getOrDefault(name, addresses.get(name));
    }

    private static String name(LayerSpec layer, ParameterRole role) {
        return layer.name() + "/" + role.text();
    }

    @Override
    public long gradient(LayerSpec layer, ParameterRole role) {
        return addresses.get(name(layer, role)) + toGradient;
    }

    @Override
    public long gates(LayerSpec layer) {
        return gates.getOrDefault(layer.name(), 0L);
    }

    @Override
    public long gateGradients(LayerSpec layer) {
        return gateGradients.getOrDefault(layer.name(), gates(layer) + toGradient);
    }
}
