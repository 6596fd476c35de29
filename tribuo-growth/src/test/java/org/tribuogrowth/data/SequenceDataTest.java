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
import org.tribuo.ImmutableFeatureMap;
import org.tribuo.ImmutableOutputInfo;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.impl.ArrayExample;
import org.tribuo.sequence.MutableSequenceDataset;
import org.tribuo.sequence.SequenceExample;
import org.tribuogrowth.architecture.Shape;

final class SequenceDataTest {
    private final MutableSequenceDataset<Label> dataset = TestSequences.tagged("a/X b/Y", "c/Y", "b/X a/X c/X");

    private SequenceData data(MutableSequenceDataset<Label> examples) {
        ImmutableFeatureMap features = dataset.getFeatureIDMap();
        ImmutableOutputInfo<Label> outputs = dataset.getOutputIDInfo();
        return SequenceData.of(examples, new TokenLayout().bind(features), outputs);
    }

    private void refuses(MutableSequenceDataset<Label> examples, String... words) {
        assertThatThrownBy(() -> data(examples))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(words);
    }

    @Test
    void keepsStepsOneAfterAnother() {
        SequenceData data = data(dataset);
        assertThat(data.sequences()).isEqualTo(3);
        assertThat(data.stepShape()).isEqualTo(new Shape.Tokens(1, 3));
        assertThat(List.of(data.length(0), data.length(1), data.length(2))).containsExactly(2, 1, 3);
        assertThat(data.longest()).isEqualTo(3);
        float[] features = new float[3];
        data.copyFeatures(data.start(2), 3, features, 0);
        assertThat(features).containsExactly(1f, 0f, 2f);
        int labelX = dataset.getOutputIDInfo().getID(new Label("X"));
        assertThat(data.classOf(0)).isEqualTo(labelX);
        assertThat(data.classOf(2)).isEqualTo(1 - labelX);
        assertThat(data.isWeighted()).isFalse();
    }

    @Test
    void leavesSequencesOfNoWeightOut() {
        MutableSequenceDataset<Label> weighted = TestSequences.tagged("a/X b/Y", "c/Y", "b/X a/X c/X");
        weighted.getExample(0).setWeight(0f);
        weighted.getExample(1).setWeight(2f);
        SequenceData data = data(weighted);
        assertThat(data.sequences()).isEqualTo(2);
        assertThat(data.length(0)).isEqualTo(1);
        assertThat(data.weight(0)).isEqualTo(2f);
        assertThat(data.weight(1)).isEqualTo(1f);
    }

    @Test
    void digestSeesLengthsFeaturesLabelsAndWeights() {
        String digest = data(dataset).digest();
        assertThat(data(TestSequences.tagged("a/X b/Y", "c/Y", "b/X a/X c/X")).digest())
                .isEqualTo(digest);
        assertThat(data(TestSequences.tagged("a/X", "b/Y c/Y", "b/X a/X c/X")).digest())
                .isNotEqualTo(digest);
        assertThat(data(TestSequences.tagged("a/X a/Y", "c/Y", "b/X a/X c/X")).digest())
                .isNotEqualTo(digest);
        assertThat(data(TestSequences.tagged("a/X b/X", "c/Y", "b/X a/X c/X")).digest())
                .isNotEqualTo(digest);
        MutableSequenceDataset<Label> weighted = TestSequences.tagged("a/X b/Y", "c/Y", "b/X a/X c/X");
        weighted.getExample(2).setWeight(3f);
        assertThat(data(weighted).digest()).isNotEqualTo(digest);
    }

    @Test
    void refusesWhatCannotBeLearnt() {
        refuses(TestSequences.tagged(), "no sequences");
        refuses(TestSequences.tagged("a/X", "b/Z"), "Step 0 of sequence 1", "'Z'", "2 labels");
        refuses(TestSequences.tagged("a/X d/X"), "Step 1 of sequence 0", "'d'", "'<unk>'");
        MutableSequenceDataset<Label> negative = TestSequences.tagged("a/X");
        negative.getExample(0).setWeight(-1f);
        refuses(negative, "Sequence 0", "-1.0");
        MutableSequenceDataset<Label> none = TestSequences.tagged("a/X");
        none.getExample(0).setWeight(0f);
        refuses(none, "All 1 sequences");
        MutableSequenceDataset<Label> step = TestSequences.tagged("a/X b/X");
        step.getExample(0).get(1).setWeight(2f);
        refuses(step, "Step 1 of sequence 0", "the weight 2.0");
        MutableSequenceDataset<Label> unknown = TestSequences.tagged("a/X");
        Example<Label> unlabelled =
                new ArrayExample<>(LabelFactory.UNKNOWN_LABEL, new String[] {"a"}, new double[] {1});
        unknown.add(new SequenceExample<>(List.of(unlabelled)));
        refuses(unknown, "1 steps with an unknown label");
    }

    @Test
    void refusesTwoTokensInAStepAndSequencesOfUnknownTokensOnly() {
        MutableSequenceDataset<Label> two = TestSequences.tagged("a/X");
        two.add(new SequenceExample<>(
                List.of(new ArrayExample<>(new Label("X"), new String[] {"a", "b"}, new double[] {1, 1}))));
        refuses(two, "Step 0 of sequence 1", "found 2 features");
        MutableSequenceDataset<Label> known = TestSequences.tagged("a/X <unk>/Y");
        BoundLayout layout = new TokenLayout().bind(known.getFeatureIDMap());
        MutableSequenceDataset<Label> strange = TestSequences.tagged("a/X strange/Y", "more/X stranger/Y");
        assertThatThrownBy(() -> SequenceData.of(strange, layout, known.getOutputIDInfo()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("Sequence 1", "2 steps");
    }
}
