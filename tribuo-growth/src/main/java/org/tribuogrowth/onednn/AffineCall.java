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

package org.tribuogrowth.onednn;

import org.bytedeco.dnnl.dnnl_memory_desc_t;

/** A layer that multiplies its input by weights: all its passes. */
public interface AffineCall {
    /**
     * The forward pass.
     *
     * @param training Whether a backward pass follows.
     * @param biased   Whether a bias is added.
     * @param after   What else is done with the result.
     * @return The operation on: input, packed weights, output and, if there is one, bias.
     */
    OneDnnOperation forward(boolean training, boolean biased, PostOperation after);

    /**
     * The backward pass to the input.
     *
     * @return The operation on: gradient of the output, packed weights, gradient of the input.
     */
    OneDnnOperation backwardData();

    /**
     * The backward pass to the weights.
     *
     * @param biased Whether there is a bias.
     * @return The operation on: input, gradient of the output, gradient of the packed weights and, if there is one, of
     *     the bias.
     */
    OneDnnOperation backwardWeights(boolean biased);

    /**
     * The layout of weights as all the project keeps them.
     *
     * @return The descriptor, to be closed.
     */
    dnnl_memory_desc_t plainWeights();

    /**
     * The change of the weights' layout for a pass that reads them.
     *
     * @param pass The pass.
     * @return The packing.
     */
    WeightPacking packWeights(OneDnnOperation pass);

    /**
     * The change of the weights' layout after the pass that computes their gradient.
     *
     * @param pass The pass.
     * @return The packing.
     */
    WeightPacking unpackWeights(OneDnnOperation pass);
}
