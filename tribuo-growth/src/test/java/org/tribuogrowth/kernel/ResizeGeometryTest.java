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

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.tribuogrowth.architecture.ResizeKind;

class ResizeGeometryTest {
    @Test
    void twiceTheSizeTakesEachPixelTwice() {
        assertThat(ResizeGeometry.line(ResizeKind.NEAREST, 2, 4))
                .isDeepEqualTo(new double[][] {{1, 0}, {1, 0}, {0, 1}, {0, 1}});
        assertThat(ResizeGeometry.line(ResizeKind.BILINEAR, 2, 4))
                .isDeepEqualTo(new double[][] {{1, 0}, {0.75, 0.25}, {0.25, 0.75}, {0, 1}});
    }

    @Test
    void ofTwoNearestPixelsTheLaterOneIsTaken() {
        assertThat(ResizeGeometry.line(ResizeKind.NEAREST, 4, 2))
                .isDeepEqualTo(new double[][] {{0, 1, 0, 0}, {0, 0, 0, 1}});
    }

    @Test
    void onePixelIsSpreadEverywhere() {
        for (ResizeKind kind : ResizeKind.values()) {
            assertThat(ResizeGeometry.line(kind, 1, 3)).isDeepEqualTo(new double[][] {{1}, {1}, {1}});
        }
    }

    @Property(tries = 200)
    void rowsAreMeans(
            @ForAll @IntRange(min = 1, max = 40) int inputs, @ForAll @IntRange(min = 1, max = 40) int outputs) {
        for (ResizeKind kind : ResizeKind.values()) {
            for (double[] row : ResizeGeometry.line(kind, inputs, outputs)) {
                assertThat(Arrays.stream(row).sum()).isCloseTo(1, Offset.offset(1e-12));
                assertThat(Arrays.stream(row).min().orElseThrow()).isNotNegative();
            }
        }
    }
}
