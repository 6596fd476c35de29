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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.oracle.labs.mlrg.olcut.config.PropertyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tribuo.Dataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.example.LabelledDataGenerator;
import org.tribuogrowth.GrowthModel;
import org.tribuogrowth.GrowthTrainer;
import org.tribuogrowth.architecture.family.MlpFamily;
import org.tribuogrowth.data.VectorLayout;
import org.tribuogrowth.output.LabelOutputAdapter;
import org.tribuogrowth.provenance.ChangeEvent;
import org.tribuogrowth.provenance.LedgerLine;
import org.tribuogrowth.provenance.LedgerReader;
import org.tribuogrowth.provenance.LedgerVerifier;
import org.tribuogrowth.training.ConstantRate;
import org.tribuogrowth.training.SgdOptimiser;

/** The search of the examples does what it says, and the page about it shows its code. */
class GradualPruningTest {
    private static final Path PAGE = CommandLineRun.ROOT.resolve("docs/own-search.md");

    private final Dataset<Label> data = LabelledDataGenerator.denseTrainTest().getA();

    private GrowthModel<Label> train(GradualPruning search, int epochs) {
        return GrowthTrainer.builder(
                        new LabelOutputAdapter(),
                        new VectorLayout(),
                        new MlpFamily(List.of(40, 16)),
                        search,
                        new SgdOptimiser(0.05, 0.9, 1e-4, new ConstantRate()))
                .epochs(epochs)
                .minibatchSize(4)
                .build()
                .train(data);
    }

    private static List<ChangeEvent> changes(GrowthModel<Label> model, String kind) throws IOException {
        List<ChangeEvent> changes = new ArrayList<>();
        try (LedgerReader reader = LedgerReader.of(model.ledger())) {
            for (Optional<LedgerLine> line = reader.next(); line.isPresent(); line = reader.next()) {
                if (line.get().event() instanceof ChangeEvent change
                        && change.kind().equals(kind)) {
                    changes.add(change);
                }
            }
        }
        return changes;
    }

    @Test
    void unitsGoOnTheCubicScheduleAndTheLedgerHolds() throws IOException {
        GrowthModel<Label> model = train(new GradualPruning(0.5, 0.8), 10);
        assertThat(LedgerVerifier.verify(model.ledger()).ok()).isTrue();
        TreeMap<Integer, Integer> widths = new TreeMap<>();
        for (ChangeEvent change : changes(model, "detach")) {
            assertThat(change.rule()).isEqualTo("gradual-pruning");
            assertThat(change.evidence()).containsOnlyKeys("l1-norm", "part-removed");
            assertThat(change.evidence().get("l1-norm")).hasSize(change.widthBefore() - change.widthAfter());
            if (change.group().equals("hidden1")) {
                widths.put(change.epoch(), change.widthAfter());
            }
        }
        // 40 * (1 - 0.5 * (1 - (1 - p)^3)) for p = 1/8 to 1; the last step removes a 25th of a unit.
        assertThat(widths.values()).containsExactly(33, 28, 25, 23, 21, 20);
        assertThat(widths.keySet()).containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(model.activeUnits().count("hidden1")).isEqualTo(20);
        assertThat(model.activeUnits().count("hidden2")).isEqualTo(8);
        assertThat(changes(model, "prune")).hasSize(2);
    }

    @Test
    void everyGroupKeepsAUnit() {
        assertThat(train(new GradualPruning(0.99, 0.5), 2).activeUnits().count("hidden2"))
                .isEqualTo(1);
    }

    @Test
    void trainingsRepeat() {
        assertThat(train(new GradualPruning(0.5, 0.7), 4).ledger())
                .isEqualTo(train(new GradualPruning(0.5, 0.7), 4).ledger());
    }

    @ParameterizedTest
    @CsvSource({"0, 0.7, removed", "1, 0.7, removed", "NaN, 0.7, removed", "0.5, 0, end", "0.5, 1.1, end"})
    void refusesValuesOutOfRange(double removed, double end, String field) {
        assertThatThrownBy(() -> new GradualPruning(removed, end))
                .isInstanceOfSatisfying(PropertyException.class, e -> assertThat(e.getProperty())
                        .isEqualTo(field));
    }

    @Test
    void thePageShowsTheCodeAsItIs() throws IOException {
        String source = Files.readString(
                CommandLineRun.ROOT.resolve("examples/src/main/java/org/tribuogrowth/examples/GradualPruning.java"));
        String code = source.substring(source.indexOf("package "));
        assertThat(Files.readString(PAGE)).contains("```java\n" + code + "```\n");
    }

    @Test
    void thePageShowsTheConfigurationAsItIs() throws IOException {
        String configuration = Files.readString(CommandLineRun.ROOT.resolve("examples/configs/fashion-own-search.xml"));
        Matcher block = Pattern.compile("```xml\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(PAGE));
        assertThat(block.find()).isTrue();
        assertThat(configuration).contains(block.group(1));
    }
}
