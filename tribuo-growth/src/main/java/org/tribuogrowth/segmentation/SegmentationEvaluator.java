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

import java.util.ArrayList;
import java.util.List;
import org.tribuo.DataSource;
import org.tribuo.Dataset;
import org.tribuo.Example;
import org.tribuo.Model;
import org.tribuo.Prediction;
import org.tribuo.evaluation.Evaluator;
import org.tribuo.provenance.DataProvenance;
import org.tribuo.provenance.EvaluationProvenance;

/**
 * Compares predicted masks with true ones, pixel by pixel. Void pixels are left out.
 *
 * <p>Data sets are predicted a few examples at a time, and the predictions that the evaluation has are without scores: those
 * of all pixels and classes would take many times the memory of the images.
 */
public final class SegmentationEvaluator implements Evaluator<SegmentationMask, SegmentationEvaluation> {
    private static final int AT_ONCE = 32;

    /** Makes an evaluator. */
    public SegmentationEvaluator() {}

    @Override
    public SegmentationEvaluation evaluate(Model<SegmentationMask> model, Dataset<SegmentationMask> dataset) {
        return evaluate(model, dataset, dataset.getProvenance());
    }

    @Override
    public SegmentationEvaluation evaluate(Model<SegmentationMask> model, DataSource<SegmentationMask> datasource) {
        return evaluate(model, datasource, datasource.getProvenance());
    }

    private SegmentationEvaluation evaluate(
            Model<SegmentationMask> model, Iterable<Example<SegmentationMask>> examples, DataProvenance provenance) {
        List<Prediction<SegmentationMask>> predictions = new ArrayList<>();
        List<Example<SegmentationMask>> batch = new ArrayList<>(AT_ONCE);
        for (Example<SegmentationMask> example : examples) {
            batch.add(example);
            if (batch.size() == AT_ONCE) {
                predict(model, batch, predictions);
                batch.clear();
            }
        }
        if (!batch.isEmpty()) {
            predict(model, batch, predictions);
        }
        return evaluate(model, predictions, provenance);
    }

    private static void predict(
            Model<SegmentationMask> model,
            List<Example<SegmentationMask>> batch,
            List<Prediction<SegmentationMask>> predictions) {
        for (Prediction<SegmentationMask> prediction : model.predict(batch)) {
            predictions.add(withoutScores(prediction));
        }
    }

    private static Prediction<SegmentationMask> withoutScores(Prediction<SegmentationMask> prediction) {
        return new Prediction<>(
                prediction.getOutput().withoutScores(), prediction.getNumActiveFeatures(), prediction.getExample());
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException If a true mask is not known, or has another size or other classes than the
     *                                  predicted one.
     */
    @Override
    public SegmentationEvaluation evaluate(
            Model<SegmentationMask> model,
            List<Prediction<SegmentationMask>> predictions,
            DataProvenance dataProvenance) {
        EvaluationProvenance provenance = new EvaluationProvenance(model.getProvenance(), dataProvenance);
        SegmentationClasses classes = ((SegmentationInfo) model.getOutputIDInfo()).classes();
        PixelConfusion confusion = new PixelConfusion(classes.size());
        long voidPixels = 0;
        int number = 0;
        for (Prediction<SegmentationMask> prediction : predictions) {
            SegmentationMask truth = prediction.getExample().getOutput();
            if (truth.isUnknown()) {
                throw new IllegalArgumentException(
                        "Example " + number + " has no mask to compare with; masks must be known");
            }
            if (!truth.classes().equals(classes)) {
                throw new IllegalArgumentException("Example " + number + " has the classes " + truth.classes()
                        + ", but those of the model are " + classes);
            }
            confusion.add(truth, prediction.getOutput());
            for (int pixel = 0; pixel < truth.size(); pixel++) {
                voidPixels += truth.classOf(pixel) == SegmentationMask.VOID ? 1 : 0;
            }
            number++;
        }
        return new SegmentationEvaluation(classes, confusion, voidPixels, predictions, provenance);
    }
}
