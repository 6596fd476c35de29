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

package org.tribuogrowth.output;

/**
 * What a network learns that gives each step of a sequence a label: the cross-entropy of a softmax against the number of
 * the true label. A measurement takes the steps one by one.
 *
 * @param measure  What validation says.
 * @param sampling How the classes are drawn that training compares; null for all.
 */
public record StepObjective(SequenceMeasure measure, SampledSoftmax sampling) implements Objective {
    /**
     * An objective that compares all classes.
     *
     * @param measure What validation says.
     */
    public StepObjective(SequenceMeasure measure) {
        this(measure, null);
    }

    @Override
    public Loss loss() {
        return Loss.CLASS_CROSS_ENTROPY;
    }

    @Override
    public String measureName() {
        return switch (measure) {
            case ACCURACY -> "accuracy";
            case PERPLEXITY -> "perplexity";
        };
    }

    @Override
    public boolean smallerIsBetter() {
        return measure == SequenceMeasure.PERPLEXITY;
    }

    @Override
    public Measurement newMeasurement(int size, int positions) {
        return switch (measure) {
            case ACCURACY -> Measurement.mean((scores, scoreOffset, targets, targetOffset) ->
                    isLargest(scores, scoreOffset, size, (int) targets[targetOffset]) ? 1.0 : 0.0);
            case PERPLEXITY -> new Perplexity(size);
        };
    }

    /** Of equal scores the first counts as the largest. */
    private static boolean isLargest(float[] scores, int offset, int size, int number) {
        for (int i = 0; i < size; i++) {
            float other = scores[offset + i];
            if (other > scores[offset + number] || i < number && other == scores[offset + number]) {
                return false;
            }
        }
        return true;
    }

    private static final class Perplexity implements Measurement {
        private final Measurement nats;

        Perplexity(int size) {
            nats = Measurement.mean((scores, scoreOffset, targets, targetOffset) ->
                    Loss.CLASS_CROSS_ENTROPY.of(scores, scoreOffset, targets, targetOffset, size));
        }

        @Override
        public void add(float[] scores, int scoreOffset, float[] targets, int targetOffset, double weight) {
            nats.add(scores, scoreOffset, targets, targetOffset, weight);
        }

        @Override
        public double value() {
            return Math.exp(nats.value());
        }
    }
}
