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

package org.tribuogrowth.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tribuo.Example;
import org.tribuo.MutableDataset;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuo.regression.RegressionFactory;
import org.tribuo.regression.Regressor;
import org.tribuogrowth.output.RegressorOutputAdapter;

final class TargetScalingTest {
    private static DenseData data(float[] weights, double[]... targets) {
        List<Example<Regressor>> examples = new ArrayList<>();
        for (int i = 0; i < targets.length; i++) {
            Regressor target = new Regressor(new String[] {"p", "q"}, targets[i]);
            Example<Regressor> example = new ArrayExample<>(target, new String[] {"f"}, new double[] {1});
            example.setWeight(weights[i]);
            examples.add(example);
        }
        RegressionFactory factory = new RegressionFactory();
        MutableDataset<Regressor> dataset =
                new MutableDataset<>(examples, new SimpleDataSourceProvenance("test", factory), factory);
        return DenseData.of(
                dataset,
                new VectorLayout().bind(dataset.getFeatureIDMap()),
                dataset.getOutputIDInfo(),
                new RegressorOutputAdapter());
    }

    @Test
    void isFittedToTheTrainingRowsOnly() {
        DenseData data =
                data(new float[] {1, 1, 1}, new double[] {1, 40}, new double[] {1e6, -1e6}, new double[] {5, 20});
        TargetScaling scaling = TargetScaling.fit(data, new int[] {0, 2});
        assertThat(scaling).isEqualTo(new TargetScaling(new float[] {3, 30}, new float[] {2, 10}));
        float[] values = {9, 5, 20, 9};
        scaling.standardise(values, 1);
        assertThat(values).containsExactly(9, 1, -1, 9);
        scaling.restore(values, 1);
        assertThat(values).containsExactly(9, 5, 20, 9);
    }

    @Test
    void countsExamplesByTheirWeights() {
        double[][] targets = {{0, 8}, {4, 0}};
        TargetScaling weighted = TargetScaling.fit(data(new float[] {1, 3}, targets), new int[] {0, 1});
        double[][] repeated = {{0, 8}, {4, 0}, {4, 0}, {4, 0}};
        TargetScaling plain = TargetScaling.fit(data(new float[] {1, 1, 1, 1}, repeated), new int[] {0, 1, 2, 3});
        assertThat(weighted).isEqualTo(plain);
        assertThat(weighted.mean()).containsExactly(3, 2);
        assertThat(weighted.standardDeviation()[0]).isCloseTo((float) Math.sqrt(3), within(1e-6f));
    }

    @Test
    void aTargetThatIsAlwaysTheSameKeepsItsUnit() {
        // The mean of these in floating point is not the number itself.
        DenseData data =
                data(new float[] {1, 1, 1}, new double[] {0.1, 1}, new double[] {0.1, 2}, new double[] {0.1, 3});
        TargetScaling scaling = TargetScaling.fit(data, new int[] {0, 1, 2});
        assertThat(scaling.mean()[0]).isEqualTo(0.1f);
        assertThat(scaling.standardDeviation()[0]).isEqualTo(1f);
        float[] value = {0.1f, 2};
        scaling.standardise(value, 0);
        assertThat(value).containsExactly(0, 0);
    }

    @Test
    void refusesWhatCannotBeUndone() {
        assertThatThrownBy(() -> new TargetScaling(new float[0], new float[0]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found 0 and 0");
        assertThatThrownBy(() -> new TargetScaling(new float[2], new float[] {1}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found 2 and 1");
        for (float wrong : new float[] {0, -1, Float.NaN, Float.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> new TargetScaling(new float[] {0, 0}, new float[] {1, wrong}))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll("output 1", "standard deviation " + wrong);
        }
        assertThatThrownBy(() -> new TargetScaling(new float[] {Float.NaN}, new float[] {1}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("mean NaN");
        DenseData data = data(new float[] {1}, new double[] {1, 2});
        assertThatThrownBy(() -> TargetScaling.fit(data, new int[0])).isInstanceOf(IllegalArgumentException.class);
        TargetScaling narrow = new TargetScaling(new float[] {0}, new float[] {1e-30f});
        assertThatThrownBy(() -> narrow.standardise(new float[] {1e30f}, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("output 0 is 1.0E30", "standard deviation 1.0E-30");
        TargetScaling one = new TargetScaling(new float[] {0}, new float[] {1});
        assertThatThrownBy(() -> new BatchAssembler(data, List.of(), null, one, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("for 1 outputs, but the data has 2");
    }

    @Test
    void batchesHoldWhatIsLearnt() {
        DenseData data = data(new float[] {2, 0.5f}, new double[] {1, 40}, new double[] {5, 20});
        TargetScaling scaling = new TargetScaling(new float[] {3, 30}, new float[] {2, 10});
        BatchAssembler assembler = new BatchAssembler(data, List.of(), null, scaling, 1);
        TrainingBatches batches = new TrainingBatches(new BatchPlan(new int[] {0, 1}, 2, 7), assembler, 0, 1);
        assertThat(batches.isWeighted()).isTrue();
        Batch batch = new Batch(batches);
        batch.fill(batches, 0);
        int first = batch.weights()[0] == 2f ? 0 : 1;
        assertThat(batch.weights()).containsExactlyInAnyOrder(2f, 0.5f);
        assertThat(batch.targets()[2 * first]).isEqualTo(-1f);
        assertThat(batch.targets()[2 * first + 1]).isEqualTo(1f);
        assertThat(batch.targets()[2 - 2 * first]).isEqualTo(1f);
        float[] evaluated = new float[2];
        assembler.assembleEvaluation(new int[] {1}, 0, 1, new float[1], evaluated);
        assertThat(evaluated).containsExactly(1, -1);
    }
}
