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
import java.util.List;
import org.tribuo.Example;
import org.tribuo.Output;
import org.tribuo.provenance.ModelProvenance;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.data.BoundLayout;
import org.tribuogrowth.export.Dl4jRun;
import org.tribuogrowth.export.ExportException;
import org.tribuogrowth.export.ExportedNetwork;
import org.tribuogrowth.export.FeatureColumns;
import org.tribuogrowth.export.OnnxVerifier;
import org.tribuogrowth.export.ScoreComparison;
import org.tribuogrowth.output.MultiLabelOutputAdapter;
import org.tribuogrowth.output.OutputAdapter;

/**
 * A model whose examples have one row of features each.
 *
 * @param <T> The output type.
 */
final class ExportedRows<T extends Output<T>> implements ExportedModel<Example<T>> {
    private final GrowthModel<T> model;
    private final OutputAdapter<T> adapter;
    private final CompactNetwork compact;
    private final BoundLayout layout;

    ExportedRows(GrowthModel<T> model, OutputAdapter<T> adapter, CompactNetwork compact, BoundLayout layout) {
        this.model = model;
        this.adapter = adapter;
        this.compact = compact;
        this.layout = layout;
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
        if (layout.shape() instanceof Shape.Tokens) {
            throw new ExportException("The model's examples have one feature, whose name is a token; a row of feature values"
                    + " does not say which. Models of sequences of tokens, from a GrowthSequenceTrainer, can be exported.");
        }
        return new ExportedNetwork(
                compact.parameters(),
                ExportedNetwork.places(layout, model.getFeatureIDMap().size()),
                compact.normaliser(),
                compact.scaling());
    }

    @Override
    public List<String> features() {
        return ExportedModel.names(model.getFeatureIDMap());
    }

    @Override
    public String outputType() {
        return adapter.typeWitness().getSimpleName();
    }

    @Override
    public List<String> outputs() {
        return adapter.names(model.getOutputIDInfo());
    }

    @Override
    public ScoreComparison comparison() {
        return new ScoreComparison(
                compact.parameters().architecture().output().activation(),
                threshold(),
                compact.scaling(),
                adapter.size(model.getOutputIDInfo()));
    }

    /** Above which score a label of several counts as true. */
    private double threshold() {
        return adapter instanceof MultiLabelOutputAdapter labels ? labels.threshold() : 0.5;
    }

    @Override
    public void compare(List<Example<T>> batch, OnnxVerifier runtime, ScoreComparison comparison) {
        // Knows nothing of the layout, so that it checks where that puts features.
        FeatureColumns columns = new FeatureColumns(model.getFeatureIDMap());
        float[] rows = new float[Math.multiplyExact(batch.size(), columns.count())];
        for (int i = 0; i < batch.size(); i++) {
            columns.write(batch.get(i), rows, i * columns.count());
        }
        compare(batch, runtime.run(rows, batch.size()), comparison);
    }

    @Override
    public void compare(List<Example<T>> batch, Dl4jRun run, ScoreComparison comparison) {
        int length = layout.length();
        float[] rows = new float[Math.multiplyExact(batch.size(), length)];
        for (int i = 0; i < batch.size(); i++) {
            layout.write(batch.get(i), rows, i * length);
        }
        compare(batch, run.run(rows, batch.size()), comparison);
    }

    private void compare(List<Example<T>> batch, float[] found, ScoreComparison comparison) {
        float[] expected = model.scores(batch, batch.size()).values();
        int positions = compact.parameters().architecture().outputPositions();
        comparison.add(expected, found, batch.size(), positions);
    }
}
