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

package org.tribuogrowth.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tribuogrowth.architecture.Activation;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.LayerSpec;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.architecture.UnitGroup;
import org.tribuogrowth.data.Minibatch;
import org.tribuogrowth.data.SequenceLengths;
import org.tribuogrowth.output.SampledSoftmax;
import org.tribuogrowth.random.CountedRandom;

/** Small networks that read sequences, and batches for them. */
public final class SequenceSamples {
    static final int STEPS = 6;
    static final int WIDTH = 3;
    static final int CLASSES = 5;
    static final int VOCABULARY = 7;

    private SequenceSamples() {}

    /** Recurrent layers, then classes from the last step. */
    public static Architecture classifier(int layers, double dropout) {
        List<UnitGroup> groups = new ArrayList<>();
        List<LayerSpec> specs = new ArrayList<>();
        String last = stack(groups, specs, LayerSpec.INPUT, layers, dropout, "");
        groups.add(new UnitGroup("classes", CLASSES, false));
        specs.add(new LayerSpec.LastStep("last", last));
        specs.add(new LayerSpec.Output("output", "last", "classes", Activation.SOFTMAX));
        return new Architecture(new Shape.Sequence(STEPS, WIDTH), groups, specs);
    }

    /** Recurrent layers and a dense layer, then classes at each step. */
    public static Architecture tagger(int layers, double dropout) {
        List<UnitGroup> groups = new ArrayList<>();
        List<LayerSpec> specs = new ArrayList<>();
        String last = stack(groups, specs, LayerSpec.INPUT, layers, dropout, "");
        groups.add(new UnitGroup("dense", 4, true));
        groups.add(new UnitGroup("classes", CLASSES, false));
        specs.add(new LayerSpec.Dense("dense", last, "dense", true, false, Activation.TANH));
        specs.add(new LayerSpec.Output("output", "dense", "classes", Activation.SOFTMAX));
        return new Architecture(new Shape.Sequence(STEPS, WIDTH), groups, specs);
    }

    /** A language model: an embedding, recurrent layers, and a word at each step, by the embedding's own matrix if tied. */
    public static Architecture language(int layers, boolean tied, double dropout) {
        List<UnitGroup> groups = new ArrayList<>();
        List<LayerSpec> specs = new ArrayList<>();
        groups.add(new UnitGroup("vectors", 5, true));
        specs.add(new LayerSpec.Embedding("embedding", LayerSpec.INPUT, "vectors"));
        String last = stack(groups, specs, "embedding", layers, dropout, tied ? "vectors" : "");
        groups.add(new UnitGroup("words", VOCABULARY, false));
        specs.add(new LayerSpec.Output("output", last, "words", Activation.SOFTMAX, tied ? "embedding" : ""));
        return new Architecture(new Shape.Tokens(STEPS, VOCABULARY), groups, specs);
    }

    private static String stack(
            List<UnitGroup> groups, List<LayerSpec> specs, String input, int layers, double dropout, String lastGroup) {
        String read = input;
        for (int layer = 1; layer <= layers; layer++) {
            String name = "lstm" + layer;
            String group = layer == layers && !lastGroup.isEmpty() ? lastGroup : name;
            if (group.equals(name)) {
                groups.add(new UnitGroup(name, 3 + layer, true));
            }
            specs.add(new LayerSpec.Lstm(name, read, group));
            read = name;
            if (dropout > 0) {
                specs.add(new LayerSpec.Dropout("dropout" + layer, read, dropout));
                read = "dropout" + layer;
            }
        }
        return read;
    }

    /** Whether a network gives scores at each step. */
    static boolean ofSteps(Architecture architecture) {
        return architecture.outputPositions() > 1;
    }

    /** A proposal by which later classes are drawn more often; null for no draws. */
    static SampledSoftmax sampling(Architecture architecture, int draws) {
        if (draws == 0) {
            return null;
        }
        int[] counts = new int[architecture.group(architecture.output().units()).width()];
        for (int number = 0; number < counts.length; number++) {
            counts[number] = number * number;
        }
        return new SampledSoftmax(draws, counts);
    }

    /** Lengths of which the longest is the batch's number of steps. */
    static SequenceLengths lengths(int rows, int steps, boolean continued, long seed) {
        CountedRandom random = CountedRandom.of(seed, "lengths");
        int[] lengths = new int[rows];
        for (int row = 0; row < rows; row++) {
            lengths[row] = row == 0 ? steps : 1 + random.nextInt(steps);
        }
        return new SequenceLengths(steps, lengths, continued);
    }

    static SequenceLengths full(int rows, int steps, boolean continued) {
        int[] lengths = new int[rows];
        Arrays.fill(lengths, steps);
        return new SequenceLengths(steps, lengths, continued);
    }

    /** A random batch; padding has features like others, and negative targets. */
    static Minibatch batch(Architecture architecture, SequenceLengths lengths, long seed) {
        int rows = lengths.rows();
        int steps = lengths.steps();
        CountedRandom random = CountedRandom.of(seed, "sequences");
        boolean tokens = architecture.input() instanceof Shape.Tokens;
        float[] features = new float[rows * steps * (tokens ? 1 : WIDTH)];
        for (int i = 0; i < features.length; i++) {
            features[i] = tokens ? random.nextInt(VOCABULARY) : (float) random.nextGaussian();
        }
        int outputs = architecture.group(architecture.output().units()).width();
        float[] targets;
        if (ofSteps(architecture)) {
            targets = new float[rows * steps];
            for (int i = 0; i < targets.length; i++) {
                targets[i] = i % steps < lengths.length(i / steps) ? random.nextInt(outputs) : -1;
            }
        } else {
            targets = new float[rows * outputs];
            for (int row = 0; row < rows; row++) {
                targets[row * outputs + random.nextInt(outputs)] = 1;
            }
        }
        return new Minibatch(features, targets, null, rows, lengths);
    }

    /** The same batch with steps added to all rows, which hold what a seed says. */
    static Minibatch padded(Architecture architecture, Minibatch batch, int steps, long seed) {
        int before = batch.lengths().steps();
        int rows = batch.rows();
        int width = batch.features().length / rows / before;
        int[] lengths = new int[rows];
        for (int row = 0; row < rows; row++) {
            lengths[row] = batch.lengths().length(row);
        }
        SequenceLengths longer =
                new SequenceLengths(steps, lengths, batch.lengths().continued());
        Minibatch other = batch(architecture, longer, seed);
        for (int row = 0; row < rows; row++) {
            System.arraycopy(
                    batch.features(),
                    row * before * width,
                    other.features(),
                    row * steps * width,
                    lengths[row] * width);
            if (ofSteps(architecture)) {
                System.arraycopy(batch.targets(), row * before, other.targets(), row * steps, lengths[row]);
            }
        }
        float[] targets = ofSteps(architecture) ? other.targets() : batch.targets();
        return new Minibatch(other.features(), targets, null, rows, longer);
    }
}
