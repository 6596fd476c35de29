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
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.tribuo.classification.Label;
import org.tribuo.sequence.MutableSequenceDataset;

/** Batches of independent sequences, and of a text that is one sequence. */
final class SequenceBatchesTest {
    /** Sequences of lengths whose steps are numbered through: token and label of a step are its number. */
    private static SequenceData numbered(List<Integer> lengths) {
        List<String> lines = new ArrayList<>();
        int step = 100;
        for (int length : lengths) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < length; i++) {
                line.append(i == 0 ? "" : " ").append(step).append('/').append(step);
                step++;
            }
            lines.add(line.toString());
        }
        MutableSequenceDataset<Label> dataset = TestSequences.tagged(lines.toArray(String[]::new));
        // Labels first, in their order: so tokens have the numbers of the labels, which are those of the steps.
        List<String> labels =
                IntStream.range(100, step).mapToObj(Integer::toString).toList();
        return SequenceData.of(
                dataset, new TokenLayout().bind(dataset.getFeatureIDMap(), labels), dataset.getOutputIDInfo());
    }

    private static Minibatch batch(BatchSource source, int number) {
        Batch batch = new Batch(source);
        batch.fill(source, number);
        return batch.minibatch();
    }

    /** The tokens of a row, without padding; checks that padding does not count and targets belong to tokens. */
    private static List<Integer> row(Minibatch batch, int row, SequenceData data) {
        SequenceLengths lengths = batch.lengths();
        List<Integer> tokens = new ArrayList<>();
        for (int step = 0; step < lengths.steps(); step++) {
            int at = row * lengths.steps() + step;
            if (batch.targets()[at] < 0) {
                continue;
            }
            assertThat(step).isLessThan(lengths.length(row));
            int token = (int) batch.features()[at];
            assertThat((int) batch.targets()[at]).isEqualTo(data.classOf(token));
            tokens.add(token);
        }
        return tokens;
    }

    @Property(tries = 100)
    void everyEpochHasEverySequenceOnceButForWhatIsLeftOver(
            @ForAll @Size(min = 1, max = 12) List<@IntRange(min = 1, max = 6) Integer> lengths,
            @ForAll @IntRange(min = 1, max = 5) int size,
            @ForAll @IntRange(max = 3) int epoch) {
        SequenceData data = numbered(lengths);
        SequenceRows rows = new SequenceRows(data, DataSplit.of(lengths.size(), 0, 1), 6, 1);
        int batchSize = Math.min(size, lengths.size());
        BatchSource source = rows.batches(rows.training(), batchSize, epoch);
        assertThat(source.batches()).isEqualTo(lengths.size() / batchSize);
        List<List<Integer>> seen = new ArrayList<>();
        for (int number = 0; number < source.batches(); number++) {
            Minibatch batch = batch(source, number);
            assertThat(batch.rows()).isEqualTo(batchSize);
            assertThat(batch.lengths().continued()).isFalse();
            int longest = 0;
            for (int row = 0; row < batchSize; row++) {
                List<Integer> tokens = row(batch, row, data);
                assertThat(tokens).hasSize(batch.lengths().length(row));
                longest = Math.max(longest, tokens.size());
                seen.add(tokens);
            }
            assertThat(batch.lengths().steps()).isEqualTo(longest);
        }
        List<List<Integer>> all = new ArrayList<>();
        int first = 0;
        for (int length : lengths) {
            all.add(IntStream.range(first, first + length).boxed().toList());
            first += length;
        }
        assertThat(seen).doesNotHaveDuplicates().isSubsetOf(all).hasSize((int) source.batches() * batchSize);
    }

    @Test
    void batchesAreOfAboutEqualLengthsAndInAnotherOrderEachEpoch() {
        List<Integer> lengths = IntStream.range(0, 40).mapToObj(i -> 1 + i % 4).toList();
        SequenceData data = numbered(lengths);
        SequenceRows rows = new SequenceRows(data, DataSplit.of(40, 0, 1), 4, 7);
        List<String> orders = new ArrayList<>();
        for (int epoch = 0; epoch < 2; epoch++) {
            BatchSource source = rows.batches(rows.training(), 10, epoch);
            StringBuilder order = new StringBuilder();
            for (int number = 0; number < 4; number++) {
                Minibatch batch = batch(source, number);
                // Ten of each length fill a batch exactly.
                assertThat(batch.lengths().realSteps())
                        .isEqualTo(10L * batch.lengths().steps());
                order.append(Arrays.toString(batch.features()));
            }
            orders.add(order.toString());
        }
        assertThat(orders).doesNotHaveDuplicates();
        BatchSource again = new SequenceRows(data, DataSplit.of(40, 0, 1), 4, 7).batches(rows.training(), 10, 1);
        assertThat(orders.get(1)).startsWith(Arrays.toString(batch(again, 0).features()));
    }

    @Test
    void classesAreCountedInWhatIsTrainedOn() {
        SequenceData data = numbered(List.of(4, 10, 2));
        DataSplit split = DataSplit.of(3, 0.4, 1);
        int[] counts = new SequenceRows(data, split, 10, 1).classCounts(17);
        int[] expected = new int[17];
        for (int sequence : split.training()) {
            for (int step = 0; step < data.length(sequence); step++) {
                expected[data.classOf(data.start(sequence) + step)] = 1;
            }
        }
        assertThat(split.validation()).hasSize(1);
        assertThat(counts).isEqualTo(expected);
        // Of each sequence the last half is held out.
        int[] ofText = new StreamRows(data, 0.5, 2).classCounts(17);
        for (int step = 0; step < 16; step++) {
            boolean held = step == 2 || step == 3 || step >= 9 && step < 14 || step == 15;
            assertThat(ofText[data.classOf(step)]).as("step %d", step).isEqualTo(held ? 0 : 1);
        }
        assertThat(ofText[16]).isZero();
    }

    @Test
    void evaluationHasEverySequenceOnce() {
        List<Integer> lengths = List.of(3, 1, 2, 5, 1);
        SequenceData data = numbered(lengths);
        SequenceRows rows = new SequenceRows(data, DataSplit.of(5, 0, 1), 5, 1);
        EvaluationBatches batches = rows.evaluation(new int[] {0, 1, 2, 3, 4}, 2);
        assertThat(batches.size()).isEqualTo(5);
        List<Integer> tokens = new ArrayList<>();
        for (int number = 0; number < batches.batches(); number++) {
            Minibatch batch = batches.batch(number);
            assertThat(batch.rows()).isEqualTo(2);
            for (int row = 0; row < 2; row++) {
                tokens.addAll(row(batch, row, data));
            }
        }
        assertThat(tokens)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 12).boxed().toList());
    }

    @Property(tries = 100)
    void streamsReadTheTextInOrder(
            @ForAll @Size(min = 1, max = 4) List<@IntRange(min = 6, max = 20) Integer> lengths,
            @ForAll @IntRange(min = 1, max = 4) int block,
            @ForAll @IntRange(min = 1, max = 5) int size,
            @ForAll boolean heldOut) {
        SequenceData data = numbered(lengths);
        StreamRows rows = new StreamRows(data, heldOut ? 0.25 : 0.0, block);
        List<Integer> heads = new ArrayList<>();
        List<Integer> tails = new ArrayList<>();
        int first = 0;
        for (int length : lengths) {
            int tail = heldOut ? length / 4 : 0;
            IntStream.range(first, first + length - tail).forEach(heads::add);
            IntStream.range(first + length - tail, first + length).forEach(tails::add);
            first += length;
        }
        int[] training = rows.training();
        assertThat(training).hasSize(heads.size() / block);
        int streams = Math.min(size, training.length);
        BatchSource source = rows.batches(training, streams, 0);
        assertThat(source.isContinued()).isTrue();
        int perStream = training.length / streams;
        assertThat(source.batches()).isEqualTo(perStream);
        List<List<Integer>> read = streams(source, perStream, streams, data);
        for (int stream = 0; stream < streams; stream++) {
            int from = stream * perStream * block;
            assertThat(read.get(stream)).isEqualTo(heads.subList(from, from + perStream * block));
        }
        EvaluationBatches validation = rows.evaluation(rows.validation(), size);
        List<Integer> evaluated = new ArrayList<>();
        List<List<Integer>> parts = new ArrayList<>();
        for (int number = 0; number < validation.batches(); number++) {
            Minibatch batch = validation.batch(number);
            assertThat(batch.lengths().continued()).isEqualTo(number > 0);
            for (int row = 0; row < batch.rows(); row++) {
                if (number == 0) {
                    parts.add(new ArrayList<>());
                }
                parts.get(row).addAll(row(batch, row, data));
            }
        }
        parts.forEach(evaluated::addAll);
        assertThat(evaluated).isEqualTo(tails);
    }

    private static List<List<Integer>> streams(BatchSource source, int batches, int streams, SequenceData data) {
        List<List<Integer>> read = new ArrayList<>();
        for (int number = 0; number < batches; number++) {
            Minibatch batch = batch(source, number);
            assertThat(batch.rows()).isEqualTo(streams);
            assertThat(batch.lengths().continued()).isEqualTo(number > 0);
            for (int row = 0; row < streams; row++) {
                if (number == 0) {
                    read.add(new ArrayList<>());
                }
                read.get(row).addAll(row(batch, row, data));
            }
        }
        return read;
    }

    @Test
    void refusesWhatDoesNotFit() {
        SequenceData data = numbered(List.of(3, 5));
        assertThatThrownBy(() -> new SequenceRows(data, DataSplit.of(2, 0, 1), 4, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("5 steps", "at most 4");
        assertThatThrownBy(() -> new StreamRows(data, 0.0, 9))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("8 steps", "fewer than the 9");
        assertThatThrownBy(() -> new StreamRows(data, 0.1, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("less than one step");
        assertThatThrownBy(() -> new StreamRows(data, 1.0, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1.0");
        MutableSequenceDataset<Label> weighted = TestSequences.tagged("a/X a/X");
        weighted.getExample(0).setWeight(2f);
        assertThatThrownBy(() -> new StreamRows(TestSequences.data(weighted), 0.0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the weight 1");
    }
}
