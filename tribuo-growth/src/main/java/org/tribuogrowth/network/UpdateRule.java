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

import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.config.Sgd;

/**
 * The formula of one of DL4J's updaters or of {@link ClassicalMomentum} at one step, in single precision and in the
 * order of operations of DL4J's native code. Each turns gradients into what is subtracted from the parameters, and
 * moves its moments on. The loops are plain ones over arrays, which the virtual machine turns into vector instructions.
 */
sealed interface UpdateRule {
    /**
     * Turns gradients into changes.
     *
     * @param gradients The gradients; receives what is to be subtracted from the parameters.
     * @param first     The first moments of the same parameters, moved on; not read by rules without.
     * @param second    The second moments, likewise.
     * @param count     How many parameters.
     */
    void apply(float[] gradients, float[] first, float[] second, int count);

    /**
     * Whether moments below the smallest normal number count as zero. They do where the change that they make is below
     * what single precision shows.
     */
    default boolean flushesMoments() {
        return true;
    }

    /**
     * Whether there is a rule for an updater. Subclasses may do anything, so the class must match exactly.
     *
     * @param updater One of DL4J's updaters or a user's own.
     * @return True if there is one.
     */
    static boolean exists(IUpdater updater) {
        Class<?> type = updater.getClass();
        return type == NoOp.class
                || type == Sgd.class
                || type == Nesterovs.class
                || type == ClassicalMomentum.class
                || type == Adam.class;
    }

    /**
     * The rule of an updater at a step, with the rates of its schedules.
     *
     * @param updater   An updater for which there is a rule.
     * @param iteration The step.
     * @param epoch     The epoch.
     * @return The rule.
     */
    static UpdateRule of(IUpdater updater, int iteration, int epoch) {
        if (updater instanceof NoOp) {
            return new Unchanged();
        } else if (updater instanceof Sgd sgd) {
            return new Descent((float) sgd.getLearningRate(iteration, epoch));
        } else if (updater instanceof Nesterovs nesterovs) {
            return new NesterovMomentum((float) nesterovs.getLearningRate(iteration, epoch), (float)
                    nesterovs.currentMomentum(iteration, epoch));
        } else if (updater instanceof ClassicalMomentum momentum) {
            return new HeavyBall((float) momentum.getLearningRate(iteration, epoch), (float) momentum.momentum());
        } else if (updater instanceof Adam adam) {
            return AdaptiveMoments.of(adam, iteration, epoch);
        }
        throw new IllegalArgumentException(
                "No rule for updater " + updater.getClass().getName());
    }

    /** What is called a gradient is the change itself: running statistics, gates. */
    record Unchanged() implements UpdateRule {
        @Override
        public void apply(float[] gradients, float[] first, float[] second, int count) {
            // The gradients are the changes.
        }
    }

    /**
     * Plain gradient descent.
     *
     * @param rate The learning rate.
     */
    record Descent(float rate) implements UpdateRule {
        @Override
        public void apply(float[] gradients, float[] first, float[] second, int count) {
            float scale = rate;
            for (int i = 0; i < count; i++) {
                gradients[i] *= scale;
            }
        }
    }

    /**
     * Nesterov momentum (Sutskever and others, On the importance of initialization and momentum in deep learning, ICML
     * 2013), in the form that moves the parameters to where the gradient is looked at next.
     *
     * @param rate     The learning rate.
     * @param momentum The part of the velocity that stays.
     */
    record NesterovMomentum(float rate, float momentum) implements UpdateRule {
        @Override
        public void apply(float[] gradients, float[] first, float[] second, int count) {
            float scale = rate;
            float kept = momentum;
            float ahead = -kept - 1;
            for (int i = 0; i < count; i++) {
                float previous = kept * first[i];
                float velocity = previous - scale * gradients[i];
                first[i] = velocity;
                gradients[i] = previous + ahead * velocity;
            }
        }
    }

    /**
     * Classical momentum.
     *
     * @param rate     The learning rate.
     * @param momentum The part of the velocity that stays.
     */
    record HeavyBall(float rate, float momentum) implements UpdateRule {
        @Override
        public void apply(float[] gradients, float[] first, float[] second, int count) {
            float scale = rate;
            float kept = momentum;
            for (int i = 0; i < count; i++) {
                float velocity = kept * first[i] - scale * gradients[i];
                first[i] = velocity;
                gradients[i] = -velocity;
            }
        }
    }

    /**
     * Adam (Kingma and Ba, ICLR 2015, the efficient form at the end of section 2: epsilon is added to the root of the
     * second moment before its bias is corrected).
     *
     * @param rate    The learning rate times the corrections of bias.
     * @param beta1   The part of the first moment that stays.
     * @param beta2   The part of the second moment that stays.
     * @param epsilon What is added to the root of the second moment.
     */
    record AdaptiveMoments(float rate, float beta1, float beta2, float epsilon) implements UpdateRule {
        /**
         * With a smaller epsilon the root of a second moment below the smallest normal number, 1.1e-19, is not lost in
         * the sum, and the moments are kept as they are.
         */
        private static final float SMALLEST_FLUSHING_EPSILON = 2e-12f;

        static AdaptiveMoments of(Adam adam, int iteration, int epoch) {
            float learningRate = (float) adam.getLearningRate(iteration, epoch);
            float beta1 = (float) adam.getBeta1();
            float beta2 = (float) adam.getBeta2();
            float epsilon = (float) adam.getEpsilon();
            float steps = (float) iteration + 1;
            float past1 = (float) Math.pow(beta1, steps);
            float past2 = (float) Math.pow(beta2, steps);
            float rate = (float) (learningRate * (float) Math.sqrt((float) (1.0 - past2)) / (1.0 - past1));
            // As DL4J's native code does, which at a learning rate of zero takes epsilon as the rate.
            boolean usable = Float.isFinite(rate) && rate != 0;
            return new AdaptiveMoments(usable ? rate : epsilon, beta1, beta2, epsilon);
        }

        @Override
        public boolean flushesMoments() {
            return epsilon >= SMALLEST_FLUSHING_EPSILON;
        }

        @Override
        public void apply(float[] gradients, float[] first, float[] second, int count) {
            float scale = rate;
            float kept1 = beta1;
            float kept2 = beta2;
            float new1 = 1 - kept1;
            float new2 = 1 - kept2;
            float added = epsilon;
            for (int i = 0; i < count; i++) {
                float gradient = gradients[i];
                float mean = kept1 * first[i] + gradient * new1;
                float square = kept2 * second[i] + gradient * gradient * new2;
                first[i] = mean;
                second[i] = square;
                gradients[i] = mean * scale / ((float) Math.sqrt(square) + added);
            }
        }
    }
}
