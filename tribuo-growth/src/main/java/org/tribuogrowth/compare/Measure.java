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

package org.tribuogrowth.compare;

import java.util.Arrays;
import java.util.Optional;

/**
 * The measures on test data by which methods can be compared: those of which it is known whether more is better. The first
 * that runs have is the one they are compared by unless another is asked for.
 */
public enum Measure {
    /** Sequences: the exponential of the mean of {@code -ln p} of the true labels. */
    PERPLEXITY("perplexity", false),
    /** Classes: the part of the examples whose class is predicted right. */
    ACCURACY("accuracy", true),
    /** Several labels: the labels predicted and true as a part of those predicted or true, the mean over the examples. */
    JACCARD("jaccard", true),
    /** Regression: the coefficient of determination, the mean over the dimensions. */
    R2("r2", true),
    /** Segmentation: the mean over the classes of their intersection over union. */
    MEAN_IOU("meanIou", true),
    /** Segmentation: the part of the pixels whose class is predicted right. */
    PIXEL_ACCURACY("pixelAccuracy", true),
    /** Segmentation: the mean over the classes of the part of their pixels that is predicted right. */
    MEAN_CLASS_ACCURACY("meanClassAccuracy", true),
    /** Segmentation: the mean of the classes' intersection over union by their numbers of pixels. */
    FREQUENCY_WEIGHTED_IOU("frequencyWeightedIou", true),
    /** Several labels: the part of the examples all of whose labels are predicted right. */
    EXACT_MATCH("exactMatch", true),
    /** Several labels: the F1 of all labels of all examples together. */
    MICRO_AVERAGED_F1("microAveragedF1", true),
    /** Classes or labels: the mean of their F1. */
    MACRO_AVERAGED_F1("macroAveragedF1", true),
    /** Classes or labels: one minus the mean of their recall. */
    BALANCED_ERROR_RATE("balancedErrorRate", false),
    /** Regression: the part of the variance that the predictions explain, the mean over the dimensions. */
    EXPLAINED_VARIANCE("explainedVariance", true),
    /** Regression of one dimension: the root of the mean squared difference. */
    RMSE("rmse", false),
    /** Regression of one dimension: the mean absolute difference. */
    MAE("mae", false);

    private final String text;
    private final boolean moreIsBetter;

    Measure(String text, boolean moreIsBetter) {
        this.text = text;
        this.moreIsBetter = moreIsBetter;
    }

    /**
     * The measure's name in {@code evaluation.json}.
     *
     * @return The name.
     */
    public String text() {
        return text;
    }

    /**
     * Whether a larger figure is better.
     *
     * @return False if a smaller one is.
     */
    public boolean moreIsBetter() {
        return moreIsBetter;
    }

    /**
     * The measure of a name.
     *
     * @param name The name in {@code evaluation.json}.
     * @return The measure, or nothing if it is not known.
     */
    public static Optional<Measure> of(String name) {
        return Arrays.stream(values())
                .filter(measure -> measure.text.equals(name))
                .findFirst();
    }
}
