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

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.tribuo.Dataset;
import org.tribuo.Model;
import org.tribuo.Output;
import org.tribuo.Prediction;
import org.tribuo.ensemble.EnsembleModel;
import org.tribuo.multilabel.baseline.IndependentMultiLabelModel;
import org.tribuo.protos.core.ModelDataProto;
import org.tribuo.transform.TransformedModel;
import org.tribuogrowth.GrowthModel;
import org.tribuogrowth.protos.GrowthModelProto;

/**
 * What came of training a model again.
 *
 * @param networks    How many networks of this project the model holds.
 * @param differences What differs, a clause each without a full stop; empty if nothing does.
 */
public record ReproductionResult(int networks, List<String> differences) {
    /** The fields of a stored model whose differences are told otherwise. */
    private static final Set<Integer> TOLD = Set.of(
            GrowthModelProto.LEDGER_FIELD_NUMBER,
            GrowthModelProto.COMPRESSED_LEDGER_FIELD_NUMBER,
            GrowthModelProto.PARAMETER_ARRAYS_FIELD_NUMBER);

    /**
     * Copies the list.
     *
     * @param networks    How many networks of this project the model holds.
     * @param differences What differs, a clause each without a full stop; empty if nothing does.
     */
    public ReproductionResult {
        differences = List.copyOf(differences);
    }

    /**
     * Whether the new model is the original: equal networks bit for bit, equal ledgers byte for byte, equal predictions.
     *
     * @return Whether nothing differs.
     */
    public boolean equal() {
        return differences.isEmpty();
    }

    static <T extends Output<T>> ReproductionResult of(Model<T> original, Model<T> again, Dataset<T> data) {
        List<GrowthModel<?>> expected = networks(original);
        List<GrowthModel<?>> found = networks(again);
        List<String> differences = new ArrayList<>();
        if (expected.size() != found.size()) {
            differences.add("there were " + expected.size() + " networks, now there are " + found.size());
        } else {
            for (int i = 0; i < expected.size(); i++) {
                compare(
                        expected.size() == 1 ? "" : "network " + (i + 1) + ": ",
                        expected.get(i),
                        found.get(i),
                        differences);
            }
        }
        comparePredictions(original.predict(data), again.predict(data), differences);
        return new ReproductionResult(expected.size(), differences);
    }

    /**
     * The networks that a model holds.
     *
     * @throws IrreproducibleModelException If it is no model that is known to hold any.
     */
    static List<GrowthModel<?>> networks(Model<?> model) {
        List<GrowthModel<?>> networks = new ArrayList<>();
        if (model instanceof GrowthModel<?> growth) {
            networks.add(growth);
        } else if (model instanceof TransformedModel<?> transformed) {
            networks.addAll(networks(transformed.getInnerModel()));
        } else if (model instanceof EnsembleModel<?> ensemble) {
            ensemble.getModels().forEach(member -> networks.addAll(networks(member)));
        } else if (model instanceof IndependentMultiLabelModel independent) {
            independent.getModels().forEach(member -> networks.addAll(networks(member)));
        }
        if (!networks.isEmpty()) {
            return networks;
        }
        throw new IrreproducibleModelException(
                "A " + model.getClass().getName()
                        + " is no model of this project; known are GrowthModel, and TransformedModel, IndependentMultiLabelModel and ensembles of such");
    }

    private static void compare(String place, GrowthModel<?> expected, GrowthModel<?> found, List<String> differences) {
        int line = firstLineThatDiffers(expected.ledger(), found.ledger());
        if (line > 0) {
            differences.add(place + "the ledgers differ from line " + line + " on");
        }
        if (!expected.parameters().digest().equals(found.parameters().digest())) {
            differences.add(place + "the weights have the digest "
                    + found.parameters().digest() + ", recorded is "
                    + expected.parameters().digest());
        }
        GrowthModelProto original = withoutProvenance(expected);
        GrowthModelProto again = withoutProvenance(found);
        original.getDescriptorForType().getFields().forEach(field -> {
            if (!TOLD.contains(field.getNumber()) && !original.getField(field).equals(again.getField(field))) {
                differences.add(place + "the stored models differ in " + field.getName());
            }
        });
    }

    /** What a file would hold, but for what is of this training alone. */
    private static GrowthModelProto withoutProvenance(GrowthModel<?> model) {
        try {
            GrowthModelProto proto = model.serialize().getSerializedData().unpack(GrowthModelProto.class);
            ModelDataProto metadata = proto.getMetadata().toBuilder()
                    .clearProvenance()
                    .clearName()
                    .build();
            return proto.toBuilder().setMetadata(metadata).build();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("A model wrote what cannot be read", e);
        }
    }

    /** The first line that differs, from 1; 0 if none does. */
    private static int firstLineThatDiffers(byte[] a, byte[] b) {
        int at = Arrays.mismatch(a, b);
        if (at < 0) {
            return 0;
        }
        int line = 1;
        for (int i = 0; i < at; i++) {
            line += a[i] == '\n' ? 1 : 0;
        }
        return line;
    }

    private static <T extends Output<T>> void comparePredictions(
            List<Prediction<T>> expected, List<Prediction<T>> found, List<String> differences) {
        int unequal = 0;
        for (int i = 0; i < expected.size(); i++) {
            unequal += equal(expected.get(i), found.get(i)) ? 0 : 1;
        }
        if (unequal > 0) {
            differences.add(unequal + " of " + expected.size() + " predictions differ");
        }
    }

    private static <T extends Output<T>> boolean equal(Prediction<T> a, Prediction<T> b) {
        return a.getOutput().fullEquals(b.getOutput(), 0.0) && a.distributionEquals(b, 0.0);
    }
}
