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
import org.nd4j.linalg.factory.Nd4j;

/**
 * Finds each parameter's part of DL4J's flat optimiser state. A block of n parameters keeps its numbers one kind after the
 * other (Adam: n first moments, then n second moments), so a parameter's k-th number sits at
 * {@code blockStart + k * n + offset in block}.
 */
final class UpdaterState {
    private final float[] flat;
    private final Map<String, Place> places = new LinkedHashMap<>();
    private final BaseMultiLayerUpdater<?> updater;

    /** Where a parameter's state is. */
    private record Place(int start, int blockLength, int length, int kinds) {}

    UpdaterState(BaseMultiLayerUpdater<?> updater) {
        this.updater = updater;
        INDArray view = updater.getStateViewArray();
        this.flat = new float[view == null ? 0 : Math.toIntExact(view.length())];
        if (view != null) {
            NativeArrays.read(view, flat, 0);
        }
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
        System.arraycopy(flat, place.start() + kind * place.blockLength(), values, 0, values.length);
        return values;
    }

    void set(String layer, String parameter, int kind, float[] values) {
        Place place = place(layer, parameter);
        if (values.length != place.length()) {
            throw new IllegalStateException("Optimiser state of " + layer + "/" + parameter + " has " + place.length()
                    + " values, found " + values.length);
        }
        System.arraycopy(values, 0, flat, place.start() + kind * place.blockLength(), values.length);
    }

    /** Hands the state back to DL4J. */
    void store() {
        if (flat.length > 0) {
            try (INDArray array =
                    Nd4j.createUninitializedDetached(updater.getStateViewArray().dataType(), 'c', flat.length)) {
                NativeArrays.write(flat, array);
                updater.setStateViewArray(array);
            }
        }
    }

    private Place place(String layer, String parameter) {
        Place place = places.get(layer + "/" + parameter);
        if (place == null) {
            throw new IllegalStateException("DL4J's optimiser does not know " + layer + "/" + parameter);
        }
        return place;
    }
}
