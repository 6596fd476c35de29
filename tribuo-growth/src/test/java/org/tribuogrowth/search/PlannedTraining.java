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

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.tribuogrowth.architecture.StructureChange;
import org.tribuogrowth.architecture.UnitStates;

/**
 * Drives a search without gates through the passes of its plan, as a trainer does, with given weights in place of a
 * network. Every change is applied to {@link UnitStates}, which refuses illegal ones.
 */
final class PlannedTraining {
    /** Supplies the norms of a group's units. */
    @FunctionalInterface
    interface Norms {
        double[] of(String group, UnitStates states);
    }

    /**
     * What a search decided at the end of a pass.
     *
     * @param place        Where.
     * @param decision     What.
     * @param after        The states after it.
     * @param observations The search's numbers after it.
     */
    record Decided(
            SearchRun.Place place, Restructuring decision, UnitStates after, SortedMap<String, Double> observations) {}

    final SearchPlan plan;
    final SearchRun run;
    final List<Decided> passes = new ArrayList<>();
    final List<StructureChange> lastChanges;
    UnitStates states;

    PlannedTraining(StructureSearch search, SearchContext context, Norms norms) {
        plan = search.plan(context);
        run = search.start(context);
        states = UnitStates.seed(context.architecture(), run.seed());
        int number = 0;
        SearchRun.Interval last = null;
        for (int phase = 0; phase < plan.phases().size(); phase++) {
            List<Pass> all = plan.phases().get(phase).passes();
            for (int i = 0; i < all.size(); i++) {
                SearchRun.Place place =
                        new SearchRun.Place(phase, number, all.get(i).learning(), true, i + 1 == all.size());
                number++;
                last = interval(place, (long) number * context.stepsPerEpoch(), norms);
                Restructuring decision = run.restructure(last);
                decision.changes().forEach(change -> states = states.apply(change));
                passes.add(new Decided(place, decision, states, run.observations()));
            }
        }
        lastChanges = run.finish(interval(last.place(), last.step(), norms));
        lastChanges.forEach(change -> states = states.apply(change));
    }

    private SearchRun.Interval interval(SearchRun.Place place, long step, Norms norms) {
        UnitStates now = states;
        return new SearchRun.Interval(place, step, 1.0, now, group -> {
            double[] values = norms.of(group, now);
            for (int unit = 0; unit < values.length; unit++) {
                values[unit] = now.active().contains(group, unit) ? values[unit] : 0.0;
            }
            return values;
        });
    }

    /** All changes before the end. */
    List<StructureChange> changes() {
        return passes.stream()
                .flatMap(pass -> pass.decision().changes().stream())
                .toList();
    }

    /** All notes. */
    List<SearchNote> notes() {
        return passes.stream().flatMap(pass -> pass.decision().notes().stream()).toList();
    }
}
