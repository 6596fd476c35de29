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

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.tribuogrowth.architecture.Activation;
import org.tribuogrowth.architecture.ActiveUnits;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.ChangeKind;
import org.tribuogrowth.architecture.CostMeasure;
import org.tribuogrowth.architecture.Reparameterisation;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.architecture.StructureChange;
import org.tribuogrowth.architecture.UnitGroup;
import org.tribuogrowth.architecture.UnitStates;
import org.tribuogrowth.architecture.family.ResNetFamily;
import org.tribuogrowth.random.CountedRandom;

class MagnitudePruningTest {
    /** Kept here so that it is not collected. Random budgets are missed by narrow groups, which is not what is tested. */
    private static final Logger LOGGER = Logger.getLogger(MagnitudeRun.class.getName());

    private static final Architecture RESNET_20 = TestArchitectures.resNet20();
    private static final Budget HALF = new Budget(0.5, CostMeasure.MULTIPLY_ADDS);

    private static SearchContext context(Architecture architecture, int epochs) {
        return new SearchContext(architecture, 1, epochs, 7, 32);
    }

    /** Norms that differ between units and, a lot, between groups. */
    private static double[] norms(Architecture architecture, String group, long seed) {
        CountedRandom random = CountedRandom.of(seed, "norms " + group);
        double scale = Math.pow(10.0, 4 * random.nextDouble());
        double[] norms = new double[architecture.group(group).width()];
        Arrays.setAll(norms, unit -> scale * (0.1 + random.nextDouble()));
        return norms;
    }

    private static SimulatedTraining train(MagnitudePruning.Builder search, Architecture architecture, int epochs) {
        return SimulatedTraining.withNorms(
                search.build(), context(architecture, epochs), (group, states) -> norms(architecture, group, 5));
    }

    private static double remaining(Budget budget, Architecture architecture, UnitStates states) {
        return architecture.costModel().of(states.active()).fractionOf(architecture.denseCost(), budget.measure());
    }

    private static List<SearchNote> notes(SimulatedTraining training) {
        return training.decisions.stream()
                .flatMap(decision -> decision.notes().stream())
                .toList();
    }

    @Test
    void theEpochsAreDividedIntoTrainingAndFineTuning() {
        SearchPlan once = new MagnitudePruning(HALF).plan(context(RESNET_20, 20));
        assertThat(once.phases())
                .containsExactly(
                        Phase.epochs("train", 15),
                        new Phase(
                                "fine-tuning",
                                List.of(Pass.EPOCH, Pass.EPOCH, Pass.EPOCH, Pass.EPOCH, Pass.EPOCH),
                                0.1));
        SearchPlan thrice = MagnitudePruning.builder(HALF)
                .steps(3)
                .trainingFraction(0.5)
                .fineTuningRate(1.0)
                .build()
                .plan(context(RESNET_20, 10));
        assertThat(thrice.passes()).isEqualTo(10);
        assertThat(thrice.phases())
                .extracting(Phase::name)
                .containsExactly("train", "fine-tuning 1", "fine-tuning 2", "fine-tuning 3");
        assertThat(thrice.phases()).extracting(phase -> phase.passes().size()).containsExactly(5, 1, 2, 2);
        assertThat(thrice.phases()).extracting(Phase::rateFactor).containsOnly(1.0);
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 0.75", "2, 2, 0.5", "4, 2, 0.75", "3, 1, 0.1", "3, 1, 0.9"})
    void refusesTooFewEpochs(int epochs, int steps, double trainingFraction) {
        MagnitudePruning search = MagnitudePruning.builder(HALF)
                .steps(steps)
                .trainingFraction(trainingFraction)
                .build();
        assertThatThrownBy(() -> search.plan(context(RESNET_20, epochs)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("trainingFraction " + trainingFraction + ", " + epochs + " epochs");
    }

    @ParameterizedTest
    @EnumSource(PruningScope.class)
    void oneStepPrunesAtTheEndOfTheTrainingPhaseOnly(PruningScope scope) {
        SimulatedTraining training = train(MagnitudePruning.builder(HALF).scope(scope), RESNET_20, 8);
        assertThat(training.run.seed()).isEqualTo(ActiveUnits.all(RESNET_20));
        assertThat(training.run.reparameterisation()).isEqualTo(new Reparameterisation.None());
        for (int pass = 0; pass < 8; pass++) {
            boolean prunes = pass == 5;
            Restructuring decision = training.decisions.get(pass);
            assertThat(decision.changes().isEmpty()).isEqualTo(!prunes);
            assertThat(decision.notes())
                    .hasSize(prunes ? RESNET_20.searchableGroups().size() : 0);
            assertThat(decision.state()).isEqualTo(Restructuring.State.CARRIED);
            double remaining = remaining(HALF, RESNET_20, training.statesAfterIntervals.get(pass));
            assertThat(training.afterIntervals.get(pass))
                    .containsEntry("aim", pass < 5 ? 1.0 : 0.5)
                    .containsEntry("remaining-fraction", remaining)
                    .containsEntry("budget-error", (remaining - 0.5) / 0.5);
        }
        assertThat(training.changesBeforeTheEnd()).allMatch(change -> change.kind() == ChangeKind.DETACH);
        assertThat(training.run.structureFinal()).isTrue();
        assertThat(training.lastChanges)
                .hasSameSizeAs(training.changesBeforeTheEnd())
                .allMatch(change -> change.kind() == ChangeKind.PRUNE
                        && change.rule().equals("magnitude-prune")
                        && training.changesBeforeTheEnd().stream()
                                .anyMatch(earlier -> earlier.units().equals(change.units())));
    }

    @ParameterizedTest
    @EnumSource(CostMeasure.class)
    void uniformKeepsTheLargestNormsOfTheLargestUniformStructure(CostMeasure measure) {
        Budget budget = new Budget(0.37, measure);
        SimulatedTraining training = train(MagnitudePruning.builder(budget), RESNET_20, 4);
        ActiveUnits uniform =
                FixedStructure.withinBudget(budget).start(context(RESNET_20, 4)).seed();
        for (UnitGroup group : RESNET_20.searchableGroups()) {
            double[] norms = norms(RESNET_20, group.name(), 5);
            int[] largest = IntStream.range(0, group.width())
                    .boxed()
                    .sorted(Comparator.comparingDouble(unit -> -norms[unit]))
                    .limit(uniform.count(group.name()))
                    .mapToInt(Integer::intValue)
                    .sorted()
                    .toArray();
            assertThat(training.states.active().units(group.name())).containsExactly(largest);
        }
    }

    @Test
    void uniformEvidenceIsTheNormsOfTheRemovedUnits() {
        SimulatedTraining training = train(MagnitudePruning.builder(HALF), RESNET_20, 4);
        for (StructureChange change : training.changesBeforeTheEnd()) {
            double[] norms = norms(RESNET_20, change.group(), 5);
            List<Double> removed =
                    change.units().stream().map(unit -> norms[unit]).toList();
            assertThat(change.rule()).isEqualTo("magnitude-uniform");
            assertThat(change.evidence())
                    .containsOnlyKeys("aim", "budget", "l1-norm", "mean-l1-norm", "threshold")
                    .containsEntry("aim", List.of(0.5))
                    .containsEntry("budget", List.of(0.5))
                    .containsEntry("l1-norm", removed)
                    .containsEntry(
                            "threshold",
                            List.of(removed.stream()
                                    .max(Comparator.naturalOrder())
                                    .orElseThrow()));
            assertThat(change.evidence().get("mean-l1-norm").get(0))
                    .isCloseTo(Arrays.stream(norms).average().orElseThrow(), within(1e-9));
        }
        for (SearchNote note : notes(training)) {
            double[] sorted = norms(RESNET_20, note.subject(), 5);
            Arrays.sort(sorted);
            int kept = training.states.active().count(note.subject());
            int removed = sorted.length - kept;
            assertThat(note.kind()).isEqualTo(SearchNote.Kind.SCORE);
            assertThat(note.evidence())
                    .containsEntry("kept-units", List.of((double) kept))
                    .containsEntry("kept-greatest", List.of(sorted[sorted.length - 1]))
                    .containsEntry("kept-least", List.of(sorted[removed]))
                    .containsEntry("removed-units", List.of((double) removed))
                    .containsEntry("removed-greatest", List.of(sorted[removed - 1]))
                    .containsEntry("removed-least", List.of(sorted[0]));
            assertThat(note.evidence().get("kept-mean").get(0))
                    .isCloseTo(
                            Arrays.stream(sorted).skip(removed).average().orElseThrow(),
                            within(1e-9 * sorted[removed]));
        }
    }

    @Test
    void globalCutsAllRelativeNormsAtOneThreshold() {
        SimulatedTraining training = train(MagnitudePruning.builder(HALF).scope(PruningScope.GLOBAL), RESNET_20, 4);
        double threshold = training.changesBeforeTheEnd()
                .get(0)
                .evidence()
                .get("threshold")
                .get(0);
        assertThat(training.changesBeforeTheEnd()).allSatisfy(change -> {
            assertThat(change.rule()).isEqualTo("magnitude-global");
            assertThat(change.evidence().get("threshold")).containsExactly(threshold);
            double[] norms = norms(RESNET_20, change.group(), 5);
            double mean = Arrays.stream(norms).average().orElseThrow();
            for (int i = 0; i < change.units().size(); i++) {
                assertThat(change.evidence().get("l1-norm").get(i))
                        .isEqualTo(norms[change.units().get(i)]);
                assertThat(change.evidence().get("relative-l1-norm").get(i))
                        .isCloseTo(norms[change.units().get(i)] / mean, within(1e-12));
            }
        });
        Map<String, Integer> fuller = new TreeMap<>();
        for (UnitGroup group : RESNET_20.groups()) {
            fuller.put(group.name(), training.states.active().count(group.name()));
        }
        for (UnitGroup group : RESNET_20.searchableGroups()) {
            double[] norms = norms(RESNET_20, group.name(), 5);
            double mean = Arrays.stream(norms).average().orElseThrow();
            for (int unit = 0; unit < group.width(); unit++) {
                double relative = norms[unit] / mean;
                assertThat(training.states.active().contains(group.name(), unit))
                        .isEqualTo(relative > threshold);
                if (relative == threshold) {
                    fuller.merge(group.name(), 1, Integer::sum);
                }
            }
        }
        // The structure is within the budget, and with the last unit that went it would not be.
        assertThat(remaining(HALF, RESNET_20, training.states)).isLessThanOrEqualTo(0.5);
        assertThat(HALF.remainingFraction(RESNET_20, fuller::get)).isGreaterThan(0.5);
        // Unlike in a uniform structure, groups of one width end with different numbers of units.
        assertThat(IntStream.of(1, 2, 3)
                        .map(block -> training.states.active().count("stage3.block" + block))
                        .distinct()
                        .count())
                .isGreaterThan(1);
    }

    @Test
    void globalKeepsOneUnitOfEachGroup() {
        Architecture perceptron = TestArchitectures.perceptron(50, 30, 20);
        // All units of the second group but one are far below the mean of the group.
        MagnitudePruning search = MagnitudePruning.builder(new Budget(0.3, CostMeasure.PARAMETERS))
                .scope(PruningScope.GLOBAL)
                .build();
        SimulatedTraining training = SimulatedTraining.withNorms(search, context(perceptron, 4), (group, states) -> {
            double[] norms = new double[perceptron.group(group).width()];
            Arrays.setAll(norms, unit -> group.equals("hidden1") ? 1.0 : unit == 3 ? 100.0 : 0.001);
            return norms;
        });
        assertThat(training.states.active().units("hidden2")).containsExactly(3);
        // Of equal norms the first units stay.
        int left = training.states.active().count("hidden1");
        assertThat(left).isBetween(2, 29);
        assertThat(training.states.active().units("hidden1"))
                .containsExactly(IntStream.range(0, left).toArray());
    }

    @Test
    void groupsWithoutAnyWeightAreNoReasonToFail() {
        Architecture perceptron = TestArchitectures.perceptron(50, 30, 20);
        MagnitudePruning search =
                MagnitudePruning.builder(HALF).scope(PruningScope.GLOBAL).build();
        SimulatedTraining training = SimulatedTraining.withNorms(
                search,
                context(perceptron, 4),
                (group, states) -> new double[perceptron.group(group).width()]);
        // All units are equal, so the last ones go first, of the last group before those of the first.
        assertThat(training.states.active().count("hidden2")).isEqualTo(1);
        assertThat(training.states.active().count("hidden1")).isEqualTo((1150 - 10) / 51);
    }

    @ParameterizedTest
    @EnumSource(PruningScope.class)
    void stepsRemoveTheSamePartOfWhatThereIs(PruningScope scope) {
        Budget budget = new Budget(0.125, CostMeasure.MULTIPLY_ADDS);
        SimulatedTraining training =
                train(MagnitudePruning.builder(budget).scope(scope).steps(3).trainingFraction(0.5), RESNET_20, 12);
        for (int pass = 0; pass < 12; pass++) {
            boolean prunes = pass == 5 || pass == 7 || pass == 9;
            assertThat(training.decisions.get(pass).changes().isEmpty()).isEqualTo(!prunes);
            if (prunes) {
                double aim = Math.pow(0.5, (pass - 3) / 2);
                assertThat(training.afterIntervals.get(pass).get("aim")).isCloseTo(aim, within(1e-12));
                assertThat(remaining(budget, RESNET_20, training.statesAfterIntervals.get(pass)))
                        .isBetween(0.8 * aim, aim + 1e-12);
            }
        }
        assertThat(training.observed("aim")).isEqualTo(0.125);
    }

    @Test
    void laterStepsJudgeTheNormsOfThatTime() {
        Architecture perceptron = TestArchitectures.perceptron(10, 8, 8);
        MagnitudePruning search = MagnitudePruning.builder(new Budget(0.25, CostMeasure.PARAMETERS))
                .steps(2)
                .trainingFraction(0.5)
                .build();
        SimulatedTraining training = SimulatedTraining.withNorms(search, context(perceptron, 4), (group, states) -> {
            double[] norms = new double[perceptron.group(group).width()];
            // In the first step the last units are smallest, in the second the first ones.
            boolean first = states.active().count(group) == norms.length;
            Arrays.setAll(norms, unit -> first ? 100.0 - unit : 1.0 + unit);
            return norms;
        });
        assertThat(training.changesBeforeTheEnd().get(0).units()).contains(7).doesNotContain(0);
        assertThat(training.states.active().units("hidden1")).doesNotContain(0, 7);
    }

    @ParameterizedTest
    @EnumSource(PruningScope.class)
    void aWholeBudgetRemovesNothing(PruningScope scope) {
        SimulatedTraining training = train(
                MagnitudePruning.builder(new Budget(1.0, CostMeasure.PARAMETERS))
                        .scope(scope),
                RESNET_20,
                4);
        assertThat(training.changesBeforeTheEnd()).isEmpty();
        assertThat(training.lastChanges).isEmpty();
        assertThat(notes(training)).isNotEmpty().allSatisfy(note -> assertThat(note.evidence())
                .containsOnlyKeys("kept-greatest", "kept-least", "kept-mean", "kept-units", "removed-units"));
    }

    @ParameterizedTest
    @EnumSource(PruningScope.class)
    void blocksStay(PruningScope scope) {
        Architecture blocks =
                new ResNetFamily(20, 16, true).architecture(new Shape.Image(32, 32, 3), 10, Activation.SOFTMAX);
        SimulatedTraining training = train(MagnitudePruning.builder(HALF).scope(scope), blocks, 4);
        assertThat(blocks.blocks()).isNotEmpty().allSatisfy(block -> {
            assertThat(training.states.active().count(block.name())).isEqualTo(1);
            assertThat(notes(training)).extracting(SearchNote::subject).doesNotContain(block.name());
        });
        assertThat(remaining(HALF, blocks, training.states)).isBetween(0.45, 0.5);
        assertThat(training.observed("remaining-fraction")).isEqualTo(remaining(HALF, blocks, training.states));
    }

    @Test
    void refusesBudgetsThatCannotBeMet() {
        MagnitudePruning search = MagnitudePruning.builder(new Budget(0.002, CostMeasure.PARAMETERS))
                .build();
        assertThatThrownBy(() -> search.start(context(TestArchitectures.perceptron(784, 300, 100), 8)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("needs 807");
    }

    @BeforeContainer
    static void beQuiet() {
        LOGGER.setLevel(Level.OFF);
    }

    @AfterContainer
    static void beLoudAgain() {
        LOGGER.setLevel(null);
    }

    @Property(tries = 200)
    void theBudgetIsMetWithWholeMultiples(
            @ForAll PruningScope scope,
            @ForAll CostMeasure measure,
            @ForAll @DoubleRange(min = 0.0, max = 1.0) double slack,
            @ForAll @IntRange(min = 1, max = 12) int multiple,
            @ForAll @IntRange(min = 1, max = 4) int steps,
            @ForAll @LongRange(min = 0, max = 1000) long seed) {
        double least = RESNET_20
                .costModel()
                .cost(name -> RESNET_20.group(name).searchable()
                        ? Math.min(multiple, RESNET_20.group(name).width())
                        : RESNET_20.group(name).width())
                .fractionOf(RESNET_20.denseCost(), measure);
        Budget budget = new Budget(Math.min(1.0, least + slack * (1.0 - least)), measure);
        MagnitudePruning search = MagnitudePruning.builder(budget)
                .scope(scope)
                .roundUnitsTo(multiple)
                .steps(steps)
                .trainingFraction(0.2)
                .build();
        SimulatedTraining training = SimulatedTraining.withNorms(
                search,
                context(RESNET_20, 5),
                (group, states) ->
                        norms(RESNET_20, group, seed + states.active().count(group)));
        assertThat(remaining(budget, RESNET_20, training.states)).isLessThanOrEqualTo(budget.fraction());
        for (UnitGroup group : RESNET_20.searchableGroups()) {
            int count = training.states.active().count(group.name());
            assertThat(count % multiple == 0 || count == group.width())
                    .as("%s has %d units", group.name(), count)
                    .isTrue();
        }
    }
}
