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

import com.oracle.labs.mlrg.olcut.config.PropertyException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tribuo.Dataset;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuogrowth.architecture.Cost;
import org.tribuogrowth.architecture.family.MlpFamily;
import org.tribuogrowth.data.VectorLayout;
import org.tribuogrowth.output.LabelOutputAdapter;
import org.tribuogrowth.provenance.ArchitectureHistoryProvenance;
import org.tribuogrowth.search.FixedStructure;
import org.tribuogrowth.search.StructureSearch;
import org.tribuogrowth.training.ConstantRate;
import org.tribuogrowth.training.GrowthListener;
import org.tribuogrowth.training.SgdOptimiser;
import org.tribuogrowth.training.TrainingDivergedException;

/** Tribuo's contract for trainers, and what a training leaves behind. */
class GrowthTrainerTest {
    private final Dataset<Label> data = TestTrainers.data().getA();

    private static String print(GrowthModel<Label> model) {
        return model.parameters().digest() + " " + new String(model.ledger(), StandardCharsets.UTF_8);
    }

    @Test
    void unknownOutputsAndEmptyDataAreRefused() {
        MutableDataset<Label> unknown =
                new MutableDataset<>(new SimpleDataSourceProvenance("test", new LabelFactory()), new LabelFactory());
        assertThatThrownBy(() -> TestTrainers.fixed().train(unknown))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no examples");
        unknown.add(new ArrayExample<>(LabelFactory.UNKNOWN_LABEL, new String[] {"A"}, new double[] {1.0}));
        assertThatThrownBy(() -> TestTrainers.fixed().train(unknown))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("unknown output");
    }

    @Test
    @SuppressWarnings({"unchecked", "rawtypes"}) // as OLCUT does, which knows no type parameters
    void outputsOfAnotherTypeThanTheAdaptersAreRefused() {
        GrowthTrainer trainer = TestTrainers.fixed();
        assertThatThrownBy(() -> trainer.train(OutputData.regressors(10, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The outputs of the data are of type Regressor, but LabelOutputAdapter is for outputs of"
                        + " type Label");
    }

    @Test
    void wrongFieldsAreRefusedWithTheirNames() {
        assertRefused(TestTrainers.builder(FixedStructure.dense()).epochs(0), "epochs must be 1 to 1000000, found 0");
        assertRefused(TestTrainers.builder(FixedStructure.dense()).minibatchSize(1), "minibatchSize must be 2");
        assertRefused(
                TestTrainers.builder(FixedStructure.dense()).validationFraction(1.0),
                "validationFraction must be at least 0 and below 1, found 1.0");
        assertRefused(TestTrainers.builder(FixedStructure.dense()).patience(3), "patience must be 0 where");
        assertRefused(TestTrainers.builder(null), "search must be given");
    }

    private static void assertRefused(GrowthTrainer.Builder<Label> builder, String message) {
        assertThatThrownBy(builder::build).isInstanceOf(PropertyException.class).hasMessageContaining(message);
    }

    @Test
    void growthStartsFromTheSeedAndEndsCompact() {
        List<GrowthListener.Interval> intervals = new ArrayList<>();
        List<GrowthListener.Plan> plans = new ArrayList<>();
        List<GrowthListener.Summary> summaries = new ArrayList<>();
        GrowthTrainer<Label> trainer = TestTrainers.builder(TestTrainers.growing())
                .validationFraction(0.2)
                .epochs(20)
                .build();
        trainer.setListeners(List.of(new GrowthListener() {
            @Override
            public void onStart(Plan plan) {
                plans.add(plan);
            }

            @Override
            public void onInterval(Interval interval) {
                intervals.add(interval);
            }

            @Override
            public void onEnd(Summary summary) {
                summaries.add(summary);
            }
        }));
        GrowthModel<Label> model = trainer.train(data);
        GrowthListener.Plan plan = plans.get(0);
        assertThat(plan.seed().count("hidden1")).isEqualTo(1);
        assertThat(plan.seed().count("hidden2")).isEqualTo(1);
        assertThat(intervals).hasSize(20);
        assertThat(intervals)
                .allMatch(interval -> interval.endOfEpoch()
                        && interval.validation().isPresent()
                        && interval.validationLoss().isPresent());
        assertThat(intervals).anyMatch(interval -> interval.active().count("hidden1") > 1);
        GrowthListener.Summary summary = summaries.get(0);
        assertThat(summary.compactionDifference()).isLessThanOrEqualTo(1e-5);
        Cost cost = model.cost();
        assertThat(cost).isEqualTo(summary.cost());
        assertThat(cost).isEqualTo(model.denseReference().costModel().of(model.activeUnits()));
        assertThat(summary.trainingCostFraction()).isBetween(0.0, 1.0);
        ArchitectureHistoryProvenance history = model.getArchitectureHistory().orElseThrow();
        assertThat(history.toString()).isNotEmpty();
    }

    @Test
    void theLedgerFileHoldsWhatTheModelHolds(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("ledger.jsonl");
        GrowthTrainer<Label> trainer = TestTrainers.scs();
        trainer.setLedgerFile(file);
        GrowthModel<Label> model = trainer.train(data);
        assertThat(Files.readAllBytes(file)).isEqualTo(model.ledger());
    }

    @Test
    void earlyStoppingComesBackToTheBestEpoch() {
        List<Double> measures = new ArrayList<>();
        GrowthTrainer<Label> trainer = TestTrainers.builder(FixedStructure.dense())
                .validationFraction(0.3)
                .patience(3)
                .epochs(60)
                .build();
        trainer.setListeners(List.of(new GrowthListener() {
            @Override
            public void onInterval(Interval interval) {
                measures.add(interval.validation().orElseThrow());
            }
        }));
        GrowthModel<Label> model = trainer.train(data);
        int best = 0;
        for (int epoch = 1; epoch < measures.size(); epoch++) {
            if (measures.get(epoch) > measures.get(best)) {
                best = epoch;
            }
        }
        assertThat(measures).hasSizeLessThan(60);
        assertThat(measures.size() - 1 - best).isEqualTo(3);
        assertThat(new String(model.ledger(), StandardCharsets.UTF_8)).contains("\"restoredEpoch\":" + best);
    }

    @Test
    void aDivergingTrainingStopsWithAReason() {
        for (StructureSearch search : List.of(FixedStructure.dense(), TestTrainers.growing())) {
            GrowthTrainer<Label> trainer = GrowthTrainer.builder(
                            new LabelOutputAdapter(),
                            new VectorLayout(),
                            new MlpFamily(List.of(16)),
                            search,
                            new SgdOptimiser(1e30, 0.9, 0.0, new ConstantRate()))
                    .minibatchSize(4)
                    .build();
            assertThatThrownBy(() -> trainer.train(data))
                    .isInstanceOf(TrainingDivergedException.class)
                    .hasMessageContaining("lower learning rate");
        }
    }
}
