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

import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Equal arguments must give equal bits, from call to call and from kernel object to kernel object. */
class KernelRepetitionTest extends KernelSweep {
    KernelRepetitionTest() {
        super(DataType.FLOAT, 30_000_000);
    }

    @Override
    <K extends Kernel> void check(KernelCase<K> use) {
        for (Kernels kernels : List.of(OneDnnKernels.instance(), Nd4jKernels.instance())) {
            Map<String, INDArray> first;
            try (K kernel = use.open(kernels)) {
                first = use.run(kernel);
                assertSameBits(kernels.name() + ", same kernel", use.run(kernel), first);
            }
            try (K kernel = use.open(kernels)) {
                assertSameBits(kernels.name() + ", new kernel", use.run(kernel), first);
            }
        }
    }

    private static void assertSameBits(String whose, Map<String, INDArray> found, Map<String, INDArray> expected) {
        found.forEach((name, result) ->
                assertThat(values(result)).as("%s: %s", whose, name).isEqualTo(values(expected.get(name))));
    }

    private static float[] values(INDArray array) {
        return Nd4jArrays.view(array, 0, array.length()).toFloatVector();
    }
}
