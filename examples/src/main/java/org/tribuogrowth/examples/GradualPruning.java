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

package org.tribuogrowth.examples;

import com.oracle.labs.mlrg.olcut.config.Config;
import com.oracle.labs.mlrg.olcut.config.ConfigurableName;
import com.oracle.labs.mlrg.olcut.provenance.ConfiguredObjectProvenance;
import com.oracle.labs.mlrg.olcut.provenance.impl.ConfiguredObjectProvenanceImpl;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.tribuogrowth.architecture.ActiveUnits;
import org.tribuogrowth.architecture.ChangeKind;
import org.tribuogrowth.architecture.StructureChange;
import org.tribuogrowth.architecture.UnitGroup;
import org.tribuogrowth.configuration.Configured;
import org.tribuogrowth.configuration.FieldChecks;
import org.tribuogrowth.search.Restructuring;
import org.tribuogrowth.search.SearchContext;
import org.tribuogrowth.search.SearchRun;
import org.tribuogrowth.search.StructureSearch;

/**
 * Gradual pruning of units: training starts dense, and at the end of each epoch the units with the smallest weights go,
 * many at first and fewer later. The schedule is that of Zhu and Gupta: To prune, or not to prune, 2017, equation 1, for
 * units in place of weights: after a part {@code p} of the time, {@code removed * (1 - (1 - p)^3)} of each group is gone.
 */
public final class GradualPruning implements StructureSearch {
    @Config(description = "The part of each group's units that is removed in the end, above 0 and below 1.")
    private double removed = 0.5;

    @Config(description = "The part of the training after which no more units go, above 0 and at most 1.")
    private double end = 0.7;

    @ConfigurableName
    private String configName;

    private boolean configured;

    /** For OLCUT, which sets the fields and then calls {@link #postConfig()}. */
    private GradualPruning() {}

    /**
     * Gradual pruning.
     *
     * @param removed The part of each group's units that is removed in the end, above 0 and below 1.
     * @param end     The part of the training after which no more units go, above 0 and at most 1.
     */
    public GradualPruning(double removed, double end) {
        this.removed = removed;
        this.end = end;
        postConfig();
    }

    /** Refuses values out of range, with the names of the component and the field. */
    @Override
    public void postConfig() {
        FieldChecks checks = new FieldChecks(configName);
        checks.require(removed > 0.0 && removed < 1.0, "removed", removed, "above 0 and below 1");
        checks.require(end > 0.0 && end <= 1.0, "end", end, "above 0 and at most 1");
        configured = true;
    }

    @Override
    public SearchRun start(SearchContext context) {
        Configured.require(configured, this);
        return new Run(context, removed, end);
    }

    /** The values of the fields, for the provenance of models. */
    @Override
    public ConfiguredObjectProvenance getProvenance() {
        return new ConfiguredObjectProvenanceImpl(this, "StructureSearch");
    }

    /** One training. It has no gates, and takes its epochs as they are, so few methods are needed. */
    private static final class Run implements SearchRun {
        private final SearchContext context;
        private final double removed;
        private final double end;
        private double progress;

        Run(SearchContext context, double removed, double end) {
            this.context = context;
            this.removed = removed;
            this.end = end;
        }

        @Override
        public ActiveUnits seed() {
            return ActiveUnits.all(context.architecture());
        }

        @Override
        public Restructuring restructure(Interval interval) {
            progress = Math.min(1.0, interval.step() / (end * context.totalSteps()));
            double left = 1.0 - progress;
            double gone = removed * (1.0 - left * left * left);
            List<StructureChange> changes = new ArrayList<>();
            for (UnitGroup group : context.architecture().searchableGroups()) {
                int[] active = interval.states().active().units(group.name());
                // No group may become empty.
                int kept = (int) Math.max(1, Math.round(group.width() * (1.0 - gone)));
                if (active.length > kept) {
                    changes.add(detach(group, active, active.length - kept, gone, interval.weights()));
                }
            }
            return Restructuring.of(changes);
        }

        private static StructureChange detach(
                UnitGroup group, int[] active, int count, double gone, UnitWeights weights) {
            double[] norms = weights.magnitudes(group.name());
            List<Integer> smallest = IntStream.of(active)
                    .boxed()
                    .sorted(Comparator.comparingDouble(unit -> norms[unit]))
                    .limit(count)
                    .sorted()
                    .toList();
            // The numbers that decided, for whoever reads the record: one a unit, or one for all.
            TreeMap<String, List<Double>> evidence = new TreeMap<>();
            evidence.put("l1-norm", smallest.stream().map(unit -> norms[unit]).toList());
            evidence.put("part-removed", List.of(gone));
            return new StructureChange(ChangeKind.DETACH, group.name(), smallest, "gradual-pruning", evidence);
        }

        /** Early stopping waits for this. What is detached is then pruned for good by default. */
        @Override
        public boolean structureFinal() {
            return progress == 1.0;
        }
    }
}
