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

import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A pointer whose address can be set, so that binding an argument allocates nothing. It owns no memory. */
public final class NativeAddress extends Pointer {
    /**
     * Points elsewhere.
     *
     * @param newAddress The address.
     * @return This.
     */
    public NativeAddress at(long newAddress) {
        address = newAddress;
        return this;
    }

    /**
     * Where an array's first element lies. {@code data().address()} is the start of the whole buffer of a view, while
     * {@code data().addressPointer()} has the view's offset added already; the former allocates nothing.
     *
     * @param array The array.
     * @return The address.
     */
    public static long of(INDArray array) {
        return array.data().address() + array.offset() * array.data().getElementSize();
    }
}
