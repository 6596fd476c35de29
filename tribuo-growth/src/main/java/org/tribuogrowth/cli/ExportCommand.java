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

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tribuogrowth.GrownModel;

/** {@code export}: a trained network in forms that other programs read. */
final class ExportCommand {
    /** The command's name. */
    static final String NAME = "export";

    private static final List<CommandLine.Option> OWN_OPTIONS = List.of(
            CommandLine.Option.flag("quiet", 'q', "print nothing unless something is wrong"),
            CommandLine.Option.flag("help", 'h', "show this text"));

    private static final String HELP =
            """
            Writes a trained network in forms that other programs read.

            Usage: ./grow export RUN|MODEL FORM FILE [FORM FILE ...] [options] [--@component.property VALUE ...]

            RUN is a run folder, MODEL a model.tribuo. Each file appears whole or not at all, and nothing is overwritten.

            Options:
            %s
            Exit codes: 0 written; 1 a check of what was to be written failed, or it could not be written: there is no
            such file then; 2 the command or the model is wrong.
            """;

    private final List<ExportForm> forms;
    private final PrintStream out;

    ExportCommand(List<ExportForm> forms, PrintStream out) {
        this.forms = List.copyOf(forms);
        this.out = out;
    }

    /** All forms that there are. */
    static List<ExportForm> forms(Connections connections) {
        return List.of(
                new OnnxExport(connections), new Dl4jExport(connections), new ConfigurationExport(), new CardExport());
    }

    int run(List<String> words) {
        CommandLine line = CommandLine.parse(NAME, options(), true, 1, words);
        if (line.has("help")) {
            out.print(HELP.formatted(CommandLine.help(options())));
            return Main.GOOD;
        }
        Map<ExportForm, Path> wanted = wanted(line);
        ModelFile source = source(line);
        wanted.keySet().forEach(form -> form.check(source, line));
        try (GrownModel model = source.grown(source.proto())) {
            wanted.forEach((form, file) -> write(form, file, source, model, line));
        }
        return Main.GOOD;
    }

    private List<CommandLine.Option> options() {
        // Two forms may share a detail.
        Set<CommandLine.Option> options = new LinkedHashSet<>();
        for (ExportForm form : forms) {
            options.add(form.option());
            options.addAll(form.details());
        }
        options.addAll(OWN_OPTIONS);
        return List.copyOf(options);
    }

    /** The forms asked for, each with its file, which does not exist yet. */
    private Map<ExportForm, Path> wanted(CommandLine line) {
        Map<ExportForm, Path> wanted = new LinkedHashMap<>();
        for (ExportForm form : forms) {
            String name = form.option().name();
            if (line.has(name)) {
                Path file = free(name, line.value(name).orElseThrow());
                if (wanted.containsValue(file)) {
                    throw UserError.usage(
                            NAME + ": two forms cannot go into one file, found --" + name + " " + file + ".");
                }
                wanted.put(form, file);
            }
        }
        if (wanted.isEmpty()) {
            List<String> names =
                    forms.stream().map(form -> form.option().words().strip()).toList();
            throw UserError.usage(NAME + ": nothing to write; name at least one form and its file: "
                    + String.join(", ", names) + ". See './grow export --help'.");
        }
        checkDetails(wanted.keySet(), line);
        return wanted;
    }

    /** Makes sure that every option is about a form that is asked for. */
    private void checkDetails(Set<ExportForm> wanted, CommandLine line) {
        for (ExportForm form : forms) {
            for (CommandLine.Option detail : form.details()) {
                boolean served =
                        wanted.stream().anyMatch(other -> other.details().contains(detail));
                if (line.has(detail.name()) && !served) {
                    throw UserError.usage(NAME + ": option --" + detail.name() + " belongs to --"
                            + form.option().name() + ", which is not there.");
                }
            }
        }
        boolean configured = wanted.stream().anyMatch(ExportForm::readsConfiguration);
        if (!configured && !line.overrides().isEmpty()) {
            throw UserError.usage(NAME + ": " + line.overrides().get(0).words()
                    + " changes a configuration, but no form that is asked for reads one.");
        }
    }

    private static Path free(String option, String word) {
        Path file = RunFolder.path(word).toAbsolutePath().normalize();
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw UserError.usage(NAME + ": option --" + option + " names " + word
                    + ", which exists; nothing is overwritten. Give another name, or remove it first.");
        }
        Path folder = file.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw UserError.usage(
                    NAME + ": option --" + option + " names " + word + ", but there is no folder " + folder + ".");
        }
        return file;
    }

    private static ModelFile source(CommandLine line) {
        if (line.rest().isEmpty()) {
            throw UserError.usage(NAME + ": which model? Name a run folder or a " + RunFolder.MODEL
                    + ". See './grow export --help'.");
        }
        String word = line.rest().get(0);
        return ModelFile.find(NAME, word)
                .orElseThrow(() -> UserError.usage(NAME + ": there is no model or run folder " + word + "."));
    }

    private void write(ExportForm form, Path file, ModelFile source, GrownModel model, CommandLine line) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream saying = new PrintStream(said, true, StandardCharsets.UTF_8);
        RunFolder.at(file.getParent()).write(file.getFileName().toString(), part -> {
            form.write(source, model, line, part, saying);
        });
        if (!line.has("quiet")) {
            // Said once the file is there under its name.
            out.println(line.value(form.option().name()).orElseThrow() + ": " + size(file) + " bytes");
            out.print(said.toString(StandardCharsets.UTF_8));
        }
    }

    private static String size(Path file) {
        try {
            return Text.count(Files.size(file));
        } catch (IOException exception) {
            throw UserError.failure(
                    NAME + ": " + file + " is gone: " + Components.sentence(Components.text(exception)), exception);
        }
    }
}
