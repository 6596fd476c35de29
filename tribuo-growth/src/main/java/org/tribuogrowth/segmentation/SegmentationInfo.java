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
import com.oracle.labs.mlrg.olcut.util.Pair;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.tribuo.OutputInfo;
import org.tribuo.protos.core.OutputDomainProto;

/**
 * What a data set knows of its masks: the classes, and how many pixels of each there are. The domain has each class as a
 * mask of one pixel, also classes of which there is no pixel.
 */
public abstract sealed class SegmentationInfo implements OutputInfo<SegmentationMask>
        permits MutableSegmentationInfo, ImmutableSegmentationInfo {
    private static final long serialVersionUID = 1L;

    /** Protobuf serialization version. */
    public static final int CURRENT_VERSION = 0;

    private final PixelCounts counts;

    /**
     * Makes an info.
     *
     * @param counts The counts; not copied.
     */
    SegmentationInfo(PixelCounts counts) {
        this.counts = counts;
    }

    final PixelCounts counts() {
        return counts;
    }

    /**
     * The names of the classes.
     *
     * @return The names.
     */
    public final SegmentationClasses classes() {
        return counts.classes();
    }

    /**
     * How many pixels of each class were observed.
     *
     * @return One count a class.
     */
    public final long[] classPixels() {
        return counts.classPixels();
    }

    /**
     * How many pixels without a class were observed.
     *
     * @return The count.
     */
    public final long voidPixels() {
        return counts.voidPixels();
    }

    /**
     * How many masks were observed.
     *
     * @return The count, without unknown ones.
     */
    public final long masks() {
        return counts.masks();
    }

    @Override
    public final Set<SegmentationMask> getDomain() {
        Set<SegmentationMask> domain = new LinkedHashSet<>();
        for (int number = 0; number < size(); number++) {
            domain.add(SegmentationMask.ofClass(classes(), number));
        }
        return domain;
    }

    @Override
    public final int size() {
        return classes().size();
    }

    @Override
    public final int getUnknownCount() {
        return counts.unknownMasks();
    }

    @Override
    public final ImmutableSegmentationInfo generateImmutableOutputInfo() {
        return new ImmutableSegmentationInfo(counts.copy());
    }

    @Override
    public final MutableSegmentationInfo generateMutableOutputInfo() {
        return new MutableSegmentationInfo(counts.copy());
    }

    /** The classes' names with the number of their pixels. */
    @Override
    public final Iterable<Pair<String, Long>> outputCountsIterable() {
        List<Pair<String, Long>> pairs = new ArrayList<>();
        long[] pixels = classPixels();
        for (int number = 0; number < pixels.length; number++) {
            pairs.add(new Pair<>(classes().name(number), pixels[number]));
        }
        return pairs;
    }

    @Override
    public final String toReadableString() {
        StringBuilder text = new StringBuilder();
        for (Pair<String, Long> pair : outputCountsIterable()) {
            text.append(text.length() == 0 ? "(" : ", (")
                    .append(pair.getA())
                    .append(',')
                    .append(pair.getB())
                    .append(')');
        }
        return text.toString();
    }

    @Override
    public final OutputDomainProto serialize() {
        return OutputDomainProto.newBuilder()
                .setVersion(CURRENT_VERSION)
                .setClassName(getClass().getName())
                .setSerializedData(Any.pack(SegmentationCodec.encode(counts)))
                .build();
    }

    @Override
    public final boolean equals(Object other) {
        return this == other
                || (other != null
                        && getClass() == other.getClass()
                        && counts.equals(((SegmentationInfo) other).counts));
    }

    @Override
    public final int hashCode() {
        return counts.hashCode();
    }

    @Override
    public final String toString() {
        return toReadableString();
    }
}
