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

package org.tribuogrowth.compliance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tribuo.Dataset;
import org.tribuo.Model;
import org.tribuo.ModelExplorer;
import org.tribuo.Prediction;
import org.tribuo.classification.Label;
import org.tribuo.classification.ensemble.VotingCombiner;
import org.tribuo.classification.evaluation.LabelEvaluation;
import org.tribuo.classification.evaluation.LabelEvaluator;
import org.tribuo.data.CompletelyConfigurableTrainTest;
import org.tribuo.data.ConfigurableTrainTest;
import org.tribuo.ensemble.BaggingTrainer;
import org.tribuo.ensemble.EnsembleModel;
import org.tribuo.evaluation.CrossValidation;
import org.tribuo.json.StripProvenance;
import org.tribuo.multilabel.MultiLabel;
import org.tribuo.multilabel.baseline.IndependentMultiLabelModel;
import org.tribuo.multilabel.baseline.IndependentMultiLabelTrainer;
import org.tribuo.multilabel.example.MultiLabelDataGenerator;
import org.tribuo.provenance.ModelProvenance;
import org.tribuo.provenance.impl.EmptyDatasetProvenance;
import org.tribuo.provenance.impl.EmptyTrainerProvenance;
import org.tribuo.transform.TransformTrainer;
import org.tribuo.transform.TransformationMap;
import org.tribuo.transform.TransformedModel;
import org.tribuo.transform.transformations.LinearScalingTransformation;
import org.tribuogrowth.GrowthModel;
import org.tribuogrowth.GrowthTrainer;
import org.tribuogrowth.reproduction.IrreproducibleModelException;
import org.tribuogrowth.reproduction.Reproduction;

/** Our trainer and model within Tribuo's own trainers and programs: checks 12 and 28 of docs/compliance.md, and more. */
class TribuoProgramsTest {
    @TempDir
    private Path folder;

    private static GrowthTrainer<Label> longer() {
        return Iris.builder().epochs(30).build();
    }

    private static double accuracy(Model<Label> model) {
        return new LabelEvaluator().evaluate(model, Iris.test()).accuracy();
    }

    @Test
    void check12_worksInABaggingTrainer() {
        BaggingTrainer<Label> trainer = new BaggingTrainer<>(longer(), new VotingCombiner(), 2, 5L);
        EnsembleModel<Label> model = trainer.train(Iris.training());
        assertThat(accuracy(model)).isGreaterThan(0.8);
        GrowthModel<Label> first = (GrowthModel<Label>) model.getModels().get(0);
        GrowthModel<Label> second = (GrowthModel<Label>) model.getModels().get(1);
        assertThat(first.parameters().digest()).isNotEqualTo(second.parameters().digest());
        assertThat(second.getArchitectureHistory()).isPresent();
    }

    @Test
    void check12_worksInATransformTrainer() {
        TransformTrainer<Label> trainer =
                new TransformTrainer<>(longer(), new TransformationMap(List.of(new LinearScalingTransformation(0, 1))));
        TransformedModel<Label> model = trainer.train(Iris.training());
        assertThat(accuracy(model)).isGreaterThan(0.8);
        assertThat(((GrowthModel<Label>) model.getInnerModel()).getArchitectureHistory())
                .isPresent();
    }

    @Test
    void check12_worksInAnIndependentMultiLabelTrainer() {
        IndependentMultiLabelTrainer trainer = new IndependentMultiLabelTrainer(longer());
        Dataset<MultiLabel> data = MultiLabelDataGenerator.generateTrainData();
        Model<MultiLabel> model = trainer.train(data);
        List<Prediction<MultiLabel>> predictions = model.predict(data);
        long right = predictions.stream()
                .filter(prediction ->
                        prediction.getOutput().equals(prediction.getExample().getOutput()))
                .count();
        assertThat(right).isGreaterThan(data.size() / 2);
        assertThat(((IndependentMultiLabelModel) model).getModels())
                .hasSize(data.getOutputInfo().size())
                .allSatisfy(member -> assertThat(member).isInstanceOf(GrowthModel.class));
    }

    @Test
    void check12_worksInACrossValidation() {
        CrossValidation<Label, LabelEvaluation> folds =
                new CrossValidation<>(longer(), Iris.training(), new LabelEvaluator(), 3);
        // Three classes, 70 flowers to learn from.
        List<Double> accuracies =
                folds.evaluate().stream().map(fold -> fold.getA().accuracy()).toList();
        assertThat(accuracies).hasSize(3).allSatisfy(accuracy -> assertThat(accuracy)
                .isGreaterThan(0.5));
        assertThat(accuracies.stream()
                        .mapToDouble(accuracy -> accuracy)
                        .average()
                        .orElseThrow())
                .isGreaterThan(0.7);
    }

    @ParameterizedTest
    @EnumSource(StripProvenance.ProvenanceTypes.class)
    void check28_stripProvenanceRemovesWhatItIsAskedToAndThePredictionsStay(StripProvenance.ProvenanceTypes type)
            throws IOException, ClassNotFoundException {
        Path input = folder.resolve("model.tribuo");
        Path output = folder.resolve("stripped.model");
        Iris.model().serializeToFile(input);
        // It reads protobuf, and what it writes is a Java stream whatever it is asked for.
        StripProvenance.main(new String[] {
            "--model-protobuf", "true", "-i", input.toString(), "-o", output.toString(), "-r", type.name()
        });
        @SuppressWarnings("unchecked") // the type parameter is that of what was written
        GrowthModel<Label> stripped = (GrowthModel<Label>) javaObject(Files.readAllBytes(output));

        Dataset<Label> data = Iris.test();
        List<Prediction<Label>> expected = Iris.model().predict(data);
        List<Prediction<Label>> found = stripped.predict(data);
        for (int i = 0; i < data.size(); i++) {
            assertThat(found.get(i).distributionEquals(expected.get(i), 0.0)).isTrue();
        }
        boolean all = type == StripProvenance.ProvenanceTypes.ALL;
        ModelProvenance provenance = stripped.getProvenance();
        assertThat(stripped.getArchitectureHistory().isEmpty())
                .isEqualTo(all || type == StripProvenance.ProvenanceTypes.INSTANCE);
        assertThat(provenance.getTrainerProvenance() instanceof EmptyTrainerProvenance)
                .isEqualTo(all || type == StripProvenance.ProvenanceTypes.TRAINER);
        assertThat(provenance.getDatasetProvenance() instanceof EmptyDatasetProvenance)
                .isEqualTo(all || type == StripProvenance.ProvenanceTypes.DATASET);
        assertThat(stripped.ledger()).isEqualTo(Iris.model().ledger());

        // What is left decides whether the model can be trained again, and that is said in words.
        String refusal = "";
        try {
            assertThat(Reproduction.of(stripped).run().differences()).isEmpty();
        } catch (IrreproducibleModelException e) {
            refusal = e.getMessage();
        }
        switch (type) {
            case INSTANCE, SYSTEM -> assertThat(refusal).isEmpty();
            case TRAINER -> assertThat(refusal)
                    .isEqualTo("The model's provenance says nothing of its trainer: it was removed");
            case DATASET, ALL -> assertThat(refusal)
                    .isEqualTo("The model's provenance says nothing of its data: it was removed");
        }
    }

    private static Object javaObject(byte[] bytes) throws IOException, ClassNotFoundException {
        try (ObjectInputStream input = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            return input.readObject();
        }
    }

    /** Runs a program of Tribuo as users do, in a Java machine of its own. */
    private String run(Class<?> program, String standardInput, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
        command.addAll(List.of(arguments));
        Path input = Files.writeString(folder.resolve("input"), standardInput);
        Path log = folder.resolve("log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(input.toFile())
                .redirectOutput(log.toFile())
                .start();
        assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
        String text = Files.readString(log);
        assertThat(process.exitValue()).as(text).isZero();
        return text;
    }

    private static final String CONFIGURATION =
            """
            <config>
              <component name="trainer" type="org.tribuogrowth.GrowthTrainer">
                <property name="outputAdapter" value="label"/>
                <property name="featureLayout" value="vector"/>
                <property name="network" value="mlp"/>
                <property name="search" value="dense"/>
                <property name="optimiser" value="sgd"/>
                <property name="epochs" value="20"/>
                <property name="minibatchSize" value="8"/>
              </component>
              <component name="labels" type="org.tribuo.classification.LabelFactory"/>
              <component name="label" type="org.tribuogrowth.output.LabelOutputAdapter"/>
              <component name="vector" type="org.tribuogrowth.data.VectorLayout"/>
              <component name="mlp" type="org.tribuogrowth.architecture.family.MlpFamily">
                <propertylist name="hiddenUnits"><item>12</item></propertylist>
              </component>
              <component name="dense" type="org.tribuogrowth.search.FixedStructure"/>
              <component name="sgd" type="org.tribuogrowth.training.SgdOptimiser"/>
              <component name="train" type="org.tribuo.classification.example.ConcentricCirclesDataSource">
                <property name="numSamples" value="200"/>
                <property name="seed" value="1"/>
              </component>
              <component name="test" type="org.tribuo.classification.example.ConcentricCirclesDataSource">
                <property name="numSamples" value="50"/>
                <property name="seed" value="2"/>
              </component>
            </config>
            """;

    private GrowthModel<?> trainedBy(Path output) throws IOException, ClassNotFoundException {
        return (GrowthModel<?>) javaObject(Files.readAllBytes(output));
    }

    @Test
    void completelyConfigurableTrainTestTrainsFromAConfigurationAlone() throws Exception {
        Path configuration = Files.writeString(folder.resolve("c.xml"), CONFIGURATION);
        Path output = folder.resolve("model");
        String text = run(
                CompletelyConfigurableTrainTest.class,
                "",
                "-c",
                configuration.toString(),
                "-t",
                "trainer",
                "-u",
                "train",
                "-v",
                "test",
                "-f",
                output.toString());
        assertThat(text).contains("Accuracy", "Balanced Error Rate");
        try (GrowthModel<?> model = trainedBy(output)) {
            assertThat(model.getOutputIDInfo().size()).isEqualTo(2);
        }
    }

    @Test
    void configurableTrainTestTrainsOnAFile() throws Exception {
        Path configuration = Files.writeString(folder.resolve("c.xml"), CONFIGURATION);
        Path output = folder.resolve("model");
        String file = Iris.file().toAbsolutePath().toString();
        String text = run(
                ConfigurableTrainTest.class,
                "",
                "-c",
                configuration.toString(),
                "-t",
                "trainer",
                "--training-file",
                file,
                "--testing-file",
                file,
                "--input-format",
                "CSV",
                "--csv-response-name",
                "species",
                "--output-factory",
                "labels",
                "-f",
                output.toString());
        assertThat(text).contains("Finished training");
        try (GrowthModel<?> model = trainedBy(output)) {
            assertThat(model.getOutputIDInfo().size()).isEqualTo(3);
            assertThat(model.getFeatureIDMap().size()).isEqualTo(4);
        }
    }

    @Test
    void modelExplorerShowsTheHistory() throws Exception {
        Path file = folder.resolve("model.tribuo");
        Iris.model().serializeToFile(file);
        String text = run(
                ModelExplorer.class,
                "generatesProbabilities\nnumFeatures\nmodelProvenance\nexit\n",
                "-f",
                file.toString(),
                "-p",
                "true");
        assertThat(text).contains("architecture-history", "ledger-head=", "final-architecture=");
    }
}
