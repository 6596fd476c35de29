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
import com.oracle.labs.mlrg.olcut.config.ConfigurableName;
import com.oracle.labs.mlrg.olcut.config.PropertyException;
import com.oracle.labs.mlrg.olcut.provenance.Provenance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tribuo.Dataset;
import org.tribuo.ImmutableFeatureMap;
import org.tribuo.ImmutableOutputInfo;
import org.tribuo.Output;
import org.tribuo.Trainer;
import org.tribuo.WeightedExamples;
import org.tribuo.provenance.ModelProvenance;
import org.tribuo.provenance.TrainerProvenance;
import org.tribuo.provenance.impl.TrainerProvenanceImpl;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.architecture.family.NetworkFamily;
import org.tribuogrowth.configuration.Configured;
import org.tribuogrowth.configuration.FieldChecks;
import org.tribuogrowth.data.Augmentation;
import org.tribuogrowth.data.BatchAssembler;
import org.tribuogrowth.data.BoundLayout;
import org.tribuogrowth.data.ChannelNormaliser;
import org.tribuogrowth.data.DataSplit;
import org.tribuogrowth.data.DenseData;
import org.tribuogrowth.data.FeatureLayout;
import org.tribuogrowth.data.Normalisation;
import org.tribuogrowth.data.TargetScaling;
import org.tribuogrowth.kernel.KernelChoice;
import org.tribuogrowth.network.Initialisation;
import org.tribuogrowth.output.OutputAdapter;
import org.tribuogrowth.provenance.ArchitectureHistoryProvenance;
import org.tribuogrowth.provenance.FileLineSink;
import org.tribuogrowth.provenance.LedgerWriter;
import org.tribuogrowth.provenance.LineSink;
import org.tribuogrowth.random.CountedRandom;
import org.tribuogrowth.search.StructureSearch;
import org.tribuogrowth.training.GrowthListener;
import org.tribuogrowth.training.GrowthTraining;
import org.tribuogrowth.training.Optimiser;
import org.tribuogrowth.training.TrainingRequest;
import org.tribuogrowth.training.TrainingResult;

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
public final class GrowthTrainer<T extends Output<T>> implements Trainer<T>, WeightedExamples {
    @Config(mandatory = true, description = "What the network's outputs mean, for example a LabelOutputAdapter.")
    private OutputAdapter<T> outputAdapter;

    @Config(mandatory = true, description = "Where each feature goes in the network's input.")
    private FeatureLayout featureLayout;

    @Config(mandatory = true, description = "The family of the network, which gives the dense reference.")
    private NetworkFamily network;

    @Config(mandatory = true, description = "What decides about structure while the network trains.")
    private StructureSearch search;

    @Config(mandatory = true, description = "What learns the network's parameters.")
    private Optimiser optimiser;

    @Config(
            description =
                    "How fresh weights and biases are drawn: HE_NORMAL, or FAN_IN_UNIFORM as PyTorch does by default.")
    private Initialisation initialisation = Initialisation.HE_NORMAL;

    @Config(description = "The number of passes over the training examples, at least 1.")
    private int epochs = 10;

    @Config(description = "The number of examples in a minibatch, at least 2.")
    private int minibatchSize = 64;

    @Config(description = "The part of the examples held out for validation, at least 0 and below 1.")
    private double validationFraction = 0.0;

    @Config(
            description =
                    "Stop after this many epochs without a better validation measure and come back to the best epoch;"
                            + " 0 never stops. Acts once the structure is final.")
    private int patience = 0;

    @Config(description = "How inputs are shifted and scaled; not at all if not given.")
    private Normalisation normalisation = null;

    @Config(description = "How training images are varied, in this order.")
    private List<Augmentation> augmentations = new ArrayList<>();

    @Config(description = "What computes: AUTOMATIC, ONEDNN or ND4J.")
    private KernelChoice kernels = KernelChoice.AUTOMATIC;

    @Config(description = "How many changes of structure the model's provenance lists at most; the ledger has all.")
    private int maxRecordedChanges = ArchitectureHistoryProvenance.DEFAULT_MAXIMUM_CHANGES;

    @Config(description = "The seed of everything random.")
    private long seed = Trainer.DEFAULT_SEED;

    @ConfigurableName
    private String configName;

    private boolean configured;
    private int invocationCount = 0;
    private List<GrowthListener> listeners = List.of();
    private Path ledgerFile = null;
    private List<LineSink> ledgerSinks = List.of();

    private GrowthTrainer() {
        // For OLCUT.
    }

    private GrowthTrainer(Builder<T> builder) {
        this.outputAdapter = builder.outputAdapter;
        this.featureLayout = builder.featureLayout;
        this.network = builder.network;
        this.search = builder.search;
        this.optimiser = builder.optimiser;
        this.initialisation = builder.initialisation;
        this.epochs = builder.epochs;
        this.minibatchSize = builder.minibatchSize;
        this.validationFraction = builder.validationFraction;
        this.patience = builder.patience;
        this.normalisation = builder.normalisation;
        this.augmentations = new ArrayList<>(builder.augmentations);
        this.kernels = builder.kernels;
        this.maxRecordedChanges = builder.maxRecordedChanges;
        this.seed = builder.seed;
        postConfig();
    }

    /**
     * Checks the configuration.
     *
     * @throws PropertyException If a field is missing or out of range; the message names it.
     */
    @Override
    public synchronized void postConfig() {
        configured = false;
        FieldChecks checks = new FieldChecks(configName);
        checks.requirePresent("outputAdapter", outputAdapter);
        checks.requirePresent("featureLayout", featureLayout);
        checks.requirePresent("network", network);
        checks.requirePresent("search", search);
        checks.requirePresent("optimiser", optimiser);
        checks.requirePresent("initialisation", initialisation);
        checks.requireRange("epochs", epochs, 1, 1_000_000);
        checks.requireRange("minibatchSize", minibatchSize, 2, 1_000_000);
        checks.requireRate("validationFraction", validationFraction);
        checks.requireRange("patience", patience, 0, 1_000_000);
        checks.require(
                patience == 0 || validationFraction > 0.0,
                "patience",
                patience,
                "0 where validationFraction is 0, since there is nothing to watch");
        augmentations = checks.requireElements(
                "augmentations", augmentations, Augmentation.class, "an augmentation, like PadCropAugmentation");
        checks.requirePresent("kernels", kernels);
        checks.requireRange("maxRecordedChanges", maxRecordedChanges, 0, 100_000);
        configured = true;
    }

    /**
     * Sets who hears of trainings that begin from now on.
     *
     * @param listeners The listeners; they are told on the thread that trains.
     */
    public synchronized void setListeners(List<? extends GrowthListener> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    /**
     * Sets the file that the ledger of the next training is written to as it grows, besides being kept in the model.
     *
     * @param file A file that does not exist yet, or null for none.
     */
    public synchronized void setLedgerFile(Path file) {
        this.ledgerFile = file;
    }

    /**
     * Sets who else gets the lines of the next training's ledger as it grows, after they are in the file. A sink that
     * throws ends the training.
     *
     * @param sinks The sinks; the training closes them.
     */
    public synchronized void setLedgerSinks(List<? extends LineSink> sinks) {
        this.ledgerSinks = List.copyOf(sinks);
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
        if (examples.size() == 0) {
            throw new IllegalArgumentException("The dataset has no examples");
        }
        if (examples.getOutputInfo().getUnknownCount() > 0) {
            throw new IllegalArgumentException("The supplied dataset contains "
                    + examples.getOutputInfo().getUnknownCount() + " unknown outputs, but training needs known ones");
        }
        if (runProvenance.containsKey(ArchitectureHistoryProvenance.NAME)) {
            throw new IllegalArgumentException("The run provenance must not use the key "
                    + ArchitectureHistoryProvenance.NAME + ", which holds the history of the structure");
        }
        TrainerProvenance trainerProvenance;
        long runSeed;
        List<GrowthListener> heard;
        Optional<Path> file;
        List<LineSink> sinks;
        synchronized (this) {
            Configured.require(configured, this);
            if (invocationCount != INCREMENT_INVOCATION_COUNT) {
                setInvocationCount(invocationCount);
            }
            // Before counting, so that the provenance has the number of this invocation.
            trainerProvenance = getProvenance();
            runSeed = CountedRandom.of(seed, "invocation", this.invocationCount).nextLong();
            heard = listeners;
            file = Optional.ofNullable(ledgerFile);
            sinks = ledgerSinks;
            this.invocationCount++;
        }
        ImmutableFeatureMap features = examples.getFeatureIDMap();
        ImmutableOutputInfo<T> outputs = examples.getOutputIDInfo();
        BoundLayout layout = featureLayout.bind(features);
        Architecture architecture = architecture(layout, outputs);
        DenseData data = DenseData.of(examples, layout, outputs, outputAdapter, scores(architecture));
        DataSplit split = DataSplit.of(data.rows(), validationFraction, runSeed);
        ChannelNormaliser normaliser = normalisation == null ? null : normalisation.fit(data, split.training());
        TargetScaling scaling = outputAdapter.standardisesTargets() ? TargetScaling.fit(data, split.training()) : null;
        TrainingRequest request = new TrainingRequest(
                architecture,
                data,
                split,
                new BatchAssembler(data, augmentations, normaliser, scaling, runSeed),
                outputAdapter,
                search,
                optimiser,
                initialisation,
                epochs,
                minibatchSize,
                patience,
                runSeed,
                kernels,
                ConfigurationDigest.of(trainerProvenance),
                data.digest(),
                heard);
        TrainingResult result;
        byte[] ledger;
        try (LedgerWriter writer = openLedger(file, sinks)) {
            result = GrowthTraining.train(request, writer);
            ledger = writer.bytes();
        }
        Map<String, Provenance> instance = new HashMap<>(runProvenance);
        instance.put(ArchitectureHistoryProvenance.NAME, ArchitectureHistoryProvenance.of(ledger, maxRecordedChanges));
        ModelProvenance provenance = new ModelProvenance(
                GrowthModel.class.getName(),
                OffsetDateTime.now(),
                examples.getProvenance(),
                trainerProvenance,
                instance);
        CompactNetwork compact = new CompactNetwork(
                architecture, result.active(), result.parameters(), featureLayout, normaliser, scaling, ledger);
        return new GrowthModel<>("growth-model", provenance, features, outputs, outputAdapter, compact, kernels);
    }

    private Architecture architecture(BoundLayout layout, ImmutableOutputInfo<T> outputs) {
        return network.architecture(layout.shape(), outputAdapter.size(outputs), outputAdapter.activation());
    }

    private static Shape scores(Architecture architecture) {
        return architecture.shape(architecture.output().name());
    }

    private static LedgerWriter openLedger(Optional<Path> file, List<LineSink> others) {
        List<LineSink> sinks = new ArrayList<>();
        if (file.isPresent()) {
            try {
                sinks.add(FileLineSink.create(file.get()));
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot create the ledger " + file.get(), e);
            }
        }
        sinks.addAll(others);
        return LedgerWriter.inMemory(sinks.toArray(LineSink[]::new));
    }

    @Override
    public synchronized int getInvocationCount() {
        return invocationCount;
    }

    /**
     * Sets the number of the next invocation, from which its random numbers follow.
     *
     * @param invocationCount The number, at least 0.
     * @throws IllegalArgumentException If it is negative.
     */
    @Override
    public synchronized void setInvocationCount(int invocationCount) {
        if (invocationCount < 0) {
            throw new IllegalArgumentException("The invocation count must be at least 0, found " + invocationCount);
        }
        this.invocationCount = invocationCount;
    }

    @Override
    public synchronized TrainerProvenance getProvenance() {
        return new TrainerProvenanceImpl(this);
    }

    /**
     * The digest of the configuration, which the ledger of the next training carries in its first event.
     *
     * @return The SHA-256, 64 lower-case hexadecimal digits.
     */
    public synchronized String configurationDigest() {
        Configured.require(configured, this);
        return ConfigurationDigest.of(getProvenance());
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
        synchronized (this) {
            Configured.require(configured, this);
        }
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
        double fraction;
        synchronized (this) {
            Configured.require(configured, this);
            fraction = validationFraction;
        }
        return DataSplit.of(rows, fraction, seed).validation();
    }

    @Override
    public String toString() {
        return "GrowthTrainer(network=" + network + ",search=" + search + ",optimiser=" + optimiser + ",epochs="
                + epochs
                + ",minibatchSize=" + minibatchSize + ",validationFraction=" + validationFraction + ",seed=" + seed
                + ")";
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
    public static final class Builder<T extends Output<T>> {
        private final OutputAdapter<T> outputAdapter;
        private final FeatureLayout featureLayout;
        private final NetworkFamily network;
        private final StructureSearch search;
        private final Optimiser optimiser;
        private Initialisation initialisation = Initialisation.HE_NORMAL;
        private int epochs = 10;
        private int minibatchSize = 64;
        private double validationFraction = 0.0;
        private int patience = 0;
        private Normalisation normalisation = null;
        private List<Augmentation> augmentations = List.of();
        private KernelChoice kernels = KernelChoice.AUTOMATIC;
        private int maxRecordedChanges = ArchitectureHistoryProvenance.DEFAULT_MAXIMUM_CHANGES;
        private long seed = Trainer.DEFAULT_SEED;

        private Builder(
                OutputAdapter<T> outputAdapter,
                FeatureLayout featureLayout,
                NetworkFamily network,
                StructureSearch search,
                Optimiser optimiser) {
            this.outputAdapter = outputAdapter;
            this.featureLayout = featureLayout;
            this.network = network;
            this.search = search;
            this.optimiser = optimiser;
        }

        /**
         * Sets how fresh weights and biases are drawn.
         *
         * @param value The way.
         * @return This builder.
         */
        public Builder<T> initialisation(Initialisation value) {
            initialisation = value;
            return this;
        }

        /**
         * Sets the number of epochs.
         *
         * @param value At least 1.
         * @return This builder.
         */
        public Builder<T> epochs(int value) {
            epochs = value;
            return this;
        }

        /**
         * Sets the number of examples in a minibatch.
         *
         * @param value At least 2.
         * @return This builder.
         */
        public Builder<T> minibatchSize(int value) {
            minibatchSize = value;
            return this;
        }

        /**
         * Sets the part of the examples held out for validation.
         *
         * @param value At least 0 and below 1.
         * @return This builder.
         */
        public Builder<T> validationFraction(double value) {
            validationFraction = value;
            return this;
        }

        /**
         * Sets the epochs without improvement after which to stop.
         *
         * @param value 0 for never.
         * @return This builder.
         */
        public Builder<T> patience(int value) {
            patience = value;
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
         * Sets what computes.
         *
         * @param value The kernels.
         * @return This builder.
         */
        public Builder<T> kernels(KernelChoice value) {
            kernels = value;
            return this;
        }

        /**
         * Sets how many changes the model's provenance lists.
         *
         * @param value At least 0.
         * @return This builder.
         */
        public Builder<T> maxRecordedChanges(int value) {
            maxRecordedChanges = value;
            return this;
        }

        /**
         * Sets the seed.
         *
         * @param value The seed.
         * @return This builder.
         */
        public Builder<T> seed(long value) {
            seed = value;
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
