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

package org.tribuogrowth.training;

import com.oracle.labs.mlrg.olcut.config.Configurable;
import com.oracle.labs.mlrg.olcut.provenance.ConfiguredObjectProvenance;
import com.oracle.labs.mlrg.olcut.provenance.Provenancable;
import java.util.List;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.regularization.Regularization;

/** What learns a network's raw parameters: one of DL4J's updaters. Gates have an optimiser of their own in the search. */
public interface Optimiser extends Configurable, Provenancable<ConfiguredObjectProvenance> {
    /**
     * The learning rate of every step.
     *
     * @param epochs        The epochs of the training.
     * @param stepsPerEpoch The steps of an epoch.
     * @return The curve.
     */
    RateCurve curve(int epochs, int stepsPerEpoch);

    /**
     * Makes DL4J's updater. NoOp, Sgd, Nesterovs, ClassicalMomentum and Adam run in one fused pass over the parameters
     * where possible; any other runs through DL4J's own code, with the meaning that it has there, but slower.
     *
     * @param curve The learning rate of every step.
     * @return The updater.
     */
    IUpdater updater(RateCurve curve);

    /**
     * What decays weights, and thresholds where a search asks for it. Biases, batch normalisation and gates are never
     * decayed.
     *
     * @return DL4J's regularisations, empty for none.
     */
    List<Regularization> weightRegularisation();

    /**
     * Gradient clipping: where the Euclidean norm of the gradient of the mean loss, over all parameters learnt, is above a
     * maximum, the gradient is scaled down to it (Pascanu, Mikolov and Bengio, ICML 2013). Weight decay is no part of it.
     *
     * @return The largest norm, 0 for no limit.
     */
    default double maxGradientNorm() {
        return 0.0;
    }
}
