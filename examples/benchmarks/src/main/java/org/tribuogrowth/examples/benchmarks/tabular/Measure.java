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

import java.util.ArrayList;
import java.util.List;
import org.tribuo.Dataset;
import org.tribuo.Example;
import org.tribuo.Model;
import org.tribuo.Output;
import org.tribuo.Prediction;
import org.tribuo.classification.Label;
import org.tribuo.regression.Regressor;

/**
 * How well a model does.
 *
 * @param <T> The output type.
 */
interface Measure<T extends Output<T>> {
    /** The part of the examples whose class is predicted. */
    Measure<Label> ACCURACY = new Measure<>() {
        @Override
        public String title() {
            return "accuracy";
        }

        @Override
        public boolean higherIsBetter() {
            return true;
        }

        @Override
        public double of(Model<Label> model, Dataset<Label> training, Dataset<Label> test) {
            int right = 0;
            for (Prediction<Label> prediction : model.predict(test)) {
                right += prediction
                                .getOutput()
                                .getLabel()
                                .equals(prediction.getExample().getOutput().getLabel())
                        ? 1
                        : 0;
            }
            return right / (double) test.size();
        }
    };

    /**
     * The root of the mean squared error in standard deviations: the error of each dimension is divided by the standard
     * deviation of the dimension in the training examples, and the squares are averaged over dimensions too. A model that
     * always predicts the mean has about 1.
     */
    Measure<Regressor> STANDARDISED_ERROR = new Measure<>() {
        @Override
        public String title() {
            return "standardised error";
        }

        @Override
        public boolean higherIsBetter() {
            return false;
        }

        @Override
        public double of(Model<Regressor> model, Dataset<Regressor> training, Dataset<Regressor> test) {
            List<Prediction<Regressor>> predictions = model.predict(test);
            String[] names = training.getExample(0).getOutput().getNames();
            double sum = 0.0;
            for (String name : names) {
                double deviation = deviation(training, name);
                for (Prediction<Regressor> prediction : predictions) {
                    double error = (value(prediction.getOutput(), name)
                                    - value(prediction.getExample().getOutput(), name))
                            / deviation;
                    sum += error * error;
                }
            }
            return Math.sqrt(sum / (names.length * (double) predictions.size()));
        }
    };

    /** The measure's name in tables. */
    String title();

    /** Whether more of it is better. */
    boolean higherIsBetter();

    /**
     * Measures a model.
     *
     * @param model    The model.
     * @param training What it was trained on.
     * @param test     What it is measured on.
     * @return The measure.
     */
    double of(Model<T> model, Dataset<T> training, Dataset<T> test);

    private static double value(Regressor output, String name) {
        return output.getDimension(name).orElseThrow().getValue();
    }

    private static double deviation(Dataset<Regressor> dataset, String name) {
        List<Double> values = new ArrayList<>();
        for (Example<Regressor> example : dataset) {
            values.add(value(example.getOutput(), name));
        }
        double mean = values.stream().mapToDouble(x -> x).average().orElseThrow();
        return Math.sqrt(values.stream()
                .mapToDouble(x -> (x - mean) * (x - mean))
                .average()
                .orElseThrow());
    }
}
