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

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tribuo.Dataset;
import org.tribuo.MutableDataset;
import org.tribuo.Output;
import org.tribuo.OutputFactory;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.data.columnar.FieldProcessor;
import org.tribuo.data.columnar.RowProcessor;
import org.tribuo.data.columnar.processors.field.DoubleFieldProcessor;
import org.tribuo.data.columnar.processors.response.FieldResponseProcessor;
import org.tribuo.data.csv.CSVDataSource;
import org.tribuo.regression.RegressionFactory;
import org.tribuo.regression.Regressor;

/**
 * A small set of real data, which fits in memory as a whole.
 *
 * @param name    Its name in files and options.
 * @param title   Its name in tables.
 * @param dataset All rows of its two files.
 * @param measure What is asked of a model of it.
 * @param methods What is compared on it.
 * @param <T>     The output type.
 */
record SmallTable<T extends Output<T>>(
        String name, String title, Dataset<T> dataset, Measure<T> measure, List<Method<T>> methods) {
    /** The names of all tables, in the order of the page. */
    static final List<String> NAMES = List.of("iris", "wine", "breast-cancer", "diabetes", "linnerud");

    /**
     * Reads a table.
     *
     * @param name   One of {@link #NAMES}.
     * @param folder The folder of the CSV files.
     * @return The table.
     * @throws IllegalArgumentException If there is no such table or no such file.
     */
    static SmallTable<?> read(String name, Path folder) {
        return switch (name) {
            case "iris" -> classification(name, "iris", folder, "species");
            case "wine" -> classification(name, "wine", folder, "cultivar");
            case "breast-cancer" -> classification(name, "breast cancer", folder, "diagnosis");
            case "diabetes" -> regression(name, "diabetes", folder, "progression");
            case "linnerud" -> regression(name, "linnerud", folder, "weight", "waist", "pulse");
            default -> throw new IllegalArgumentException(
                    "There is no table '" + name + "'; there are " + String.join(", ", NAMES));
        };
    }

    private static SmallTable<Label> classification(String name, String title, Path folder, String target) {
        Dataset<Label> dataset = dataset(name, folder, new LabelFactory(), List.of(target));
        return new SmallTable<>(name, title, dataset, Measure.ACCURACY, Methods.ofLabels());
    }

    private static SmallTable<Regressor> regression(String name, String title, Path folder, String... targets) {
        Dataset<Regressor> dataset = dataset(name, folder, new RegressionFactory(), List.of(targets));
        return new SmallTable<>(name, title, dataset, Measure.STANDARDISED_ERROR, Methods.ofRegressors());
    }

    private static <U extends Output<U>> Dataset<U> dataset(
            String name, Path folder, OutputFactory<U> factory, List<String> targets) {
        MutableDataset<U> whole = null;
        for (String part : List.of("-train.csv", "-test.csv")) {
            Path file = folder.resolve(name + part);
            if (!Files.isRegularFile(file)) {
                throw new IllegalArgumentException("There is no file " + file + "; --data names another folder");
            }
            MutableDataset<U> rows = new MutableDataset<>(source(file, factory, targets));
            if (whole == null) {
                whole = rows;
            } else {
                rows.forEach(whole::add);
            }
        }
        return whole;
    }

    private static <U extends Output<U>> CSVDataSource<U> source(
            Path file, OutputFactory<U> factory, List<String> targets) {
        // The name comes before the value where there are several.
        boolean several = targets.size() > 1;
        List<String> defaults = targets.stream().map(target -> "").toList();
        FieldResponseProcessor<U> response = new FieldResponseProcessor<>(targets, defaults, factory, several);
        FieldProcessor number = new DoubleFieldProcessor("any", true, true);
        String features = "(?!(" + String.join("|", targets) + ")$).*";
        List<FieldProcessor> none = new ArrayList<>();
        RowProcessor<U> processor = new RowProcessor.Builder<U>()
                .setFieldProcessors(none)
                .setRegexMappingProcessors(Map.of(features, number))
                .build(response);
        return new CSVDataSource<>(file, processor, true);
    }
}
