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
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.oracle.labs.mlrg.olcut.provenance.ConfiguredObjectProvenance;
import com.oracle.labs.mlrg.olcut.provenance.impl.ConfiguredObjectProvenanceImpl;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.tribuo.Dataset;
import org.tribuo.classification.Label;
import org.tribuogrowth.architecture.ActiveUnits;
import org.tribuogrowth.architecture.ChangeKind;
import org.tribuogrowth.architecture.Reparameterisation;
import org.tribuogrowth.architecture.StructureChange;
import org.tribuogrowth.architecture.family.MlpFamily;
import org.tribuogrowth.data.VectorLayout;
import org.tribuogrowth.output.LabelOutputAdapter;
import org.tribuogrowth.provenance.LedgerVerification;
import org.tribuogrowth.provenance.LedgerVerifier;
import org.tribuogrowth.search.DataPart;
import org.tribuogrowth.search.GateGradients;
import org.tribuogrowth.search.JointSearchAndTraining;
import org.tribuogrowth.search.Learning;
import org.tribuogrowth.search.Pass;
import org.tribuogrowth.search.Phase;
import org.tribuogrowth.search.Restructuring;
import org.tribuogrowth.search.SearchContext;
import org.tribuogrowth.search.SearchNote;
import org.tribuogrowth.search.SearchPlan;
import org.tribuogrowth.search.SearchRun;
import org.tribuogrowth.search.StructureSearch;
import org.tribuogrowth.training.ConstantRate;
import org.tribuogrowth.training.GrowthListener;
import org.tribuogrowth.training.SgdOptimiser;
import org.tribuogrowth.training.TrainingDivergedException;

/** Searches that divide their time into phases, through the whole trainer. */
class PhasedTrainingTest {
    private final Dataset<Label> data = TestTrainers.data().getA();

    /** A search of which each test says only what matters to it. */
    private record Scripted(Function<SearchContext, SearchPlan> planner, Function<SearchContext, SearchRun> starter)
            implements StructureSearch {
        @Override
        public SearchPlan plan(SearchContext context) {
            return planner.apply(context);
        }

        @Override
        public SearchRun start(SearchContext context) {
            return starter.apply(context);
        }

        @Override
        public ConfiguredObjectProvenance getProvenance() {
            return new ConfiguredObjectProvenanceImpl(this, "StructureSearch");
        }
    }

    private static final class Watch implements GrowthListener {
        private Plan plan;
        private final List<Step> steps = new ArrayList<>();
        private final List<Interval> intervals = new ArrayList<>();
        private Summary summary;

        @Override
        public void onStart(Plan started) {
            plan = started;
        }

        @Override
        public void onStep(Step step) {
            steps.add(step);
        }

        @Override
        public void onInterval(Interval interval) {
            intervals.add(interval);
        }

        @Override
        public void onEnd(Summary ended) {
            summary = ended;
        }
    }

    private GrowthModel<Label> train(GrowthTrainer.Builder<Label> builder, Watch watch) {
        GrowthTrainer<Label> trainer = builder.build();
        trainer.setListeners(List.of(watch));
        GrowthModel<Label> model = trainer.train(data);
        LedgerVerification verification = LedgerVerifier.verify(model.ledger());
        assertThat(verification.reason()).isEmpty();
        return model;
    }

    private static long count(GrowthModel<Label> model, String text) {
        return new String(model.ledger(), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.contains(text))
                .count();
    }

    @Test
    void jointSearchAndTrainingRunsThroughAllItsPhases() {
        StructureSearch search = JointSearchAndTraining.builder()
                .phases(0.2, 0.3, 0)
                .passes(2, 1, 0.25)
                .build();
        Watch watch = new Watch();
        GrowthModel<Label> model =
                train(TestTrainers.builder(search).validationFraction(0.2).epochs(20), watch);
        assertThat(watch.plan.phases()).startsWith("coarse", "round 1").endsWith("fine-tuning");
        int rounds = watch.plan.phases().size() - 2;
        assertThat(rounds).isEqualTo(5);
        assertThat(count(model, "\"kind\":\"round\"")).isEqualTo(rounds);
        assertThat(count(model, "\"rule\":\"jst-sample\"")).isPositive();
        assertThat(count(model, "\"type\":\"training\"")).isOne();
        assertThat(watch.steps).hasSize((int) watch.plan.steps());
        assertThat(watch.summary.trainingCostFraction()).isBetween(0.2, 1.0);
        assertThat(watch.summary.compactionDifference()).isLessThanOrEqualTo(1e-5);
        // Every example learnt from is charged at the cost of the network of its time.
        long minibatch = watch.summary.examples() / watch.steps.size();
        long charged = 0;
        long costNow = watch.plan.seedCost().multiplyAdds();
        int step = 0;
        for (GrowthListener.Interval interval : watch.intervals) {
            charged += (interval.step() - step) * minibatch * costNow;
            step = (int) interval.step();
            costNow = interval.cost().multiplyAdds();
        }
        assertThat(watch.summary.trainingMultiplyAdds()).isEqualTo(charged);
        assertThat(watch.summary.cost()).isEqualTo(model.cost());
    }

    @Test
    void passesThatLearnGatesLeaveTheNetworkAlone() {
        List<double[]> seen = new ArrayList<>();
        Watch watch = new Watch();
        StructureSearch search = new Scripted(
                context -> new SearchPlan(
                        List.of(
                                new Phase("gates", List.of(new Pass(DataPart.HELD, Learning.GATES)), 1.0),
                                new Phase("weights", List.of(new Pass(DataPart.MAIN, Learning.WEIGHTS)), 1.0)),
                        0.5),
                context -> new SearchRun() {
                    @Override
                    public ActiveUnits seed() {
                        return ActiveUnits.all(context.architecture());
                    }

                    @Override
                    public Reparameterisation reparameterisation() {
                        return new Reparameterisation.UnitGates();
                    }

                    @Override
                    public double[] gates(String group) {
                        double[] gates =
                                new double[context.architecture().group(group).width()];
                        Arrays.fill(gates, 0.5);
                        return gates;
                    }

                    @Override
                    public void afterStep(long step, GateGradients gradients) {
                        seen.add(gradients.of("hidden1"));
                    }

                    @Override
                    public Restructuring restructure(Interval interval) {
                        seen.add(interval.weights().magnitudes("hidden1"));
                        return Restructuring.NONE;
                    }
                });
        train(TestTrainers.builder(search), watch);
        long gateSteps = watch.intervals.get(0).step();
        // Gate gradients of the first phase's steps only, then the weights after each of the phases.
        assertThat(seen).hasSize((int) gateSteps + 2);
        assertThat(seen.get(0)).isNotEqualTo(new double[seen.get(0).length]);
        double[] fresh = seen.get((int) gateSteps);
        double[] learnt = seen.get((int) gateSteps + 1);
        assertThat(learnt).isNotEqualTo(fresh);
        Watch other = new Watch();
        List<double[]> untouched = new ArrayList<>();
        StructureSearch none = new Scripted(
                context -> new SearchPlan(List.of(Phase.epochs("one", 1)), 0.0), context -> new SearchRun() {
                    @Override
                    public ActiveUnits seed() {
                        return ActiveUnits.all(context.architecture());
                    }

                    @Override
                    public int intervalSteps() {
                        return 1;
                    }

                    @Override
                    public Restructuring restructure(Interval interval) {
                        untouched.add(interval.weights().magnitudes("hidden1"));
                        return Restructuring.NONE;
                    }
                });
        train(TestTrainers.builder(none), other);
        // The same seed has the same fresh weights, which one step changes a little.
        assertThat(untouched.get(0)).isNotEqualTo(fresh);
        assertThat(untouched.get(0)[0]).isCloseTo(fresh[0], within(0.05 * fresh[0]));
    }

    @Test
    void minibatchesPutIntoOneCountAsManySteps() {
        Watch plain = new Watch();
        Watch doubled = new Watch();
        train(TestTrainers.builder(factor(1)).epochs(3), plain);
        train(TestTrainers.builder(factor(2)).epochs(3), doubled);
        assertThat(doubled.plan.steps()).isEqualTo(plain.plan.steps());
        assertThat(doubled.intervals.get(2).step())
                .isEqualTo(plain.intervals.get(2).step());
        assertThat(doubled.steps.size()).isBetween(plain.steps.size() / 2 - 3, plain.steps.size() / 2 + 3);
        assertThat(doubled.summary.examples()).isBetween(plain.summary.examples() * 8 / 10, plain.summary.examples());
    }

    private static StructureSearch factor(int factor) {
        return new Scripted(context -> SearchPlan.epochs(context.epochs()), context -> new SearchRun() {
            @Override
            public ActiveUnits seed() {
                return ActiveUnits.all(context.architecture());
            }

            @Override
            public int batchFactor(int pass) {
                return factor;
            }
        });
    }

    @Test
    void keptParametersComeBackWithTheirStructure() {
        List<double[]> magnitudes = new ArrayList<>();
        StructureChange away = change(ChangeKind.DETACH);
        StructureChange back = change(ChangeKind.REATTACH);
        StructureSearch search = new Scripted(context -> SearchPlan.epochs(3), context -> new SearchRun() {
            @Override
            public ActiveUnits seed() {
                return ActiveUnits.all(context.architecture());
            }

            @Override
            public Restructuring restructure(Interval interval) {
                magnitudes.add(interval.weights().magnitudes("hidden1"));
                return switch (interval.place().pass()) {
                    case 0 -> new Restructuring(List.of(away), List.of(), Restructuring.State.KEPT);
                    case 1 -> new Restructuring(List.of(back), List.of(), Restructuring.State.RESTORED);
                    default -> Restructuring.NONE;
                };
            }

            @Override
            public List<StructureChange> finish(Interval interval) {
                magnitudes.add(interval.weights().magnitudes("hidden1"));
                return List.of();
            }
        });
        Watch watch = new Watch();
        GrowthModel<Label> model = train(TestTrainers.builder(search), watch);
        assertThat(count(model, "\"restoredEpoch\":0")).isOne();
        assertThat(magnitudes).hasSize(4);
        assertThat(magnitudes.get(1)[2]).isZero();
        assertThat(magnitudes.get(1)[0]).isNotEqualTo(magnitudes.get(0)[0]);
        assertThat(magnitudes.get(2)[2]).isPositive();
    }

    private static StructureChange change(ChangeKind kind) {
        return new StructureChange(kind, "hidden1", List.of(2, 3), "test", new TreeMap<>());
    }

    @Test
    void aSearchMayRecoverFromALossThatIsNotFiniteAFewTimes() {
        int[] recovered = new int[1];
        StructureSearch search = new Scripted(context -> SearchPlan.epochs(40), context -> new SearchRun() {
            @Override
            public ActiveUnits seed() {
                return ActiveUnits.all(context.architecture());
            }

            @Override
            public boolean recovers() {
                return true;
            }

            @Override
            public Optional<SearchNote> recover(long step) {
                recovered[0]++;
                return recovered[0] > 3
                        ? Optional.empty()
                        : Optional.of(new SearchNote(
                                SearchNote.Kind.GUARD, SearchNote.NETWORK, "test-guard", new TreeMap<>()));
            }
        });
        GrowthTrainer<Label> trainer = GrowthTrainer.builder(
                        new LabelOutputAdapter(),
                        new VectorLayout(),
                        new MlpFamily(List.of(8)),
                        search,
                        new SgdOptimiser(1e20, 0.9, 0.0, new ConstantRate()))
                .minibatchSize(2)
                .epochs(40)
                .build();
        assertThatThrownBy(() -> trainer.train(data)).isInstanceOf(TrainingDivergedException.class);
        assertThat(recovered[0]).isEqualTo(4);
    }
}
