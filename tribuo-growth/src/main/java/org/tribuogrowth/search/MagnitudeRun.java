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
import java.util.TreeMap;
import java.util.logging.Logger;
import org.tribuogrowth.architecture.ActiveUnits;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.ChangeKind;
import org.tribuogrowth.architecture.StructureChange;

/** One training's {@link MagnitudePruning}. */
final class MagnitudeRun implements SearchRun {
    private static final Logger logger = Logger.getLogger(MagnitudeRun.class.getName());

    private final Architecture architecture;
    private final PruningScope scope;
    private final List<Budget> aims;
    private final Budget budget;
    private final int multiple;
    private int stepsDone;
    private double remaining = 1.0;

    /**
     * A run.
     *
     * @param architecture The dense reference.
     * @param scope        Among which units those that go are chosen.
     * @param aims         The budget of each step, falling; step {@code k} is at the end of phase {@code k}.
     * @param multiple     What numbers of units are multiples of, where they are not the full width.
     */
    MagnitudeRun(Architecture architecture, PruningScope scope, List<Budget> aims, int multiple) {
        this.architecture = architecture;
        this.scope = scope;
        this.aims = List.copyOf(aims);
        this.budget = aims.get(aims.size() - 1);
        this.multiple = multiple;
    }

    @Override
    public ActiveUnits seed() {
        return ActiveUnits.all(architecture);
    }

    @Override
    public Restructuring restructure(Interval interval) {
        if (!interval.place().endOfPhase() || structureFinal()) {
            return Restructuring.NONE;
        }
        Budget aim = aims.get(stepsDone);
        stepsDone++;
        UnitNorms norms = new UnitNorms(interval.states(), interval.weights());
        UnitNorms.Cut cut =
                switch (scope) {
                    case UNIFORM -> new UnitNorms.Cut(
                            ScaledWidths.uniform(architecture, multiple).widestWithin(aim), 0.0);
                    case GLOBAL -> norms.cut(aim, multiple);
                };
        List<StructureChange> changes = new ArrayList<>();
        List<SearchNote> notes = new ArrayList<>();
        for (UnitNorms.Group group : norms.groups()) {
            int kept = cut.counts().get(group.name());
            List<UnitNorms.Ranked> removed = group.removed(kept);
            notes.add(note(group, kept));
            if (!removed.isEmpty()) {
                changes.add(change(group, removed, aim, cut));
            }
        }
        ActiveUnits active = interval.states().active();
        remaining = budget.remainingFraction(architecture, name -> cut.counts().getOrDefault(name, active.count(name)));
        if (structureFinal()) {
            ScaledWidths.warnIfFar(budget, remaining, "structure that pruning leaves", logger);
        }
        return new Restructuring(changes, notes, Restructuring.State.CARRIED);
    }

    private StructureChange change(
            UnitNorms.Group group, List<UnitNorms.Ranked> removed, Budget aim, UnitNorms.Cut cut) {
        TreeMap<String, List<Double>> evidence = new TreeMap<>();
        evidence.put("l1-norm", removed.stream().map(UnitNorms.Ranked::norm).toList());
        evidence.put("mean-l1-norm", List.of(group.mean()));
        evidence.put("aim", List.of(aim.fraction()));
        evidence.put("budget", List.of(budget.fraction()));
        switch (scope) {
            case UNIFORM -> evidence.put(
                    "threshold",
                    List.of(removed.stream()
                            .mapToDouble(UnitNorms.Ranked::norm)
                            .max()
                            .orElseThrow()));
            case GLOBAL -> {
                evidence.put(
                        "relative-l1-norm",
                        removed.stream().map(UnitNorms.Ranked::relative).toList());
                evidence.put("threshold", List.of(cut.threshold()));
            }
        }
        List<Integer> units = removed.stream().map(UnitNorms.Ranked::unit).toList();
        return new StructureChange(ChangeKind.DETACH, group.name(), units, rule(), evidence);
    }

    /** The norms of a group in short, since the record has those of the removed units with the change. */
    private SearchNote note(UnitNorms.Group group, int kept) {
        TreeMap<String, List<Double>> evidence = new TreeMap<>();
        summarise("kept", group.ranked().subList(0, kept), evidence);
        summarise("removed", group.ranked().subList(kept, group.ranked().size()), evidence);
        return new SearchNote(SearchNote.Kind.SCORE, group.name(), rule(), evidence);
    }

    private static void summarise(String name, List<UnitNorms.Ranked> units, SortedMap<String, List<Double>> evidence) {
        evidence.put(name + "-units", List.of((double) units.size()));
        if (!units.isEmpty()) {
            evidence.put(name + "-greatest", List.of(units.get(0).norm()));
            evidence.put(
                    name + "-mean",
                    List.of(units.stream()
                            .mapToDouble(UnitNorms.Ranked::norm)
                            .average()
                            .orElseThrow()));
            evidence.put(name + "-least", List.of(units.get(units.size() - 1).norm()));
        }
    }

    private String rule() {
        return switch (scope) {
            case UNIFORM -> "magnitude-uniform";
            case GLOBAL -> "magnitude-global";
        };
    }

    @Override
    public boolean structureFinal() {
        return stepsDone == aims.size();
    }

    @Override
    public List<StructureChange> finish(Interval interval) {
        return SearchRun.pruneDetached(interval.states(), "magnitude-prune");
    }

    @Override
    public SortedMap<String, Double> observations() {
        TreeMap<String, Double> observations = new TreeMap<>();
        observations.put("aim", stepsDone == 0 ? 1.0 : aims.get(stepsDone - 1).fraction());
        observations.put("budget-error", budget.relativeError(remaining));
        observations.put("remaining-fraction", remaining);
        return observations;
    }
}
