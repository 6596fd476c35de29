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

package org.tribuogrowth.architecture.family;

import com.oracle.labs.mlrg.olcut.config.Config;
import org.tribuogrowth.architecture.LayerSpec;

/**
 * Dropout (Srivastava and others, JMLR 2014): in training values are set to zero at random and the rest is scaled up,
 * in inference nothing happens. Its automatic names are {@code dropout1} and so on.
 */
public final class DropoutLayer extends CheckedLayer {
    @Config(description = "The probability of setting a value to zero in training, at least 0 and below 1.")
    private double rate = 0.5;

    /** For OLCUT. */
    private DropoutLayer() {}

    /**
     * Dropout.
     *
     * @param rate The probability of setting a value to zero, in [0, 1).
     * @throws com.oracle.labs.mlrg.olcut.config.PropertyException If it is out of range.
     */
    public DropoutLayer(double rate) {
        this.rate = rate;
        postConfig();
    }

    @Override
    void check(LayerChecks checks) {
        checks.rate("rate", rate);
    }

    @Override
    void build(NetworkBuilder network) {
        network.add(new LayerSpec.Dropout(network.name("dropout", ""), network.last(), rate));
    }

    @Override
    public String toString() {
        return "DropoutLayer(rate=" + rate + ")";
    }
}
