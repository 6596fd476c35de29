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

/**
 * Whether a layer's sparse product is faster than its dense one: a rule that depends on shape, batch size and density
 * only, so that one model is computed in one way everywhere.
 *
 * <p>Its constants, those of {@link SparseLimit}, come from the densities at which the two were measured to take equal
 * time ({@code examples/benchmarks/run sparse}, which prints this table and the constants), on one core of an AMD EPYC
 * with AVX-512, 1 MiB of second-level and 32 MiB of third-level cache, oneDNN 2.5.2, while the machine had other work to
 * do: they are provisional. They stay below these densities except for the 300 -&gt; 100 layer at batches of 2, 4 and 8,
 * the 64 -&gt; 64 convolution at 128 and the 512 -&gt; 512 convolution at 1, where a sparse product can be chosen that
 * takes a little longer. Measured there, at batch sizes 1, 2, 4, 8, 32 and 128:
 *
 * <pre>
 * dense  784 -&gt;  300             .125  .058  .045  .019  .038  .144
 * dense  300 -&gt;  100             .137  .041  .014  .005  .013  .061
 * dense  800 -&gt;  500             .143  .068  .046  .027  .045  .163
 * dense 4096 -&gt; 4096             .346  .240  .112  .098  .043  .117
 * 3x3    16 -&gt;  16 at 32x32      .007  0     .004  0     .011  0
 * 3x3    64 -&gt;  64 at 16x16      .059  .015  .020  .017  .017  .007
 * 3x3   128 -&gt; 128 at  8x8       .036  .024  .030  .027  .055  .034
 * 3x3   256 -&gt; 256 at  8x8       .043  .033  .046  .048  .034  .028
 * 3x3   512 -&gt; 512 at  4x4       .014  .068  .083  .069  .022  .027
 * 3x3    64 -&gt; 128, stride 2     .059  .100  .140  .115  .131  .118
 * 1x1    64 -&gt;  64 at 16x16      0     0     0     0     0     0
 * </pre>
 */
public final class SparseChoice {
    private SparseChoice() {}

    /**
     * Whether to use a {@link SparseProduct} in place of a dense product.
     *
     * @param geometry The shape, with the batch size.
     * @param density  Which share of the weights is kept.
     * @return True if the sparse product is expected to be faster.
     * @throws IllegalArgumentException If the density is not between 0 and 1.
     */
    public static boolean isFaster(AffineGeometry geometry, double density) {
        if (!(density >= 0 && density <= 1)) {
            throw new IllegalArgumentException("The density of a layer must be between 0 and 1, found " + density);
        }
        return density < densityLimit(geometry);
    }

    /**
     * Below which density the sparse product is expected to be faster.
     *
     * @param geometry The shape, with the batch size.
     * @return Between 0, for never, and 1.
     */
    public static double densityLimit(AffineGeometry geometry) {
        return SparseLimit.of(geometry).density(geometry.batch());
    }
}
