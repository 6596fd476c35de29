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

package org.tribuogrowth.output;

import org.tribuogrowth.architecture.Activation;

/**
 * What training minimises: a sum over the outputs of an example, averaged over the examples of a minibatch. Every loss is at
 * least 0, and belongs to one activation of the output. But for {@link #HUBER} and {@link #ABSOLUTE}, the slope at an output
 * value before the activation is the score minus the target.
 *
 * <p>A network that has scores for each step of a sequence or each pixel of an image learns by {@link #CLASS_CROSS_ENTROPY},
 * whose mean is over the positions of a minibatch that count.
 */
public enum Loss {
    /** The cross-entropy of a softmax against one class: {@code -sum of t * log(p)}. */
    CROSS_ENTROPY(Activation.SOFTMAX),
    /**
     * The cross-entropy of a softmax at each position against the number of a class, {@code -log(p of that class)}: one target a
     * position, from 0, where a negative number means that the position does not count, as padding or void.
     */
    CLASS_CROSS_ENTROPY(Activation.SOFTMAX),
    /**
     * The cross-entropies of sigmoids against targets of 0 and 1, each for itself:
     * {@code -sum of t * log(p) + (1 - t) * log(1 - p)}.
     */
    BINARY_CROSS_ENTROPY(Activation.SIGMOID),
    /** Half the squared differences, {@code sum of d^2 / 2}. */
    SQUARED(Activation.IDENTITY),
    /**
     * Squares near the target and lines further away, {@code sum of d^2 / 2} where {@code |d| <= 1} and {@code |d| - 1/2}
     * elsewhere (P. J. Huber, Robust estimation of a location parameter, 1964).
     */
    HUBER(Activation.IDENTITY),
    /** The absolute differences, {@code sum of |d|}; its slope at a difference of 0 is 0. */
    ABSOLUTE(Activation.IDENTITY);

    /** A probability that a float cannot tell from 1 counts as half the distance to the next smaller float below it. */
    private static final double LEAST_COMPLEMENT = 0x1p-25;

    private final Activation activation;

    Loss(Activation activation) {
        this.activation = activation;
    }

    /**
     * The activation of the output that the loss is for.
     *
     * @return What turns output values into scores.
     */
    public Activation activation() {
        return activation;
    }

    /**
     * Whether each output has a part of the loss that depends on no other output.
     *
     * @return False for the cross-entropies of a softmax.
     */
    public boolean isSeparable() {
        return this != CROSS_ENTROPY && this != CLASS_CROSS_ENTROPY;
    }

    /**
     * Whether targets are numbers of classes, one a position, and not one value an output.
     *
     * @return True for {@link #CLASS_CROSS_ENTROPY}.
     */
    public boolean isOfClassNumbers() {
        return this == CLASS_CROSS_ENTROPY;
    }

    /**
     * The number of target values of an example.
     *
     * @param outputs   The number of output units.
     * @param positions The number of positions that the network has scores for, at least 1.
     * @return One for each position, or one for each output unit.
     * @throws IllegalArgumentException If the loss is for one position and there are more.
     */
    public int targetLength(int outputs, int positions) {
        if (isOfClassNumbers()) {
            return positions;
        }
        if (positions != 1) {
            throw new IllegalArgumentException(
                    "The loss " + this + " is for networks with one row of scores an example, but"
                            + " this one has scores for " + positions
                            + " positions; use an output adapter for outputs of a class"
                            + " for each position, or a network that ends in a vector");
        }
        return outputs;
    }

    /**
     * The part of one output in a separable loss.
     *
     * @param value  The output's value before the activation.
     * @param target Its target.
     * @return The part of the loss, not finite if the value is not.
     * @throws IllegalStateException If the loss is not separable.
     */
    public double ofValue(double value, double target) {
        double difference = value - target;
        return switch (this) {
            case CROSS_ENTROPY, CLASS_CROSS_ENTROPY -> throw notSeparable();
                // log(1 + exp(value)) - target * value, without exp of anything positive.
            case BINARY_CROSS_ENTROPY -> Math.max(value, 0.0) - target * value + Math.log1p(Math.exp(-Math.abs(value)));
            case SQUARED -> 0.5 * difference * difference;
            case HUBER -> Math.abs(difference) <= 1.0 ? 0.5 * difference * difference : Math.abs(difference) - 0.5;
            case ABSOLUTE -> Math.abs(difference);
        };
    }

    /**
     * The slope of {@link #ofValue} at the output's value.
     *
     * @param value  The output's value before the activation.
     * @param target Its target.
     * @return The derivative by the value.
     * @throws IllegalStateException If the loss is not separable.
     */
    public double slope(double value, double target) {
        double difference = value - target;
        return switch (this) {
            case CROSS_ENTROPY, CLASS_CROSS_ENTROPY -> throw notSeparable();
            case BINARY_CROSS_ENTROPY -> 1.0 / (1.0 + Math.exp(-value)) - target;
            case SQUARED -> difference;
            case HUBER -> Math.max(-1.0, Math.min(1.0, difference));
            case ABSOLUTE -> Math.signum(difference);
        };
    }

    private IllegalStateException notSeparable() {
        return new IllegalStateException("The loss " + this + " is not a sum over single outputs");
    }

    /**
     * The loss of one example, or of one position of it.
     *
     * @param scores       The scores, after the output's activation.
     * @param scoreOffset  Where those of the example or position begin.
     * @param targets      The targets.
     * @param targetOffset Where the target of the example or position begins.
     * @param size         The number of outputs.
     * @return The loss, finite if scores and targets are: a probability of 0 counts as the smallest positive float, and
     *     one of 1, where it must not be 1, as 1 - 2^-25. 0 for a position that does not count.
     */
    public double of(float[] scores, int scoreOffset, float[] targets, int targetOffset, int size) {
        if (isOfClassNumbers()) {
            float number = targets[targetOffset];
            return number < 0.0f ? 0.0 : -Math.log(Math.max(scores[scoreOffset + (int) number], Float.MIN_VALUE));
        }
        double sum = 0.0;
        for (int i = 0; i < size; i++) {
            float score = scores[scoreOffset + i];
            float target = targets[targetOffset + i];
            switch (this) {
                case CROSS_ENTROPY -> {
                    if (target != 0.0f) {
                        sum -= target * Math.log(Math.max(score, Float.MIN_VALUE));
                    }
                }
                case BINARY_CROSS_ENTROPY -> {
                    if (target != 0.0f) {
                        sum -= target * Math.log(Math.max(score, Float.MIN_VALUE));
                    }
                    if (target != 1.0f) {
                        sum -= (1.0 - target) * Math.log(Math.max(1.0 - score, LEAST_COMPLEMENT));
                    }
                }
                case SQUARED, HUBER, ABSOLUTE -> sum += ofValue(score, target);
                case CLASS_CROSS_ENTROPY -> throw new AssertionError("Dealt with above");
            }
        }
        return sum;
    }
}
