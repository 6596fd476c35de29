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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.tribuo.Dataset;
import org.tribuo.Example;
import org.tribuo.ImmutableFeatureMap;
import org.tribuo.Output;
import org.tribuo.VariableIDInfo;
import org.tribuo.classification.Label;
import org.tribuo.impl.ArrayExample;
import org.tribuo.sequence.SequenceExample;
import org.tribuogrowth.GrownModel;
import org.tribuogrowth.GrowthModel;
import org.tribuogrowth.GrowthSequenceModel;
import org.tribuogrowth.provenance.LedgerReader;
import org.tribuogrowth.provenance.StartEvent;

/**
 * The examples on which an exported model is compared with the model that it was exported from.
 *
 * @param kind     What they are, for people: {@code validation examples}.
 * @param examples The examples.
 * @param <E>      Their type.
 */
record VerificationData<E>(String kind, Iterable<E> examples) {
    private static final int GENERATED = 256;
    private static final int GENERATED_SEQUENCES = 16;
    private static final long SEED = 1;

    /**
     * The validation data of a training; without such, its test data, else its training data.
     *
     * @param training   The data that the training was given.
     * @param validation The rows of it that were held out.
     * @param test       The test data, or null if there is none.
     * @param <T>        The output type.
     * @return The examples.
     */
    static <T extends Output<T>> VerificationData<Example<T>> ofRun(
            Dataset<T> training, int[] validation, Dataset<T> test) {
        if (validation.length > 0) {
            return new VerificationData<>(
                    "validation examples",
                    Arrays.stream(validation).mapToObj(training::getExample).toList());
        }
        return test == null
                ? new VerificationData<>("training examples", training)
                : new VerificationData<>("test examples", test);
    }

    /**
     * The first of these examples.
     *
     * @param most How many at most, at least 1.
     * @return All of them if there are no more.
     */
    VerificationData<E> first(long most) {
        List<E> first = new ArrayList<>();
        for (E example : examples) {
            if (first.size() == most) {
                return new VerificationData<>("of the " + kind + ", the first of them", first);
            }
            first.add(example);
        }
        return this;
    }

    /**
     * Random examples in which each feature has a value between the extremes of its values in the training data.
     *
     * @param model The model, which knows the extremes.
     * @param <T>   The output type.
     * @return Always the same examples for a model, made when they are asked for.
     */
    static <T extends Output<T>> VerificationData<Example<T>> generated(GrowthModel<T> model) {
        ImmutableFeatureMap features = model.getFeatureIDMap();
        T output = model.getOutputIDInfo().getDomain().iterator().next();
        return new VerificationData<>("generated examples", () -> IntStream.range(0, GENERATED)
                .mapToObj(number -> example(features, output, number))
                .iterator());
    }

    private static <T extends Output<T>> Example<T> example(ImmutableFeatureMap features, T output, int number) {
        SplittableRandom random = new SplittableRandom(SEED + number);
        String[] names = new String[features.size()];
        double[] values = new double[names.length];
        for (int id = 0; id < names.length; id++) {
            VariableIDInfo feature = features.get(id);
            names[id] = feature.getName();
            values[id] = feature.uniformSample(random);
        }
        return new ArrayExample<>(output, names, values);
    }

    /**
     * Random sequences of the length that the network takes at a time, each step with one of the features that the model
     * knows at a value between the extremes of its values in the training data.
     *
     * @param model The model, which knows the extremes.
     * @return Always the same sequences for a model, made when they are asked for.
     */
    static VerificationData<SequenceExample<Label>> generated(GrowthSequenceModel model) {
        int steps = model.architecture().input().positions();
        return new VerificationData<>("generated sequences", () -> IntStream.range(0, GENERATED_SEQUENCES)
                .mapToObj(number -> sequence(model, steps, number))
                .iterator());
    }

    private static SequenceExample<Label> sequence(GrowthSequenceModel model, int steps, int number) {
        SplittableRandom random = new SplittableRandom(SEED + number);
        ImmutableFeatureMap features = model.getFeatureIDMap();
        Label label = model.getOutputIDInfo().getOutput(0);
        List<Example<Label>> parts = new ArrayList<>();
        for (int step = 0; step < steps; step++) {
            VariableIDInfo feature = features.get(random.nextInt(features.size()));
            String[] name = {feature.getName()};
            parts.add(new ArrayExample<>(label, name, new double[] {feature.uniformSample(random)}));
        }
        return new SequenceExample<>(parts);
    }

    /**
     * The first event of the ledger in a model.
     *
     * @param model The model.
     * @return What its training was started with.
     */
    static StartEvent start(GrownModel model) {
        try (LedgerReader reader = LedgerReader.of(model.ledger())) {
            return (StartEvent) reader.next().orElseThrow().event();
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }
}
