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

package org.tribuogrowth.execution;

import java.util.ArrayList;
import java.util.List;
import org.tribuogrowth.architecture.Activation;
import org.tribuogrowth.onednn.ElementwiseCall;
import org.tribuogrowth.onednn.TensorLayout;

/** What a layer writes, and the gradients that its readers found for it. */
final class Value {
    private final TensorLayout layout;
    private final Tensor tensor;
    private final boolean differentiated;
    private final List<Gradient> gradients = new ArrayList<>();

    /**
     * A value.
     *
     * @param layout         How it lies in memory.
     * @param tensor         Where.
     * @param differentiated Whether anything before it is learnt, so that its gradient is wanted.
     */
    Value(TensorLayout layout, Tensor tensor, boolean differentiated) {
        this.layout = layout;
        this.tensor = tensor;
        this.differentiated = differentiated;
    }

    TensorLayout layout() {
        return layout;
    }

    Tensor tensor() {
        return tensor;
    }

    boolean differentiated() {
        return differentiated;
    }

    void contribute(Gradient gradient) {
        gradients.add(gradient);
    }

    /** Records the addition of all summands. All readers must have contributed. */
    Gradient.Read gradient(Program program) {
        Gradient.Read sum = gradients.get(0).read();
        for (int i = 1; i < gradients.size(); i++) {
            Gradient.Read next = gradients.get(i).read();
            Tensor result =
                    sum.overwritten() ? sum.tensor() : next.overwritten() ? next.tensor() : program.tensor(layout);
            program.add(
                    new ElementwiseCall(layout.values()).sum(Activation.IDENTITY), sum.tensor(), next.tensor(), result);
            sum = new Gradient.Read(result, true);
        }
        return sum;
    }
}
