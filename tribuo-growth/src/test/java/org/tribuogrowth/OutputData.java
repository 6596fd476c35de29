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

package org.tribuogrowth;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.tribuo.Dataset;
import org.tribuo.Example;
import org.tribuo.MutableDataset;
import org.tribuo.Output;
import org.tribuo.OutputFactory;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.impl.ArrayExample;
import org.tribuo.multilabel.MultiLabel;
import org.tribuo.multilabel.MultiLabelFactory;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuo.regression.RegressionFactory;
import org.tribuo.regression.Regressor;
import org.tribuogrowth.random.CountedRandom;

/** Small problems of each output type that a network of a few units solves, all of the same four features. */
public final class OutputData {
    static final String[] FEATURES = {"a", "b", "c", "d"};

    private OutputData() {}

    /** What an example's output is made of. */
    private interface Rule<T extends Output<T>> {
        T output(double[] values, CountedRandom noise);
    }

    /** One of three classes by the largest of three sums. */
    public static Dataset<Label> labels(int examples, long seed) {
        return dataset(examples, seed, new LabelFactory(), (values, noise) -> {
            double[] sums = {values[0] - values[1], values[1] + values[2], values[3] - values[0]};
            int largest = sums[0] >= sums[1] && sums[0] >= sums[2] ? 0 : sums[1] >= sums[2] ? 1 : 2;
            return new Label("class" + largest);
        });
    }

    /** Three labels, each by a sign; about one example in eight has none. */
    public static Dataset<MultiLabel> multiLabels(int examples, long seed) {
        return dataset(examples, seed, new MultiLabelFactory(), (values, noise) -> {
            Set<Label> labels = new HashSet<>();
            if (values[0] > values[1]) {
                labels.add(new Label("first"));
            }
            if (values[2] > 0.3) {
                labels.add(new Label("second"));
            }
            if (values[3] + values[1] > 0) {
                labels.add(new Label("third"));
            }
            return new MultiLabel(labels);
        });
    }

    /** Two dimensions of very different scales, whose names are not in the order in which they are given. */
    public static Dataset<Regressor> regressors(int examples, long seed) {
        return dataset(
                examples,
                seed,
                new RegressionFactory(),
                (values, noise) -> new Regressor(new String[] {"width", "mass"}, new double[] {
                    0.01 * values[0] * values[1] + 0.02 + 0.0005 * noise.nextGaussian(),
                    5000 + 1000 * (values[2] - 2 * values[3]) + 50 * noise.nextGaussian()
                }));
    }

    /** The same with another width in one example. */
    static Dataset<Regressor> withWidth(Dataset<Regressor> data, int number, double width) {
        List<Example<Regressor>> examples = new ArrayList<>();
        for (Example<Regressor> example : data) {
            double[] values = example.getOutput().getValues();
            if (examples.size() == number) {
                values[1] = width;
            }
            Example<Regressor> other =
                    new ArrayExample<>(new Regressor(example.getOutput().getNames(), values));
            example.forEach(other::add);
            examples.add(other);
        }
        return dataset(examples, new RegressionFactory());
    }

    private static <T extends Output<T>> Dataset<T> dataset(
            int examples, long seed, OutputFactory<T> factory, Rule<T> rule) {
        List<Example<T>> list = new ArrayList<>();
        for (int i = 0; i < examples; i++) {
            CountedRandom random = CountedRandom.of(seed, "example", i);
            double[] values = new double[FEATURES.length];
            for (int j = 0; j < values.length; j++) {
                values[j] = random.nextGaussian();
            }
            list.add(new ArrayExample<>(rule.output(values, random), FEATURES, values));
        }
        return dataset(list, factory);
    }

    /** A dataset of given examples. */
    static <T extends Output<T>> MutableDataset<T> dataset(List<Example<T>> examples, OutputFactory<T> factory) {
        MutableDataset<T> dataset = new MutableDataset<>(new SimpleDataSourceProvenance("generated", factory), factory);
        examples.forEach(dataset::add);
        return dataset;
    }
}
