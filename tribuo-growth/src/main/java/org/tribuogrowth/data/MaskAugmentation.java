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

import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.random.CountedRandom;

/**
 * Changes training images together with their masks, so that each pixel keeps its class. A pixel that the image did not have
 * before becomes void.
 */
public interface MaskAugmentation extends Augmentation {
    /** What stands for void in the targets of masks. */
    float VOID = -1f;

    /**
     * Changes an image and its mask in place, the image as {@link Augmentation#apply} does by the same random numbers.
     *
     * @param image      The array that holds the image, height, width, channels.
     * @param offset     Where the image begins.
     * @param shape      Its size.
     * @param mask       The array that holds the mask, a number of a class a pixel, {@link #VOID} for void; height, width.
     * @param maskOffset Where the mask begins.
     * @param random     The only source of chance.
     */
    void apply(float[] image, int offset, Shape.Image shape, float[] mask, int maskOffset, CountedRandom random);
}
