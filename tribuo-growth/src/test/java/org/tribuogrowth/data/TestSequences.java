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

import java.util.ArrayList;
import java.util.List;
import org.tribuo.Example;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.impl.BinaryFeaturesExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuo.sequence.MutableSequenceDataset;
import org.tribuo.sequence.SequenceExample;

/** Small datasets of sequences. */
final class TestSequences {
    private TestSequences() {}

    /** Words of {@code token/label}, a sequence a line. */
    static MutableSequenceDataset<Label> tagged(String... lines) {
        LabelFactory factory = new LabelFactory();
        MutableSequenceDataset<Label> dataset =
                new MutableSequenceDataset<>(new SimpleDataSourceProvenance("test", factory), factory);
        for (String line : lines) {
            dataset.add(sequence(line));
        }
        return dataset;
    }

    static SequenceExample<Label> sequence(String line) {
        List<Example<Label>> steps = new ArrayList<>();
        for (String word : line.split(" ")) {
            String[] parts = word.split("/");
            steps.add(new BinaryFeaturesExample<>(new Label(parts[1]), new String[] {parts[0]}));
        }
        return new SequenceExample<>(steps);
    }

    static SequenceData data(MutableSequenceDataset<Label> dataset) {
        return SequenceData.of(dataset, new TokenLayout().bind(dataset.getFeatureIDMap()), dataset.getOutputIDInfo());
    }
}
