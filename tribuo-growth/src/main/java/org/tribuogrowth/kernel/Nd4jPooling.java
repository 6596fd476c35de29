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

package org.tribuogrowth.kernel;

import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Pooling by ND4J's native operations. */
final class Nd4jPooling extends PoolingBase {
    private static final int EXPLICIT_PADDING = 0;
    private static final int EXCLUDE_PADDING = 0;
    private static final int CHANNELS_LAST = 1;

    private final PoolingGeometry geometry;

    Nd4jPooling(PoolingGeometry geometry, DataType type) {
        super(geometry, type);
        this.geometry = geometry;
    }

    @Override
    void computeForward(INDArray x, INDArray y, boolean training) {
        Nd4jArrays.run(operation(), List.of(x), y, integers());
    }

    @Override
    void computeBackward(INDArray x, INDArray dy, INDArray dx) {
        Nd4jArrays.run(operation() + "_bp", List.of(x, dy), dx, integers());
    }

    private String operation() {
        return switch (geometry.kind()) {
            case MAX -> "maxpool2d";
            case AVERAGE -> "avgpool2d";
        };
    }

    private int[] integers() {
        return new int[] {
            geometry.windowHeight(),
            geometry.windowWidth(),
            geometry.stride(),
            geometry.stride(),
            geometry.padding(),
            geometry.padding(),
            1,
            1,
            EXPLICIT_PADDING,
            EXCLUDE_PADDING,
            CHANNELS_LAST
        };
    }

    @Override
    void release() {
        // Owns no memory.
    }
}
