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

import com.oracle.labs.mlrg.olcut.config.Config;
import com.oracle.labs.mlrg.olcut.config.ConfigurableName;
import com.oracle.labs.mlrg.olcut.config.PropertyException;
import com.oracle.labs.mlrg.olcut.provenance.ConfiguredObjectProvenance;
import com.oracle.labs.mlrg.olcut.provenance.impl.ConfiguredObjectProvenanceImpl;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.tribuo.Example;
import org.tribuo.ImmutableOutputInfo;
import org.tribuo.Prediction;
import org.tribuo.classification.Label;
import org.tribuo.multilabel.MultiLabel;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.configuration.Configured;
import org.tribuogrowth.configuration.FieldChecks;

/**
 * Classification into any number of labels at once, none included: one output unit for each label, a sigmoid for each, and
 * the sum of their binary cross-entropies. The target of a label is 1 if the example has it, else 0. A prediction holds the
 * labels whose probability is above the threshold, and the probabilities of all labels as its scores.
 */
public final class MultiLabelOutputAdapter implements OutputAdapter<MultiLabel> {
    /** The threshold unless another is given. */
    public static final double DEFAULT_THRESHOLD = 0.5;

    @Config(description = "Labels of a greater probability than this are predicted; at least 0 and below 1.")
    private double threshold = DEFAULT_THRESHOLD;

    @ConfigurableName
    private String configName;

    private boolean configured;

    /** Makes the adapter with the default threshold; also for OLCUT. */
    public MultiLabelOutputAdapter() {
        // OLCUT calls postConfig after it has set the fields; without it the defaults are good as they are.
        configured = true;
    }

    /**
     * Makes the adapter.
     *
     * @param threshold Labels of a greater probability are predicted.
     * @throws PropertyException If it is not at least 0 and below 1.
     */
    public MultiLabelOutputAdapter(double threshold) {
        this.threshold = threshold;
        postConfig();
    }

    /**
     * Checks the configuration.
     *
     * @throws PropertyException If the threshold is out of range.
     */
    @Override
    public void postConfig() {
        configured = false;
        new FieldChecks(configName).requireRate("threshold", threshold);
        configured = true;
    }

    /**
     * The threshold.
     *
     * @return Labels of a greater probability are predicted.
     */
    public double threshold() {
        Configured.require(configured, this);
        return threshold;
    }

    @Override
    public Class<MultiLabel> typeWitness() {
        return MultiLabel.class;
    }

    @Override
    public Loss loss() {
        Configured.require(configured, this);
        return Loss.BINARY_CROSS_ENTROPY;
    }

    @Override
    public boolean generatesProbabilities() {
        return true;
    }

    @Override
    public int size(ImmutableOutputInfo<MultiLabel> outputs) {
        return outputs.size();
    }

    @Override
    public List<String> names(ImmutableOutputInfo<MultiLabel> outputs) {
        return IntStream.range(0, outputs.size())
                .mapToObj(id -> outputs.getOutput(id).getLabelString())
                .toList();
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException If a label is not in the domain.
     */
    @Override
    public void encode(
            MultiLabel output, ImmutableOutputInfo<MultiLabel> outputs, Shape shape, float[] destination, int offset) {
        Arrays.fill(destination, offset, offset + outputs.size(), 0f);
        for (Label label : output.getLabelSet()) {
            int id = outputs.getID(new MultiLabel(label));
            if (id < 0) {
                throw new IllegalArgumentException("The label '" + label.getLabel()
                        + "' is not in the output domain; allowed are the labels " + outputs.toReadableString());
            }
            destination[offset + id] = 1f;
        }
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException If a score is not finite.
     */
    @Override
    public Prediction<MultiLabel> decode(
            float[] scores,
            int offset,
            Shape shape,
            ImmutableOutputInfo<MultiLabel> outputs,
            Example<MultiLabel> example,
            int featuresUsed) {
        int size = outputs.size();
        Map<String, MultiLabel> all = new LinkedHashMap<>(size * 2);
        Set<Label> predicted = new HashSet<>();
        for (int id = 0; id < size; id++) {
            float score = scores[offset + id];
            String name = outputs.getOutput(id).getLabelString();
            if (!Float.isFinite(score)) {
                throw new IllegalArgumentException(
                        "The score of the label '" + name + "' is " + score + ", expected a probability");
            }
            Label label = new Label(name, score);
            all.put(name, new MultiLabel(label));
            if (score > threshold) {
                predicted.add(label);
            }
        }
        return new Prediction<>(new MultiLabel(predicted), all, featuresUsed, example, true);
    }

    @Override
    public String measureName() {
        return "jaccard";
    }

    /** {@inheritDoc} It is the mean by the examples' weights of {@link #measure}. */
    @Override
    public Measurement newMeasurement(int size, int positions) {
        return Measurement.mean((scores, scoreOffset, targets, targetOffset) ->
                measure(scores, scoreOffset, targets, targetOffset, size));
    }

    /**
     * How many labels are predicted and true, as a part of those that are predicted or true; 1 if no label is either (P.
     * Jaccard, The distribution of the flora in the alpine zone, 1912).
     */
    double measure(float[] scores, int scoreOffset, float[] targets, int targetOffset, int size) {
        int both = 0;
        int either = 0;
        for (int i = 0; i < size; i++) {
            boolean predicted = scores[scoreOffset + i] > threshold;
            boolean right = targets[targetOffset + i] != 0f;
            both += predicted && right ? 1 : 0;
            either += predicted || right ? 1 : 0;
        }
        return either == 0 ? 1.0 : both / (double) either;
    }

    @Override
    public ConfiguredObjectProvenance getProvenance() {
        return new ConfiguredObjectProvenanceImpl(this, "OutputAdapter");
    }

    @Override
    public String toString() {
        return "MultiLabelOutputAdapter(threshold=" + threshold + ")";
    }
}
