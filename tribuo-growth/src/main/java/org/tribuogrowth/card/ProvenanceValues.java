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

package org.tribuogrowth.card;

import com.oracle.labs.mlrg.olcut.provenance.ListProvenance;
import com.oracle.labs.mlrg.olcut.provenance.MapProvenance;
import com.oracle.labs.mlrg.olcut.provenance.ObjectProvenance;
import com.oracle.labs.mlrg.olcut.provenance.PrimitiveProvenance;
import com.oracle.labs.mlrg.olcut.provenance.Provenance;
import com.oracle.labs.mlrg.olcut.provenance.primitives.BooleanProvenance;
import com.oracle.labs.mlrg.olcut.provenance.primitives.DoubleProvenance;
import com.oracle.labs.mlrg.olcut.provenance.primitives.IntProvenance;
import com.oracle.labs.mlrg.olcut.provenance.primitives.LongProvenance;
import com.oracle.labs.mlrg.olcut.util.Pair;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Provenance as maps, lists, numbers and texts, keys sorted. */
final class ProvenanceValues {
    private ProvenanceValues() {}

    static Map<String, Object> of(ObjectProvenance provenance) {
        Map<String, Object> values = new TreeMap<>();
        for (Pair<String, Provenance> pair : provenance) {
            values.put(pair.getA(), value(pair.getB()));
        }
        return values;
    }

    static Object value(Provenance provenance) {
        if (provenance instanceof ObjectProvenance object) {
            return of(object);
        } else if (provenance instanceof ListProvenance<?> list) {
            List<Object> values = new ArrayList<>();
            list.forEach(element -> values.add(value(element)));
            return values;
        } else if (provenance instanceof MapProvenance<?> map) {
            Map<String, Object> values = new TreeMap<>();
            map.forEach(pair -> values.put(pair.getA(), value(pair.getB())));
            return values;
        }
        boolean plain = provenance instanceof IntProvenance
                || provenance instanceof LongProvenance
                || provenance instanceof BooleanProvenance
                || provenance instanceof DoubleProvenance number && Double.isFinite(number.getValue());
        Object value = ((PrimitiveProvenance<?>) provenance).getValue();
        return plain ? value : value.toString();
    }
}
