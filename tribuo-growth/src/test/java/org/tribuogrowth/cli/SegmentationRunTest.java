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
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tribuogrowth.PixelFamily;
import org.tribuogrowth.Shades;
import org.tribuogrowth.data.SegmentationFiles;
import org.tribuogrowth.provenance.Manifest;
import org.tribuogrowth.segmentation.PixelConfusion;

/** The command line with a folder in the layout of VOC: runs, their evaluation, cards, comparisons and replays. */
class SegmentationRunTest {
    @TempDir
    private Path folder;

    private final Console console = new Console(new ProjectConnections());
    private Path config;
    private Path run;

    @BeforeEach
    void writeDataAndConfiguration() throws IOException {
        run = folder.resolve("run");
        Path voc = folder.resolve("voc");
        Random random = new Random(5);
        for (String split : List.of("train", "val")) {
            List<String> names = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                String name = split + i;
                names.add(name);
                int[] greys = new int[16 * 16];
                int[] classes = new int[greys.length];
                for (int pixel = 0; pixel < greys.length; pixel++) {
                    greys[pixel] = random.nextInt(3) * 110 + random.nextInt(30);
                    classes[pixel] = random.nextInt(9) == 0 ? 255 : Shades.classOf(greys[pixel]);
                }
                SegmentationFiles.grey(voc.resolve("JPEGImages").resolve(name + ".png"), 16, 16, greys);
                SegmentationFiles.indexed(voc.resolve("SegmentationClass").resolve(name + ".png"), 8, 16, 16, classes);
            }
            Path splits = Files.createDirectories(voc.resolve("ImageSets").resolve("Segmentation"));
            Files.write(splits.resolve(split + ".txt"), names);
        }
        config = folder.resolve("c.xml");
        Files.writeString(
                config,
                """
                <config>
                  <component name="dense" type="org.tribuogrowth.GrowthTrainer">
                    <property name="outputAdapter" value="masks"/>
                    <property name="featureLayout" value="pixels"/>
                    <property name="network" value="net"/>
                    <property name="search" value="whole"/>
                    <property name="optimiser" value="adam"/>
                    <property name="epochs" value="6"/>
                    <property name="minibatchSize" value="4"/>
                    <property name="validationFraction" value="0.25"/>
                    <propertylist name="augmentations"><item>flip</item></propertylist>
                  </component>
                  <component name="uniform" inherit="dense"><property name="search" value="narrow"/></component>
                  <component name="masks" type="org.tribuogrowth.output.SegmentationOutputAdapter"/>
                  <component name="pixels" type="org.tribuogrowth.data.ImageLayout">
                    <property name="height" value="8"/> <property name="width" value="8"/>
                  </component>
                  <component name="net" type="%1$s"/>
                  <component name="whole" type="org.tribuogrowth.search.FixedStructure"/>
                  <component name="narrow" type="org.tribuogrowth.search.FixedStructure">
                    <property name="widthFraction" value="0.5"/>
                  </component>
                  <component name="adam" type="org.tribuogrowth.training.AdamOptimiser">
                    <property name="learningRate" value="0.05"/> <property name="schedule" value="constant"/>
                  </component>
                  <component name="constant" type="org.tribuogrowth.training.ConstantRate"/>
                  <component name="flip" type="org.tribuogrowth.data.HorizontalFlipAugmentation"/>
                  <component name="trainData" type="org.tribuogrowth.data.VocSegmentationDataSource">
                    <property name="root" value="%2$s"/> <property name="channels" value="1"/>
                    <property name="tileHeight" value="8"/> <property name="tileWidth" value="8"/>
                    <property name="strideAcross" value="4"/> <property name="outputFactory" value="classes"/>
                  </component>
                  <component name="testData" type="org.tribuogrowth.data.VocSegmentationDataSource">
                    <property name="root" value="%2$s"/> <property name="channels" value="1"/>
                    <property name="split" value="val"/>
                    <property name="tileHeight" value="8"/> <property name="tileWidth" value="8"/>
                    <property name="outputFactory" value="classes"/>
                  </component>
                  <component name="classes" type="org.tribuogrowth.segmentation.SegmentationFactory">
                    <propertylist name="classNames"><item>dark</item><item>grey</item><item>bright</item></propertylist>
                  </component>
                </config>
                """
                        .formatted(PixelFamily.class.getName(), voc));
    }

    private void train() {
        assertThat(console.run(
                        "train",
                        "-c",
                        config.toString(),
                        "-t",
                        "dense",
                        "-o",
                        run.toString(),
                        "--no-onnx",
                        "--no-dl4j",
                        "--no-sizes"))
                .as(console.err())
                .isEqualTo(Main.GOOD);
    }

    private JsonNode test(Path at) throws IOException {
        return new ObjectMapper()
                .readTree(at.resolve("evaluation.json").toFile())
                .get("test");
    }

    @Test
    void aRunHasTheMeasuresOfPixels() throws IOException {
        train();
        assertThat(console.out()).contains("test meanIou ", "test pixelAccuracy ", "meanIou 0.");
        JsonNode test = test(run);
        assertThat(test.get("examples").asInt()).isEqualTo(24);
        assertThat(test.get("pixels").get("counted").asLong()
                        + test.get("pixels").get("void").asLong())
                .isEqualTo(6 * 16 * 16);
        PixelConfusion confusion = new PixelConfusion(3);
        for (int truth = 0; truth < 3; truth++) {
            for (int predicted = 0; predicted < 3; predicted++) {
                long count = test.get("confusion").get(truth).get(predicted).asLong();
                confusion.add(truth, predicted, count);
            }
        }
        assertThat(confusion.totalPixels())
                .isEqualTo(test.get("pixels").get("counted").asLong());
        assertThat(test.get("meanIou").asDouble()).isGreaterThan(0.8).isCloseTo(confusion.meanIou(), within(1e-12));
        assertThat(test.get("frequencyWeightedIou").asDouble())
                .isCloseTo(confusion.frequencyWeightedIou(), within(1e-12));
        assertThat(test.get("classes").get(2).get("name").asText()).isEqualTo("bright");
        assertThat(test.get("classes").get(2).get("iou").asDouble()).isCloseTo(confusion.iou(2), within(1e-12));
        String metrics = Files.readString(run.resolve("metrics.jsonl"));
        assertThat(metrics).contains("\"meanIou\":0.");
        assertThat(Files.readString(run.resolve("report.html"))).contains("confusionTable", "meanIou");
        assertThat(console.run("audit", "verify", run.toString())).isEqualTo(Main.GOOD);
        assertThat(console.run("audit", "replay", run.toString()))
                .as(console.out() + console.err())
                .isEqualTo(Main.GOOD);
        assertThat(console.run("audit", "replay", run.resolve("model.tribuo").toString()))
                .as(console.out() + console.err())
                .isEqualTo(Main.GOOD);
    }

    @Test
    void aCardHasTheClasses() throws IOException {
        train();
        Path card = folder.resolve("card.md");
        Path json = folder.resolve("card.json");
        assertThat(console.run("export", run.toString(), "--card", card.toString()))
                .isEqualTo(Main.GOOD);
        assertThat(console.run("export", run.toString(), "--card", json.toString()))
                .isEqualTo(Main.GOOD);
        assertThat(Files.readString(card))
                .contains("| outputs | dark, grey, bright |", "| meanIou | 0.")
                .contains("| class | intersection over union | dark | grey | bright |", "| grey | 0.")
                .doesNotContain("[[");
        JsonNode figures = new ObjectMapper().readTree(json.toFile()).get("test");
        assertThat(figures.get("iou").get("grey").asDouble())
                .isEqualTo(test(run).get("classes").get(1).get("iou").asDouble());
        assertThat(figures.get("confusion")).isEqualTo(test(run).get("confusion"));
    }

    @Test
    void comparisonsAreByMeanIouAndCheckIt() throws IOException {
        Path comparison = folder.resolve("comparison");
        assertThat(console.run(
                        "compare",
                        "-c",
                        config.toString(),
                        "--runs",
                        "dense,uniform",
                        "--seeds",
                        "1",
                        "-o",
                        comparison.toString()))
                .as(console.err())
                .isEqualTo(Main.GOOD);
        assertThat(Files.readString(comparison.resolve("table.md"))).contains("meanIou");
        assertThat(new ObjectMapper()
                        .readTree(comparison.resolve("comparison.json").toFile())
                        .toString())
                .contains("pixelAccuracy", "frequencyWeightedIou");
        Path dense = comparison.resolve("runs/dense/seed-1");
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode evaluation =
                (ObjectNode) mapper.readTree(dense.resolve("evaluation.json").toFile());
        ((ObjectNode) evaluation.get("test")).put("meanIou", 0.999);
        mapper.writeValue(dense.resolve("evaluation.json").toFile(), evaluation);
        // Changed together with the manifest, so that only the confusion matrix contradicts it.
        Manifest manifest = Manifest.read(dense);
        Manifest.of(dense, manifest.files().keySet(), manifest.ledgerHead(), manifest.ledgerEvents())
                .write(dense);
        assertThat(console.run("compare", "--table-only", "-o", comparison.toString()))
                .isEqualTo(Main.FAILED);
        assertThat(console.err()).contains("does not agree with itself", "0.999");
    }
}
