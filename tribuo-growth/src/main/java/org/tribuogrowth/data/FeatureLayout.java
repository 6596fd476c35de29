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
import java.util.List;
import org.tribuo.ImmutableFeatureMap;

/**
 * Where each feature goes in a network's input, decided by the feature's name. Tribuo's feature ids are packed: a pixel
 * that is never seen has no id and all later ids shift, so ids say nothing about places.
 */
public interface FeatureLayout extends Configurable, Provenancable<ConfiguredObjectProvenance> {
    /**
     * Fits the layout to a feature domain.
     *
     * @param features The features of the training data.
     * @return The fitted layout.
     * @throws IllegalArgumentException If a feature's name has no place in the layout; the message names the feature
     *                                  and says which names do.
     */
    BoundLayout bind(ImmutableFeatureMap features);

    /**
     * Fits the layout to a feature domain and an output domain of labels, for layouts to which it matters that a feature is
     * called as a label is.
     *
     * @param features The features of the training data.
     * @param labels   The labels by their ids.
     * @return The fitted layout.
     * @throws IllegalArgumentException As {@link #bind(ImmutableFeatureMap)} does.
     */
    default BoundLayout bind(ImmutableFeatureMap features, List<String> labels) {
        return bind(features);
    }
}
