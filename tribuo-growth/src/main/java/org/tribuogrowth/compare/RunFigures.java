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

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tribuogrowth.architecture.Cost;

/**
 * The figures of one finished run, all of them from its folder.
 *
 * @param search              The search method as the ledger names it.
 * @param kind                What became of the structure.
 * @param configurationDigest The digest of the configuration.
 * @param dataDigest          The digest of the training data.
 * @param ledgerHead          The hash of the ledger's last line.
 * @param epochs              The epochs trained.
 * @param testExamples        The number of test examples.
 * @param test                The measures on the test data by name.
 * @param validationName      The name of the validation measure.
 * @param validation          The validation measure of the final weights, if there was validation data.
 * @param compact             The cost of the compact network for one example.
 * @param dense               The cost of the dense reference for one example.
 * @param nonZeroWeights      The compact network's weights that are not zero.
 * @param training            What the training cost.
 * @param widths              The number of units of each group at the end.
 * @param seconds             The time of the training.
 * @param modelBytes          The size of the model's file.
 * @param modelGzipBytes      The size of the model's file after gzip.
 * @param curves              The course of the training, as far as the ledger has numbers of it.
 * @param times               How fast the compact network predicts, if it was measured.
 */
public record RunFigures(
        String search,
        StructureKind kind,
        String configurationDigest,
        String dataDigest,
        String ledgerHead,
        int epochs,
        long testExamples,
        SortedMap<String, Double> test,
        String validationName,
        OptionalDouble validation,
        Cost compact,
        Cost dense,
        long nonZeroWeights,
        TrainingCost training,
        SortedMap<String, Integer> widths,
        double seconds,
        long modelBytes,
        long modelGzipBytes,
        Map<CurveKind, Curve> curves,
        Optional<InferenceTimes> times) {
    /** Copies the maps. */
    public RunFigures {
        test = Collections.unmodifiableSortedMap(new TreeMap<>(test));
        widths = Collections.unmodifiableSortedMap(new TreeMap<>(widths));
        curves = Map.copyOf(curves);
    }
}
