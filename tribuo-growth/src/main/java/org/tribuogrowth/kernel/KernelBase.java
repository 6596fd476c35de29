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

import java.lang.ref.Reference;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What the kernels of both implementations share: their data type and whether they are open. */
abstract class KernelBase implements Kernel {
    private final String name;
    private final DataType type;
    private boolean closed;

    /**
     * Makes an open kernel.
     *
     * @param name What messages call it, for instance "convolution".
     * @param type The data type of its arguments.
     */
    KernelBase(String name, DataType type) {
        this.name = name;
        this.type = type;
    }

    @Override
    public final void close() {
        if (!closed) {
            closed = true;
            release();
        }
    }

    /** Frees what the kernel owns; called once. */
    abstract void release();

    /** Refuses use after {@link #close}. */
    final void checkOpen() {
        if (closed) {
            throw new IllegalStateException("The " + name + " kernel is closed and cannot be used any more");
        }
    }

    /** Refuses an array that is not dense in 'c' order with exactly this shape. */
    final void checkShape(String argument, INDArray array, long... shape) {
        Arguments.checkShape(name, argument, array, type, shape);
    }

    /** Refuses an array that is not dense in 'c' order with this many elements. */
    final void checkLength(String argument, INDArray array, long length) {
        Arguments.checkLength(name, argument, array, type, length);
    }

    /** The data type. */
    final DataType type() {
        return type;
    }

    /**
     * Keeps arrays from being collected before native code is done with their addresses.
     *
     * @param arrays The arrays; some may be null.
     */
    static void keepReachable(INDArray... arrays) {
        Reference.reachabilityFence(arrays);
    }
}
