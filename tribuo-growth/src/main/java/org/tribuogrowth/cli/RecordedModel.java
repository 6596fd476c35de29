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

import com.oracle.labs.mlrg.olcut.config.ConfigurationData;
import com.oracle.labs.mlrg.olcut.config.property.ListProperty;
import com.oracle.labs.mlrg.olcut.config.property.MapProperty;
import com.oracle.labs.mlrg.olcut.config.property.Property;
import com.oracle.labs.mlrg.olcut.config.property.SimpleProperty;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tribuo.Model;
import org.tribuo.Output;
import org.tribuogrowth.GrowthModel;
import org.tribuogrowth.ModelFileCheck;
import org.tribuogrowth.provenance.LedgerVerification;
import org.tribuogrowth.provenance.LedgerVerifier;
import org.tribuogrowth.provenance.SealEvent;
import org.tribuogrowth.provenance.StartEvent;
import org.tribuogrowth.provenance.audit.SealedRun;
import org.tribuogrowth.provenance.encoding.SafeText;
import org.tribuogrowth.reproduction.IrreproducibleModelException;
import org.tribuogrowth.reproduction.Reproduction;
import org.tribuogrowth.reproduction.ReproductionResult;

/** What a model's file alone says of the training that made it: the ledger in it, and the configuration in its provenance. */
final class RecordedModel {
    /** The largest model that is read, in bytes. */
    private static final long MOST_BYTES = 1L << 30;

    /** What the two main components are called. */
    private static final String TRAINER = "trainer";

    private static final String TRAIN_DATA = "trainData";

    private static final String COMMENT = " The configuration that the provenance of a model holds. ";

    private RecordedModel() {}

    /**
     * Reads a model.
     *
     * @param file The file.
     * @return The model.
     * @throws UserError If it is none.
     */
    static Model<?> read(Path file) {
        String name = SafeText.clean(file.toString(), 300);
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw UserError.usage("The file " + name + " has " + Files.size(file) + " bytes; of a model at most "
                        + MOST_BYTES + " are read.");
            }
            return Model.deserializeFromFile(file);
        } catch (IOException | IllegalStateException exception) {
            throw UserError.usage(
                    "The file " + name + " cannot be read as a model: "
                            + Components.sentence(SafeText.clean(Components.text(exception), 500))
                            + " Besides a model, a replay needs a run folder.",
                    exception);
        }
    }

    /**
     * Checks a model against the ledger in it, and writes that ledger and the configuration of its provenance to files.
     *
     * @param file        The model's file.
     * @param model       The model.
     * @param folder      An empty folder.
     * @param connections The other parts of the project.
     * @return The run that is in the model.
     * @throws UserError   If the model is not what its ledger says, or its provenance does not allow to train again.
     * @throws IOException If a file cannot be read or written.
     */
    static RecordedRun unpack(Path file, GrowthModel<?> model, Path folder, Connections connections)
            throws IOException {
        byte[] ledger = model.ledger();
        SealedRun sealed = verify(file, ledger);
        Reproduction<?> reproduction;
        String digest;
        try {
            reproduction = Reproduction.of(model);
            digest = connections.configurationDigest(reproduction.trainer());
        } catch (IrreproducibleModelException exception) {
            throw UserError.usage(Components.sentence(exception.getMessage()), exception);
        }
        if (!digest.equals(sealed.start().configurationDigest())) {
            throw UserError.failure(
                    "The trainer in the model's provenance is not the one that the ledger was made with: the ledger has the"
                            + " digest " + sealed.start().configurationDigest() + ", the trainer has " + digest
                            + ". Another version of a component may have other fields or defaults.",
                    null);
        }
        Configuration configuration = configuration(file, reproduction);
        RunFolder files = RunFolder.at(folder);
        files.write(RunFolder.LEDGER, ledger);
        files.write(RunFolder.CONFIGURATION, ConfigurationWriter.write(configuration, COMMENT));
        ConfigurationChecker.check(configuration);
        return new RecordedRun(
                folder,
                sealed.start(),
                sealed.ledgerHead(),
                sealed.ledgerEvents(),
                configuration,
                TRAINER,
                Optional.of(reproduction));
    }

    /**
     * Trains a model again that is no single network.
     *
     * @param model The model.
     * @param <T>   The output type.
     * @return What differs.
     * @throws UserError If it cannot be trained again.
     */
    static <T extends Output<T>> ReproductionResult trainAgain(Model<T> model) {
        try {
            return Reproduction.of(model).run();
        } catch (IrreproducibleModelException exception) {
            throw UserError.usage(Components.sentence(exception.getMessage()), exception);
        }
    }

    private static SealedRun verify(Path file, byte[] ledger) throws IOException {
        LedgerVerification verification = LedgerVerifier.verify(ledger);
        if (!verification.ok()) {
            throw UserError.failure(
                    "The ledger in the model does not hold: line "
                            + verification.badLine().orElse(verification.lines()) + " "
                            + SafeText.clean(verification.reason(), 300) + ".",
                    null);
        }
        // A ledger that holds as a whole has both ends.
        StartEvent start = verification.start().orElseThrow();
        SealEvent seal = verification.seal().orElseThrow();
        SealedRun sealed = new SealedRun(start, seal, verification.head(), verification.lines());
        try {
            new ModelFileCheck().check(file, sealed);
        } catch (IllegalArgumentException exception) {
            throw UserError.failure(
                    "The model is not what the ledger in it says: "
                            + Components.sentence(SafeText.clean(exception.getMessage(), 500)),
                    exception);
        }
        return sealed;
    }

    /** The components as a configuration, trainer and data named as in most files so that overrides are easy to write. */
    private static Configuration configuration(Path file, Reproduction<?> reproduction) {
        Map<String, String> names = new HashMap<>();
        names.put(reproduction.trainerName(), TRAINER);
        names.put(reproduction.sourceName(), TRAIN_DATA);
        Place place = new Place("the provenance of " + file, 0);
        List<Configuration.Component> components = new ArrayList<>();
        for (ConfigurationData data : reproduction.configuration()) {
            Map<String, Property> properties = new LinkedHashMap<>();
            data.getProperties().forEach((name, property) -> properties.put(name, renamed(property, names)));
            components.add(new Configuration.Component(
                    names.getOrDefault(data.getName(), data.getName()),
                    data.getClassName(),
                    place,
                    properties,
                    Map.of()));
        }
        return new Configuration(List.of(place.source()), components);
    }

    private static Property renamed(Property property, Map<String, String> names) {
        if (property instanceof ListProperty list) {
            return new ListProperty(
                    list.getSimpleList().stream()
                            .map(item -> renamed(item, names))
                            .toList(),
                    list.getClassList());
        } else if (property instanceof MapProperty map) {
            Map<String, SimpleProperty> entries = new HashMap<>();
            map.getMap().forEach((key, value) -> entries.put(key, renamed(value, names)));
            return new MapProperty(entries);
        }
        return renamed((SimpleProperty) property, names);
    }

    private static SimpleProperty renamed(SimpleProperty property, Map<String, String> names) {
        return new SimpleProperty(names.getOrDefault(property.getValue(), property.getValue()));
    }
}
