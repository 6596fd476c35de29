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

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.tribuo.Example;
import org.tribuo.Output;
import org.tribuo.VariableInfo;
import org.tribuogrowth.GrowthModel;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.data.DenseExample;
import org.tribuogrowth.data.FeatureNames;
import org.tribuogrowth.data.ImageLayout;
import org.tribuogrowth.data.Picture;

/**
 * Makes examples of pictures for a model that reads images. Features are named as the model's are, wherever its training data
 * had them from.
 *
 * @param <T> The output type.
 */
public final class PictureExamples<T extends Output<T>> {
    private final Shape.Image shape;
    private final T output;
    private final FeatureNames names;
    /** The place of each name's value in a picture. */
    private final int[] places;

    /**
     * Prepares examples.
     *
     * @param model  The model.
     * @param output The output that examples have, which is not looked at by predictions.
     * @throws IllegalArgumentException If the model does not read images of 1 or 3 channels.
     */
    public PictureExamples(GrowthModel<T> model, T output) {
        if (!(model.featureLayout() instanceof ImageLayout layout)) {
            throw new IllegalArgumentException(
                    "The model reads a " + model.architecture().input().describe()
                            + ", but pictures need a model whose feature layout is an ImageLayout");
        }
        if (layout.channels() != 1 && layout.channels() != 3) {
            throw new IllegalArgumentException(
                    "The model reads images of " + layout.channels() + " channels, but pictures have 1 or 3");
        }
        this.shape = new Shape.Image(layout.height(), layout.width(), layout.channels());
        this.output = output;
        List<String> sorted = new ArrayList<>();
        for (VariableInfo feature : model.getFeatureIDMap()) {
            sorted.add(feature.getName());
        }
        sorted.sort(Comparator.naturalOrder());
        this.names = FeatureNames.of(sorted);
        this.places = sorted.stream().mapToInt(layout::place).toArray();
    }

    /**
     * The size of picture that the model reads.
     *
     * @return Height, width and channels.
     */
    public Shape.Image shape() {
        return shape;
    }

    /**
     * Makes an example.
     *
     * @param picture A picture of the model's size.
     * @return The example.
     * @throws IllegalArgumentException If the picture has another size.
     */
    public Example<T> of(Picture picture) {
        if (!picture.shape().equals(shape)) {
            throw new IllegalArgumentException(
                    "The picture is an " + picture.shape().describe() + ", but the model reads an " + shape.describe());
        }
        byte[] pixels = picture.toBytes();
        byte[] values = new byte[places.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = pixels[places[i]];
        }
        return DenseExample.ofBytes(output, names, values);
    }
}
