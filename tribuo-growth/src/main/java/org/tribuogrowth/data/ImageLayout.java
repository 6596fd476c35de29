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
import org.tribuo.ImmutableFeatureMap;
import org.tribuogrowth.architecture.Shape;

/**
 * Places the features of an image by the number in their names. A name is the prefix followed by the decimal index of
 * the value, zero-padded or not: value {@code (y, x, channel)} has the index {@code (y * width + x) * channels +
 * channel}. Tribuo's {@code IDXDataSource} and this package's image sources name features so, with an empty prefix.
 *
 * <p>A pixel that never occurs in the training data keeps its place and is 0.
 */
public final class ImageLayout implements FeatureLayout {
    @Config(mandatory = true, description = "The height of the images in pixels, at least 1.")
    private int height;

    @Config(mandatory = true, description = "The width of the images in pixels, at least 1.")
    private int width;

    @Config(description = "The number of values of a pixel: 1 for grey, 3 for red, green and blue.")
    private int channels = 1;

    @Config(description = "What stands before the number in the features' names.")
    private String featurePrefix = "";

    @ConfigurableName
    private String configName = "";

    private boolean configured;

    /** For OLCUT. */
    private ImageLayout() {}

    /**
     * A layout of images whose features are named by bare numbers.
     *
     * @param height   The height in pixels.
     * @param width    The width in pixels.
     * @param channels The number of values of a pixel.
     * @throws PropertyException If an extent is below 1 or an image has more values than an array can hold.
     */
    public ImageLayout(int height, int width, int channels) {
        this(height, width, channels, "");
    }

    /**
     * A layout of images.
     *
     * @param height        The height in pixels.
     * @param width         The width in pixels.
     * @param channels      The number of values of a pixel.
     * @param featurePrefix What stands before the number in the features' names.
     * @throws PropertyException If an extent is below 1 or an image has more values than an array can hold.
     */
    public ImageLayout(int height, int width, int channels, String featurePrefix) {
        this.height = height;
        this.width = width;
        this.channels = channels;
        this.featurePrefix = featurePrefix;
        postConfig();
    }

    /** Used by the OLCUT configuration system, and should not be called by external code. */
    @Override
    public void postConfig() {
        ImageSize.check(configName, height, width, channels);
        configured = true;
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException If this layout's configuration was refused.
     */
    @Override
    public BoundLayout bind(ImmutableFeatureMap features) {
        if (!configured) {
            throw new IllegalStateException("This image layout's configuration was refused, it cannot be used");
        }
        return names().bind(new Shape.Image(height, width, channels), features);
    }

    /**
     * The height of the images.
     *
     * @return The height in pixels.
     */
    public int height() {
        return height;
    }

    /**
     * The width of the images.
     *
     * @return The width in pixels.
     */
    public int width() {
        return width;
    }

    /**
     * The number of values of a pixel.
     *
     * @return 1 for grey, 3 for colours.
     */
    public int channels() {
        return channels;
    }

    /**
     * What stands before the number in the features' names.
     *
     * @return The prefix, empty if names are bare numbers.
     */
    public String featurePrefix() {
        return featurePrefix;
    }

    /**
     * Where a feature goes.
     *
     * @param name The feature's name.
     * @return The index of its value in an image: height, width, channels.
     * @throws IllegalArgumentException If the name is that of no value.
     */
    public int place(String name) {
        return names().place(name);
    }

    private IndexedNames names() {
        return new IndexedNames(
                featurePrefix,
                height * width * channels,
                "an image of " + height + "x" + width + "x" + channels + " values");
    }

    @Override
    public ConfiguredObjectProvenance getProvenance() {
        return new ConfiguredObjectProvenanceImpl(this, "FeatureLayout");
    }

    @Override
    public String toString() {
        return "ImageLayout(height=" + height + ",width=" + width + ",channels=" + channels + ",featurePrefix="
                + featurePrefix + ")";
    }
}
