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

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.tribuogrowth.segmentation.protos.SegmentationInfoProto;
import org.tribuogrowth.segmentation.protos.SegmentationMaskProto;

/** Between this package's classes and their protobuf forms, which may come from anyone. */
final class SegmentationCodec {
    private SegmentationCodec() {}

    /**
     * Checks a version.
     *
     * @param version The version of a message.
     * @param newest  The newest that is known.
     * @throws IllegalArgumentException If it is not known.
     */
    static void checkVersion(int version, int newest) {
        if (version < 0 || version > newest) {
            throw new IllegalArgumentException(
                    "Unknown version " + version + ", this class supports at most version " + newest);
        }
    }

    static SegmentationClasses classes(List<String> names) {
        try {
            return new SegmentationClasses(names);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("Invalid protobuf, " + e.getMessage(), e);
        }
    }

    static SegmentationMaskProto encode(SegmentationMask mask, byte[] pixels, float[] scores) {
        SegmentationMaskProto.Builder proto = SegmentationMaskProto.newBuilder()
                .addAllClassName(mask.classes().names())
                .setHeight(mask.height())
                .setWidth(mask.width())
                .setPixels(ByteString.copyFrom(pixels));
        if (scores != null) {
            ByteBuffer buffer = ByteBuffer.allocate(scores.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            buffer.asFloatBuffer().put(scores);
            proto.setScores(ByteString.copyFrom(buffer));
        }
        return proto.build();
    }

    static SegmentationMask decode(SegmentationMaskProto proto) {
        SegmentationClasses classes = classes(proto.getClassNameList());
        long size = (long) proto.getHeight() * proto.getWidth();
        ByteString pixels = proto.getPixels();
        ByteString scores = proto.getScores();
        if (pixels.size() != size) {
            throw new IllegalArgumentException("Invalid protobuf, a mask of " + proto.getHeight() + "x"
                    + proto.getWidth() + " pixels has " + size + " of them, found " + pixels.size());
        }
        if (!scores.isEmpty() && scores.size() != size * Float.BYTES) {
            throw new IllegalArgumentException("Invalid protobuf, the scores of " + size + " pixels take "
                    + size * Float.BYTES + " bytes, found " + scores.size());
        }
        try {
            byte[] bytes = pixels.toByteArray();
            if (scores.isEmpty()) {
                return SegmentationMask.of(classes, proto.getHeight(), proto.getWidth(), bytes);
            }
            float[] values = new float[bytes.length];
            scores.asReadOnlyByteBuffer()
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer()
                    .get(values);
            return SegmentationMask.of(classes, proto.getHeight(), proto.getWidth(), bytes, values);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("Invalid protobuf, " + e.getMessage(), e);
        }
    }

    static SegmentationInfoProto encode(PixelCounts counts) {
        SegmentationInfoProto.Builder proto = SegmentationInfoProto.newBuilder()
                .addAllClassName(counts.classes().names())
                .setVoidPixels(counts.voidPixels())
                .setMasks(counts.masks())
                .setUnknownMasks(counts.unknownMasks());
        for (long pixels : counts.classPixels()) {
            proto.addClassPixels(pixels);
        }
        return proto.build();
    }

    static PixelCounts decode(SegmentationInfoProto proto) {
        SegmentationClasses classes = classes(proto.getClassNameList());
        if (proto.getClassPixelsCount() != classes.size()) {
            throw new IllegalArgumentException("Invalid protobuf, expected a count of pixels for each of "
                    + classes.size() + " classes, found " + proto.getClassPixelsCount());
        }
        List<Long> all = new ArrayList<>(proto.getClassPixelsList());
        all.add(proto.getVoidPixels());
        all.add(proto.getMasks());
        all.add((long) proto.getUnknownMasks());
        for (long count : all) {
            if (count < 0) {
                throw new IllegalArgumentException(
                        "Invalid protobuf, found a count of " + count + ", allowed are counts of at least 0");
            }
        }
        long[] pixels =
                proto.getClassPixelsList().stream().mapToLong(Long::longValue).toArray();
        return new PixelCounts(classes, pixels, proto.getVoidPixels(), proto.getMasks(), proto.getUnknownMasks());
    }
}
