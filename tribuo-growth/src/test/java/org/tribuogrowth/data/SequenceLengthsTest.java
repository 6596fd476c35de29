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
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

/** The lengths of sequences, and the batches that have them. */
class SequenceLengthsTest {
    @Test
    void sayHowLongRowsAre() {
        int[] given = {3, 1};
        SequenceLengths lengths = new SequenceLengths(4, given, true);
        given[0] = 2;
        assertThat(lengths.rows()).isEqualTo(2);
        assertThat(lengths.steps()).isEqualTo(4);
        assertThat(lengths.length(0)).isEqualTo(3);
        assertThat(lengths.realSteps()).isEqualTo(4);
        assertThat(lengths.continued()).isTrue();
        SequenceLengths full = SequenceLengths.full(3, 5);
        assertThat(full.realSteps()).isEqualTo(15);
        assertThat(full.continued()).isFalse();
    }

    @Test
    void refuseRowsWithoutStepsOrLongerThanTheBatch() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SequenceLengths(4, new int[] {4, 0}, false))
                .withMessage("Row 1 of a batch of sequences has 0 steps, allowed are 1 to the batch's 4");
        assertThatIllegalArgumentException().isThrownBy(() -> new SequenceLengths(4, new int[] {5}, false));
        assertThatIllegalArgumentException().isThrownBy(() -> new SequenceLengths(4, new int[0], false));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Minibatch.unlabelled(new float[8], 3, SequenceLengths.full(2, 4)))
                .withMessage("A batch of 3 rows has the lengths of 2 sequences");
    }

    @Test
    void comeWithTheBatchesOfASource() {
        Batch batch = new Batch(new Source());
        batch.fill(new Source(), 2);
        assertThat(batch.lengths().steps()).isEqualTo(3);
        Minibatch minibatch = batch.minibatch();
        assertThat(minibatch.lengths()).isSameAs(batch.lengths());
        assertThat(minibatch.features()).isSameAs(batch.features());
        assertThat(minibatch.rows()).isEqualTo(2);
    }

    /** Batches of as many steps as their number says, and one more. */
    private static final class Source implements BatchSource {
        @Override
        public long batches() {
            return 3;
        }

        @Override
        public int batchSize() {
            return 2;
        }

        @Override
        public int featureLength() {
            return 4;
        }

        @Override
        public int targetLength() {
            return 4;
        }

        @Override
        public boolean isWeighted() {
            return false;
        }

        @Override
        public int fill(long index, float[] features, float[] targets, float[] weights) {
            return 2;
        }

        @Override
        public SequenceLengths lengths(long index) {
            return SequenceLengths.full(2, (int) index + 1);
        }
    }
}
