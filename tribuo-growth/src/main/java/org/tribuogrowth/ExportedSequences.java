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

import com.oracle.labs.mlrg.olcut.provenance.Provenancable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.tribuo.Example;
import org.tribuo.classification.Label;
import org.tribuo.impl.BinaryFeaturesExample;
import org.tribuo.provenance.ModelProvenance;
import org.tribuo.sequence.SequenceExample;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.data.BoundLayout;
import org.tribuogrowth.export.Dl4jRun;
import org.tribuogrowth.export.ExportedNetwork;
import org.tribuogrowth.export.FeatureColumns;
import org.tribuogrowth.export.OnnxVerifier;
import org.tribuogrowth.export.ScoreComparison;

/**
 * A model whose examples are sequences. Of a sequence whose scores would take much memory, as a whole book's would, the
 * first steps are compared, which do not depend on those behind them.
 */
final class ExportedSequences implements ExportedModel<SequenceExample<Label>> {
    private final GrowthSequenceModel model;
    private final CompactNetwork compact;
    private final BoundLayout layout;
    private final int labels;

    ExportedSequences(GrowthSequenceModel model, CompactNetwork compact, BoundLayout layout) {
        this.model = model;
        this.compact = compact;
        this.layout = layout;
        this.labels = model.getOutputIDInfo().size();
    }

    private boolean tokens() {
        return layout.shape() instanceof Shape.Tokens;
    }

    @Override
    public CompactNetwork compact() {
        return compact;
    }

    @Override
    public Provenancable<ModelProvenance> model() {
        return model;
    }

    @Override
    public ExportedNetwork network() {
        List<Integer> places = tokens()
                ? List.of()
                : ExportedNetwork.places(layout, model.getFeatureIDMap().size());
        return new ExportedNetwork(compact.parameters(), places, Optional.empty(), Optional.empty(), true);
    }

    @Override
    public List<String> features() {
        List<String> features = ExportedModel.names(model.getFeatureIDMap());
        if (!(layout.shape() instanceof Shape.Tokens tokens)) {
            return features;
        }
        String[] numbered = new String[tokens.vocabulary()];
        List<String> names = new ArrayList<>(features);
        names.addAll(outputs());
        float[] number = new float[1];
        for (String name : names) {
            layout.write(new BinaryFeaturesExample<>(new Label(name), new String[] {name}), number, 0);
            numbered[(int) number[0]] = name;
        }
        return Arrays.asList(numbered);
    }

    @Override
    public String outputType() {
        return Label.class.getSimpleName();
    }

    @Override
    public List<String> outputs() {
        return GrowthSequenceModel.names(model.getOutputIDInfo());
    }

    @Override
    public ScoreComparison comparison() {
        return new ScoreComparison(
                compact.parameters().architecture().output().activation(), 0.5, Optional.empty(), labels);
    }

    @Override
    public void compare(List<SequenceExample<Label>> batch, OnnxVerifier runtime, ScoreComparison comparison) {
        FeatureColumns columns = new FeatureColumns(model.getFeatureIDMap());
        int width = tokens() ? 1 : columns.count();
        compare(batch, width, tokens() ? layout::write : columns::write, runtime::run, comparison);
    }

    @Override
    public void compare(List<SequenceExample<Label>> batch, Dl4jRun run, ScoreComparison comparison) {
        compare(batch, layout.length(), layout::write, run::run, comparison);
    }

    /** Writes the values of a step. */
    @FunctionalInterface
    private interface StepWriter {
        void write(Example<Label> step, float[] destination, int offset);
    }

    /** Computes scores of sequences of some lengths. */
    @FunctionalInterface
    private interface Scorer {
        float[] run(float[] values, int[] lengths);
    }

    private void compare(
            List<SequenceExample<Label>> batch,
            int width,
            StepWriter writer,
            Scorer scorer,
            ScoreComparison comparison) {
        int most = Math.max(1, MOST_SCORES / labels);
        for (int from = 0; from < batch.size(); ) {
            List<SequenceExample<Label>> together = new ArrayList<>();
            int longest = 0;
            while (from < batch.size()) {
                SequenceExample<Label> next = beginning(batch.get(from), most);
                int steps = Math.max(longest, next.size());
                if (!together.isEmpty() && (long) steps * (together.size() + 1) > most) {
                    break;
                }
                together.add(next);
                longest = steps;
                from++;
            }
            compareTogether(together, longest, width, writer, scorer, comparison);
        }
    }

    private static SequenceExample<Label> beginning(SequenceExample<Label> sequence, int most) {
        if (sequence.size() <= most) {
            return sequence;
        }
        List<Example<Label>> steps = new ArrayList<>();
        for (int i = 0; i < most; i++) {
            steps.add(sequence.get(i));
        }
        return new SequenceExample<>(steps);
    }

    private void compareTogether(
            List<SequenceExample<Label>> batch,
            int longest,
            int width,
            StepWriter writer,
            Scorer scorer,
            ScoreComparison comparison) {
        float[] values = new float[Math.multiplyExact(batch.size() * longest, width)];
        float[] expected = new float[Math.multiplyExact(batch.size() * longest, labels)];
        int[] lengths = new int[batch.size()];
        for (int row = 0; row < lengths.length; row++) {
            SequenceExample<Label> sequence = batch.get(row);
            lengths[row] = sequence.size();
            for (int step = 0; step < lengths[row]; step++) {
                writer.write(sequence.get(step), values, (row * longest + step) * width);
            }
            int[] at = {row * longest * labels};
            // One at a time, so that the scores come step after step.
            model.score(List.of(sequence), (step, scores, offset) -> {
                System.arraycopy(scores, offset, expected, at[0], labels);
                at[0] += labels;
            });
        }
        comparison.add(expected, scorer.run(values, lengths), lengths, longest);
    }
}
