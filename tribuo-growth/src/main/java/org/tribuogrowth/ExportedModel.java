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

package org.tribuogrowth;

import com.oracle.labs.mlrg.olcut.provenance.Provenancable;
import java.util.ArrayList;
import java.util.List;
import org.tribuo.ImmutableFeatureMap;
import org.tribuo.provenance.ModelProvenance;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.export.Dl4jRun;
import org.tribuogrowth.export.ExportedNetwork;
import org.tribuogrowth.export.OnnxVerifier;
import org.tribuogrowth.export.ScoreComparison;

/**
 * What the exporters ask of a model.
 *
 * @param <E> The type of its examples.
 */
interface ExportedModel<E> {
    /** The most scores that are held at once, unless one example has more. */
    int MOST_SCORES = 1 << 22;

    /** What it consists of. */
    CompactNetwork compact();

    /** The model itself. */
    Provenancable<ModelProvenance> model();

    /** What it computes. */
    ExportedNetwork network();

    /** The names of the columns of its input; of tokens, each by its number. */
    List<String> features();

    /** The simple name of the output class. */
    String outputType();

    /** The names of the outputs, by id. */
    List<String> outputs();

    /** Begins a comparison of its scores with others. */
    ScoreComparison comparison();

    /** Compares its scores of a batch with those of the runtime. */
    void compare(List<E> batch, OnnxVerifier runtime, ScoreComparison comparison);

    /** Compares its scores of a batch with those of DL4J. */
    void compare(List<E> batch, Dl4jRun run, ScoreComparison comparison);

    /** The names of a domain's features by their ids. */
    static List<String> names(ImmutableFeatureMap domain) {
        List<String> names = new ArrayList<>();
        for (int id = 0; id < domain.size(); id++) {
            names.add(domain.get(id).getName());
        }
        return names;
    }

    /** The number of examples that are compared at once, fewer if each has many scores. */
    default int batchSize(int most) {
        Architecture architecture = compact().parameters().architecture();
        int outputs = architecture.group(architecture.output().units()).width();
        long scores = (long) architecture.outputPositions() * outputs;
        return (int) Math.max(1, Math.min(most, MOST_SCORES / scores));
    }

    /** Takes some examples. */
    @FunctionalInterface
    interface BatchAction<E> {
        void accept(List<E> batch);
    }

    /** Takes examples some at a time. */
    static <E> void inBatches(Iterable<E> examples, int size, BatchAction<E> action) {
        List<E> batch = new ArrayList<>(size);
        for (E example : examples) {
            batch.add(example);
            if (batch.size() == size) {
                action.accept(batch);
                batch.clear();
            }
        }
        if (!batch.isEmpty()) {
            action.accept(batch);
        }
    }
}
