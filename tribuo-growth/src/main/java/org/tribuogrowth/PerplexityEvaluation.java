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

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.tribuo.classification.Label;
import org.tribuo.evaluation.metrics.EvaluationMetric;
import org.tribuo.evaluation.metrics.MetricID;
import org.tribuo.evaluation.metrics.MetricTarget;
import org.tribuo.provenance.EvaluationProvenance;
import org.tribuo.sequence.SequenceEvaluation;

/**
 * How well a model predicts the labels of sequences, as a language model the next token. Every step counts alike. Immutable.
 */
public final class PerplexityEvaluation implements SequenceEvaluation<Label> {
    /** The name of the perplexity among the metrics. */
    public static final String PERPLEXITY = "Perplexity";

    /** The name of the bits a token among the metrics. */
    public static final String BITS_PER_TOKEN = "Bits per token";

    /** The name of the accuracy among the metrics. */
    public static final String ACCURACY = "Accuracy";

    /** The name of the part of unknown tokens among the metrics. */
    public static final String UNKNOWN_RATE = "Unknown rate";

    private final long tokens;
    private final long withoutScore;
    private final double nats;
    private final double accuracy;
    private final double unknownRate;
    private final EvaluationProvenance provenance;

    /**
     * Figures of predictions.
     *
     * @param tokens       The number of steps whose label has a score.
     * @param withoutScore The number of steps whose label the model does not know.
     * @param nats         The mean of {@code -ln p} of the true labels over the steps that count.
     * @param accuracy     The part of these whose true label has the largest score.
     * @param unknownRate  The part of all steps whose label is the token for unknown ones, or that have no score.
     * @param provenance   Of what model and data these figures are.
     */
    PerplexityEvaluation(
            long tokens,
            long withoutScore,
            double nats,
            double accuracy,
            double unknownRate,
            EvaluationProvenance provenance) {
        this.tokens = tokens;
        this.withoutScore = withoutScore;
        this.nats = nats;
        this.accuracy = accuracy;
        this.unknownRate = unknownRate;
        this.provenance = provenance;
    }

    /**
     * The perplexity: the exponential of the mean of {@code -ln p} of the true labels, which is how many equally likely labels
     * there would have to be for the model to be as surprised as it is.
     *
     * @return At least 1; smaller is better.
     */
    public double perplexity() {
        return Math.exp(nats);
    }

    /**
     * The mean of {@code -log2 p} of the true labels; where tokens are characters, the bits per character.
     *
     * @return At least 0; smaller is better.
     */
    public double bitsPerToken() {
        return nats / Math.log(2.0);
    }

    /**
     * The part of the steps whose true label has the largest score.
     *
     * @return 0 to 1.
     */
    public double accuracy() {
        return accuracy;
    }

    /**
     * The part of all steps whose label is the token for unknown ones, or is not known to the model.
     *
     * @return 0 to 1.
     */
    public double unknownRate() {
        return unknownRate;
    }

    /**
     * The number of steps that perplexity and accuracy are of.
     *
     * @return At least 1.
     */
    public long tokens() {
        return tokens;
    }

    /**
     * The number of steps that they are not of, since the model does not know the label and has no score for it.
     *
     * @return At least 0; 0 for texts of a {@link org.tribuogrowth.data.TextDataSource} with the model's vocabulary.
     */
    public long withoutScore() {
        return withoutScore;
    }

    @Override
    public Map<MetricID<Label>, Double> asMap() {
        Map<MetricID<Label>, Double> map = new LinkedHashMap<>();
        map.put(id(PERPLEXITY), perplexity());
        map.put(id(BITS_PER_TOKEN), bitsPerToken());
        map.put(id(ACCURACY), accuracy);
        map.put(id(UNKNOWN_RATE), unknownRate);
        return map;
    }

    private static MetricID<Label> id(String name) {
        return new MetricID<>(new MetricTarget<Label>(EvaluationMetric.Average.MICRO), name);
    }

    @Override
    public EvaluationProvenance getProvenance() {
        return provenance;
    }

    @Override
    public String toString() {
        String text = String.format(
                Locale.ROOT,
                "Perplexity %.3f (%.4f bits per token), accuracy %.4f, %d tokens, %.2f %% of them unknown",
                perplexity(),
                bitsPerToken(),
                accuracy,
                tokens + withoutScore,
                100.0 * unknownRate);
        return withoutScore == 0 ? text : text + ", " + withoutScore + " without a score";
    }
}
