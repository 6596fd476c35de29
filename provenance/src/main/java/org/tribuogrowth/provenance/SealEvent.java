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

import java.util.SortedMap;

/**
 * The last event: what the run ended with.
 *
 * @param activeUnits               The units of the compact network, for every group, as ascending ranges.
 * @param structureDigest           The SHA-256 of the architecture's text followed by the active units' lines.
 * @param compactArchitectureDigest The SHA-256 of the compact architecture's canonical text: the dense reference's text
 *                                  with each group's width replaced by its number of active units, without the
 *                                  layers of inactive blocks.
 * @param weightsDigest             The SHA-256 of the compact network's weights.
 * @param cost                      The cost of the compact network.
 * @param budgetFraction            The part of the dense reference's parameters, or of its multiply-adds, that is left:
 *                                  whichever of the two the budget counts, as the division of the two counts in double
 *                                  precision.
 * @param events                    The number of lines before this one.
 */
public record SealEvent(
        SortedMap<String, String> activeUnits,
        String structureDigest,
        String compactArchitectureDigest,
        String weightsDigest,
        CostRecord cost,
        double budgetFraction,
        long events)
        implements LedgerEvent {
    /** Checks each field by itself and copies the units. */
    public SealEvent {
        activeUnits = Values.copy("activeUnits", activeUnits);
        activeUnits.keySet().forEach(name -> Values.name("activeUnits", name));
        Values.digest("structureDigest", structureDigest);
        Values.digest("compactArchitectureDigest", compactArchitectureDigest);
        Values.digest("weightsDigest", weightsDigest);
        Values.present("cost", cost);
        budgetFraction = Values.between("budgetFraction", budgetFraction, 0.0, 1.0);
        Values.count("events", events);
    }

    @Override
    public String type() {
        return "seal";
    }
}
