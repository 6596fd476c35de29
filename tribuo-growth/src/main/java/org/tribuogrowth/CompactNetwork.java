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

package org.tribuogrowth;

import java.util.Map;
import java.util.Optional;
import org.tribuogrowth.architecture.ActiveUnits;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.Reparameterisation;
import org.tribuogrowth.data.ChannelNormaliser;
import org.tribuogrowth.data.FeatureLayout;
import org.tribuogrowth.data.TargetScaling;
import org.tribuogrowth.network.Initialisation;
import org.tribuogrowth.network.NetworkParameters;
import org.tribuogrowth.network.ParameterBank;

/** What a model consists of besides what every Tribuo model has. Immutable. */
final class CompactNetwork {
    private final Architecture dense;
    private final ActiveUnits active;
    private final NetworkParameters parameters;
    private final FeatureLayout layout;
    private final ChannelNormaliser normaliser;
    private final TargetScaling scaling;
    private final byte[] ledger;

    CompactNetwork(
            Architecture dense,
            ActiveUnits active,
            NetworkParameters parameters,
            FeatureLayout layout,
            ChannelNormaliser normaliser,
            TargetScaling scaling,
            byte[] ledger) {
        if (!dense.compact(active).equals(parameters.architecture())) {
            throw new IllegalArgumentException("The parameters are not those of the active units' network");
        }
        if (normaliser != null) {
            normaliser.requireFit(dense.input());
        }
        int outputs = active.count(dense.output().units());
        if (scaling != null && scaling.size() != outputs) {
            throw new IllegalArgumentException(
                    "The scaling of targets is for " + scaling.size() + " outputs, but the network has " + outputs);
        }
        this.dense = dense;
        this.active = active;
        this.parameters = parameters;
        this.layout = layout;
        this.normaliser = normaliser;
        this.scaling = scaling;
        this.ledger = ledger.clone();
    }

    /** The dense reference with fresh parameters and without a ledger, to compare with. */
    CompactNetwork untrainedDense() {
        ActiveUnits all = ActiveUnits.all(dense);
        ParameterBank bank = new ParameterBank(
                dense, all, new Reparameterisation.None(), Initialisation.HE_NORMAL, 0, (change, before, after) -> {});
        return new CompactNetwork(dense, all, bank.compact(Map.of()), layout, normaliser, scaling, new byte[0]);
    }

    Architecture dense() {
        return dense;
    }

    ActiveUnits active() {
        return active;
    }

    NetworkParameters parameters() {
        return parameters;
    }

    FeatureLayout layout() {
        return layout;
    }

    Optional<ChannelNormaliser> normaliser() {
        return Optional.ofNullable(normaliser);
    }

    Optional<TargetScaling> scaling() {
        return Optional.ofNullable(scaling);
    }

    byte[] ledger() {
        return ledger.clone();
    }
}
