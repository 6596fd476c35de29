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

import com.oracle.labs.mlrg.olcut.provenance.ConfiguredObjectProvenance;
import com.oracle.labs.mlrg.olcut.provenance.impl.ConfiguredObjectProvenanceImpl;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.tribuo.Example;
import org.tribuo.ImmutableOutputInfo;
import org.tribuo.Prediction;
import org.tribuo.classification.Label;
import org.tribuogrowth.architecture.Shape;

/**
 * Classification: one output unit for each label, softmax, cross-entropy. The target of a label is 1 for its unit and 0
 * elsewhere; of equal scores the one with the lowest label id wins. It has no settings.
 */
public final class LabelOutputAdapter implements OutputAdapter<Label> {
    /** Makes the adapter; also for OLCUT. */
    public LabelOutputAdapter() {}

    @Override
    public Class<Label> typeWitness() {
        return Label.class;
    }

    @Override
    public Loss loss() {
        return Loss.CROSS_ENTROPY;
    }

    @Override
    public boolean generatesProbabilities() {
        return true;
    }

    @Override
    public int size(ImmutableOutputInfo<Label> outputs) {
        return outputs.size();
    }

    @Override
    public List<String> names(ImmutableOutputInfo<Label> outputs) {
        return IntStream.range(0, outputs.size())
                .mapToObj(id -> outputs.getOutput(id).getLabel())
                .toList();
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException If the label is unknown or not in the domain.
     */
    @Override
    public void encode(Label output, ImmutableOutputInfo<Label> outputs, Shape shape, float[] destination, int offset) {
        int id = outputs.getID(output);
        if (id < 0) {
            throw new IllegalArgumentException("The label '" + output.getLabel()
                    + "' is not in the output domain; allowed are the labels " + outputs.getDomain());
        }
        Arrays.fill(destination, offset, offset + outputs.size(), 0f);
        destination[offset + id] = 1f;
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException If a score is not finite.
     */
    @Override
    public Prediction<Label> decode(
            float[] scores,
            int offset,
            Shape shape,
            ImmutableOutputInfo<Label> outputs,
            Example<Label> example,
            int featuresUsed) {
        int size = outputs.size();
        Map<String, Label> distribution = new LinkedHashMap<>(size * 2);
        Label best = null;
        for (int id = 0; id < size; id++) {
            float score = scores[offset + id];
            String name = outputs.getOutput(id).getLabel();
            if (!Float.isFinite(score)) {
                throw new IllegalArgumentException(
                        "The score of the label '" + name + "' is " + score + ", expected a probability");
            }
            Label label = new Label(name, score);
            distribution.put(name, label);
            // Only a greater score replaces the best, so ties go to the lowest id.
            if (best == null || score > best.getScore()) {
                best = label;
            }
        }
        return new Prediction<>(best, distribution, featuresUsed, example, true);
    }

    @Override
    public String measureName() {
        return "accuracy";
    }

    /** {@inheritDoc} It is the mean by the examples' weights of {@link #measure}. */
    @Override
    public Measurement newMeasurement(int size, int positions) {
        return Measurement.mean((scores, scoreOffset, targets, targetOffset) ->
                measure(scores, scoreOffset, targets, targetOffset, size));
    }

    /** 1 if the largest score is that of the true label, else 0; of equal scores the first counts as the largest. */
    double measure(float[] scores, int scoreOffset, float[] targets, int targetOffset, int size) {
        return indexOfLargest(scores, scoreOffset, size) == indexOfLargest(targets, targetOffset, size) ? 1 : 0;
    }

    private static int indexOfLargest(float[] values, int offset, int size) {
        int best = 0;
        for (int i = 1; i < size; i++) {
            if (values[offset + i] > values[offset + best]) {
                best = i;
            }
        }
        return best;
    }

    @Override
    public ConfiguredObjectProvenance getProvenance() {
        return new ConfiguredObjectProvenanceImpl(this, "OutputAdapter");
    }

    @Override
    public String toString() {
        return "LabelOutputAdapter()";
    }
}
