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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.oracle.labs.mlrg.olcut.config.PropertyException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tribuogrowth.architecture.ActiveUnits;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.ChangeKind;
import org.tribuogrowth.architecture.CostMeasure;
import org.tribuogrowth.architecture.StructureChange;

/** Joint search and training, without a network. */
class JointSearchAndTrainingTest {
    private static final Architecture NETWORK = TestArchitectures.perceptron(20, 64, 32);
    private static final SearchContext CONTEXT = new SearchContext(NETWORK, 1, 20, 50, 32);

    private static JointSearchAndTraining search(UnaryOperator<JointSearchAndTraining.Builder> settings) {
        return settings.apply(JointSearchAndTraining.builder()).build();
    }

    private static SimulatedTraining complete(JointSearchAndTraining search, SearchContext context) {
        return SimulatedTraining.withUtilities(search, context, 1.0).complete();
    }

    @Test
    void thePlanIsCoarseTrainingRoundsAndFineTuning() {
        JointSearchAndTraining search = search(
                builder -> builder.phases(0.25, 0.35, 0).passes(4, 2, 0.2).rates(0.5, 0.1, 0.4, 0.05));
        SearchPlan plan = search.plan(CONTEXT);
        // 5 coarse, 7 of fine-tuning, 8 left for rounds of 4 * 0.8 + 2 * 0.2 = 3.6.
        assertThat(plan.phases())
                .extracting(Phase::name)
                .containsExactly("coarse", "round 1", "round 2", "fine-tuning");
        assertThat(plan.phases()).extracting(Phase::rateFactor).containsExactly(1.0, 0.5, 0.1, 0.05);
        assertThat(plan.phases().get(0).passes()).hasSize(5).containsOnly(Pass.EPOCH);
        Pass weights = new Pass(DataPart.MAIN, Learning.WEIGHTS);
        Pass gates = new Pass(DataPart.HELD, Learning.GATES);
        assertThat(plan.phases().get(1).passes()).containsExactly(weights, weights, gates, weights, weights, gates);
        assertThat(plan.phases().get(3).passes()).hasSize(7).containsOnly(new Pass(DataPart.ALL, Learning.WEIGHTS));
        assertThat(plan.heldFraction()).isEqualTo(0.2);
    }

    @Test
    void allPhasesTogetherTakeTheEpochsAskedFor() {
        for (int epochs = 6; epochs < 60; epochs++) {
            SearchContext context = new SearchContext(NETWORK, 1, epochs, 50, 32);
            SearchPlan plan = search(builder -> builder).plan(context);
            double total = 0.0;
            for (Phase phase : plan.phases()) {
                for (Pass pass : phase.passes()) {
                    total += switch (pass.data()) {
                        case ALL -> 1.0;
                        case MAIN -> 0.8;
                        case HELD -> 0.2;
                    };
                }
            }
            assertThat(total).isLessThanOrEqualTo(epochs + 1e-9).isGreaterThan(epochs - 1.8);
        }
    }

    @Test
    void tooFewEpochsAreRefused() {
        SearchContext few = new SearchContext(NETWORK, 1, 3, 50, 32);
        assertThatThrownBy(() -> search(builder -> builder).plan(few))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Of 3 epochs")
                .hasMessageContaining("train more epochs");
        assertThatThrownBy(
                        () -> search(builder -> builder.phases(0.25, 0.35, 6)).plan(CONTEXT))
                .hasMessageContaining("not enough for 6");
    }

    @Test
    void everyRoundSamplesANetworkAndTheBestOneRemains() {
        SimulatedTraining training =
                SimulatedTraining.withUtilities(search(builder -> builder.passes(1, 1, 0.2)), CONTEXT, 1.0);
        List<Double> rewards = new ArrayList<>();
        assertThat(training.run.seed()).isEqualTo(ActiveUnits.all(NETWORK));
        training.complete();
        List<SearchNote> notes = training.decisions.stream()
                .flatMap(decision -> decision.notes().stream())
                .toList();
        assertThat(notes).hasSize(8).allMatch(note -> note.kind() == SearchNote.Kind.ROUND);
        int best = 0;
        for (int round = 0; round < notes.size(); round++) {
            SearchNote note = notes.get(round);
            assertThat(note.evidence().get("round")).containsExactly((double) round);
            double size = note.evidence().get("size").get(0);
            double reward = note.evidence().get("reward").get(0);
            assertThat(reward).isCloseTo(-(1.0 + 2.0 * size), within(1e-12));
            assertThat(size).isBetween(0.05, 0.9);
            assertThat(note.evidence().get("kept.hidden1").get(0)).isBetween(0.1, 0.9);
            rewards.add(reward);
            if (reward > rewards.get(best)) {
                best = round;
            }
            assertThat(note.evidence().get("best").get(0)).isEqualTo(best == round ? 1.0 : 0.0);
        }
        assertThat(training.observed("best-round")).isEqualTo(best);
        double remaining = training.remaining(new Budget(0.5, CostMeasure.PARAMETERS));
        assertThat(remaining).isCloseTo(notes.get(best).evidence().get("size").get(0), within(1e-12));
        assertThat(training.lastChanges).isNotEmpty().allMatch(change -> change.kind() == ChangeKind.PRUNE);
        long kept = training.decisions.stream()
                .filter(decision -> decision.state() == Restructuring.State.KEPT)
                .count();
        assertThat(kept).isPositive();
        Restructuring last = training.decisions.stream()
                .filter(decision -> !decision.notes().isEmpty())
                .reduce((first, second) -> second)
                .orElseThrow();
        assertThat(last.state()).isEqualTo(best == 7 ? Restructuring.State.CARRIED : Restructuring.State.RESTORED);
    }

    @Test
    void unitsComeBackInLaterRoundsAndEvidenceSaysWhy() {
        SimulatedTraining training = complete(search(builder -> builder.passes(1, 1, 0.2)), CONTEXT);
        List<StructureChange> back = training.changesBy(JstRun.SAMPLE).stream()
                .filter(change -> change.kind() == ChangeKind.REATTACH)
                .toList();
        assertThat(back).isNotEmpty();
        for (StructureChange change : back) {
            assertThat(change.evidence().keySet())
                    .containsExactly("filter-weight", "probability", "round", "scale", "threshold");
            assertThat(change.evidence().get("probability"))
                    .hasSize(change.units().size());
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 0.25, 0.1})
    void noSampleCostsMoreThanTheBudget(double fraction) {
        Budget budget = new Budget(fraction, CostMeasure.MULTIPLY_ADDS);
        SimulatedTraining training =
                SimulatedTraining.withUtilities(search(builder -> builder.budget(budget)), CONTEXT, 1.0);
        List<Restructuring> decisions = new ArrayList<>();
        for (long step = 0; step < training.totalSteps(); step++) {
            training.steps(1);
            for (Restructuring decision : training.decisions) {
                decisions.add(decision);
            }
            training.decisions.clear();
            if (decisions.stream().anyMatch(decision -> !decision.changes().isEmpty())) {
                assertThat(training.remaining(budget)).isLessThanOrEqualTo(fraction);
            }
        }
        for (StructureChange change : training.changesBy(JstRun.SAMPLE)) {
            assertThat(change.evidence().get("scale").get(0)).isBetween(0.01, 1.0);
        }
        assertThat(decisions).anyMatch(decision -> !decision.notes().isEmpty());
        assertThat(training.remaining(budget)).isGreaterThan(0.5 * fraction);
    }

    @Test
    void equalSeedsMakeEqualDecisions() {
        JointSearchAndTraining search = search(builder -> builder);
        assertThat(complete(search, CONTEXT).decisions).isEqualTo(complete(search, CONTEXT).decisions);
        SearchContext other = new SearchContext(NETWORK, 2, 20, 50, 32);
        assertThat(complete(search, other).decisions).isNotEqualTo(complete(search, CONTEXT).decisions);
    }

    @Test
    void filterWeightsStayOnceTheStructureIsFinal() {
        SimulatedTraining training = SimulatedTraining.withUtilities(search(builder -> builder), CONTEXT, 1.0);
        while (!training.run.structureFinal()) {
            training.steps(1);
        }
        double[] gates = training.run.gates("hidden1");
        training.complete();
        assertThat(training.run.gates("hidden1")).isEqualTo(gates);
    }

    static Stream<UnaryOperator<JointSearchAndTraining.Builder>> wrong() {
        return Stream.of(
                builder -> builder.phases(0.6, 0.4, 0),
                builder -> builder.phases(-0.1, 0.4, 0),
                builder -> builder.phases(0.2, 0.4, -1),
                builder -> builder.passes(0, 1, 0.2),
                builder -> builder.passes(1, 0, 0.2),
                builder -> builder.passes(1, 1, 0.0),
                builder -> builder.passes(1, 1, 1.0),
                builder -> builder.rates(0.0, 0.1, 0.5, 0.1),
                builder -> builder.rates(0.1, 0.1, 1.5, 0.1),
                builder -> builder.gateOptimiser(0.0, 0.9, 0.0, 1.0),
                builder -> builder.gateOptimiser(0.1, 1.0, 0.0, 1.0),
                builder -> builder.gateOptimiser(0.1, 0.9, 0.0, Double.NaN),
                builder -> builder.perturbation(-1.0),
                builder -> builder.normalisation(null),
                builder -> builder.thresholds(List.of()),
                builder -> builder.thresholds(List.of(0.5, 1.1)),
                builder -> builder.size(-1.0, CostMeasure.PARAMETERS),
                builder -> builder.size(1.0, null),
                builder -> builder.policy(0.0, 0.5),
                builder -> builder.policy(0.1, 1.0));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void wrongSettingsAreRefused(UnaryOperator<JointSearchAndTraining.Builder> settings) {
        assertThatThrownBy(() -> search(settings)).isInstanceOf(PropertyException.class);
    }
}
