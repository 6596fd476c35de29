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

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tribuo.Example;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.impl.ArrayExample;
import org.tribuo.test.Helpers;
import org.tribuogrowth.output.LabelOutputAdapter;

final class PerFeatureNormalisationTest {
    private static DenseData rows(float[]... rows) {
        return NormalisationTest.data(new VectorLayout(), rows);
    }

    @Test
    void eachFeatureHasMomentsOfItsOwnOverTheTrainingRows() {
        DenseData data = rows(new float[] {1, 0.1f}, new float[] {1e6f, 1e6f}, new float[] {5, 0.1f});
        ChannelNormaliser normaliser = new PerFeatureNormalisation().fit(data, new int[] {0, 2});
        // The second feature does not vary in the training rows: it becomes exactly 0.
        assertThat(normaliser).isEqualTo(new ChannelNormaliser(new float[] {3, 0.1f}, new float[] {2, 1}));
        float[] values = {1, 0.1f, 5, 0.1f, 9, 1.1f};
        normaliser.apply(values, 0, 6);
        assertThat(values).containsExactly(-1, 0, 1, 0, 3, 1);
    }

    @Test
    void smallVariationBesideALargeMeanIsNotLost() {
        ChannelNormaliser normaliser = new PerFeatureNormalisation()
                .fit(rows(new float[] {1_000_002}, new float[] {1_000_003}), new int[] {0, 1});
        assertThat(normaliser).isEqualTo(new ChannelNormaliser(new float[] {1_000_002.5f}, new float[] {0.5f}));
    }

    @Test
    void variationBelowTheSmallestFloatIsNone() {
        float tiny = Float.MIN_VALUE;
        assertThat(new PerFeatureNormalisation()
                        .fit(rows(new float[] {0}, new float[] {0}, new float[] {tiny}), new int[] {0, 1, 2})
                        .standardDeviation())
                .containsExactly(1);
    }

    @Test
    void weightsCountAsSoManyExamplesAndMissingFeaturesAsZero() {
        Example<Label> light = new ArrayExample<>(new Label("a"), new String[] {"x"}, new double[] {1});
        Example<Label> heavy = new ArrayExample<>(new Label("a"), new String[] {"x", "y"}, new double[] {5, 4});
        heavy.setWeight(3f);
        MutableDataset<Label> dataset = DenseDataTest.dataset(List.of(light, heavy));
        DenseData data = DenseData.of(
                dataset,
                new VectorLayout().bind(dataset.getFeatureIDMap()),
                dataset.getOutputIDInfo(),
                new LabelOutputAdapter());
        float root = (float) Math.sqrt(3);
        assertThat(new PerFeatureNormalisation().fit(data, new int[] {0, 1}))
                .isEqualTo(new ChannelNormaliser(new float[] {4, 3}, new float[] {root, root}));
    }

    @Test
    void refusesImagesAndNoRows() {
        DenseData image = NormalisationTest.data(new ImageLayout(1, 2, 1), new float[] {1, 2}, new float[] {3, 4});
        assertThatThrownBy(() -> new PerFeatureNormalisation().fit(image, new int[] {0, 1}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("vectors", "image 1x2x1", "PerChannelNormalisation");
        assertThatThrownBy(() -> new PerFeatureNormalisation().fit(rows(new float[] {1}), new int[0]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no training examples");
    }

    @Test
    void isAComponent() {
        Helpers.testConfigurableRoundtrip(new PerFeatureNormalisation());
        Helpers.testProvenanceMarshalling(new PerFeatureNormalisation().getProvenance());
    }
}
