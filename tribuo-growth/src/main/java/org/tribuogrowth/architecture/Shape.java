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

package org.tribuogrowth.architecture;

/** The shape of one example's activations at full width; the batch is not part of it. */
public sealed interface Shape {
    /** The largest height or width that is accepted, so that the number of positions always fits an int. */
    int MAX_EXTENT = 1 << 15;

    /**
     * How many positions each unit fills: height times width for an image, the steps of a sequence, 1 for a vector.
     *
     * @return The number of positions.
     */
    int positions();

    /**
     * Describes the shape in words for messages.
     *
     * @return For example {@code image 28x28x1}, {@code vector 784} or {@code sequence 28x28}.
     */
    String describe();

    /**
     * Image activations, stored height, width, channels.
     *
     * @param height   The height in pixels.
     * @param width    The width in pixels.
     * @param channels The number of channels at full width.
     */
    record Image(int height, int width, int channels) implements Shape {
        /** Checks that all extents are positive and height and width are at most {@link #MAX_EXTENT}. */
        public Image {
            if (height < 1 || width < 1 || channels < 1) {
                throw new IllegalArgumentException(
                        "An image needs a positive height, width and number of channels, found " + height + "x" + width
                                + "x" + channels);
            }
            if (height > MAX_EXTENT || width > MAX_EXTENT) {
                throw new IllegalArgumentException("An image is at most " + MAX_EXTENT + " pixels high and wide, found "
                        + height + "x" + width + "x" + channels);
            }
        }

        @Override
        public int positions() {
            return height * width;
        }

        @Override
        public String describe() {
            return "image " + height + "x" + width + "x" + channels;
        }
    }

    /**
     * A vector of units. After flattening an image each unit of the group fills several {@code positions}, and the
     * feature index is {@code position * units + unit}, so that units stay the fastest index.
     *
     * @param units     The number of units at full width.
     * @param positions How many features each unit fills.
     */
    record Vector(int units, int positions) implements Shape {
        /** Checks that both extents are positive. */
        public Vector {
            if (units < 1 || positions < 1) {
                throw new IllegalArgumentException("A vector needs a positive number of units and positions, found "
                        + units + " units at " + positions + " positions");
            }
        }

        @Override
        public String describe() {
            return "vector " + (long) units * positions;
        }
    }

    /**
     * A sequence of vectors. Costs are those of its full length; a shorter one takes fewer steps.
     *
     * @param steps The number of steps of the longest sequence.
     * @param units The number of units of a step at full width.
     */
    record Sequence(int steps, int units) implements Shape {
        /** Checks that both extents are positive and the steps at most {@link #MAX_EXTENT}. */
        public Sequence {
            checkSequence(steps, units, "units");
        }

        @Override
        public int positions() {
            return steps;
        }

        @Override
        public String describe() {
            return "sequence " + steps + "x" + units;
        }
    }

    /**
     * A sequence of tokens, each the number of a word or of a character: what an {@link LayerSpec.Embedding} reads. Only a
     * network's input has this shape.
     *
     * @param steps      The number of steps of the longest sequence.
     * @param vocabulary How many tokens there are; they are numbered from 0.
     */
    record Tokens(int steps, int vocabulary) implements Shape {
        /** Checks that both extents are positive and the steps at most {@link #MAX_EXTENT}. */
        public Tokens {
            checkSequence(steps, vocabulary, "tokens in its vocabulary");
        }

        @Override
        public int positions() {
            return steps;
        }

        @Override
        public String describe() {
            return "tokens " + steps + " of " + vocabulary;
        }
    }

    private static void checkSequence(int steps, int units, String what) {
        if (steps < 1 || units < 1) {
            throw new IllegalArgumentException("A sequence needs a positive number of steps and " + what + ", found "
                    + steps + " steps and " + units + " " + what);
        }
        if (steps > MAX_EXTENT) {
            throw new IllegalArgumentException("A sequence has at most " + MAX_EXTENT + " steps, found " + steps);
        }
    }
}
