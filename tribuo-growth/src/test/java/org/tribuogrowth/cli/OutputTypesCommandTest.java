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
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs and comparisons of networks with several labels and of regression, from the configuration to the tables. */
class OutputTypesCommandTest {
    @TempDir
    private Path folder;

    private final Console console = new Console(new ProjectConnections());

    private String configuration(String adapter, Class<?> source) throws IOException {
        Path file = folder.resolve("c.xml");
        Files.writeString(
                file,
                """
                <config>
                  <component name="trainer" type="org.tribuogrowth.GrowthTrainer">
                    <property name="outputAdapter" value="output"/>
                    <property name="featureLayout" value="vector"/>
                    <property name="network" value="mlp"/>
                    <property name="search" value="grown"/>
                    <property name="optimiser" value="adam"/>
                    <property name="epochs" value="6"/>
                    <property name="minibatchSize" value="8"/>
                    <property name="validationFraction" value="0.2"/>
                    <property name="patience" value="2"/>
                  </component>
                  <component name="dense" inherit="trainer"><property name="search" value="whole"/></component>
                  <component name="output" type="org.tribuogrowth.output.%1$s"/>
                  <component name="vector" type="org.tribuogrowth.data.VectorLayout"/>
                  <component name="mlp" type="org.tribuogrowth.architecture.family.MlpFamily">
                    <propertylist name="hiddenUnits"><item>12</item></propertylist>
                  </component>
                  <component name="adam" type="org.tribuogrowth.training.AdamOptimiser">
                    <property name="learningRate" value="0.02"/>
                  </component>
                  <component name="whole" type="org.tribuogrowth.search.FixedStructure"/>
                  <component name="grown" type="org.tribuogrowth.search.StructuredContinuousSparsification">
                    <property name="budget" value="half"/>
                    <property name="fitBudget" value="true"/>
                  </component>
                  <component name="half" type="org.tribuogrowth.search.Budget">
                    <property name="fraction" value="0.7"/>
                    <property name="measure" value="PARAMETERS"/>
                  </component>
                  <component name="trainData" type="%2$s"/>
                  <component name="testData" type="%2$s">
                    <property name="points" value="50"/>
                    <property name="drawing" value="2"/>
                  </component>
                </config>
                """
                        .formatted(adapter, source.getName()));
        return file.toString();
    }

    private int train(String configuration, String... more) {
        List<String> words = new ArrayList<>(List.of("train", "-c", configuration, "-t", "trainer", "-o"));
        words.add(folder.resolve("run").toString());
        words.addAll(List.of(more));
        return console.run(words.toArray(new String[0]));
    }

    private JsonNode json(String file) throws IOException {
        return new ObjectMapper().readTree(folder.resolve(file).toFile());
    }

    private int compare(String configuration, String... more) {
        List<String> words =
                new ArrayList<>(List.of("compare", "-o", folder.resolve("all").toString()));
        if (configuration != null) {
            words.addAll(List.of("-c", configuration, "--runs", "dense,trainer", "--seeds", "2"));
        }
        words.addAll(List.of(more));
        return console.run(words.toArray(new String[0]));
    }

    private void checkRun(String measure) throws IOException {
        String run = folder.resolve("run").toString();
        assertThat(console.out())
                .contains("  " + measure + " ")
                .contains("gated vs compact")
                .doesNotContain("accuracy");
        JsonNode interval = new ObjectMapper()
                .readTree(
                        Files.readAllLines(folder.resolve("run/metrics.jsonl")).get(0));
        assertThat(interval.path(measure).isNumber()).isTrue();
        assertThat(Files.readString(folder.resolve("run/ledger.jsonl")))
                .contains("\"measureName\":\"" + measure + "\"")
                .doesNotContain("accuracy");
        assertThat(console.run("audit", "verify", run)).as(console.err()).isEqualTo(Main.GOOD);
        assertThat(console.out()).contains("model.tribuo");
        assertThat(console.run("audit", "replay", run)).as(console.err()).isEqualTo(Main.GOOD);
    }

    @Test
    void runsOfSeveralLabels() throws IOException {
        String configuration = configuration("MultiLabelOutputAdapter", MultiLabelSource.class);
        assertThat(train(configuration)).as(console.err()).isEqualTo(Main.GOOD);
        assertThat(console.out()).contains("test jaccard").contains("test exactMatch");
        JsonNode test = json("run/evaluation.json").get("test");
        assertThat(test.get("examples").intValue()).isEqualTo(50);
        for (String measure : List.of("jaccard", "exactMatch", "microAveragedF1")) {
            assertThat(test.get(measure).doubleValue()).as(measure).isBetween(0.3, 1.0);
        }
        assertThat(test.get("exactMatch").doubleValue())
                .isLessThanOrEqualTo(test.get("jaccard").doubleValue());
        assertThat(test.get("labels")).hasSize(3);
        assertThat(test.at("/labels/0/name").textValue()).isEqualTo("first");
        checkRun("jaccard");
    }

    @Test
    void runsOfRegression() throws IOException {
        String configuration = configuration("RegressorOutputAdapter", RegressorSource.class);
        assertThat(train(configuration, "--@output.loss", "HUBER"))
                .as(console.err())
                .isEqualTo(Main.GOOD);
        assertThat(console.out()).contains("test r2").doesNotContain("test rmse");
        JsonNode test = json("run/evaluation.json").get("test");
        assertThat(test.get("dimensions")).hasSize(2);
        double mean = 0;
        for (JsonNode dimension : test.get("dimensions")) {
            mean += dimension.get("r2").doubleValue() / 2;
            assertThat(dimension.get("rmse").doubleValue()).isPositive();
        }
        assertThat(test.get("r2").doubleValue()).isCloseTo(mean, within(1e-9));
        assertThat(test.at("/dimensions/0/name").textValue()).isEqualTo("mass");
        checkRun("skill");
    }

    @Test
    void testDataThatCannotBeComparedIsRefused() throws IOException {
        String labels = configuration("MultiLabelOutputAdapter", MultiLabelSource.class);
        assertThat(train(labels, "--@testData.more", "fourth")).isEqualTo(Main.USAGE);
        assertThat(console.err()).contains("outputs that the training data does not have: fourth");
        assertThat(train(labels, "--@output.threshold", "1.5")).isEqualTo(Main.USAGE);
        assertThat(console.err()).contains("threshold must be at least 0 and below 1, found 1.5");
        String configuration = configuration("RegressorOutputAdapter", RegressorSource.class);
        assertThat(train(configuration, "--@testData.missing", "true")).isEqualTo(Main.USAGE);
        assertThat(console.err()).contains("example 50 has no finite number in the dimension 'width'");
        assertThat(train(configuration, "--@testData.renamed", "true")).isEqualTo(Main.USAGE);
        assertThat(console.err())
                .contains("outputs that the training data does not have: height")
                .contains("The training data has mass, width");
        assertThat(train(configuration, "--@trainData.missing", "true")).isEqualTo(Main.USAGE);
        assertThat(console.err()).contains("Example 119").contains("The dimension 'width' is NaN");
        assertThat(train(configuration, "--@output.loss", "CROSS_ENTROPY")).isEqualTo(Main.USAGE);
        assertThat(console.err()).contains("loss must be SQUARED, HUBER or ABSOLUTE");
    }

    @Test
    void comparisonsHaveAMeasureThatSuitsTheOutputs() throws IOException {
        assertThat(compare(configuration("RegressorOutputAdapter", RegressorSource.class)))
                .as(console.err())
                .isEqualTo(Main.GOOD);
        assertThat(console.out())
                .contains("test r2")
                .contains("validation skill")
                .contains("speak of the r2");
        assertThat(json("all/comparison.json").get("measure").textValue()).isEqualTo("r2");
        assertThat(Files.readString(folder.resolve("all/summary.csv"))).contains("test_r2_mean");
        assertThat(compare(null, "--table-only", "--measure", "explainedVariance"))
                .isEqualTo(Main.GOOD);
        assertThat(console.out()).contains("test explainedVariance");
        assertThat(compare(null, "--table-only", "--measure", "accuracy")).isEqualTo(Main.FAILED);
        assertThat(console.out()).contains("**4 of 4 runs have no figures**");
        assertThat(console.err())
                .contains("dense, seed 1 has no figures: its test data was not measured by accuracy, but by"
                        + " explainedVariance, r2.");
    }
}
