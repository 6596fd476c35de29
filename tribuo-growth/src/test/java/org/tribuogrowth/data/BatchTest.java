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

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.random.CountedRandom;

final class BatchTest {
    @Property(tries = 200)
    void splitsArePartitions(
            @ForAll @IntRange(min = 2, max = 500) int rows,
            @ForAll @DoubleRange(min = 0, max = 1, maxIncluded = false) double fraction,
            @ForAll long seed) {
        if (fraction > 0 && (int) (rows * fraction) == 0) {
            assertThatThrownBy(() -> DataSplit.of(rows, fraction, seed)).hasMessageContaining("less than one example");
            return;
        }
        DataSplit split = DataSplit.of(rows, fraction, seed);
        assertThat(split.training()).isSorted().isNotEmpty();
        assertThat(split.validation()).isSorted().hasSize(Math.min(rows - 1, (int) (rows * fraction)));
        int[] all = IntStream.concat(Arrays.stream(split.training()), Arrays.stream(split.validation()))
                .sorted()
                .toArray();
        assertThat(all).containsExactly(IntStream.range(0, rows).toArray());
        assertThat(DataSplit.of(rows, fraction, seed).validation()).containsExactly(split.validation());
    }

    @Test
    void splitsDependOnTheSeed() {
        assertThat(DataSplit.of(100, 0.2, 1).validation())
                .isNotEqualTo(DataSplit.of(100, 0.2, 2).validation());
        assertThat(DataSplit.of(1, 0, 1).training()).containsExactly(0);
        for (double bad : new double[] {-0.1, 1, Double.NaN}) {
            assertThatThrownBy(() -> DataSplit.of(10, bad, 1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("validation fraction");
        }
        assertThatThrownBy(() -> DataSplit.of(0, 0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThat(DataSplit.of(10, Math.nextDown(1.0), 1).training()).hasSize(1);
    }

    @Property(tries = 200)
    void batchesHaveDifferentRows(
            @ForAll @IntRange(min = 1, max = 200) int count,
            @ForAll @IntRange(min = 1, max = 64) int batchSize,
            @ForAll @IntRange(min = 0, max = 1000) int epoch,
            @ForAll long seed) {
        int[] rows = IntStream.range(0, count).map(i -> 3 * i + 1).toArray();
        BatchPlan plan = new BatchPlan(rows, batchSize, seed);
        assertThat(plan.stepsPerEpoch()).isEqualTo(Math.max(1, count / batchSize));
        Set<Integer> seen = new HashSet<>();
        for (int step = 0; step < plan.stepsPerEpoch(); step++) {
            int[] batch = plan.rows(epoch, step);
            assertThat(batch).hasSize(Math.min(batchSize, count));
            Arrays.stream(batch).forEach(row -> assertThat(seen.add(row)).isTrue());
        }
        assertThat(rows).contains(seen.stream().mapToInt(Integer::intValue).toArray());
        assertThat(seen).hasSize(plan.stepsPerEpoch() * plan.batchSize());
        assertThatThrownBy(() -> plan.rows(epoch, plan.stepsPerEpoch())).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void epochsDifferButRepeat() {
        int[] rows = IntStream.range(0, 50).toArray();
        BatchPlan plan = new BatchPlan(rows, 16, 7);
        int[] first = plan.rows(0, 1);
        int[] second = plan.rows(1, 1);
        assertThat(second).isNotEqualTo(first);
        assertThat(plan.rows(0, 1)).containsExactly(first);
        assertThat(new BatchPlan(rows, 16, 7).rows(1, 1)).containsExactly(second);
        assertThat(new BatchPlan(rows, 16, 8).rows(1, 1)).isNotEqualTo(second);
        // Rows left over in one epoch come in another.
        Set<Integer> seen = new HashSet<>();
        for (int epoch = 0; epoch < 5; epoch++) {
            for (int step = 0; step < 3; step++) {
                Arrays.stream(plan.rows(epoch, step)).forEach(seen::add);
            }
        }
        assertThat(seen).hasSize(50);
        assertThatThrownBy(() -> new BatchPlan(new int[0], 1, 1)).hasMessageContaining("no examples");
        assertThatThrownBy(() -> new BatchPlan(rows, 0, 1)).hasMessageContaining("batch size is 0");
    }

    private static DenseData images(int count) {
        float[][] rows = new float[count][18];
        for (int row = 0; row < count; row++) {
            for (int i = 0; i < 18; i++) {
                rows[row][i] = 100 * row + i + 1;
            }
        }
        return NormalisationTest.data(new ImageLayout(3, 3, 2), rows);
    }

    @Test
    void whatAnExampleBecomesDoesNotDependOnItsBatch() {
        DenseData data = images(6);
        List<Augmentation> augmentations = List.of(new PadCropAugmentation(1), new HorizontalFlipAugmentation());
        BatchAssembler assembler = new BatchAssembler(data, augmentations, null, 3);
        float[] together = new float[6 * 18];
        float[] targets = new float[6];
        assembler.assembleTraining(4, new int[] {5, 3, 1, 0, 2, 4}, together, targets);
        float[] alone = new float[18];
        new BatchAssembler(data, augmentations, null, 3).assembleTraining(4, new int[] {1}, alone, targets);
        assertThat(Arrays.copyOfRange(together, 2 * 18, 3 * 18)).containsExactly(alone);
        float[] otherEpoch = new float[6 * 18];
        assembler.assembleTraining(5, new int[] {5, 3, 1, 0, 2, 4}, otherEpoch, targets);
        assertThat(otherEpoch).isNotEqualTo(together);
    }

    @Test
    void normalisesAfterAugmentingAndLeavesTheDataAlone() {
        DenseData data = images(2);
        ChannelNormaliser normaliser = new ChannelNormaliser(new float[] {1, 2}, new float[] {2, 4});
        BatchAssembler assembler = new BatchAssembler(data, List.of(new HorizontalFlipAugmentation(1)), normaliser, 3);
        float[] features = new float[18];
        float[] targets = new float[1];
        assembler.assembleTraining(0, new int[] {0}, features, targets);
        // The first row 1..6 in three pixels of two channels, mirrored: 5 6 3 4 1 2.
        assertThat(Arrays.copyOf(features, 6)).containsExactly(2, 1, 1, 0.5f, 0, 0);
        assertThat(targets).containsExactly(1);

        float[] evaluated = new float[2 * 18];
        assembler.assembleEvaluation(new int[] {1, 1, 0}, 1, 3, evaluated, new float[2]);
        assertThat(evaluated[0]).isEqualTo(50);
        assertThat(Arrays.copyOfRange(evaluated, 18, 24)).containsExactly(0, 0, 1, 0.5f, 2, 1);
    }

    /** Straight from the definition: copy, change, subtract and divide each value. */
    @Property(tries = 100)
    void everyBitIsAsDefined(
            @ForAll @IntRange(min = 1, max = 6) int height,
            @ForAll @IntRange(min = 1, max = 6) int width,
            @ForAll @IntRange(min = 1, max = 4) int channels,
            @ForAll boolean normalised,
            @ForAll boolean augmented,
            @ForAll long seed) {
        int length = height * width * channels;
        CountedRandom random = CountedRandom.of(seed, "test");
        float[][] values = new float[5][length];
        for (float[] row : values) {
            for (int i = 0; i < length; i++) {
                row[i] = (float) random.nextGaussian();
            }
        }
        float[] mean = new float[channels];
        float[] deviation = new float[channels];
        for (int channel = 0; channel < channels; channel++) {
            mean[channel] = (float) random.nextGaussian();
            deviation[channel] = (float) random.nextDouble() + 0.01f;
        }
        List<Augmentation> augmentations =
                augmented ? List.of(new PadCropAugmentation(1), new HorizontalFlipAugmentation()) : List.of();
        BatchAssembler assembler = new BatchAssembler(
                NormalisationTest.data(new ImageLayout(height, width, channels), values),
                augmentations,
                normalised ? new ChannelNormaliser(mean, deviation) : null,
                seed);
        int[] rows = {3, 0, 4, 4, 1};
        float[] training = new float[5 * length];
        float[] evaluation = new float[5 * length];
        assembler.assembleTraining(2, rows, training, new float[5]);
        assembler.assembleEvaluation(rows, 0, 5, evaluation, new float[5]);
        for (int place = 0; place < 5; place++) {
            float[] changed = values[rows[place]].clone();
            CountedRandom augment = CountedRandom.of(seed, "augment", 2, rows[place]);
            for (Augmentation augmentation : augmentations) {
                augmentation.apply(changed, 0, new Shape.Image(height, width, channels), augment);
            }
            for (int i = 0; i < length; i++) {
                float plain = values[rows[place]][i];
                float expected = normalised ? (plain - mean[i % channels]) / deviation[i % channels] : plain;
                assertThat(evaluation[place * length + i]).isEqualTo(expected);
                float other = changed[i];
                expected = normalised ? (other - mean[i % channels]) / deviation[i % channels] : other;
                assertThat(training[place * length + i]).isEqualTo(expected);
            }
        }
    }

    @Test
    void refusesWhatDoesNotFit() {
        DenseData vectors = NormalisationTest.data(new VectorLayout(), new float[] {1, 2});
        assertThatThrownBy(() -> new BatchAssembler(vectors, List.of(new PadCropAugmentation()), null, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("vector 2");
        ChannelNormaliser three = new ChannelNormaliser(new float[3], new float[] {1, 1, 1});
        assertThatThrownBy(() -> new BatchAssembler(vectors, List.of(), three, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3 channels");
    }
}
