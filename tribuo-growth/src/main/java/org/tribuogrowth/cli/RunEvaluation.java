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

package org.tribuogrowth.cli;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tribuo.Dataset;
import org.tribuo.Model;
import org.tribuo.Output;
import org.tribuo.Prediction;
import org.tribuo.classification.Label;
import org.tribuo.classification.evaluation.LabelEvaluation;
import org.tribuo.evaluation.Evaluation;
import org.tribuo.multilabel.MultiLabel;
import org.tribuo.multilabel.evaluation.MultiLabelEvaluation;
import org.tribuo.regression.Regressor;
import org.tribuo.regression.evaluation.RegressionEvaluation;
import org.tribuo.sequence.SequenceDataset;
import org.tribuo.sequence.SequenceModel;
import org.tribuogrowth.PerplexityEvaluation;
import org.tribuogrowth.PerplexityEvaluator;
import org.tribuogrowth.architecture.CostMeasure;
import org.tribuogrowth.segmentation.SegmentationEvaluation;
import org.tribuogrowth.training.GrowthListener;

/**
 * The figures of a finished run: how well the model does on the test data, and what it costs. Every test example counts
 * alike, whatever its weight.
 */
final class RunEvaluation {
    private final Map<String, Double> measures = new LinkedHashMap<>();
    private final Map<String, Object> test = new LinkedHashMap<>();

    private RunEvaluation() {}

    /**
     * Evaluates a model with Tribuo's evaluator for its outputs.
     *
     * @param model The model.
     * @param data  The test data.
     * @param <T>   The output type.
     * @return The figures.
     */
    static <T extends Output<T>> RunEvaluation of(Model<T> model, Dataset<T> data) {
        RunEvaluation result = new RunEvaluation();
        Evaluation<T> evaluation = data.getOutputFactory().getEvaluator().evaluate(model, data);
        result.test.put("examples", data.size());
        if (evaluation instanceof LabelEvaluation labels) {
            result.measures.put("accuracy", labels.accuracy());
            result.measures.put("macroAveragedF1", labels.macroAveragedF1());
            result.measures.put("balancedErrorRate", labels.balancedErrorRate());
            result.putMeasures();
            result.putClasses(labels);
        } else if (evaluation instanceof MultiLabelEvaluation labels) {
            result.putAgreement(labels.getPredictions());
            result.measures.put("microAveragedF1", labels.microAveragedF1());
            result.measures.put("macroAveragedF1", labels.macroAveragedF1());
            result.measures.put("balancedErrorRate", labels.balancedErrorRate());
            result.putMeasures();
            result.putLabels(labels);
        } else if (evaluation instanceof RegressionEvaluation regression) {
            result.measures.put("r2", regression.averageR2());
            result.measures.put("explainedVariance", regression.averagedExplainedVariance());
            if (regression.r2().size() == 1) {
                // A mean over dimensions of different units would mean nothing.
                result.measures.put("rmse", regression.averageRMSE());
                result.measures.put("mae", regression.averageMAE());
            }
            result.putMeasures();
            result.putDimensions(regression);
        } else if (evaluation instanceof SegmentationEvaluation masks) {
            result.measures.put("meanIou", masks.meanIou());
            result.measures.put("pixelAccuracy", masks.pixelAccuracy());
            result.measures.put("meanClassAccuracy", masks.meanClassAccuracy());
            result.measures.put("frequencyWeightedIou", masks.frequencyWeightedIou());
            result.putMeasures();
            result.putMasks(masks);
        } else {
            Map<String, Double> sorted = new TreeMap<>();
            evaluation.asMap().forEach((measure, value) -> sorted.put(measure.toString(), value));
            result.measures.putAll(sorted);
            result.putMeasures();
        }
        return result;
    }

    /**
     * Evaluates a model of sequences.
     *
     * @param model The model.
     * @param data  The test data.
     * @return The figures.
     */
    static RunEvaluation of(SequenceModel<Label> model, SequenceDataset<Label> data) {
        RunEvaluation result = new RunEvaluation();
        PerplexityEvaluation evaluation = new PerplexityEvaluator().evaluate(model, data);
        result.test.put("examples", data.size());
        result.test.put("steps", evaluation.tokens() + evaluation.withoutScore());
        result.test.put("stepsWithoutScore", evaluation.withoutScore());
        result.measures.put("perplexity", evaluation.perplexity());
        result.measures.put("accuracy", evaluation.accuracy());
        result.measures.put("bitsPerToken", evaluation.bitsPerToken());
        result.measures.put("unknownRate", evaluation.unknownRate());
        result.putMeasures();
        return result;
    }

    /**
     * The figures of a run that asked for no evaluation on test data.
     *
     * @return The figures without any on test data.
     */
    static RunEvaluation withoutTest() {
        return new RunEvaluation();
    }

    private void putMeasures() {
        measures.forEach((name, value) -> test.put(name, Json.number(value)));
    }

    private void putClasses(LabelEvaluation evaluation) {
        List<Label> labels = new ArrayList<>();
        evaluation.getConfusionMatrix().getDomain().iterator().forEachRemaining(pair -> labels.add(pair.getB()));
        List<Object> classes = new ArrayList<>();
        List<List<Long>> confusion = new ArrayList<>();
        for (Label truth : labels) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("name", truth.getLabel());
            line.put("examples", Math.round(evaluation.getConfusionMatrix().support(truth)));
            line.put("precision", Json.number(evaluation.precision(truth)));
            line.put("recall", Json.number(evaluation.recall(truth)));
            line.put("f1", Json.number(evaluation.f1(truth)));
            classes.add(line);
            List<Long> row = new ArrayList<>();
            for (Label predicted : labels) {
                row.add(Math.round(evaluation.confusion(predicted, truth)));
            }
            confusion.add(row);
        }
        test.put("classes", classes);
        // Row: the true class; column: the predicted one; both in the order of "classes".
        test.put("confusion", confusion);
    }

    /** How far predicted sets of labels are the true ones; two empty sets agree, for which Tribuo's own measure has no number. */
    private void putAgreement(List<Prediction<MultiLabel>> predictions) {
        double jaccard = 0.0;
        int exact = 0;
        for (Prediction<MultiLabel> prediction : predictions) {
            Set<String> predicted = prediction.getOutput().getNameSet();
            Set<String> either =
                    new HashSet<>(prediction.getExample().getOutput().getNameSet());
            Set<String> both = new HashSet<>(either);
            both.retainAll(predicted);
            either.addAll(predicted);
            jaccard += either.isEmpty() ? 1.0 : both.size() / (double) either.size();
            exact += both.size() == either.size() ? 1 : 0;
        }
        measures.put("jaccard", jaccard / predictions.size());
        measures.put("exactMatch", exact / (double) predictions.size());
    }

    private void putLabels(MultiLabelEvaluation evaluation) {
        SortedMap<String, MultiLabel> labels = new TreeMap<>();
        evaluation
                .getConfusionMatrix()
                .getDomain()
                .iterator()
                .forEachRemaining(pair -> labels.put(pair.getB().getLabelString(), pair.getB()));
        List<Object> lines = new ArrayList<>();
        labels.forEach((name, label) -> {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("name", name);
            line.put("examples", Math.round(evaluation.tp(label) + evaluation.fn(label)));
            line.put("precision", Json.number(evaluation.precision(label)));
            line.put("recall", Json.number(evaluation.recall(label)));
            line.put("f1", Json.number(evaluation.f1(label)));
            lines.add(line);
        });
        test.put("labels", lines);
    }

    private void putMasks(SegmentationEvaluation evaluation) {
        Map<String, Object> pixels = new LinkedHashMap<>();
        pixels.put("counted", evaluation.totalPixels());
        pixels.put("void", evaluation.voidPixels());
        test.put("pixels", pixels);
        List<Object> classes = new ArrayList<>();
        List<List<Long>> confusion = new ArrayList<>();
        for (int truth = 0; truth < evaluation.classes().size(); truth++) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("name", evaluation.classes().name(truth));
            line.put("pixels", evaluation.truePixels(truth));
            line.put("iou", Json.number(evaluation.iou(truth)));
            line.put("accuracy", Json.number(evaluation.accuracy(truth)));
            line.put("precision", Json.number(evaluation.precision(truth)));
            classes.add(line);
            List<Long> row = new ArrayList<>();
            for (int predicted = 0; predicted < evaluation.classes().size(); predicted++) {
                row.add(evaluation.confusion(truth, predicted));
            }
            confusion.add(row);
        }
        test.put("classes", classes);
        // Row: the true class; column: the predicted one; both in the order of "classes", in pixels.
        test.put("confusion", confusion);
    }

    private void putDimensions(RegressionEvaluation evaluation) {
        SortedMap<String, Regressor> dimensions = new TreeMap<>();
        evaluation.r2().keySet().forEach(dimension -> dimensions.put(dimension.getDimensionNamesString(), dimension));
        List<Object> lines = new ArrayList<>();
        dimensions.forEach((name, dimension) -> {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("name", name);
            line.put("r2", Json.number(evaluation.r2(dimension)));
            line.put("explainedVariance", Json.number(evaluation.explainedVariance(dimension)));
            line.put("rmse", Json.number(evaluation.rmse(dimension)));
            line.put("mae", Json.number(evaluation.mae(dimension)));
            lines.add(line);
        });
        test.put("dimensions", lines);
    }

    /** The main measures on the test data by name; empty if there was none. */
    Map<String, Double> measures() {
        return measures;
    }

    /**
     * The content of {@value RunFolder#EVALUATION}.
     *
     * @param summary What came of the training.
     * @return A JSON object; {@code test} is null if there was no test data.
     */
    Map<String, Object> json(GrowthListener.Summary summary) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("test", test.isEmpty() ? null : test);
        object.put("epochs", summary.epochs());
        object.put("compactCost", Json.cost(summary.cost()));
        object.put("denseCost", Json.cost(summary.denseCost()));
        object.put("parametersFraction", summary.cost().fractionOf(summary.denseCost(), CostMeasure.PARAMETERS));
        object.put("multiplyAddsFraction", summary.cost().fractionOf(summary.denseCost(), CostMeasure.MULTIPLY_ADDS));
        object.put("trainingExamples", summary.examples());
        object.put("trainingMultiplyAdds", summary.trainingMultiplyAdds());
        object.put("trainingCostFraction", Json.number(summary.trainingCostFraction()));
        object.put("compactionDifference", Json.number(summary.compactionDifference()));
        object.put("widths", Json.widths(summary.active()));
        object.put("ledgerHead", summary.ledgerHead());
        return object;
    }
}
