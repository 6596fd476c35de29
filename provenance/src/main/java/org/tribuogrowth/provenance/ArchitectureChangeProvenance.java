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

import com.oracle.labs.mlrg.olcut.provenance.ObjectProvenance;
import com.oracle.labs.mlrg.olcut.provenance.Provenance;
import com.oracle.labs.mlrg.olcut.provenance.ProvenanceException;
import com.oracle.labs.mlrg.olcut.provenance.primitives.IntProvenance;
import com.oracle.labs.mlrg.olcut.provenance.primitives.LongProvenance;
import com.oracle.labs.mlrg.olcut.provenance.primitives.StringProvenance;
import com.oracle.labs.mlrg.olcut.util.Pair;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What happened to one unit group at one step: all ledger events of that group and step as one value. An element of
 * {@link ArchitectureHistoryProvenance}.
 */
public final class ArchitectureChangeProvenance implements ObjectProvenance {
    private static final long serialVersionUID = 1L;

    /** The number of changes before this one, also of those that a truncated history leaves out. */
    public static final String INDEX = "index";

    /** The epoch, from 0. */
    public static final String EPOCH = "epoch";

    /** The steps made so far. */
    public static final String STEP = "step";

    /** The name of the unit group. */
    public static final String GROUP = "group";

    /**
     * The kinds of change, in the order in which they happened, joined by {@code +}, for example {@code detach+grow}.
     */
    public static final String KINDS = "kinds";

    /** The active units of the group before. */
    public static final String OLD_WIDTH = "old-width";

    /** The active units of the group after. */
    public static final String NEW_WIDTH = "new-width";

    /** The parameters of the active network after. */
    public static final String PARAMETERS = "parameters";

    /** The multiply-adds of the active network after. */
    public static final String MULTIPLY_ADDS = "multiply-adds";

    /** The rules that fired, joined by {@code "; "}. */
    public static final String REASON = "reason";

    private static final Map<String, Class<? extends Provenance>> TYPES = types();

    /** The values. */
    private final ProvenanceFields fields;

    /**
     * Makes a change.
     *
     * @param index The number of changes before this one.
     * @param kinds The kinds of change.
     * @param rules The rules that fired.
     * @param first The first event of the group at its step.
     * @param last  The last event of the group at its step.
     */
    ArchitectureChangeProvenance(int index, String kinds, String rules, ChangeEvent first, ChangeEvent last) {
        fields = new ProvenanceFields()
                .put(INDEX, index)
                .put(EPOCH, last.epoch())
                .put(STEP, last.step())
                .put(GROUP, last.group())
                .put(KINDS, kinds)
                .put(OLD_WIDTH, first.widthBefore())
                .put(NEW_WIDTH, last.widthAfter())
                .put(PARAMETERS, last.after().parameters())
                .put(MULTIPLY_ADDS, last.after().multiplyAdds())
                .put(REASON, rules);
    }

    /**
     * Rebuilds a change from its marshalled form.
     *
     * @param map The values by key.
     * @throws ProvenanceException If a value is missing or of another type.
     */
    public ArchitectureChangeProvenance(Map<String, Provenance> map) {
        fields = new ProvenanceFields(ArchitectureChangeProvenance.class, map, TYPES);
    }

    private static Map<String, Class<? extends Provenance>> types() {
        LinkedHashMap<String, Class<? extends Provenance>> types = new LinkedHashMap<>();
        types.put(INDEX, IntProvenance.class);
        types.put(EPOCH, IntProvenance.class);
        types.put(STEP, LongProvenance.class);
        types.put(GROUP, StringProvenance.class);
        types.put(KINDS, StringProvenance.class);
        types.put(OLD_WIDTH, IntProvenance.class);
        types.put(NEW_WIDTH, IntProvenance.class);
        types.put(PARAMETERS, LongProvenance.class);
        types.put(MULTIPLY_ADDS, LongProvenance.class);
        types.put(REASON, StringProvenance.class);
        return Collections.unmodifiableMap(types);
    }

    /**
     * The number of changes before this one.
     *
     * @return At least 0.
     */
    public int index() {
        return fields.integer(INDEX);
    }

    /**
     * The epoch.
     *
     * @return From 0.
     */
    public int epoch() {
        return fields.integer(EPOCH);
    }

    /**
     * The steps made so far.
     *
     * @return At least 0.
     */
    public long step() {
        return fields.number(STEP);
    }

    /**
     * The unit group.
     *
     * @return Its name.
     */
    public String group() {
        return fields.text(GROUP);
    }

    /**
     * The kinds of change.
     *
     * @return Joined by {@code +}.
     */
    public String kinds() {
        return fields.text(KINDS);
    }

    /**
     * The active units of the group before.
     *
     * @return At least 1.
     */
    public int oldWidth() {
        return fields.integer(OLD_WIDTH);
    }

    /**
     * The active units of the group after.
     *
     * @return At least 1.
     */
    public int newWidth() {
        return fields.integer(NEW_WIDTH);
    }

    /**
     * The parameters of the active network after.
     *
     * @return The count.
     */
    public long parameters() {
        return fields.number(PARAMETERS);
    }

    /**
     * The multiply-adds of the active network after.
     *
     * @return The count, of one example's forward pass.
     */
    public long multiplyAdds() {
        return fields.number(MULTIPLY_ADDS);
    }

    /**
     * The rules that fired.
     *
     * @return Joined by {@code "; "}.
     */
    public String reason() {
        return fields.text(REASON);
    }

    @Override
    public String getClassName() {
        return ArchitectureChangeProvenance.class.getName();
    }

    @Override
    public Iterator<Pair<String, Provenance>> iterator() {
        return fields.iterator(getClassName());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ArchitectureChangeProvenance that && fields.equals(that.fields);
    }

    @Override
    public int hashCode() {
        return fields.hashCode();
    }

    @Override
    public String toString() {
        return generateString("ArchitectureChange");
    }
}
