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
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tribuogrowth.GrownModel;

/** The form {@code --config}: a configuration that trains the structure of a model from fresh weights. */
final class ConfigurationExport implements ExportForm {
    private static final String TRAINING_DATA = "trainData";
    private static final String TEST_DATA = "testData";

    private static final String COMMENT = "Trains the structure that a run found from fresh weights."
            + " Components are named by their classes, but for trainer, structure, trainData and testData.";

    @Override
    public CommandLine.Option option() {
        return CommandLine.Option.value(
                "config",
                ' ',
                "FILE.xml",
                "a configuration for ./grow train that trains the structure that was\nfound, from fresh weights");
    }

    @Override
    public void check(ModelFile source, CommandLine line) {
        String file = line.value(option().name()).orElseThrow();
        if (!file.endsWith(".xml")) {
            throw UserError.usage(ExportCommand.NAME + ": option --config names " + file
                    + ", which does not end in .xml; other configurations are not read by ./grow.");
        }
    }

    @Override
    public void write(ModelFile source, GrownModel model, CommandLine line, Path file, PrintStream out)
            throws IOException {
        Map<String, Configuration.Component> components = new LinkedHashMap<>();
        try {
            for (ConfigurationData data : model.finalConfiguration()) {
                components.put(data.getName(), component(data));
            }
        } catch (IllegalStateException exception) {
            throw UserError.usage(
                    ExportCommand.NAME + ": there is no configuration for " + source.file() + ": "
                            + Components.sentence(Components.text(exception)),
                    exception);
        }
        boolean tested = addTestData(source, components);
        Configuration configuration = new Configuration(List.of(source.file().toString()), components.values());
        Files.write(file, ConfigurationWriter.write(configuration, COMMENT));
        say(line, configuration, tested, ModelSize.of(model), out);
    }

    private static Configuration.Component component(ConfigurationData data) {
        Place place = new Place("the model's provenance", 0);
        return new Configuration.Component(
                data.getName(), data.getClassName(), place, new TreeMap<>(data.getProperties()), Map.of());
    }

    /** A model does not know what it was tested on; the configuration beside it does. */
    private static boolean addTestData(ModelFile source, Map<String, Configuration.Component> components) {
        Path kept =
                source.run().map(run -> run.resolve(RunFolder.CONFIGURATION)).orElse(null);
        if (kept == null || !Files.isRegularFile(kept)) {
            return false;
        }
        Configuration run = ConfigurationReader.read(List.of(kept.toString()), List.of());
        if (run.component(TEST_DATA).isEmpty()) {
            return false;
        }
        List<Configuration.Component> added = new ArrayList<>();
        for (String name : new Components(run).buildOrder(TEST_DATA)) {
            added.add(run.component(name).orElseThrow());
        }
        if (added.stream().anyMatch(component -> components.containsKey(component.name()))) {
            // Another component has the name already.
            return false;
        }
        added.forEach(component -> components.put(component.name(), component));
        return true;
    }

    private static void say(
            CommandLine line, Configuration configuration, boolean tested, ModelSize size, PrintStream out) {
        if (configuration.component(TRAINING_DATA).isEmpty()) {
            out.println("  the model's provenance has no configurable data source: add the component " + TRAINING_DATA);
        }
        if (!tested) {
            out.println("  test data is not part of a model: add the component " + TEST_DATA
                    + ", or train with --test-data " + TrainingRun.NO_TEST_DATA);
        }
        if (size.nonZero() < size.weights()) {
            out.println("  which weights are zero is not part of it: " + size.weightText());
        }
        out.println("  ./grow train -c " + line.value("config").orElseThrow() + " -t trainer -o FOLDER"
                + (tested ? "" : " --test-data " + TrainingRun.NO_TEST_DATA));
    }
}
