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

package org.tribuogrowth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tribuo.Dataset;
import org.tribuo.classification.Label;
import org.tribuogrowth.architecture.CostMeasure;
import org.tribuogrowth.architecture.ParameterRole;
import org.tribuogrowth.architecture.ParameterSpec;
import org.tribuogrowth.architecture.UnitRanges;
import org.tribuogrowth.provenance.ChangeEvent;
import org.tribuogrowth.provenance.LedgerEvent;
import org.tribuogrowth.provenance.LedgerLine;
import org.tribuogrowth.provenance.LedgerReader;
import org.tribuogrowth.provenance.LedgerVerification;
import org.tribuogrowth.provenance.LedgerVerifier;
import org.tribuogrowth.provenance.SearchEvent;
import org.tribuogrowth.provenance.TrainingEvent;
import org.tribuogrowth.search.Budget;
import org.tribuogrowth.search.FixedStructure;
import org.tribuogrowth.search.MagnitudePruning;
import org.tribuogrowth.search.PruningScope;
import org.tribuogrowth.search.RandomStructure;
import org.tribuogrowth.search.StructureSearch;

/** The baselines under the trainer: what they train, and what their ledgers say. */
class BaselinesTest {
    private static final Budget HALF = new Budget(0.5, CostMeasure.MULTIPLY_ADDS);

    private final Dataset<Label> data = TestTrainers.data().getA();

    private GrowthModel<Label> train(StructureSearch search, int epochs) {
        return TestTrainers.builder(search).epochs(epochs).build().train(data);
    }

    private static List<LedgerEvent> events(GrowthModel<Label> model) throws IOException {
        LedgerVerification verification = LedgerVerifier.verify(model.ledger());
        assertThat(verification.ok()).as(verification.reason()).isTrue();
        List<LedgerEvent> events = new ArrayList<>();
        try (LedgerReader reader = LedgerReader.of(model.ledger())) {
            for (Optional<LedgerLine> line = reader.next(); line.isPresent(); line = reader.next()) {
                events.add(line.get().event());
            }
        }
        return events;
    }

    private static List<ChangeEvent> changes(List<LedgerEvent> events, String kind) {
        return events.stream()
                .filter(event ->
                        event instanceof ChangeEvent change && change.kind().equals(kind))
                .map(ChangeEvent.class::cast)
                .toList();
    }

    private static String print(GrowthModel<Label> model) {
        return model.parameters().digest() + " " + new String(model.ledger(), StandardCharsets.UTF_8);
    }

    private static double remaining(GrowthModel<Label> model) {
        return model.cost().fractionOf(model.denseReference().denseCost(), CostMeasure.MULTIPLY_ADDS);
    }

    /** The L1 norms of the weights of each unit of a dense network, from the arrays of the model. */
    private static Map<String, double[]> norms(GrowthModel<Label> model) {
        Map<String, double[]> norms = new TreeMap<>();
        for (ParameterSpec spec : model.architecture().parameters()) {
            if (spec.role() == ParameterRole.WEIGHT) {
                float[] values = model.parameters().values(spec);
                int width = model.architecture().group(spec.outputGroup()).width();
                double[] sums = norms.computeIfAbsent(spec.outputGroup(), name -> new double[width]);
                for (int i = 0; i < values.length; i++) {
                    sums[i / (values.length / width)] += Math.abs(values[i]);
                }
            }
        }
        return norms;
    }

    @ParameterizedTest
    @EnumSource(PruningScope.class)
    void whatGoesHasTheSmallestNormsOfTheTrainedDenseNetwork(PruningScope scope) throws IOException {
        MagnitudePruning pruning = MagnitudePruning.builder(HALF)
                .scope(scope)
                .trainingFraction(0.5)
                .build();
        GrowthModel<Label> model = train(pruning, 8);
        List<LedgerEvent> events = events(model);
        // The first four epochs are a training of the dense reference with a schedule of its own.
        Map<String, double[]> norms = norms(train(FixedStructure.dense(), 4));

        List<ChangeEvent> detached = changes(events, "detach");
        assertThat(detached).isNotEmpty();
        for (ChangeEvent change : detached) {
            double[] expected = norms.get(change.group());
            int[] units = UnitRanges.parse(change.units(), expected.length);
            assertThat(change.epoch()).isEqualTo(3);
            double greatest = 0.0;
            for (int i = 0; i < units.length; i++) {
                double norm = change.evidence().get("l1-norm").get(i);
                assertThat(norm).isCloseTo(expected[units[i]], within(1e-9));
                greatest = Math.max(greatest, norm);
            }
            for (int unit : model.activeUnits().units(change.group())) {
                assertThat(expected[unit]).isGreaterThan(greatest);
            }
        }
        assertThat(remaining(model)).isBetween(0.4, 0.5);
        assertThat(changes(events, "prune")).hasSameSizeAs(detached);
        assertThat(events)
                .filteredOn(event ->
                        event instanceof SearchEvent note && note.kind().equals("score"))
                .hasSize(2);
    }

    @Test
    void allPhasesAreChargedAtTheCostOfTheirNetwork() throws IOException {
        GrowthModel<Label> model =
                train(MagnitudePruning.builder(HALF).trainingFraction(0.5).build(), 8);
        TrainingEvent training = (TrainingEvent) events(model).stream()
                .filter(TrainingEvent.class::isInstance)
                .findFirst()
                .orElseThrow();
        long perEpoch = training.examples() / 8;
        assertThat(training.epochs()).isEqualTo(8);
        assertThat(training.multiplyAdds())
                .isEqualTo(4
                        * perEpoch
                        * (model.denseReference().denseCost().multiplyAdds()
                                + model.cost().multiplyAdds()));
    }

    @Test
    void theFineTuningRateDecidesAboutTheLastPhaseOnly() throws IOException {
        List<LedgerEvent> slow = events(train(MagnitudePruning.builder(HALF).build(), 8));
        List<LedgerEvent> fast =
                events(train(MagnitudePruning.builder(HALF).fineTuningRate(1.0).build(), 8));
        int firstDifference = 1;
        while (slow.get(firstDifference).equals(fast.get(firstDifference))) {
            firstDifference++;
        }
        // The first interval of fine-tuning.
        assertThat(slow.get(firstDifference - 2)).isInstanceOf(ChangeEvent.class);
        assertThat(slow).hasSameSizeAs(fast);
    }

    @Test
    void baselinesRepeat() {
        for (StructureSearch search : List.of(
                MagnitudePruning.builder(HALF)
                        .scope(PruningScope.GLOBAL)
                        .steps(2)
                        .build(),
                new RandomStructure(HALF))) {
            assertThat(print(train(search, 8))).isEqualTo(print(train(search, 8)));
        }
    }

    @Test
    void randomStructuresMeetTheirBudget() throws IOException {
        GrowthModel<Label> model = train(new RandomStructure(HALF), 2);
        List<LedgerEvent> events = events(model);
        assertThat(remaining(model)).isBetween(0.4, 0.5);
        assertThat(events).noneMatch(ChangeEvent.class::isInstance);
        GrowthModel<Label> other = TestTrainers.builder(new RandomStructure(HALF))
                .seed(8)
                .epochs(2)
                .build()
                .train(data);
        assertThat(other.activeUnits()).isNotEqualTo(model.activeUnits());
    }

    @Test
    void stepsEndWithinTheBudgetWithFineTuningAfterEach() throws IOException {
        Budget quarter = new Budget(0.25, CostMeasure.PARAMETERS);
        GrowthModel<Label> model = train(
                MagnitudePruning.builder(quarter).steps(3).trainingFraction(0.4).build(), 10);
        assertThat(changes(events(model), "detach"))
                .extracting(ChangeEvent::epoch)
                .containsOnly(3, 5, 7);
        assertThat(model.cost().fractionOf(model.denseReference().denseCost(), CostMeasure.PARAMETERS))
                .isBetween(0.2, 0.25);
    }
}
