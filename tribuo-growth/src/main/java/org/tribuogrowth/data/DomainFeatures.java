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

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.tribuo.ImmutableFeatureMap;
import org.tribuo.VariableIDInfo;
import org.tribuo.VariableInfo;

/** The features of a domain with their ids, in the order of their names. */
final class DomainFeatures {
    private DomainFeatures() {}

    /**
     * Lists the features. Ids are read from the features, not looked up by name: a hashed domain would hash the name
     * again.
     *
     * @param features The domain.
     * @return The features, sorted by name.
     * @throws IllegalArgumentException If there are none.
     */
    static List<VariableIDInfo> sorted(ImmutableFeatureMap features) {
        List<VariableIDInfo> sorted = new ArrayList<>(features.size());
        for (VariableInfo feature : features) {
            // An immutable domain holds nothing else.
            sorted.add((VariableIDInfo) feature);
        }
        if (sorted.isEmpty()) {
            throw new IllegalArgumentException("A layout needs at least one feature, found an empty feature domain");
        }
        sorted.sort(Comparator.comparing(VariableIDInfo::getName));
        return sorted;
    }

    /**
     * The length of a table indexed by feature id.
     *
     * @param features The features.
     * @return The largest id plus 1.
     */
    static int idBound(List<VariableIDInfo> features) {
        int bound = 0;
        for (VariableIDInfo feature : features) {
            bound = Math.max(bound, feature.getID() + 1);
        }
        return bound;
    }
}
