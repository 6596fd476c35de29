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

package org.tribuogrowth.examples.benchmarks;

import org.nd4j.linalg.api.buffer.DataType;
import org.tribuogrowth.kernel.KernelChoice;
import org.tribuogrowth.network.NetworkSettings;
import org.tribuogrowth.output.Loss;
import org.tribuogrowth.training.ConstantRate;
import org.tribuogrowth.training.SgdOptimiser;

/** How our networks are trained in all benchmarks. */
public final class OwnSettings {
    private OwnSettings() {}

    /**
     * SGD with Nesterov momentum at the rate of the peer benchmark.
     *
     * @return The settings.
     */
    public static NetworkSettings training() {
        SgdOptimiser optimiser =
                new SgdOptimiser(LayeredNetwork.LEARNING_RATE, CellData.MOMENTUM, 0.0, new ConstantRate());
        return new NetworkSettings(
                KernelChoice.ONEDNN,
                DataType.FLOAT,
                optimiser.updater(optimiser.curve(1, 1)),
                optimiser.weightRegularisation(),
                CellWriter.SEED,
                false,
                Loss.CROSS_ENTROPY);
    }
}
