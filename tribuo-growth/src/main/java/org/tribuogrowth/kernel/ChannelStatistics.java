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

package org.tribuogrowth.kernel;

import java.util.ArrayList;
import java.util.List;

/**
 * Means and variances of channels, put together from those of parts: the parts' variances about their own means and the
 * spread of these means (Chan, Golub and LeVeque 1983, equation 2.1), which does not cancel as a difference of squares
 * does.
 */
final class ChannelStatistics {
    private record Part(int count, float[] means, float[] variances) {}

    private final int channels;
    private final List<Part> parts = new ArrayList<>();

    ChannelStatistics(int channels) {
        this.channels = channels;
    }

    /**
     * Adds a part.
     *
     * @param count     How many values each entry sums up.
     * @param means     The means, the channels once or several times over.
     * @param variances The variances about these means.
     */
    void add(int count, float[] means, float[] variances) {
        parts.add(new Part(count, means.clone(), variances.clone()));
    }

    /**
     * Puts the parts together.
     *
     * @param mean     Receives the means.
     * @param variance Receives the variances, divided by the number of values.
     */
    void combine(float[] mean, float[] variance) {
        double[] sums = new double[channels];
        double[] squares = new double[channels];
        double count = 0;
        for (Part part : parts) {
            for (int i = 0; i < part.means.length; i++) {
                sums[i % channels] += (double) part.count * part.means[i];
            }
            count += (double) part.count * part.means.length / channels;
        }
        for (Part part : parts) {
            for (int i = 0; i < part.means.length; i++) {
                double away = part.means[i] - sums[i % channels] / count;
                squares[i % channels] += part.count * (part.variances[i] + away * away);
            }
        }
        for (int channel = 0; channel < channels; channel++) {
            mean[channel] = (float) (sums[channel] / count);
            variance[channel] = (float) (squares[channel] / count);
        }
    }
}
