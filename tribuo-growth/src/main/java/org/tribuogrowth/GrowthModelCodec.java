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

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tribuogrowth.architecture.ActiveUnits;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.UnitRanges;
import org.tribuogrowth.data.ChannelNormaliser;
import org.tribuogrowth.data.TargetScaling;
import org.tribuogrowth.network.NetworkParameters;
import org.tribuogrowth.output.OutputAdapter;
import org.tribuogrowth.protos.ChannelNormaliserProto;
import org.tribuogrowth.protos.GrowthModelProto;
import org.tribuogrowth.protos.TargetScalingProto;

/** Between a {@link CompactNetwork} and its protobuf form. */
final class GrowthModelCodec {
    private GrowthModelCodec() {}

    static GrowthModelProto.Builder encode(CompactNetwork compact, OutputAdapter<?> adapter) {
        GrowthModelProto.Builder proto = GrowthModelProto.newBuilder();
        proto.setDenseArchitecture(compact.dense().canonicalText());
        for (String group : compact.active().groups()) {
            proto.putActiveUnits(group, UnitRanges.format(compact.active().units(group)));
        }
        proto.addAllParameterArrays(ParameterCodec.encode(compact.parameters()));
        LayoutCodec.encode(compact.layout(), proto);
        compact.normaliser()
                .ifPresent(normaliser -> proto.setNormaliser(ChannelNormaliserProto.newBuilder()
                        .addAllMean(list(normaliser.mean()))
                        .addAllStandardDeviation(list(normaliser.standardDeviation()))));
        compact.scaling()
                .ifPresent(scaling -> proto.setTargetScaling(TargetScalingProto.newBuilder()
                        .addAllMean(list(scaling.mean()))
                        .addAllStandardDeviation(list(scaling.standardDeviation()))));
        OutputKind.encode(adapter, proto);
        LedgerCodec.encode(compact.ledger(), proto);
        return proto;
    }

    /** Reads a network from the form of a version; the version has been checked. */
    static CompactNetwork decode(GrowthModelProto proto, int version) {
        Architecture dense = Architecture.parse(proto.getDenseArchitecture());
        Map<String, int[]> units = new TreeMap<>();
        for (Map.Entry<String, String> entry : proto.getActiveUnitsMap().entrySet()) {
            int width = dense.group(entry.getKey()).width();
            try {
                // Only a block may have no unit, which ActiveUnits checks.
                units.put(
                        entry.getKey(),
                        entry.getValue().isEmpty() ? new int[0] : UnitRanges.parse(entry.getValue(), width));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("the active units of " + entry.getKey() + ": " + e.getMessage(), e);
            }
        }
        ActiveUnits active = ActiveUnits.of(dense, units);
        NetworkParameters parameters = parameters(proto, version, dense.compact(active));
        ChannelNormaliser normaliser = proto.hasNormaliser() ? normaliser(proto.getNormaliser()) : null;
        TargetScaling scaling = proto.hasTargetScaling() ? scaling(proto.getTargetScaling()) : null;
        return new CompactNetwork(
                dense,
                active,
                parameters,
                LayoutCodec.decode(proto),
                normaliser,
                scaling,
                LedgerCodec.decode(proto, version));
    }

    private static NetworkParameters parameters(GrowthModelProto proto, int version, Architecture architecture) {
        if (version >= GrowthModel.FIRST_VERSION_WITH_ARRAYS) {
            if (!proto.getParameters().isEmpty()) {
                throw new IllegalArgumentException("expected parameters as arrays from version "
                        + GrowthModel.FIRST_VERSION_WITH_ARRAYS + " on, found them in one piece");
            }
            return ParameterCodec.decode(architecture, proto.getParameterArraysList());
        }
        if (proto.getParameterArraysCount() != 0) {
            throw new IllegalArgumentException("expected parameters in one piece in version " + version + ", found "
                    + proto.getParameterArraysCount() + " arrays");
        }
        return NetworkParameters.fromBytes(architecture, proto.getParameters().asReadOnlyByteBuffer());
    }

    private static ChannelNormaliser normaliser(ChannelNormaliserProto proto) {
        return new ChannelNormaliser(floats(proto.getMeanList()), floats(proto.getStandardDeviationList()));
    }

    private static TargetScaling scaling(TargetScalingProto proto) {
        return new TargetScaling(floats(proto.getMeanList()), floats(proto.getStandardDeviationList()));
    }

    private static float[] floats(List<Float> list) {
        float[] values = new float[list.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = list.get(i);
        }
        return values;
    }

    private static List<Float> list(float[] values) {
        List<Float> list = new ArrayList<>(values.length);
        for (float value : values) {
            list.add(value);
        }
        return list;
    }
}
