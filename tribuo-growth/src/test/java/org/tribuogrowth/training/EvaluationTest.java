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

package org.tribuogrowth.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tribuo.Example;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuogrowth.architecture.Activation;
import org.tribuogrowth.architecture.ActiveUnits;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.LayerSpec;
import org.tribuogrowth.architecture.Reparameterisation;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.architecture.UnitGroup;
import org.tribuogrowth.data.BatchAssembler;
import org.tribuogrowth.data.ChannelNormaliser;
import org.tribuogrowth.data.DataSplit;
import org.tribuogrowth.data.DenseData;
import org.tribuogrowth.data.DenseExample;
import org.tribuogrowth.data.DenseRows;
import org.tribuogrowth.data.FeatureNames;
import org.tribuogrowth.data.VectorLayout;
import org.tribuogrowth.kernel.KernelChoice;
import org.tribuogrowth.network.GatedNetwork;
import org.tribuogrowth.network.Initialisation;
import org.tribuogrowth.network.NetworkSettings;
import org.tribuogrowth.network.ParameterBank;
import org.tribuogrowth.output.LabelOutputAdapter;

class EvaluationTest {
    private static final int LENGTH = 3;
    private static final int BATCH = 2;
    private static final int[] ROWS = {4, 0, 3, 1, 2};

    private final DenseData data = data();
    private final BatchAssembler assembler =
            new BatchAssembler(data, List.of(), new ChannelNormaliser(new float[] {1}, new float[] {3}), 1);

    private static DenseData data() {
        List<Example<Label>> examples = new ArrayList<>();
        FeatureNames names = FeatureNames.of(List.of("a", "b", "c"));
        for (int row = 0; row < ROWS.length; row++) {
            float[] values = {row, 10 * row, 100 * row};
            examples.add(DenseExample.ofFloats(new Label(row % 2 == 0 ? "even" : "odd"), names, values));
        }
        LabelFactory factory = new LabelFactory();
        MutableDataset<Label> dataset =
                new MutableDataset<>(examples, new SimpleDataSourceProvenance("test", factory), factory);
        return DenseData.of(
                dataset,
                new VectorLayout().bind(dataset.getFeatureIDMap()),
                dataset.getOutputIDInfo(),
                new LabelOutputAdapter());
    }

    private Evaluation evaluation() {
        DenseRows rows = new DenseRows(data, DataSplit.of(ROWS.length, 0.0, 1), assembler, 1);
        return new Evaluation(rows, ROWS, BATCH);
    }

    @Test
    void scoresAndTargetsAreInTheOrderOfTheRows() {
        Evaluation evaluation = evaluation();
        LayerSpec output = new LayerSpec.Output("output", LayerSpec.INPUT, "labels", Activation.SOFTMAX);
        Architecture architecture = new Architecture(
                new Shape.Vector(LENGTH, 1), List.of(new UnitGroup("labels", 2, false)), List.of(output));
        ParameterBank bank = new ParameterBank(
                architecture,
                ActiveUnits.all(architecture),
                new Reparameterisation.None(),
                Initialisation.HE_NORMAL,
                1,
                (change, before, after) -> {});
        List<Float> scores = new ArrayList<>();
        List<Float> targets = new ArrayList<>();
        try (GatedNetwork network = bank.materialise(NetworkSettings.inference(KernelChoice.ND4J))) {
            evaluation.forEachBatch(network, (batch, batchScores) -> {
                for (int i = 0; i < batch.rows() * data.targetLength(); i++) {
                    scores.add(batchScores[i]);
                    targets.add(batch.targets()[i]);
                }
            });
            for (int i = 0; i < ROWS.length; i++) {
                float[] target = new float[data.targetLength()];
                data.copyTarget(ROWS[i], target, 0);
                float[] features = new float[LENGTH];
                assembler.assembleEvaluation(ROWS, i, i + 1, features, new float[data.targetLength()]);
                float[] score = new float[data.targetLength()];
                network.predict(features, 1, score, 0);
                for (int j = 0; j < target.length; j++) {
                    assertThat(targets.get(i * target.length + j)).isEqualTo(target[j]);
                    assertThat(scores.get(i * target.length + j)).isCloseTo(score[j], within(1e-6f));
                }
            }
        }
        assertThat(targets).hasSize(ROWS.length * data.targetLength());
        assertThat(evaluation.size()).isEqualTo(ROWS.length);
    }
}
