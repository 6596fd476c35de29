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

package org.tribuogrowth.network;

/**
 * How fresh weights and biases are drawn. Beta and running means are 0, gamma and running variances 1 in any case. So are
 * the weights of a long short-term memory uniform between -1 / sqrt(units) and 1 / sqrt(units), and the vectors of an
 * embedding uniform between -0.1 and 0.1.
 */
public enum Initialisation {
    /**
     * Weights are normal with variance 2 / fan-in, those of the output layer with variance 1 / fan-in; biases are 0 (He
     * et al., Delving deep into rectifiers, ICCV 2015, equation 10). The biases of forget gates are 1, so that cells keep
     * what they have until something else is learnt (Jozefowicz et al., An empirical exploration of recurrent network
     * architectures, ICML 2015, section 2.2).
     */
    HE_NORMAL,
    /**
     * Weights and biases are uniform between -1 / sqrt(fan-in) and 1 / sqrt(fan-in), the fan-in being that of the
     * layer's weights: what PyTorch does by default, and with it the code of Dynamic Sparse Training (Liu et al., ICLR
     * 2020). The biases of long short-term memories are 0, as they are there.
     */
    FAN_IN_UNIFORM
}
