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

import java.util.Map;
import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.shade.jackson.annotation.JsonAutoDetect;

/**
 * Gradient descent with classical momentum, which DL4J lacks: {@code v = momentum * v - rate * gradient}, and v is
 * added to the parameters (Sutskever and others, On the importance of initialization and momentum in deep learning,
 * ICML 2013, equations 1 and 2; Polyak 1964).
 */
@JsonAutoDetect(
        fieldVisibility = JsonAutoDetect.Visibility.ANY,
        getterVisibility = JsonAutoDetect.Visibility.NONE,
        isGetterVisibility = JsonAutoDetect.Visibility.NONE,
        setterVisibility = JsonAutoDetect.Visibility.NONE)
public final class ClassicalMomentum implements IUpdater {
    private static final long serialVersionUID = 1L;

    private double learningRate = Double.NaN;
    private ISchedule learningRateSchedule;
    private double momentum;

    private ClassicalMomentum() {
        // For DL4J's JSON.
    }

    /**
     * Makes an updater.
     *
     * @param learningRateSchedule The learning rate of every step.
     * @param momentum             The part of the velocity that stays, at least 0 and below 1.
     */
    public ClassicalMomentum(ISchedule learningRateSchedule, double momentum) {
        this.learningRateSchedule = learningRateSchedule;
        this.momentum = momentum;
    }

    double momentum() {
        return momentum;
    }

    @Override
    public long stateSize(long numParams) {
        return numParams;
    }

    @Override
    public GradientUpdater<ClassicalMomentum> instantiate(INDArray viewArray, boolean initializeViewArray) {
        INDArray vector = viewArray.reshape(viewArray.length());
        ClassicalMomentumUpdater updater = new ClassicalMomentumUpdater(this);
        updater.setStateViewArray(vector, vector.shape(), vector.ordering(), initializeViewArray);
        return updater;
    }

    @Override
    public GradientUpdater<ClassicalMomentum> instantiate(
            Map<String, INDArray> updaterState, boolean initializeStateArrays) {
        ClassicalMomentumUpdater updater = new ClassicalMomentumUpdater(this);
        updater.setState(updaterState, initializeStateArrays);
        return updater;
    }

    @Override
    public double getLearningRate(int iteration, int epoch) {
        return learningRateSchedule == null ? learningRate : learningRateSchedule.valueAt(iteration, epoch);
    }

    @Override
    public boolean hasLearningRate() {
        return true;
    }

    @Override
    public void setLrAndSchedule(double lr, ISchedule lrSchedule) {
        this.learningRate = lr;
        this.learningRateSchedule = lrSchedule;
    }

    @Override
    public ClassicalMomentum clone() {
        ClassicalMomentum copy = new ClassicalMomentum(learningRateSchedule, momentum);
        copy.learningRate = learningRate;
        return copy;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ClassicalMomentum that
                && Double.compare(learningRate, that.learningRate) == 0
                && momentum == that.momentum
                && Objects.equals(learningRateSchedule, that.learningRateSchedule);
    }

    @Override
    public int hashCode() {
        return Objects.hash(learningRate, momentum, learningRateSchedule);
    }

    @Override
    public String toString() {
        return "ClassicalMomentum(learningRate=" + learningRate + ",learningRateSchedule=" + learningRateSchedule
                + ",momentum=" + momentum + ")";
    }
}
