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

package org.tribuogrowth.examples;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/**
 * Makes a folder in the layout of PASCAL VOC of the bundled data, so that what works on such folders can be tried without
 * fetching any. It needs the JDK alone:
 *
 * <pre>java examples/src/main/java/org/tribuogrowth/examples/VocFolder.java earth FOLDER</pre>
 *
 * <p>{@code earth} gives bands of longitude of the Earth, {@code macaque} slices of a brain, both divided into {@code train} and
 * {@code val} as the configurations of the examples divide them.
 */
public final class VocFolder {
    private static final int COLOURS = 256;
    private static final int CHANNEL_BITS = 8;
    private static final int BAND = 64;
    private static final int BAND_PERIOD = 3;
    private static final int SLICES = 56;
    private static final int SLICE_HEIGHT = 96;
    private static final int SLICE_WIDTH = 72;
    private static final int SLICE_PERIOD = 8;
    private static final float QUALITY = 0.95f;

    private final Path data;
    private final Path folder;
    private final List<String> train = new ArrayList<>();
    private final List<String> val = new ArrayList<>();

    private VocFolder(Path data, Path folder) {
        this.data = data;
        this.folder = folder;
    }

    /**
     * Makes a folder.
     *
     * @param arguments {@code earth} or {@code macaque}, and the folder, which must be new.
     * @throws IOException If the data cannot be read or the folder not be written.
     */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 2 || !List.of("earth", "macaque").contains(arguments[0])) {
            System.err.println("Usage: java examples/src/main/java/org/tribuogrowth/examples/VocFolder.java"
                    + " earth|macaque FOLDER, from the root of the project");
            System.exit(2);
        }
        Path folder = Path.of(arguments[1]);
        if (Files.exists(folder)) {
            System.err.println("VocFolder: " + folder + " exists; nothing is overwritten. Name a new folder.");
            System.exit(2);
        }
        make(arguments[0], Path.of("examples", "data", "segmentation"), folder);
    }

    /**
     * Makes a folder.
     *
     * @param kind   {@code earth} or {@code macaque}.
     * @param data   The folder of the bundled data.
     * @param folder Where the folder is to be.
     * @throws IOException If the data cannot be read or the folder not be written.
     */
    static void make(String kind, Path data, Path folder) throws IOException {
        VocFolder voc = new VocFolder(data, folder);
        for (String part : List.of("JPEGImages", "SegmentationClass", "ImageSets/Segmentation")) {
            Files.createDirectories(folder.resolve(part));
        }
        if (kind.equals("earth")) {
            voc.addEarth();
        } else {
            voc.addMacaque();
        }
        Path splits = folder.resolve("ImageSets").resolve("Segmentation");
        Files.write(splits.resolve("train.txt"), voc.train);
        Files.write(splits.resolve("val.txt"), voc.val);
    }

    /** Bands of 64 columns: of three the middle one is for testing, the others are for training. */
    private void addEarth() throws IOException {
        BufferedImage photograph =
                ImageIO.read(data.resolve("bluemarble-1350x675.jpg").toFile());
        BufferedImage classes =
                ImageIO.read(data.resolve("earth-classes-1350x675.png").toFile());
        int height = photograph.getHeight();
        for (int left = 0; left < photograph.getWidth(); left += BAND) {
            int width = Math.min(BAND, photograph.getWidth() - left);
            int[] numbers = classes.getRaster().getSamples(left, 0, width, height, 0, (int[]) null);
            add(
                    "earth-%04d".formatted(left),
                    photograph.getSubimage(left, 0, width, height),
                    numbers,
                    left / BAND % BAND_PERIOD == 1 ? val : train);
        }
    }

    /** Slices: of eight the first five are for training, the seventh is for testing, and the others are left out. */
    private void addMacaque() throws IOException {
        byte[] greys = unzipped("macaque-56x96x72-t1.gz");
        byte[] classes = unzipped("macaque-56x96x72-label.gz");
        int size = SLICE_HEIGHT * SLICE_WIDTH;
        for (int slice = 0; slice < SLICES; slice++) {
            int place = slice % SLICE_PERIOD;
            if (place == 5 || place == 7) {
                continue;
            }
            BufferedImage image = new BufferedImage(SLICE_WIDTH, SLICE_HEIGHT, BufferedImage.TYPE_BYTE_GRAY);
            int[] numbers = new int[size];
            for (int i = 0; i < size; i++) {
                image.getRaster().setSample(i % SLICE_WIDTH, i / SLICE_WIDTH, 0, greys[slice * size + i] & 0xFF);
                numbers[i] = classes[slice * size + i];
            }
            add("macaque-%02d".formatted(slice), image, numbers, place == 6 ? val : train);
        }
    }

    private byte[] unzipped(String name) throws IOException {
        try (InputStream stream = new GZIPInputStream(Files.newInputStream(data.resolve(name)))) {
            return stream.readAllBytes();
        }
    }

    private void add(String name, BufferedImage image, int[] numbers, List<String> split) throws IOException {
        writeJpeg(image, folder.resolve("JPEGImages").resolve(name + ".jpg"));
        BufferedImage mask =
                new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_BYTE_INDEXED, palette());
        mask.getRaster().setSamples(0, 0, image.getWidth(), image.getHeight(), 0, numbers);
        ImageIO.write(
                mask,
                "png",
                folder.resolve("SegmentationClass").resolve(name + ".png").toFile());
        split.add(name);
    }

    private static void writeJpeg(BufferedImage image, Path file) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (ImageOutputStream stream = ImageIO.createImageOutputStream(file.toFile())) {
            ImageWriteParam parameters = writer.getDefaultWriteParam();
            parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            parameters.setCompressionQuality(QUALITY);
            writer.setOutput(stream);
            writer.write(null, new IIOImage(image, null, null), parameters);
        } finally {
            writer.dispose();
        }
    }

    /** The colours of PASCAL VOC: three bits of the number at a time, the highest bit of each channel first. */
    private static IndexColorModel palette() {
        int[] colours = new int[COLOURS];
        for (int number = 0; number < COLOURS; number++) {
            int rest = number;
            for (int bit = CHANNEL_BITS - 1; bit >= 0; bit--) {
                colours[number] |= (rest & 1) << (bit + 16) | (rest >> 1 & 1) << (bit + 8) | (rest >> 2 & 1) << bit;
                rest >>= 3;
            }
        }
        return new IndexColorModel(CHANNEL_BITS, COLOURS, colours, 0, false, -1, DataBuffer.TYPE_BYTE);
    }
}
