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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class DenormalsTest {
    @Test
    void onlyDenormalNumbersBecomeZero() {
        INDArray all = Nd4j.createFromArray(
                1e-40f, 1e-40f, -1e-40f, Float.MIN_VALUE, Float.MIN_NORMAL, -Float.MIN_NORMAL, 1, 0, Float.NaN, 1e-40f);
        Denormals.flush(all.get(NDArrayIndex.interval(1, 9)));
        assertThat(all.toFloatVector())
                .containsExactly(1e-40f, 0, 0, 0, Float.MIN_NORMAL, -Float.MIN_NORMAL, 1, 0, Float.NaN, 1e-40f);
    }

    @Test
    void doublesHaveTheirOwnLimit() {
        INDArray all = Nd4j.createFromArray(1e-310, -1e-310, 1e-40, Double.MIN_NORMAL);
        Denormals.flush(all);
        assertThat(all.toDoubleVector()).containsExactly(0, 0, 1e-40, Double.MIN_NORMAL);
    }

    @Test
    void otherDataTypesAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Denormals.flush(Nd4j.ones(DataType.INT32, 3)))
                .withMessageContaining("INT");
    }
}
