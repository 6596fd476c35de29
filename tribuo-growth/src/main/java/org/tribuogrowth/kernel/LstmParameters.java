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

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The parameters of a long short-term memory, or their gradients. The rows of all three arrays are those of the input
 * gate of all units, then those of the forget gate, of the candidate and of the output gate, which is PyTorch's order.
 * (PyTorch has two biases; this one is their sum. DL4J's order is candidate, forget, output, input gate, in columns.)
 *
 * @param inputWeights     The weights that read the input, [4 * units, inputs].
 * @param recurrentWeights The weights that read the hidden state of the step before, [4 * units, units].
 * @param bias             The bias, 4 * units values in any rank.
 */
public record LstmParameters(INDArray inputWeights, INDArray recurrentWeights, INDArray bias) {}
