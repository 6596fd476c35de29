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

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tribuo.Output;
import org.tribuogrowth.GrowthModel;

/** {@code predict}: what trained networks make of images in files. */
final class PredictCommand {
    /** The command's name. */
    static final String NAME = "predict";

    private static final int MOST_IMAGES = 100_000;

    private static final CommandLine.Option MODEL = new CommandLine.Option(
            "model",
            'm',
            "RUN|MODEL",
            true,
            "a run folder or a model.tribuo; several networks of the same classes are set side by side");
    private static final CommandLine.Option OUTPUT = CommandLine.Option.value(
            "output", 'o', "FOLDER", "where masks and pictures go; created if it is not there");
    private static final CommandLine.Option RESIZE =
            CommandLine.Option.flag("resize", ' ', "for labels: resize images of another size than the network's");

    private static final List<CommandLine.Option> OPTIONS = List.of(
            MODEL,
            OUTPUT,
            PredictMasks.OVERLAY,
            PredictMasks.ALPHA,
            PredictMasks.OVERLAP,
            PredictMasks.TRUTH,
            RESIZE,
            CommandLine.Option.flag("quiet", 'q', "print nothing unless something is wrong"),
            CommandLine.Option.flag("help", 'h', "show this text"));

    private static final String HELP =
            """
            Says what trained networks make of images.

            Usage: ./grow predict -m RUN|MODEL IMAGE... [options]

            A network of labels prints a line an image with the most probable labels. A network for segmentation takes
            images of any size, tile by tile, and writes NAME.png for an image of the name NAME: a palette PNG whose
            pixels are the numbers of the classes. Images are png, jpg, gif or bmp. Nothing is overwritten.

            Options:
            %s
            Examples:
              ./grow predict -m runs/quickstart shoe.png
              ./grow predict -m runs/earth map.jpg -o masks --overlay
              ./grow predict -m runs/dense -m runs/grown map.jpg -o masks --truth voc/SegmentationClass

            Exit codes: 0 predicted; 1 a file could not be written; 2 the command, a model or an image is wrong.
            """;

    /** Of a run of a comparison: the method and the seed. */
    private static final int MOST_NAMES = 2;

    private final PrintStream out;

    PredictCommand(PrintStream out) {
        this.out = out;
    }

    int run(List<String> arguments) {
        CommandLine line = CommandLine.parse(NAME, OPTIONS, false, MOST_IMAGES, arguments);
        if (line.has("help")) {
            out.print(HELP.formatted(CommandLine.help(OPTIONS)));
            return Main.GOOD;
        }
        line.required(NAME, MODEL.name(), "which network predicts");
        Map<String, Path> images = images(line.rest());
        List<PredictMasks.Named> models = new ArrayList<>();
        try {
            List<String> words = line.values(MODEL.name());
            List<String> titles = titles(words);
            for (int i = 0; i < words.size(); i++) {
                models.add(new PredictMasks.Named(titles.get(i), model(words.get(i))));
            }
            predict(line, images, models);
        } finally {
            models.forEach(named -> named.model().close());
        }
        return Main.GOOD;
    }

    /** The images by the names that their masks will have. */
    private static Map<String, Path> images(List<String> words) {
        if (words.isEmpty()) {
            throw UserError.usage(NAME + ": which images? Name at least one file. See './grow predict --help'.");
        }
        Map<String, Path> images = new LinkedHashMap<>();
        for (String word : words) {
            Path file = RunFolder.path(word);
            if (!Files.isRegularFile(file)) {
                throw UserError.usage(NAME + ": there is no image " + Words.quote(word) + ".");
            }
            String name = file.getFileName().toString();
            int dot = name.lastIndexOf('.');
            String base = dot > 0 ? name.substring(0, dot) : name;
            Path other = images.put(base, file);
            if (other != null) {
                throw UserError.usage(NAME + ": the images " + other + " and " + file
                        + " have one name, under which their masks would be written; predict them separately.");
            }
        }
        return images;
    }

    /** What the networks are called: their folders or files, with as many folders before them as tell them apart. */
    private static List<String> titles(List<String> words) {
        List<Path> paths = words.stream().map(PredictCommand::named).toList();
        List<String> titles = titles(paths, 1);
        for (int names = 2; names <= MOST_NAMES && titles.stream().distinct().count() < titles.size(); names++) {
            titles = titles(paths, names);
        }
        return titles;
    }

    private static List<String> titles(List<Path> paths, int names) {
        return paths.stream()
                .map(path -> path.getNameCount() == 0
                        ? path
                        : path.subpath(Math.max(0, path.getNameCount() - names), path.getNameCount()))
                .map(Path::toString)
                .toList();
    }

    private static Path named(String word) {
        Path path = RunFolder.path(word).toAbsolutePath().normalize();
        boolean inFolder = !Files.isDirectory(path)
                && path.getParent() != null
                && path.getParent().getFileName() != null;
        return inFolder && path.endsWith(RunFolder.MODEL) ? path.getParent() : path;
    }

    private static GrowthModel<?> model(String word) {
        ModelFile file = ModelFile.find(NAME, word)
                .orElseThrow(
                        () -> UserError.usage(NAME + ": there is no model or run folder " + Words.quote(word) + "."));
        return file.model(file.proto());
    }

    private void predict(CommandLine line, Map<String, Path> images, List<PredictMasks.Named> models) {
        Set<Boolean> kinds = new HashSet<>();
        models.forEach(named -> kinds.add(PredictMasks.segments(named.model())));
        if (kinds.size() > 1) {
            throw UserError.usage(
                    NAME + ": some of the networks segment images and others do not; predict with each kind"
                            + " separately.");
        }
        PrintStream said = line.has("quiet") ? new PrintStream(PrintStream.nullOutputStream()) : out;
        if (kinds.contains(true)) {
            if (line.has(RESIZE.name())) {
                throw UserError.usage(NAME + ": option --" + RESIZE.name()
                        + " is for networks of labels; one for segmentation takes images of any size.");
            }
            new PredictMasks(line, models, said).run(images);
            return;
        }
        for (CommandLine.Option option : PredictMasks.options(OUTPUT)) {
            if (line.has(option.name())) {
                throw UserError.usage(NAME + ": option --" + option.name()
                        + " is for networks that segment images; this one predicts "
                        + outputType(models.get(0).model()) + ".");
            }
        }
        for (PredictMasks.Named named : models) {
            if (models.size() > 1) {
                said.println(named.title() + ":");
            }
            values(named.model(), line.has(RESIZE.name()), said).run(images);
        }
    }

    private static <T extends Output<T>> PredictValues<T> values(
            GrowthModel<T> model, boolean resize, PrintStream said) {
        return new PredictValues<>(model, resize, said);
    }

    private static String outputType(GrowthModel<?> model) {
        return model.getOutputIDInfo().getDomain().iterator().next().getClass().getSimpleName() + "s";
    }

    /** The beginning of messages about an image. */
    static String about(Path image) {
        return NAME + ": the image " + image + " cannot be used: ";
    }
}
