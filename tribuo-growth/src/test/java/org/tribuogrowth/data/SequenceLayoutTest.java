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
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tribuo.Example;
import org.tribuo.ImmutableFeatureMap;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuo.sequence.MutableSequenceDataset;
import org.tribuo.test.Helpers;
import org.tribuogrowth.architecture.Shape;

/** Where features go as steps of a sequence, and tokens as numbers. */
final class SequenceLayoutTest {
    private static ImmutableFeatureMap features(String... names) {
        LabelFactory factory = new LabelFactory();
        MutableDataset<Label> dataset = new MutableDataset<>(new SimpleDataSourceProvenance("test", factory), factory);
        dataset.add(new ArrayExample<>(new Label("X"), names, new double[names.length]));
        return dataset.getFeatureIDMap();
    }

    private static Example<Label> example(String[] names, double... values) {
        return new ArrayExample<>(new Label("X"), names, values);
    }

    @Test
    void rowsOfAnImageAreSteps() {
        BoundLayout layout = new SequenceLayout(2, 3).bind(features("0", "02", "4"));
        assertThat(layout.shape()).isEqualTo(new Shape.Sequence(2, 3));
        float[] values = new float[7];
        int used = layout.write(example(new String[] {"02", "4", "7"}, 5, 6, 7), values, 1);
        assertThat(used).isEqualTo(2);
        assertThat(values).containsExactly(0, 0, 0, 5, 0, 6, 0);
    }

    @Test
    void namesWithoutAPlaceAreRefused() {
        assertThatThrownBy(() -> new SequenceLayout(2, 3, "p").bind(features("p6")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("'p6'", "2 steps of 3 values", "the prefix 'p'", "0 to 5");
        assertThatThrownBy(() -> new SequenceLayout(2, 3).bind(features("1", "01")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("value 1 of a sequence");
        assertThatThrownBy(() -> new SequenceLayout(0, 3))
                .isInstanceOf(PropertyException.class)
                .hasMessageContaining("found 0");
        assertThatThrownBy(() -> new SequenceLayout(1 << 15, 1 << 15))
                .isInstanceOf(PropertyException.class)
                .hasMessageContaining("units");
        Helpers.testConfigurableRoundtrip(new SequenceLayout(2, 3, "p"));
    }

    @Test
    void tokensThatAreLabelsHaveTheirIds() {
        BoundLayout layout = new TokenLayout().bind(features("a", "b", "<start>"), List.of("b", "c", "a"));
        assertThat(layout.shape()).isEqualTo(new Shape.Tokens(1, 4));
        float[] number = new float[1];
        String[] tokens = {"b", "c", "a", "<start>"};
        for (int i = 0; i < tokens.length; i++) {
            assertThat(layout.write(example(new String[] {tokens[i]}, 1), number, 0))
                    .isEqualTo(1);
            assertThat(number[0]).as(tokens[i]).isEqualTo(i);
        }
    }

    @Test
    void unknownTokensStandAsOne() {
        MutableSequenceDataset<Label> dataset = TestSequences.tagged("a/X <unk>/X b/X");
        BoundLayout layout = new TokenLayout().bind(dataset.getFeatureIDMap());
        float[] number = {-1};
        assertThat(layout.write(example(new String[] {"z"}, 1), number, 0)).isZero();
        float unknown = number[0];
        assertThat(layout.write(example(new String[] {"<unk>"}, 1), number, 0)).isEqualTo(1);
        assertThat(number[0]).isEqualTo(unknown);
        BoundLayout without = new TokenLayout("other").bind(dataset.getFeatureIDMap());
        assertThatThrownBy(() -> without.write(example(new String[] {"z"}, 1), number, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("'z'", "'other'");
        assertThatThrownBy(() -> new TokenLayout(""))
                .isInstanceOf(PropertyException.class)
                .hasMessageContaining("unknownToken");
        Helpers.testConfigurableRoundtrip(new TokenLayout("other"));
    }
}
