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

package org.tribuogrowth.compliance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.oracle.labs.mlrg.olcut.provenance.Provenance;
import com.oracle.labs.mlrg.olcut.provenance.primitives.StringProvenance;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.tribuo.Dataset;
import org.tribuo.Example;
import org.tribuo.MutableDataset;
import org.tribuo.Trainer;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuogrowth.GrowthModel;
import org.tribuogrowth.GrowthTrainer;
import org.tribuogrowth.provenance.ArchitectureHistoryProvenance;

/** What Tribuo asks of trainers: checks 1 to 11 of docs/compliance.md but for 9. */
class TrainerComplianceTest {
    private final Dataset<Label> data = Iris.training();

    /** Everything in a model that is not of its hour: weights, structure and every number of the ledger. */
    private static String print(GrowthModel<Label> model) {
        return model.parameters().digest() + " " + new String(model.ledger(), StandardCharsets.UTF_8);
    }

    private static String invocation(GrowthModel<Label> model) {
        return model.getProvenance()
                .getTrainerProvenance()
                .getInstanceValues()
                .get("train-invocation-count")
                .toString();
    }

    @Test
    void check01_unknownOutputsAreRefused() {
        MutableDataset<Label> unknown =
                new MutableDataset<>(new SimpleDataSourceProvenance("test", new LabelFactory()), new LabelFactory());
        unknown.add(data.getExample(0));
        unknown.add(new ArrayExample<>(
                new LabelFactory().getUnknownOutput(), new String[] {"petalWidth"}, new double[] {1.0}));
        assertThatThrownBy(() -> Iris.trainer().train(unknown))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 unknown outputs");
    }

    @Test
    void check02_theFirstModelRecordsInvocation0TheNext1() {
        GrowthTrainer<Label> trainer = Iris.trainer();
        assertThat(trainer.getInvocationCount()).isZero();
        assertThat(invocation(trainer.train(data))).isEqualTo("0");
        assertThat(trainer.getInvocationCount()).isEqualTo(1);
        assertThat(invocation(trainer.train(data))).isEqualTo("1");
        assertThat(trainer.getInvocationCount()).isEqualTo(2);
    }

    @Test
    void check03_jumpingToAnInvocationGivesTheModelOfTrainingUpToIt() {
        GrowthTrainer<Label> trainer = Iris.trainer();
        String first = print(trainer.train(data));
        GrowthModel<Label> second = trainer.train(data);
        assertThat(print(second)).isNotEqualTo(first);

        // The shared model was made by setting the count to 1.
        assertThat(print(Iris.model())).isEqualTo(print(second));
        assertThat(Iris.model().getArchitectureHistory()).isEqualTo(second.getArchitectureHistory());
        assertThat(Iris.model().predict(data))
                .usingElementComparator((a, b) -> a.distributionEquals(b, 0.0) ? 0 : 1)
                .isEqualTo(second.predict(data));
        assertThat(print(Iris.trainer().train(data, Collections.emptyMap(), 1))).isEqualTo(print(second));
    }

    @Test
    void check04_negativeInvocationCountsAreRefused() {
        GrowthTrainer<Label> trainer = Iris.trainer();
        assertThatThrownBy(() -> trainer.setInvocationCount(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found -1");
        assertThat(trainer.getInvocationCount()).isZero();
    }

    @Test
    void check05_theDefaultOfSetInvocationCountIsOverridden() throws NoSuchMethodException {
        assertThat(GrowthTrainer.class
                        .getMethod("setInvocationCount", int.class)
                        .getDeclaringClass())
                .isNotEqualTo(Trainer.class);
    }

    @Test
    void check06_equalSeedsGiveEqualModelsAndOtherSeedsOthers() {
        GrowthModel<Label> first = Iris.trainer().train(data);
        GrowthModel<Label> again = Iris.trainer().train(data);
        assertThat(print(again)).isEqualTo(print(first));
        assertThat(again.getArchitectureHistory()).isEqualTo(first.getArchitectureHistory());
        GrowthModel<Label> other = Iris.builder().seed(8).build().train(data);
        assertThat(other.parameters().digest()).isNotEqualTo(first.parameters().digest());
    }

    @Test
    void check07_concurrentTrainingsGiveTheSameSetOfModels() throws Exception {
        int count = 3;
        GrowthTrainer<Label> sequential = Iris.trainer();
        Set<String> expected = new TreeSet<>();
        for (int i = 0; i < count; i++) {
            expected.add(print(sequential.train(data)));
        }
        GrowthTrainer<Label> concurrent = Iris.trainer();
        ExecutorService threads = Executors.newFixedThreadPool(count);
        try {
            List<Future<String>> futures = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                futures.add(threads.submit(() -> print(concurrent.train(data))));
            }
            Set<String> found = new TreeSet<>();
            for (Future<String> future : futures) {
                found.add(future.get());
            }
            assertThat(found).hasSize(count).isEqualTo(expected);
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void check08_trainingLeavesDataTrainerAndEngineAsTheyWere() {
        Dataset<Label> used = Iris.training();
        List<Example<Label>> examples = new ArrayList<>();
        used.forEach(example -> examples.add(example.copy()));
        String provenance = used.getProvenance().toString();
        GrowthTrainer<Label> trainer = Iris.trainer();
        Map<String, Provenance> configuration = trainer.getProvenance().getConfiguredParameters();
        DataType type = Nd4j.dataType();
        Nd4j.getRandom().setSeed(5);
        long drawn = Nd4j.getRandom().nextLong();
        Nd4j.getRandom().setSeed(5);

        trainer.train(used);

        assertThat(Nd4j.getRandom().nextLong()).isEqualTo(drawn);
        assertThat(Nd4j.dataType()).isEqualTo(type);
        assertThat(used.getProvenance()).hasToString(provenance);
        assertThat(used.getData()).isEqualTo(examples);
        assertThat(used.getFeatureMap().size()).isEqualTo(4);
        assertThat(trainer.getProvenance().getConfiguredParameters()).isEqualTo(configuration);
    }

    @Test
    void check10_runProvenanceIsKeptAndOurKeyIsRefused() {
        Map<String, Provenance> run = Map.of("note", new StringProvenance("note", "mine"));
        GrowthModel<Label> model = Iris.trainer().train(data, run);
        assertThat(model.getProvenance().getInstanceProvenance().getMap())
                .containsOnlyKeys("note", ArchitectureHistoryProvenance.NAME);
        Map<String, Provenance> clash = Map.of(ArchitectureHistoryProvenance.NAME, new StringProvenance("a", "b"));
        assertThatThrownBy(() -> Iris.trainer().train(data, clash))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(ArchitectureHistoryProvenance.NAME);
    }
}
