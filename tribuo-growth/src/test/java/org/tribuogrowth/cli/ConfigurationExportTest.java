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

package org.tribuogrowth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tribuo.Model;
import org.tribuo.provenance.ModelProvenance;
import org.tribuo.provenance.impl.EmptyTrainerProvenance;
import org.tribuogrowth.GrowthModel;

/** {@code export --config}, and trainings from what it writes. */
class ConfigurationExportTest {
    private static final String CONFIGURATION =
            """
            <config>
              <component name="grower" type="org.tribuogrowth.GrowthTrainer">
                <property name="outputAdapter" value="label"/>
                <property name="featureLayout" value="vector"/>
                <property name="network" value="mlp"/>
                <property name="search" value="SEARCH"/>
                <property name="optimiser" value="sgd"/>
                <property name="epochs" value="4"/>
                <property name="minibatchSize" value="8"/>
                <property name="seed" value="3"/>
              </component>
              <component name="label" type="org.tribuogrowth.output.LabelOutputAdapter"/>
              <component name="vector" type="org.tribuogrowth.data.VectorLayout"/>
              <component name="mlp" type="org.tribuogrowth.architecture.family.MlpFamily">
                <propertylist name="hiddenUnits"><item>12</item><item>5</item></propertylist>
              </component>
              <component name="scs" type="org.tribuogrowth.search.StructuredContinuousSparsification">
                <property name="budget" value="half"/>
                <property name="gateLearningRate" value="10"/>
                <property name="budgetTolerance" value="10"/>
              </component>
              <component name="half" type="org.tribuogrowth.search.Budget">
                <property name="fraction" value="0.5"/>
                <property name="measure" value="PARAMETERS"/>
              </component>
              <component name="dst" type="org.tribuogrowth.search.DynamicSparseTraining">
                <property name="targetDensity" value="0.3"/>
              </component>
              <component name="sgd" type="org.tribuogrowth.training.SgdOptimiser"/>
              <component name="trainData" type="org.tribuo.classification.example.ConcentricCirclesDataSource">
                <property name="numSamples" value="60"/>
                <property name="seed" value="4"/>
              </component>
              <component name="testData" type="org.tribuo.classification.example.ConcentricCirclesDataSource">
                <property name="numSamples" value="30"/>
                <property name="seed" value="5"/>
              </component>
            </config>
            """;

    @TempDir
    private static Path home;

    @TempDir
    private Path folder;

    private final Console console = new Console(new ProjectConnections());

    @BeforeAll
    static void train() throws IOException {
        for (String search : List.of("scs", "dst")) {
            Path config = Files.writeString(home.resolve(search + ".xml"), CONFIGURATION.replace("SEARCH", search));
            train(config, "grower", home.resolve(search));
        }
    }

    private static void train(Path config, String trainer, Path run, String... more) {
        Console console = new Console(new ProjectConnections());
        List<String> words =
                new ArrayList<>(List.of("train", "-c", config.toString(), "-t", trainer, "-o", run.toString(), "-q"));
        words.addAll(List.of(more));
        assertThat(console.run(words.toArray(new String[0]))).as(console.err()).isEqualTo(Main.GOOD);
    }

    private static GrowthModel<?> model(Path run) throws IOException {
        return (GrowthModel<?>) Model.deserializeFromFile(run.resolve("model.tribuo"));
    }

    private void assertSameStructure(Path first, Path second) throws IOException {
        try (GrowthModel<?> found = model(first);
                GrowthModel<?> again = model(second)) {
            assertThat(again.denseReference()).isEqualTo(found.denseReference());
            assertThat(again.architecture()).isEqualTo(found.architecture());
            assertThat(again.parameters().digest())
                    .isNotEqualTo(found.parameters().digest());
        }
    }

    @Test
    void aFoundStructureIsTrainedAgain() throws IOException {
        Path run = home.resolve("scs");
        Path config = folder.resolve("again.xml");
        assertThat(console.run("export", run.toString(), "--config", config.toString()))
                .as(console.err())
                .isEqualTo(Main.GOOD);
        assertThat(console.out())
                .contains("  ./grow train -c " + config + " -t trainer -o FOLDER" + System.lineSeparator())
                .doesNotContain("test data", "zero");
        train(config, "trainer", folder.resolve("again"));
        assertSameStructure(run, folder.resolve("again"));
        assertThat(Files.readString(folder.resolve("again/evaluation.json"))).contains("\"examples\" : 30");

        // What names components had makes no difference.
        Path second = folder.resolve("second.xml");
        assertThat(console.run("export", folder.resolve("again").toString(), "--config", second.toString(), "--quiet"))
                .isEqualTo(Main.GOOD);
        assertThat(console.out()).isEmpty();
        assertThat(second).hasSameTextualContentAs(config);
    }

    @Test
    void aModelAloneHasNoTestData() throws IOException {
        Path config = folder.resolve("again.xml");
        Path model = home.resolve("scs/model.tribuo");
        assertThat(console.run("export", model.toString(), "--config", config.toString()))
                .isEqualTo(Main.GOOD);
        assertThat(console.out()).contains("test data is not part of a model: add the component testData");
        train(config, "trainer", folder.resolve("again"), "--test-data", "none");
        assertSameStructure(home.resolve("scs"), folder.resolve("again"));
    }

    @Test
    void masksOfSingleWeightsAreNotCarriedAndThatIsSaid() throws IOException {
        Path config = folder.resolve("again.xml");
        assertThat(console.run("export", home.resolve("dst").toString(), "--config", config.toString()))
                .isEqualTo(Main.GOOD);
        assertThat(console.out()).contains("which weights are zero is not part of it: ");
        train(config, "trainer", folder.resolve("again"));
        assertSameStructure(home.resolve("dst"), folder.resolve("again"));
    }

    @Test
    void otherFormatsAreRefused() {
        Path config = folder.resolve("again.json");
        assertThat(console.run("export", home.resolve("scs").toString(), "--config", config.toString()))
                .isEqualTo(Main.USAGE);
        assertThat(console.err()).contains("again.json, which does not end in .xml");
        assertThat(config).doesNotExist();
    }

    @Test
    void aStrippedModelHasNoConfiguration() throws Exception {
        Path stripped = folder.resolve("stripped.tribuo");
        try (GrowthModel<?> model = model(home.resolve("scs"))) {
            ModelProvenance whole = model.getProvenance();
            ModelProvenance without = new ModelProvenance(
                    whole.getClassName(),
                    whole.getTrainingTime(),
                    whole.getDatasetProvenance(),
                    new EmptyTrainerProvenance(),
                    Map.of());
            // As Tribuo's StripProvenance does.
            Method copy = GrowthModel.class.getDeclaredMethod("copy", String.class, ModelProvenance.class);
            copy.setAccessible(true);
            ((Model<?>) copy.invoke(model, "stripped", without)).serializeToFile(stripped);
        }
        Path config = folder.resolve("again.xml");
        assertThat(console.run("export", stripped.toString(), "--config", config.toString()))
                .isEqualTo(Main.USAGE);
        assertThat(console.err())
                .contains("export: there is no configuration for " + stripped, "was it stripped?")
                .doesNotContain("\tat ");
        assertThat(config).doesNotExist();
    }
}
