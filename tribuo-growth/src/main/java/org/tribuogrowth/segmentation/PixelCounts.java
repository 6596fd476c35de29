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

import java.io.Serializable;
import java.util.Arrays;
import java.util.Objects;

/** How many masks and pixels were observed; both infos of a domain are made of it. Not thread-safe. */
final class PixelCounts implements Serializable {
    private static final long serialVersionUID = 1L;

    private final SegmentationClasses classes;
    private final long[] classPixels;
    private long voidPixels;
    private long masks;
    private int unknownMasks;

    PixelCounts(SegmentationClasses classes) {
        this(classes, new long[classes.size()], 0, 0, 0);
    }

    PixelCounts(SegmentationClasses classes, long[] classPixels, long voidPixels, long masks, int unknownMasks) {
        this.classes = classes;
        this.classPixels = classPixels.clone();
        this.voidPixels = voidPixels;
        this.masks = masks;
        this.unknownMasks = unknownMasks;
    }

    PixelCounts copy() {
        return new PixelCounts(classes, classPixels, voidPixels, masks, unknownMasks);
    }

    void observe(SegmentationMask mask) {
        if (!mask.classes().equals(classes)) {
            throw new IllegalArgumentException("A mask has the classes " + mask.classes()
                    + ", but those of its data set are " + classes + "; they must be the same, in the same order");
        }
        if (mask.isUnknown()) {
            unknownMasks++;
            return;
        }
        long known = 0;
        long[] counts = mask.classPixels();
        for (int number = 0; number < counts.length; number++) {
            classPixels[number] += counts[number];
            known += counts[number];
        }
        voidPixels += mask.size() - known;
        masks++;
    }

    void clear() {
        Arrays.fill(classPixels, 0);
        voidPixels = 0;
        masks = 0;
        unknownMasks = 0;
    }

    SegmentationClasses classes() {
        return classes;
    }

    long[] classPixels() {
        return classPixels.clone();
    }

    long voidPixels() {
        return voidPixels;
    }

    long masks() {
        return masks;
    }

    int unknownMasks() {
        return unknownMasks;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PixelCounts that
                && classes.equals(that.classes)
                && Arrays.equals(classPixels, that.classPixels)
                && voidPixels == that.voidPixels
                && masks == that.masks
                && unknownMasks == that.unknownMasks;
    }

    @Override
    public int hashCode() {
        return Objects.hash(classes, Arrays.hashCode(classPixels), voidPixels, masks, unknownMasks);
    }
}
