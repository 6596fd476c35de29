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

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tribuo.Example;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuogrowth.output.LabelOutputAdapter;

final class KeptBatchesTest {
    private static final int LENGTH = 3;
    private static final int BATCH = 2;
    private static final int[] ROWS = {4, 0, 3, 1, 2};

    private final DenseData data = data();
    private final BatchAssembler assembler =
            new BatchAssembler(data, List.of(), new ChannelNormaliser(new float[] {1}, new float[] {3}), 1);

    private static DenseData data() {
        List<Example<Label>> examples = new ArrayList<>();
        FeatureNames names = FeatureNames.of(List.of("a", "b", "c"));
        for (int row = 0; row < ROWS.length; row++) {
            float[] values = {row, 10 * row, 100 * row};
            examples.add(DenseExample.ofFloats(new Label(row % 2 == 0 ? "even" : "odd"), names, values));
        }
        LabelFactory factory = new LabelFactory();
        MutableDataset<Label> dataset =
                new MutableDataset<>(examples, new SimpleDataSourceProvenance("test", factory), factory);
        return DenseData.of(
                dataset,
                new VectorLayout().bind(dataset.getFeatureIDMap()),
                dataset.getOutputIDInfo(),
                new LabelOutputAdapter());
    }

    private KeptBatches batches(int keptBytes) {
        return new KeptBatches(data, assembler, ROWS, BATCH, keptBytes);
    }

    @Test
    void keptOrNotTheBatchesAreTheSame() {
        int batchBytes = Float.BYTES * BATCH * LENGTH;
        for (int keptBytes : new int[] {0, batchBytes - 1, batchBytes, 2 * batchBytes, Integer.MAX_VALUE}) {
            KeptBatches batches = batches(keptBytes);
            assertThat(batches.batches()).isEqualTo(3);
            assertThat(batches.size()).isEqualTo(ROWS.length);
            for (int pass = 0; pass < 2; pass++) {
                for (int number = 0; number < 3; number++) {
                    int from = number * BATCH;
                    int to = Math.min(ROWS.length, from + BATCH);
                    float[] features = new float[BATCH * LENGTH];
                    float[] targets = new float[BATCH * data.targetLength()];
                    assembler.assembleEvaluation(ROWS, from, to, features, targets);
                    Minibatch batch = batches.batch(number);
                    assertThat(batch.rows()).isEqualTo(to - from);
                    assertThat(batch.features())
                            .hasSize(BATCH * LENGTH)
                            .startsWith(Arrays.copyOf(features, (to - from) * LENGTH));
                    assertThat(batch.targets()).startsWith(Arrays.copyOf(targets, (to - from) * data.targetLength()));
                }
            }
        }
    }

    @Test
    void keepsAsManyBatchesAsTheBoundAllows() {
        KeptBatches batches = batches(2 * Float.BYTES * BATCH * LENGTH);
        float[] first = batches.batch(0).features();
        float[] second = batches.batch(1).features();
        float[] third = batches.batch(2).features();
        assertThat(first).isNotSameAs(second).isNotSameAs(third);
        assertThat(batches.batch(0).features()).isSameAs(first);
        assertThat(batches.batch(1).features()).isSameAs(second);

        KeptBatches nothingKept = batches(0);
        assertThat(nothingKept.batch(0).features())
                .isSameAs(nothingKept.batch(1).features());
    }
}
