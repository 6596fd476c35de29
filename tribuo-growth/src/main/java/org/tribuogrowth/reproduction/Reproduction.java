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

package org.tribuogrowth.reproduction;

import com.oracle.labs.mlrg.olcut.config.ConfigurationData;
import com.oracle.labs.mlrg.olcut.config.ConfigurationManager;
import com.oracle.labs.mlrg.olcut.config.PropertyException;
import com.oracle.labs.mlrg.olcut.provenance.Provenance;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tribuo.ConfigurableDataSource;
import org.tribuo.DataSource;
import org.tribuo.Dataset;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.Output;
import org.tribuo.Trainer;
import org.tribuo.provenance.DataProvenance;
import org.tribuo.provenance.DatasetProvenance;
import org.tribuo.provenance.ModelProvenance;
import org.tribuo.transform.TransformedModel;
import org.tribuogrowth.GrowthModel;
import org.tribuogrowth.provenance.ArchitectureHistoryProvenance;

/**
 * Trains a model again from nothing but its provenance: the configuration of trainer and data source is taken out of it,
 * both are built, the number of the invocation is set, and what comes out is compared with what there was.
 *
 * <p>The model may be a {@link GrowthModel}, or a Tribuo model that holds such: a {@link TransformedModel} of a
 * {@code TransformTrainer} or an ensemble of a {@code BaggingTrainer}, which are trained again as a whole. A member of one of
 * these alone cannot be, since the data that it saw is in no file; ask for the whole.
 *
 * <p>Trainer and data source are found by their place in the provenance, so that any number of trainers and sources may be
 * parts of them. The data must come from a {@code MutableDataset} of one configurable source, or of one side of a
 * {@code TrainTestSplitter} of such a source.
 *
 * <p>Building what a provenance names makes objects of the classes that it names and reads the files that it names. Do so
 * with models of people whom you trust only.
 *
 * @param <T> The output type.
 */
public final class Reproduction<T extends Output<T>> {
    private final Model<T> model;
    private final ProvenanceConfiguration configuration;
    private final Optional<SourceSplit> split;

    private Reproduction(Model<T> model, ProvenanceConfiguration configuration, Optional<SourceSplit> split) {
        this.model = model;
        this.configuration = configuration;
        this.split = split;
    }

    /**
     * Prepares to train a model again. Nothing is built and no file is read yet.
     *
     * @param model The model.
     * @param <T>   The output type.
     * @return Its reproduction.
     * @throws IrreproducibleModelException If the provenance does not say how, for example because it was stripped.
     */
    public static <T extends Output<T>> Reproduction<T> of(Model<T> model) {
        ReproductionResult.networks(model);
        ModelProvenance provenance = model.getProvenance();
        DatasetProvenance data = recordedData(model);
        ProvenanceConfiguration.requireFromSource(data);
        Optional<SourceSplit> split = SourceSplit.of(data.getSourceProvenance());
        DataProvenance source = split.isPresent() ? split.get().source() : data.getSourceProvenance();
        ProvenanceConfiguration configuration = ProvenanceConfiguration.of(provenance, source);
        return new Reproduction<>(model, configuration, split);
    }

    /**
     * The configuration of the trainer and the data source, each component once, and no other component.
     *
     * @return The components.
     */
    public List<ConfigurationData> configuration() {
        return configuration.components();
    }

    /**
     * The component of {@link #configuration()} that trained.
     *
     * @return Its name.
     */
    public String trainerName() {
        return configuration.trainer();
    }

    /**
     * The component of {@link #configuration()} that gave the data.
     *
     * @return Its name.
     */
    public String sourceName() {
        return configuration.source();
    }

    /**
     * Which invocation of its trainer made the model.
     *
     * @return The number, 0 for the first.
     */
    public int invocationCount() {
        return configuration.invocationCount();
    }

    /**
     * The part of a data source that the model was trained on.
     *
     * @param source The source that {@link #sourceName()} names.
     * @return The source, or the recorded side of the recorded split of it.
     */
    public DataSource<T> part(DataSource<T> source) {
        return split.isEmpty() ? source : split.get().apply(source);
    }

    /**
     * Builds the trainer, its trainers within it too, as it was when it trained the model.
     *
     * @return The trainer, its next invocation the one that made the model.
     * @throws IrreproducibleModelException If it cannot be built.
     */
    public Trainer<T> trainer() {
        ConfigurationManager manager = manager();
        @SuppressWarnings("unchecked") // the trainer checks the outputs of the data that it is given
        Trainer<T> trainer = (Trainer<T>) build(manager, trainerName(), Trainer.class, "trainer");
        configuration.invocationCounts().forEach((name, count) -> build(manager, name, Trainer.class, "trainer")
                .setInvocationCount(count));
        return trainer;
    }

    /**
     * Reads the training data.
     *
     * @return The data.
     * @throws IrreproducibleModelException If it cannot be read, or is not of the recorded size.
     */
    public Dataset<T> data() {
        @SuppressWarnings("unchecked") // compared with the model's outputs below
        DataSource<T> source =
                (DataSource<T>) build(manager(), sourceName(), ConfigurableDataSource.class, "data source");
        Dataset<T> data;
        try {
            data = new MutableDataset<>(part(source));
        } catch (IllegalArgumentException | IllegalStateException | UncheckedIOException e) {
            throw new IrreproducibleModelException(
                    "The data of " + sourceName() + " cannot be read: " + e.getMessage(), e);
        }
        DatasetProvenance recorded = recordedData(model);
        if (data.size() != recorded.getNumExamples() || data.getOutputInfo().size() != recorded.getNumOutputs()) {
            throw new IrreproducibleModelException(
                    "The data of " + sourceName() + " is not what the model was trained on: "
                            + recorded.getNumExamples() + " examples and " + recorded.getNumOutputs()
                            + " outputs are recorded, "
                            + data.size() + " and " + data.getOutputInfo().size() + " found");
        }
        return data;
    }

    /**
     * Trains again.
     *
     * @param data The data of {@link #data()}.
     * @return The new model. What the caller of the first training put into the provenance is in it too.
     */
    public Model<T> train(Dataset<T> data) {
        Map<String, Provenance> run =
                new HashMap<>(model.getProvenance().getInstanceProvenance().getMap());
        run.remove(ArchitectureHistoryProvenance.NAME);
        return trainer().train(data, run);
    }

    /**
     * Compares a model that was trained again with the original: networks, their ledgers byte for byte, and predictions.
     *
     * @param again The model that was trained again.
     * @param data  What to predict.
     * @return What differs.
     */
    public ReproductionResult compare(Model<T> again, Dataset<T> data) {
        return ReproductionResult.of(model, again, data);
    }

    /**
     * Reads the data, trains again and compares on that data.
     *
     * @return What differs.
     * @throws IrreproducibleModelException If trainer or data cannot be had.
     */
    public ReproductionResult run() {
        Dataset<T> data = data();
        return compare(train(data), data);
    }

    /** What was given to the trainer. A TransformTrainer records its own copy of that, transformed, and will make it again. */
    private static DatasetProvenance recordedData(Model<?> model) {
        DatasetProvenance data = model.getProvenance().getDatasetProvenance();
        boolean copied = model instanceof TransformedModel && data.getSourceProvenance() instanceof DatasetProvenance;
        return copied ? (DatasetProvenance) data.getSourceProvenance() : data;
    }

    private ConfigurationManager manager() {
        ConfigurationManager manager = new ConfigurationManager();
        manager.addConfiguration(configuration.components());
        return manager;
    }

    private static <C> C build(ConfigurationManager manager, String name, Class<C> type, String role) {
        Object built;
        try {
            built = manager.lookup(name);
        } catch (PropertyException e) {
            throw new IrreproducibleModelException(
                    "The " + role + " " + name + " of the model's provenance cannot be built: " + e.getMessage(), e);
        }
        if (!type.isInstance(built)) {
            throw new IrreproducibleModelException("The " + role + " of the model's provenance is a "
                    + built.getClass().getName() + ", which is no " + type.getName());
        }
        return type.cast(built);
    }
}
