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

package org.tribuogrowth;

import java.util.Iterator;
import java.util.List;
import org.tribuo.Example;
import org.tribuo.ImmutableOutputInfo;
import org.tribuo.Prediction;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.provenance.DataProvenance;
import org.tribuo.provenance.EvaluationProvenance;
import org.tribuo.sequence.SequenceDataSource;
import org.tribuo.sequence.SequenceDataset;
import org.tribuo.sequence.SequenceEvaluator;
import org.tribuo.sequence.SequenceExample;
import org.tribuo.sequence.SequenceModel;
import org.tribuogrowth.data.TextDataSource;

/**
 * Measures language models, and other models that give probabilities of labels, by their perplexity. Of a
 * {@link GrowthSequenceModel} no more scores are in memory at a time than those of a batch of steps; of another model those of
 * one sequence.
 *
 * <p>The state of a model goes on through a sequence and begins anew with the next.
 */
public final class PerplexityEvaluator implements SequenceEvaluator<Label, PerplexityEvaluation> {
    private final String unknownToken;

    /** An evaluator for texts whose token for unknown ones is {@value TextDataSource#UNKNOWN_TOKEN}. */
    public PerplexityEvaluator() {
        this(TextDataSource.UNKNOWN_TOKEN);
    }

    /**
     * An evaluator.
     *
     * @param unknownToken The token for unknown ones, whose part of the data is reported.
     */
    public PerplexityEvaluator(String unknownToken) {
        this.unknownToken = unknownToken;
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException If there is no step whose label the model knows, or a label is missing.
     */
    @Override
    public PerplexityEvaluation evaluate(SequenceModel<Label> model, SequenceDataset<Label> dataset) {
        return evaluate(model, dataset, dataset.getProvenance());
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException If there is no step whose label the model knows, or a label is missing.
     */
    @Override
    public PerplexityEvaluation evaluate(SequenceModel<Label> model, SequenceDataSource<Label> source) {
        return evaluate(model, source, source.getProvenance());
    }

    private PerplexityEvaluation evaluate(
            SequenceModel<Label> model, Iterable<SequenceExample<Label>> sequences, DataProvenance provenance) {
        Sums sums = new Sums(model.getOutputIDInfo());
        if (model instanceof GrowthSequenceModel growth) {
            growth.score(sequences, (step, scores, offset) -> sums.add(step.getOutput(), scores, offset));
        } else {
            for (SequenceExample<Label> sequence : sequences) {
                sums.add(sequence, model.predict(sequence));
            }
        }
        return sums.evaluation(model, provenance);
    }

    /**
     * {@inheritDoc} The true labels are those of the predictions' examples.
     *
     * @throws IllegalArgumentException If there is no step whose label the model knows, or a label is missing.
     */
    @Override
    public PerplexityEvaluation evaluate(
            SequenceModel<Label> model, List<List<Prediction<Label>>> predictions, DataProvenance provenance) {
        Sums sums = new Sums(model.getOutputIDInfo());
        for (List<Prediction<Label>> sequence : predictions) {
            for (Prediction<Label> prediction : sequence) {
                sums.add(prediction.getExample().getOutput(), prediction);
            }
        }
        return sums.evaluation(model, provenance);
    }

    /** What is added up over all steps. */
    private final class Sums {
        private final ImmutableOutputInfo<Label> outputs;
        private long tokens;
        private long withoutScore;
        private long unknown;
        private long right;
        private double nats;

        Sums(ImmutableOutputInfo<Label> outputs) {
            this.outputs = outputs;
        }

        void add(SequenceExample<Label> sequence, List<Prediction<Label>> predictions) {
            Iterator<Prediction<Label>> prediction = predictions.iterator();
            for (Example<Label> step : sequence) {
                add(step.getOutput(), prediction.next());
            }
        }

        void add(Label truth, Prediction<Label> prediction) {
            Label score = prediction.getOutputScores().get(truth.getLabel());
            add(
                    truth,
                    score == null ? Double.NaN : score.getScore(),
                    prediction.getOutput().getLabel());
        }

        void add(Label truth, float[] scores, int offset) {
            int id = outputs.getID(truth);
            int best = 0;
            for (int i = 1; i < outputs.size(); i++) {
                best = scores[offset + i] > scores[offset + best] ? i : best;
            }
            add(
                    truth,
                    id < 0 ? Double.NaN : scores[offset + id],
                    outputs.getOutput(best).getLabel());
        }

        private void add(Label truth, double score, String predicted) {
            if (truth.equals(LabelFactory.UNKNOWN_LABEL)) {
                throw new IllegalArgumentException("A step has no label that its prediction could be compared with");
            }
            if (Double.isNaN(score)) {
                withoutScore++;
                return;
            }
            tokens++;
            unknown += truth.getLabel().equals(unknownToken) ? 1 : 0;
            right += truth.getLabel().equals(predicted) ? 1 : 0;
            // As in training, where a float could not tell it from 0.
            nats -= Math.log(Math.max(score, Float.MIN_VALUE));
        }

        PerplexityEvaluation evaluation(SequenceModel<Label> model, DataProvenance provenance) {
            if (tokens == 0) {
                throw new IllegalArgumentException("There is no step whose label the model knows, of " + withoutScore
                        + " steps in all; perplexity needs at least one");
            }
            return new PerplexityEvaluation(
                    tokens,
                    withoutScore,
                    nats / tokens,
                    (double) right / tokens,
                    (double) (unknown + withoutScore) / (tokens + withoutScore),
                    new EvaluationProvenance(model.getProvenance(), provenance));
        }
    }
}
