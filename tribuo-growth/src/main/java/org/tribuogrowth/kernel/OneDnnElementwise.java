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

import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tribuogrowth.architecture.Activation;
import org.tribuogrowth.onednn.ElementwiseCall;
import org.tribuogrowth.onednn.NativeAddress;
import org.tribuogrowth.onednn.OneDnnLibrary;
import org.tribuogrowth.onednn.OneDnnOperation;

/** Element-wise non-linearities of sums by oneDNN; the non-linearity is fused into the last addition. */
final class OneDnnElementwise extends ElementwiseBase {
    private final ElementwiseGeometry geometry;
    private final ElementwiseCall call;
    private OneDnnOperation function;
    private OneDnnOperation addition;
    private OneDnnOperation lastAddition;
    private OneDnnOperation backward;

    OneDnnElementwise(ElementwiseGeometry geometry) {
        super(geometry, DataType.FLOAT);
        this.geometry = geometry;
        this.call = new ElementwiseCall(geometry.length());
        OneDnnLibrary.instance().scratch().kernelOpened();
    }

    @Override
    void computeForward(INDArray y, INDArray[] xs) {
        compute(y, xs);
        keepReachable(xs);
        keepReachable(y);
    }

    private void compute(INDArray y, INDArray[] xs) {
        long output = NativeAddress.of(y);
        long sum = NativeAddress.of(xs[0]);
        if (xs.length == 1) {
            applyFunction(sum, output);
            return;
        }
        for (int i = 1; i < xs.length; i++) {
            addition(i == xs.length - 1)
                    .bind(0, sum)
                    .bind(1, NativeAddress.of(xs[i]))
                    .bind(2, output)
                    .run();
            sum = output;
        }
    }

    @Override
    void computeBackward(INDArray y, INDArray dy, INDArray dx) {
        if (isIdentity()) {
            copy(NativeAddress.of(dy), NativeAddress.of(dx));
        } else {
            if (backward == null) {
                backward = call.backward(geometry.function());
            }
            backward.bind(0, NativeAddress.of(y))
                    .bind(1, NativeAddress.of(dy))
                    .bind(2, NativeAddress.of(dx))
                    .run();
        }
        keepReachable(y, dy, dx);
    }

    private void applyFunction(long input, long output) {
        if (isIdentity()) {
            copy(input, output);
            return;
        }
        if (function == null) {
            function = call.forward(geometry.function());
        }
        function.bind(0, input).bind(1, output).run();
    }

    private void copy(long from, long to) {
        if (from != to) {
            Pointer.memcpy(new NativeAddress().at(to), new NativeAddress().at(from), geometry.length() * Float.BYTES);
        }
    }

    private OneDnnOperation addition(boolean last) {
        if (last) {
            if (lastAddition == null) {
                lastAddition = call.sum(geometry.function());
            }
            return lastAddition;
        }
        if (addition == null) {
            addition = call.sum(Activation.IDENTITY);
        }
        return addition;
    }

    private boolean isIdentity() {
        return geometry.function() == Activation.IDENTITY;
    }

    @Override
    void release() {
        OneDnnOperation.closeAll(function, addition, lastAddition, backward);
        OneDnnLibrary.instance().scratch().kernelClosed();
    }
}
