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

import java.util.Arrays;

/** Masks as one line of text: {@code 2x3:0*2 1 void*3}. */
final class MaskText {
    private static final String VOID_WORD = "void";
    private static final int MOST_QUOTED = 60;
    private static final int MOST_DIGITS = 9;

    private MaskText() {}

    /**
     * Writes a mask.
     *
     * @param mask       The mask.
     * @param withScores Whether each class is followed by its score.
     * @return The text.
     */
    static String format(SegmentationMask mask, boolean withScores) {
        StringBuilder text = new StringBuilder();
        text.append(mask.height()).append('x').append(mask.width()).append(':');
        int from = 0;
        while (from < mask.size()) {
            int to = from + 1;
            while (to < mask.size()
                    && mask.classOf(to) == mask.classOf(from)
                    && (!withScores || Float.compare(mask.score(to), mask.score(from)) == 0)) {
                to++;
            }
            int number = mask.classOf(from);
            text.append(from == 0 ? "" : " ").append(number == SegmentationMask.VOID ? VOID_WORD : number);
            if (withScores) {
                text.append('@').append(mask.score(from));
            }
            if (to - from > 1) {
                text.append('*').append(to - from);
            }
            from = to;
        }
        return text.toString();
    }

    /**
     * Reads a mask.
     *
     * @param text    The text, without scores.
     * @param classes The names of the classes.
     * @return The mask.
     * @throws IllegalArgumentException If the text is of another form.
     */
    static SegmentationMask parse(String text, SegmentationClasses classes) {
        int colon = text.indexOf(':');
        String[] size = (colon < 0 ? "" : text.substring(0, colon)).split("x", -1);
        if (size.length != 2) {
            throw wrong(text, "it does not begin with a size");
        }
        int height = number(size[0], text);
        int width = number(size[1], text);
        long expected = (long) height * width;
        if (expected > SegmentationMask.MOST_PIXELS) {
            throw wrong(text, "it has more than " + SegmentationMask.MOST_PIXELS + " pixels");
        }
        String body = text.substring(colon + 1).trim();
        String[] runs = body.isEmpty() ? new String[0] : body.split(" +");
        // The runs say how many pixels there are before memory is taken for them.
        int[] lengths = new int[runs.length];
        long found = 0;
        for (int i = 0; i < runs.length; i++) {
            int star = runs[i].indexOf('*');
            lengths[i] = star < 0 ? 1 : number(runs[i].substring(star + 1), text);
            found += lengths[i];
        }
        if (found != expected) {
            throw wrong(text, "its runs have " + found + " pixels, but " + height + "x" + width + " are " + expected);
        }
        byte[] pixels = new byte[(int) expected];
        int at = 0;
        for (int i = 0; i < runs.length; i++) {
            int star = runs[i].indexOf('*');
            String word = star < 0 ? runs[i] : runs[i].substring(0, star);
            int stored = word.equals(VOID_WORD) ? SegmentationMask.STORED_VOID : number(word, text);
            if (stored >= classes.size() && !word.equals(VOID_WORD)) {
                throw wrong(
                        text,
                        "it has the class " + stored + ", allowed are 0 to " + (classes.size() - 1) + " and "
                                + VOID_WORD);
            }
            Arrays.fill(pixels, at, at + lengths[i], (byte) stored);
            at += lengths[i];
        }
        return SegmentationMask.of(classes, height, width, pixels);
    }

    private static int number(String word, String text) {
        if (word.isEmpty() || word.length() > MOST_DIGITS || !word.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw wrong(text, "it has '" + shortened(word) + "' in the place of a number");
        }
        return Integer.parseInt(word);
    }

    private static String shortened(String text) {
        return text.length() > MOST_QUOTED ? text.substring(0, MOST_QUOTED) + "..." : text;
    }

    private static IllegalArgumentException wrong(String text, String reason) {
        return new IllegalArgumentException("'" + shortened(text) + "' is no mask: " + reason
                + "; a mask is written like 2x3:0*2 1 void*3, height, width and the classes of pixels row after row");
    }
}
