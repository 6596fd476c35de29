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

package org.tribuogrowth.search;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.tribuogrowth.random.CountedRandom;

/**
 * A small fully connected network with ReLU between its layers and softmax at its end. Vectors of several lengths enter it
 * by layers of their own, whose widths double up to {@value #JOINT_WIDTH}; the rest is shared. Learnt by Adam. All
 * arithmetic is in double precision and in a fixed order, since what it decides is recorded.
 */
final class PolicyNetwork {
    /** Where vectors of all lengths meet. */
    static final int JOINT_WIDTH = 128;

    private static final int[] HEAD = {64, 16};
    private static final double FIRST_DECAY = 0.9;
    private static final double SECOND_DECAY = 0.999;
    private static final double EPSILON = 1e-8;

    private final TreeMap<Integer, List<Layer>> entrances = new TreeMap<>();
    private final List<Layer> head = new ArrayList<>();
    private final double learningRate;
    private long steps;

    /** A layer with its gradients and Adam's moments; weights are followed by biases. */
    private static final class Layer {
        private final int inputs;
        private final int outputs;
        private final double[] values;
        private final double[] gradients;
        private final double[] first;
        private final double[] second;

        private Layer(int inputs, int outputs, CountedRandom random) {
            this.inputs = inputs;
            this.outputs = outputs;
            this.values = new double[outputs * (inputs + 1)];
            this.gradients = new double[values.length];
            this.first = new double[values.length];
            this.second = new double[values.length];
            double deviation = Math.sqrt(2.0 / inputs);
            for (int i = 0; i < outputs * inputs; i++) {
                values[i] = deviation * random.nextGaussian();
            }
        }

        private double[] forward(double[] input) {
            double[] output = new double[outputs];
            for (int row = 0; row < outputs; row++) {
                double sum = values[outputs * inputs + row];
                for (int i = 0; i < inputs; i++) {
                    sum += values[row * inputs + i] * input[i];
                }
                output[row] = sum;
            }
            return output;
        }

        private double[] backward(double[] input, double[] gradient) {
            double[] inputGradient = new double[inputs];
            for (int row = 0; row < outputs; row++) {
                gradients[outputs * inputs + row] += gradient[row];
                for (int i = 0; i < inputs; i++) {
                    gradients[row * inputs + i] += gradient[row] * input[i];
                    inputGradient[i] += gradient[row] * values[row * inputs + i];
                }
            }
            return inputGradient;
        }

        private void learn(double rate, double firstCorrection, double secondCorrection) {
            for (int i = 0; i < values.length; i++) {
                first[i] = FIRST_DECAY * first[i] + (1 - FIRST_DECAY) * gradients[i];
                second[i] = SECOND_DECAY * second[i] + (1 - SECOND_DECAY) * gradients[i] * gradients[i];
                values[i] -= rate * (first[i] / firstCorrection) / (Math.sqrt(second[i] / secondCorrection) + EPSILON);
                gradients[i] = 0.0;
            }
        }
    }

    /**
     * A network with fresh weights.
     *
     * @param lengths      The lengths of the vectors that it will read.
     * @param actions      The number of its outputs.
     * @param learningRate Adam's learning rate.
     * @param seed         The seed of its weights.
     */
    PolicyNetwork(List<Integer> lengths, int actions, double learningRate, long seed) {
        this.learningRate = learningRate;
        for (int length : lengths) {
            entrances.computeIfAbsent(length, key -> entrance(key, seed));
        }
        int width = JOINT_WIDTH;
        CountedRandom random = CountedRandom.of(seed, "policy-head");
        for (int next : HEAD) {
            head.add(new Layer(width, next, random));
            width = next;
        }
        head.add(new Layer(width, actions, random));
    }

    private static List<Layer> entrance(int length, long seed) {
        CountedRandom random = CountedRandom.of(seed, "policy-entrance", length);
        List<Layer> layers = new ArrayList<>();
        int width = length;
        do {
            int next = Math.min(JOINT_WIDTH, 2 * width);
            layers.add(new Layer(width, next, random));
            width = next;
        } while (width < JOINT_WIDTH);
        return layers;
    }

    private List<Layer> layers(int length) {
        List<Layer> layers = new ArrayList<>(entrances.get(length));
        layers.addAll(head);
        return layers;
    }

    /**
     * The probability of each action.
     *
     * @param input A vector of one of the known lengths.
     * @return The probabilities.
     */
    double[] probabilities(double[] input) {
        List<double[]> values = values(input);
        return values.get(values.size() - 1);
    }

    /** The input, what each layer writes after its non-linearity, and the probabilities. */
    private List<double[]> values(double[] input) {
        List<Layer> layers = layers(input.length);
        List<double[]> values = new ArrayList<>();
        values.add(input);
        for (int i = 0; i < layers.size(); i++) {
            double[] output = layers.get(i).forward(values.get(i));
            if (i + 1 < layers.size()) {
                for (int j = 0; j < output.length; j++) {
                    output[j] = Math.max(0.0, output[j]);
                }
            }
            values.add(output);
        }
        values.set(values.size() - 1, FilterWeights.softmax(values.get(values.size() - 1)));
        return values;
    }

    /**
     * Adds the gradient of {@code -advantage * log p(action)} to the network's.
     *
     * @param input     What the network read.
     * @param action    The action that was taken.
     * @param advantage How much better than expected its consequence was.
     */
    void reinforce(double[] input, int action, double advantage) {
        List<Layer> layers = layers(input.length);
        List<double[]> values = values(input);
        double[] gradient = values.get(values.size() - 1).clone();
        gradient[action] -= 1.0;
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] *= advantage;
        }
        for (int i = layers.size() - 1; i >= 0; i--) {
            double[] read = values.get(i);
            gradient = layers.get(i).backward(read, gradient);
            if (i > 0) {
                for (int j = 0; j < gradient.length; j++) {
                    gradient[j] = read[j] > 0.0 ? gradient[j] : 0.0;
                }
            }
        }
    }

    /** Makes one step down the gradients that were added since the last. */
    void step() {
        steps++;
        double firstCorrection = 1 - StrictMath.pow(FIRST_DECAY, steps);
        double secondCorrection = 1 - StrictMath.pow(SECOND_DECAY, steps);
        entrances
                .values()
                .forEach(layers ->
                        layers.forEach(layer -> layer.learn(learningRate, firstCorrection, secondCorrection)));
        head.forEach(layer -> layer.learn(learningRate, firstCorrection, secondCorrection));
    }

    /** All parameters, for tests. */
    List<double[]> parameters() {
        List<double[]> all = new ArrayList<>();
        entrances.values().forEach(layers -> layers.forEach(layer -> all.add(layer.values)));
        head.forEach(layer -> all.add(layer.values));
        return all;
    }

    /** The gradients in the order of {@link #parameters}, for tests. */
    List<double[]> gradients() {
        List<double[]> all = new ArrayList<>();
        entrances.values().forEach(layers -> layers.forEach(layer -> all.add(layer.gradients)));
        head.forEach(layer -> all.add(layer.gradients));
        return all;
    }
}
