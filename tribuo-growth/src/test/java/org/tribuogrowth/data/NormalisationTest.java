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

import com.oracle.labs.mlrg.olcut.config.PropertyException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tribuo.Example;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.test.Helpers;
import org.tribuogrowth.output.LabelOutputAdapter;

final class NormalisationTest {
    /** Rows of values named as pixels. */
    static DenseData data(FeatureLayout layout, float[]... rows) {
        List<Example<Label>> examples = new ArrayList<>();
        for (float[] row : rows) {
            examples.add(DenseExample.ofFloats(new Label("a"), FeatureNames.pixels("", row.length), row));
        }
        MutableDataset<Label> dataset = DenseDataTest.dataset(examples);
        return DenseData.of(
                dataset, layout.bind(dataset.getFeatureIDMap()), dataset.getOutputIDInfo(), new LabelOutputAdapter());
    }

    @Test
    void computesOverTheTrainingRowsOnly() {
        DenseData data = data(
                new ImageLayout(1, 2, 2),
                new float[] {1, 10, 3, 10},
                new float[] {1000, 1000, 1000, 1000},
                new float[] {5, 10, 7, 10});
        ChannelNormaliser normaliser = new PerChannelNormalisation().fit(data, new int[] {0, 2});
        // Channel 0: 1, 3, 5, 7; channel 1 is constant and divided by 1.
        assertThat(normaliser)
                .isEqualTo(new ChannelNormaliser(new float[] {4, 10}, new float[] {(float) Math.sqrt(5), 1}));
        float[] values = {9, 1, 10, 7, 12, 9};
        normaliser.apply(values, 1, 4);
        float root = (float) Math.sqrt(5);
        assertThat(values).containsExactly(9, -3 / root, 0, 3 / root, 2, 9);
    }

    @Test
    void constantChannelsAreExact() {
        DenseData data = data(new ImageLayout(1, 3, 1), new float[] {0.1f, 0.1f, 0.1f}, new float[] {0.1f, 0.1f, 0.1f});
        assertThat(new PerChannelNormalisation().fit(data, new int[] {0, 1}))
                .isEqualTo(new ChannelNormaliser(new float[] {0.1f}, new float[] {1}));
    }

    @Test
    void smallVariationBesideALargeMeanIsNotLost() {
        DenseData data = data(new ImageLayout(1, 2, 1), new float[] {0, 1_000_001}, new float[] {1_000_002, 1_000_003});
        ChannelNormaliser normaliser = new PerChannelNormalisation().fit(data, new int[] {1});
        assertThat(normaliser.mean()[0]).isEqualTo(1_000_002.5f);
        assertThat(normaliser.standardDeviation()[0]).isEqualTo(0.5f);
    }

    @Test
    void aVectorIsOneChannel() {
        DenseData data = data(new VectorLayout(), new float[] {1, 2, 3}, new float[] {4, 5, 6});
        ChannelNormaliser normaliser = new PerChannelNormalisation().fit(data, new int[] {0, 1});
        assertThat(normaliser.mean()).containsExactly(3.5f);
    }

    @Test
    void usesGivenNumbers() {
        DenseData data = data(new ImageLayout(1, 1, 2), new float[] {1, 2});
        PerChannelNormalisation given = new PerChannelNormalisation(List.of(0.5, 0.25), List.of(2.0, 4.0));
        assertThat(given.fit(data, new int[0]))
                .isEqualTo(new ChannelNormaliser(new float[] {0.5f, 0.25f}, new float[] {2, 4}));
        assertThatThrownBy(() -> given.fit(data(new ImageLayout(1, 2, 1), new float[] {1, 2}), new int[] {0}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("2 channels", "has 1");
        assertThatThrownBy(() -> new PerChannelNormalisation().fit(data, new int[0]))
                .hasMessageContaining("no training examples");
        Helpers.testConfigurableRoundtrip(given);
        Helpers.testProvenanceMarshalling(given.getProvenance());
    }

    @Test
    void refusesBadNumbers() {
        assertThatThrownBy(() -> new PerChannelNormalisation(List.of(1.0), List.of()))
                .isInstanceOf(PropertyException.class)
                .hasMessageContainingAll("standardDeviations", "0 standard deviations for 1 means");
        assertThatThrownBy(() -> new PerChannelNormalisation(List.of(1.0), List.of(0.0)))
                .hasMessageContainingAll("standardDeviations", "channel 0");
        assertThatThrownBy(() -> new PerChannelNormalisation(List.of(Double.NaN), List.of(1.0)))
                .hasMessageContaining("means");
        assertThatThrownBy(() -> new ChannelNormaliser(new float[] {1}, new float[] {-1}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ChannelNormaliser(new float[0], new float[0]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(
                        () -> new ChannelNormaliser(new float[] {1, 1}, new float[] {1, 1}).apply(new float[3], 0, 3))
                .hasMessageContaining("multiple");
    }

    @Test
    void isImmutable() {
        float[] mean = {1};
        ChannelNormaliser normaliser = new ChannelNormaliser(mean, new float[] {2});
        mean[0] = 5;
        normaliser.mean()[0] = 6;
        normaliser.standardDeviation()[0] = 7;
        assertThat(normaliser).isEqualTo(new ChannelNormaliser(new float[] {1}, new float[] {2}));
    }
}
