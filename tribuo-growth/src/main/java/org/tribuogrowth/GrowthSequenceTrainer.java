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

import com.oracle.labs.mlrg.olcut.config.Config;
import com.oracle.labs.mlrg.olcut.config.PropertyException;
import com.oracle.labs.mlrg.olcut.provenance.Provenance;
import java.util.Collections;
import java.util.Map;
import org.tribuo.ImmutableFeatureMap;
import org.tribuo.ImmutableOutputInfo;
import org.tribuo.Trainer;
import org.tribuo.classification.Label;
import org.tribuo.provenance.TrainerProvenance;
import org.tribuo.provenance.impl.TrainerProvenanceImpl;
import org.tribuo.sequence.SequenceDataset;
import org.tribuo.sequence.SequenceTrainer;
import org.tribuogrowth.architecture.Activation;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.architecture.family.NetworkFamily;
import org.tribuogrowth.configuration.FieldChecks;
import org.tribuogrowth.data.BoundLayout;
import org.tribuogrowth.data.DataSplit;
import org.tribuogrowth.data.FeatureLayout;
import org.tribuogrowth.data.SequenceData;
import org.tribuogrowth.data.SequenceExamples;
import org.tribuogrowth.data.SequenceRows;
import org.tribuogrowth.data.StreamRows;
import org.tribuogrowth.output.SampledSoftmax;
import org.tribuogrowth.output.SequenceMeasure;
import org.tribuogrowth.output.StepObjective;
import org.tribuogrowth.search.StructureSearch;
import org.tribuogrowth.training.Optimiser;

/**
 * Trains a network that grows and prunes its own structure while it trains, to give each step of a sequence a label, and
 * returns the compact network as a Tribuo sequence model.
 *
 * <p>Sequences may be of different lengths. Minibatches are made of about equally long ones and filled up; what is filled up
 * has no influence. Where {@code carriedState} is set, the sequences are one text in their order instead, as a language model
 * learns it: a minibatch has {@code minibatchSize} parts of the text beside each other and {@code steps} steps of each, the
 * state goes on from minibatch to minibatch, and gradients go back to the minibatch's beginning only (truncated
 * back-propagation through time).
 *
 * <p>Randomness, threads, listeners and ledger are as with {@link GrowthTrainer}. The weight of a sequence multiplies the loss
 * of its steps; sequences of weight 0 are left out. A minibatch's loss is divided by the number of steps that count.
 */
public final class GrowthSequenceTrainer extends NetworkTrainer implements SequenceTrainer<Label> {
    @Config(
            mandatory = true,
            description =
                    "Where the features of a step go: a TokenLayout where each step is a token, a VectorLayout where"
                            + " the features of a step are values.")
    private FeatureLayout stepLayout;

    @Config(
            description =
                    "With carriedState, how many steps gradients go back; otherwise the most steps of a sequence. 0 for"
                            + " those of the longest one, which carriedState does not take.")
    private int steps = 0;

    @Config(description = "Whether the sequences are one text in their order, so that the state goes on.")
    private boolean carriedState = false;

    @Config(
            description =
                    "How many classes are drawn at each step of the training for the softmax to compare, fewer than there"
                            + " are labels; 0 compares all. Predictions and validation always do.")
    private int sampledClasses = 0;

    @Config(description = "What validation says: ACCURACY, or PERPLEXITY as of language models.")
    private SequenceMeasure measure = SequenceMeasure.ACCURACY;

    private GrowthSequenceTrainer() {
        // For OLCUT.
    }

    private GrowthSequenceTrainer(Builder builder) {
        super(builder);
        this.stepLayout = builder.stepLayout;
        this.steps = builder.steps;
        this.carriedState = builder.carriedState;
        this.sampledClasses = builder.sampledClasses;
        this.measure = builder.measure;
        postConfig();
    }

    @Override
    void checkFirst(FieldChecks checks) {
        checks.requirePresent("stepLayout", stepLayout);
    }

    @Override
    void checkLast(FieldChecks checks) {
        checks.requireRange("steps", steps, carriedState ? 1 : 0, Shape.MAX_EXTENT);
        checks.requireRange("sampledClasses", sampledClasses, 0, Integer.MAX_VALUE);
        checks.requirePresent("measure", measure);
    }

    @Override
    public GrowthSequenceModel train(SequenceDataset<Label> examples) {
        return train(examples, Collections.emptyMap());
    }

    @Override
    public GrowthSequenceModel train(SequenceDataset<Label> examples, Map<String, Provenance> runProvenance) {
        return train(examples, runProvenance, Trainer.INCREMENT_INVOCATION_COUNT);
    }

    /**
     * Trains a model.
     *
     * @param examples        The training data.
     * @param runProvenance   What else goes into the model's provenance.
     * @param invocationCount The number of the invocation, or {@link Trainer#INCREMENT_INVOCATION_COUNT} for the next.
     * @return The compact model.
     * @throws IllegalArgumentException If the data does not suit the configuration.
     * @throws org.tribuogrowth.training.TrainingDivergedException If the loss is not finite.
     * @throws org.tribuogrowth.training.TrainingInterruptedException If the calling thread is interrupted while it trains.
     * @throws org.tribuogrowth.training.CompactionException If the compact network differs from the gated one.
     */
    public GrowthSequenceModel train(
            SequenceDataset<Label> examples, Map<String, Provenance> runProvenance, int invocationCount) {
        check(examples.size(), examples.getOutputInfo(), runProvenance);
        Invocation invocation = begin(invocationCount);
        ImmutableFeatureMap features = examples.getFeatureIDMap();
        ImmutableOutputInfo<Label> outputs = examples.getOutputIDInfo();
        SequenceData data = data(examples, features, outputs);
        SequenceExamples rows = rows(data, invocation.seed());
        SampledSoftmax sampling =
                sampledClasses == 0 ? null : new SampledSoftmax(sampledClasses, rows.classCounts(outputs.size()));
        Architecture architecture = architecture(data, outputs);
        Trained trained = train(invocation, architecture, rows, new StepObjective(measure, sampling));
        CompactNetwork compact = trained.network(architecture, stepLayout, null, null);
        return new GrowthSequenceModel(
                "growth-sequence-model",
                provenance(GrowthSequenceModel.class, invocation, examples.getProvenance(), runProvenance, trained),
                features,
                outputs,
                compact,
                kernels());
    }

    private SequenceData data(
            SequenceDataset<Label> examples, ImmutableFeatureMap features, ImmutableOutputInfo<Label> outputs) {
        BoundLayout layout = stepLayout.bind(features, GrowthSequenceModel.names(outputs));
        return SequenceData.of(examples, layout, outputs);
    }

    private SequenceExamples rows(SequenceData data, long runSeed) {
        if (carriedState) {
            return new StreamRows(data, validationFraction(), steps);
        }
        DataSplit split = DataSplit.of(data.sequences(), validationFraction(), runSeed);
        return new SequenceRows(data, split, mostSteps(data), runSeed);
    }

    private int mostSteps(SequenceData data) {
        if (steps != 0) {
            return steps;
        }
        if (data.longest() > Shape.MAX_EXTENT) {
            throw new IllegalArgumentException("The longest sequence has " + data.longest()
                    + " steps, allowed are at most " + Shape.MAX_EXTENT + "; cut it, or set carriedState");
        }
        return data.longest();
    }

    private Architecture architecture(SequenceData data, ImmutableOutputInfo<Label> outputs) {
        Shape input = sequenceOf(data.stepShape(), mostSteps(data));
        Architecture architecture = network().architecture(input, outputs.size(), Activation.SOFTMAX);
        GrowthSequenceModel.requireScoreOfEachStep(architecture);
        return architecture;
    }

    /** The shape of sequences of steps of a shape. */
    static Shape sequenceOf(Shape step, int steps) {
        if (step instanceof Shape.Tokens tokens && tokens.steps() == 1) {
            return new Shape.Tokens(steps, tokens.vocabulary());
        } else if (step instanceof Shape.Vector vector && vector.positions() == 1) {
            return new Shape.Sequence(steps, vector.units());
        }
        throw new IllegalArgumentException(
                "The layout of a step must be one of tokens, like TokenLayout, or of a vector,"
                        + " like VectorLayout; found " + step.describe());
    }

    @Override
    public synchronized TrainerProvenance getProvenance() {
        return new TrainerProvenanceImpl(this);
    }

    /**
     * The digest of training data as this trainer takes it, which the ledger of a training on it carries in its first
     * event.
     *
     * @param examples The training data.
     * @return The SHA-256, 64 lower-case hexadecimal digits.
     * @throws IllegalArgumentException If the data does not suit the configuration.
     */
    public String dataDigest(SequenceDataset<Label> examples) {
        requireConfigured();
        return data(examples, examples.getFeatureIDMap(), examples.getOutputIDInfo())
                .digest();
    }

    @Override
    public String toString() {
        return "GrowthSequenceTrainer(" + describe() + ",stepLayout=" + stepLayout + ",steps=" + steps
                + ",carriedState=" + carriedState + ",sampledClasses=" + sampledClasses + ",measure=" + measure + ")";
    }

    /**
     * Starts building a trainer.
     *
     * @param stepLayout Where the features of a step go.
     * @param network    The network family, which scores every step.
     * @param search     What decides about structure.
     * @param optimiser  What learns the parameters.
     * @return A builder with the defaults of the configuration.
     */
    public static Builder builder(
            FeatureLayout stepLayout, NetworkFamily network, StructureSearch search, Optimiser optimiser) {
        return new Builder(stepLayout, network, search, optimiser);
    }

    /** Builds trainers in code; the fields and their defaults are those of the configuration. */
    public static final class Builder extends SharedBuilder<Builder> {
        private final FeatureLayout stepLayout;
        private int steps = 0;
        private boolean carriedState = false;
        private int sampledClasses = 0;
        private SequenceMeasure measure = SequenceMeasure.ACCURACY;

        private Builder(FeatureLayout stepLayout, NetworkFamily network, StructureSearch search, Optimiser optimiser) {
            super(network, search, optimiser);
            this.stepLayout = stepLayout;
        }

        @Override
        Builder self() {
            return this;
        }

        /**
         * Sets how many steps gradients go back, or how long sequences are at most.
         *
         * @param value At least 1, or 0 for the length of the longest sequence where the state is not carried on.
         * @return This builder.
         */
        public Builder steps(int value) {
            steps = value;
            return this;
        }

        /**
         * Sets whether the sequences are one text.
         *
         * @param value Whether the state goes on.
         * @return This builder.
         */
        public Builder carriedState(boolean value) {
            carriedState = value;
            return this;
        }

        /**
         * Sets how many classes the softmax compares in training, beside each step's own.
         *
         * @param value The number drawn at each step, below that of the labels; 0 to compare all.
         * @return This builder.
         */
        public Builder sampledClasses(int value) {
            sampledClasses = value;
            return this;
        }

        /**
         * Sets what validation says.
         *
         * @param value The measure.
         * @return This builder.
         */
        public Builder measure(SequenceMeasure value) {
            measure = value;
            return this;
        }

        /**
         * Builds the trainer.
         *
         * @return The trainer.
         * @throws PropertyException If a field is missing or out of range.
         */
        public GrowthSequenceTrainer build() {
            return new GrowthSequenceTrainer(this);
        }
    }
}
