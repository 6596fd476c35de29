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

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.tribuogrowth.GrowthModel;
import org.tribuogrowth.data.MaskColours;
import org.tribuogrowth.data.MaskReader;
import org.tribuogrowth.data.Picture;
import org.tribuogrowth.pictures.MaskPictures;
import org.tribuogrowth.pictures.PictureSegmenter;
import org.tribuogrowth.segmentation.PixelConfusion;
import org.tribuogrowth.segmentation.SegmentationClasses;
import org.tribuogrowth.segmentation.SegmentationMask;

/** Writes the masks that networks predict of images, and pictures of them. */
final class PredictMasks {
    static final CommandLine.Option OVERLAY = CommandLine.Option.flag(
            "overlay", ' ', "for masks: write NAME-overlay.png too, the mask over the image with a legend");
    static final CommandLine.Option ALPHA = CommandLine.Option.value(
            "alpha", ' ', "NUMBER", "for --overlay: how much of the mask's colours is seen, 0 to 1 (default: 0.5)");
    static final CommandLine.Option OVERLAP = CommandLine.Option.value(
            "overlap",
            ' ',
            "PIXELS",
            "for masks: how many rows and columns neighbouring tiles share\n(default: a quarter of a tile's smaller side)");
    static final CommandLine.Option TRUTH = CommandLine.Option.value(
            "truth",
            ' ',
            "FOLDER",
            "for masks: true masks by the names NAME.png; writes NAME-compare.png, image,\ntruth and predictions side by side, and prints the mean intersection over union");

    private static final double DEFAULT_ALPHA = 0.5;
    private static final String PNG = ".png";

    private final boolean overlay;
    private final double alpha;
    private final Optional<Path> truths;
    private final Path folder;
    private final List<Segmenting> models = new ArrayList<>();
    private final PrintStream out;

    /**
     * A model with the name that it has in pictures.
     *
     * @param title The name.
     * @param model The model.
     */
    record Named(String title, GrowthModel<?> model) {}

    private record Segmenting(String title, PictureSegmenter segmenter, PixelConfusion confusion) {}

    @SuppressWarnings("unchecked") // The command looks at each model's outputs before it comes here.
    PredictMasks(CommandLine line, List<Named> named, PrintStream out) {
        this.out = out;
        this.overlay = line.has(OVERLAY.name());
        this.alpha = alpha(line);
        this.truths = line.value(TRUTH.name()).map(PredictMasks::truthFolder);
        this.folder = RunFolder.path(line.required(PredictCommand.NAME, "output", "where the masks are to be"));
        for (Named one : named) {
            PictureSegmenter segmenter = segmenter((GrowthModel<SegmentationMask>) one.model(), line);
            models.add(new Segmenting(
                    one.title(),
                    segmenter,
                    new PixelConfusion(segmenter.classes().size())));
        }
        PictureSegmenter first = models.get(0).segmenter();
        for (Segmenting other : models) {
            if (!other.segmenter().classes().equals(first.classes())
                    || other.segmenter().channels() != first.channels()) {
                throw UserError.usage(PredictCommand.NAME + ": " + models.get(0).title() + " and " + other.title()
                        + " have other classes or other channels: " + first.classes() + " of " + first.channels()
                        + " channels, and " + other.segmenter().classes() + " of "
                        + other.segmenter().channels() + ".");
            }
        }
    }

    /** Whether a model segments images. */
    static boolean segments(GrowthModel<?> model) {
        return model.getOutputIDInfo().getDomain().iterator().next() instanceof SegmentationMask;
    }

    /** The options that are for masks only. */
    static List<CommandLine.Option> options(CommandLine.Option output) {
        return List.of(output, OVERLAY, ALPHA, OVERLAP, TRUTH);
    }

    private static double alpha(CommandLine line) {
        if (line.has(ALPHA.name()) && !line.has(OVERLAY.name())) {
            throw UserError.usage(PredictCommand.NAME + ": option --" + ALPHA.name() + " belongs to --" + OVERLAY.name()
                    + ", which is not there.");
        }
        String word = line.value(ALPHA.name()).orElse(Double.toString(DEFAULT_ALPHA));
        try {
            double alpha = Double.parseDouble(word);
            if (alpha >= 0.0 && alpha <= 1.0) {
                return alpha;
            }
        } catch (NumberFormatException exception) {
            throw wrongNumber(ALPHA, word, "a number from 0 to 1", exception);
        }
        throw wrongNumber(ALPHA, word, "a number from 0 to 1", null);
    }

    private static UserError wrongNumber(
            CommandLine.Option option, String word, String allowed, NumberFormatException cause) {
        return UserError.usage(
                PredictCommand.NAME + ": option --" + option.name() + " has the value " + Words.quote(word)
                        + ", allowed is " + allowed + ".",
                cause);
    }

    private static Path truthFolder(String word) {
        Path folder = RunFolder.path(word);
        if (!Files.isDirectory(folder)) {
            throw UserError.usage(PredictCommand.NAME + ": option --" + TRUTH.name() + " names " + Words.quote(word)
                    + ", where there is no folder.");
        }
        return folder;
    }

    private static PictureSegmenter segmenter(GrowthModel<SegmentationMask> model, CommandLine line) {
        try {
            if (!line.has(OVERLAP.name())) {
                return new PictureSegmenter(model);
            }
            String word = line.value(OVERLAP.name()).orElseThrow();
            try {
                return new PictureSegmenter(model, Integer.parseInt(word));
            } catch (NumberFormatException exception) {
                throw wrongNumber(OVERLAP, word, "a whole number of pixels", exception);
            }
        } catch (IllegalArgumentException exception) {
            throw UserError.usage(
                    PredictCommand.NAME + ": " + Components.sentence(Components.text(exception)), exception);
        }
    }

    void run(Map<String, Path> images) {
        checkFree(images.keySet().stream().toList());
        try {
            Files.createDirectories(folder);
        } catch (IOException exception) {
            throw UserError.usage(
                    PredictCommand.NAME + ": the folder " + folder + " cannot be created: "
                            + Components.sentence(Components.text(exception)),
                    exception);
        }
        images.forEach(this::predict);
        if (truths.isPresent() && images.size() > 1) {
            for (Segmenting model : models) {
                out.println("all images" + suffixText(model) + ": " + meanIou(model.confusion()));
            }
        }
    }

    /** Nothing is overwritten, and that is found out before anything is computed. */
    private void checkFree(List<String> names) {
        for (String name : names) {
            List<String> files = new ArrayList<>();
            for (int number = 0; number < models.size(); number++) {
                files.add(maskName(name, number));
                files.add(overlayName(name, number));
            }
            files.add(compareName(name));
            for (String file : files) {
                if (Files.exists(folder.resolve(file), LinkOption.NOFOLLOW_LINKS)) {
                    throw UserError.usage(PredictCommand.NAME + ": the file " + folder.resolve(file)
                            + " exists; nothing is overwritten. Name another folder with -o, or remove it first.");
                }
            }
        }
    }

    private String suffix(int number) {
        return models.size() == 1 ? "" : "-" + (number + 1);
    }

    private String maskName(String name, int number) {
        return name + suffix(number) + PNG;
    }

    private String overlayName(String name, int number) {
        return name + suffix(number) + "-overlay" + PNG;
    }

    private static String compareName(String name) {
        return name + "-compare" + PNG;
    }

    private void predict(String name, Path image) {
        Picture picture;
        Optional<SegmentationMask> truth;
        try {
            picture = Picture.read(image, models.get(0).segmenter().channels());
            truth = truth(name, picture);
        } catch (IOException | IllegalArgumentException exception) {
            throw UserError.usage(
                    PredictCommand.about(image) + Components.sentence(Components.text(exception)), exception);
        }
        List<MaskPictures.Titled> masks = new ArrayList<>();
        for (int number = 0; number < models.size(); number++) {
            Segmenting model = models.get(number);
            SegmentationMask mask = segment(model, image, picture);
            masks.add(new MaskPictures.Titled(model.title(), mask));
            write(maskName(name, number), MaskPictures.indexed(mask));
            if (overlay) {
                write(overlayName(name, number), MaskPictures.overlayWithLegend(picture, mask, alpha));
            }
            String compared = "";
            if (truth.isPresent()) {
                PixelConfusion ofImage = new PixelConfusion(mask.classes().size());
                ofImage.add(truth.get(), mask);
                model.confusion().add(truth.get(), mask);
                compared = "; " + meanIou(ofImage);
            }
            out.println(image + suffixText(model) + ": " + shares(mask) + compared);
        }
        if (truth.isPresent()) {
            write(compareName(name), MaskPictures.sideBySide(picture, truth, masks));
        }
    }

    private static SegmentationMask segment(Segmenting model, Path image, Picture picture) {
        try {
            return model.segmenter().segment(picture);
        } catch (IllegalArgumentException exception) {
            throw UserError.usage(
                    PredictCommand.about(image) + Components.sentence(Components.text(exception)), exception);
        }
    }

    private Optional<SegmentationMask> truth(String name, Picture picture) throws IOException {
        if (truths.isEmpty()) {
            return Optional.empty();
        }
        Path file = truths.get().resolve(name + PNG);
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("there is no true mask " + file);
        }
        SegmentationClasses classes = models.get(0).segmenter().classes();
        SegmentationMask mask;
        try {
            mask = new MaskReader(classes, MaskColours.none()).read(file);
        } catch (IllegalArgumentException exception) {
            throw new IllegalArgumentException(
                    "its true mask " + file + " is no mask that can be used: " + exception.getMessage(), exception);
        }
        if (mask.height() != picture.shape().height()
                || mask.width() != picture.shape().width()) {
            throw new IllegalArgumentException("its true mask " + file + " has " + mask.height() + "x" + mask.width()
                    + " pixels, the image " + picture.shape().height() + "x"
                    + picture.shape().width()
                    + "; they must be of one size");
        }
        return Optional.of(mask);
    }

    private void write(String name, BufferedImage image) {
        RunFolder.at(folder).write(name, file -> MaskPictures.write(image, file));
    }

    private String suffixText(Segmenting model) {
        return models.size() == 1 ? "" : " (" + model.title() + ")";
    }

    private static String meanIou(PixelConfusion confusion) {
        double mean = confusion.meanIou();
        return Double.isNaN(mean)
                ? "no pixel of the true mask has a class"
                : String.format(Locale.ROOT, "mean intersection over union %.4f", mean);
    }

    /** The classes by the part of the image that they take. */
    private static String shares(SegmentationMask mask) {
        long[] counts = mask.classPixels();
        List<String> parts = new ArrayList<>();
        for (int number = 0; number < counts.length; number++) {
            if (counts[number] > 0) {
                parts.add(String.format(
                        Locale.ROOT, "%s %.1f %%", mask.classes().name(number), 100.0 * counts[number] / mask.size()));
            }
        }
        return String.join(", ", parts);
    }
}
