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

package org.tribuogrowth.architecture;

/**
 * What a network costs for one example.
 *
 * @param weights      Entries of weight matrices and kernels, without biases and batch normalisation.
 * @param parameters   All trained parameters: weights, biases, gamma and beta. Running statistics and gates, which do
 *                     not exist in the compact network's training parameters, are not counted.
 * @param multiplyAdds Multiply-adds of convolutions and fully connected layers in one forward pass; one multiply-add is
 *                     two FLOPs. Biases, normalisation, activations and pooling are not counted, as in the literature.
 */
public record Cost(long weights, long parameters, long multiplyAdds) {
    /**
     * The part of a dense reference that this cost is.
     *
     * @param reference The cost of the dense reference.
     * @param measure   What to compare.
     * @return A fraction, 1 for the dense reference itself.
     */
    public double fractionOf(Cost reference, CostMeasure measure) {
        return (double) measure.of(this) / measure.of(reference);
    }
}
