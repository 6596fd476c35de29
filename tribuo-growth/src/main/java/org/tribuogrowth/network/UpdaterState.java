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

package org.tribuogrowth.network;

import java.util.LinkedHashMap;
import java.util.Map;
import org.deeplearning4j.nn.updater.BaseMultiLayerUpdater;
import org.deeplearning4j.nn.updater.UpdaterBlock;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Finds each parameter's part of DL4J's flat optimiser state. A block of n parameters keeps its numbers one kind after the
 * other (Adam: n first moments, then n second moments), so a parameter's k-th number sits at
 * {@code blockStart + k * n + offset in block}.
 */
final class UpdaterState {
    private final Map<String, Place> places = new LinkedHashMap<>();
    private final INDArray view;

    /** Where a parameter's state is. */
    private record Place(int start, int blockLength, int length, int kinds) {}

    UpdaterState(BaseMultiLayerUpdater<?> updater) {
        this.view = updater.getStateViewArray();
        for (UpdaterBlock block : updater.getUpdaterBlocks()) {
            int blockLength = block.getParamOffsetEnd() - block.getParamOffsetStart();
            int stateLength = block.getUpdaterViewOffsetEnd() - block.getUpdaterViewOffsetStart();
            int kinds = blockLength == 0 ? 0 : stateLength / blockLength;
            for (UpdaterBlock.ParamState parameter : block.getLayersAndVariablesInBlock()) {
                String name = parameter.getLayer().getConfig().getLayerName() + "/" + parameter.getParamName();
                int offset = parameter.getParamOffsetStart() - block.getParamOffsetStart();
                int length = parameter.getParamOffsetEnd() - parameter.getParamOffsetStart();
                places.put(name, new Place(block.getUpdaterViewOffsetStart() + offset, blockLength, length, kinds));
            }
        }
    }

    int kinds(String layer, String parameter) {
        return place(layer, parameter).kinds();
    }

    float[] get(String layer, String parameter, int kind) {
        Place place = place(layer, parameter);
        float[] values = new float[place.length()];
        NativeArrays.read(part(place, kind), values, 0);
        return values;
    }

    void set(String layer, String parameter, int kind, float[] values) {
        Place place = place(layer, parameter);
        if (values.length != place.length()) {
            throw new IllegalStateException("Optimiser state of " + layer + "/" + parameter + " has " + place.length()
                    + " values, found " + values.length);
        }
        NativeArrays.write(values, part(place, kind));
    }

    void clear(String layer, String parameter, int kind) {
        Place place = place(layer, parameter);
        NativeArrays.write(new float[place.length()], part(place, kind));
    }

    /** DL4J's own memory of one kind of a parameter's state. */
    private INDArray part(Place place, int kind) {
        long start = place.start() + (long) kind * place.blockLength();
        return view.reshape('c', new long[] {view.length()}).get(NDArrayIndex.interval(start, start + place.length()));
    }

    private Place place(String layer, String parameter) {
        Place place = places.get(layer + "/" + parameter);
        if (place == null) {
            throw new IllegalStateException("DL4J's optimiser does not know " + layer + "/" + parameter);
        }
        return place;
    }
}
