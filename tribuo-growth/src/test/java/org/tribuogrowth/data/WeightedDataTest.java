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

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tribuo.Example;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.impl.ArrayExample;
import org.tribuogrowth.output.LabelOutputAdapter;

final class WeightedDataTest {
    /** Of two rows: as it has been since the first release, for data whose examples count alike. */
    private static final String DIGEST = "b41ef0a6da040ef1a92d8764970b90ef8fd816689390275737d4aac0bdb288ef";

    /** The same with the weights 0.5 and 2 behind the rows. */
    private static final String WEIGHTED_DIGEST = "ad5c89ed1c903ad840b1844ebf0e91fbc373b084cc3576f669de82ba6a764331";

    private static DenseData data(float... weights) {
        double[][] values = {{1, 2}, {3, 4.5}, {7, 8}};
        List<Example<Label>> examples = new ArrayList<>();
        for (int i = 0; i < weights.length; i++) {
            Example<Label> example = new ArrayExample<>(new Label("a"), new String[] {"0", "1"}, values[i]);
            example.setWeight(weights[i]);
            examples.add(example);
        }
        MutableDataset<Label> dataset = DenseDataTest.dataset(examples);
        return DenseData.of(
                dataset,
                new VectorLayout().bind(dataset.getFeatureIDMap()),
                dataset.getOutputIDInfo(),
                new LabelOutputAdapter());
    }

    @Test
    void theDigestOfDataWithoutWeightsStays() {
        assertThat(data(1, 1).digest()).isEqualTo(DIGEST);
        assertThat(data(1, 1).isWeighted()).isFalse();
        assertThat(data(1, 1, 0).digest()).isEqualTo(DIGEST);
    }

    @Test
    void theDigestHoldsWeights() {
        DenseData data = data(0.5f, 2);
        assertThat(data.isWeighted()).isTrue();
        assertThat(data.weight(0)).isEqualTo(0.5f);
        assertThat(data.weight(1)).isEqualTo(2f);
        assertThat(data.digest()).isEqualTo(WEIGHTED_DIGEST);
        assertThat(data(2, 0.5f).digest()).isNotEqualTo(WEIGHTED_DIGEST);
        assertThatThrownBy(() -> data.weight(2)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void examplesOfWeightZeroAreNotThere() {
        DenseData data = data(0, 1, 0);
        assertThat(data.rows()).isEqualTo(1);
        assertThat(data.isWeighted()).isFalse();
        assertThat(data.feature(0, 1)).isEqualTo(4.5f);
        assertThat(data.featuresUsed()).isEqualTo(2);
        assertThatThrownBy(() -> data(0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("All 2 examples have the weight 0");
    }

    @ParameterizedTest
    @ValueSource(floats = {-1, Float.NaN, Float.POSITIVE_INFINITY})
    void refusesWeightsThatAreNone(float weight) {
        assertThatThrownBy(() -> data(1, weight))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Example 1 has the weight " + weight + ", allowed are finite numbers of at least 0");
    }
}
