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

import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.tribuogrowth.kernel.KernelChoice;
import org.tribuogrowth.output.ClassWeights;
import org.tribuogrowth.output.Loss;
import org.tribuogrowth.output.SampledSoftmax;

/**
 * How a network is built, apart from its structure and parameters.
 *
 * @param kernels              What computes.
 * @param type                 FLOAT, or DOUBLE for gradient checks.
 * @param updater              What learns the raw parameters; DL4J's own, with its schedule.
 * @param weightRegularisation What decays the weights.
 * @param seed                 The seed of dropout and of the classes drawn.
 * @param rawOutputs           Whether {@link GatedNetwork#predict} gives the values before the output's activation. Only
 *                             for networks that are not trained.
 * @param loss                 What is minimised; null for networks that only predict.
 * @param maxGradientNorm      The largest norm of the gradient of the mean loss, to which larger ones are scaled down; 0 for
 *                             no limit.
 * @param sampling             How the classes are drawn that the loss of a step compares; null for all.
 * @param classWeights         How much the positions of each class count in the loss.
 */
public record NetworkSettings(
        KernelChoice kernels,
        DataType type,
        IUpdater updater,
        List<Regularization> weightRegularisation,
        long seed,
        boolean rawOutputs,
        Loss loss,
        double maxGradientNorm,
        SampledSoftmax sampling,
        ClassWeights classWeights) {
    /** Checks the norm and copies the list. */
    public NetworkSettings {
        if (!(maxGradientNorm >= 0.0 && Double.isFinite(maxGradientNorm))) {
            throw new IllegalArgumentException(
                    "The largest norm of gradients must be a finite number of at least 0, found " + maxGradientNorm);
        }
        weightRegularisation = List.copyOf(weightRegularisation);
    }

    /**
     * Settings without a limit to the norm of gradients, for a loss that compares all classes, which count alike.
     *
     * @param kernels              What computes.
     * @param type                 FLOAT, or DOUBLE for gradient checks.
     * @param updater              What learns the raw parameters.
     * @param weightRegularisation What decays the weights.
     * @param seed                 The seed of dropout.
     * @param rawOutputs           Whether predictions are the values before the output's activation.
     * @param loss                 What is minimised; null for networks that only predict.
     */
    public NetworkSettings(
            KernelChoice kernels,
            DataType type,
            IUpdater updater,
            List<Regularization> weightRegularisation,
            long seed,
            boolean rawOutputs,
            Loss loss) {
        this(kernels, type, updater, weightRegularisation, seed, rawOutputs, loss, 0.0, null, ClassWeights.EQUAL);
    }

    /**
     * Settings for networks that only predict.
     *
     * @param kernels What computes.
     * @return The settings.
     */
    public static NetworkSettings inference(KernelChoice kernels) {
        return new NetworkSettings(kernels, DataType.FLOAT, new NoOp(), List.of(), 0, false, null);
    }

    /**
     * The same settings for a network whose predictions are the values before the output's activation.
     *
     * @return New settings.
     */
    public NetworkSettings withRawOutputs() {
        return new NetworkSettings(
                kernels,
                type,
                updater,
                weightRegularisation,
                seed,
                true,
                loss,
                maxGradientNorm,
                sampling,
                classWeights);
    }

    /**
     * The loss of a network that is trained.
     *
     * @return The loss.
     * @throws IllegalStateException If there is none.
     */
    Loss requireLoss() {
        if (loss == null) {
            throw new IllegalStateException("The network was built to predict only and cannot be trained");
        }
        return loss;
    }
}
