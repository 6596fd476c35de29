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
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import org.tribuo.Output;
import org.tribuo.OutputFactory;
import org.tribuogrowth.architecture.Digests;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.data.ImageSourceProvenance.Origin;

/**
 * Images and labels in a pair of IDX files, gzipped or plain: the format of MNIST and Fashion-MNIST. Image files hold
 * unsigned bytes in three dimensions (number, height, width; magic number 0x803) or four (and channels; 0x804), label
 * files unsigned bytes in one (0x801). See {@link ImageDataSource} for names, values and paths.
 *
 * @param <T> The output type.
 */
public final class IdxImageDataSource<T extends Output<T>> extends ImageDataSource<T> {
    private static final int LABELS_MAGIC = 0x801;
    private static final int IMAGES_MAGIC = 0x803;
    private static final int COLOUR_IMAGES_MAGIC = 0x804;
    private static final int LABEL_CHUNK = 1 << 16;

    @Config(mandatory = true, description = "The IDX file of the images, gzipped or plain.")
    private Path imagesPath;

    @Config(mandatory = true, description = "The IDX file of the labels, gzipped or plain.")
    private Path labelsPath;

    @Config(description = "The names of the labels 0, 1, ...; empty means that a label is named by its number.")
    private List<String> labelNames = new ArrayList<>();

    @Config(description = "How many images to use from the beginning of the file; 0 means all.")
    private int maximumExamples = 0;

    /** For OLCUT. */
    private IdxImageDataSource() {}

    /**
     * Reads all images and names their labels by their numbers.
     *
     * @param imagesPath    The file of the images.
     * @param labelsPath    The file of the labels.
     * @param outputFactory Makes the outputs from the labels' names.
     * @throws PropertyException If a file is missing or not as it must be.
     */
    public IdxImageDataSource(Path imagesPath, Path labelsPath, OutputFactory<T> outputFactory) {
        this(imagesPath, labelsPath, outputFactory, List.of(), 0);
    }

    /**
     * Reads images.
     *
     * @param imagesPath      The file of the images.
     * @param labelsPath      The file of the labels.
     * @param outputFactory   Makes the outputs from the labels' names.
     * @param labelNames      The names of the labels 0, 1, ...; empty means that a label is named by its number.
     * @param maximumExamples How many images to use from the beginning; 0 means all.
     * @throws PropertyException If a file is missing or not as it must be, or an argument is out of range.
     */
    public IdxImageDataSource(
            Path imagesPath,
            Path labelsPath,
            OutputFactory<T> outputFactory,
            List<String> labelNames,
            int maximumExamples) {
        super(outputFactory);
        this.imagesPath = imagesPath;
        this.labelsPath = labelsPath;
        this.labelNames = new ArrayList<>(labelNames);
        this.maximumExamples = maximumExamples;
        postConfig();
    }

    @Override
    Images<T> read() {
        ImageSize.checkMaximum(component(), maximumExamples);
        LabelNames<T> names = new LabelNames<>(this, labelNames);
        MessageDigest imagesDigest = Digests.newSha256();
        MessageDigest labelsDigest = Digests.newSha256();
        try (UnpackedFile images = UnpackedFile.open(component(), "imagesPath", imagesPath, imagesDigest);
                UnpackedFile labels = UnpackedFile.open(component(), "labelsPath", labelsPath, labelsDigest)) {
            Header header = readHeader(images);
            checkLabelHeader(labels, header.count());
            int used = maximumExamples == 0 ? header.count() : Math.min(header.count(), maximumExamples);
            List<T> outputs = readLabels(labels, header.count(), used, names);
            List<byte[]> pixels = readPixels(images, header, used);
            return new Images<>(
                    header.shape(),
                    pixels,
                    outputs,
                    List.of(),
                    new Origin(Digests.hex(imagesDigest.digest()), images.modified()),
                    new Origin(Digests.hex(labelsDigest.digest()), labels.modified()));
        }
    }

    private static Header readHeader(UnpackedFile file) {
        int magic = file.readInt("the magic number");
        if (magic != IMAGES_MAGIC && magic != COLOUR_IMAGES_MAGIC) {
            throw file.error(
                    "is not an IDX file of images: expected the magic number 0x803 (unsigned bytes, 3 dimensions)"
                            + " or 0x804 (4 dimensions), found 0x" + Integer.toHexString(magic));
        }
        int count = file.readInt("the number of images");
        int height = file.readInt("the height");
        int width = file.readInt("the width");
        int channels = magic == COLOUR_IMAGES_MAGIC ? file.readInt("the number of channels") : 1;
        String declared = count + " images of " + height + "x" + width + "x" + channels + " bytes";
        if (count < 1 || height < 1 || width < 1 || channels < 1) {
            throw file.error("declares " + declared + ", expected 1 or more of each");
        }
        if ((double) height * width * channels > ImageSize.MAXIMUM_VALUES) {
            throw file.error(
                    "declares " + declared + ", allowed are at most " + ImageSize.MAXIMUM_VALUES + " bytes an image");
        }
        int headerBytes = Integer.BYTES * (magic == COLOUR_IMAGES_MAGIC ? 5 : 4);
        file.checkLength(headerBytes + (long) count * height * width * channels, declared);
        return new Header(count, new Shape.Image(height, width, channels), declared);
    }

    private void checkLabelHeader(UnpackedFile file, int images) {
        int magic = file.readInt("the magic number");
        if (magic != LABELS_MAGIC) {
            throw file.error(
                    "is not an IDX file of labels: expected the magic number 0x801 (unsigned bytes, 1 dimension),"
                            + " found 0x" + Integer.toHexString(magic));
        }
        int count = file.readInt("the number of labels");
        if (count != images) {
            throw file.error("declares " + count + " labels, but the images in " + UnpackedFile.describe(imagesPath)
                    + " are " + images);
        }
        file.checkLength(2 * Integer.BYTES + (long) count, count + " labels of a byte");
    }

    private static <U extends Output<U>> List<U> readLabels(
            UnpackedFile file, int count, int used, LabelNames<U> names) {
        // In pieces, so that no more memory is taken than there is data.
        List<U> outputs = new ArrayList<>();
        for (int done = 0; done < count; ) {
            byte[] chunk = new byte[Math.min(LABEL_CHUNK, count - done)];
            file.readFully(chunk, "labels");
            for (int i = 0; i < chunk.length && outputs.size() < used; i++) {
                outputs.add(names.output(chunk[i] & 0xFF, file, done + i));
            }
            done += chunk.length;
        }
        file.checkEnd(count + " labels");
        return outputs;
    }

    private static List<byte[]> readPixels(UnpackedFile file, Header header, int used) {
        int length = header.shape().positions() * header.shape().channels();
        List<byte[]> pixels = new ArrayList<>();
        byte[] image = new byte[length];
        for (int i = 0; i < header.count(); i++) {
            file.readFully(image, "image " + i);
            if (i < used) {
                pixels.add(image);
                image = new byte[length];
            }
        }
        file.checkEnd(header.declared());
        return pixels;
    }

    @Override
    public String toString() {
        return "IdxImageDataSource(imagesPath=" + imagesPath + ",labelsPath=" + labelsPath + ",labelNames=" + labelNames
                + ",maximumExamples=" + maximumExamples + ",outputFactory=" + getOutputFactory() + ")";
    }

    /**
     * What an image file declares.
     *
     * @param count    The number of images.
     * @param shape    Their size.
     * @param declared All of it in words.
     */
    private record Header(int count, Shape.Image shape, String declared) {}
}
