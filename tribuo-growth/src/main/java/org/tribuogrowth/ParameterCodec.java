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

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tribuogrowth.architecture.ActiveUnits;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.ParameterSpec;
import org.tribuogrowth.network.NetworkParameters;
import org.tribuogrowth.protos.ParameterArrayProto;

/**
 * Between a compact network's parameters and their protobuf form. Each array is stored dense or in compressed rows,
 * whichever takes fewer bytes, dense if both take as many.
 *
 * <p>What is read is dense in memory, so a few bytes of compressed rows could ask for any amount of it. A reader therefore
 * accepts {@value #FREE_BYTES} bytes of parameters, and {@value #GROWTH} for each byte that is stored; a network with fewer
 * weights than that is stored dense as a whole.
 */
final class ParameterCodec {
    private static final long FREE_BYTES = 1L << 26;
    private static final long GROWTH = 4096;

    private ParameterCodec() {}

    /** What each array takes in a file, in the architecture's order. */
    static List<ParameterStorage> storage(NetworkParameters parameters) {
        ActiveUnits all = ActiveUnits.all(parameters.architecture());
        List<ParameterStorage> storage = new ArrayList<>();
        long dense = 0;
        long stored = 0;
        for (ParameterSpec spec : parameters.architecture().parameters()) {
            float[] array = parameters.values(spec);
            long nonZero = 0;
            for (float value : array) {
                nonZero += value == 0 ? 0 : 1;
            }
            long denseBytes = (long) Float.BYTES * array.length;
            long storedBytes = Math.min(denseBytes, SparseArrayCodec.bytes(array, rowLength(spec, all)));
            dense += denseBytes;
            stored += storedBytes;
            storage.add(new ParameterStorage(spec, array.length, nonZero, denseBytes, storedBytes));
        }
        if (isAllowed(dense, stored)) {
            return storage;
        }
        return storage.stream()
                .map(array -> new ParameterStorage(
                        array.parameter(), array.values(), array.nonZero(), array.denseBytes(), array.denseBytes()))
                .toList();
    }

    private static boolean isAllowed(long dense, long stored) {
        return dense <= FREE_BYTES + GROWTH * stored;
    }

    private static int rowLength(ParameterSpec spec, ActiveUnits all) {
        return SparseArrayCodec.rowLength(spec.length(all), spec.rowLength(all));
    }

    static List<ParameterArrayProto> encode(NetworkParameters parameters) {
        ActiveUnits all = ActiveUnits.all(parameters.architecture());
        List<ParameterArrayProto> arrays = new ArrayList<>();
        for (ParameterStorage storage : storage(parameters)) {
            float[] array = parameters.values(storage.parameter());
            ParameterArrayProto.Builder proto = ParameterArrayProto.newBuilder();
            if (storage.storedBytes() < storage.denseBytes()) {
                proto.setSparse(SparseArrayCodec.encode(array, rowLength(storage.parameter(), all)));
            } else {
                ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(Float.BYTES, array.length))
                        .order(ByteOrder.LITTLE_ENDIAN);
                bytes.asFloatBuffer().put(array);
                proto.setDense(ByteString.copyFrom(bytes));
            }
            arrays.add(proto.build());
        }
        return arrays;
    }

    /**
     * Reads parameters. All sizes are checked before anything is allocated.
     *
     * @param architecture The compact architecture.
     * @param arrays       The arrays' forms.
     * @return The parameters.
     * @throws IllegalArgumentException If they are not those of such a network.
     */
    static NetworkParameters decode(Architecture architecture, List<ParameterArrayProto> arrays) {
        List<ParameterSpec> specs = architecture.parameters();
        if (arrays.size() != specs.size()) {
            throw new IllegalArgumentException(
                    "the architecture has " + specs.size() + " parameter arrays, found " + arrays.size());
        }
        ActiveUnits all = ActiveUnits.all(architecture);
        long dense = 0;
        long stored = 0;
        for (int i = 0; i < specs.size(); i++) {
            dense += (long) Float.BYTES * specs.get(i).length(all);
            stored += checkSizes(specs.get(i), all, arrays.get(i));
        }
        if (!isAllowed(dense, stored)) {
            throw new IllegalArgumentException("the architecture's parameters take " + dense + " bytes, more than the "
                    + (FREE_BYTES + GROWTH * stored) + " that " + stored + " stored bytes may stand for");
        }
        Map<String, float[]> values = new LinkedHashMap<>();
        for (int i = 0; i < specs.size(); i++) {
            values.put(specs.get(i).name(), decode(specs.get(i), all, arrays.get(i)));
        }
        return new NetworkParameters(architecture, values);
    }

    private static long checkSizes(ParameterSpec spec, ActiveUnits all, ParameterArrayProto proto) {
        int length = spec.length(all);
        return switch (proto.getFormCase()) {
            case DENSE -> {
                int bytes = proto.getDense().size();
                if (bytes != (long) Float.BYTES * length) {
                    throw new IllegalArgumentException("parameter " + spec.name() + " takes "
                            + (long) Float.BYTES * length + " bytes, found " + bytes);
                }
                yield bytes;
            }
            case SPARSE -> {
                try {
                    SparseArrayCodec.checkSizes(proto.getSparse(), length, rowLength(spec, all));
                } catch (IllegalArgumentException e) {
                    throw new IllegalArgumentException("parameter " + spec.name() + ": " + e.getMessage(), e);
                }
                yield (long) proto.getSparse().getColumns().size()
                        + proto.getSparse().getValues().size();
            }
            case FORM_NOT_SET -> throw new IllegalArgumentException(
                    "parameter " + spec.name() + " is expected dense or sparse, found neither");
        };
    }

    private static float[] decode(ParameterSpec spec, ActiveUnits all, ParameterArrayProto proto) {
        int length = spec.length(all);
        if (proto.hasSparse()) {
            try {
                return SparseArrayCodec.decode(proto.getSparse(), length, rowLength(spec, all));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("parameter " + spec.name() + ": " + e.getMessage(), e);
            }
        }
        float[] array = new float[length];
        proto.getDense()
                .asReadOnlyByteBuffer()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(array);
        return array;
    }
}
