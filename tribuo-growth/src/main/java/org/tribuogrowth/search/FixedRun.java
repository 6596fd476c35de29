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

package org.tribuogrowth.search;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tribuogrowth.architecture.ActiveUnits;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.Cost;
import org.tribuogrowth.architecture.CostMeasure;

/** A run without a search: it starts with its units and never changes them. */
final class FixedRun implements SearchRun {
    private final ActiveUnits units;
    private final TreeMap<String, Double> observations = new TreeMap<>();
    private List<SearchNote> notes;

    /**
     * A run.
     *
     * @param context What is trained.
     * @param units   The structure.
     * @param budget  The budget that the structure was chosen for, or null if there is none.
     */
    FixedRun(SearchContext context, ActiveUnits units, Budget budget) {
        this(context, units, budget, List.of());
    }

    /**
     * A run of a structure with a history.
     *
     * @param context What is trained.
     * @param units   The structure.
     * @param budget  The budget that the structure was chosen for, or null if there is none.
     * @param notes   Where the structure comes from, for the record.
     */
    FixedRun(SearchContext context, ActiveUnits units, Budget budget, List<SearchNote> notes) {
        if (context.epochs() < 1 || context.stepsPerEpoch() < 1) {
            throw new IllegalArgumentException("A training needs at least one epoch of at least one step, found "
                    + context.epochs() + " epochs of " + context.stepsPerEpoch() + " steps");
        }
        this.units = units;
        this.notes = notes;
        Architecture architecture = context.architecture();
        Cost cost = architecture.costModel().of(units);
        for (CostMeasure measure : CostMeasure.values()) {
            String name =
                    switch (measure) {
                        case PARAMETERS -> "parameter-fraction";
                        case MULTIPLY_ADDS -> "multiply-add-fraction";
                    };
            observations.put(name, cost.fractionOf(architecture.denseCost(), measure));
        }
        if (budget != null) {
            double remaining = budget.remainingFraction(architecture, units::count);
            observations.put("remaining-fraction", remaining);
            observations.put("budget-error", budget.relativeError(remaining));
        }
    }

    @Override
    public ActiveUnits seed() {
        return units;
    }

    /** Changes nothing; the first call says where the structure comes from. */
    @Override
    public Restructuring restructure(Interval interval) {
        Restructuring decision = new Restructuring(List.of(), notes, Restructuring.State.CARRIED);
        notes = List.of();
        return decision;
    }

    @Override
    public boolean structureFinal() {
        return true;
    }

    @Override
    public SortedMap<String, Double> observations() {
        return new TreeMap<>(observations);
    }
}
