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

import java.util.List;
import java.util.SortedMap;
import org.tribuogrowth.provenance.encoding.SafeText;

/**
 * The first event: the dense reference, the seed that is active in it, and what the run was started with.
 *
 * @param schemaVersion       The version of the ledger's format, {@link #SCHEMA_VERSION}.
 * @param architecture        The canonical text of the dense reference architecture, each line ended by a line feed.
 * @param architectureDigest  The SHA-256 of that text in UTF-8, 64 lower-case hexadecimal digits.
 * @param groups              The unit groups of the architecture by name, the input's group among them.
 * @param activeUnits         The units active at the start, for every group, as ascending ranges such as {@code 0-3,7}.
 * @param costTerms           The cost as a sum over layers: coefficient times output width times input width.
 * @param dense               The cost with every unit active, to which budgets refer.
 * @param method              The search method, for people.
 * @param seed                The seed of all randomness, any 64-bit number.
 * @param configurationDigest The SHA-256 of the configuration as run.
 * @param dataDigest          The SHA-256 of the training data.
 * @param structureDigest     The SHA-256 of the architecture's text followed by the active units' lines.
 */
public record StartEvent(
        int schemaVersion,
        String architecture,
        String architectureDigest,
        SortedMap<String, GroupRecord> groups,
        SortedMap<String, String> activeUnits,
        List<CostTermRecord> costTerms,
        CostRecord dense,
        String method,
        long seed,
        String configurationDigest,
        String dataDigest,
        String structureDigest)
        implements LedgerEvent {
    /** The version that this code writes and reads. */
    public static final int SCHEMA_VERSION = 1;

    /** Checks each field by itself and copies the collections. */
    public StartEvent {
        if (schemaVersion != SCHEMA_VERSION) {
            throw new IllegalArgumentException("schemaVersion: this version reads and writes ledgers of schema version "
                    + SCHEMA_VERSION + ", found " + schemaVersion);
        }
        Values.wellFormed("architecture", architecture);
        Values.digest("architectureDigest", architectureDigest);
        groups = Values.copy("groups", groups);
        groups.keySet().forEach(name -> Values.name("groups", name));
        activeUnits = Values.copy("activeUnits", activeUnits);
        activeUnits.keySet().forEach(name -> Values.name("activeUnits", name));
        costTerms = List.copyOf(costTerms);
        Values.present("dense", dense);
        Values.text("method", method);
        Values.digest("configurationDigest", configurationDigest);
        Values.digest("dataDigest", dataDigest);
        Values.digest("structureDigest", structureDigest);
    }

    @Override
    public String type() {
        return "start";
    }

    /**
     * The units of a group that are active at the start, one by one.
     *
     * @param group A group of {@link #groups()}.
     * @return Units, ascending.
     * @throws IllegalArgumentException If there is no such group.
     */
    public int[] activeUnitNumbers(String group) {
        GroupRecord record = groups.get(group);
        if (record == null) {
            throw new IllegalArgumentException("The ledger has no unit group " + SafeText.quote(group));
        }
        return UnitText.parse("activeUnits", activeUnits.get(group), record);
    }
}
