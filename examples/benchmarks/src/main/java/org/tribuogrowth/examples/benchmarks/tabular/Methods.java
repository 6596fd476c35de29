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

package org.tribuogrowth.examples.benchmarks.tabular;

import java.util.ArrayList;
import java.util.List;
import org.tribuo.Output;
import org.tribuo.Trainer;
import org.tribuo.classification.Label;
import org.tribuo.classification.sgd.linear.LinearSGDTrainer;
import org.tribuo.classification.sgd.objectives.LogMulticlass;
import org.tribuo.classification.xgboost.XGBoostClassificationTrainer;
import org.tribuo.math.optimisers.AdaGrad;
import org.tribuo.regression.Regressor;
import org.tribuo.regression.slm.ElasticNetCDTrainer;
import org.tribuo.regression.slm.LARSTrainer;
import org.tribuo.regression.xgboost.XGBoostRegressionTrainer;
import org.tribuo.transform.TransformTrainer;
import org.tribuo.transform.TransformationMap;
import org.tribuo.transform.transformations.MeanStdDevTransformation;
import org.tribuogrowth.GrowthTrainer;
import org.tribuogrowth.architecture.CostMeasure;
import org.tribuogrowth.architecture.family.MlpFamily;
import org.tribuogrowth.data.PerFeatureNormalisation;
import org.tribuogrowth.data.VectorLayout;
import org.tribuogrowth.output.LabelOutputAdapter;
import org.tribuogrowth.output.OutputAdapter;
import org.tribuogrowth.output.RegressorOutputAdapter;
import org.tribuogrowth.search.Budget;
import org.tribuogrowth.search.StructuredContinuousSparsification;
import org.tribuogrowth.training.AdamOptimiser;
import org.tribuogrowth.training.CosineRate;

/** The methods that are compared: ours first, then Tribuo's. */
final class Methods {
    /** The name of ours. */
    static final String OURS = "grown network";

    private static final int SEED = 1;
    private static final int HIDDEN_UNITS = 32;
    private static final int MINIBATCH = 16;

    private Methods() {}

    static List<Method<Label>> ofLabels() {
        List<Method.Candidate<Label>> grown = new ArrayList<>();
        for (int epochs : new int[] {30, 100}) {
            for (double decay : new double[] {0.1, 1.0, 3.0}) {
                grown.add(grown(new LabelOutputAdapter(), epochs, decay));
            }
        }
        List<Method.Candidate<Label>> linear = new ArrayList<>();
        for (int epochs : new int[] {5, 20, 100}) {
            for (double rate : new double[] {0.01, 0.1, 1.0}) {
                linear.add(new Method.Candidate<>(
                        "epochs " + epochs + ", rate " + rate,
                        () -> standardised(
                                new LinearSGDTrainer(new LogMulticlass(), new AdaGrad(rate), epochs, SEED))));
            }
        }
        List<Method.Candidate<Label>> trees = new ArrayList<>();
        for (Boosting boosting : Boosting.all()) {
            trees.add(new Method.Candidate<>(
                    boosting.toString(),
                    () -> new XGBoostClassificationTrainer(
                            boosting.trees, boosting.rate, 0, boosting.depth, 1, 1, 1, 1, 0, 1, true, SEED)));
        }
        return List.of(
                new Method<>(OURS, ours(), grown),
                new Method<>("logistic regression", "`LinearSGDTrainer` with AdaGrad on standardised features", linear),
                new Method<>("XGBoost", "`XGBoostClassificationTrainer`", trees));
    }

    static List<Method<Regressor>> ofRegressors() {
        List<Method.Candidate<Regressor>> grown = new ArrayList<>();
        for (int epochs : new int[] {10, 30, 100}) {
            for (double decay : new double[] {0.1, 1.0, 10.0}) {
                grown.add(grown(new RegressorOutputAdapter(), epochs, decay));
            }
        }
        List<Method.Candidate<Regressor>> linear = new ArrayList<>();
        for (double alpha : new double[] {0.01, 0.1, 1.0, 10.0}) {
            for (double part : new double[] {0.1, 0.5, 1.0}) {
                linear.add(new Method.Candidate<>(
                        "elastic net, alpha " + alpha + ", L1 part " + part,
                        () -> standardised(new ElasticNetCDTrainer(alpha, part, SEED))));
            }
        }
        for (int features : new int[] {1, 2, 4, 6, 8}) {
            linear.add(new Method.Candidate<>(
                    "LARS, features " + features, () -> standardised(new LARSTrainer(features))));
        }
        List<Method.Candidate<Regressor>> trees = new ArrayList<>();
        for (Boosting boosting : Boosting.all()) {
            trees.add(new Method.Candidate<>(
                    boosting.toString(),
                    () -> new XGBoostRegressionTrainer(
                            XGBoostRegressionTrainer.RegressionType.LINEAR,
                            boosting.trees,
                            boosting.rate,
                            0,
                            boosting.depth,
                            1,
                            1,
                            1,
                            1,
                            0,
                            1,
                            true,
                            SEED)));
        }
        return List.of(
                new Method<>(OURS, ours(), grown),
                new Method<>("linear", "`ElasticNetCDTrainer` or `LARSTrainer` on standardised features", linear),
                new Method<>("XGBoost", "`XGBoostRegressionTrainer`", trees));
    }

    private static String ours() {
        return "`GrowthTrainer`: SCS grows one hidden layer from one unit, at most " + HIDDEN_UNITS
                + " and half of their parameters; AdamW at 0.01 with a cosine, minibatches of " + MINIBATCH;
    }

    private static <T extends Output<T>> Method.Candidate<T> grown(OutputAdapter<T> adapter, int epochs, double decay) {
        return new Method.Candidate<>("epochs " + epochs + ", weight decay " + decay, () -> GrowthTrainer.builder(
                        adapter,
                        new VectorLayout(),
                        new MlpFamily(List.of(HIDDEN_UNITS)),
                        StructuredContinuousSparsification.builder(new Budget(0.5, CostMeasure.PARAMETERS))
                                .fitBudget(true)
                                .build(),
                        new AdamOptimiser(0.01, decay, true, new CosineRate()))
                .normalisation(new PerFeatureNormalisation())
                .epochs(epochs)
                .minibatchSize(MINIBATCH)
                .seed(SEED)
                .build());
    }

    private static <T extends Output<T>> Trainer<T> standardised(Trainer<T> trainer) {
        return new TransformTrainer<>(trainer, new TransformationMap(List.of(new MeanStdDevTransformation())));
    }

    /** Settings of boosted trees. */
    private record Boosting(int trees, double rate, int depth) {
        static List<Boosting> all() {
            List<Boosting> all = new ArrayList<>();
            for (int trees : new int[] {20, 100}) {
                for (double rate : new double[] {0.1, 0.3}) {
                    for (int depth : new int[] {1, 3, 6}) {
                        all.add(new Boosting(trees, rate, depth));
                    }
                }
            }
            return all;
        }

        @Override
        public String toString() {
            return "trees " + trees + ", rate " + rate + ", depth " + depth;
        }
    }
}
