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

/**
 * The gradient of a value, or a summand of it. Several readers may share one, as the inputs of a sum do; whoever reads it
 * last may overwrite it.
 */
final class Gradient {
    private final Tensor tensor;
    private int readers;

    Gradient(Tensor tensor, int readers) {
        this.tensor = tensor;
        this.readers = readers;
    }

    /**
     * A gradient about to be read.
     *
     * @param tensor      Where it lies.
     * @param overwritten Whether it may be overwritten.
     */
    record Read(Tensor tensor, boolean overwritten) {
        /** This gradient for someone else to read, alone or, if it is not ours alone, without leave to overwrite. */
        Gradient passOn(int readers) {
            return new Gradient(tensor, overwritten ? readers : readers + 1);
        }
    }

    Read read() {
        readers--;
        return new Read(tensor, readers == 0);
    }
}
