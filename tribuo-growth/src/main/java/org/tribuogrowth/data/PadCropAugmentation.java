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

import com.oracle.labs.mlrg.olcut.config.Config;
import com.oracle.labs.mlrg.olcut.config.ConfigurableName;
import com.oracle.labs.mlrg.olcut.config.PropertyException;
import com.oracle.labs.mlrg.olcut.provenance.ConfiguredObjectProvenance;
import com.oracle.labs.mlrg.olcut.provenance.impl.ConfiguredObjectProvenanceImpl;
import java.util.Arrays;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.random.CountedRandom;

/**
 * Pads an image with zeros on every side and cuts an image of the old size out of it at a random place (He, Zhang, Ren
 * and Sun: Deep Residual Learning for Image Recognition, CVPR 2016, section 4.2, with 4 pixels). All places are equally
 * likely. Padding is void in masks.
 */
public final class PadCropAugmentation implements MaskAugmentation {
    @Config(description = "How many pixels of zeros are put on every side, at least 1.")
    private int padding = 4;

    @ConfigurableName
    private String configName = "";

    private boolean configured;

    /** Pads by 4 pixels; also for OLCUT. */
    public PadCropAugmentation() {
        // OLCUT calls postConfig after it has set the fields; without it the default is good as it is.
        configured = true;
    }

    /**
     * Pads by a given width.
     *
     * @param padding How many pixels of zeros are put on every side, at least 1.
     * @throws PropertyException If padding is below 1.
     */
    public PadCropAugmentation(int padding) {
        this.padding = padding;
        postConfig();
    }

    /** Used by the OLCUT configuration system, and should not be called by external code. */
    @Override
    public void postConfig() {
        configured = false;
        if (padding < 1 || padding > ImageSize.MAXIMUM_VALUES) {
            throw new PropertyException(
                    ImageSize.orEmpty(configName),
                    "padding",
                    "found " + padding + ", allowed are 1 to " + ImageSize.MAXIMUM_VALUES + " pixels");
        }
        configured = true;
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException If the configuration was refused.
     */
    @Override
    public void apply(float[] image, int offset, Shape.Image shape, CountedRandom random) {
        requireConfigured();
        int down = way(random);
        int right = way(random);
        shift(image, offset, shape, down, right, 0f);
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException If the configuration was refused.
     */
    @Override
    public void apply(
            float[] image, int offset, Shape.Image shape, float[] mask, int maskOffset, CountedRandom random) {
        requireConfigured();
        int down = way(random);
        int right = way(random);
        shift(image, offset, shape, down, right, 0f);
        shift(mask, maskOffset, new Shape.Image(shape.height(), shape.width(), 1), down, right, VOID);
    }

    private void requireConfigured() {
        if (!configured) {
            throw new IllegalStateException("This augmentation's configuration was refused, it cannot be used");
        }
    }

    private int way(CountedRandom random) {
        return random.nextInt(2 * padding + 1) - padding;
    }

    /**
     * Moves the window over an image and fills what it uncovers. Moved by whole rows and pixels, each value goes the same way
     * in the array, so the image is moved at once; what then stands in a row it does not belong to lies where the window
     * leaves the image.
     */
    private static void shift(float[] image, int offset, Shape.Image shape, int down, int right, float filling) {
        int rowLength = shape.width() * shape.channels();
        int end = offset + shape.height() * rowLength;
        if (Math.abs(down) >= shape.height() || Math.abs(right) >= shape.width()) {
            Arrays.fill(image, offset, end, filling);
            return;
        }
        int way = down * rowLength + right * shape.channels();
        System.arraycopy(
                image,
                offset + Math.max(0, way),
                image,
                offset + Math.max(0, -way),
                shape.height() * rowLength - Math.abs(way));
        Arrays.fill(image, offset, offset + Math.max(0, -down) * rowLength, filling);
        Arrays.fill(image, end - Math.max(0, down) * rowLength, end, filling);
        int uncovered = Math.abs(right) * shape.channels();
        for (int row = offset; row < end; row += rowLength) {
            int from = right > 0 ? row + rowLength - uncovered : row;
            Arrays.fill(image, from, from + uncovered, filling);
        }
    }

    @Override
    public ConfiguredObjectProvenance getProvenance() {
        return new ConfiguredObjectProvenanceImpl(this, "Augmentation");
    }

    @Override
    public String toString() {
        return "PadCropAugmentation(padding=" + padding + ")";
    }
}
