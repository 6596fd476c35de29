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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tribuo.Dataset;
import org.tribuo.Example;
import org.tribuo.Output;
import org.tribuo.OutputFactory;
import org.tribuo.WeightedExamples;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.impl.ArrayExample;
import org.tribuo.regression.RegressionFactory;
import org.tribuo.regression.Regressor;
import org.tribuogrowth.architecture.Activation;
import org.tribuogrowth.architecture.family.MlpFamily;
import org.tribuogrowth.data.PerChannelNormalisation;
import org.tribuogrowth.data.VectorLayout;
import org.tribuogrowth.kernel.KernelChoice;
import org.tribuogrowth.output.LabelOutputAdapter;
import org.tribuogrowth.output.OutputAdapter;
import org.tribuogrowth.output.RegressorOutputAdapter;
import org.tribuogrowth.search.FixedStructure;
import org.tribuogrowth.training.AdamOptimiser;
import org.tribuogrowth.training.ConstantRate;
import org.tribuogrowth.training.GrowthListener;

/** What the weights of examples do to a training. */
class ExampleWeightsTest {
    private static <T extends Output<T>> GrowthTrainer.Builder<T> builder(OutputAdapter<T> adapter) {
        // With batch normalisation, which takes in all examples of a batch whatever they weigh.
        return GrowthTrainer.builder(
                        adapter,
                        new VectorLayout(),
                        new MlpFamily(List.of(6), Activation.RELU, true, 0.0),
                        FixedStructure.dense(),
                        new AdamOptimiser(0.02, 0.0, true, new ConstantRate()))
                .normalisation(new PerChannelNormalisation())
                .minibatchSize(8)
                .epochs(3)
                .validationFraction(0.25)
                .seed(5);
    }

    private static <T extends Output<T>> Dataset<T> with(
            Dataset<T> data, OutputFactory<T> factory, T output, float weight) {
        List<Example<T>> examples = new ArrayList<>();
        for (Example<T> example : data) {
            examples.add(example);
            Example<T> other = new ArrayExample<>(output, OutputData.FEATURES, new double[] {1e3, -1e3, 50, 7});
            other.setWeight(weight);
            examples.add(other);
        }
        return OutputData.dataset(examples, factory);
    }

    @Test
    void check11_theTrainerSaysThatItUsesWeights() {
        assertThat(builder(new LabelOutputAdapter()).build()).isInstanceOf(WeightedExamples.class);
    }

    @Test
    void check11_labelsOfWeightZeroHaveNoInfluence() {
        Dataset<Label> data = OutputData.labels(60, 1);
        Dataset<Label> more = with(data, new LabelFactory(), new Label("class1"), 0f);
        assertThat(more.size()).isEqualTo(120);
        try (GrowthModel<Label> expected =
                        builder(new LabelOutputAdapter()).build().train(data);
                GrowthModel<Label> found =
                        builder(new LabelOutputAdapter()).build().train(more)) {
            assertThat(found.parameters().digest())
                    .isEqualTo(expected.parameters().digest());
            assertThat(found.ledger()).isEqualTo(expected.ledger());
        }
    }

    @Test
    void check11_regressorsOfWeightZeroHaveNoInfluence() {
        Dataset<Regressor> data = OutputData.regressors(60, 1);
        Regressor far = new Regressor(new String[] {"mass", "width"}, new double[] {-1e9, 1e9});
        Dataset<Regressor> more = with(data, new RegressionFactory(), far, 0f);
        try (GrowthModel<Regressor> expected =
                        builder(new RegressorOutputAdapter()).build().train(data);
                GrowthModel<Regressor> found =
                        builder(new RegressorOutputAdapter()).build().train(more)) {
            assertThat(found.targetScaling()).isEqualTo(expected.targetScaling());
            assertThat(found.ledger()).isEqualTo(expected.ledger());
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = KernelChoice.class,
            names = {"ONEDNN", "ND4J"})
    void heavierExamplesWin(KernelChoice kernels) {
        // Each point once in each of two classes; only the weights say which is right.
        for (String heavy : List.of("class0", "class1")) {
            List<Example<Label>> examples = new ArrayList<>();
            for (Example<Label> point : OutputData.labels(40, 1)) {
                for (String name : List.of("class0", "class1")) {
                    Example<Label> example = new ArrayExample<>(new Label(name));
                    point.forEach(example::add);
                    example.setWeight(name.equals(heavy) ? 3f : 1f);
                    examples.add(example);
                }
            }
            Dataset<Label> data = OutputData.dataset(examples, new LabelFactory());
            List<GrowthListener.Interval> intervals = new ArrayList<>();
            GrowthTrainer<Label> trainer = builder(new LabelOutputAdapter())
                    .kernels(kernels)
                    .epochs(25)
                    .build();
            trainer.setListeners(List.of(new GrowthListener() {
                @Override
                public void onInterval(Interval interval) {
                    intervals.add(interval);
                }
            }));
            try (GrowthModel<Label> model = trainer.train(data)) {
                int right = 0;
                double probability = 0;
                for (Example<Label> example : data) {
                    var prediction = model.predict(example);
                    right += prediction.getOutput().getLabel().equals(heavy) ? 1 : 0;
                    probability += prediction.getOutputScores().get(heavy).getScore() / data.size();
                }
                assertThat(right).isGreaterThan(72);
                assertThat(probability).isCloseTo(0.75, within(0.07));
            }
            // About half of the held-out examples, but about three quarters of their weight, are of the heavy class.
            assertThat(intervals.get(intervals.size() - 1).validation().orElseThrow())
                    .isGreaterThan(0.6);
        }
    }

    @Test
    void theRecordHoldsTheWeights() {
        Dataset<Label> data = OutputData.labels(60, 1);
        GrowthTrainer<Label> trainer = builder(new LabelOutputAdapter()).build();
        String plain = trainer.dataDigest(data);
        data.getExample(3).setWeight(2f);
        assertThat(trainer.dataDigest(data)).isNotEqualTo(plain);
    }

    @Test
    void weightsThatAreNoneAreRefused() {
        Dataset<Label> data = OutputData.labels(20, 1);
        data.getExample(3).setWeight(-2f);
        assertThatThrownBy(() -> builder(new LabelOutputAdapter()).build().train(data))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Example 3 has the weight -2.0");
    }
}
