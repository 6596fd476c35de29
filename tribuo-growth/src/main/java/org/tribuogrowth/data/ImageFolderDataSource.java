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
import com.oracle.labs.mlrg.olcut.config.PropertyException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.tribuo.Output;
import org.tribuo.OutputFactory;
import org.tribuogrowth.architecture.Digests;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.data.ImageSourceProvenance.Origin;

/**
 * Images in folders, one folder a class: {@code root/CLASS/FILE} with files of png, jpg, jpeg, gif or bmp. The folder's
 * name is the label's name, the order is by class and then by file name, and an example's name is {@code CLASS/FILE}.
 * Files beside the class folders and names that begin with a dot are not looked at; anything else in a class folder is
 * an error.
 *
 * <p>With one channel a colour image becomes grey by 0.299 red + 0.587 green + 0.114 blue; with three a grey image has
 * three equal channels. Transparent pixels are laid over black. Images of another size are an error unless {@code
 * resize} is true: then they are resized by bilinear interpolation between the four nearest pixels, without regard to
 * their proportions.
 *
 * <p>The resource hash in the provenance is the SHA-256 of the lines {@code <SHA-256 of a file>  CLASS/FILE}, each
 * ended by a line feed, in the order of the examples. See {@link ImageDataSource} for names, values and paths.
 *
 * @param <T> The output type.
 */
public final class ImageFolderDataSource<T extends Output<T>> extends ImageDataSource<T> {
    private static final Set<String> ENDINGS = Set.of("png", "jpg", "jpeg", "gif", "bmp");

    @Config(mandatory = true, description = "The folder that holds one folder of images for each class.")
    private Path root;

    @Config(mandatory = true, description = "The height of the images in pixels, at least 1.")
    private int height;

    @Config(mandatory = true, description = "The width of the images in pixels, at least 1.")
    private int width;

    @Config(description = "The number of values of a pixel: 1 for grey or 3 for red, green and blue.")
    private int channels = 3;

    @Config(description = "Whether images of another size are resized; if not, they are an error.")
    private boolean resize = false;

    /** For OLCUT. */
    private ImageFolderDataSource() {}

    /**
     * Reads images.
     *
     * @param root          The folder that holds one folder of images for each class.
     * @param height        The height of the images in pixels.
     * @param width         The width of the images in pixels.
     * @param channels      1 for grey or 3 for red, green and blue.
     * @param resize        Whether images of another size are resized.
     * @param outputFactory Makes the outputs from the folders' names.
     * @throws PropertyException If a folder or file is not as it must be, or an argument is out of range.
     */
    public ImageFolderDataSource(
            Path root, int height, int width, int channels, boolean resize, OutputFactory<T> outputFactory) {
        super(outputFactory);
        this.root = root;
        this.height = height;
        this.width = width;
        this.channels = channels;
        this.resize = resize;
        postConfig();
    }

    @Override
    Images<T> read() {
        ImageSize.check(component(), height, width, channels);
        if (channels != 1 && channels != 3) {
            throw new PropertyException(component(), "channels", "found " + channels + ", allowed are 1 and 3");
        }
        if (!Files.isDirectory(root)) {
            throw error(
                    null,
                    (Files.exists(root) ? "expected a folder, found something else at " : "there is no folder ")
                            + UnpackedFile.describe(root) + "; a relative path starts at the working directory");
        }
        Shape.Image shape = new Shape.Image(height, width, channels);
        ImageDecoder decoder = new ImageDecoder(shape, resize);
        MessageDigest digest = Digests.newSha256();
        List<byte[]> pixels = new ArrayList<>();
        List<T> outputs = new ArrayList<>();
        List<String> names = new ArrayList<>();
        OffsetDateTime modified = OffsetDateTime.MIN;
        for (Path folder : classFolders()) {
            String label = folder.getFileName().toString();
            T output = output(label);
            for (Path file : imageFiles(folder)) {
                String name = label + "/" + file.getFileName();
                try {
                    byte[] encoded = Files.readAllBytes(file);
                    String line = Digests.hex(Digests.newSha256().digest(encoded)) + "  " + name + "\n";
                    digest.update(line.getBytes(StandardCharsets.UTF_8));
                    pixels.add(decoder.decode(encoded));
                    OffsetDateTime changed = UnpackedFile.modifiedTime(file);
                    modified = changed.isAfter(modified) ? changed : modified;
                } catch (IOException | IllegalArgumentException e) {
                    throw error(
                            e,
                            "the file " + UnpackedFile.describe(file) + " is no image that can be used: "
                                    + e.getMessage());
                }
                outputs.add(output);
                names.add(name);
            }
        }
        return new Images<>(shape, pixels, outputs, names, new Origin(Digests.hex(digest.digest()), modified), null);
    }

    private List<Path> classFolders() {
        List<Path> folders = new ArrayList<>();
        for (Path entry : visibleEntries(root)) {
            if (Files.isDirectory(entry)) {
                folders.add(entry);
            }
        }
        if (folders.isEmpty()) {
            throw error(
                    null,
                    "the folder " + UnpackedFile.describe(root)
                            + " holds no folder, expected one for each class, named by the label");
        }
        return folders;
    }

    private List<Path> imageFiles(Path folder) {
        List<Path> files = visibleEntries(folder);
        for (Path file : files) {
            String name = file.getFileName().toString();
            String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
            if (!Files.isRegularFile(file) || !ENDINGS.contains(ending)) {
                throw error(
                        null,
                        "found " + UnpackedFile.describe(file)
                                + " in the folder of a class, allowed are files ending in png, jpg, jpeg, gif or bmp");
            }
        }
        if (files.isEmpty()) {
            throw error(null, "the folder " + UnpackedFile.describe(folder) + " of a class holds no images");
        }
        return files;
    }

    private List<Path> visibleEntries(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            // By name and not by path: the order must not depend on the file system.
            return entries.filter(entry -> !entry.getFileName().toString().startsWith("."))
                    .sorted(Comparator.comparing(entry -> entry.getFileName().toString()))
                    .toList();
        } catch (IOException e) {
            throw error(e, "the folder " + UnpackedFile.describe(folder) + " cannot be listed: " + e.getMessage());
        }
    }

    private PropertyException error(Exception cause, String message) {
        return cause == null
                ? new PropertyException(component(), "root", message)
                : new PropertyException(cause, component(), "root", message);
    }

    @Override
    public String toString() {
        return "ImageFolderDataSource(root=" + root + ",height=" + height + ",width=" + width + ",channels=" + channels
                + ",resize=" + resize + ",outputFactory=" + getOutputFactory() + ")";
    }
}
