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

    /** Allocates random values; gives the address. */
    long values(long count) {
        OneDnnBuffer buffer = new OneDnnBuffer(count * Float.BYTES);
        buffers.add(buffer);
        for (long done = 0; done < count; done += PIECE) {
            float[] piece = new float[(int) Math.min(PIECE, count - done)];
            for (int i = 0; i < piece.length; i++) {
                piece[i] = (float) random.nextGaussian();
            }
            floats.write(piece, buffer.address() + done * Float.BYTES);
        }
        return buffer.address();
    }

    /** Prepares an operation on what lies at addresses. */
    Runnable on(OneDnnOperation operation, long... addresses) {
        operations.add(operation);
        for (int slot = 0; slot < addresses.length; slot++) {
            operation.bind(slot, addresses[slot]);
        }
        if (operation.scratchBytes() > 0) {
            OneDnnBuffer scratch = new OneDnnBuffer(operation.scratchBytes());
            buffers.add(scratch);
            operation.bindScratchpad(scratch.address());
        }
        return operation::execute;
    }

    /** Prepares the packing of weights into memory of its own; gives the address of the packed weights. */
    long pack(WeightPacking packing, long plain, List<Runnable> steps) {
        long source = plain;
        for (int i = 0; i < packing.reorders().size(); i++) {
            boolean last = i == packing.reorders().size() - 1;
            long target = values((last ? packing.packedBytes() : packing.betweenBytes()) / Float.BYTES);
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
