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

package org.tribuogrowth.data;

import com.oracle.labs.mlrg.olcut.config.Config;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.tribuogrowth.segmentation.SegmentationClasses;
import org.tribuogrowth.segmentation.SegmentationFactory;
import org.tribuogrowth.segmentation.SegmentationMask;

/**
 * Images with masks in the layout of PASCAL VOC (M. Everingham et al., The Pascal Visual Object Classes Challenge: a
 * Retrospective, 2015): {@code JPEGImages/NAME.jpg}, {@code SegmentationClass/NAME.png} and {@code
 * ImageSets/Segmentation/SPLIT.txt} with one name a line. Images may end in jpg, jpeg or png. Masks are read as {@link
 * MaskReader} says; 255 is void.
 *
 * <p>The resource hashes in the provenance are the SHA-256 of the lines {@code <SHA-256 of a file>  FILE}, each ended by a line
 * feed, in the order of the split: one for images, one for masks. See {@link SegmentationDataSource} for tiles.
 */
public final class VocSegmentationDataSource extends SegmentationDataSource {
    private static final List<String> ENDINGS = List.of("jpg", "jpeg", "png");
    private static final String NAME_FORM = "[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}";
    private static final int MOST_NAMES = 1_000_000;

    @Config(mandatory = true, description = "The folder that holds the folders of images, masks and splits.")
    private Path root;

    @Config(description = "The split: splitFolder/SPLIT.txt has the names of its images, one a line.")
    private String split = "train";

    @Config(description = "The folder of images in root.")
    private String imageFolder = "JPEGImages";

    @Config(description = "The folder of masks in root.")
    private String maskFolder = "SegmentationClass";

    @Config(description = "The folder of splits in root.")
    private String splitFolder = "ImageSets/Segmentation";

    @Config(description = "The number of values of a pixel: 1 for grey or 3 for red, green and blue.")
    private int channels = 3;

    @Config(
            description =
                    "The colours of the classes in the masks as #rrggbb; none if a pixel is the number of its class.")
    private List<String> colours = new ArrayList<>();

    @Config(description = "The colour of void in the masks, if there are colours.")
    private String voidColour = "#e0e0c0";

    @Config(description = "How many images to use from the beginning of the split; 0 means all.")
    private int maximumImages = 0;

    /** For OLCUT. */
    private VocSegmentationDataSource() {}

    private VocSegmentationDataSource(Builder builder) {
        super(builder);
        this.root = builder.root;
        this.split = builder.split;
        this.channels = builder.channels;
        this.colours = new ArrayList<>(builder.colours);
        this.maximumImages = builder.maximumImages;
        postConfig();
    }

    /**
     * Starts building a source.
     *
     * @param root          The folder that holds the folders of images, masks and splits.
     * @param outputFactory Makes the masks.
     * @param tileHeight    The height of a tile.
     * @param tileWidth     The width of a tile.
     * @return A builder with the defaults of the configuration.
     */
    public static Builder builder(Path root, SegmentationFactory outputFactory, int tileHeight, int tileWidth) {
        return new Builder(root, outputFactory, tileHeight, tileWidth);
    }

    /** Builds sources in code. */
    public static final class Builder extends SegmentationDataSource.Builder<Builder> {
        private final Path root;
        private String split = "train";
        private int channels = 3;
        private List<String> colours = List.of();
        private int maximumImages;

        private Builder(Path root, SegmentationFactory outputFactory, int tileHeight, int tileWidth) {
            super(outputFactory, tileHeight, tileWidth);
            this.root = root;
        }

        @Override
        Builder self() {
            return this;
        }

        /**
         * Sets the split.
         *
         * @param value The name of its file without ending.
         * @return This builder.
         */
        public Builder split(String value) {
            split = value;
            return this;
        }

        /**
         * Sets the number of values of a pixel.
         *
         * @param value 1 for grey or 3 for red, green and blue.
         * @return This builder.
         */
        public Builder channels(int value) {
            channels = value;
            return this;
        }

        /**
         * Sets by which colours the classes are known.
         *
         * @param value One {@code #rrggbb} a class; none if a pixel is the number of its class.
         * @return This builder.
         */
        public Builder colours(List<String> value) {
            colours = List.copyOf(value);
            return this;
        }

        /**
         * Sets how many images are used.
         *
         * @param value How many from the beginning of the split; 0 means all.
         * @return This builder.
         */
        public Builder maximumImages(int value) {
            maximumImages = value;
            return this;
        }

        @Override
        public VocSegmentationDataSource build() {
            return new VocSegmentationDataSource(this);
        }
    }

    @Override
    void checkFields() {
        if (channels != 1 && channels != 3) {
            throw failure("channels", "found " + channels + ", allowed are 1 and 3");
        }
        if (maximumImages < 0) {
            throw failure("maximumImages", "found " + maximumImages + ", allowed is 0 for all images, or more");
        }
    }

    @Override
    Read read(SegmentationClasses classes) {
        if (!Files.isDirectory(root)) {
            throw failure(
                    "root",
                    "there is no folder " + UnpackedFile.describe(root)
                            + "; a relative path starts at the working directory");
        }
        MaskReader masks = new MaskReader(classes, maskColours(classes));
        Path images = folder("imageFolder", imageFolder);
        Path maskFiles = folder("maskFolder", maskFolder);
        List<String> names = names();
        List<Annotated> read = new ArrayList<>();
        FileDigest imageDigest = new FileDigest();
        FileDigest maskDigest = new FileDigest();
        for (String name : maximumImages == 0 ? names : names.subList(0, Math.min(maximumImages, names.size()))) {
            Path image = image(images, name);
            Path mask = maskFiles.resolve(name + ".png");
            if (!Files.isRegularFile(mask)) {
                throw failure(
                        "maskFolder",
                        "the split '" + split + "' names the image '" + name + "', for which there is no mask "
                                + UnpackedFile.describe(mask));
            }
            Picture picture = picture(image, imageDigest);
            SegmentationMask truth = mask(mask, masks, maskDigest);
            if (truth.height() != picture.shape().height()
                    || truth.width() != picture.shape().width()) {
                throw failure(
                        "maskFolder",
                        "the mask " + UnpackedFile.describe(mask) + " has " + truth.height() + "x"
                                + truth.width() + " pixels, but its image " + UnpackedFile.describe(image) + " has "
                                + picture.shape().height() + "x"
                                + picture.shape().width() + "; they must be of one size");
            }
            read.add(new Annotated(name, picture, truth));
        }
        return new Read(read, imageDigest.origin(), maskDigest.origin());
    }

    private MaskColours maskColours(SegmentationClasses classes) {
        if (colours.isEmpty()) {
            return MaskColours.none();
        }
        if (colours.size() != classes.size()) {
            throw failure(
                    "colours",
                    "found " + colours.size() + " colours, but the output factory has " + classes.size()
                            + " classes; each needs one, or none if masks have the numbers of classes");
        }
        try {
            return MaskColours.of(colours, voidColour);
        } catch (IllegalArgumentException e) {
            throw failure("colours", e.getMessage());
        }
    }

    private Path folder(String field, String name) {
        Path folder = root.resolve(name);
        if (!Files.isDirectory(folder)) {
            throw failure(
                    field,
                    "there is no folder " + UnpackedFile.describe(folder)
                            + "; the layout of PASCAL VOC has one of this name in root");
        }
        return folder;
    }

    /** The names in the split; names and not paths, so that a split file cannot lead elsewhere. */
    private List<String> names() {
        if (!split.matches(NAME_FORM)) {
            throw failure("split", "found '" + split + "', allowed is the name of a file without its ending .txt");
        }
        Path file = root.resolve(splitFolder).resolve(split + ".txt");
        if (!Files.isRegularFile(file)) {
            throw failure(
                    "split",
                    "there is no file " + UnpackedFile.describe(file) + "; found " + splitsThere(file.getParent()));
        }
        Set<String> names = new LinkedHashSet<>();
        int number = 0;
        for (String line : lines(file)) {
            number++;
            String name = line.strip();
            if (name.isEmpty()) {
                continue;
            }
            if (!name.matches(NAME_FORM)) {
                throw failure(
                        "split",
                        "line " + number + " of " + UnpackedFile.describe(file)
                                + " is no name of an image; allowed are up to 200 letters, digits, dots, dashes and"
                                + " underscores, without folder and ending");
            }
            if (!names.add(name)) {
                throw failure(
                        "split",
                        "line " + number + " of " + UnpackedFile.describe(file) + " names '" + name
                                + "' a second time");
            }
        }
        if (names.isEmpty()) {
            throw failure(
                    "split", "the file " + UnpackedFile.describe(file) + " names no image, at least one is needed");
        }
        return List.copyOf(names);
    }

    private List<String> lines(Path file) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(ImageFile.content(file)))
                    .toString();
            List<String> read = text.lines().limit(MOST_NAMES + 1L).toList();
            if (read.size() > MOST_NAMES) {
                throw failure(
                        "split", "the file " + UnpackedFile.describe(file) + " has more than " + MOST_NAMES + " lines");
            }
            return read;
        } catch (CharacterCodingException e) {
            throw failure(e, "split", "the file " + UnpackedFile.describe(file) + " is not text in UTF-8");
        } catch (IOException | IllegalArgumentException e) {
            throw failure(e, "split", "the file " + UnpackedFile.describe(file) + " cannot be read: " + e.getMessage());
        }
    }

    private String splitsThere(Path folder) {
        if (!Files.isDirectory(folder)) {
            return "no folder " + UnpackedFile.describe(folder);
        }
        try (Stream<Path> files = Files.list(folder)) {
            List<String> found = files.map(path -> path.getFileName().toString())
                    .filter(name -> name.endsWith(".txt"))
                    .map(name -> name.substring(0, name.length() - ".txt".length()))
                    .sorted()
                    .limit(20)
                    .toList();
            return found.isEmpty() ? "no split there" : "the splits " + String.join(", ", found);
        } catch (IOException e) {
            throw failure(
                    e, "split", "the folder " + UnpackedFile.describe(folder) + " cannot be listed: " + e.getMessage());
        }
    }

    private Path image(Path folder, String name) {
        Optional<Path> found = ENDINGS.stream()
                .map(ending -> folder.resolve(name + "." + ending))
                .filter(Files::isRegularFile)
                .findFirst();
        return found.orElseThrow(() -> failure(
                "split",
                "the split '" + split + "' names the image '" + name + "', but in " + UnpackedFile.describe(folder)
                        + " there is no " + name + ".jpg, .jpeg or .png"));
    }

    private Picture picture(Path file, FileDigest digest) {
        try {
            byte[] encoded = ImageFile.content(file);
            Picture picture = Picture.decode(encoded, channels);
            digest.add(file, encoded);
            return picture;
        } catch (IOException | IllegalArgumentException e) {
            throw failure(
                    e,
                    "imageFolder",
                    "the file " + UnpackedFile.describe(file) + " is no image that can be used: " + e.getMessage());
        }
    }

    private SegmentationMask mask(Path file, MaskReader reader, FileDigest digest) {
        try {
            byte[] encoded = ImageFile.content(file);
            SegmentationMask mask = reader.decode(encoded);
            digest.add(file, encoded);
            return mask;
        } catch (IOException | IllegalArgumentException e) {
            throw failure(
                    e,
                    "maskFolder",
                    "the file " + UnpackedFile.describe(file) + " is no mask that can be used: " + e.getMessage());
        }
    }

    @Override
    public String toString() {
        return "VocSegmentationDataSource(root=" + root + ",split=" + split + ",channels=" + channels + ",colours="
                + colours + ",maximumImages=" + maximumImages + "," + tilingText() + ")";
    }
}
