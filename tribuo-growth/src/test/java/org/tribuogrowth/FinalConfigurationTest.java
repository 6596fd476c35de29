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

import com.oracle.labs.mlrg.olcut.config.ConfigurationData;
import com.oracle.labs.mlrg.olcut.config.ConfigurationManager;
import com.oracle.labs.mlrg.olcut.config.property.MapProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.tribuo.ConfigurableDataSource;
import org.tribuo.Dataset;
import org.tribuo.Example;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.example.GaussianLabelDataSource;
import org.tribuo.protos.core.ModelProto;
import org.tribuo.provenance.ModelProvenance;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuo.provenance.impl.EmptyTrainerProvenance;
import org.tribuogrowth.architecture.UnitGroup;
import org.tribuogrowth.architecture.family.ResNetFamily;
import org.tribuogrowth.data.DenseExample;
import org.tribuogrowth.data.FeatureNames;
import org.tribuogrowth.data.ImageLayout;
import org.tribuogrowth.output.LabelOutputAdapter;
import org.tribuogrowth.search.FixedStructure;
import org.tribuogrowth.search.StructureSearch;
import org.tribuogrowth.training.ConstantRate;
import org.tribuogrowth.training.SgdOptimiser;

/** What trains a structure that was found again. */
class FinalConfigurationTest {
    private static final int EXTENT = 8;

    private static MutableDataset<Label> images() {
        List<Example<Label>> examples = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            float[] pixels = new float[EXTENT * EXTENT];
            pixels[i] = 1f;
            examples.add(DenseExample.ofFloats(
                    new Label(i % 2 == 0 ? "even" : "odd"), FeatureNames.pixels("", pixels.length), pixels));
        }
        LabelFactory factory = new LabelFactory();
        return new MutableDataset<>(examples, new SimpleDataSourceProvenance("test", factory), factory);
    }

    private static GrowthModel<Label> train(StructureSearch search) {
        return GrowthTrainer.builder(
                        new LabelOutputAdapter(),
                        new ImageLayout(EXTENT, EXTENT, 1),
                        new ResNetFamily(14, 4, true),
                        search,
                        new SgdOptimiser(0.02, 0.9, 1e-4, new ConstantRate()))
                .epochs(1)
                .minibatchSize(4)
                .seed(9)
                .build()
                .train(images());
    }

    private static ConfigurationManager manager(GrowthModel<?> model) {
        ConfigurationManager manager = new ConfigurationManager();
        manager.addConfiguration(model.finalConfiguration());
        return manager;
    }

    private static List<String> names(List<ConfigurationData> configuration) {
        return configuration.stream().map(ConfigurationData::getName).toList();
    }

    @Test
    @SuppressWarnings("unchecked") // the trainer was one of labels
    void aStructureWithoutSomeUnitsAndBlocksComesAgain() {
        GrowthModel<Label> first = train(FixedStructure.dense());
        Map<String, Integer> counts = new TreeMap<>();
        int blocks = 0;
        for (UnitGroup group : first.denseReference().searchableGroups()) {
            // The first, third, ... block is gone; groups have 1, 2, 3, 1, ... units.
            counts.put(group.name(), group.block() ? blocks++ % 2 : 1 + counts.size() % 3);
        }
        assertThat(blocks).isGreaterThan(2);
        GrowthModel<Label> found = train(FixedStructure.ofUnitCounts(counts));
        assertThat(found.architecture()).isNotEqualTo(first.architecture());

        GrowthTrainer<Label> trainer = (GrowthTrainer<Label>) manager(found).lookup("trainer");
        GrowthModel<Label> again = trainer.train(images());
        assertThat(again.denseReference()).isEqualTo(found.denseReference());
        assertThat(again.activeUnits()).isEqualTo(found.activeUnits());
        assertThat(again.architecture()).isEqualTo(found.architecture());
        // The configurations are equal, so that everything is; and so is what comes of it in turn.
        assertThat(again.parameters().digest()).isEqualTo(found.parameters().digest());
        assertThat(again.finalConfiguration()).isEqualTo(found.finalConfiguration());
    }

    @Test
    void itHasTheSourceOfTheDataAndNothingOfTheSearch() throws Exception {
        GaussianLabelDataSource source = new GaussianLabelDataSource(
                40, 3L, new double[] {0, 0}, new double[] {1, 0, 0, 1}, new double[] {3, 3}, new double[] {1, 0, 0, 1});
        Dataset<Label> data = new MutableDataset<>(source);
        GrowthModel<Label> model =
                TestTrainers.builder(TestTrainers.growing()).epochs(5).build().train(data);
        List<ConfigurationData> configuration = model.finalConfiguration();

        assertThat(names(configuration).subList(0, 3)).containsExactly("trainer", "structure", "trainData");
        assertThat(configuration)
                .noneMatch(component -> component.getClassName().contains("Sparsification"));
        assertThat(configuration)
                .noneMatch(component -> component.getClassName().contains("Budget"));
        Map<String, String> counts = new TreeMap<>();
        ((MapProperty) configuration.get(1).get("unitCounts").orElseThrow())
                .getMap()
                .forEach((group, count) -> counts.put(group, count.getValue()));
        assertThat(counts)
                .containsEntry("hidden1", Integer.toString(model.activeUnits().count("hidden1")))
                .containsEntry("hidden2", Integer.toString(model.activeUnits().count("hidden2")))
                .hasSize(2);
        ConfigurableDataSource<?> again =
                (ConfigurableDataSource<?>) manager(model).lookup("trainData");
        assertThat(again).isInstanceOf(GaussianLabelDataSource.class);
        assertThat(new MutableDataset<>(again).getData()).isEqualTo(data.getData());

        // A model from a file says the same.
        ModelProto proto = model.serialize();
        GrowthModel<?> read = (GrowthModel<?>) Model.deserialize(proto);
        assertThat(read.finalConfiguration()).isEqualTo(configuration);
    }

    @Test
    void withoutAConfigurableSourceThereIsNoData() {
        assertThat(names(train(FixedStructure.dense()).finalConfiguration())).doesNotContain("trainData");
    }

    @Test
    void aStrippedModelSaysSo() throws Exception {
        GrowthModel<Label> model = train(FixedStructure.dense());
        ModelProvenance whole = model.getProvenance();
        ModelProvenance stripped = new ModelProvenance(
                whole.getClassName(),
                whole.getTrainingTime(),
                whole.getDatasetProvenance(),
                new EmptyTrainerProvenance(),
                Map.of());
        assertThatThrownBy(model.copy("stripped", stripped)::finalConfiguration)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("has no configuration of a org.tribuogrowth.GrowthTrainer")
                .hasMessageContaining("found one of org.tribuo.Trainer; was it stripped?");
    }
}
