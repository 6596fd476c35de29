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

package org.tribuogrowth.data;

import com.oracle.labs.mlrg.olcut.config.Configurable;
import com.oracle.labs.mlrg.olcut.provenance.ConfiguredObjectProvenance;
import com.oracle.labs.mlrg.olcut.provenance.Provenancable;

/** Decides how features are shifted and scaled before they enter a network. */
public interface Normalisation extends Configurable, Provenancable<ConfiguredObjectProvenance> {
    /**
     * Fits the normalisation to training data.
     *
     * @param data         The data.
     * @param trainingRows The rows that may be looked at: those that are trained on, not those kept for validation.
     * @return What to apply to every example, in training and afterwards.
     * @throws IllegalArgumentException If the data does not suit the configuration or there are no rows.
     */
    ChannelNormaliser fit(DenseData data, int[] trainingRows);
}
