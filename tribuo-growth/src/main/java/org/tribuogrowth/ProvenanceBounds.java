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
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.tribuogrowth.provenance.encoding.SafeText;

/**
 * Bounds what a stored provenance expands to. Its parts refer to each other by number and name; a few kilobytes of lists
 * that hold the next one twice would expand to more than any memory, and a list that holds itself for ever, since OLCUT
 * follows what it finds. No class that the provenance names is loaded here.
 */
final class ProvenanceBounds {
    /** The most characters that all parts together may expand to, some 30 for a part without text. */
    static final long MOST_CHARACTERS = 100_000_000;

    private static final int DEEPEST = 64;
    private static final long PART = 32;
    private static final long UNKNOWN = 0;
    private static final long OPEN = -1;

    private final Message[] parts;
    private final long[] sizes;
    private final Map<String, ObjectProvenanceProto> objects = new HashMap<>();

    private ProvenanceBounds(RootProvenanceProto provenance) {
        this.parts = new Message
                [provenance.getOmpCount()
                        + provenance.getSmpCount()
                        + provenance.getMmpCount()
                        + provenance.getLmpCount()];
        this.sizes = new long[parts.length];
        provenance.getOmpList().forEach(part -> add(part.getIndex(), part));
        provenance.getSmpList().forEach(part -> add(part.getIndex(), part));
        provenance.getMmpList().forEach(part -> add(part.getIndex(), part));
        provenance.getLmpList().forEach(part -> add(part.getIndex(), part));
        for (ObjectProvenanceProto object : provenance.getOmpList()) {
            if (objects.put(object.getObjectName(), object) != null) {
                throw wrong("two objects have the name " + SafeText.quote(object.getObjectName()));
            }
        }
    }

    /**
     * Checks a provenance.
     *
     * @param provenance The provenance.
     * @throws IllegalArgumentException If it is empty, refers to parts that there are not, or expands to too much.
     */
    static void check(RootProvenanceProto provenance) {
        if (provenance.getOmpCount() == 0) {
            throw wrong("it is empty");
        }
        new ProvenanceBounds(provenance).size(provenance.getOmp(0).getIndex(), 0);
    }

    private static IllegalArgumentException wrong(String reason) {
        return new IllegalArgumentException("the provenance in the metadata: " + reason);
    }

    private void add(int index, Message part) {
        requirePart(index);
        if (parts[index] != null) {
            throw wrong("two parts have the number " + index);
        }
        parts[index] = part;
    }

    private void requirePart(int index) {
        if (index < 0 || index >= parts.length) {
            throw wrong("its parts have the numbers 0 to " + (parts.length - 1) + ", found " + index);
        }
    }

    private long size(int index, int depth) {
        requirePart(index);
        if (sizes[index] == OPEN) {
            throw wrong("part " + index + " holds itself");
        }
        if (depth > DEEPEST) {
            throw wrong("its parts are nested more than " + DEEPEST + " deep");
        }
        if (sizes[index] == UNKNOWN) {
            sizes[index] = OPEN;
            long size = expanded(parts[index], depth);
            if (size > MOST_CHARACTERS) {
                throw wrong("it expands to more than " + MOST_CHARACTERS + " characters");
            }
            sizes[index] = size;
        }
        return sizes[index];
    }

    private long expanded(Message part, int depth) {
        if (part instanceof SimpleProvenanceProto simple) {
            long text = PART
                    + simple.getKey().length()
                    + simple.getValue().length()
                    + simple.getAdditional().length();
            return simple.getIsReference() ? text + size(object(simple).getIndex(), depth + 1) : text;
        } else if (part instanceof ListProvenanceProto list) {
            return PART + sum(list.getValuesList(), depth);
        } else if (part instanceof MapProvenanceProto map) {
            return PART + keys(map.getValuesMap()) + sum(map.getValuesMap().values(), depth);
        }
        ObjectProvenanceProto object = (ObjectProvenanceProto) part;
        return PART + keys(object.getValuesMap()) + sum(object.getValuesMap().values(), depth);
    }

    private ObjectProvenanceProto object(SimpleProvenanceProto reference) {
        ObjectProvenanceProto object = objects.get(reference.getValue());
        if (object == null) {
            throw wrong("there is no object " + SafeText.quote(reference.getValue()));
        }
        return object;
    }

    private static long keys(Map<String, Integer> values) {
        return values.keySet().stream().mapToLong(String::length).sum();
    }

    /** No sum overflows: each size is bounded, and so is the number of parts. */
    private long sum(Collection<Integer> values, int depth) {
        long sum = 0;
        for (int value : values) {
            sum += size(value, depth + 1);
            if (sum > MOST_CHARACTERS) {
                break;
            }
        }
        return sum;
    }
}
