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
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.tribuogrowth.architecture.Activation;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.LayerSpec;
import org.tribuogrowth.architecture.ParameterRole;
import org.tribuogrowth.architecture.ParameterSpec;
import org.tribuogrowth.architecture.PoolingKind;
import org.tribuogrowth.architecture.ResizeKind;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.network.NetworkParameters;

/**
 * What networks of sequences and of images compute, written down from the definitions of their layers, one example after
 * the other and in double precision. Values are {@code [positions][units]}: a step, a pixel (row by row), or one position.
 */
final class ReferenceNetwork {
    private final NetworkParameters parameters;
    private final Architecture architecture;
    private final Map<String, double[][]> values = new HashMap<>();

    private ReferenceNetwork(NetworkParameters parameters) {
        this.parameters = parameters;
        this.architecture = parameters.architecture();
    }

    /** The scores of an example: its values, position after position; of a sequence as many steps as it has. */
    static float[] scores(NetworkParameters parameters, float[] example) {
        ReferenceNetwork network = new ReferenceNetwork(parameters);
        Shape input = parameters.architecture().input();
        int units = input instanceof Shape.Tokens
                ? 1
                : parameters.architecture().group("input").width();
        double[][] first = new double[example.length / units][units];
        for (int i = 0; i < example.length; i++) {
            first[i / units][i % units] = example[i];
        }
        network.values.put(LayerSpec.INPUT, first);
        double[][] last = first;
        for (LayerSpec layer : parameters.architecture().layers()) {
            last = network.compute(layer);
            network.values.put(layer.name(), last);
        }
        double[] flat = Arrays.stream(last).flatMapToDouble(Arrays::stream).toArray();
        float[] scores = new float[flat.length];
        IntStream.range(0, flat.length).forEach(i -> scores[i] = (float) flat[i]);
        return scores;
    }

    private double[][] compute(LayerSpec layer) {
        double[][] input = values.get(layer.inputs().get(0));
        if (layer instanceof LayerSpec.Embedding) {
            double[][] matrix = rows(layer.name(), ParameterRole.EMBEDDING);
            return each(input, token -> matrix[(int) token[0]]);
        } else if (layer instanceof LayerSpec.Lstm) {
            return remember(layer, input);
        } else if (layer instanceof LayerSpec.LastStep) {
            return new double[][] {input[input.length - 1]};
        } else if (layer instanceof LayerSpec.Dense dense) {
            return each(
                    input, x -> apply(dense.activation(), affine(layer, rows(layer.name(), ParameterRole.WEIGHT), x)));
        } else if (layer instanceof LayerSpec.Output output) {
            double[][] weights = output.tied().isEmpty()
                    ? rows(layer.name(), ParameterRole.WEIGHT)
                    : rows(output.tied(), ParameterRole.EMBEDDING);
            return each(input, x -> apply(output.activation(), affine(layer, weights, x)));
        } else if (layer instanceof LayerSpec.ActivationFunction function) {
            return each(input, x -> apply(function.function(), x));
        } else if (layer instanceof LayerSpec.Dropout) {
            return input;
        } else if (layer instanceof LayerSpec.Sum sum) {
            double[][] other = values.get(sum.inputs().get(1));
            double[][] total = new double[input.length][];
            for (int i = 0; i < total.length; i++) {
                double[] left = input[i];
                double[] right = other[i];
                total[i] = apply(
                        sum.activation(),
                        IntStream.range(0, left.length)
                                .mapToDouble(unit -> left[unit] + right[unit])
                                .toArray());
            }
            return total;
        } else if (layer instanceof LayerSpec.Convolution convolution) {
            return convolve(convolution, input);
        } else if (layer instanceof LayerSpec.Pooling pooling) {
            return pool(pooling, input);
        } else if (layer instanceof LayerSpec.GlobalPooling) {
            double[] mean = new double[input[0].length];
            for (double[] pixel : input) {
                Arrays.setAll(mean, unit -> mean[unit] + pixel[unit] / input.length);
            }
            return new double[][] {mean};
        } else if (layer instanceof LayerSpec.Concatenation concatenation) {
            List<double[][]> parts = new ArrayList<>();
            concatenation.inputs().forEach(name -> parts.add(values.get(name)));
            double[][] joined = new double[input.length][];
            for (int i = 0; i < joined.length; i++) {
                int pixel = i;
                joined[i] = parts.stream()
                        .flatMapToDouble(part -> Arrays.stream(part[pixel]))
                        .toArray();
            }
            return joined;
        } else if (layer instanceof LayerSpec.Resize resize) {
            return resize(resize, input);
        }
        throw new AssertionError("No reference of " + layer);
    }

    private interface Vectors {
        double[] of(double[] value);
    }

    private static double[][] each(double[][] input, Vectors function) {
        return Arrays.stream(input).map(function::of).toArray(double[][]::new);
    }

    private float[] array(String layer, ParameterRole role) {
        for (ParameterSpec spec : architecture.parameters()) {
            if (spec.layer().equals(layer) && spec.role() == role) {
                return parameters.values(spec);
            }
        }
        throw new AssertionError("No " + role + " of " + layer);
    }

    /** An array as the rows of its last, input index. */
    private double[][] rows(String layer, ParameterRole role) {
        for (ParameterSpec spec : architecture.parameters()) {
            if (spec.layer().equals(layer) && spec.role() == role) {
                int width = architecture.group(spec.inputGroup()).width();
                float[] flat = parameters.values(spec);
                double[][] rows = new double[flat.length / width][width];
                for (int i = 0; i < flat.length; i++) {
                    rows[i / width][i % width] = flat[i];
                }
                return rows;
            }
        }
        throw new AssertionError("No " + role + " of " + layer);
    }

    private double[] affine(LayerSpec layer, double[][] weights, double[] x) {
        float[] bias = array(layer.name(), ParameterRole.BIAS);
        double[] result = new double[weights.length];
        Arrays.setAll(result, i -> bias[i] + dot(weights[i], x));
        return result;
    }

    private static double dot(double[] left, double[] right) {
        return IntStream.range(0, left.length)
                .mapToDouble(i -> left[i] * right[i])
                .sum();
    }

    private static double logistic(double x) {
        return 1.0 / (1.0 + Math.exp(-x));
    }

    private static double[] apply(Activation activation, double[] x) {
        double sum = Arrays.stream(x).map(Math::exp).sum();
        return Arrays.stream(x)
                .map(value -> switch (activation) {
                    case IDENTITY -> value;
                    case RELU -> Math.max(0.0, value);
                    case TANH -> Math.tanh(value);
                    case SIGMOID -> logistic(value);
                    case SOFTMAX -> Math.exp(value) / sum;
                })
                .toArray();
    }

    /** Gates in the order input, forget, candidate, output. */
    private double[][] remember(LayerSpec layer, double[][] input) {
        double[][] weights = rows(layer.name(), ParameterRole.WEIGHT);
        double[][] recurrent = rows(layer.name(), ParameterRole.RECURRENT_WEIGHT);
        float[] bias = array(layer.name(), ParameterRole.BIAS);
        int units = recurrent[0].length;
        double[] hidden = new double[units];
        double[] cell = new double[units];
        double[][] states = new double[input.length][];
        for (int step = 0; step < input.length; step++) {
            double[] z = new double[4 * units];
            for (int i = 0; i < z.length; i++) {
                z[i] = bias[i] + dot(weights[i], input[step]) + dot(recurrent[i], hidden);
            }
            hidden = new double[units];
            for (int unit = 0; unit < units; unit++) {
                cell[unit] =
                        logistic(z[units + unit]) * cell[unit] + logistic(z[unit]) * Math.tanh(z[2 * units + unit]);
                hidden[unit] = logistic(z[3 * units + unit]) * Math.tanh(cell[unit]);
            }
            states[step] = hidden;
        }
        return states;
    }

    private double[][] convolve(LayerSpec.Convolution layer, double[][] input) {
        Shape.Image from = (Shape.Image) architecture.shape(layer.input());
        Shape.Image to = (Shape.Image) architecture.shape(layer.name());
        double[][] taps = rows(layer.name(), ParameterRole.WEIGHT);
        float[] bias = array(layer.name(), ParameterRole.BIAS);
        double[][] result = new double[to.positions()][to.channels()];
        int kernel = layer.kernel();
        for (int i = 0; i < result.length; i++) {
            for (int unit = 0; unit < to.channels(); unit++) {
                double sum = bias[unit];
                for (int tap = 0; tap < kernel * kernel; tap++) {
                    int row = i / to.width() * layer.stride() - layer.padding() + tap / kernel * layer.dilation();
                    int column = i % to.width() * layer.stride() - layer.padding() + tap % kernel * layer.dilation();
                    if (row >= 0 && row < from.height() && column >= 0 && column < from.width()) {
                        sum += dot(taps[unit * kernel * kernel + tap], input[row * from.width() + column]);
                    }
                }
                result[i][unit] = sum;
            }
            result[i] = apply(layer.activation(), result[i]);
        }
        return result;
    }

    private double[][] pool(LayerSpec.Pooling layer, double[][] input) {
        if (layer.kind() != PoolingKind.MAX || layer.padding() != 0) {
            throw new AssertionError("No reference of " + layer);
        }
        Shape.Image from = (Shape.Image) architecture.shape(layer.input());
        Shape.Image to = (Shape.Image) architecture.shape(layer.name());
        double[][] result = new double[to.positions()][to.channels()];
        for (int i = 0; i < result.length; i++) {
            Arrays.fill(result[i], Double.NEGATIVE_INFINITY);
            for (int tap = 0; tap < layer.size() * layer.size(); tap++) {
                int row = i / to.width() * layer.stride() + tap / layer.size();
                int column = i % to.width() * layer.stride() + tap % layer.size();
                double[] pixel = input[row * from.width() + column];
                double[] largest = result[i];
                Arrays.setAll(largest, unit -> Math.max(largest[unit], pixel[unit]));
            }
        }
        return result;
    }

    private double[][] resize(LayerSpec.Resize layer, double[][] input) {
        int height = architecture.shape(layer.input()) instanceof Shape.Image image ? image.height() : 1;
        int width = input.length / height;
        double[][] result = new double[layer.height() * layer.width()][input[0].length];
        for (int i = 0; i < result.length; i++) {
            double row = place(i / layer.width(), layer.height(), height);
            double column = place(i % layer.width(), layer.width(), width);
            if (layer.kind() == ResizeKind.NEAREST) {
                // Half-way between two pixels the later one.
                int pixel = (int) Math.floor(row + 0.5) * width + (int) Math.floor(column + 0.5);
                result[i] = input[pixel];
                continue;
            }
            int top = (int) row;
            int left = (int) column;
            int bottom = Math.min(top + 1, height - 1);
            int right = Math.min(left + 1, width - 1);
            double down = row - top;
            double across = column - left;
            double[] sum = result[i];
            Arrays.setAll(
                    sum,
                    unit -> (1 - down) * (1 - across) * input[top * width + left][unit]
                            + (1 - down) * across * input[top * width + right][unit]
                            + down * (1 - across) * input[bottom * width + left][unit]
                            + down * across * input[bottom * width + right][unit]);
        }
        return result;
    }

    /** Where the centre of a pixel of {@code to} lies among the {@code from} pixels, not beyond the outermost centres. */
    private static double place(int pixel, int to, int from) {
        return Math.min(from - 1.0, Math.max(0.0, (pixel + 0.5) * from / to - 0.5));
    }
}
