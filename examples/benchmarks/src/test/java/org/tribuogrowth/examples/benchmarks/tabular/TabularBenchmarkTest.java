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

package org.tribuogrowth.examples.benchmarks.tabular;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tribuo.Dataset;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.baseline.DummyClassifierTrainer;
import org.tribuo.regression.Regressor;
import org.tribuo.regression.baseline.DummyRegressionTrainer;
import org.tribuogrowth.examples.benchmarks.Json;
import org.tribuogrowth.examples.benchmarks.tabular.TableResult.FoldResult;
import org.tribuogrowth.examples.benchmarks.tabular.TableResult.MethodResult;

class TabularBenchmarkTest {
    private static final Path ROOT = Path.of("../..");
    private static final Path DATA = ROOT.resolve("examples/data/csv");

    private static MethodResult method(String name, double... scores) {
        List<FoldResult> folds = new ArrayList<>();
        for (int i = 0; i < scores.length; i++) {
            folds.add(new FoldResult(1, i + 1, "a", 0.5, scores[i], name.equals("ours") ? 20 + i : 0, 3));
        }
        return new MethodResult(name, "what", List.of("a", "b"), folds);
    }

    private static TableResult result(boolean higherIsBetter, double... ours) {
        return new TableResult(
                "iris",
                "iris",
                150,
                4,
                3,
                "measure",
                higherIsBetter,
                2,
                2,
                List.of(1),
                List.of(method("ours", ours), method("low", 0.70, 0.72), method("high", 0.80, 0.90)));
    }

    @SuppressWarnings("unchecked") // iris is a table of labels
    private static SmallTable<Label> iris() {
        return (SmallTable<Label>) SmallTable.read("iris", DATA);
    }

    @Test
    void theVerdictComparesWithTheBestOther() {
        // Standard deviation 0.0707 of the best other, 0.0141 of ours.
        assertThat(result(true, 0.85, 0.87).bestPeer().name()).isEqualTo("high");
        assertThat(result(true, 0.85, 0.87).holds()).isTrue();
        assertThat(result(true, 0.83, 0.85).holds()).isTrue();
        assertThat(result(true, 0.81, 0.83).holds()).isFalse();
        assertThat(result(false, 0.85, 0.87).bestPeer().name()).isEqualTo("low");
        assertThat(result(false, 0.85, 0.87).holds()).isFalse();
        assertThat(result(false, 0.71, 0.73).holds()).isTrue();
    }

    @Test
    void thePageShowsFiguresVerdictsAndSizes() {
        String page = new TabularPage(List.of(result(true, 0.81, 0.83), result(false, 0.71, 0.73))).toString();
        assertThat(page)
                .contains("| iris | 150 | 4 | 3 | **0.820 ± 0.014** | 0.710 ± 0.014 | 0.850 ± 0.071 |"
                        + " -0.030 ± 0.057 | behind | 3 | 20 to 21 |")
                .contains("| 0.010 ± 0.000 | within | 3 |")
                .contains("| ours | what | 2 | 2×: a |");
    }

    @Test
    void thePageIsMadeOfTheResultFiles() throws IOException {
        List<TableResult> results = new ArrayList<>();
        for (String name : SmallTable.NAMES) {
            TableResult result = Json.read(ROOT.resolve("docs/results/tabular/" + name + ".json"), TableResult.class);
            assertThat(result.methods()).hasSize(3).allSatisfy(method -> assertThat(method.folds())
                    .hasSize(result.folds() * result.seeds().size()));
            assertThat(result.holds()).as(name).isTrue();
            results.add(result);
        }
        assertThat(ROOT.resolve("docs/tabular.md")).hasContent(new TabularPage(results).toString());
    }

    @Test
    void tablesAreWholeAndTargetsAreNoFeatures() {
        assertThat(SmallTable.NAMES)
                .extracting(name -> SmallTable.read(name, DATA).dataset().size())
                .containsExactly(150, 178, 569, 442, 20);
        assertThat(SmallTable.NAMES)
                .extracting(name ->
                        SmallTable.read(name, DATA).dataset().getFeatureMap().size())
                .containsExactly(4, 13, 30, 10, 3);
        assertThat(SmallTable.read("linnerud", DATA).dataset().getOutputInfo().size())
                .isEqualTo(3);
    }

    @Test
    void measures() {
        Dataset<Label> labels = iris().dataset();
        double accuracy = Measure.ACCURACY.of(
                DummyClassifierTrainer.createConstantTrainer("SETOSA").train(labels), labels, labels);
        assertThat(accuracy).isEqualTo(50 / 150.0);
        @SuppressWarnings("unchecked") // linnerud is a table of numbers
        Dataset<Regressor> numbers = ((SmallTable<Regressor>) SmallTable.read("linnerud", DATA)).dataset();
        double error = Measure.STANDARDISED_ERROR.of(
                DummyRegressionTrainer.createMeanTrainer().train(numbers), numbers, numbers);
        assertThat(error).isCloseTo(1.0, within(1e-9));
    }

    /** What predicts the most frequent class has other figures on other parts. */
    @Test
    void allMethodsSeeTheSamePartsAndNeverWhatTheyAreTestedOn() {
        SmallTable<Label> iris = iris();
        MutableDataset<Label> few = new MutableDataset<>(
                iris.dataset().getProvenance(), iris.dataset().getOutputFactory());
        for (int i = 0; i < 30; i++) {
            few.add(iris.dataset().getExample(i));
        }
        List<Method<Label>> methods = List.of(
                ofMostFrequent("one"), ofMostFrequent("two"), Methods.ofLabels().get(1));
        SmallTable<Label> table = new SmallTable<>("iris", "iris", few, Measure.ACCURACY, methods);
        TableResult result = TabularBenchmark.compare(table, 3, 2, List.of(1, 2));
        assertThat(result.methods().get(0).folds())
                .isEqualTo(result.methods().get(1).folds())
                .hasSize(6);
        assertThat(result.methods().get(0).folds().subList(0, 3))
                .extracting(FoldResult::score)
                .isNotEqualTo(result.methods().get(0).folds().subList(3, 6).stream()
                        .map(FoldResult::score)
                        .toList());
        MethodResult tuned = result.methods().get(2);
        assertThat(tuned.candidates()).hasSize(9);
        assertThat(tuned.folds()).allSatisfy(fold -> {
            assertThat(tuned.candidates()).contains(fold.settings());
            assertThat(fold.innerScore()).isBetween(0.5, 1.0);
        });
        assertThat(TabularBenchmark.compare(table, 3, 2, List.of(1, 2))).isEqualTo(result);
    }

    private static Method<Label> ofMostFrequent(String name) {
        return new Method<>(
                name,
                "the most frequent class",
                List.of(new Method.Candidate<>("none", DummyClassifierTrainer::createMostFrequentTrainer)));
    }

    @Test
    void refusesWrongOptions(@TempDir Path folder) {
        assertThatThrownBy(() -> TabularBenchmark.Options.of("--only", "titanic"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("--only", "breast-cancer", "'titanic'");
        assertThatThrownBy(() -> TabularBenchmark.Options.of("--page-only", "no"))
                .hasMessageContaining("is YES, found 'no'");
        assertThatThrownBy(() -> TabularBenchmark.Options.of("--fast", "1")).hasMessageContaining("no option --fast");
        assertThatThrownBy(() -> SmallTable.read("iris", folder))
                .hasMessageContainingAll("iris-train.csv", "--data names another folder");
        String results = folder.toString();
        String page = folder.resolve("page.md").toString();
        assertThatThrownBy(() -> TabularBenchmark.run(
                        TabularBenchmark.Options.of("--page-only", "YES", "--results", results, "--page", page)))
                .hasMessageContainingAll("iris.json", "run without --only");
        assertThat(Files.exists(folder.resolve("page.md"))).isFalse();
    }
}
