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
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import org.tribuogrowth.architecture.Digests;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.data.ImageSourceProvenance.Origin;
import org.tribuogrowth.segmentation.SegmentationClasses;
import org.tribuogrowth.segmentation.SegmentationFactory;
import org.tribuogrowth.segmentation.SegmentationMask;

/**
 * A volume of grey values with a volume of classes of the same shape, slice by slice: each slice is an image. Both files hold
 * {@code slices} times {@code height} times {@code width} values, those of a row one after another, then row after row and
 * slice after slice, as the data of a NIfTI-1 file does; what stands before them is skipped, 352 bytes in most files of that
 * format. They may be gzipped. Values of more than a byte are little-endian.
 *
 * <p>Neighbouring slices are near copies, so slabs of slices are held out for testing: slice {@code k} is this source's if
 * {@code k mod slicePeriod} is among {@code sliceNumbers}. Images are named {@code slice-K}.
 */
public final class VolumeSegmentationDataSource extends SegmentationDataSource {
    /** How a value is stored. */
    public enum ValueType {
        /** A byte, 0 to 255. */
        UNSIGNED_BYTE,
        /** Two bytes, the lower first, in two's complement. */
        SIGNED_SHORT,
        /** Four bytes, the lowest first, IEEE 754. */
        FLOAT;

        int bytes() {
            return switch (this) {
                case UNSIGNED_BYTE -> Byte.BYTES;
                case SIGNED_SHORT -> Short.BYTES;
                case FLOAT -> Float.BYTES;
            };
        }

        float read(ByteBuffer buffer) {
            return switch (this) {
                case UNSIGNED_BYTE -> buffer.get() & 0xFF;
                case SIGNED_SHORT -> buffer.getShort();
                case FLOAT -> buffer.getFloat();
            };
        }
    }

    private static final int BYTE_VALUES = 255;
    private static final int MOST_HEADER_BYTES = 1 << 20;

    @Config(mandatory = true, description = "The file of grey values.")
    private Path volumePath;

    @Config(mandatory = true, description = "The file of classes.")
    private Path labelsPath;

    @Config(mandatory = true, description = "The number of slices, at least 1.")
    private int slices;

    @Config(mandatory = true, description = "The height of a slice, at least 1.")
    private int height;

    @Config(mandatory = true, description = "The width of a slice, at least 1.")
    private int width;

    @Config(description = "How a grey value is stored.")
    private ValueType volumeType = ValueType.UNSIGNED_BYTE;

    @Config(description = "How a class is stored: UNSIGNED_BYTE, where 255 is void, or SIGNED_SHORT, where -1 is, too.")
    private ValueType labelsType = ValueType.UNSIGNED_BYTE;

    @Config(description = "How many bytes stand before the values, in both files.")
    private int headerBytes = 0;

    @Config(description = "The grey value that becomes 0, with all below.")
    private double lowest = 0.0;

    @Config(description = "The grey value that becomes 1, with all above.")
    private double highest = BYTE_VALUES;

    @Config(description = "After how many slices their use repeats, at least 1.")
    private int slicePeriod = 1;

    @Config(description = "Which slices of a period are used, from 0.")
    private List<Integer> sliceNumbers = new ArrayList<>(List.of(0));

    /** For OLCUT. */
    private VolumeSegmentationDataSource() {}

    private VolumeSegmentationDataSource(Builder builder) {
        super(builder);
        this.volumePath = builder.volumePath;
        this.labelsPath = builder.labelsPath;
        this.slices = builder.slices;
        this.height = builder.height;
        this.width = builder.width;
        this.volumeType = builder.volumeType;
        this.labelsType = builder.labelsType;
        this.headerBytes = builder.headerBytes;
        this.lowest = builder.lowest;
        this.highest = builder.highest;
        this.slicePeriod = builder.slicePeriod;
        this.sliceNumbers = new ArrayList<>(builder.sliceNumbers);
        postConfig();
    }

    /**
     * Starts building a source whose tiles are whole slices.
     *
     * @param volumePath    The file of grey values.
     * @param labelsPath    The file of classes.
     * @param outputFactory Makes the masks.
     * @param slices        The number of slices.
     * @param height        The height of a slice.
     * @param width         The width of a slice.
     * @return A builder with the defaults of the configuration.
     */
    public static Builder builder(
            Path volumePath, Path labelsPath, SegmentationFactory outputFactory, int slices, int height, int width) {
        return new Builder(volumePath, labelsPath, outputFactory, slices, height, width);
    }

    /** Builds sources in code. */
    public static final class Builder extends SegmentationDataSource.Builder<Builder> {
        private final Path volumePath;
        private final Path labelsPath;
        private final int slices;
        private final int height;
        private final int width;
        private ValueType volumeType = ValueType.UNSIGNED_BYTE;
        private ValueType labelsType = ValueType.UNSIGNED_BYTE;
        private int headerBytes;
        private double lowest;
        private double highest = BYTE_VALUES;
        private int slicePeriod = 1;
        private List<Integer> sliceNumbers = List.of(0);

        private Builder(
                Path volumePath,
                Path labelsPath,
                SegmentationFactory outputFactory,
                int slices,
                int height,
                int width) {
            super(outputFactory, height, width);
            this.volumePath = volumePath;
            this.labelsPath = labelsPath;
            this.slices = slices;
            this.height = height;
            this.width = width;
        }

        @Override
        Builder self() {
            return this;
        }

        /**
         * Sets how values are stored.
         *
         * @param volume How a grey value is.
         * @param labels How a class is: as a byte or a short.
         * @return This builder.
         */
        public Builder types(ValueType volume, ValueType labels) {
            volumeType = volume;
            labelsType = labels;
            return this;
        }

        /**
         * Sets what is skipped.
         *
         * @param value How many bytes stand before the values, in both files.
         * @return This builder.
         */
        public Builder headerBytes(int value) {
            headerBytes = value;
            return this;
        }

        /**
         * Sets the range of grey values.
         *
         * @param low  The value that becomes 0, with all below.
         * @param high The value that becomes 1, with all above.
         * @return This builder.
         */
        public Builder range(double low, double high) {
            lowest = low;
            highest = high;
            return this;
        }

        /**
         * Sets which slices are used.
         *
         * @param period After how many slices their use repeats.
         * @param used   Which slices of a period are used, from 0.
         * @return This builder.
         */
        public Builder slices(int period, List<Integer> used) {
            slicePeriod = period;
            sliceNumbers = List.copyOf(used);
            return this;
        }

        @Override
        public VolumeSegmentationDataSource build() {
            return new VolumeSegmentationDataSource(this);
        }
    }

    @Override
    Read read(SegmentationClasses classes) {
        MessageDigest volumeDigest = Digests.newSha256();
        MessageDigest labelsDigest = Digests.newSha256();
        List<Annotated> images = new ArrayList<>();
        try (UnpackedFile volume = UnpackedFile.open(component(), "volumePath", volumePath, volumeDigest);
                UnpackedFile labels = UnpackedFile.open(component(), "labelsPath", labelsPath, labelsDigest)) {
            begin(volume, volumeType);
            begin(labels, labelsType);
            ByteBuffer greys = slice(volumeType);
            ByteBuffer numbers = slice(labelsType);
            for (int slice = 0; slice < slices; slice++) {
                volume.readFully(greys.array(), "slice " + slice);
                labels.readFully(numbers.array(), "slice " + slice);
                if (sliceNumbers.contains(slice % slicePeriod)) {
                    Picture picture =
                            Picture.of(new Shape.Image(height, width, 1), greys(greys.rewind(), slice, volume));
                    byte[] pixels = numbers(numbers.rewind(), slice, labels, classes.size());
                    images.add(new Annotated(
                            "slice-" + slice, picture, SegmentationMask.of(classes, height, width, pixels)));
                }
            }
            volume.checkEnd(declared(volumeType));
            labels.checkEnd(declared(labelsType));
            if (images.isEmpty()) {
                throw failure(
                        "sliceNumbers",
                        "none of the " + slices + " slices is among " + sliceNumbers + " modulo " + slicePeriod);
            }
            return new Read(
                    images,
                    new Origin(Digests.hex(volumeDigest.digest()), volume.modified()),
                    new Origin(Digests.hex(labelsDigest.digest()), labels.modified()));
        }
    }

    @Override
    void checkFields() {
        ImageSize.check(component(), height, width, 1);
        requireAtLeast("slices", slices, 1);
        if (headerBytes < 0 || headerBytes > MOST_HEADER_BYTES) {
            throw failure("headerBytes", "found " + headerBytes + ", allowed are 0 to " + MOST_HEADER_BYTES);
        }
        requireAtLeast("slicePeriod", slicePeriod, 1);
        if (!Double.isFinite(lowest)) {
            throw failure("lowest", "found " + lowest + ", allowed are finite numbers");
        }
        if (!Double.isFinite(highest) || highest <= lowest) {
            throw failure("highest", "found " + highest + ", allowed are finite numbers above lowest, " + lowest);
        }
        if (labelsType == ValueType.FLOAT) {
            throw failure("labelsType", "found FLOAT, allowed are UNSIGNED_BYTE and SIGNED_SHORT");
        }
        for (int number : sliceNumbers) {
            if (number < 0 || number >= slicePeriod) {
                throw failure(
                        "sliceNumbers",
                        "found " + number + ", allowed are 0 to " + (slicePeriod - 1) + ", the slices of a period");
            }
        }
    }

    private String declared(ValueType type) {
        return headerBytes + " bytes before " + slices + " slices of " + height + "x" + width + " values of "
                + type.bytes() + " bytes";
    }

    private void begin(UnpackedFile file, ValueType type) {
        file.checkLength(headerBytes + (long) slices * height * width * type.bytes(), declared(type));
        file.readFully(new byte[headerBytes], "what stands before the values");
    }

    private ByteBuffer slice(ValueType type) {
        return ByteBuffer.allocate(Math.multiplyExact(height * width, type.bytes()))
                .order(ByteOrder.LITTLE_ENDIAN);
    }

    private byte[] greys(ByteBuffer values, int slice, UnpackedFile file) {
        byte[] pixels = new byte[height * width];
        for (int i = 0; i < pixels.length; i++) {
            float value = volumeType.read(values);
            if (!Float.isFinite(value)) {
                throw file.error("has the value " + value + " in slice " + slice + ", row " + i / width + ", column "
                        + i % width + ", allowed are finite numbers");
            }
            double part = (value - lowest) / (highest - lowest);
            pixels[i] = (byte) Math.round(BYTE_VALUES * Math.max(0.0, Math.min(1.0, part)));
        }
        return pixels;
    }

    private byte[] numbers(ByteBuffer values, int slice, UnpackedFile file, int classes) {
        byte[] pixels = new byte[height * width];
        for (int i = 0; i < pixels.length; i++) {
            int number = (int) labelsType.read(values);
            boolean isVoid = number == SegmentationMask.STORED_VOID || number == SegmentationMask.VOID;
            if (!isVoid && (number < 0 || number >= classes)) {
                throw file.error("has the class " + number + " in slice " + slice + ", row " + i / width + ", column "
                        + i % width + ", allowed are 0 to " + (classes - 1) + " and " + SegmentationMask.STORED_VOID
                        + " for void");
            }
            pixels[i] = (byte) (isVoid ? SegmentationMask.STORED_VOID : number);
        }
        return pixels;
    }

    @Override
    public String toString() {
        return "VolumeSegmentationDataSource(volumePath=" + volumePath + ",labelsPath=" + labelsPath + ",slices="
                + slices + ",height=" + height + ",width=" + width + ",slicePeriod=" + slicePeriod + ",sliceNumbers="
                + sliceNumbers + "," + tilingText() + ")";
    }
}
