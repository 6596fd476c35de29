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

import com.oracle.labs.mlrg.olcut.provenance.ConfiguredObjectProvenance;
import com.oracle.labs.mlrg.olcut.provenance.impl.ConfiguredObjectProvenanceImpl;
import java.util.List;
import org.tribuo.Example;
import org.tribuo.ImmutableOutputInfo;
import org.tribuo.Prediction;
import org.tribuo.classification.Label;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.output.Loss;
import org.tribuogrowth.output.Measurement;
import org.tribuogrowth.output.OutputAdapter;

/** Masks written as labels, one character a pixel: the digits of three classes, and a point for a pixel that does not count. */
final class DigitMasks implements OutputAdapter<Label> {
    static final int CLASSES = 3;

    @Override
    public Class<Label> typeWitness() {
        return Label.class;
    }

    @Override
    public Loss loss() {
        return Loss.CLASS_CROSS_ENTROPY;
    }

    @Override
    public boolean generatesProbabilities() {
        return true;
    }

    @Override
    public int size(ImmutableOutputInfo<Label> outputs) {
        return CLASSES;
    }

    @Override
    public List<String> names(ImmutableOutputInfo<Label> outputs) {
        return List.of("0", "1", "2");
    }

    @Override
    public void encode(Label output, ImmutableOutputInfo<Label> outputs, Shape shape, float[] destination, int offset) {
        String mask = output.getLabel();
        if (mask.length() != shape.positions()) {
            throw new IllegalArgumentException("the mask has " + mask.length() + " pixels, " + shape.describe());
        }
        for (int i = 0; i < mask.length(); i++) {
            destination[offset + i] = mask.charAt(i) == '.' ? -1 : mask.charAt(i) - '0';
        }
    }

    @Override
    public Prediction<Label> decode(
            float[] scores,
            int offset,
            Shape shape,
            ImmutableOutputInfo<Label> outputs,
            Example<Label> example,
            int featuresUsed) {
        StringBuilder mask = new StringBuilder();
        for (int i = 0; i < shape.positions(); i++) {
            mask.append(largest(scores, offset + i * CLASSES));
        }
        return new Prediction<>(new Label(mask.toString()), featuresUsed, example);
    }

    private static int largest(float[] scores, int offset) {
        int best = 0;
        for (int i = 1; i < CLASSES; i++) {
            best = scores[offset + i] > scores[offset + best] ? i : best;
        }
        return best;
    }

    @Override
    public String measureName() {
        return "pixel-accuracy";
    }

    @Override
    public Measurement newMeasurement(int size, int positions) {
        return new Measurement() {
            private double right;
            private double counted;

            @Override
            public void add(float[] scores, int scoreOffset, float[] targets, int targetOffset, double weight) {
                for (int i = 0; i < positions; i++) {
                    if (targets[targetOffset + i] >= 0) {
                        counted += weight;
                        right += largest(scores, scoreOffset + i * size) == targets[targetOffset + i] ? weight : 0;
                    }
                }
            }

            @Override
            public double value() {
                return right / counted;
            }
        };
    }

    @Override
    public ConfiguredObjectProvenance getProvenance() {
        return new ConfiguredObjectProvenanceImpl(this, "OutputAdapter");
    }
}
