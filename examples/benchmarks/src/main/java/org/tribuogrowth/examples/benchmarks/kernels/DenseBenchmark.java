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

package org.tribuogrowth.examples.benchmarks.kernels;

import org.openjdk.jmh.annotations.Param;
import org.tribuogrowth.kernel.AffineGeometry;
import org.tribuogrowth.kernel.DenseGeometry;

/** Dense products of the LeNets, and one large enough to reach the machine's peak. */
public class DenseBenchmark extends AffineBenchmark {
    /** Rows, inputs and outputs. */
    @Param({"128x784x300", "128x300x100", "128x800x500", "128x500x10", "1x784x300", "4096x4096x4096"})
    public String shape;

    @Override
    AffineGeometry geometry() {
        int[] sizes = BenchmarkArrays.sizes(shape, "rows", "inputs", "outputs");
        return new DenseGeometry(sizes[0], sizes[1], sizes[2]);
    }
}
