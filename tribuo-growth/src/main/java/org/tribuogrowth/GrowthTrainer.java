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
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.tribuo.Dataset;
import org.tribuo.ImmutableFeatureMap;
import org.tribuo.ImmutableOutputInfo;
import org.tribuo.Output;
import org.tribuo.Trainer;
import org.tribuo.provenance.TrainerProvenance;
import org.tribuo.provenance.impl.TrainerProvenanceImpl;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.architecture.family.NetworkFamily;
import org.tribuogrowth.configuration.FieldChecks;
import org.tribuogrowth.data.Augmentation;
import org.tribuogrowth.data.BatchAssembler;
import org.tribuogrowth.data.BoundLayout;
import org.tribuogrowth.data.ChannelNormaliser;
import org.tribuogrowth.data.DataSplit;
import org.tribuogrowth.data.DenseData;
import org.tribuogrowth.data.DenseRows;
import org.tribuogrowth.data.FeatureLayout;
import org.tribuogrowth.data.Normalisation;
import org.tribuogrowth.data.TargetScaling;
import org.tribuogrowth.data.TrainingExamples;
import org.tribuogrowth.output.OutputAdapter;
import org.tribuogrowth.search.StructureSearch;
import org.tribuogrowth.training.Optimiser;

/**
 * Trains a network that grows and prunes its own structure while it trains, and returns the compact network as a Tribuo
 * model.
 *
 * <p>Everything random comes from {@code seed} and the number of the invocation: the first model of a trainer is the same
 * as the first model of an equal trainer, on one platform with one number of threads bit for bit.
 *
 * <p>The trainer is thread-safe; trainings that run at the same time share nothing but the processor. Listeners and the
 * ledger's file are settings of the process, not of the configuration, and no part of the provenance.
 *
 * <p>The weight of an example multiplies its loss, in training and in validation, and its measure. A minibatch's loss is
 * divided by the number of its examples, as in Tribuo's own gradient descent, so that weights which are larger altogether
 * mean larger steps. Examples of weight 0 are left out altogether, before anything is split, fitted or normalised.
 *
 * @param <T> The output type.
 */
public final class GrowthTrainer<T extends Output<T>> extends NetworkTrainer implements Trainer<T> {
    @Config(mandatory = true, description = "What the network's outputs mean, for example a LabelOutputAdapter.")
    private OutputAdapter<T> outputAdapter;

    @Config(mandatory = true, description = "Where each feature goes in the network's input.")
    private FeatureLayout featureLayout;

    @Config(description = "How inputs are shifted and scaled; not at all if not given.")
    private Normalisation normalisation = null;

    @Config(description = "How training images are varied, in this order.")
    private List<Augmentation> augmentations = new ArrayList<>();

    private GrowthTrainer() {
        // For OLCUT.
    }

    private GrowthTrainer(Builder<T> builder) {
        super(builder);
        this.outputAdapter = builder.outputAdapter;
        this.featureLayout = builder.featureLayout;
        this.normalisation = builder.normalisation;
        this.augmentations = new ArrayList<>(builder.augmentations);
        postConfig();
    }

    @Override
    void checkFirst(FieldChecks checks) {
        checks.requirePresent("outputAdapter", outputAdapter);
        checks.requirePresent("featureLayout", featureLayout);
    }

    @Override
    void checkLast(FieldChecks checks) {
        augmentations = checks.requireElements(
                "augmentations", augmentations, Augmentation.class, "an augmentation, like PadCropAugmentation");
    }

    @Override
    public GrowthModel<T> train(Dataset<T> examples) {
        return train(examples, Collections.emptyMap());
    }

    @Override
    public GrowthModel<T> train(Dataset<T> examples, Map<String, Provenance> runProvenance) {
        return train(examples, runProvenance, INCREMENT_INVOCATION_COUNT);
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
    @Override
    public GrowthModel<T> train(Dataset<T> examples, Map<String, Provenance> runProvenance, int invocationCount) {
        check(examples.size(), examples.getOutputInfo(), runProvenance);
        Invocation invocation = begin(invocationCount);
        ImmutableFeatureMap features = examples.getFeatureIDMap();
        ImmutableOutputInfo<T> outputs = examples.getOutputIDInfo();
        BoundLayout layout = featureLayout.bind(features);
        Architecture architecture = architecture(layout, outputs);
        DenseData data = DenseData.of(examples, layout, outputs, outputAdapter, scores(architecture));
        DataSplit split = DataSplit.of(data.rows(), validationFraction(), invocation.seed());
        ChannelNormaliser normaliser = normalisation == null ? null : normalisation.fit(data, split.training());
        TargetScaling scaling = outputAdapter.standardisesTargets() ? TargetScaling.fit(data, split.training()) : null;
        BatchAssembler assembler = new BatchAssembler(data, augmentations, normaliser, scaling, invocation.seed());
        TrainingExamples rows = new DenseRows(data, split, assembler, invocation.seed());
        Trained trained = train(invocation, architecture, rows, outputAdapter);
        CompactNetwork compact = trained.network(architecture, featureLayout, normaliser, scaling);
        return new GrowthModel<>(
                "growth-model",
                provenance(GrowthModel.class, invocation, examples.getProvenance(), runProvenance, trained),
                features,
                outputs,
                outputAdapter,
                compact,
                kernels());
    }

    private Architecture architecture(BoundLayout layout, ImmutableOutputInfo<T> outputs) {
        return network().architecture(layout.shape(), outputAdapter.size(outputs), outputAdapter.activation());
    }

    private static Shape scores(Architecture architecture) {
        return architecture.shape(architecture.output().name());
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
    public String dataDigest(Dataset<T> examples) {
        requireConfigured();
        BoundLayout layout = featureLayout.bind(examples.getFeatureIDMap());
        ImmutableOutputInfo<T> outputs = examples.getOutputIDInfo();
        return DenseData.of(examples, layout, outputs, outputAdapter, scores(architecture(layout, outputs)))
                .digest();
    }

    /**
     * The rows of its data that a training of this trainer holds out for validation.
     *
     * @param rows The number of examples of the data.
     * @param seed The seed of the training, which its ledger has in the first event.
     * @return The rows, ascending; none if the validation fraction is 0.
     * @throws IllegalArgumentException If there are no rows, or too few for the fraction.
     */
    public int[] validationRows(int rows, long seed) {
        requireConfigured();
        return DataSplit.of(rows, validationFraction(), seed).validation();
    }

    @Override
    public String toString() {
        return "GrowthTrainer(" + describe() + ")";
    }

    /**
     * Starts building a trainer.
     *
     * @param outputAdapter What the outputs mean.
     * @param featureLayout Where features go.
     * @param network       The network family.
     * @param search        What decides about structure.
     * @param optimiser     What learns the parameters.
     * @param <T>           The output type.
     * @return A builder with the defaults of the configuration.
     */
    public static <T extends Output<T>> Builder<T> builder(
            OutputAdapter<T> outputAdapter,
            FeatureLayout featureLayout,
            NetworkFamily network,
            StructureSearch search,
            Optimiser optimiser) {
        return new Builder<>(outputAdapter, featureLayout, network, search, optimiser);
    }

    /**
     * Builds trainers in code; the fields and their defaults are those of the configuration.
     *
     * @param <T> The output type.
     */
    public static final class Builder<T extends Output<T>> extends SharedBuilder<Builder<T>> {
        private final OutputAdapter<T> outputAdapter;
        private final FeatureLayout featureLayout;
        private Normalisation normalisation = null;
        private List<Augmentation> augmentations = List.of();

        private Builder(
                OutputAdapter<T> outputAdapter,
                FeatureLayout featureLayout,
                NetworkFamily network,
                StructureSearch search,
                Optimiser optimiser) {
            super(network, search, optimiser);
            this.outputAdapter = outputAdapter;
            this.featureLayout = featureLayout;
        }

        @Override
        Builder<T> self() {
            return this;
        }

        /**
         * Sets how inputs are shifted and scaled.
         *
         * @param value The normalisation, null for none.
         * @return This builder.
         */
        public Builder<T> normalisation(Normalisation value) {
            normalisation = value;
            return this;
        }

        /**
         * Sets how training images are varied.
         *
         * @param value The augmentations in order.
         * @return This builder.
         */
        public Builder<T> augmentations(List<? extends Augmentation> value) {
            augmentations = List.copyOf(value);
            return this;
        }

        /**
         * Builds the trainer.
         *
         * @return The trainer.
         * @throws PropertyException If a field is missing or out of range.
         */
        public GrowthTrainer<T> build() {
            return new GrowthTrainer<>(this);
        }
    }
}
