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

import com.oracle.labs.mlrg.olcut.provenance.ConfiguredObjectProvenance;
import com.oracle.labs.mlrg.olcut.provenance.impl.ConfiguredObjectProvenanceImpl;
import org.tribuogrowth.architecture.Shape;

/**
 * Gives every feature of a vector, by itself, the mean 0 and the standard deviation 1 over the training rows, both weighted
 * by the examples' weights. The divisor of the variance is the sum of the weights. A feature that is the same in all rows
 * becomes 0. A feature that an example does not have counts as 0 before. It has no settings.
 *
 * <p>The numbers go into the model and its exports, so that both take features as they are in the data. With Tribuo's
 * {@code TransformTrainer} around the trainer instead, they would stay outside of the model that is exported.
 */
public final class PerFeatureNormalisation implements Normalisation {
    /** Makes the normalisation; also for OLCUT. */
    public PerFeatureNormalisation() {}

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException If the input is an image, or there are no rows.
     */
    @Override
    public ChannelNormaliser fit(DenseData data, int[] trainingRows) {
        if (!(data.shape() instanceof Shape.Vector)) {
            throw new IllegalArgumentException("A PerFeatureNormalisation is for vectors, but the input is "
                    + data.shape().describe() + "; use a PerChannelNormalisation");
        }
        if (trainingRows.length == 0) {
            throw new IllegalArgumentException("There are no training examples to compute the normalisation from");
        }
        int features = data.featureLength();
        float[] mean = new float[features];
        float[] deviation = new float[features];
        for (int i = 0; i < features; i++) {
            int feature = i;
            Moments moments = Moments.of(trainingRows, row -> data.feature(row, feature), data::weight);
            mean[i] = moments.mean();
            deviation[i] = moments.deviation();
        }
        return new ChannelNormaliser(mean, deviation);
    }

    @Override
    public ConfiguredObjectProvenance getProvenance() {
        return new ConfiguredObjectProvenanceImpl(this, "Normalisation");
    }

    @Override
    public String toString() {
        return "PerFeatureNormalisation()";
    }
}
