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

package org.tribuogrowth.export;

import org.tribuo.Example;
import org.tribuo.Feature;
import org.tribuo.ImmutableFeatureMap;
import org.tribuo.Output;
import org.tribuogrowth.data.DenseExample;
import org.tribuogrowth.data.FeatureNames;

/**
 * Writes examples as an exported model's input takes them: one column a feature id. It knows nothing of layouts, so that
 * what it writes checks where a layout puts features. Not thread-safe.
 */
public final class FeatureColumns {
    private final ImmutableFeatureMap features;

    /** The columns of the names last seen in a dense example: all images of a source share their names. */
    private FeatureNames lastNames;

    private int[] lastColumns;

    /**
     * Columns of a feature domain.
     *
     * @param features The domain.
     */
    public FeatureColumns(ImmutableFeatureMap features) {
        this.features = features;
    }

    /**
     * The number of columns.
     *
     * @return The number of features.
     */
    public int count() {
        return features.size();
    }

    /**
     * Adds an example's features to a row of zeros. Features outside the domain are left out.
     *
     * @param example     The example.
     * @param destination Where to write.
     * @param offset      Where the row begins.
     * @param <T>         The output type.
     */
    public <T extends Output<T>> void write(Example<T> example, float[] destination, int offset) {
        if (example instanceof DenseExample<T> dense) {
            int[] columns = columns(dense.featureNames());
            for (int i = 0; i < columns.length; i++) {
                add(columns[i], dense.value(i), destination, offset);
            }
            return;
        }
        for (Feature feature : example) {
            add(features.getID(feature.getName()), feature.getValue(), destination, offset);
        }
    }

    private static void add(int column, double value, float[] destination, int offset) {
        if (column >= 0) {
            destination[offset + column] += (float) value;
        }
    }

    private int[] columns(FeatureNames names) {
        if (names != lastNames) {
            lastColumns = new int[names.size()];
            for (int i = 0; i < lastColumns.length; i++) {
                lastColumns[i] = features.getID(names.get(i));
            }
            lastNames = names;
        }
        return lastColumns;
    }
}
