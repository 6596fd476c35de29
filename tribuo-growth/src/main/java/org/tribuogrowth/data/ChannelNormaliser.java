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

import java.util.Arrays;
import org.tribuogrowth.architecture.Shape;

/**
 * Subtracts a mean and divides by a standard deviation, channel by channel; channels are the fastest index. A vector is
 * either one channel or has one for each of its units. Immutable.
 */
public final class ChannelNormaliser {
    private final float[] mean;
    private final float[] standardDeviation;

    /**
     * Makes a normaliser.
     *
     * @param mean              The mean of each channel, finite; copied.
     * @param standardDeviation The standard deviation of each channel, finite and positive; copied.
     * @throws IllegalArgumentException If the arrays are empty or differ in length, or a number is not allowed.
     */
    public ChannelNormaliser(float[] mean, float[] standardDeviation) {
        if (mean.length == 0 || mean.length != standardDeviation.length) {
            throw new IllegalArgumentException(
                    "A normaliser needs as many means as standard deviations and at least one," + " found "
                            + mean.length + " and " + standardDeviation.length);
        }
        for (int channel = 0; channel < mean.length; channel++) {
            float deviation = standardDeviation[channel];
            if (!Float.isFinite(mean[channel]) || !Float.isFinite(deviation) || deviation <= 0) {
                throw new IllegalArgumentException("Channel " + channel + " has the mean " + mean[channel]
                        + " and the standard deviation " + deviation
                        + ", allowed are a finite mean and a finite standard"
                        + " deviation above 0");
            }
        }
        this.mean = mean.clone();
        this.standardDeviation = standardDeviation.clone();
    }

    /**
     * The number of channels.
     *
     * @return At least 1.
     */
    public int channels() {
        return mean.length;
    }

    /**
     * Makes sure that an input can be normalised.
     *
     * @param input The shape of one example.
     * @throws IllegalArgumentException If it is an image of another number of channels, or a vector of another number of units
     *                                  where there is more than one channel.
     */
    public void requireFit(Shape input) {
        boolean fits;
        String needed;
        if (input instanceof Shape.Image image) {
            fits = mean.length == image.channels();
            needed = "needs " + image.channels();
        } else if (input instanceof Shape.Vector vector) {
            fits = mean.length == 1 || mean.length == vector.units();
            needed = "needs 1 for all features or " + vector.units();
        } else if (input instanceof Shape.Sequence sequence) {
            fits = mean.length == 1 || mean.length == sequence.units();
            needed = "needs 1 for all features or " + sequence.units();
        } else {
            fits = false;
            needed = "is numbers of tokens, which have no mean";
        }
        if (!fits) {
            throw new IllegalArgumentException("The normaliser has " + mean.length + " channels, but the input ("
                    + input.describe() + ") " + needed);
        }
    }

    /**
     * The means.
     *
     * @return A copy, one for each channel.
     */
    public float[] mean() {
        return mean.clone();
    }

    /**
     * The standard deviations.
     *
     * @return A copy, one for each channel.
     */
    public float[] standardDeviation() {
        return standardDeviation.clone();
    }

    /**
     * Normalises values in place.
     *
     * @param values The values, channels last.
     * @param offset Where to begin, at channel 0.
     * @param length How many values, a multiple of the number of channels; may be several examples.
     * @throws IllegalArgumentException If length is no such multiple.
     */
    public void apply(float[] values, int offset, int length) {
        int channels = mean.length;
        if (length % channels != 0) {
            throw new IllegalArgumentException(
                    "Cannot normalise " + length + " values by " + channels + " channels, expected a multiple");
        }
        for (int i = 0; i < length; i += channels) {
            for (int channel = 0; channel < channels; channel++) {
                int at = offset + i + channel;
                values[at] = (values[at] - mean[channel]) / standardDeviation[channel];
            }
        }
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof ChannelNormaliser that
                        && Arrays.equals(mean, that.mean)
                        && Arrays.equals(standardDeviation, that.standardDeviation));
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(mean) + Arrays.hashCode(standardDeviation);
    }

    @Override
    public String toString() {
        return "ChannelNormaliser(mean=" + Arrays.toString(mean) + ",standardDeviation="
                + Arrays.toString(standardDeviation) + ")";
    }
}
