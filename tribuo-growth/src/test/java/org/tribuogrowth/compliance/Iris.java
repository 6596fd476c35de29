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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tribuo.DataSource;
import org.tribuo.Dataset;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.data.columnar.FieldProcessor;
import org.tribuo.data.columnar.RowProcessor;
import org.tribuo.data.columnar.processors.field.DoubleFieldProcessor;
import org.tribuo.data.columnar.processors.response.FieldResponseProcessor;
import org.tribuo.data.csv.CSVDataSource;
import org.tribuo.evaluation.TrainTestSplitter;
import org.tribuogrowth.GrowthModel;
import org.tribuogrowth.GrowthTrainer;
import org.tribuogrowth.architecture.CostMeasure;
import org.tribuogrowth.architecture.family.MlpFamily;
import org.tribuogrowth.data.PerChannelNormalisation;
import org.tribuogrowth.data.VectorLayout;
import org.tribuogrowth.output.LabelOutputAdapter;
import org.tribuogrowth.search.Budget;
import org.tribuogrowth.search.StructuredContinuousSparsification;
import org.tribuogrowth.training.CosineRate;
import org.tribuogrowth.training.SgdOptimiser;

/** The iris flowers, read from a file by Tribuo, and a small network that grows on them: one model for all who look only. */
public final class Iris {
    private static final Path TABLE = Path.of("..", "examples", "data", "tabular", "iris.csv");
    private static final Path FILE = Path.of("target", "iris", "iris.csv");
    private static final List<String> FIELDS = List.of("sepalLength", "sepalWidth", "petalLength", "petalWidth");

    private static GrowthModel<Label> model;

    private Iris() {}

    /** The file, in the form that Tribuo reads: names in the first line, species by name. */
    public static synchronized Path file() {
        try {
            if (!Files.exists(FILE)) {
                List<String> lines = Files.readAllLines(TABLE);
                String[] first = lines.get(0).split(",");
                StringBuilder text = new StringBuilder(String.join(",", FIELDS)).append(",species\n");
                for (String line : lines.subList(1, lines.size())) {
                    int last = line.lastIndexOf(',');
                    text.append(line, 0, last + 1)
                            .append(first[2 + Integer.parseInt(line.substring(last + 1))])
                            .append('\n');
                }
                Files.createDirectories(FILE.getParent());
                Files.writeString(FILE, text);
            }
            return FILE;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A source that reads the file. */
    public static CSVDataSource<Label> source() {
        Map<String, FieldProcessor> fields = new LinkedHashMap<>();
        FIELDS.forEach(field -> fields.put(field, new DoubleFieldProcessor(field)));
        return new CSVDataSource<>(
                file(),
                new RowProcessor<>(new FieldResponseProcessor<>("species", "nothing", new LabelFactory()), fields),
                true);
    }

    private static TrainTestSplitter<Label> split() {
        return new TrainTestSplitter<>(source(), 0.7, 1L);
    }

    /** The training side of a split. */
    public static DataSource<Label> trainingSource() {
        return split().getTrain();
    }

    /** The training data. */
    public static Dataset<Label> training() {
        return new MutableDataset<>(trainingSource());
    }

    /** The test data. */
    public static Dataset<Label> test() {
        return new MutableDataset<>(split().getTest());
    }

    /** A trainer of a small growing network. */
    public static GrowthTrainer.Builder<Label> builder() {
        return GrowthTrainer.builder(
                        new LabelOutputAdapter(),
                        new VectorLayout(),
                        new MlpFamily(List.of(12, 8)),
                        StructuredContinuousSparsification.builder(new Budget(0.5, CostMeasure.PARAMETERS))
                                .gateOptimiser(20.0, 0.9, 1e-6)
                                .fitBudget(true)
                                .build(),
                        new SgdOptimiser(0.05, 0.9, 1e-4, new CosineRate()))
                .normalisation(new PerChannelNormalisation())
                .epochs(8)
                .minibatchSize(16)
                .validationFraction(0.2)
                .seed(7);
    }

    /** A new trainer. */
    public static GrowthTrainer<Label> trainer() {
        return builder().build();
    }

    /** The second model of a trainer, for all tests; do not close it. */
    public static synchronized GrowthModel<Label> model() {
        if (model == null) {
            GrowthTrainer<Label> trainer = trainer();
            trainer.setInvocationCount(1);
            model = trainer.train(training());
        }
        return model;
    }
}
