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

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class FilledLstmTest {
    @ParameterizedTest
    @CsvSource({
        // Whole vectors.
        "64, 16, 16",
        "64, 256, 256",
        // Many scalars are left over, or few but nothing much is added.
        "256, 26, 32",
        "64, 95, 96",
        "8, 7, 16",
        // One scalar, and nearly a whole vector to add.
        "64, 33, 33",
        "256, 129, 129"
    })
    void unitsAreAddedWhereThatCostsLessThanWhatVectorsLeaveOver(int inputs, int units, int filled) {
        LstmGeometry geometry = new LstmGeometry(5, 4, inputs, units);
        assertThat(FilledLstm.filled(geometry)).isEqualTo(new LstmGeometry(5, 4, inputs, filled));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void addedUnitsChangeNothing(long seed) {
        // Seeds differ in which states are given.
        LstmGeometry geometry = new LstmGeometry(5, 4, 6, 13);
        LstmCase sample = new LstmCase(geometry, seed, DataType.FLOAT);
        try (LstmKernel plain = new OneDnnLstm(geometry);
                LstmKernel filled = OneDnnKernels.instance().lstm(geometry, DataType.FLOAT)) {
            assertThat(filled).isInstanceOf(FilledLstm.class);
            Map<String, INDArray> expected = sample.run(plain);
            // Twice, so that what the first leaves in the added units would show.
            sample.run(filled);
            Map<String, INDArray> found = sample.run(filled);
            expected.forEach((name, array) -> assertThat(TestArrays.difference(found.get(name), array, 1))
                    .as(name)
                    .isLessThan(1e-5));
        }
    }
}
