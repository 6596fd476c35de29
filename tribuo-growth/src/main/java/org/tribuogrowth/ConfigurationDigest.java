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

import com.oracle.labs.mlrg.olcut.provenance.ListProvenance;
import com.oracle.labs.mlrg.olcut.provenance.MapProvenance;
import com.oracle.labs.mlrg.olcut.provenance.ObjectProvenance;
import com.oracle.labs.mlrg.olcut.provenance.PrimitiveProvenance;
import com.oracle.labs.mlrg.olcut.provenance.Provenance;
import com.oracle.labs.mlrg.olcut.util.Pair;
import java.util.Map;
import java.util.TreeMap;
import org.tribuogrowth.architecture.Digests;

/**
 * The digest of a configuration: the SHA-256 of all values in the trainer's provenance, keys sorted at every level, so
 * that equal configurations have equal digests whatever order they were written in.
 */
final class ConfigurationDigest {
    /**
     * Fields that came later, with the value that means what was before them. With that value they are left out, so that
     * configurations without them keep the digests that older records name. An empty text stands for an empty list.
     */
    private static final Map<String, String> LATER = Map.of(
            "org.tribuogrowth.search.Budget/layers", "",
            "org.tribuogrowth.training.SgdOptimiser/maxGradientNorm", "0.0",
            "org.tribuogrowth.training.AdamOptimiser/maxGradientNorm", "0.0",
            "org.tribuogrowth.search.DynamicSparseTraining/maskOutput", "true",
            "org.tribuogrowth.search.StructuredContinuousSparsification/penalty", "UNITS",
            "org.tribuogrowth.GrowthSequenceTrainer/sampledClasses", "0",
            "org.tribuogrowth.output.SegmentationOutputAdapter/classWeights", "");

    private ConfigurationDigest() {}

    static String of(ObjectProvenance provenance) {
        StringBuilder text = new StringBuilder();
        append(provenance, text);
        return Digests.sha256(text.toString());
    }

    private static void append(Provenance provenance, StringBuilder text) {
        if (provenance instanceof PrimitiveProvenance<?> primitive) {
            text.append(quote(String.valueOf(primitive.getValue())));
        } else if (provenance instanceof ListProvenance<?> list) {
            text.append('[');
            for (Provenance element : list) {
                append(element, text);
                text.append(',');
            }
            text.append(']');
        } else if (provenance instanceof MapProvenance<?> map) {
            TreeMap<String, Provenance> sorted = new TreeMap<>();
            for (Pair<String, ? extends Provenance> entry : map) {
                sorted.put(entry.getA(), entry.getB());
            }
            append(sorted, text);
        } else if (provenance instanceof ObjectProvenance object) {
            TreeMap<String, Provenance> sorted = new TreeMap<>();
            for (Pair<String, Provenance> entry : object) {
                if (!isNeutral(object.getClassName(), entry.getA(), entry.getB())) {
                    sorted.put(entry.getA(), entry.getB());
                }
            }
            append(sorted, text);
        } else {
            throw new IllegalStateException(
                    "Cannot digest a provenance of " + provenance.getClass().getName());
        }
    }

    private static boolean isNeutral(String className, String field, Provenance value) {
        String neutral = LATER.get(className + "/" + field);
        if (value instanceof ListProvenance<?> list) {
            return "".equals(neutral) && list.getList().isEmpty();
        }
        return value instanceof PrimitiveProvenance<?> primitive
                && String.valueOf(primitive.getValue()).equals(neutral);
    }

    private static void append(Map<String, Provenance> sorted, StringBuilder text) {
        text.append('{');
        for (Map.Entry<String, Provenance> entry : sorted.entrySet()) {
            text.append(quote(entry.getKey())).append(':');
            append(entry.getValue(), text);
            text.append(',');
        }
        text.append('}');
    }

    private static String quote(String value) {
        return value.length() + "\"" + value + '"';
    }
}
