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
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.tribuo.Output;
import org.tribuo.OutputFactory;
import org.tribuogrowth.architecture.Digests;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.data.ImageSourceProvenance.Origin;

/**
 * Images in the binary format of CIFAR-10, gzipped or plain: records of one label byte, 0 to 9, and 3,072 bytes of a
 * 32x32 image, all red values first, then green, then blue. The resource hash in the provenance is that of all unpacked
 * files one after the other. See {@link ImageDataSource} for names, values and paths.
 *
 * @param <T> The output type.
 */
public final class CifarBinaryDataSource<T extends Output<T>> extends ImageDataSource<T> {
    private static final int EDGE = 32;
    private static final int CHANNELS = 3;
    private static final int PLANE = EDGE * EDGE;
    private static final int RECORD_BYTES = 1 + CHANNELS * PLANE;
    private static final int CLASSES = 10;

    @Config(
            mandatory = true,
            description = "The files in the binary format of CIFAR-10, gzipped or plain, in this order.")
    private List<Path> paths = new ArrayList<>();

    @Config(description = "The names of the labels 0, 1, ...; empty means that a label is named by its number.")
    private List<String> labelNames = new ArrayList<>();

    @Config(description = "How many images to use from the beginning of the first file on; 0 means all.")
    private int maximumExamples = 0;

    /** For OLCUT. */
    private CifarBinaryDataSource() {}

    /**
     * Reads all images and names their labels by their numbers.
     *
     * @param paths         The files.
     * @param outputFactory Makes the outputs from the labels' names.
     * @throws PropertyException If a file is missing or not as it must be.
     */
    public CifarBinaryDataSource(List<Path> paths, OutputFactory<T> outputFactory) {
        this(paths, outputFactory, List.of(), 0);
    }

    /**
     * Reads images.
     *
     * @param paths           The files.
     * @param outputFactory   Makes the outputs from the labels' names.
     * @param labelNames      The names of the labels 0, 1, ...; empty means that a label is named by its number.
     * @param maximumExamples How many images to use from the beginning; 0 means all.
     * @throws PropertyException If a file is missing or not as it must be, or an argument is out of range.
     */
    public CifarBinaryDataSource(
            List<Path> paths, OutputFactory<T> outputFactory, List<String> labelNames, int maximumExamples) {
        super(outputFactory);
        this.paths = new ArrayList<>(paths);
        this.labelNames = new ArrayList<>(labelNames);
        this.maximumExamples = maximumExamples;
        postConfig();
    }

    @Override
    Images<T> read() {
        ImageSize.checkMaximum(component(), maximumExamples);
        if (paths.isEmpty()) {
            throw new PropertyException(component(), "paths", "found an empty list, expected one file or more");
        }
        LabelNames<T> names = new LabelNames<>(this, labelNames);
        MessageDigest digest = Digests.newSha256();
        List<T> outputs = new ArrayList<>();
        List<byte[]> pixels = new ArrayList<>();
        OffsetDateTime modified = OffsetDateTime.MIN;
        for (Path path : paths) {
            try (UnpackedFile file = UnpackedFile.open(component(), "paths", path, digest)) {
                readFile(file, names, outputs, pixels);
                modified = file.modified().isAfter(modified) ? file.modified() : modified;
            }
        }
        return new Images<>(
                new Shape.Image(EDGE, EDGE, CHANNELS),
                pixels,
                outputs,
                List.of(),
                new Origin(Digests.hex(digest.digest()), modified),
                null);
    }

    private void readFile(UnpackedFile file, LabelNames<T> names, List<T> outputs, List<byte[]> pixels) {
        byte[] bytes = new byte[RECORD_BYTES];
        int count = 0;
        int read = file.read(bytes, "record 0");
        while (read == RECORD_BYTES) {
            int label = bytes[0] & 0xFF;
            if (label >= CLASSES) {
                throw file.error("is not in the binary format of CIFAR-10: expected a label of 0 to 9 for record "
                        + count + ", found " + label);
            }
            if (maximumExamples == 0 || pixels.size() < maximumExamples) {
                outputs.add(names.output(label, file, count));
                pixels.add(interleave(bytes));
            }
            count++;
            read = file.read(bytes, "record " + count);
        }
        if (read > 0 || count == 0) {
            throw file.error("is not in the binary format of CIFAR-10: expected one or more records of " + RECORD_BYTES
                    + " bytes, found " + count + " and " + read + " bytes more");
        }
    }

    /** From a label and three planes to height, width, channels. */
    private static byte[] interleave(byte[] bytes) {
        byte[] pixels = new byte[CHANNELS * PLANE];
        for (int channel = 0; channel < CHANNELS; channel++) {
            for (int position = 0; position < PLANE; position++) {
                pixels[position * CHANNELS + channel] = bytes[1 + channel * PLANE + position];
            }
        }
        return pixels;
    }

    @Override
    public String toString() {
        return "CifarBinaryDataSource(paths=" + paths + ",labelNames=" + labelNames + ",maximumExamples="
                + maximumExamples + ",outputFactory=" + getOutputFactory() + ")";
    }
}
