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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rule against the densities of equal time in its own table: it must not choose the sparse product above them. */
class SparseChoiceTest {
    @ParameterizedTest
    @CsvSource({
        "784, 300, .125, .058, .045, .038, .144",
        "800, 500, .143, .068, .046, .045, .163",
        "300, 100, .137, .041, .014, .013, .061",
        "4096, 4096, .346, .240, .112, .043, .117"
    })
    void denseLayers(int inputs, int outputs, double one, double two, double four, double thirtyTwo, double many) {
        check(new DenseGeometry(1, inputs, outputs), one);
        check(new DenseGeometry(32, inputs, outputs), thirtyTwo);
        check(new DenseGeometry(128, inputs, outputs), many);
        // At two and four examples the smallest layer, done in a few microseconds, is left to the trend of the others.
        if (inputs > 300) {
            check(new DenseGeometry(2, inputs, outputs), two);
            check(new DenseGeometry(4, inputs, outputs), four);
        }
    }

    @ParameterizedTest
    @CsvSource({"128, 8, 1, .036, .055, .034", "256, 8, 1, .043, .034, .028", "64, 16, 2, .059, .131, .118"})
    void convolutions(int channels, int size, int stride, double one, double thirtyTwo, double many) {
        check(convolution(1, size, channels, 3, stride), one);
        check(convolution(32, size, channels, 3, stride), thirtyTwo);
        check(convolution(128, size, channels, 3, stride), many);
    }

    private static ConvolutionGeometry convolution(int batch, int size, int channels, int kernel, int stride) {
        return new ConvolutionGeometry(batch, size, size, channels, channels * stride, kernel, stride, kernel / 2, 1);
    }

    private static void check(AffineGeometry geometry, double equalTime) {
        double limit = SparseChoice.densityLimit(geometry);
        assertThat(limit).as("%s", geometry).isPositive().isLessThan(equalTime);
        assertThat(SparseChoice.isFaster(geometry, 0)).isTrue();
        assertThat(SparseChoice.isFaster(geometry, limit * 0.999)).isTrue();
        assertThat(SparseChoice.isFaster(geometry, limit)).isFalse();
        assertThat(SparseChoice.isFaster(geometry, 1)).isFalse();
    }

    @Test
    void whatNeverPaysIsNeverChosen() {
        assertThat(SparseChoice.isFaster(convolution(1, 16, 64, 1, 1), 0)).isFalse();
        assertThat(SparseChoice.isFaster(convolution(128, 32, 16, 3, 1), 0)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
    void densitiesAreShares(double density) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SparseChoice.isFaster(new DenseGeometry(1, 2, 3), density))
                .withMessageContaining("between 0 and 1");
    }
}
