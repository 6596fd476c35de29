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

import java.io.Serial;
import java.io.Serializable;
import java.util.Arrays;

/**
 * How the classes are drawn that a softmax of very many classes is trained with: at each step a number of draws, with
 * replacement, from a proposal q. A row of scores is compared over its own class and what was drawn, each value less the
 * logarithm of {@code pi = 1 - (1 - q)^draws}, the expected number of times that the class is among those drawn, each
 * counted once (Bengio and Senécal, Adaptive importance sampling to accelerate training of a neural probabilistic language
 * model, IEEE Transactions on Neural Networks 2008; Jean and others, On using very large target vocabulary for neural machine
 * translation, ACL 2015).
 *
 * <p>The row's own class is corrected like the others. If classes were drawn independently of each other, the probability
 * that one of the compared classes is the row's own would be proportional to {@code p / pi}, since it was added to them for
 * certain and any other only with its pi; so values whose softmax is p are those of the least loss. Without the correction
 * of the own class, those that are rarely drawn would come out far too probable.
 *
 * <p>The proposal is the frequency of a class in the training data, where each class counts once more than it occurs, so that
 * none is never drawn. Immutable.
 */
public final class SampledSoftmax implements Serializable {
    @Serial
    private static final long serialVersionUID = 1L;

    /** The negative logarithm of the probability that a step draws more distinct classes than there is room for. */
    private static final double SURPRISE = 28.0;

    private final int draws;
    /** The sum of the counts, each one more than it was, up to each class and with it. */
    private final long[] cumulative;

    private final double[] corrections;
    private final int room;

    /**
     * Makes a proposal.
     *
     * @param draws  How many classes are drawn at each step, at least 1 and fewer than there are.
     * @param counts How often each class occurs in what is learnt, at least 0.
     * @throws IllegalArgumentException If a number is out of range.
     */
    public SampledSoftmax(int draws, int[] counts) {
        if (draws < 1 || draws >= counts.length) {
            throw new IllegalArgumentException("The softmax is to be trained with " + draws + " sampled classes of "
                    + counts.length + ", allowed are 1 to " + (counts.length - 1)
                    + "; use 0 sampled classes to train with all");
        }
        this.draws = draws;
        this.cumulative = new long[counts.length];
        long sum = 0;
        for (int number = 0; number < counts.length; number++) {
            if (counts[number] < 0) {
                throw new IllegalArgumentException(
                        "Class " + number + " occurs " + counts[number] + " times, allowed are numbers of at least 0");
            }
            sum += counts[number] + 1L;
            cumulative[number] = sum;
        }
        this.corrections = new double[counts.length];
        for (int number = 0; number < counts.length; number++) {
            corrections[number] = StrictMath.log(expectedCount(number));
        }
        this.room = newRoom();
    }

    /**
     * The expected number of distinct classes and as much more as Bernstein's inequality asks for: which classes are drawn
     * is negatively associated, so that it holds as for independent ones (Dubhashi and Ranjan, Balls and bins: a study in
     * negative dependence, Random Structures and Algorithms 1998).
     */
    private int newRoom() {
        double expected = 0.0;
        double variance = 0.0;
        for (int number = 0; number < classes(); number++) {
            double count = expectedCount(number);
            expected += count;
            variance += count * (1.0 - count);
        }
        double third = SURPRISE / 3.0;
        double more = third + StrictMath.sqrt(third * third + 2.0 * SURPRISE * variance);
        return (int) Math.min(draws, Math.ceil(expected + more));
    }

    /**
     * The number of draws of a step.
     *
     * @return At least 1.
     */
    public int draws() {
        return draws;
    }

    /**
     * How many distinct classes a step has room for. Frequent classes are drawn several times, so there are far fewer distinct
     * ones than draws; what is computed has this size. A step with more, which is not to be expected in 10^12 steps,
     * draws no further.
     *
     * @return At least 1, at most the number of draws.
     */
    public int room() {
        return room;
    }

    /**
     * The number of classes.
     *
     * @return More than there are draws.
     */
    public int classes() {
        return cumulative.length;
    }

    /**
     * The probability with which a draw gives a class.
     *
     * @param number The class.
     * @return q, above 0.
     */
    public double probability(int number) {
        long before = number == 0 ? 0 : cumulative[number - 1];
        return (cumulative[number] - before) / (double) cumulative[cumulative.length - 1];
    }

    /**
     * How many times a class is expected among the distinct classes of a step: the probability that it is one of them.
     *
     * @param number The class.
     * @return pi, above 0 and at most 1.
     */
    public double expectedCount(int number) {
        return -StrictMath.expm1(draws * StrictMath.log1p(-probability(number)));
    }

    /**
     * What is subtracted from a class's value.
     *
     * @param number The class.
     * @return The logarithm of {@link #expectedCount}.
     */
    public double correction(int number) {
        return corrections[number];
    }

    /**
     * The class that a uniform number stands for.
     *
     * @param uniform A number in [0, 1).
     * @return The class.
     */
    public int draw(double uniform) {
        long sum = cumulative[cumulative.length - 1];
        // The product may be rounded up to the sum.
        long place = Math.min((long) (uniform * sum), sum - 1);
        int found = Arrays.binarySearch(cumulative, place + 1);
        return found >= 0 ? found : -found - 1;
    }

    /**
     * Makes sure that a network is trained with what the sample is for.
     *
     * @param loss    What is minimised; may be null.
     * @param outputs The number of output units.
     * @throws IllegalArgumentException If the loss is not that of the numbers of classes, or there are others.
     */
    public void require(Loss loss, int outputs) {
        if (loss == null || !loss.isOfClassNumbers()) {
            throw new IllegalArgumentException(
                    "Classes are sampled for the loss " + Loss.CLASS_CROSS_ENTROPY + " only, found " + loss);
        }
        if (outputs != classes()) {
            throw new IllegalArgumentException("Classes are sampled of " + classes()
                    + ", but the network has scores for " + outputs + "; they must be equal");
        }
    }

    @Override
    public String toString() {
        return "SampledSoftmax(draws=" + draws + ",classes=" + classes() + ")";
    }
}
