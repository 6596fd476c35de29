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

import com.google.protobuf.Message;
import com.oracle.labs.mlrg.olcut.config.protobuf.protos.ListProvenanceProto;
import com.oracle.labs.mlrg.olcut.config.protobuf.protos.MapProvenanceProto;
import com.oracle.labs.mlrg.olcut.config.protobuf.protos.ObjectProvenanceProto;
import com.oracle.labs.mlrg.olcut.config.protobuf.protos.RootProvenanceProto;
import com.oracle.labs.mlrg.olcut.config.protobuf.protos.SimpleProvenanceProto;
import com.oracle.labs.mlrg.olcut.provenance.Provenance;
import com.oracle.labs.mlrg.olcut.provenance.ProvenanceUtil;
import com.oracle.labs.mlrg.olcut.provenance.io.FlatMarshalledProvenance;
import com.oracle.labs.mlrg.olcut.provenance.io.ListMarshalledProvenance;
import com.oracle.labs.mlrg.olcut.provenance.io.ObjectMarshalledProvenance;
import com.oracle.labs.mlrg.olcut.provenance.io.SimpleMarshalledProvenance;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.tribuo.provenance.ModelProvenance;
import org.tribuogrowth.provenance.ArchitectureHistoryProvenance;
import org.tribuogrowth.provenance.encoding.SafeText;

/**
 * The architecture history in the stored provenance of a model, compared with the one that follows from a ledger. OLCUT's
 * own reader builds whatever classes a file names, and follows its references however often they are repeated; here nothing
 * is built, and only what the expected history has is looked for.
 */
final class StoredHistory {
    /** The key of {@link ModelProvenance}, which does not publish it. */
    private static final String INSTANCE_VALUES = "instance-values";

    private static final int SHOWN = 100;

    private final Map<Integer, Message> parts = new HashMap<>();
    private final Map<String, ObjectProvenanceProto> objects = new HashMap<>();
    private final ObjectProvenanceProto history;

    /**
     * Finds the history.
     *
     * @param provenance The stored provenance of a model.
     * @throws IllegalArgumentException If it has none, or is not in the form that OLCUT writes.
     */
    StoredHistory(RootProvenanceProto provenance) {
        provenance.getOmpList().forEach(part -> add(part.getIndex(), part));
        provenance.getSmpList().forEach(part -> add(part.getIndex(), part));
        provenance.getMmpList().forEach(part -> add(part.getIndex(), part));
        provenance.getLmpList().forEach(part -> add(part.getIndex(), part));
        for (ObjectProvenanceProto object : provenance.getOmpList()) {
            if (objects.put(object.getObjectName(), object) != null) {
                throw wrong("two objects have the name " + SafeText.quote(object.getObjectName()));
            }
        }
        if (provenance.getOmpCount() == 0) {
            throw wrong("it is empty");
        }
        ObjectProvenanceProto root = provenance.getOmp(0);
        requireClass("its root", root, ModelProvenance.class.getName());
        MapProvenanceProto instance =
                part(INSTANCE_VALUES, root.getValuesOrDefault(INSTANCE_VALUES, -1), MapProvenanceProto.class);
        history = object(
                ArchitectureHistoryProvenance.NAME,
                part(
                        ArchitectureHistoryProvenance.NAME,
                        instance.getValuesOrDefault(ArchitectureHistoryProvenance.NAME, -1),
                        SimpleProvenanceProto.class));
    }

    private void add(int index, Message part) {
        if (parts.put(index, part) != null) {
            throw wrong("two parts have the number " + index);
        }
    }

    private static IllegalArgumentException wrong(String reason) {
        return new IllegalArgumentException("the provenance in the model: " + reason);
    }

    private static void requireClass(String what, ObjectProvenanceProto object, String expected) {
        if (!object.getProvenanceClassName().equals(expected)) {
            throw wrong(what + " is expected to be a " + expected + ", found "
                    + SafeText.quote(object.getProvenanceClassName()));
        }
    }

    private <P extends Message> P part(String path, int index, Class<P> type) {
        Message part = parts.get(index);
        if (!type.isInstance(part)) {
            throw wrong("it has no " + path + ", or one of another form");
        }
        return type.cast(part);
    }

    private ObjectProvenanceProto object(String path, SimpleProvenanceProto reference) {
        ObjectProvenanceProto object = objects.get(reference.getValue());
        if (!reference.getIsReference() || object == null) {
            throw wrong(path + " refers to no object");
        }
        return object;
    }

    /**
     * How many changes the history lists.
     *
     * @return The count.
     * @throws IllegalArgumentException If it has no list of them.
     */
    int listedChanges() {
        return changes().getValuesCount();
    }

    private ListProvenanceProto changes() {
        String key = ArchitectureHistoryProvenance.CHANGES;
        return part(key, history.getValuesOrDefault(key, -1), ListProvenanceProto.class);
    }

    /**
     * Compares every value with the history that is expected.
     *
     * @param expected The history that follows from the ledger.
     * @throws IllegalArgumentException If a value differs; the message names it.
     */
    void requireEqual(ArchitectureHistoryProvenance expected) {
        List<ObjectMarshalledProvenance> marshalled = ProvenanceUtil.marshalProvenance(expected);
        Map<String, ObjectMarshalledProvenance> byName = new TreeMap<>();
        marshalled.forEach(object -> byName.put(object.getName(), object));
        requireEqual(ArchitectureHistoryProvenance.NAME, marshalled.get(0), history, byName);
    }

    private void requireEqual(
            String path,
            ObjectMarshalledProvenance expected,
            ObjectProvenanceProto found,
            Map<String, ObjectMarshalledProvenance> expectedObjects) {
        requireClass(path, found, expected.getProvenanceClassName());
        TreeSet<String> keys = new TreeSet<>(expected.getMap().keySet());
        if (!keys.equals(found.getValuesMap().keySet())) {
            throw wrong(path + " has not the values of a " + expected.getProvenanceClassName());
        }
        for (String key : keys) {
            requireEqual(path + "." + key, expected.getMap().get(key), found.getValuesOrThrow(key), expectedObjects);
        }
    }

    private void requireEqual(
            String path,
            FlatMarshalledProvenance expected,
            int index,
            Map<String, ObjectMarshalledProvenance> expectedObjects) {
        if (expected instanceof SimpleMarshalledProvenance simple) {
            SimpleProvenanceProto found = part(path, index, SimpleProvenanceProto.class);
            if (simple.isReference()) {
                requireEqual(path, expectedObjects.get(simple.getValue()), object(path, found), expectedObjects);
            } else if (found.getIsReference()
                    || !found.getValue().equals(simple.getValue())
                    || !found.getProvenanceClassName().equals(simple.getProvenanceClassName())
                    || !found.getAdditional().equals(simple.getAdditional())) {
                throw wrong(path + " is " + SafeText.clean(simple.getValue(), SHOWN) + " by the ledger, found "
                        + SafeText.clean(found.getValue(), SHOWN));
            }
        } else if (expected instanceof ListMarshalledProvenance list) {
            ListProvenanceProto found = part(path, index, ListProvenanceProto.class);
            int size = list.getList().size();
            if (found.getValuesCount() != size) {
                throw wrong(path + " has " + size + " elements by the ledger, found " + found.getValuesCount());
            }
            for (int i = 0; i < size; i++) {
                requireEqual(path + "[" + i + "]", list.getList().get(i), found.getValues(i), expectedObjects);
            }
        } else {
            throw new IllegalStateException(
                    "A history has no " + Provenance.class.getSimpleName() + " like " + expected);
        }
    }
}
