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
import java.util.ArrayList;
import java.util.List;
import org.tribuogrowth.architecture.Shape;

/**
 * Gives every channel the mean 0 and the standard deviation 1. The numbers are configured, or computed over all pixels
 * of the training rows. A computed channel without variation is divided by 1.
 *
 * <p>A vector or a sequence counts as one channel: all its values are shifted and scaled alike. {@link PerFeatureNormalisation} normalises
 * each feature of a vector by itself.
 */
public final class PerChannelNormalisation implements Normalisation {
    @Config(
            description =
                    "The mean of each channel; empty, with standardDeviations, to compute them from the training data.")
    private List<Double> means = new ArrayList<>();

    @Config(description = "The standard deviation of each channel, above 0; empty, with means, to compute them.")
    private List<Double> standardDeviations = new ArrayList<>();

    @ConfigurableName
    private String configName = "";

    private boolean configured;

    /** Computes mean and standard deviation from the training rows; also for OLCUT. */
    public PerChannelNormalisation() {
        // OLCUT calls postConfig after it has set the fields; without it the defaults are good as they are.
        configured = true;
    }

    /**
     * Uses given numbers.
     *
     * @param means              The mean of each channel.
     * @param standardDeviations The standard deviation of each channel, above 0.
     * @throws PropertyException If the lists differ in length or a number is not allowed.
     */
    public PerChannelNormalisation(List<Double> means, List<Double> standardDeviations) {
        this.means = new ArrayList<>(means);
        this.standardDeviations = new ArrayList<>(standardDeviations);
        postConfig();
    }

    /** Used by the OLCUT configuration system, and should not be called by external code. */
    @Override
    public void postConfig() {
        configured = false;
        String component = ImageSize.orEmpty(configName);
        if (means.size() != standardDeviations.size()) {
            throw new PropertyException(
                    component,
                    "standardDeviations",
                    "found " + standardDeviations.size() + " standard deviations for " + means.size()
                            + " means, expected one for each, or none of both");
        }
        for (int i = 0; i < means.size(); i++) {
            if (!Float.isFinite(means.get(i).floatValue())) {
                throw new PropertyException(
                        component,
                        "means",
                        "found " + means.get(i) + " for channel " + i + ", allowed are finite numbers");
            }
            float deviation = standardDeviations.get(i).floatValue();
            if (!Float.isFinite(deviation) || deviation <= 0) {
                throw new PropertyException(
                        component,
                        "standardDeviations",
                        "found " + standardDeviations.get(i) + " for channel " + i
                                + ", allowed are finite numbers above 0");
            }
        }
        configured = true;
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException If the configuration was refused.
     */
    @Override
    public ChannelNormaliser fit(DenseData data, int[] trainingRows) {
        if (!configured) {
            throw new IllegalStateException("This normalisation's configuration was refused, it cannot be used");
        }
        int channels = channels(data.shape());
        return means.isEmpty() ? computed(data, trainingRows, channels) : given(data.shape(), channels);
    }

    private static int channels(Shape shape) {
        if (shape instanceof Shape.Tokens) {
            throw new IllegalArgumentException("The input is " + shape.describe()
                    + ": numbers of tokens, which have no mean; use no normalisation");
        }
        return shape instanceof Shape.Image image ? image.channels() : 1;
    }

    private ChannelNormaliser given(Shape shape, int channels) {
        if (means.size() != channels) {
            throw new IllegalArgumentException("The normalisation has means for " + means.size()
                    + " channels, but the input (" + shape.describe() + ") has " + channels);
        }
        float[] mean = new float[channels];
        float[] deviation = new float[channels];
        for (int channel = 0; channel < channels; channel++) {
            mean[channel] = means.get(channel).floatValue();
            deviation[channel] = standardDeviations.get(channel).floatValue();
        }
        return new ChannelNormaliser(mean, deviation);
    }

    private static ChannelNormaliser computed(DenseData data, int[] rows, int channels) {
        if (rows.length == 0) {
            throw new IllegalArgumentException("There are no training examples to compute the normalisation from");
        }
        double[] mean = means(data, rows, channels);
        double[] squares = new double[channels];
        for (int row : rows) {
            for (int i = 0; i < data.featureLength(); i++) {
                double difference = data.feature(row, i) - mean[i % channels];
                squares[i % channels] += difference * difference;
            }
        }
        double count = (double) rows.length * (data.featureLength() / channels);
        float[] floatMean = new float[channels];
        float[] deviation = new float[channels];
        for (int channel = 0; channel < channels; channel++) {
            floatMean[channel] = (float) mean[channel];
            float root = (float) Math.sqrt(squares[channel] / count);
            deviation[channel] = root > 0 ? root : 1f;
        }
        return new ChannelNormaliser(floatMean, deviation);
    }

    /** Sums differences from the first value, so that the mean of a constant channel is exactly its constant. */
    private static double[] means(DenseData data, int[] rows, int channels) {
        double[] first = new double[channels];
        double[] sum = new double[channels];
        for (int channel = 0; channel < channels; channel++) {
            first[channel] = data.feature(rows[0], channel);
        }
        for (int row : rows) {
            for (int i = 0; i < data.featureLength(); i++) {
                sum[i % channels] += data.feature(row, i) - first[i % channels];
            }
        }
        double count = (double) rows.length * (data.featureLength() / channels);
        for (int channel = 0; channel < channels; channel++) {
            sum[channel] = first[channel] + sum[channel] / count;
        }
        return sum;
    }

    @Override
    public ConfiguredObjectProvenance getProvenance() {
        return new ConfiguredObjectProvenanceImpl(this, "Normalisation");
    }

    @Override
    public String toString() {
        return "PerChannelNormalisation(means=" + means + ",standardDeviations=" + standardDeviations + ")";
    }
}
