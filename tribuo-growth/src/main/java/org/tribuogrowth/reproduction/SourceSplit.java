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

package org.tribuogrowth.reproduction;

import com.oracle.labs.mlrg.olcut.provenance.Provenance;
import com.oracle.labs.mlrg.olcut.provenance.primitives.BooleanProvenance;
import com.oracle.labs.mlrg.olcut.provenance.primitives.DoubleProvenance;
import com.oracle.labs.mlrg.olcut.provenance.primitives.LongProvenance;
import com.oracle.labs.mlrg.olcut.util.Pair;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.tribuo.DataSource;
import org.tribuo.Output;
import org.tribuo.evaluation.TrainTestSplitter;
import org.tribuo.provenance.DataProvenance;
import org.tribuo.provenance.DataSourceProvenance;

/**
 * One side of a split of a data source, as a {@link TrainTestSplitter} records it.
 *
 * @param source     The provenance of the source that is split.
 * @param seed       The seed of the split.
 * @param proportion The part of the examples on the training side.
 * @param training   Whether it is the training side.
 */
record SourceSplit(DataSourceProvenance source, long seed, double proportion, boolean training) {
    /**
     * Reads what a provenance says of a split.
     *
     * @param provenance The provenance of a data source.
     * @return The split, or empty if it is none.
     * @throws IrreproducibleModelException If a value is missing.
     */
    static Optional<SourceSplit> of(DataProvenance provenance) {
        if (!(provenance instanceof TrainTestSplitter.SplitDataSourceProvenance)) {
            return Optional.empty();
        }
        // Their names are not published, and there are no getters.
        Map<String, Provenance> values = new HashMap<>();
        for (Pair<String, Provenance> pair : provenance) {
            values.put(pair.getA(), pair.getB());
        }
        return Optional.of(new SourceSplit(
                value(values, "source", DataSourceProvenance.class),
                value(values, "seed", LongProvenance.class).getValue(),
                value(values, "train-proportion", DoubleProvenance.class).getValue(),
                value(values, "is-train", BooleanProvenance.class).getValue()));
    }

    private static <P> P value(Map<String, Provenance> values, String key, Class<P> type) {
        if (!type.isInstance(values.get(key))) {
            throw new IrreproducibleModelException(
                    "The provenance of the data is a split without the value '" + key + "', which tells how");
        }
        return type.cast(values.get(key));
    }

    <T extends Output<T>> DataSource<T> apply(DataSource<T> whole) {
        TrainTestSplitter<T> splitter = new TrainTestSplitter<>(whole, proportion, seed);
        return training ? splitter.getTrain() : splitter.getTest();
    }
}
