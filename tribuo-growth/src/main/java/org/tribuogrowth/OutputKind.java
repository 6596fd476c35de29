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

import com.oracle.labs.mlrg.olcut.config.PropertyException;
import org.tribuo.ImmutableOutputInfo;
import org.tribuo.Output;
import org.tribuogrowth.output.LabelOutputAdapter;
import org.tribuogrowth.output.MultiLabelOutputAdapter;
import org.tribuogrowth.output.OutputAdapter;
import org.tribuogrowth.output.RegressorOutputAdapter;
import org.tribuogrowth.output.SegmentationOutputAdapter;
import org.tribuogrowth.protos.GrowthModelProto;
import org.tribuogrowth.protos.OutputKindProto;

/**
 * Between an output adapter and its part of a model's protobuf form. Only what predictions depend on is stored; the loss is
 * in the model's provenance.
 */
final class OutputKind {
    private OutputKind() {}

    /**
     * Writes an adapter.
     *
     * @param adapter The adapter.
     * @param proto   Receives its kind and settings.
     * @throws IllegalStateException If it is none of this project's.
     */
    static void encode(OutputAdapter<?> adapter, GrowthModelProto.Builder proto) {
        if (adapter instanceof LabelOutputAdapter) {
            proto.setOutputKind(OutputKindProto.OUTPUT_KIND_LABEL);
        } else if (adapter instanceof MultiLabelOutputAdapter labels) {
            proto.setOutputKind(OutputKindProto.OUTPUT_KIND_MULTI_LABEL).setThreshold(labels.threshold());
        } else if (adapter instanceof RegressorOutputAdapter) {
            proto.setOutputKind(OutputKindProto.OUTPUT_KIND_REGRESSOR);
        } else if (adapter instanceof SegmentationOutputAdapter) {
            proto.setOutputKind(OutputKindProto.OUTPUT_KIND_SEGMENTATION);
        } else {
            throw new IllegalStateException("A model cannot be stored with an output adapter of "
                    + adapter.getClass().getName()
                    + "; known are LabelOutputAdapter, MultiLabelOutputAdapter, RegressorOutputAdapter and"
                    + " SegmentationOutputAdapter");
        }
    }

    /**
     * Reads an adapter.
     *
     * @param proto   The model.
     * @param outputs Its output domain.
     * @param <T>     The output type.
     * @return The adapter.
     * @throws IllegalArgumentException If the model is of another kind than its domain, or has settings of another kind.
     */
    @SuppressWarnings("unchecked") // guarded by the check of the domain's outputs
    static <T extends Output<T>> OutputAdapter<T> decode(GrowthModelProto proto, ImmutableOutputInfo<T> outputs) {
        OutputAdapter<?> adapter = decode(proto);
        for (T output : outputs.getDomain()) {
            if (!adapter.typeWitness().isInstance(output)) {
                throw new IllegalArgumentException("expected outputs of "
                        + adapter.typeWitness().getName() + " for " + proto.getOutputKind() + ", found "
                        + output.getClass().getName());
            }
        }
        return (OutputAdapter<T>) adapter;
    }

    /**
     * Reads an adapter without looking at the output domain.
     *
     * @param proto The model.
     * @return The adapter.
     * @throws IllegalArgumentException If the kind is not known, or the model has settings of another kind.
     */
    static OutputAdapter<?> decode(GrowthModelProto proto) {
        OutputAdapter<?> adapter =
                switch (proto.getOutputKind()) {
                    case OUTPUT_KIND_LABEL -> new LabelOutputAdapter();
                    case OUTPUT_KIND_MULTI_LABEL -> multiLabel(proto);
                    case OUTPUT_KIND_REGRESSOR -> new RegressorOutputAdapter();
                    case OUTPUT_KIND_SEGMENTATION -> new SegmentationOutputAdapter();
                    case OUTPUT_KIND_UNKNOWN, UNRECOGNIZED -> throw new IllegalArgumentException(
                            "expected output kind OUTPUT_KIND_LABEL, OUTPUT_KIND_MULTI_LABEL, OUTPUT_KIND_REGRESSOR or"
                                    + " OUTPUT_KIND_SEGMENTATION, found " + proto.getOutputKind());
                };
        if (proto.hasThreshold() && !(adapter instanceof MultiLabelOutputAdapter)) {
            throw new IllegalArgumentException("expected a threshold for OUTPUT_KIND_MULTI_LABEL only, found "
                    + proto.getThreshold() + " for " + proto.getOutputKind());
        }
        if (proto.hasTargetScaling() != adapter.standardisesTargets()) {
            throw new IllegalArgumentException("expected a target scaling for OUTPUT_KIND_REGRESSOR and for no other,"
                    + " found " + (proto.hasTargetScaling() ? "one" : "none") + " for " + proto.getOutputKind());
        }
        return adapter;
    }

    private static MultiLabelOutputAdapter multiLabel(GrowthModelProto proto) {
        if (!proto.hasThreshold()) {
            throw new IllegalArgumentException("expected a threshold for OUTPUT_KIND_MULTI_LABEL, found none");
        }
        try {
            return new MultiLabelOutputAdapter(proto.getThreshold());
        } catch (PropertyException e) {
            throw new IllegalArgumentException("the threshold is refused: " + e.getMessage(), e);
        }
    }
}
