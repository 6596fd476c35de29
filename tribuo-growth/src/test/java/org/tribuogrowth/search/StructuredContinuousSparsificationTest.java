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

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.ChangeKind;
import org.tribuogrowth.architecture.CostMeasure;
import org.tribuogrowth.architecture.Reparameterisation;
import org.tribuogrowth.architecture.StructureChange;
import org.tribuogrowth.architecture.UnitGroup;
import org.tribuogrowth.architecture.UnitState;

class StructuredContinuousSparsificationTest {
    private static final Architecture LENET_300 = TestArchitectures.perceptron(784, 300, 100);
    private static final Architecture RESNET_20 = TestArchitectures.resNet20();
    private static final Architecture SMALL = TestArchitectures.perceptron(20, 24, 16);

    private final CapturedLog log = new CapturedLog(ScsRun.class);

    @AfterEach
    void stopListening() {
        log.close();
    }

    private static StructuredContinuousSparsification.Builder half() {
        return StructuredContinuousSparsification.builder(new Budget(0.5, CostMeasure.MULTIPLY_ADDS));
    }

    private static Stream<Arguments> searches() {
        return Stream.of(LENET_300, RESNET_20).flatMap(architecture -> Stream.of(CostMeasure.values())
                .flatMap(measure -> Stream.of(0.1, 0.25, 0.5).flatMap(fraction -> Stream.of(ScsTemperature.values())
                        .map(temperature -> Arguments.of(architecture, measure, fraction, temperature)))));
    }

    @ParameterizedTest
    @MethodSource("searches")
    void expectedFractionConvergesToTheBudget(
            Architecture architecture, CostMeasure measure, double fraction, ScsTemperature temperature) {
        Budget budget = new Budget(fraction, measure);
        StructureSearch search = StructuredContinuousSparsification.builder(budget)
                .temperature(temperature)
                .build();
        // Where gates are not yet decided, loss and penalty balance: the offset is the loss gradient over lambda.
        SimulatedTraining training =
                SimulatedTraining.withUtilities(search, new SearchContext(architecture, 1, 15, 125, 32), 0.002);

        training.steps(6 * 125);
        // Seen before the 6th sample raises the temperatures of what it contains.
        assertThat(training.afterSteps.get(6 * 125 - 1).get("expected-fraction"))
                .as("before the ramp")
                .isCloseTo(fraction, within(0.02 * fraction));

        training.complete();
        // One of about 40 units costs 2.5 % of the smallest network.
        assertThat(training.remaining(budget)).as("at the end").isCloseTo(fraction, within(0.04 * fraction));
        assertThat(training.observed("remaining-fraction")).isEqualTo(training.remaining(budget));
        assertThat(training.observed("budget-error"))
                .isCloseTo(training.remaining(budget) / fraction - 1.0, within(1e-12));
        int units = architecture.searchableGroups().stream()
                .mapToInt(UnitGroup::width)
                .sum();
        assertThat(training.observed("ambiguous")).as("ambiguous masks").isLessThan(0.01 * units);
        assertThat(training.run.structureFinal()).isTrue();
        assertThat(log.messages()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("searches")
    void fittedStructureNeverExceedsTheBudget(
            Architecture architecture, CostMeasure measure, double fraction, ScsTemperature temperature) {
        Budget budget = new Budget(fraction, measure);
        StructureSearch search = StructuredContinuousSparsification.builder(budget)
                .temperature(temperature)
                .fitBudget(true)
                .build();
        // Utilities that resist the penalty: without the fit the smallest budgets are missed by up to 16 %.
        SimulatedTraining training =
                SimulatedTraining.withUtilities(search, new SearchContext(architecture, 2, 15, 60, 32), 1.0);

        training.complete();

        assertThat(training.remaining(budget)).isLessThanOrEqualTo(fraction).isGreaterThan(0.9 * fraction);
        for (StructureChange change : training.changesBy("scs-fit")) {
            for (int i = 0; i < change.units().size(); i++) {
                // Units that were added have a gate behind which they can learn.
                if (change.kind() != ChangeKind.DETACH) {
                    assertThat(training.run.gates(change.group())[change.units().get(i)])
                            .isEqualTo(0.5);
                }
            }
        }
    }

    @Test
    void missedBudgetIsObservedAndLogged() {
        Budget budget = new Budget(0.1, CostMeasure.PARAMETERS);
        StructureSearch search = StructuredContinuousSparsification.builder(budget)
                .budgetTolerance(0.05)
                .build();
        SimulatedTraining training =
                SimulatedTraining.withUtilities(search, new SearchContext(LENET_300, 2, 15, 125, 32), 1.0);

        training.complete();

        double error = training.remaining(budget) / 0.1 - 1.0;
        assertThat(error).isLessThan(-0.05);
        assertThat(training.observed("budget-error")).isCloseTo(error, within(1e-12));
        assertThat(log.messages()).hasSize(1);
        assertThat(log.messages().get(0).getLevel()).isEqualTo(Level.WARNING);
        assertThat(log.messages().get(0).getMessage())
                .contains(
                        "missed its budget", String.format("%.4f", training.remaining(budget)), "0.1", "Set fitBudget");
    }

    @Test
    void startsWithTheSeedAndItsGates() {
        SearchRun run = half().seed(2, 4.0).build().start(new SearchContext(SMALL, 1, 10, 10, 32));
        assertThat(run.seed().units("hidden1")).containsExactly(0, 1);
        assertThat(run.seed().units("hidden2")).containsExactly(0, 1);
        assertThat(run.reparameterisation()).isEqualTo(new Reparameterisation.UnitGates());
        assertThat(run.gates("hidden1")).hasSize(24);
        assertThat(run.gates("hidden1")[1]).isCloseTo(1.0 / (1.0 + Math.exp(-4.0)), within(1e-12));
        assertThat(run.structureFinal()).isFalse();
        assertThatThrownBy(() -> run.gates("output"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("output");
    }

    @Test
    void sameSeedSameChangesOtherSeedOtherChanges() {
        List<StructureChange> first = withoutLoss(7).complete().changes;
        assertThat(withoutLoss(7).complete().changes).isEqualTo(first);
        assertThat(withoutLoss(8).complete().changes).isNotEqualTo(first);
    }

    /** A training in which nothing but the search's own draws depends on the seed. */
    private static SimulatedTraining withoutLoss(long seed) {
        return new SimulatedTraining(
                half().build(),
                new SearchContext(SMALL, seed, 12, 50, 32),
                (step, group, run, states) -> new double[SMALL.group(group).width()]);
    }

    @Test
    void structureIsFixedAtTheStepThatTheFractionNames() {
        // 0.8 of 10 steps, and 0.55 of 100, which is 55.00000000000001 in binary.
        for (int steps : new int[] {10, 100}) {
            double fixed = steps == 10 ? 0.8 : 0.55;
            SimulatedTraining training = SimulatedTraining.withUtilities(
                    half().ramp(0.2, 0.5, fixed).build(), new SearchContext(SMALL, 1, steps, 1, 32), 0.1);
            training.steps(Math.round(fixed * steps) - 1);
            assertThat(training.run.structureFinal()).isFalse();
            training.steps(1);
            assertThat(training.run.structureFinal()).isTrue();
        }
    }

    private static SimulatedTraining small(long seed) {
        return SimulatedTraining.withUtilities(half().build(), new SearchContext(SMALL, seed, 12, 50, 32), 0.1);
    }

    @Test
    void samplesAreDrawsBelowGates() {
        SimulatedTraining training = small(3).complete();
        List<StructureChange> sampled = training.changesBy("scs-sample");
        assertThat(sampled).extracting(StructureChange::kind).contains(ChangeKind.GROW, ChangeKind.DETACH);
        for (StructureChange change : sampled) {
            Map<String, List<Double>> evidence = change.evidence();
            assertThat(evidence)
                    .containsKeys("aim", "budget", "draw", "expected-fraction", "gate", "lambda", "mask", "temperature")
                    .containsKey(change.kind() == ChangeKind.DETACH ? "kept" : "rejected");
            assertThat(evidence.get("budget")).containsExactly(0.5);
            assertThat(evidence.get("aim")).containsExactly(0.5);
            assertThat(evidence.get("lambda").get(0))
                    .isCloseTo(0.5 * (evidence.get("expected-fraction").get(0) - 0.5), within(1e-12));
            for (int i = 0; i < change.units().size(); i++) {
                double gate = evidence.get("gate").get(i);
                double logit = evidence.get("temperature").get(i)
                        * evidence.get("mask").get(i);
                assertThat(gate).isCloseTo(1.0 / (1.0 + Math.exp(-logit)), within(1e-12));
                boolean comes = change.kind() != ChangeKind.DETACH;
                assertThat(evidence.get("draw").get(i) < gate).isEqualTo(comes);
            }
        }
    }

    @Test
    void structureAndGatesAreFixedForTheLastFifth() {
        SimulatedTraining training = small(3);
        training.steps(9 * 50);
        assertThat(training.run.structureFinal()).isFalse();
        // 0.8 of 12 epochs is 9.6, so that the end of epoch 10 is the first end of an interval after it.
        training.steps(50);
        assertThat(training.run.structureFinal()).isTrue();
        double[] gates = training.run.gates("hidden1");
        int changes = training.changes.size();
        for (int unit = 0; unit < gates.length; unit++) {
            boolean active = training.states.state("hidden1", unit) == UnitState.ACTIVE;
            assertThat(gates[unit] > 0.5).as("unit %d", unit).isEqualTo(active);
        }

        training.steps(100);
        assertThat(training.run.gates("hidden1")).containsExactly(gates);
        assertThat(training.changes).hasSize(changes);

        training.complete();
        assertThat(training.lastChanges).isNotEmpty().allSatisfy(change -> {
            assertThat(change.kind()).isEqualTo(ChangeKind.PRUNE);
            assertThat(change.rule()).isEqualTo("scs-prune");
        });
        for (UnitGroup group : SMALL.searchableGroups()) {
            for (int unit = 0; unit < group.width(); unit++) {
                assertThat(training.states.state(group.name(), unit)).isNotEqualTo(UnitState.DETACHED);
            }
        }
    }

    @Test
    void maskWiseTemperaturesDifferAndGlobalOnesDoNot() {
        for (ScsTemperature temperature : ScsTemperature.values()) {
            SimulatedTraining training = SimulatedTraining.withUtilities(
                    half().temperature(temperature).build(), new SearchContext(SMALL, 1, 20, 20, 32), 0.1);
            training.steps(7 * 20);
            List<Double> temperatures = training.changesOfIntervals.get(6).stream()
                    .flatMap(change -> change.evidence().get("temperature").stream())
                    .distinct()
                    .toList();
            // The changes after the 7th epoch were decided at the temperatures of the 6th, before the ramp.
            double global = Math.pow(100.0, 6.0 / 20.0);
            switch (temperature) {
                case GLOBAL -> assertThat(temperatures).singleElement().satisfies(value -> assertThat(value)
                        .isCloseTo(global, within(1e-9)));
                case MASK_WISE -> {
                    assertThat(temperatures).hasSizeGreaterThan(1);
                    assertThat(temperatures)
                            .allSatisfy(value -> assertThat(value).isBetween(1.0, global));
                }
            }
        }
    }

    @Test
    void allTemperaturesAreFinalAfterTheRamp() {
        SimulatedTraining training = small(1).complete();
        assertThat(training.observed("mean-temperature")).isCloseTo(100.0, within(1e-6));
    }

    @Test
    void intervalsDivideEpochs() {
        SearchContext context = new SearchContext(SMALL, 1, 10, 125, 32);
        assertThat(half().build().start(context).intervalSteps()).isEqualTo(125);
        assertThat(half().intervalsPerEpoch(4).build().start(context).intervalSteps())
                .isEqualTo(31);
        assertThat(half().intervalsPerEpoch(1000).build().start(context).intervalSteps())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 8})
    void unitsAreRoundedUpToAMultiple(int multiple) {
        Architecture odd = TestArchitectures.perceptron(20, 30, 16);
        List<Double> gates = new ArrayList<>();
        for (long seed = 1; seed <= 4; seed++) {
            SimulatedTraining training = SimulatedTraining.withUtilities(
                    half().roundUnitsTo(multiple).build(), new SearchContext(odd, seed, 12, 50, 32), 0.1);
            training.complete();
            int hidden1 = training.states.active().count("hidden1");
            assertThat(hidden1 % multiple == 0 || hidden1 == 30).isTrue();
            assertThat(training.states.active().count("hidden2") % multiple).isZero();
            for (UnitGroup group : odd.searchableGroups()) {
                for (int unit : training.states.active().units(group.name())) {
                    gates.add(training.run.gates(group.name())[unit]);
                }
            }
        }
        // Units that only rounding keeps are open half, the others more.
        assertThat(gates).contains(0.5).allSatisfy(gate -> assertThat(gate).isGreaterThanOrEqualTo(0.5));
    }

    @Test
    void sampledNumbersOfUnitsAreMultiples() {
        Architecture odd = TestArchitectures.perceptron(20, 30, 16);
        SimulatedTraining training = SimulatedTraining.withUtilities(
                half().roundUnitsTo(4).intervalsPerEpoch(5).build(), new SearchContext(odd, 2, 12, 50, 32), 0.1);
        for (int interval = 0; interval < 40; interval++) {
            training.steps(10);
            assertThat(training.states.active().count("hidden1"))
                    .satisfiesAnyOf(count -> assertThat(count % 4).isZero(), count -> assertThat(count)
                            .isEqualTo(30));
            assertThat(training.states.active().count("hidden2") % 4).isZero();
        }
        assertThat(training.changesBy("scs-round"))
                .extracting(StructureChange::kind)
                .contains(ChangeKind.GROW, ChangeKind.DETACH);
    }

    @Test
    void budgetThatRisesIsFollowed() {
        Budget budget = new Budget(0.5, CostMeasure.MULTIPLY_ADDS);
        SearchContext context = new SearchContext(LENET_300, 1, 20, 100, 32);
        SimulatedTraining training = SimulatedTraining.withUtilities(
                StructuredContinuousSparsification.builder(budget)
                        .growthEnd(0.6)
                        .build(),
                context,
                0.1);
        assertThat(training.observed("aim")).isZero();
        for (int part = 1; part <= 3; part++) {
            training.steps(400);
            assertThat(training.observed("aim")).isCloseTo(0.5 * part / 3.0, within(1e-12));
            assertThat(training.observed("expected-fraction"))
                    .as("after part %d", part)
                    .isCloseTo(0.5 * part / 3.0, within(0.05));
        }
        training.complete();
        assertThat(training.observed("aim")).isEqualTo(0.5);
        assertThat(training.remaining(budget)).isCloseTo(0.5, within(0.03));
    }

    @Test
    void unitKeptAgainstItsMaskHasAGateBehindWhichItCanLearn() {
        SimulatedTraining training = new SimulatedTraining(
                half().build(), new SearchContext(SMALL, 1, 12, 50, 32), (step, group, run, states) -> {
                    double[] gradient = new double[SMALL.group(group).width()];
                    Arrays.fill(gradient, 10.0);
                    return gradient;
                });
        training.steps(10 * 50);
        assertThat(training.run.structureFinal()).isTrue();
        for (UnitGroup group : SMALL.searchableGroups()) {
            for (int unit : training.states.active().units(group.name())) {
                assertThat(training.run.gates(group.name())[unit]).isGreaterThanOrEqualTo(0.5);
            }
        }
        assertThat(training.states.active().count("hidden1")).isEqualTo(1);
    }

    @Test
    void anOpenLoopKeepsItsFirstPenaltyAndMissesTheBudget() {
        SearchContext context = new SearchContext(SMALL, 1, 20, 100, 32);
        SimulatedTraining open = SimulatedTraining.withUtilities(
                        half().controller(ScsController.OPEN_LOOP).build(), context, 4.0)
                .complete();
        List<Double> lambdas = open.afterSteps.stream()
                .map(seen -> seen.get("lambda"))
                .distinct()
                .toList();
        assertThat(lambdas).hasSize(1);
        assertThat(lambdas.get(0)).isNegative();
        SimulatedTraining tracked =
                SimulatedTraining.withUtilities(half().build(), context, 4.0).complete();
        assertThat(open.observed("budget-error")).isGreaterThan(2.0 * Math.abs(tracked.observed("budget-error")));
    }

    /** At equal cost more and cheaper units remain, and the ledger has the weight that moved them. */
    @Test
    void penaltyByCostTakesWhatSavesMost() {
        SearchContext context = new SearchContext(RESNET_20, 1, 20, 100, 32);
        Map<ScsPenalty, SimulatedTraining> trainings = new EnumMap<>(ScsPenalty.class);
        for (ScsPenalty penalty : ScsPenalty.values()) {
            trainings.put(
                    penalty,
                    SimulatedTraining.withUtilities(half().penalty(penalty).build(), context, 0.02)
                            .complete());
        }
        Map<ScsPenalty, Integer> units = new EnumMap<>(ScsPenalty.class);
        trainings.forEach((penalty, training) -> units.put(
                penalty,
                RESNET_20.searchableGroups().stream()
                        .mapToInt(group -> training.states.active().count(group.name()))
                        .sum()));
        assertThat(units.get(ScsPenalty.BUDGET)).isGreaterThan(units.get(ScsPenalty.UNITS) + 40);
        Budget parameters = new Budget(0.5, CostMeasure.PARAMETERS);
        assertThat(trainings.get(ScsPenalty.BOTH).remaining(parameters))
                .isLessThan(trainings.get(ScsPenalty.BUDGET).remaining(parameters));

        SimulatedTraining training = trainings.get(ScsPenalty.BUDGET);
        int weighed = 0;
        for (int interval = 0; interval < training.changesOfIntervals.size(); interval++) {
            for (StructureChange change : training.changesOfIntervals.get(interval)) {
                double lambda = change.evidence().get("lambda").get(0);
                double expected = change.evidence().get("expected-fraction").get(0);
                if (expected > 0.5) {
                    double factor = lambda / (0.5 * (expected - 0.5));
                    assertThat(factor).isPositive().isNotCloseTo(1.0, within(1e-3));
                    weighed++;
                } else {
                    assertThat(lambda).isCloseTo(0.5 * (expected - 0.5), within(1e-12));
                }
            }
        }
        assertThat(weighed).isPositive();
    }

    @Test
    void optimiserStateIsForgottenAtEachChangeIfAsked() {
        SearchContext context = new SearchContext(SMALL, 1, 10, 50, 32);
        SimulatedTraining forgetting = SimulatedTraining.withUtilities(
                        half().carryOptimiserState(false).build(), context, 4.0)
                .complete();
        assertThat(forgetting.decisions)
                .anyMatch(decision -> !decision.changes().isEmpty());
        assertThat(forgetting.decisions)
                .allMatch(decision -> (decision.state() == Restructuring.State.FORGOTTEN)
                        != decision.changes().isEmpty());
        SimulatedTraining carrying =
                SimulatedTraining.withUtilities(half().build(), context, 4.0).complete();
        assertThat(carrying.decisions).allMatch(decision -> decision.state() == Restructuring.State.CARRIED);
    }

    @Test
    void budgetBelowOneMultipleOfEveryGroupIsRefused() {
        Budget budget = new Budget(0.1, CostMeasure.MULTIPLY_ADDS);
        SearchContext context = new SearchContext(SMALL, 1, 12, 50, 32);
        StructuredContinuousSparsification.builder(budget)
                .roundUnitsTo(16)
                .build()
                .start(context);
        assertThatThrownBy(() -> StructuredContinuousSparsification.builder(budget)
                        .roundUnitsTo(16)
                        .fitBudget(true)
                        .build()
                        .start(context))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the smallest multiple of units, 16, in each");
    }

    @Test
    void fitCountsTheUnitsThatRoundingAdds() {
        Budget budget = new Budget(0.4, CostMeasure.MULTIPLY_ADDS);
        StructureSearch search = StructuredContinuousSparsification.builder(budget)
                .fitBudget(true)
                .roundUnitsTo(16)
                .build();
        SimulatedTraining training =
                SimulatedTraining.withUtilities(search, new SearchContext(LENET_300, 1, 15, 60, 32), 0.1);
        training.complete();
        assertThat(training.states.active().count("hidden1") % 16).isZero();
        assertThat(training.states.active().count("hidden2"))
                .matches(units ->
                        units % 16 == 0 || units == LENET_300.group("hidden2").width());
        assertThat(training.remaining(budget)).isBetween(0.32, 0.4);
    }

    @Test
    void whoSetFitBudgetAlreadyIsNotToldTo() {
        // One multiple of units more costs 18 % of the network.
        StructureSearch search = StructuredContinuousSparsification.builder(new Budget(0.58, CostMeasure.MULTIPLY_ADDS))
                .fitBudget(true)
                .roundUnitsTo(64)
                .build();
        SimulatedTraining.withUtilities(search, new SearchContext(LENET_300, 1, 15, 60, 32), 0.1)
                .complete();
        assertThat(log.messages()).singleElement().satisfies(message -> assertThat(message.getMessage())
                .contains("missed its budget", "multiples of 64 units", "a smaller roundUnitsTo")
                .doesNotContain("Set fitBudget"));
    }

    @Test
    void paperUpdatesLambdaOnceAnEpochFromTheSampledNetwork() {
        Budget budget = new Budget(0.3, CostMeasure.PARAMETERS);
        StructureSearch search = StructuredContinuousSparsification.builder(budget)
                .controller(ScsController.PAPER)
                .gateOptimiser(0.1, 0.9, 1e-6)
                .build();
        int steps = 20;
        SimulatedTraining training =
                SimulatedTraining.withUtilities(search, new SearchContext(SMALL, 1, 30, steps, 32), 0.01);
        double remaining = training.remaining(budget);
        for (int epoch = 0; epoch < 30; epoch++) {
            training.steps(steps);
            for (SortedMap<String, Double> after :
                    training.afterSteps.subList(epoch * steps, (epoch + 1) * steps - 1)) {
                assertThat(after.get("lambda")).isCloseTo(0.5 * (remaining - 0.3), within(1e-12));
            }
            assertThat(training.run.structureFinal()).isEqualTo(epoch == 29);
            remaining = training.remaining(budget);
        }
        List<Double> temperatures = training.changesBy("scs-sample").stream()
                .flatMap(change -> change.evidence().get("temperature").stream())
                .toList();
        assertThat(temperatures).contains(1.0);
        training.complete();
        assertThat(training.changes.get(training.changes.size() - 1).kind()).isEqualTo(ChangeKind.PRUNE);
    }

    @Test
    void paperGrowsSlowlyWithThePapersLearningRate() {
        Budget budget = new Budget(0.3, CostMeasure.PARAMETERS);
        StructureSearch search = StructuredContinuousSparsification.builder(budget)
                .controller(ScsController.PAPER)
                .gateOptimiser(0.1, 0.9, 1e-6)
                .build();
        SimulatedTraining training =
                SimulatedTraining.withUtilities(search, new SearchContext(LENET_300, 1, 40, 20, 32), 0.01);
        training.steps(20);
        double first = training.observed("expected-fraction");
        training.steps(9 * 20);
        double tenth = training.observed("expected-fraction");
        assertThat(first).isBetween(0.04, 0.1);
        assertThat(tenth).isGreaterThan(1.5 * first);
    }

    @Test
    void nothingIsCreatedWhenNoTrainingFollows() {
        SimulatedTraining training = SimulatedTraining.withUtilities(
                half().controller(ScsController.PAPER)
                        .gateOptimiser(0.1, 0.9, 1e-6)
                        .build(),
                new SearchContext(SMALL, 1, 6, 30, 32),
                0.1);
        training.steps(5 * 30);
        int before = training.changes.size();
        training.steps(30).complete();
        assertThat(training.changes.subList(before, training.changes.size()))
                .extracting(StructureChange::kind)
                .doesNotContain(ChangeKind.GROW);
        assertThat(training.changesBy("scs-threshold")).isNotEmpty();
    }

    @Test
    void finishThresholdsWhatWasNeverFixed() {
        SearchRun run = half().build().start(new SearchContext(SMALL, 1, 5, 20, 32));
        SimulatedTraining training = small(4).steps(200);
        assertThat(training.run.structureFinal()).isFalse();
        List<StructureChange> last = training.run.finish(training.interval());
        assertThat(training.run.structureFinal()).isTrue();
        assertThat(last).extracting(StructureChange::rule).contains("scs-threshold", "scs-prune");
        assertThat(run.structureFinal()).isFalse();
    }

    @Test
    void refusesBudgetsBelowOneUnitAGroup() {
        StructureSearch search = new StructuredContinuousSparsification(new Budget(0.002, CostMeasure.PARAMETERS));
        // Dense: 266,610. One unit a layer: 784 + 1 + 1 + 1 + 10 + 10.
        assertThatThrownBy(() -> search.start(new SearchContext(LENET_300, 1, 10, 10, 32)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("266,610 parameters allows 533")
                .hasMessageContaining("2 searchable groups already needs 807");
    }

    @Test
    void refusesArchitecturesWithoutSearchableGroups() {
        Architecture fixed = new Architecture(
                LENET_300.input(),
                LENET_300.groups().stream()
                        .filter(group -> !group.name().equals("input"))
                        .map(group -> new UnitGroup(group.name(), group.width(), false))
                        .toList(),
                List.copyOf(LENET_300.layers()));
        assertThatThrownBy(() -> half().build().start(new SearchContext(fixed, 1, 10, 10, 32)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no searchable unit groups");
    }

    @Test
    void refusesRunsWithoutSteps() {
        assertThatThrownBy(() -> half().build().start(new SearchContext(SMALL, 1, 0, 10, 32)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found 0 epochs of 10 steps");
    }

    @Test
    void refusesToChangeUnitsThatCouldNotLearnAnyMore() {
        SearchContext context = new SearchContext(SMALL, 1, 3, 10, 32);
        assertThatThrownBy(() -> half().roundUnitsTo(8).build().start(context))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("roundUnitsTo")
                .hasMessageContaining("no training would follow");
        assertThatThrownBy(() -> half().fitBudget(true).build().start(context))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("fitBudget");
        half().roundUnitsTo(8).intervalsPerEpoch(5).build().start(context);
    }

    @Test
    void refusesGradientsThatAreNotFinite() {
        SimulatedTraining training = new SimulatedTraining(
                half().build(), new SearchContext(SMALL, 1, 10, 10, 32), (step, group, run, states) -> {
                    double[] gradient = new double[SMALL.group(group).width()];
                    gradient[0] = group.equals("hidden2") && step == 3 ? Double.NaN : 0.0;
                    return gradient;
                });
        assertThatThrownBy(() -> training.steps(10))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("unit 0 of group hidden2 is NaN");
    }
}
