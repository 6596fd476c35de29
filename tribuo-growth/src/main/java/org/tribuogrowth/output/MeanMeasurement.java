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

package org.tribuogrowth.output;

/** The mean of a measure by the examples' weights. */
final class MeanMeasurement implements Measurement {
    private final OfExample measure;
    private double sum;
    private double weights;

    MeanMeasurement(OfExample measure) {
        this.measure = measure;
    }

    @Override
    public void add(float[] scores, int scoreOffset, float[] targets, int targetOffset, double weight) {
        sum += weight * measure.of(scores, scoreOffset, targets, targetOffset);
        weights += weight;
    }

    @Override
    public double value() {
        return sum / weights;
    }
}
