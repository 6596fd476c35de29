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
import com.oracle.labs.mlrg.olcut.config.Configurable;
import com.oracle.labs.mlrg.olcut.config.ConfigurableName;
import com.oracle.labs.mlrg.olcut.config.PropertyException;
import com.oracle.labs.mlrg.olcut.provenance.Provenance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tribuo.OutputInfo;
import org.tribuo.Trainer;
import org.tribuo.WeightedExamples;
import org.tribuo.provenance.DatasetProvenance;
import org.tribuo.provenance.ModelProvenance;
import org.tribuo.provenance.TrainerProvenance;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.family.NetworkFamily;
import org.tribuogrowth.configuration.Configured;
import org.tribuogrowth.configuration.FieldChecks;
import org.tribuogrowth.data.ChannelNormaliser;
import org.tribuogrowth.data.FeatureLayout;
import org.tribuogrowth.data.TargetScaling;
import org.tribuogrowth.data.TrainingExamples;
import org.tribuogrowth.kernel.KernelChoice;
import org.tribuogrowth.network.Initialisation;
import org.tribuogrowth.output.Objective;
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
 * What the trainers of this project have in common, whatever their examples are: network, search and optimiser, counted
 * invocations, and who hears of a training. See {@link GrowthTrainer} and {@link GrowthSequenceTrainer}.
 */
public abstract sealed class NetworkTrainer implements Configurable, WeightedExamples
        permits GrowthTrainer, GrowthSequenceTrainer {
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

    /** For OLCUT. */
    NetworkTrainer() {}

    /**
     * Takes what a builder has; {@link #postConfig} is to follow.
     *
     * @param builder The builder.
     */
    NetworkTrainer(SharedBuilder<?> builder) {
        this.network = builder.network;
        this.search = builder.search;
        this.optimiser = builder.optimiser;
        this.initialisation = builder.initialisation;
        this.epochs = builder.epochs;
        this.minibatchSize = builder.minibatchSize;
        this.validationFraction = builder.validationFraction;
        this.patience = builder.patience;
        this.kernels = builder.kernels;
        this.maxRecordedChanges = builder.maxRecordedChanges;
        this.seed = builder.seed;
    }

    /**
     * Checks the configuration.
     *
     * @throws PropertyException If a field is missing or out of range; the message names it.
     */
    @Override
    public final synchronized void postConfig() {
        configured = false;
        FieldChecks checks = new FieldChecks(configName);
        checkFirst(checks);
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
        checkLast(checks);
        checks.requirePresent("kernels", kernels);
        checks.requireRange("maxRecordedChanges", maxRecordedChanges, 0, 100_000);
        configured = true;
    }

    /** Checks a trainer's own mandatory fields. */
    abstract void checkFirst(FieldChecks checks);

    /** Checks a trainer's other own fields, and makes lists immutable. */
    abstract void checkLast(FieldChecks checks);

    /**
     * Sets who hears of trainings that begin from now on.
     *
     * @param listeners The listeners; they are told on the thread that trains.
     */
    public final synchronized void setListeners(List<? extends GrowthListener> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    /**
     * Sets the file that the ledger of the next training is written to as it grows, besides being kept in the model.
     *
     * @param file A file that does not exist yet, or null for none.
     */
    public final synchronized void setLedgerFile(Path file) {
        this.ledgerFile = file;
    }

    /**
     * Sets who else gets the lines of the next training's ledger as it grows, after they are in the file. A sink that
     * throws ends the training.
     *
     * @param sinks The sinks; the training closes them.
     */
    public final synchronized void setLedgerSinks(List<? extends LineSink> sinks) {
        this.ledgerSinks = List.copyOf(sinks);
    }

    /**
     * The number of the next invocation.
     *
     * @return At least 0.
     */
    public final synchronized int getInvocationCount() {
        return invocationCount;
    }

    /**
     * Sets the number of the next invocation, from which its random numbers follow.
     *
     * @param invocationCount The number, at least 0.
     * @throws IllegalArgumentException If it is negative.
     */
    public final synchronized void setInvocationCount(int invocationCount) {
        if (invocationCount < 0) {
            throw new IllegalArgumentException("The invocation count must be at least 0, found " + invocationCount);
        }
        this.invocationCount = invocationCount;
    }

    /**
     * The provenance of the trainer as it is now.
     *
     * @return All configured fields and the number of the next invocation.
     */
    public abstract TrainerProvenance getProvenance();

    /**
     * The digest of the configuration, which the ledger of the next training carries in its first event.
     *
     * @return The SHA-256, 64 lower-case hexadecimal digits.
     */
    public final synchronized String configurationDigest() {
        requireConfigured();
        return ConfigurationDigest.of(getProvenance());
    }

    final synchronized void requireConfigured() {
        Configured.require(configured, this);
    }

    final NetworkFamily network() {
        return network;
    }

    final int epochs() {
        return epochs;
    }

    final int minibatchSize() {
        return minibatchSize;
    }

    final double validationFraction() {
        return validationFraction;
    }

    final KernelChoice kernels() {
        return kernels;
    }

    /** Refuses data that no trainer can learn from, and keys of provenance that the model needs. */
    static void check(int examples, OutputInfo<?> outputs, Map<String, Provenance> runProvenance) {
        if (examples == 0) {
            throw new IllegalArgumentException("The dataset has no examples");
        }
        if (outputs.getUnknownCount() > 0) {
            throw new IllegalArgumentException("The supplied dataset contains " + outputs.getUnknownCount()
                    + " unknown outputs, but training needs known ones");
        }
        if (runProvenance.containsKey(ArchitectureHistoryProvenance.NAME)) {
            throw new IllegalArgumentException("The run provenance must not use the key "
                    + ArchitectureHistoryProvenance.NAME + ", which holds the history of the structure");
        }
    }

    /**
     * One invocation: what it takes from the trainer at its beginning, so that trainings share nothing.
     *
     * @param provenance The trainer's provenance, with the number of this invocation.
     * @param seed       The seed of everything random in it.
     * @param listeners  Who hears of it.
     * @param file       Where its ledger goes.
     * @param sinks      Who else gets the ledger's lines.
     */
    record Invocation(
            TrainerProvenance provenance,
            long seed,
            List<GrowthListener> listeners,
            Optional<Path> file,
            List<LineSink> sinks) {}

    /** Begins an invocation of a number, or the next. */
    final synchronized Invocation begin(int count) {
        requireConfigured();
        if (count != Trainer.INCREMENT_INVOCATION_COUNT) {
            setInvocationCount(count);
        }
        // Before counting, so that the provenance has the number of this invocation.
        TrainerProvenance provenance = getProvenance();
        long runSeed = CountedRandom.of(seed, "invocation", invocationCount).nextLong();
        Invocation invocation =
                new Invocation(provenance, runSeed, listeners, Optional.ofNullable(ledgerFile), ledgerSinks);
        invocationCount++;
        return invocation;
    }

    /**
     * What came of a training.
     *
     * @param result What the training gave.
     * @param ledger The bytes of its ledger.
     */
    record Trained(TrainingResult result, byte[] ledger) {
        CompactNetwork network(
                Architecture dense, FeatureLayout layout, ChannelNormaliser normaliser, TargetScaling scaling) {
            return new CompactNetwork(dense, result.active(), result.parameters(), layout, normaliser, scaling, ledger);
        }
    }

    /** Trains. */
    final Trained train(
            Invocation invocation, Architecture architecture, TrainingExamples examples, Objective objective) {
        TrainingRequest request = new TrainingRequest(
                architecture,
                examples,
                objective,
                search,
                optimiser,
                initialisation,
                epochs,
                minibatchSize,
                patience,
                invocation.seed(),
                kernels,
                ConfigurationDigest.of(invocation.provenance()),
                examples.digest(),
                invocation.listeners());
        try (LedgerWriter writer = openLedger(invocation.file(), invocation.sinks())) {
            TrainingResult result = GrowthTraining.train(request, writer);
            return new Trained(result, writer.bytes());
        }
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

    /** The provenance of a model, with the history of its structure. */
    final ModelProvenance provenance(
            Class<?> model,
            Invocation invocation,
            DatasetProvenance data,
            Map<String, Provenance> runProvenance,
            Trained trained) {
        Map<String, Provenance> instance = new HashMap<>(runProvenance);
        instance.put(
                ArchitectureHistoryProvenance.NAME,
                ArchitectureHistoryProvenance.of(trained.ledger(), maxRecordedChanges));
        return new ModelProvenance(model.getName(), OffsetDateTime.now(), data, invocation.provenance(), instance);
    }

    /** The configured values that all trainers have, for {@code toString}. */
    final String describe() {
        return "network=" + network + ",search=" + search + ",optimiser=" + optimiser + ",epochs=" + epochs
                + ",minibatchSize=" + minibatchSize + ",validationFraction=" + validationFraction + ",seed=" + seed;
    }

    /**
     * Builds trainers in code; the fields and their defaults are those of the configuration.
     *
     * @param <B> The builder's own type.
     */
    public abstract static sealed class SharedBuilder<B extends SharedBuilder<B>>
            permits GrowthTrainer.Builder, GrowthSequenceTrainer.Builder {
        private final NetworkFamily network;
        private final StructureSearch search;
        private final Optimiser optimiser;
        private Initialisation initialisation = Initialisation.HE_NORMAL;
        private int epochs = 10;
        private int minibatchSize = 64;
        private double validationFraction = 0.0;
        private int patience = 0;
        private KernelChoice kernels = KernelChoice.AUTOMATIC;
        private int maxRecordedChanges = ArchitectureHistoryProvenance.DEFAULT_MAXIMUM_CHANGES;
        private long seed = Trainer.DEFAULT_SEED;

        /**
         * Begins with what has no default.
         *
         * @param network   The network family.
         * @param search    What decides about structure.
         * @param optimiser What learns the parameters.
         */
        SharedBuilder(NetworkFamily network, StructureSearch search, Optimiser optimiser) {
            this.network = network;
            this.search = search;
            this.optimiser = optimiser;
        }

        /** This builder, by its own type. */
        abstract B self();

        /**
         * Sets how fresh weights and biases are drawn.
         *
         * @param value The way.
         * @return This builder.
         */
        public final B initialisation(Initialisation value) {
            initialisation = value;
            return self();
        }

        /**
         * Sets the number of epochs.
         *
         * @param value At least 1.
         * @return This builder.
         */
        public final B epochs(int value) {
            epochs = value;
            return self();
        }

        /**
         * Sets the number of examples in a minibatch.
         *
         * @param value At least 2.
         * @return This builder.
         */
        public final B minibatchSize(int value) {
            minibatchSize = value;
            return self();
        }

        /**
         * Sets the part of the examples held out for validation.
         *
         * @param value At least 0 and below 1.
         * @return This builder.
         */
        public final B validationFraction(double value) {
            validationFraction = value;
            return self();
        }

        /**
         * Sets the epochs without improvement after which to stop.
         *
         * @param value 0 for never.
         * @return This builder.
         */
        public final B patience(int value) {
            patience = value;
            return self();
        }

        /**
         * Sets what computes.
         *
         * @param value The kernels.
         * @return This builder.
         */
        public final B kernels(KernelChoice value) {
            kernels = value;
            return self();
        }

        /**
         * Sets how many changes the model's provenance lists.
         *
         * @param value At least 0.
         * @return This builder.
         */
        public final B maxRecordedChanges(int value) {
            maxRecordedChanges = value;
            return self();
        }

        /**
         * Sets the seed.
         *
         * @param value The seed.
         * @return This builder.
         */
        public final B seed(long value) {
            seed = value;
            return self();
        }
    }
}
