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

package org.tribuogrowth.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tribuo.Dataset;
import org.tribuo.Model;
import org.tribuo.classification.Label;
import org.tribuo.classification.evaluation.LabelEvaluation;
import org.tribuo.classification.evaluation.LabelEvaluator;
import org.tribuo.classification.example.LabelledDataGenerator;
import org.tribuogrowth.GrowthModel;
import org.tribuogrowth.GrowthTrainer;
import org.tribuogrowth.architecture.CostMeasure;
import org.tribuogrowth.architecture.family.MlpFamily;
import org.tribuogrowth.data.VectorLayout;
import org.tribuogrowth.output.LabelOutputAdapter;
import org.tribuogrowth.search.Budget;
import org.tribuogrowth.search.StructuredContinuousSparsification;
import org.tribuogrowth.training.CosineRate;
import org.tribuogrowth.training.SgdOptimiser;

/** The README says what the code and the configuration say. */
class ReadmeTest {
    private static final Pattern PROPERTY = Pattern.compile("<property name=\"[^\"]+\" value=\"[^\"]+\"/>");

    private static String readme() throws IOException {
        return Files.readString(CommandLineRun.ROOT.resolve("README.md"));
    }

    private static String block(String language) throws IOException {
        String text = readme();
        int begin = text.indexOf("```" + language + "\n");
        assertThat(begin).isPositive();
        return text.substring(begin, text.indexOf("```\n", begin + 3));
    }

    @Test
    void theJavaCodeRuns(@TempDir Path folder) throws IOException {
        Dataset<Label> dataset = LabelledDataGenerator.denseTrainTest().getA();
        Dataset<Label> testData = LabelledDataGenerator.denseTrainTest().getB();
        Path file = folder.resolve("model.tribuo");
        // What follows stands in the README; only the file's name differs.
        GrowthTrainer<Label> trainer = GrowthTrainer.builder(
                        new LabelOutputAdapter(),
                        new VectorLayout(),
                        new MlpFamily(List.of(300, 100)),
                        StructuredContinuousSparsification.builder(new Budget(0.25, CostMeasure.PARAMETERS))
                                .fitBudget(true)
                                .build(),
                        new SgdOptimiser(0.05, 0.9, 1e-4, new CosineRate()))
                .epochs(20)
                .build();
        GrowthModel<Label> model = trainer.train(dataset);
        LabelEvaluation evaluation = new LabelEvaluator().evaluate(model, testData);
        model.serializeToFile(file);
        // The end of it.
        assertThat(evaluation.accuracy()).isBetween(0.0, 1.0);
        assertThat(Model.deserializeFromFile(file)).isInstanceOf(GrowthModel.class);

        String source = Files.readString(Path.of("src/test/java/org/tribuogrowth/examples/ReadmeTest.java")
                .toAbsolutePath());
        String code = source.substring(
                source.indexOf("differs.\n") + "differs.\n".length(), source.indexOf("        // The end of it."));
        String expected = code.replace("serializeToFile(file)", "serializeToFile(Path.of(\"model.tribuo\"))")
                .replaceAll("\\s+", " ")
                .strip();
        assertThat(block("java").replaceAll("\\s+", " ")).contains(expected);
    }

    @Test
    void theConfigurationShownIsTheOneThatRuns() throws IOException {
        String file = Files.readString(CommandLineRun.ROOT.resolve("examples/configs/fashion-quickstart.xml"));
        Matcher shown = PROPERTY.matcher(block("xml"));
        int count = 0;
        while (shown.find()) {
            assertThat(file).contains(shown.group());
            count++;
        }
        assertThat(count).isEqualTo(14);
    }

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        Matcher link = Pattern.compile("\\]\\(([^)#:]+)\\)").matcher(readme());
        int count = 0;
        while (link.find()) {
            assertThat(CommandLineRun.ROOT.resolve(link.group(1))).exists();
            count++;
        }
        assertThat(count).isGreaterThan(10);
    }
}
