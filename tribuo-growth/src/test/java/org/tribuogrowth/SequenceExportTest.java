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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tribuo.Example;
import org.tribuo.MutableDataset;
import org.tribuo.Prediction;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuo.sequence.MutableSequenceDataset;
import org.tribuo.sequence.SequenceExample;
import org.tribuogrowth.architecture.CostMeasure;
import org.tribuogrowth.architecture.family.LstmFamily;
import org.tribuogrowth.data.SequenceLayout;
import org.tribuogrowth.data.TokenLayout;
import org.tribuogrowth.data.VectorLayout;
import org.tribuogrowth.export.ExportException;
import org.tribuogrowth.export.ExportVerification;
import org.tribuogrowth.export.OnnxMetadata;
import org.tribuogrowth.export.OnnxModel;
import org.tribuogrowth.output.LabelOutputAdapter;
import org.tribuogrowth.random.CountedRandom;
import org.tribuogrowth.search.Budget;
import org.tribuogrowth.search.DynamicSparseTraining;
import org.tribuogrowth.search.FixedStructure;
import org.tribuogrowth.search.JointSearchAndTraining;
import org.tribuogrowth.search.StructureSearch;
import org.tribuogrowth.training.AdamOptimiser;
import org.tribuogrowth.training.ConstantRate;

/** Trained models of sequences in ONNX Runtime and in DL4J. */
class SequenceExportTest {
    private static final double TOLERANCE = 1e-5;
    private static final MutableSequenceDataset<Label> TEXT = TestTexts.dataset(List.of(TestTexts.text(60, 1)));
    private static final MutableSequenceDataset<Label> TEST =
            TestTexts.dataset(List.of(TestTexts.text(20, 2), TestTexts.text(3, 3)));

    private static void assertExported(GrowthSequenceModel model, MutableSequenceDataset<Label> data) {
        long steps = 0;
        for (SequenceExample<Label> sequence : data) {
            steps += sequence.size();
        }
        ExportVerification onnx =
                model.onnxExporter().export(false, data, TOLERANCE).verification();
        ExportVerification dl4j = model.dl4jExporter().export(data, TOLERANCE).verification();
        for (ExportVerification verification : List.of(onnx, dl4j)) {
            assertThat(verification.examples()).isEqualTo(data.size());
            assertThat(verification.decisions()).isEqualTo(steps);
            assertThat(verification.agreeing()).hasValue(steps);
            assertThat(verification.describe("sequences")).contains(steps + " decided alike of " + steps + " steps");
        }
    }

    private static void assertExported(StructureSearch search) {
        try (GrowthSequenceModel model =
                TestTexts.languageModel(search).epochs(6).build().train(TEXT)) {
            assertExported(model, TEST);
        }
    }

    @Test
    void languageModelsThatGrew() {
        assertExported(TestTexts.growing());
    }

    @Test
    void languageModelsWithMaskedWeights() {
        assertExported(DynamicSparseTraining.withPenalty(1e-3));
    }

    @Test
    void languageModelsThatWereSampled() {
        assertExported(JointSearchAndTraining.builder()
                .budget(new Budget(0.6, CostMeasure.PARAMETERS))
                .phases(0.2, 0.4, 0)
                .passes(2, 1, 0.25)
                .build());
    }

    @Test
    void outputsThatShareTheEmbedding() {
        GrowthSequenceTrainer trainer = GrowthSequenceTrainer.builder(
                        new TokenLayout(),
                        LstmFamily.builder(List.of(8, 12))
                                .everyStep(true)
                                .tied(true)
                                .dropout(0.1, 0.1, 0.1)
                                .build(),
                        TestTexts.growing(),
                        new AdamOptimiser(0.02, 0.0, false, new ConstantRate()))
                .steps(5)
                .carriedState(true)
                .minibatchSize(4)
                .epochs(6)
                .build();
        try (GrowthSequenceModel model = trainer.train(TEXT)) {
            assertExported(model, TEST);
        }
    }

    /** Steps of named features, of which the second sequence has not all. */
    @Test
    void stepsWithFeatures() {
        List<SequenceExample<Label>> sequences = new ArrayList<>();
        CountedRandom random = CountedRandom.of(1, "steps");
        for (int length : List.of(4, 1, 6, 3)) {
            List<Example<Label>> steps = new ArrayList<>();
            for (int step = 0; step < length; step++) {
                double value = random.nextDouble();
                String[] names = step % 2 == 0 ? new String[] {"b", "a"} : new String[] {"c"};
                double[] values = step % 2 == 0 ? new double[] {value, 1.0} : new double[] {value};
                steps.add(new ArrayExample<>(new Label(value > 0.5 ? "high" : "low"), names, values));
            }
            sequences.add(new SequenceExample<>(steps));
        }
        GrowthSequenceTrainer trainer = GrowthSequenceTrainer.builder(
                        new VectorLayout(),
                        LstmFamily.builder(List.of(5)).everyStep(true).build(),
                        FixedStructure.dense(),
                        new AdamOptimiser(0.03, 0.0, false, new ConstantRate()))
                .minibatchSize(2)
                .epochs(2)
                .build();
        MutableSequenceDataset<Label> data = TestTexts.dataset(sequences);
        try (GrowthSequenceModel model = trainer.train(data)) {
            assertExported(model, data);
            assertThat(metadata(model).features()).containsExactly("a", "b", "c");
        }
    }

    /** One label a sequence, from an ordinary trainer: a row has the features of all steps. */
    @Test
    void lastStepsOfRows() {
        MutableDataset<Label> data =
                new MutableDataset<>(new SimpleDataSourceProvenance("test", new LabelFactory()), new LabelFactory());
        CountedRandom random = CountedRandom.of(2, "rows");
        for (int i = 0; i < 20; i++) {
            String[] names = new String[12];
            double[] values = new double[12];
            for (int place = 0; place < 12; place++) {
                names[place] = Integer.toString(place);
                values[place] = random.nextDouble();
            }
            data.add(new ArrayExample<>(new Label(values[11] > 0.5 ? "high" : "low"), names, values));
        }
        GrowthTrainer<Label> trainer = GrowthTrainer.builder(
                        new LabelOutputAdapter(),
                        new SequenceLayout(4, 3),
                        LstmFamily.builder(List.of(5)).build(),
                        TestTrainers.growing(),
                        new AdamOptimiser(0.03, 0.0, false, new ConstantRate()))
                .epochs(6)
                .minibatchSize(4)
                .build();
        try (GrowthModel<Label> model = trainer.train(data)) {
            ExportVerification onnx =
                    model.onnxExporter().export(false, data, TOLERANCE).verification();
            ExportVerification dl4j =
                    model.dl4jExporter().export(data, TOLERANCE).verification();
            assertThat(List.of(onnx.decisions(), dl4j.decisions())).containsOnly(20L);
        }
    }

    private static OnnxMetadata metadata(GrowthSequenceModel model) {
        return OnnxMetadata.read(model.exportONNXModel("test", 0));
    }

    /** What someone does who has the file alone: the metadata numbers the tokens of the input and names the labels. */
    @Test
    void theFileAloneIsEnoughToPredict() throws OrtException {
        try (GrowthSequenceModel model = TestTexts.tagger().epochs(4).build().train(TestTexts.echoes(60, 1))) {
            SequenceExample<Label> example = TestTexts.sequence("p/none q/p q/q p/q");
            OnnxMetadata metadata = metadata(model);
            long[][] tokens = new long[1][example.size()];
            for (int step = 0; step < example.size(); step++) {
                String token = example.get(step).iterator().next().getName();
                tokens[0][step] = metadata.features().indexOf(token);
            }
            OrtEnvironment environment = OrtEnvironment.getEnvironment();
            try (OrtSession session = environment.createSession(OnnxModel.bytes(model.exportONNXModel("test", 0)));
                    OnnxTensor input = OnnxTensor.createTensor(environment, tokens);
                    OnnxTensor lengths = OnnxTensor.createTensor(environment, new int[] {example.size()});
                    OrtSession.Result result = session.run(Map.of("input", input, "lengths", lengths))) {
                float[][][] scores =
                        (float[][][]) result.get("output").orElseThrow().getValue();
                List<Prediction<Label>> expected = model.predict(example);
                for (int step = 0; step < example.size(); step++) {
                    for (int id = 0; id < scores[0][step].length; id++) {
                        double score = expected.get(step)
                                .getOutputScores()
                                .get(metadata.outputs().get(id))
                                .getScore();
                        assertThat((double) scores[0][step][id]).isCloseTo(score, within(TOLERANCE));
                    }
                }
            }
        }
    }

    @Test
    void aGraphThatComputesSomethingElseIsNotGoodEnough() {
        try (GrowthSequenceModel model = TestTexts.languageModel(FixedStructure.dense())
                .epochs(1)
                .build()
                .train(TEXT)) {
            ModelProto.Builder changed = model.exportONNXModel("test", 0).toBuilder();
            for (TensorProto.Builder array : changed.getGraphBuilder().getInitializerBuilderList()) {
                if (array.getName().equals("lstm1/recurrent-weight")) {
                    array.setRawData(
                            ByteString.copyFrom(new byte[array.getRawData().size()]));
                }
            }
            assertThat(model.onnxExporter()
                            .verify(OnnxModel.bytes(changed.build()), TEST, 1e-4)
                            .passed())
                    .isFalse();
            assertThatThrownBy(() -> model.onnxExporter().export(false, List.of(), 1e-4))
                    .isInstanceOf(ExportException.class)
                    .hasMessageContaining("0 examples");
        }
    }
}
