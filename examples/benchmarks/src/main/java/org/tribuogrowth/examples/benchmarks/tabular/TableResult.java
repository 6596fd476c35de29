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

import java.util.List;

/**
 * What a comparison on one table gave: the content of a result file.
 *
 * @param table          The table's name.
 * @param title          Its title.
 * @param rows           How many examples it has.
 * @param features       How many features.
 * @param outputs        How many classes or dimensions.
 * @param measure        What was measured.
 * @param higherIsBetter Whether more of it is better.
 * @param folds          How many parts it was cut into, each of which was tested on once a seed.
 * @param innerFolds     How many parts the other parts were cut into for tuning.
 * @param seeds          The seeds of the cuts.
 * @param methods        The methods, ours first.
 */
record TableResult(
        String table,
        String title,
        int rows,
        int features,
        int outputs,
        String measure,
        boolean higherIsBetter,
        int folds,
        int innerFolds,
        List<Integer> seeds,
        List<MethodResult> methods) {
    /**
     * What one method gave.
     *
     * @param name       Its name.
     * @param what       What it is.
     * @param candidates The settings among which it was tuned.
     * @param folds      What came of each part.
     */
    record MethodResult(String name, String what, List<String> candidates, List<FoldResult> folds) {
        double mean() {
            return folds.stream().mapToDouble(FoldResult::score).average().orElseThrow();
        }

        /** The standard deviation of a sample: divided by one less than their number. */
        double deviation() {
            double mean = mean();
            double squares = folds.stream()
                    .mapToDouble(fold -> (fold.score() - mean) * (fold.score() - mean))
                    .sum();
            return Math.sqrt(squares / (folds.size() - 1));
        }
    }

    /**
     * One part that was tested on.
     *
     * @param seed       The seed of the cut.
     * @param fold       The number of the part, from 1.
     * @param settings   The settings that did best within the other parts.
     * @param innerScore How well they did there.
     * @param score      How well they did on this part, trained on all others.
     * @param parameters The parameters of the grown network; 0 for other methods.
     * @param hidden     Its hidden units; 0 for other methods.
     */
    record FoldResult(
            int seed, int fold, String settings, double innerScore, double score, long parameters, int hidden) {}

    MethodResult ours() {
        return methods.get(0);
    }

    /** The best of the others. */
    MethodResult bestPeer() {
        MethodResult best = methods.get(1);
        for (MethodResult method : methods.subList(2, methods.size())) {
            if (lead(method, best) > 0) {
                best = method;
            }
        }
        return best;
    }

    /** By how much one method is better than another; negative if it is worse. */
    double lead(MethodResult method, MethodResult other) {
        double difference = method.mean() - other.mean();
        return higherIsBetter ? difference : -difference;
    }

    /** Whether ours is better than the best of the others or worse by at most the smaller of the two standard deviations. */
    boolean holds() {
        MethodResult peer = bestPeer();
        return lead(ours(), peer) >= -Math.min(ours().deviation(), peer.deviation());
    }
}
