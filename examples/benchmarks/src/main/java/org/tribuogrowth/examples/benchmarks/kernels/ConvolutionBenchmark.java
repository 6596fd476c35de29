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
import org.tribuogrowth.kernel.ConvolutionGeometry;

/** Convolutions of ResNet-20 and VGG-16 and of networks half and a quarter as wide, and an odd width. */
public class ConvolutionBenchmark extends AffineBenchmark {
    /** The number of images. */
    @Param({"128"})
    public int batch;

    /** Height and width of the input, its channels, the filters, the kernel and the stride. */
    @Param({
        "32x3x16x3x1",
        "32x16x16x3x1",
        "32x8x8x3x1",
        "32x5x5x3x1",
        "32x16x32x3x2",
        "16x32x32x3x1",
        "8x64x64x3x1",
        "32x64x64x3x1",
        "2x512x512x3x1",
        "32x16x32x1x2"
    })
    public String shape;

    @Override
    AffineGeometry geometry() {
        int[] sizes = BenchmarkArrays.sizes(shape, "extent", "channels", "filters", "kernel", "stride");
        int kernel = sizes[3];
        return new ConvolutionGeometry(batch, sizes[0], sizes[0], sizes[1], sizes[2], kernel, sizes[4], kernel / 2, 1);
    }
}
