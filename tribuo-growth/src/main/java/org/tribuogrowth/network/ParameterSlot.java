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

import org.tribuogrowth.architecture.ParameterRole;

/**
 * One parameter of a DL4J layer of ours, in the order of the flat parameter vector.
 *
 * @param name  The name in DL4J's parameter table.
 * @param role  The role, or null for the gate.
 * @param shape The shape, 'c' order.
 */
record ParameterSlot(String name, ParameterRole role, long[] shape) {
    /** The name of the gate: not learnt by the network's optimiser, but by the search. */
    static final String GATE = "gate";

    static ParameterSlot of(ParameterRole role, long... shape) {
        return new ParameterSlot(role.text(), role, shape);
    }

    static ParameterSlot gate(long units) {
        return new ParameterSlot(GATE, null, new long[] {units});
    }

    long length() {
        long length = 1;
        for (long extent : shape) {
            length *= extent;
        }
        return length;
    }
}
