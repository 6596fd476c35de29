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
import org.tribuogrowth.architecture.LayerSpec;
import org.tribuogrowth.architecture.ParameterRole;
import org.tribuogrowth.architecture.ParameterSpec;
import org.tribuogrowth.execution.ParameterMemory;
import org.tribuogrowth.onednn.NativeFloats;
import org.tribuogrowth.onednn.OneDnnBuffer;

/** A copy of a compact network's parameters in native memory, for prediction: without gates or gradients. */
final class NativeParameters implements ParameterMemory, AutoCloseable {
    private static final int ALIGNMENT = 16;

    private final Map<String, Long> addresses = new HashMap<>();
    private final OneDnnBuffer memory;

    NativeParameters(NetworkParameters parameters) {
        long values = 0;
        for (ParameterSpec spec : parameters.architecture().parameters()) {
            values += aligned(parameters.direct(spec).length);
        }
        memory = new OneDnnBuffer(Math.max(values * Float.BYTES, 1));
        NativeFloats floats = new NativeFloats();
        long address = memory.address();
        for (ParameterSpec spec : parameters.architecture().parameters()) {
            float[] source = parameters.direct(spec);
            floats.write(source, address);
            addresses.put(spec.name(), address);
            address += aligned(source.length) * Float.BYTES;
        }
    }

    private static long aligned(long values) {
        return (values + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    @Override
    public long parameter(LayerSpec layer, ParameterRole role) {
        return addresses.get(layer.name() + "/" + role.text());
    }

    @Override
    public long gradient(LayerSpec layer, ParameterRole role) {
        throw new IllegalStateException("A network that predicts has no gradients");
    }

    @Override
    public long gates(LayerSpec layer) {
        return 0;
    }

    @Override
    public long gateGradients(LayerSpec layer) {
        throw new IllegalStateException("A network that predicts has no gates");
    }

    @Override
    public void close() {
        memory.close();
    }
}
