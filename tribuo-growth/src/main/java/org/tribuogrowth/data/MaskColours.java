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

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tribuogrowth.segmentation.SegmentationMask;

/** Which colour of a mask in a file stands for which class. Immutable. */
public final class MaskColours {
    private static final String FORM = "#[0-9a-fA-F]{6}";
    private static final int BITS = 8;

    private final Map<Integer, Integer> classOf;

    private MaskColours(Map<Integer, Integer> classOf) {
        this.classOf = Map.copyOf(classOf);
    }

    /**
     * Masks whose pixels are stored as the number of their class: as the index into a palette or as a grey value.
     *
     * @return No colours.
     */
    public static MaskColours none() {
        return new MaskColours(Map.of());
    }

    /**
     * Masks whose pixels are known by their colour.
     *
     * @param colours    The colour of class 0, 1, and so on, each as {@code #rrggbb}.
     * @param voidColour The colour of void.
     * @return The colours.
     * @throws IllegalArgumentException If a colour is written otherwise or there twice.
     */
    public static MaskColours of(List<String> colours, String voidColour) {
        Map<Integer, Integer> classOf = new HashMap<>();
        List<String> all = new ArrayList<>(colours);
        all.add(voidColour);
        for (int number = 0; number < all.size(); number++) {
            String colour = all.get(number);
            if (!colour.matches(FORM)) {
                throw new IllegalArgumentException(
                        "found the colour '" + colour + "', allowed are a # and six hexadecimal digits, as in #80ff00");
            }
            int stored = number == colours.size() ? SegmentationMask.STORED_VOID : number;
            if (classOf.put(Integer.parseInt(colour.substring(1), 16), stored) != null) {
                throw new IllegalArgumentException("found the colour '" + colour
                        + "' twice, allowed are different colours for the classes and for void");
            }
        }
        return new MaskColours(classOf);
    }

    /** Whether pixels are known by their colours. */
    boolean areUsed() {
        return !classOf.isEmpty();
    }

    /**
     * The class of a colour.
     *
     * @param rgb Red, green and blue.
     * @return The class as masks store it, or -1 if the colour stands for none.
     */
    int stored(int rgb) {
        return classOf.getOrDefault(rgb, -1);
    }

    /**
     * The usual colour of a class in PASCAL VOC: three bits of the number at a time, the highest bit of each channel first.
     *
     * @param number The class, or 255 for void.
     * @return Red, green and blue.
     */
    public static int ofVoc(int number) {
        int red = 0;
        int green = 0;
        int blue = 0;
        int rest = number;
        for (int bit = BITS - 1; bit >= 0 && rest > 0; bit--) {
            red |= (rest & 1) << bit;
            green |= (rest >> 1 & 1) << bit;
            blue |= (rest >> 2 & 1) << bit;
            rest >>= 3;
        }
        return red << 16 | green << 8 | blue;
    }
}
