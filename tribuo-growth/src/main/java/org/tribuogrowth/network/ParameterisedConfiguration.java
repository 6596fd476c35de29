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
import java.util.Set;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.tribuogrowth.architecture.ParameterRole;

/** The DL4J configuration of a layer of ours that has parameters and may have gates. */
abstract class ParameterisedConfiguration extends LayerConfiguration {
    private static final long serialVersionUID = 1L;

    private static final Set<String> WEIGHTS =
            Set.of(ParameterRole.WEIGHT.text(), ParameterRole.RECURRENT_WEIGHT.text(), ParameterRole.EMBEDDING.text());

    private IUpdater updater = new NoOp();
    private List<Regularization> weightRegularisation = List.of();
    private boolean gated;

    ParameterisedConfiguration() {}

    /**
     * Sets what every layer with parameters has.
     *
     * @param updater              What learns the raw parameters.
     * @param weightRegularisation What decays the weights; biases, gamma, beta and gates are not decayed, thresholds
     *                             where that is asked for.
     * @param gated                Whether there is a gate for each unit.
     */
    final void initialise(IUpdater updater, List<Regularization> weightRegularisation, boolean gated) {
        this.updater = updater;
        this.weightRegularisation = List.copyOf(weightRegularisation);
        this.gated = gated;
    }

    final boolean gated() {
        return gated;
    }

    /** The parameters in the order of the flat vector. */
    abstract List<ParameterSlot> slots();

    @Override
    public final ParamInitializer initializer() {
        return SlotInitializer.INSTANCE;
    }

    @Override
    public final IUpdater getUpdaterByParam(String paramName) {
        if (paramName.equals(ParameterSlot.GATE)
                || paramName.equals(ParameterRole.MEAN.text())
                || paramName.equals(ParameterRole.VARIANCE.text())) {
            return new NoOp();
        }
        return updater;
    }

    /** Whether a parameter is among those that decay. */
    boolean decays(String parameter) {
        return WEIGHTS.contains(parameter);
    }

    /** Whether a parameter is a threshold. */
    static boolean isThreshold(String parameter) {
        return parameter.equals(ParameterRole.THRESHOLD.text())
                || parameter.equals(ParameterRole.RECURRENT_THRESHOLD.text());
    }

    @Override
    public final List<Regularization> getRegularizationByParam(String paramName) {
        return decays(paramName) ? weightRegularisation : null;
    }
}
