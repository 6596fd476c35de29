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

package org.tribuogrowth.segmentation;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Arrays;
import java.util.Objects;
import org.tribuo.Output;
import org.tribuo.protos.core.OutputProto;
import org.tribuogrowth.segmentation.protos.SegmentationMaskProto;

/**
 * The class of each pixel of an image. Pixels go row after row; a class is a number from 0, and {@link #VOID} where a pixel
 * counts for nothing: nobody knows its class, or it lies outside the picture.
 *
 * <p>A predicted mask has a score for each pixel: that of its class. All scores of a prediction are in its output scores,
 * one mask a class, in which every pixel is of that class and has its score. {@link #equals} looks at classes only,
 * {@link #fullEquals(SegmentationMask)} at scores too.
 *
 * <p>A mask of no pixel stands for a mask that is not known, of which a {@link SegmentationFactory} gives one. Immutable.
 */
public final class SegmentationMask implements Output<SegmentationMask> {
    private static final long serialVersionUID = 1L;

    /** Protobuf serialization version. */
    public static final int CURRENT_VERSION = 0;

    /** The number that stands for no class. */
    public static final int VOID = -1;

    /** How void is stored, in memory and in files. */
    public static final int STORED_VOID = 255;

    /** The most pixels of a mask. */
    public static final int MOST_PIXELS = 1 << 28;

    private final SegmentationClasses classes;
    private final int height;
    private final int width;
    private final byte[] pixels;

    /** Null if there are none. */
    private final float[] scores;

    private SegmentationMask(SegmentationClasses classes, int height, int width, byte[] pixels, float[] scores) {
        this.classes = classes;
        this.height = height;
        this.width = width;
        this.pixels = pixels;
        this.scores = scores;
        checkSize(height, width);
        if (pixels.length != height * width) {
            throw new IllegalArgumentException("A mask of " + height + "x" + width + " pixels needs " + height * width
                    + " classes of pixels, found " + pixels.length);
        }
        for (int i = 0; i < pixels.length; i++) {
            int stored = pixels[i] & 0xFF;
            if (stored >= classes.size() && stored != STORED_VOID) {
                throw new IllegalArgumentException("The pixel in row " + i / width + ", column " + i % width
                        + " has the class " + stored + ", allowed are 0 to " + (classes.size() - 1) + " and "
                        + STORED_VOID + " for void");
            }
        }
        if (scores != null && scores.length != pixels.length) {
            throw new IllegalArgumentException(
                    "A mask of " + height + "x" + width + " pixels needs one score for each, found " + scores.length);
        }
    }

    private static void checkSize(int height, int width) {
        boolean unknown = height == 0 && width == 0;
        if (!unknown && (height < 1 || width < 1 || (long) height * width > MOST_PIXELS)) {
            throw new IllegalArgumentException(
                    "A mask of " + height + "x" + width + " pixels is not possible, allowed is"
                            + " a height and width of at least 1 and at most " + MOST_PIXELS + " pixels");
        }
    }

    /**
     * A mask without scores.
     *
     * @param classes The names of the classes.
     * @param height  The number of rows.
     * @param width   The number of columns.
     * @param pixels  One byte a pixel, row after row: its class, or {@value #STORED_VOID} for void; copied.
     * @return The mask.
     * @throws IllegalArgumentException If there are more or fewer pixels, or a class is not there.
     */
    public static SegmentationMask of(SegmentationClasses classes, int height, int width, byte[] pixels) {
        return new SegmentationMask(classes, height, width, pixels.clone(), null);
    }

    /**
     * A mask with scores.
     *
     * @param classes The names of the classes.
     * @param height  The number of rows.
     * @param width   The number of columns.
     * @param pixels  One byte a pixel, row after row: its class, or {@value #STORED_VOID} for void; copied.
     * @param scores  One score a pixel; copied.
     * @return The mask.
     * @throws IllegalArgumentException If there are more or fewer pixels or scores, or a class is not there.
     */
    public static SegmentationMask of(
            SegmentationClasses classes, int height, int width, byte[] pixels, float[] scores) {
        return new SegmentationMask(classes, height, width, pixels.clone(), scores.clone());
    }

    /**
     * A mask all of whose pixels are of one class.
     *
     * @param classes The names of the classes.
     * @param height  The number of rows.
     * @param width   The number of columns.
     * @param number  The class.
     * @param scores  One score a pixel; copied.
     * @return The mask.
     * @throws IllegalArgumentException If there are more or fewer scores, or the class is not there.
     */
    public static SegmentationMask uniform(
            SegmentationClasses classes, int height, int width, int number, float[] scores) {
        checkSize(height, width);
        byte[] pixels = new byte[height * width];
        Arrays.fill(pixels, (byte) number);
        return new SegmentationMask(classes, height, width, pixels, scores.clone());
    }

    /**
     * A class as a mask of one pixel, as which output domains have it.
     *
     * @param classes The names of the classes.
     * @param number  The class.
     * @return The mask.
     * @throws IllegalArgumentException If the class is not there.
     */
    public static SegmentationMask ofClass(SegmentationClasses classes, int number) {
        return new SegmentationMask(classes, 1, 1, new byte[] {(byte) number}, null);
    }

    /**
     * A mask that is not known, for images whose classes are to be predicted.
     *
     * @param classes The names of the classes.
     * @return A mask of no pixel.
     */
    public static SegmentationMask unknown(SegmentationClasses classes) {
        return new SegmentationMask(classes, 0, 0, new byte[0], null);
    }

    /**
     * Deserialization factory.
     *
     * @param version   The serialized object version.
     * @param className The class name.
     * @param message   The serialized data.
     * @return The mask.
     * @throws InvalidProtocolBufferException If the message is not a mask.
     * @throws IllegalArgumentException       If the version is unknown or the message contradicts itself.
     */
    public static SegmentationMask deserializeFromProto(int version, String className, Any message)
            throws InvalidProtocolBufferException {
        SegmentationCodec.checkVersion(version, CURRENT_VERSION);
        return SegmentationCodec.decode(message.unpack(SegmentationMaskProto.class));
    }

    @Override
    public OutputProto serialize() {
        return OutputProto.newBuilder()
                .setVersion(CURRENT_VERSION)
                .setClassName(SegmentationMask.class.getName())
                .setSerializedData(Any.pack(SegmentationCodec.encode(this, pixels, scores)))
                .build();
    }

    /**
     * The names of the classes.
     *
     * @return The names.
     */
    public SegmentationClasses classes() {
        return classes;
    }

    /**
     * The number of rows.
     *
     * @return At least 1, or 0 if the mask is not known.
     */
    public int height() {
        return height;
    }

    /**
     * The number of columns.
     *
     * @return At least 1, or 0 if the mask is not known.
     */
    public int width() {
        return width;
    }

    /**
     * The number of pixels.
     *
     * @return Height times width.
     */
    public int size() {
        return pixels.length;
    }

    /**
     * Whether the classes of the pixels are not known.
     *
     * @return True if there is no pixel.
     */
    public boolean isUnknown() {
        return pixels.length == 0;
    }

    /**
     * The class of a pixel.
     *
     * @param pixel The pixel, counted row after row.
     * @return The class, or {@link #VOID}.
     */
    public int classOf(int pixel) {
        int stored = pixels[pixel] & 0xFF;
        return stored == STORED_VOID ? VOID : stored;
    }

    /**
     * The class of a pixel.
     *
     * @param row    The row.
     * @param column The column.
     * @return The class, or {@link #VOID}.
     */
    public int classOf(int row, int column) {
        return classOf(Objects.checkIndex(row, height) * width + Objects.checkIndex(column, width));
    }

    /**
     * Whether pixels have scores.
     *
     * @return True in predictions.
     */
    public boolean hasScores() {
        return scores != null;
    }

    /**
     * The score of a pixel's class.
     *
     * @param pixel The pixel, counted row after row.
     * @return The score, NaN if there are none.
     */
    public float score(int pixel) {
        return scores == null ? Float.NaN : scores[pixel];
    }

    /**
     * How many pixels are of each class.
     *
     * @return One count a class; void pixels are in none.
     */
    public long[] classPixels() {
        long[] counts = new long[classes.size()];
        for (byte pixel : pixels) {
            int stored = pixel & 0xFF;
            if (stored != STORED_VOID) {
                counts[stored]++;
            }
        }
        return counts;
    }

    /**
     * The stored form of all pixels.
     *
     * @return A copy: one byte a pixel, row after row, {@value #STORED_VOID} for void.
     */
    public byte[] toBytes() {
        return pixels.clone();
    }

    /**
     * The same mask without scores, which take four times as much as the classes.
     *
     * @return A mask that shares the classes of the pixels.
     */
    public SegmentationMask withoutScores() {
        return scores == null ? this : new SegmentationMask(classes, height, width, pixels, null);
    }

    /**
     * A part of the mask, continued by void where it reaches beyond.
     *
     * @param top        The first row.
     * @param left       The first column.
     * @param partHeight The number of rows.
     * @param partWidth  The number of columns.
     * @return The part, without scores.
     * @throws IllegalArgumentException If the part begins outside the mask or its size is not possible.
     */
    public SegmentationMask part(int top, int left, int partHeight, int partWidth) {
        if (top < 0 || top >= height || left < 0 || left >= width) {
            throw new IllegalArgumentException(
                    "A part of a mask of " + height + "x" + width + " cannot begin in row " + top + ", column " + left);
        }
        checkSize(partHeight, partWidth);
        byte[] part = new byte[partHeight * partWidth];
        Arrays.fill(part, (byte) STORED_VOID);
        int columns = Math.min(partWidth, width - left);
        for (int row = 0; row < Math.min(partHeight, height - top); row++) {
            System.arraycopy(pixels, (top + row) * width + left, part, row * partWidth, columns);
        }
        return new SegmentationMask(classes, partHeight, partWidth, part, null);
    }

    /** This mask itself, which is immutable. */
    @Override
    public SegmentationMask copy() {
        return this;
    }

    /**
     * {@inheritDoc}
     *
     * <p>The form is {@code HEIGHTxWIDTH:} and runs of equal pixels, row after row, joined by blanks: {@code 2x3:0*2 1
     * void*3}. With confidence a class is followed by its score, {@code 1@0.75}. {@link
     * SegmentationFactory#generateOutput} reads the form without.
     */
    @Override
    public String getSerializableForm(boolean includeConfidence) {
        return MaskText.format(this, includeConfidence && scores != null);
    }

    @Override
    public boolean fullEquals(SegmentationMask other) {
        return fullEquals(other, 0.0);
    }

    /** Whether classes are equal and scores differ by no more than the tolerance; scores that are no number equal each other. */
    @Override
    public boolean fullEquals(SegmentationMask other, double tolerance) {
        if (!equals(other) || hasScores() != other.hasScores()) {
            return false;
        }
        for (int i = 0; scores != null && i < scores.length; i++) {
            boolean bothNone = Float.isNaN(scores[i]) && Float.isNaN(other.scores[i]);
            if (!bothNone && !(Math.abs((double) scores[i] - other.scores[i]) <= tolerance)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof SegmentationMask that
                        && height == that.height
                        && width == that.width
                        && classes.equals(that.classes)
                        && Arrays.equals(pixels, that.pixels));
    }

    @Override
    public int hashCode() {
        return Objects.hash(classes, height, width, Arrays.hashCode(pixels));
    }

    /** Size and shares, not every pixel. */
    @Override
    public String toString() {
        if (isUnknown()) {
            return "SegmentationMask(unknown)";
        }
        long[] counts = classPixels();
        StringBuilder text = new StringBuilder("SegmentationMask(")
                .append(height)
                .append('x')
                .append(width);
        long known = 0;
        for (int number = 0; number < counts.length; number++) {
            if (counts[number] > 0) {
                text.append(',').append(classes.name(number)).append('=').append(counts[number]);
                known += counts[number];
            }
        }
        if (known < pixels.length) {
            text.append(",void=").append(pixels.length - known);
        }
        return text.append(')').toString();
    }
}
