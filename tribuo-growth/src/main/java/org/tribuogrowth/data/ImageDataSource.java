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
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.tribuo.ConfigurableDataSource;
import org.tribuo.Example;
import org.tribuo.Output;
import org.tribuo.OutputFactory;
import org.tribuogrowth.architecture.Shape;

/**
 * A source of images of one size, read into memory at one byte a value. Every iteration gives new {@link DenseExample}s
 * that share the pixels, so that two datasets of one source do not change each other. Pixel values are byte / 255, and
 * the feature of the value {@code (y, x, channel)} is named by its index {@code (y * width + x) * channels + channel},
 * zero-padded to the digits of the number of values.
 *
 * <p>Relative paths start at the working directory of the process. All files are read, checked and hashed when the
 * source is made.
 *
 * @param <T> The output type.
 */
public abstract sealed class ImageDataSource<T extends Output<T>> implements ConfigurableDataSource<T>
        permits IdxImageDataSource, CifarBinaryDataSource, ImageFolderDataSource {
    @Config(mandatory = true, description = "Makes the outputs from the labels' names.")
    private OutputFactory<T> outputFactory;

    @ConfigurableName
    private String configName = "";

    private Images<T> images;
    private ImageSourceProvenance provenance;

    /** For OLCUT. */
    ImageDataSource() {}

    /**
     * Sets what all sources have.
     *
     * @param outputFactory Makes the outputs.
     */
    ImageDataSource(OutputFactory<T> outputFactory) {
        this.outputFactory = outputFactory;
    }

    /**
     * Used by the OLCUT configuration system, and should not be called by external code.
     *
     * @throws PropertyException If a field or a file is not as it must be; the message names both.
     */
    @Override
    public final void postConfig() {
        Images<T> read = read();
        provenance = new ImageSourceProvenance(this, read.files(), read.labels());
        images = read;
    }

    /**
     * Checks the fields and reads the files.
     *
     * @return The images, at least one.
     */
    abstract Images<T> read();

    /**
     * The name of this component.
     *
     * @return The name, empty if it has none.
     */
    final String component() {
        return ImageSize.orEmpty(configName);
    }

    /**
     * Makes the output of a label.
     *
     * @param label The label's name.
     * @return The output.
     */
    final T output(String label) {
        try {
            return outputFactory.generateOutput(label);
        } catch (RuntimeException e) {
            throw new PropertyException(
                    e,
                    component(),
                    "outputFactory",
                    outputFactory.getClass().getSimpleName() + " cannot make an output of the label '" + label + "': "
                            + e.getMessage());
        }
    }

    private Images<T> checked() {
        if (images == null) {
            throw new IllegalStateException("This image source's configuration was refused, it cannot be used");
        }
        return images;
    }

    /**
     * The size of the images.
     *
     * @return The shape.
     */
    public final Shape.Image shape() {
        return checked().shape();
    }

    /**
     * The number of examples.
     *
     * @return The number of examples.
     */
    public final int size() {
        return checked().pixels().size();
    }

    @Override
    public final OutputFactory<T> getOutputFactory() {
        return outputFactory;
    }

    @Override
    public final ImageSourceProvenance getProvenance() {
        checked();
        return provenance;
    }

    @Override
    public final Iterator<Example<T>> iterator() {
        return checked().iterator();
    }

    /**
     * Images in memory.
     *
     * @param shape   Their size.
     * @param pixels  The bytes of each, height, width, channels.
     * @param outputs The output of each.
     * @param names   The name of each, or an empty list.
     * @param files   What is known of the files of images.
     * @param labels  What is known of the file of labels, or null if there is none.
     * @param <T>     The output type.
     */
    record Images<T extends Output<T>>(
            Shape.Image shape,
            List<byte[]> pixels,
            List<T> outputs,
            List<String> names,
            ImageSourceProvenance.Origin files,
            ImageSourceProvenance.Origin labels) {
        /**
         * Iterates over new examples.
         *
         * @return The iterator.
         */
        Iterator<Example<T>> iterator() {
            FeatureNames features = FeatureNames.pixels("", shape.positions() * shape.channels());
            return new Iterator<>() {
                private int next;

                @Override
                public boolean hasNext() {
                    return next < pixels.size();
                }

                @Override
                public Example<T> next() {
                    if (!hasNext()) {
                        throw new NoSuchElementException("There are only " + pixels.size() + " examples");
                    }
                    DenseExample<T> example = new DenseExample<>(
                            outputs.get(next),
                            Example.DEFAULT_WEIGHT,
                            features,
                            new DenseValues.Bytes(pixels.get(next)));
                    if (!names.isEmpty()) {
                        example.setMetadataValue(Example.NAME, names.get(next));
                    }
                    next++;
                    return example;
                }
            };
        }
    }
}
