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

package org.tribuogrowth.provenance;

import com.oracle.labs.mlrg.olcut.provenance.ListProvenance;
import com.oracle.labs.mlrg.olcut.provenance.ObjectProvenance;
import com.oracle.labs.mlrg.olcut.provenance.PrimitiveProvenance;
import com.oracle.labs.mlrg.olcut.provenance.Provenance;
import com.oracle.labs.mlrg.olcut.provenance.ProvenanceException;
import com.oracle.labs.mlrg.olcut.provenance.ProvenanceUtil;
import com.oracle.labs.mlrg.olcut.provenance.primitives.BooleanProvenance;
import com.oracle.labs.mlrg.olcut.provenance.primitives.HashProvenance;
import com.oracle.labs.mlrg.olcut.provenance.primitives.IntProvenance;
import com.oracle.labs.mlrg.olcut.provenance.primitives.LongProvenance;
import com.oracle.labs.mlrg.olcut.provenance.primitives.StringProvenance;
import com.oracle.labs.mlrg.olcut.util.Pair;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The named values of a provenance object, in a fixed order, with their types checked. */
final class ProvenanceFields implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The values by key. */
    private final LinkedHashMap<String, Provenance> values = new LinkedHashMap<>();

    ProvenanceFields() {}

    /**
     * Takes the named values out of what was unmarshalled.
     *
     * @param owner The class that is built, for messages.
     * @param map   The unmarshalled values; left as it is.
     * @param types The keys in order, and the type of each value.
     * @throws ProvenanceException If a value is missing or of another type.
     */
    ProvenanceFields(Class<?> owner, Map<String, Provenance> map, Map<String, Class<? extends Provenance>> types) {
        HashMap<String, Provenance> left = new HashMap<>(map);
        types.forEach((key, type) ->
                values.put(key, ObjectProvenance.checkAndExtractProvenance(left, key, type, owner.getName())));
    }

    ProvenanceFields put(String key, String value) {
        values.put(key, new StringProvenance(key, value));
        return this;
    }

    ProvenanceFields put(String key, int value) {
        values.put(key, new IntProvenance(key, value));
        return this;
    }

    ProvenanceFields put(String key, long value) {
        values.put(key, new LongProvenance(key, value));
        return this;
    }

    ProvenanceFields put(String key, boolean value) {
        values.put(key, new BooleanProvenance(key, value));
        return this;
    }

    ProvenanceFields putDigest(String key, String value) {
        values.put(key, new HashProvenance(ProvenanceUtil.HashType.SHA256, key, value));
        return this;
    }

    ProvenanceFields put(String key, ListProvenance<?> value) {
        values.put(key, value);
        return this;
    }

    Provenance get(String key) {
        return values.get(key);
    }

    String text(String key) {
        return (String) primitive(key);
    }

    int integer(String key) {
        return (Integer) primitive(key);
    }

    long number(String key) {
        return (Long) primitive(key);
    }

    boolean bool(String key) {
        return (Boolean) primitive(key);
    }

    private Object primitive(String key) {
        return ((PrimitiveProvenance<?>) values.get(key)).getValue();
    }

    Iterator<Pair<String, Provenance>> iterator(String className) {
        List<Pair<String, Provenance>> pairs = new ArrayList<>();
        pairs.add(
                new Pair<>(ObjectProvenance.CLASS_NAME, new StringProvenance(ObjectProvenance.CLASS_NAME, className)));
        values.forEach((key, value) -> pairs.add(new Pair<>(key, value)));
        return pairs.iterator();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ProvenanceFields that && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }
}
