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

import com.oracle.labs.mlrg.olcut.provenance.ConfiguredObjectProvenance;
import com.oracle.labs.mlrg.olcut.provenance.impl.ConfiguredObjectProvenanceImpl;
import java.util.List;
import org.tribuo.ImmutableFeatureMap;
import org.tribuo.VariableIDInfo;
import org.tribuogrowth.architecture.Shape;

/**
 * Gives every feature of the domain one place of a vector, in the order of the names as strings. It has no settings.
 */
public final class VectorLayout implements FeatureLayout {
    /** Makes the layout; also for OLCUT. */
    public VectorLayout() {}

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException If the domain has no features.
     */
    @Override
    public BoundLayout bind(ImmutableFeatureMap features) {
        List<VariableIDInfo> sorted = DomainFeatures.sorted(features);
        int[] placeOfId = new int[DomainFeatures.idBound(sorted)];
        for (int place = 0; place < sorted.size(); place++) {
            placeOfId[sorted.get(place).getID()] = place;
        }
        return new PlacedLayout(new Shape.Vector(sorted.size(), 1), sorted.size(), features, placeOfId);
    }

    @Override
    public ConfiguredObjectProvenance getProvenance() {
        return new ConfiguredObjectProvenanceImpl(this, "FeatureLayout");
    }

    @Override
    public String toString() {
        return "VectorLayout()";
    }
}
