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

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tribuo.Example;
import org.tribuo.Prediction;
import org.tribuo.classification.Label;
import org.tribuo.protos.core.SequenceModelProto;
import org.tribuo.sequence.SequenceExample;
import org.tribuo.sequence.SequenceModel;
import org.tribuogrowth.protos.GrowthModelProto;
import org.tribuogrowth.protos.GrowthSequenceModelProto;
import org.tribuogrowth.protos.OutputKindProto;
import org.tribuogrowth.protos.TokenLayoutProto;
import org.tribuogrowth.search.FixedStructure;

final class GrowthSequenceModelTest {
    private static GrowthSequenceModel model;

    @BeforeAll
    static void train() {
        model = TestTexts.languageModel(FixedStructure.dense())
                .epochs(2)
                .build()
                .train(TestTexts.dataset(List.of(TestTexts.text(60, 1))));
    }

    @AfterAll
    static void close() {
        model.close();
    }

    private static void assertSame(List<Prediction<Label>> found, List<Prediction<Label>> expected) {
        assertThat(found).hasSameSizeAs(expected);
        for (int step = 0; step < found.size(); step++) {
            assertThat(found.get(step).distributionEquals(expected.get(step), 1e-5))
                    .as("step " + step)
                    .isTrue();
        }
    }

    private static SequenceExample<Label> prefix(SequenceExample<Label> sequence, int length) {
        List<Example<Label>> steps = new ArrayList<>();
        for (int step = 0; step < length; step++) {
            steps.add(sequence.get(step));
        }
        return new SequenceExample<>(steps);
    }

    @Test
    void aStepDependsOnTheStepsBeforeItAlone() {
        // Lengths below, at and above the six steps that the network takes at a time.
        SequenceExample<Label> whole = TestTexts.text(5, 9);
        List<Prediction<Label>> all = model.predict(whole);
        assertThat(all).hasSize(19);
        for (int length : new int[] {1, 5, 6, 7, 12, 13, 18}) {
            assertSame(model.predict(prefix(whole, length)), all.subList(0, length));
        }
    }

    @Test
    void check14_manySequencesArePredictedAsEachAlone() {
        List<SequenceExample<Label>> sequences = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            sequences.add(prefix(TestTexts.text(5, i), 1 + 3 * i % 19));
        }
        try (GrowthSequenceModel other = model.copy()) {
            for (int batch : new int[] {1, 3, 7}) {
                other.setBatchSize(batch);
                List<List<Prediction<Label>>> together = other.predict(sequences);
                for (int i = 0; i < sequences.size(); i++) {
                    assertSame(together.get(i), model.predict(sequences.get(i)));
                }
            }
        }
        assertThatThrownBy(() -> model.setBatchSize(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void check15_scoresOfAStepAreAMapOfAllLabels() {
        Prediction<Label> prediction = model.predict(TestTexts.text(2, 3)).get(0);
        Map<String, Label> scores = prediction.getOutputScores();
        assertThat(scores).hasSize(5).containsKeys("a", "b", "x", "y", "z").doesNotContainKey("w");
        assertThat(scores.get("w")).isNull();
        double sum = 0.0;
        for (Map.Entry<String, Label> entry : scores.entrySet()) {
            assertThat(entry.getKey()).isEqualTo(entry.getValue().getLabel());
            assertThat(scores.get(entry.getKey()).getScore())
                    .isEqualTo(entry.getValue().getScore());
            sum += entry.getValue().getScore();
            assertThat(entry.getValue().getScore())
                    .isLessThanOrEqualTo(prediction.getOutput().getScore());
        }
        assertThat(sum).isCloseTo(1.0, within(1e-5));
        assertThatThrownBy(() -> scores.put("w", new Label("w"))).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> scores.remove("a")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void evaluationsAgreeHoweverTheyAreMade() {
        var test = TestTexts.dataset(List.of(TestTexts.text(10, 4), TestTexts.text(3, 5)));
        PerplexityEvaluator evaluator = new PerplexityEvaluator("x");
        PerplexityEvaluation streamed = evaluator.evaluate(model, test);
        PerplexityEvaluation listed = evaluator.evaluate(model, model.predict(test), test.getProvenance());
        assertThat(listed.perplexity()).isCloseTo(streamed.perplexity(), within(1e-6));
        assertThat(listed.accuracy()).isEqualTo(streamed.accuracy());
        assertThat(listed.tokens()).isEqualTo(streamed.tokens()).isEqualTo(39 + 11);
        double nats = 0.0;
        int unknown = 0;
        for (SequenceExample<Label> sequence : test) {
            List<Prediction<Label>> predictions = model.predict(sequence);
            for (int step = 0; step < sequence.size(); step++) {
                String truth = sequence.get(step).getOutput().getLabel();
                nats -= Math.log(
                        predictions.get(step).getOutputScores().get(truth).getScore());
                unknown += truth.equals("x") ? 1 : 0;
            }
        }
        assertThat(streamed.perplexity()).isCloseTo(Math.exp(nats / 50), within(1e-4));
        assertThat(streamed.bitsPerToken()).isCloseTo(nats / 50 / Math.log(2), within(1e-5));
        assertThat(streamed.unknownRate()).isEqualTo(unknown / 50.0);
        assertThat(streamed.asMap()).hasSize(4);
        assertThat(streamed.toString()).contains("Perplexity", "50 tokens");
    }

    @Test
    void labelsTheModelDoesNotKnowHaveNoScore() {
        var test = TestTexts.dataset(List.of(TestTexts.sequence("a/x x/w b/x")));
        PerplexityEvaluation evaluation = new PerplexityEvaluator().evaluate(model, test);
        assertThat(evaluation.tokens()).isEqualTo(2);
        assertThat(evaluation.withoutScore()).isEqualTo(1);
        assertThat(evaluation.unknownRate()).isEqualTo(1 / 3.0);
        assertThat(evaluation.toString()).contains("1 without a score");
        assertThatThrownBy(() -> new PerplexityEvaluator()
                        .evaluate(model, TestTexts.dataset(List.of(TestTexts.sequence("a/w")))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no step whose label the model knows");
    }

    @Test
    void check13_emptyAndUnknownSequencesAreRefused() {
        assertThatThrownBy(() -> model.predict(new SequenceExample<>()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("empty");
        assertThatThrownBy(() -> model.predict(TestTexts.sequence("w/x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'w'");
    }

    @Test
    void check31_fileCopyAndStreamOfAModelOfSequencesPredictTheSame(@TempDir Path folder)
            throws IOException, ClassNotFoundException {
        SequenceExample<Label> text = TestTexts.text(5, 9);
        List<Prediction<Label>> expected = model.predict(text);
        Path file = folder.resolve("model");
        model.serializeToFile(file);
        SequenceModel<?> read = SequenceModel.deserializeFromFile(file);
        try (GrowthSequenceModel loaded = (GrowthSequenceModel) read;
                GrowthSequenceModel copy = model.copy()) {
            assertSame(loaded.predict(text), expected);
            assertThat(loaded.getProvenance()).isEqualTo(model.getProvenance());
            assertThat(loaded.ledger()).isEqualTo(model.ledger());
            assertThat(loaded.serialize()).isEqualTo(model.serialize());
            assertSame(copy.predict(text), expected);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream stream = new ObjectOutputStream(bytes)) {
            stream.writeObject(model);
            stream.writeObject(expected.get(0));
        }
        try (ObjectInputStream stream = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()));
                GrowthSequenceModel loaded = (GrowthSequenceModel) stream.readObject()) {
            assertSame(loaded.predict(text), expected);
            assertThat(((Prediction<?>) stream.readObject()).getOutputScores()).hasSize(5);
        }
    }

    private static void refuses(UnaryOperator<GrowthSequenceModelProto.Builder> change, String... words)
            throws IOException {
        SequenceModelProto outer = model.serialize();
        GrowthSequenceModelProto proto = outer.getSerializedData().unpack(GrowthSequenceModelProto.class);
        Any changed = Any.pack(change.apply(proto.toBuilder()).build());
        assertThatThrownBy(() -> GrowthSequenceModel.deserializeFromProto(0, outer.getClassName(), changed))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll(words);
    }

    @Test
    void check32_damagedFormsOfModelsOfSequencesAreRefused() throws IOException {
        SequenceModelProto outer = model.serialize();
        for (int version : new int[] {-1, GrowthSequenceModel.CURRENT_VERSION + 1}) {
            assertThatThrownBy(() -> GrowthSequenceModel.deserializeFromProto(
                            version, outer.getClassName(), outer.getSerializedData()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("found " + version);
        }
        assertThatThrownBy(() -> GrowthSequenceModel.deserializeFromProto(0, "Other", outer.getSerializedData()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("found Other");
        refuses(proto -> proto.clearMetadata(), "metadata");
        refuses(proto -> proto.clearNetwork(), "Invalid protobuf");
        refuses(
                proto -> proto.setNetwork(proto.getNetworkBuilder()
                        .setMetadata(proto.getMetadata())
                        .build()),
                "metadata of the model alone");
        refuses(
                proto -> proto.setNetwork(network(proto)
                        .setOutputKind(OutputKindProto.OUTPUT_KIND_MULTI_LABEL)
                        .setThreshold(0.5)),
                "network of labels");
        refuses(proto -> proto.setNetwork(network(proto).clearLayout()), "feature layout, found none");
        refuses(
                proto -> proto.setNetwork(network(proto).setTokenLayout(TokenLayoutProto.getDefaultInstance())),
                "token layout is refused");
        refuses(
                proto -> {
                    GrowthModelProto.Builder network = network(proto);
                    network.getParameterArraysBuilder(0).setDense(ByteString.copyFrom(new byte[4]));
                    return proto.setNetwork(network);
                },
                "Invalid protobuf");
        refuses(
                proto -> proto.setNetwork(network(proto)
                        .setDenseArchitecture(
                                proto.getNetwork().getDenseArchitecture().replace("tokens 6 5", "tokens 6 6"))),
                "Invalid protobuf");
    }

    private static GrowthModelProto.Builder network(GrowthSequenceModelProto.Builder proto) {
        return proto.getNetwork().toBuilder();
    }

    @Test
    void check18_closedModelsOfSequencesRefuseEverything() {
        GrowthSequenceModel closed = model.copy();
        closed.predict(TestTexts.text(2, 1));
        closed.close();
        closed.close();
        List<Runnable> calls = List.of(
                () -> closed.predict(TestTexts.text(2, 1)),
                closed::serialize,
                closed::copy,
                closed::architecture,
                closed::denseReference,
                closed::untrainedDenseReference,
                closed::activeUnits,
                closed::parameters,
                closed::parameterStorage,
                closed::ledger,
                closed::cost,
                closed::finalConfiguration,
                () -> closed.getTopFeatures(3),
                () -> closed.setBatchSize(3));
        for (Runnable call : calls) {
            assertThatThrownBy(call::run).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void theDenseReferenceCanBeComparedWith() {
        try (GrowthSequenceModel dense = model.untrainedDenseReference()) {
            assertThat(dense.architecture()).isEqualTo(model.denseReference());
            assertThat(dense.predict(TestTexts.text(2, 1))).hasSize(7);
        }
        assertThat(model.getTopFeatures(2)).isEmpty();
    }
}
