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

package org.tribuogrowth.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.data.BatchSource;
import org.tribuogrowth.data.TrainingExamples;
import org.tribuogrowth.random.CountedRandom;
import org.tribuogrowth.search.DataPart;
import org.tribuogrowth.search.Pass;
import org.tribuogrowth.search.Phase;
import org.tribuogrowth.search.SearchContext;
import org.tribuogrowth.search.SearchPlan;
import org.tribuogrowth.search.StructureSearch;

/** All passes of one training: over which examples, from which step on, at which learning rate. */
final class TrainingSchedule {
    private final TrainingExamples examples;
    private final SearchContext context;
    private final SearchPlan plan;
    private final int minibatchSize;
    private final int[] all;
    private final int[] main;
    private final int[] held;
    private final List<Entry> entries = new ArrayList<>();
    private final RateCurve curve;
    private long totalSteps;

    /**
     * One pass of the training.
     *
     * @param phase      The number of its phase.
     * @param number     The number of the pass over the whole training.
     * @param pass       What is learnt from which examples.
     * @param firstStep  The steps before it.
     * @param steps      Its steps, counted in minibatches of the configured size.
     * @param endOfPhase Whether it is its phase's last.
     * @param lastPhase  Whether it is in the training's last phase.
     */
    record Entry(int phase, int number, Pass pass, long firstStep, int steps, boolean endOfPhase, boolean lastPhase) {}

    TrainingSchedule(
            StructureSearch search,
            Architecture architecture,
            TrainingExamples examples,
            Optimiser optimiser,
            int epochs,
            int minibatchSize,
            long seed,
            int sampledClasses) {
        this.examples = examples;
        this.minibatchSize = minibatchSize;
        this.all = examples.training();
        int batchSize = Math.min(minibatchSize, all.length);
        this.context = new SearchContext(architecture, seed, epochs, all.length / batchSize, batchSize, sampledClasses);
        this.plan = search.plan(context);
        int[] order = order(seed);
        int heldCount = (int) Math.round(plan.heldFraction() * all.length);
        this.held = rows(order, 0, heldCount);
        this.main = rows(order, heldCount, all.length);
        List<RateCurve> curves = new ArrayList<>();
        for (int phase = 0; phase < plan.phases().size(); phase++) {
            curves.add(add(phase, optimiser));
        }
        this.curve = RateCurve.sequence(curves);
    }

    /** In which order the first examples are held: those of a text from its end on, so that both parts are runs. */
    private int[] order(long seed) {
        if (!examples.inOrder()) {
            return CountedRandom.of(seed, "held").permutation(all.length);
        }
        int[] order = new int[all.length];
        for (int i = 0; i < order.length; i++) {
            order[i] = order.length - 1 - i;
        }
        return order;
    }

    private int[] rows(int[] order, int from, int to) {
        int[] rows = new int[to - from];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = all[order[from + i]];
        }
        Arrays.sort(rows);
        return rows;
    }

    private RateCurve add(int number, Optimiser optimiser) {
        Phase phase = plan.phases().get(number);
        long first = totalSteps;
        int passes = phase.passes().size();
        for (int i = 0; i < passes; i++) {
            Pass pass = phase.passes().get(i);
            int[] rows = rows(pass.data());
            if (rows.length == 0) {
                throw new IllegalArgumentException("Of " + all.length + " training examples none are left for "
                        + pass.data() + ", which phase " + phase.name()
                        + " learns from, when the search holds a fraction of " + plan.heldFraction());
            }
            int steps = rows.length / Math.min(minibatchSize, rows.length);
            entries.add(new Entry(
                    number,
                    entries.size(),
                    pass,
                    totalSteps,
                    steps,
                    i + 1 == passes,
                    number + 1 == plan.phases().size()));
            totalSteps += steps;
        }
        // Passes over a part of the examples are shorter than epochs.
        RateCurve whole = optimiser
                .curve(passes, context.stepsPerEpoch())
                .over(totalSteps - first)
                .scaled(phase.rateFactor());
        // Weights are cold at the beginning of a training only.
        return number == 0 ? whole : whole.withoutWarmUp();
    }

    private int[] rows(DataPart part) {
        return switch (part) {
            case ALL -> all;
            case MAIN -> main;
            case HELD -> held;
        };
    }

    SearchContext context() {
        return context;
    }

    List<Entry> entries() {
        return entries;
    }

    String phaseName(Entry entry) {
        return plan.phases().get(entry.phase()).name();
    }

    List<String> phaseNames() {
        return plan.phases().stream().map(Phase::name).toList();
    }

    RateCurve curve() {
        return curve;
    }

    long totalSteps() {
        return totalSteps;
    }

    /** The batches of a pass when some minibatches are put into one. */
    BatchSource batches(Entry entry, int factor) {
        int[] rows = rows(entry.pass().data());
        long size = Math.min((long) minibatchSize * factor, rows.length);
        return examples.batches(rows, (int) size, entry.number());
    }

    /** What training the dense reference for the epochs asked for takes, in multiply-adds of forward passes. */
    double denseMultiplyAdds() {
        return (double) context.architecture().denseCost().multiplyAdds()
                * context.epochs()
                * context.examplesPerEpoch();
    }
}
