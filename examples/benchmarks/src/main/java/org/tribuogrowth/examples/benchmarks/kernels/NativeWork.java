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

package org.tribuogrowth.examples.benchmarks.kernels;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.tribuogrowth.onednn.NativeFloats;
import org.tribuogrowth.onednn.OneDnnBuffer;
import org.tribuogrowth.onednn.OneDnnOperation;
import org.tribuogrowth.onednn.WeightPacking;

/** Native memory to compute on, and operations that do. Values are of ordinary size: denormal ones would be slow. */
final class NativeWork implements AutoCloseable {
    private static final int PIECE = 1 << 16;

    private final Random random = new Random(1);
    private final NativeFloats floats = new NativeFloats();
    private final List<OneDnnBuffer> buffers = new ArrayList<>();
    private final List<OneDnnOperation> operations = new ArrayList<>();

    /** Allocates zeros; gives the address. */
    long zeros(long bytes) {
        OneDnnBuffer buffer = new OneDnnBuffer(bytes);
        buffers.add(buffer);
        return buffer.address();
    }

    /** Allocates random values; gives the address. */
    long values(long count) {
        long address = zeros(count * Float.BYTES);
        for (long done = 0; done < count; done += PIECE) {
            float[] piece = new float[(int) Math.min(PIECE, count - done)];
            for (int i = 0; i < piece.length; i++) {
                piece[i] = (float) random.nextGaussian();
            }
            floats.write(piece, address + done * Float.BYTES);
        }
        return address;
    }

    /** Prepares an operation on what lies at addresses. */
    Runnable on(OneDnnOperation operation, long... addresses) {
        operations.add(operation);
        for (int slot = 0; slot < addresses.length; slot++) {
            operation.bind(slot, addresses[slot]);
        }
        if (operation.scratchBytes() > 0) {
            operation.bindScratchpad(zeros(operation.scratchBytes()));
        }
        return operation::execute;
    }

    /**
     * Prepares the packing or unpacking of weights into memory of its own, which has room for packed weights: they are
     * never the smaller ones.
     *
     * @param packing What is done.
     * @param weights The address of the weights before.
     * @param steps   Receives the operations.
     * @return The address of the weights afterwards.
     */
    long pack(WeightPacking packing, long weights, List<Runnable> steps) {
        long source = weights;
        for (int i = 0; i < packing.reorders().size(); i++) {
            boolean last = i == packing.reorders().size() - 1;
            long target = zeros(last ? packing.packedBytes() : packing.betweenBytes());
            steps.add(on(packing.reorders().get(i), source, target));
            source = target;
        }
        return source;
    }

    @Override
    public void close() {
        operations.forEach(OneDnnOperation::close);
        buffers.forEach(OneDnnBuffer::close);
    }
}
