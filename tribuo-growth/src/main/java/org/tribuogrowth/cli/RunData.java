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

import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.tribuo.DataSource;
import org.tribuo.Dataset;
import org.tribuo.Example;
import org.tribuo.Feature;
import org.tribuo.FeatureMap;
import org.tribuo.MutableDataset;
import org.tribuo.Output;
import org.tribuo.classification.Label;
import org.tribuo.multilabel.MultiLabel;
import org.tribuo.regression.Regressor;
import org.tribuogrowth.segmentation.SegmentationMask;

/** Reads the data of a run and finds, before a training of hours, what would make its evaluation fail. */
final class RunData {
    /** At most so many names are listed in a message. */
    private static final int MOST_LISTED = 10;

    private RunData() {}

    /**
     * Reads a data source.
     *
     * @param source  The source.
     * @param message The beginning of messages about it.
     * @param <T>     The output type.
     * @return Its examples, at least one.
     * @throws UserError If it cannot be read or is empty.
     */
    static <T extends Output<T>> Dataset<T> read(DataSource<T> source, String message) {
        Dataset<T> data;
        try {
            data = new MutableDataset<>(source);
        } catch (IllegalArgumentException | IllegalStateException | UncheckedIOException exception) {
            throw UserError.usage(
                    message + "its data cannot be read: " + Components.sentence(Components.text(exception)), exception);
        }
        if (data.size() == 0) {
            throw UserError.usage(message + "it has no examples; at least one is needed.");
        }
        return data;
    }

    /**
     * Makes sure that a model of the training data can be evaluated on the test data.
     *
     * @param training The training data.
     * @param test     The test data.
     * @param message  The beginning of messages about the test data.
     * @param <T>      The output type.
     * @throws UserError If the test data has outputs or examples that such a model cannot know.
     */
    static <T extends Output<T>> void checkTest(Dataset<T> training, Dataset<T> test, String message) {
        Class<T> trained = training.getOutputFactory().getTypeWitness();
        Class<T> tested = test.getOutputFactory().getTypeWitness();
        if (!trained.equals(tested)) {
            throw UserError.usage(message + "its outputs are of the type " + tested.getSimpleName()
                    + ", those of the training data of the type " + trained.getSimpleName() + "; they must agree.");
        }
        int number = 0;
        for (Example<T> example : test) {
            number++;
            if (!hasKnownFeature(example, training.getFeatureMap())) {
                throw UserError.usage(message + "example " + number
                        + " has no feature that the training data has (it has "
                        + (example.size() == 0 ? "none at all" : listed(names(example))) + "; the training data has "
                        + listed(new TreeSet<>(training.getFeatureMap().keySet()))
                        + "), so no model of that data can predict it.");
            }
        }
    }

    /**
     * Makes sure that a model of the training data knows all classes, labels or dimensions of the test data, and that
     * each of its dimensions has a value to be compared with.
     *
     * @param training The training data.
     * @param test     The test data.
     * @param message  The beginning of messages about the test data.
     * @param <T>      The output type.
     * @throws UserError If it does not.
     */
    static <T extends Output<T>> void checkOutputs(Dataset<T> training, Dataset<T> test, String message) {
        Set<String> known = outputs(training);
        Set<String> found = outputs(test);
        Set<String> unknown = new TreeSet<>(found);
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            throw UserError.usage(message + "it has outputs that the training data does not have: " + listed(unknown)
                    + ". The training data has " + listed(known) + ".");
        }
        int number = 0;
        for (Example<T> example : test) {
            number++;
            if (example.getOutput() instanceof Regressor regressor) {
                checkValues(regressor, known, message + "example " + number);
            }
        }
    }

    /** Whether an example has a feature of a domain. */
    static boolean hasKnownFeature(Example<?> example, FeatureMap features) {
        for (Feature feature : example) {
            if (features.get(feature.getName()) != null) {
                return true;
            }
        }
        return false;
    }

    private static void checkValues(Regressor regressor, Set<String> dimensions, String message) {
        for (String name : dimensions) {
            double value = regressor
                    .getDimension(name)
                    .map(Regressor.DimensionTuple::getValue)
                    .orElse(Double.NaN);
            if (!Double.isFinite(value)) {
                throw UserError.usage(message + " has no finite number in the dimension '" + name
                        + "', with which a prediction could be compared.");
            }
        }
    }

    /** The names of the classes, labels or dimensions of a dataset. */
    private static <T extends Output<T>> Set<String> outputs(Dataset<T> data) {
        Set<String> names = new TreeSet<>();
        for (T output : data.getOutputs()) {
            if (output instanceof Label label) {
                names.add(label.getLabel());
            } else if (output instanceof MultiLabel labels) {
                names.addAll(labels.getNameSet());
            } else if (output instanceof SegmentationMask mask) {
                names.addAll(mask.classes().names());
            } else if (output instanceof Regressor regressor) {
                names.addAll(List.of(regressor.getNames()));
            }
        }
        return names;
    }

    private static Set<String> names(Example<?> example) {
        Set<String> names = new TreeSet<>();
        for (Feature feature : example) {
            names.add(feature.getName());
        }
        return names;
    }

    private static String listed(Set<String> names) {
        String text = String.join(", ", names.stream().limit(MOST_LISTED).toList());
        return names.size() > MOST_LISTED ? text + " and " + (names.size() - MOST_LISTED) + " more" : text;
    }
}
