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

package org.tribuogrowth.reproduction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.oracle.labs.mlrg.olcut.provenance.Provenance;
import com.oracle.labs.mlrg.olcut.provenance.primitives.StringProvenance;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tribuo.Dataset;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.baseline.DummyClassifierTrainer;
import org.tribuo.classification.ensemble.VotingCombiner;
import org.tribuo.classification.example.ConcentricCirclesDataSource;
import org.tribuo.classification.example.LabelledDataGenerator;
import org.tribuo.ensemble.BaggingTrainer;
import org.tribuo.ensemble.EnsembleModel;
import org.tribuo.transform.TransformTrainer;
import org.tribuo.transform.TransformationMap;
import org.tribuo.transform.TransformedModel;
import org.tribuo.transform.transformations.LinearScalingTransformation;
import org.tribuogrowth.GrowthModel;
import org.tribuogrowth.GrowthTrainer;
import org.tribuogrowth.compliance.Iris;

class ReproductionTest {
    private static <M extends Model<Label>> M fromFile(M model, Class<M> type, Path folder) throws Exception {
        Path file = folder.resolve("model.tribuo");
        model.serializeToFile(file);
        return type.cast(Model.deserializeFromFile(file));
    }

    @Test
    void aModelIsTrainedAgainFromItsFileAlone(@TempDir Path folder) throws Exception {
        @SuppressWarnings("unchecked") // the type parameter is that of what is written
        GrowthModel<Label> read = fromFile(Iris.model(), GrowthModel.class, folder);

        Reproduction<Label> reproduction = Reproduction.of(read);
        assertThat(reproduction.invocationCount()).isEqualTo(1);
        assertThat(((GrowthTrainer<Label>) reproduction.trainer()).getInvocationCount())
                .isEqualTo(1);
        Dataset<Label> data = reproduction.data();
        assertThat(data.size()).isEqualTo(105);
        Model<Label> again = reproduction.train(data);
        ReproductionResult result = reproduction.compare(again, data);

        assertThat(result.differences()).isEmpty();
        assertThat(result.networks()).isEqualTo(1);
        assertThat(((GrowthModel<Label>) again).ledger()).isEqualTo(Iris.model().ledger());
        assertThat(again.getProvenance().getTrainerProvenance())
                .isEqualTo(Iris.model().getProvenance().getTrainerProvenance());
    }

    @Test
    void theInvocationAndTheRunProvenanceAreHonoured() {
        GrowthTrainer<Label> trainer = Iris.trainer();
        Dataset<Label> data = new MutableDataset<>(new ConcentricCirclesDataSource(40, 3L, 2.0, 0.5));
        Map<String, Provenance> run = Map.of("note", new StringProvenance("note", "mine"));
        GrowthModel<Label> first = trainer.train(data, run);
        GrowthModel<Label> second = trainer.train(data);

        Reproduction<Label> reproduction = Reproduction.of(first);
        Model<Label> again = reproduction.train(data);
        assertThat(reproduction.compare(again, data).equal()).isTrue();
        assertThat(again.getProvenance().getInstanceProvenance().getMap().get("note"))
                .isEqualTo(run.get("note"));
        assertThat(Reproduction.of(second).run().differences()).isEmpty();

        // The second of the two is another model, and that is seen.
        ReproductionResult other = reproduction.compare(second, data);
        assertThat(other.equal()).isFalse();
        assertThat(other.differences())
                .anySatisfy(difference -> assertThat(difference).startsWith("the ledgers differ from line 1 on"))
                .anySatisfy(difference -> assertThat(difference).startsWith("the weights have the digest"))
                .anySatisfy(difference -> assertThat(difference).endsWith("predictions differ"));
    }

    @Test
    void theTrainerIsFoundByItsPlaceAmongSeveral() {
        GrowthModel<Label> model = Iris.model();
        Reproduction<Label> reproduction = Reproduction.of(model);
        assertThat(reproduction.configuration())
                .extracting(component -> component.getName())
                .contains(reproduction.trainerName(), reproduction.sourceName())
                .doesNotHaveDuplicates();
        assertThat(reproduction.trainerName()).startsWith("growthtrainer-");
        assertThat(reproduction.sourceName()).startsWith("csvdatasource-");
    }

    private static TransformTrainer<Label> transforming() {
        return new TransformTrainer<>(
                Iris.trainer(), new TransformationMap(List.of(new LinearScalingTransformation(0, 1))));
    }

    @Test
    void whatIsTrainedInATransformTrainerIsTrainedAgainAsAWhole(@TempDir Path folder) throws Exception {
        TransformTrainer<Label> trainer = transforming();
        trainer.train(Iris.training());
        TransformedModel<Label> second = trainer.train(Iris.training());
        @SuppressWarnings("unchecked") // the type parameter is that of what is written
        TransformedModel<Label> read = fromFile(second, TransformedModel.class, folder);

        Reproduction<Label> reproduction = Reproduction.of(read);
        assertThat(reproduction.invocationCount()).isEqualTo(1);
        assertThat(reproduction.run().differences()).isEmpty();

        assertThatThrownBy(() -> Reproduction.of(second.getInnerModel()))
                .isInstanceOf(IrreproducibleModelException.class)
                .hasMessageContaining("had been copied or transformed")
                .hasMessageContaining("reproduce that");
    }

    @Test
    void anEnsembleIsTrainedAgainAsAWhole(@TempDir Path folder) throws Exception {
        GrowthTrainer<Label> member = Iris.trainer();
        member.setInvocationCount(3);
        BaggingTrainer<Label> trainer = new BaggingTrainer<>(member, new VotingCombiner(), 2, 5L);
        trainer.train(Iris.training());
        member.setInvocationCount(4);
        EnsembleModel<Label> second = trainer.train(Iris.training());
        @SuppressWarnings("unchecked") // the type parameter is that of what is written
        EnsembleModel<Label> read = fromFile(second, EnsembleModel.class, folder);

        ReproductionResult result = Reproduction.of(read).run();
        assertThat(result.differences()).isEmpty();
        assertThat(result.networks()).isEqualTo(2);

        assertThatThrownBy(() -> Reproduction.of(second.getModels().get(0)))
                .isInstanceOf(IrreproducibleModelException.class)
                .hasMessageContaining("DatasetView")
                .hasMessageContaining("reproduce the whole");
    }

    @Test
    void whatProvenanceDoesNotTellIsRefusedInWords() {
        GrowthModel<Label> model =
                Iris.trainer().train(LabelledDataGenerator.denseTrainTest().getA());
        assertThatThrownBy(() -> Reproduction.of(model))
                .isInstanceOf(IrreproducibleModelException.class)
                .hasMessageContaining("was not configurable");
        Model<Label> foreign =
                DummyClassifierTrainer.createMostFrequentTrainer().train(Iris.training());
        assertThatThrownBy(() -> Reproduction.of(foreign))
                .isInstanceOf(IrreproducibleModelException.class)
                .hasMessageContaining("is no model of this project");
    }
}
