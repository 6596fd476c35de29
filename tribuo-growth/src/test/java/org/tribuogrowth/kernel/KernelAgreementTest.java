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
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** oneDNN and ND4J must agree in single precision. */
class KernelAgreementTest extends KernelSweep {
    /** Single precision with sums of up to some thousand terms in different orders. */
    private static final double TOLERANCE = 1e-4;

    KernelAgreementTest() {
        super(DataType.FLOAT, 60_000_000);
    }

    @Override
    <K extends Kernel> void check(KernelCase<K> use) {
        Map<String, INDArray> found = run(use, OneDnnKernels.instance());
        Map<String, INDArray> expected = run(use, Nd4jKernels.instance());

        use.arrays.assertMarginsIntact();
        assertThat(found).containsOnlyKeys(expected.keySet());
        found.forEach((name, result) -> assertThat(
                        TestArrays.difference(result, expected.get(name), use.scale(name, expected)))
                .as(name)
                .isLessThan(TOLERANCE));
    }

    private static <K extends Kernel> Map<String, INDArray> run(KernelCase<K> use, Kernels kernels) {
        try (K kernel = use.open(kernels)) {
            return use.run(kernel);
        }
    }
}
