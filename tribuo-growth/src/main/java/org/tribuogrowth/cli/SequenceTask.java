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

package org.tribuogrowth.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.tribuo.Example;
import org.tribuo.Output;
import org.tribuo.classification.Label;
import org.tribuo.sequence.MutableSequenceDataset;
import org.tribuo.sequence.SequenceDataSource;
import org.tribuo.sequence.SequenceDataset;
import org.tribuo.sequence.SequenceExample;
import org.tribuo.sequence.SequenceModel;
import org.tribuogrowth.GrownModel;
import org.tribuogrowth.GrowthSequenceModel;
import org.tribuogrowth.provenance.LineSink;
import org.tribuogrowth.training.GrowthListener;

/**
 * A run on sequences whose steps have labels.
 *
 * @param training The training data.
 * @param test     The test data, or null if there is none.
 */
record SequenceTask(SequenceDataset<Label> training, SequenceDataset<Label> test) implements RunTask {
    private static final int MOST_LISTED = 10;

    /**
     * Reads a data source.
     *
     * @param source  The source.
     * @param message The beginning of messages about it.
     * @return Its sequences, at least one.
     * @throws UserError If it cannot be read, is empty, or has other outputs than labels.
     */
    static SequenceDataset<Label> read(SequenceDataSource<?> source, String message) {
        Class<? extends Output<?>> type = source.getOutputFactory().getTypeWitness();
        if (!type.equals(Label.class)) {
            throw UserError.usage(message + "its outputs are of the type " + type.getSimpleName()
                    + ", but a GrowthSequenceTrainer learns a Label for each step.");
        }
        SequenceDataset<Label> data;
        try {
            data = SequenceDataset.castDataset(dataset(source), Label.class);
        } catch (IllegalArgumentException | IllegalStateException | UncheckedIOException exception) {
            throw UserError.usage(
                    message + "its data cannot be read: " + Components.sentence(Components.text(exception)), exception);
        }
        if (data.size() == 0) {
            throw UserError.usage(message + "it has no sequences; at least one is needed.");
        }
        return data;
    }

    private static <T extends Output<T>> SequenceDataset<T> dataset(SequenceDataSource<T> source) {
        return new MutableSequenceDataset<>(source);
    }

    /**
     * Makes sure that a model of the training data can be evaluated on the test data.
     *
     * @param message The beginning of messages about the test data.
     * @throws UserError If the test data has labels that such a model cannot know, or a sequence of nothing that it knows.
     */
    void checkTest(String message) {
        Set<String> known = labels(training);
        Set<String> unknown = labels(test);
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            throw UserError.usage(message + "it has labels that the training data does not have: " + listed(unknown)
                    + ". The training data has " + known.size() + " labels, among them " + listed(known) + ".");
        }
        int number = 0;
        for (SequenceExample<Label> sequence : test) {
            number++;
            boolean found = false;
            for (Example<Label> step : sequence) {
                found |= RunData.hasKnownFeature(step, training.getFeatureMap());
            }
            if (!found) {
                throw UserError.usage(message + "none of the " + sequence.size() + " steps of sequence " + number
                        + " has a feature that the training data has, so no model of that data can predict it.");
            }
        }
    }

    private static Set<String> labels(SequenceDataset<Label> data) {
        Set<String> labels = new TreeSet<>();
        data.getOutputs().forEach(label -> labels.add(label.getLabel()));
        return labels;
    }

    private static String listed(Set<String> names) {
        String text = String.join(", ", names.stream().limit(MOST_LISTED).toList());
        return names.size() > MOST_LISTED ? text + " and " + (names.size() - MOST_LISTED) + " more" : text;
    }

    @Override
    public int size() {
        return training.size();
    }

    @Override
    public String kind() {
        return "sequences";
    }

    @Override
    public String dataDigest(Connections connections, Object trainer) {
        return connections.dataDigest(trainer, training);
    }

    @Override
    public RunModel train(
            Connections connections,
            Object trainer,
            List<GrowthListener> listeners,
            Path ledger,
            List<LineSink> sinks) {
        SequenceModel<Label> model = connections.train(trainer, training, listeners, ledger, sinks);
        return new Trained(model);
    }

    private final class Trained implements RunModel {
        private final SequenceModel<Label> model;

        Trained(SequenceModel<Label> model) {
            this.model = model;
        }

        @Override
        public void serializeToFile(Path file) throws IOException {
            model.serializeToFile(file);
        }

        @Override
        public Optional<GrownModel> grown() {
            return Optional.of(model).filter(GrownModel.class::isInstance).map(GrownModel.class::cast);
        }

        @Override
        public RunEvaluation evaluate() {
            return test == null ? RunEvaluation.withoutTest() : RunEvaluation.of(model, test);
        }

        @Override
        public List<ExportOutcome> export(RunFolder folder, RunExports exports) {
            if (!exports.any() || !(model instanceof GrowthSequenceModel growth)) {
                return List.of();
            }
            VerificationData<SequenceExample<Label>> data = test == null
                    ? new VerificationData<>("training sequences", training)
                    : new VerificationData<>("test sequences", test);
            return exports.write(folder, growth.onnxExporter(), growth.dl4jExporter(), growth.cost(), data);
        }
    }
}
