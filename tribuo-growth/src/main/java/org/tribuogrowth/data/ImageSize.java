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

import com.oracle.labs.mlrg.olcut.config.PropertyException;

/** Checks of the configured sizes of images and sources. */
final class ImageSize {
    /** The most values an image may have; far above any image that is trained on, far below the limit of an array. */
    static final int MAXIMUM_VALUES = 1 << 28;

    private ImageSize() {}

    /**
     * Checks the fields {@code height}, {@code width} and {@code channels}.
     *
     * @param component The name of the component, may be null.
     * @param height    The height.
     * @param width     The width.
     * @param channels  The number of channels.
     * @throws PropertyException If one is below 1 or their product is above {@link #MAXIMUM_VALUES}.
     */
    static void check(String component, int height, int width, int channels) {
        checkExtent(component, "height", height);
        checkExtent(component, "width", width);
        checkExtent(component, "channels", channels);
        if ((double) height * width * channels > MAXIMUM_VALUES) {
            throw new PropertyException(
                    orEmpty(component),
                    "height",
                    "found an image of " + height + "x" + width + "x" + channels + " values, allowed are at most "
                            + MAXIMUM_VALUES + " values");
        }
    }

    /**
     * Checks two fields of a height and a width.
     *
     * @param component   The name of the component, may be null.
     * @param heightField The field of the height.
     * @param height      The height.
     * @param widthField  The field of the width.
     * @param width       The width.
     * @throws PropertyException If one is below 1 or their product is above {@link #MAXIMUM_VALUES}.
     */
    static void check(String component, String heightField, int height, String widthField, int width) {
        checkExtent(component, heightField, height);
        checkExtent(component, widthField, width);
        if ((double) height * width > MAXIMUM_VALUES) {
            throw new PropertyException(
                    orEmpty(component),
                    heightField,
                    "found " + height + "x" + width + " pixels, allowed are at most " + MAXIMUM_VALUES);
        }
    }

    /**
     * Checks the field {@code maximumExamples}.
     *
     * @param component       The name of the component, may be null.
     * @param maximumExamples The value.
     * @throws PropertyException If it is negative.
     */
    static void checkMaximum(String component, int maximumExamples) {
        if (maximumExamples < 0) {
            throw new PropertyException(
                    orEmpty(component),
                    "maximumExamples",
                    "found " + maximumExamples + ", allowed is 0 for all examples, or more");
        }
    }

    private static void checkExtent(String component, String field, int extent) {
        if (extent < 1) {
            throw new PropertyException(orEmpty(component), field, "found " + extent + ", allowed is 1 or more");
        }
    }

    /**
     * A component's name for messages.
     *
     * @param component The name or null.
     * @return The name or an empty string.
     */
    static String orEmpty(String component) {
        return component == null ? "" : component;
    }
}
