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

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.tribuogrowth.architecture.Activation;
import org.tribuogrowth.architecture.ActiveUnits;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.LayerSpec;
import org.tribuogrowth.architecture.ParameterSpec;
import org.tribuogrowth.architecture.PoolingKind;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.architecture.UnitGroup;
import org.tribuogrowth.kernel.KernelChoice;
import org.tribuogrowth.network.NetworkParameters;
import org.tribuogrowth.network.Predictor;

/** Networks with random parameters, none of them zero or one, and what they compute. */
final class StockNetworks {
    private StockNetworks() {}

    static NetworkParameters random(Architecture architecture, long seed) {
        Random random = new Random(seed);
        ActiveUnits all = ActiveUnits.all(architecture);
        Map<String, float[]> values = new HashMap<>();
        for (ParameterSpec spec : architecture.parameters()) {
            float[] array = new float[spec.length(all)];
            double deviation = 1.0 / Math.sqrt(spec.rowLength(all));
            for (int i = 0; i < array.length; i++) {
                array[i] = (float)
                        switch (spec.role()) {
                            case WEIGHT, RECURRENT_WEIGHT, EMBEDDING -> deviation * random.nextGaussian();
                            case BIAS, BETA, MEAN -> 0.3 * random.nextGaussian();
                            case GAMMA, VARIANCE -> 0.5 + random.nextDouble();
                            case THRESHOLD, RECURRENT_THRESHOLD -> throw new AssertionError(
                                    "No parameter of a compact network");
                        };
            }
            values.put(spec.name(), array);
        }
        return new NetworkParameters(architecture, values);
    }

    /** The same network whose scores are those of another function. */
    static Architecture withOutput(Architecture architecture, Activation activation) {
        List<LayerSpec> layers = new ArrayList<>(architecture.layers());
        LayerSpec.Output output = architecture.output();
        layers.set(layers.size() - 1, new LayerSpec.Output(output.name(), output.input(), output.units(), activation));
        List<UnitGroup> groups = new ArrayList<>(architecture.groups());
        groups.remove(0);
        return new Architecture(architecture.input(), groups, layers);
    }

    static float[] inputs(Architecture architecture, int rows, long seed) {
        Random random = new Random(seed);
        float[] values = new float[rows * ExportedNetwork.length(architecture.input())];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    static float[] predict(NetworkParameters parameters, float[] inputs, int rows) {
        Architecture architecture = parameters.architecture();
        float[] scores = new float
                [rows
                        * ExportedNetwork.length(
                                architecture.shape(architecture.output().name()))];
        try (Predictor predictor = new Predictor(parameters, KernelChoice.AUTOMATIC)) {
            predictor.predict(inputs, rows, scores, 0);
        }
        return scores;
    }

    /** From channels last to what DL4J reads, written apart from the code under test. */
    static INDArray planar(Shape shape, float[] inputs, int rows) {
        if (shape instanceof Shape.Image image) {
            return Nd4j.createFromArray(inputs)
                    .reshape('c', rows, image.height(), image.width(), image.channels())
                    .permute(0, 3, 1, 2)
                    .dup('c');
        }
        return Nd4j.createFromArray(inputs).reshape('c', rows, inputs.length / rows);
    }

    /** The largest difference in parts of the largest magnitude, or of 1 if that is smaller. */
    static double difference(float[] expected, float[] found) {
        double difference = 0.0;
        double largest = 1.0;
        for (int i = 0; i < expected.length; i++) {
            difference = Math.max(difference, Math.abs((double) expected[i] - found[i]));
            largest = Math.max(largest, Math.abs(expected[i]));
        }
        // NaN compares as nothing, so it is looked for apart.
        for (float value : found) {
            difference = Float.isNaN(value) ? Double.POSITIVE_INFINITY : difference;
        }
        return difference / largest;
    }

    /** What the families have not: sums of a flattened pixel and a vector, of a layer with itself, a bypass. */
    static Architecture unusual() {
        return new Architecture(
                new Shape.Image(3, 3, 2),
                List.of(
                        new UnitGroup("conv_1", 4, true),
                        new UnitGroup("fixed", 5, false),
                        UnitGroup.block("around"),
                        new UnitGroup("classes", 1, false)),
                List.of(
                        new LayerSpec.Convolution(
                                "conv_1", "input", "conv_1", 3, 1, 0, 1, true, false, Activation.TANH),
                        new LayerSpec.Flatten("flat", "conv_1"),
                        new LayerSpec.Dropout("all", "flat", 0.0),
                        new LayerSpec.ActivationFunction("kept", "all", Activation.TANH),
                        new LayerSpec.GlobalPooling("pooled", "conv_1", PoolingKind.MAX),
                        new LayerSpec.Sum("mixed", List.of("kept", "pooled", "flat"), Activation.RELU),
                        new LayerSpec.Sum("twice", List.of("mixed", "mixed"), Activation.IDENTITY),
                        new LayerSpec.Dense("inner", "twice", "conv_1", true, false, Activation.RELU),
                        new LayerSpec.Bypass("bypass", "inner", "twice", "around"),
                        new LayerSpec.Dense("fixed", "bypass", "fixed", true, false, Activation.SIGMOID),
                        new LayerSpec.Output("output", "fixed", "classes", Activation.SIGMOID)));
    }
}
