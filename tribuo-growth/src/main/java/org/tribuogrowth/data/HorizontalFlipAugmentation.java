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
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.random.CountedRandom;

/** Mirrors an image, and its mask if it has one, left for right, with a given probability. */
public final class HorizontalFlipAugmentation implements MaskAugmentation {
    @Config(description = "The probability with which an image is mirrored, 0 to 1.")
    private double probability = 0.5;

    @ConfigurableName
    private String configName = "";

    private boolean configured;

    /** Mirrors every second image on average; also for OLCUT. */
    public HorizontalFlipAugmentation() {
        // OLCUT calls postConfig after it has set the fields; without it the default is good as it is.
        configured = true;
    }

    /**
     * Mirrors with a given probability.
     *
     * @param probability The probability, 0 to 1.
     * @throws PropertyException If it is not from 0 to 1.
     */
    public HorizontalFlipAugmentation(double probability) {
        this.probability = probability;
        postConfig();
    }

    /** Used by the OLCUT configuration system, and should not be called by external code. */
    @Override
    public void postConfig() {
        configured = false;
        if (!(probability >= 0 && probability <= 1)) {
            throw new PropertyException(
                    ImageSize.orEmpty(configName), "probability", "found " + probability + ", allowed is 0 to 1");
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
        if (random.nextDouble() < probability) {
            flip(image, offset, shape);
        }
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
        if (random.nextDouble() < probability) {
            flip(image, offset, shape);
            flip(mask, maskOffset, new Shape.Image(shape.height(), shape.width(), 1));
        }
    }

    private void requireConfigured() {
        if (!configured) {
            throw new IllegalStateException("This augmentation's configuration was refused, it cannot be used");
        }
    }

    private static void flip(float[] image, int offset, Shape.Image shape) {
        int channels = shape.channels();
        for (int y = 0; y < shape.height(); y++) {
            int left = offset + y * shape.width() * channels;
            int right = left + (shape.width() - 1) * channels;
            for (; left < right; left += channels, right -= channels) {
                for (int channel = 0; channel < channels; channel++) {
                    float swapped = image[left + channel];
                    image[left + channel] = image[right + channel];
                    image[right + channel] = swapped;
                }
            }
        }
    }

    @Override
    public ConfiguredObjectProvenance getProvenance() {
        return new ConfiguredObjectProvenanceImpl(this, "Augmentation");
    }

    @Override
    public String toString() {
        return "HorizontalFlipAugmentation(probability=" + probability + ")";
    }
}
