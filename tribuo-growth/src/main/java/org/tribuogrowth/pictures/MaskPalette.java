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

package org.tribuogrowth.pictures;

import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import org.tribuogrowth.data.MaskColours;
import org.tribuogrowth.segmentation.SegmentationMask;

/** The colours in which classes are drawn: those of PASCAL VOC, by the classes' numbers. */
final class MaskPalette {
    private static final int SIZE = 256;
    private static final int BITS = 8;

    private MaskPalette() {}

    /** Red, green and blue of a class, or of void. */
    static int colour(int number) {
        return MaskColours.ofVoc(number == SegmentationMask.VOID ? SegmentationMask.STORED_VOID : number);
    }

    /** All of them as the palette of an image whose pixels are numbers of classes. */
    static IndexColorModel model() {
        int[] colours = new int[SIZE];
        for (int number = 0; number < SIZE; number++) {
            colours[number] = MaskColours.ofVoc(number);
        }
        return new IndexColorModel(BITS, SIZE, colours, 0, false, -1, DataBuffer.TYPE_BYTE);
    }
}
