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
import java.util.Iterator;
import java.util.List;
import org.tribuo.Dataset;
import org.tribuo.Model;
import org.tribuo.Output;
import org.tribuo.evaluation.KFoldSplitter;
import org.tribuo.evaluation.KFoldSplitter.TrainTestFold;
import org.tribuogrowth.GrowthModel;

/**
 * Cross-validation in which each method is tuned anew for each part that is tested on, by a cross-validation within the
 * other parts. The cuts depend on the table and the seeds alone, so that all methods see the same.
 *
 * @param <T> The output type.
 */
final class NestedCrossValidation<T extends Output<T>> {
    private final SmallTable<T> table;
    private final int folds;
    private final int innerFolds;

    NestedCrossValidation(SmallTable<T> table, int folds, int innerFolds) {
        this.table = table;
        this.folds = folds;
        this.innerFolds = innerFolds;
    }

    /** Compares all methods of the table. */
    TableResult run(List<Integer> seeds) {
        List<TableResult.MethodResult> methods = new ArrayList<>();
        for (Method<T> method : table.methods()) {
            List<TableResult.FoldResult> results = new ArrayList<>();
            for (int seed : seeds) {
                int number = 0;
                for (TrainTestFold<T> fold : split(table.dataset(), folds, seed)) {
                    number++;
                    results.add(fold(method, fold, seed, number));
                }
            }
            methods.add(new TableResult.MethodResult(
                    method.name(),
                    method.what(),
                    method.candidates().stream().map(Method.Candidate::settings).toList(),
                    results));
        }
        return new TableResult(
                table.name(),
                table.title(),
                table.dataset().size(),
                table.dataset().getFeatureMap().size(),
                table.dataset().getOutputInfo().size(),
                table.measure().title(),
                table.measure().higherIsBetter(),
                folds,
                innerFolds,
                seeds,
                methods);
    }

    private TableResult.FoldResult fold(Method<T> method, TrainTestFold<T> fold, int seed, int number) {
        // Another cut for each part, the same for all methods.
        List<TrainTestFold<T>> inner = split(fold.train, innerFolds, 1000L * seed + number);
        Method.Candidate<T> best = null;
        double bestScore = Double.NaN;
        for (Method.Candidate<T> candidate : method.candidates()) {
            double sum = 0.0;
            for (TrainTestFold<T> part : inner) {
                sum += score(candidate, part.train, part.test).score();
            }
            double score = sum / innerFolds;
            if (best == null || (table.measure().higherIsBetter() ? score > bestScore : score < bestScore)) {
                best = candidate;
                bestScore = score;
            }
        }
        Scored scored = score(best, fold.train, fold.test);
        return new TableResult.FoldResult(
                seed, number, best.settings(), bestScore, scored.score, scored.parameters, scored.hidden);
    }

    /** How well a model did, and what it is if it is a network. */
    private record Scored(double score, long parameters, int hidden) {}

    private Scored score(Method.Candidate<T> candidate, Dataset<T> training, Dataset<T> test) {
        Model<T> model = candidate.trainer().get().train(training);
        double score = table.measure().of(model, training, test);
        if (model instanceof GrowthModel<T> network) {
            try (network) {
                int hidden = network.denseReference().searchableGroups().stream()
                        .mapToInt(group -> network.activeUnits().count(group.name()))
                        .sum();
                return new Scored(score, network.cost().parameters(), hidden);
            }
        }
        return new Scored(score, 0, 0);
    }

    private static <U extends Output<U>> List<TrainTestFold<U>> split(Dataset<U> dataset, int parts, long seed) {
        List<TrainTestFold<U>> list = new ArrayList<>();
        Iterator<TrainTestFold<U>> iterator = new KFoldSplitter<U>(parts, seed).split(dataset, true);
        iterator.forEachRemaining(list::add);
        return list;
    }
}
