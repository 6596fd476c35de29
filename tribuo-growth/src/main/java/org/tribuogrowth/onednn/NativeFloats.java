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

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;

/** Copies floats between Java arrays and native addresses. It owns no memory. */
public final class NativeFloats extends FloatPointer {
    /** Points nowhere until it is told an address. */
    public NativeFloats() {
        super((Pointer) null);
    }

    /**
     * Copies out of native memory.
     *
     * @param source The address of as many floats as the array has.
     * @param values Receives them.
     */
    public void read(long source, float[] values) {
        address = source;
        get(values);
    }

    /**
     * Copies into native memory.
     *
     * @param values The floats.
     * @param target The address to write them to.
     */
    public void write(float[] values, long target) {
        address = target;
        put(values);
    }
}
