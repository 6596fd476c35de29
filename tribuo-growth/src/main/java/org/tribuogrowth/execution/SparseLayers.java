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

package org.tribuogrowth.execution;

import java.nio.FloatBuffer;
import java.util.LinkedHashSet;
import java.util.Set;
import org.tribuogrowth.architecture.ActiveUnits;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.LayerSpec;
import org.tribuogrowth.architecture.ParameterRole;
import org.tribuogrowth.architecture.ParameterSpec;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.kernel.AffineGeometry;
import org.tribuogrowth.kernel.ConvolutionGeometry;
import org.tribuogrowth.kernel.DenseGeometry;
import org.tribuogrowth.kernel.SparseChoice;

/** Which layers of a network have so many weights of zero that a sparse product is the faster one. */
final class SparseLayers {
    private static final int READ_AT_ONCE = 1 << 14;

    private SparseLayers() {}

    /**
     * Chooses by {@link SparseChoice}. Layers with gates are left out: they are being trained.
     *
     * @param architecture The architecture.
     * @param active       Its active units.
     * @param memory       Where the parameters are, with the values that decide.
     * @param batch        The batch size.
     * @param steps        The steps of sequences; 0 for networks that read none.
     * @return The layers' names.
     */
    static Set<String> of(Architecture architecture, ActiveUnits active, ParameterMemory memory, int batch, int steps) {
        Set<String> chosen = new LinkedHashSet<>();
        for (ParameterSpec spec : architecture.parameters()) {
            LayerSpec layer = architecture.layer(spec.layer());
            boolean crossing = layer instanceof LayerSpec.Weighted || layer instanceof LayerSpec.Output;
            if (spec.role() == ParameterRole.WEIGHT && crossing && memory.gates(layer) == 0) {
                int length = spec.length(active);
                int kept = nonZero(Tensor.fixed((long) length * Float.BYTES, memory.parameter(layer, spec.role()))
                        .floats());
                if (SparseChoice.isFaster(geometry(architecture, active, spec, batch, steps), (double) kept / length)) {
                    chosen.add(layer.name());
                }
            }
        }
        return chosen;
    }

    private static AffineGeometry geometry(
            Architecture architecture, ActiveUnits active, ParameterSpec spec, int batch, int steps) {
        int outputs = active.count(spec.outputGroup());
        if (architecture.layer(spec.layer()) instanceof LayerSpec.Convolution convolution) {
            Shape.Image image = (Shape.Image) architecture.shape(convolution.input());
            return geometry(
                    convolution, batch, image.height(), image.width(), active.count(spec.inputGroup()), outputs);
        }
        // Each pixel of an image and each step of a sequence is a row of its own.
        Shape shape = architecture.shape(spec.layer());
        int rows = shape instanceof Shape.Sequence
                ? batch * steps
                : shape instanceof Shape.Image image ? batch * image.positions() : batch;
        return new DenseGeometry(rows, spec.rowLength(active), outputs);
    }

    static ConvolutionGeometry geometry(
            LayerSpec.Convolution convolution, int batch, int height, int width, int inputs, int outputs) {
        return new ConvolutionGeometry(
                batch,
                height,
                width,
                inputs,
                outputs,
                convolution.kernel(),
                convolution.stride(),
                convolution.padding(),
                convolution.dilation());
    }

    private static int nonZero(FloatBuffer weights) {
        float[] some = new float[Math.min(READ_AT_ONCE, weights.capacity())];
        int count = 0;
        for (int start = 0; start < weights.capacity(); start += some.length) {
            int length = Math.min(some.length, weights.capacity() - start);
            weights.get(start, some, 0, length);
            for (int i = 0; i < length; i++) {
                count += some[i] == 0 ? 0 : 1;
            }
        }
        return count;
    }
}
