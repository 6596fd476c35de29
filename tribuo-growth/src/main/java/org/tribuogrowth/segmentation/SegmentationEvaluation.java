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

package org.tribuogrowth.segmentation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tribuo.Prediction;
import org.tribuo.evaluation.Evaluation;
import org.tribuo.evaluation.metrics.MetricID;
import org.tribuo.evaluation.metrics.MetricTarget;
import org.tribuo.provenance.EvaluationProvenance;

/** How well masks were predicted: the measures of a {@link PixelConfusion} with the classes' names. Immutable. */
public final class SegmentationEvaluation implements Evaluation<SegmentationMask> {
    private final SegmentationClasses classes;
    private final PixelConfusion confusion;
    private final long voidPixels;
    private final List<Prediction<SegmentationMask>> predictions;
    private final EvaluationProvenance provenance;

    /**
     * Makes an evaluation.
     *
     * @param classes     The names of the classes.
     * @param confusion   The counts; kept.
     * @param voidPixels  How many pixels were left out.
     * @param predictions The predictions.
     * @param provenance  Whose they are, and of which data.
     */
    SegmentationEvaluation(
            SegmentationClasses classes,
            PixelConfusion confusion,
            long voidPixels,
            List<Prediction<SegmentationMask>> predictions,
            EvaluationProvenance provenance) {
        this.classes = classes;
        this.confusion = confusion;
        this.voidPixels = voidPixels;
        this.predictions = List.copyOf(predictions);
        this.provenance = provenance;
    }

    /**
     * The names of the classes.
     *
     * @return The names.
     */
    public SegmentationClasses classes() {
        return classes;
    }

    /**
     * The mean of the classes' intersection over union; classes that neither occur nor were predicted are left out.
     *
     * @return 0 to 1, NaN if no pixel counts.
     */
    public double meanIou() {
        return confusion.meanIou();
    }

    /**
     * Intersection over union of a class.
     *
     * @param number The class.
     * @return 0 to 1, NaN if it neither occurs nor was predicted.
     */
    public double iou(int number) {
        return confusion.iou(number);
    }

    /**
     * The part of a class's pixels that were predicted right.
     *
     * @param number The class.
     * @return 0 to 1, NaN if it does not occur.
     */
    public double accuracy(int number) {
        return confusion.accuracy(number);
    }

    /**
     * The part of the pixels predicted to be of a class that are.
     *
     * @param number The class.
     * @return 0 to 1, NaN if it was never predicted.
     */
    public double precision(int number) {
        return confusion.precision(number);
    }

    /**
     * The part of all pixels predicted right.
     *
     * @return 0 to 1, NaN if no pixel counts.
     */
    public double pixelAccuracy() {
        return confusion.pixelAccuracy();
    }

    /**
     * The mean of the classes' accuracies over the classes that occur.
     *
     * @return 0 to 1, NaN if no pixel counts.
     */
    public double meanClassAccuracy() {
        return confusion.meanClassAccuracy();
    }

    /**
     * The mean of the classes' intersection over union by their numbers of pixels.
     *
     * @return 0 to 1, NaN if no pixel counts.
     */
    public double frequencyWeightedIou() {
        return confusion.frequencyWeightedIou();
    }

    /**
     * How many pixels of a class were taken for another.
     *
     * @param truth     The true class.
     * @param predicted The predicted class.
     * @return The count.
     */
    public long confusion(int truth, int predicted) {
        return Math.round(confusion.count(truth, predicted));
    }

    /**
     * How many pixels truly are of a class.
     *
     * @param number The class.
     * @return The count.
     */
    public long truePixels(int number) {
        return Math.round(confusion.truePixels(number));
    }

    /**
     * How many pixels count.
     *
     * @return All but void ones.
     */
    public long totalPixels() {
        return Math.round(confusion.totalPixels());
    }

    /**
     * How many pixels were left out.
     *
     * @return Those whose true class is void.
     */
    public long voidPixels() {
        return voidPixels;
    }

    @Override
    public Map<MetricID<SegmentationMask>, Double> asMap() {
        Map<MetricID<SegmentationMask>, Double> map = new LinkedHashMap<>();
        MetricTarget<SegmentationMask> macro = MetricTarget.macroAverageTarget();
        MetricTarget<SegmentationMask> micro = MetricTarget.microAverageTarget();
        put(map, macro, SegmentationMetric.IOU, meanIou());
        put(map, macro, SegmentationMetric.ACCURACY, meanClassAccuracy());
        put(map, micro, SegmentationMetric.ACCURACY, pixelAccuracy());
        put(map, micro, SegmentationMetric.FREQUENCY_WEIGHTED_IOU, frequencyWeightedIou());
        for (int number = 0; number < classes.size(); number++) {
            MetricTarget<SegmentationMask> target = new MetricTarget<>(SegmentationMask.ofClass(classes, number));
            put(map, target, SegmentationMetric.IOU, iou(number));
            put(map, target, SegmentationMetric.ACCURACY, accuracy(number));
            put(map, target, SegmentationMetric.PRECISION, precision(number));
        }
        return Collections.unmodifiableMap(map);
    }

    private static void put(
            Map<MetricID<SegmentationMask>, Double> map,
            MetricTarget<SegmentationMask> target,
            SegmentationMetric metric,
            double value) {
        map.put(new MetricID<>(target, metric.name()), value);
    }

    @Override
    public List<Prediction<SegmentationMask>> getPredictions() {
        return predictions;
    }

    @Override
    public EvaluationProvenance getProvenance() {
        return provenance;
    }

    /**
     * A table for web pages.
     *
     * @return HTML.
     */
    public String toHTML() {
        return EvaluationText.html(this);
    }

    /**
     * A table for pages in Markdown.
     *
     * @return Markdown.
     */
    public String toMarkdown() {
        return EvaluationText.markdown(this);
    }

    /** A table for terminals. */
    @Override
    public String toString() {
        return EvaluationText.plain(this);
    }
}
