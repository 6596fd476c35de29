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

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tribuogrowth.architecture.Activation;
import org.tribuogrowth.architecture.ActiveUnits;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.LayerSpec;
import org.tribuogrowth.onednn.ElementwiseCall;
import org.tribuogrowth.onednn.ReorderCall;
import org.tribuogrowth.onednn.TensorLayout;

/**
 * What the layers of a plan share while their steps are recorded.
 *
 * @param program      The program.
 * @param architecture The architecture.
 * @param active       Its active units.
 * @param layouts      The layouts.
 * @param memory       Where the parameters are.
 * @param batch        The batch size.
 * @param sequences    The sequences of the run under way.
 * @param values       What has been written, by layer.
 */
record Recording(
        Program program,
        Architecture architecture,
        ActiveUnits active,
        LayoutChoice layouts,
        ParameterMemory memory,
        int batch,
        SequenceRun sequences,
        Map<String, Value> values) {
    Recording(
            Program program,
            Architecture architecture,
            ActiveUnits active,
            LayoutChoice layouts,
            ParameterMemory memory,
            SequenceRun sequences) {
        this(program, architecture, active, layouts, memory, sequences.batch(), sequences, new HashMap<>());
    }

    /** Records the network's input as a value, which is there before the first step. */
    Tensor recordInput() {
        TensorLayout layout = layout(LayerSpec.INPUT);
        Tensor input = program.tensor(layout);
        program.use(input);
        values.put(LayerSpec.INPUT, new Value(layout, input, false));
        return input;
    }

    Value value(String layer) {
        return values.get(layer);
    }

    TensorLayout layout(String layer) {
        return layouts.of(layer);
    }

    int units(String layer) {
        return active.count(architecture.groupOf(layer));
    }

    /** How many channels the units of a layer are filled up to. */
    int channels(String layer) {
        return layouts.channels(architecture.groupOf(layer));
    }

    /** Where the units of a layer lie among its channels. */
    List<Stretch> stretches(String layer) {
        return layouts.stretches(architecture.groupOf(layer));
    }

    /** Records a change of layout where one is needed; gives where the result lies. */
    Tensor convert(Tensor tensor, TensorLayout from, TensorLayout to) {
        if (from.sameMemory(to)) {
            return tensor;
        }
        Tensor converted = program.tensor(to);
        program.add(new ReorderCall(from, to).operation(), tensor, converted);
        return converted;
    }

    /** A gradient in another layout; still for the same number of readers. */
    Gradient.Read convert(Gradient.Read gradient, TensorLayout from, TensorLayout to) {
        Tensor converted = convert(gradient.tensor(), from, to);
        return converted == gradient.tensor() ? gradient : new Gradient.Read(converted, true);
    }

    /** Records a non-linearity in place. */
    void applyFunction(Activation activation, Tensor tensor, long values) {
        if (activation != Activation.IDENTITY) {
            program.add(new ElementwiseCall(values).forward(activation), tensor, tensor);
        }
    }

    /** Records the backward pass of a non-linearity, in place if that is allowed. */
    Gradient.Read differentiate(Activation activation, Tensor y, Gradient.Read gradient, TensorLayout layout) {
        if (activation == Activation.IDENTITY) {
            return gradient;
        }
        Tensor result = gradient.overwritten() ? gradient.tensor() : program.tensor(layout);
        program.add(new ElementwiseCall(layout.values()).backward(activation), y, gradient.tensor(), result);
        return new Gradient.Read(result, true);
    }
}
