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

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.dnnl_memory_desc_t;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.Pointer;
import org.tribuogrowth.onednn.NativeAddress;
import org.tribuogrowth.onednn.OneDnnBuffer;
import org.tribuogrowth.onednn.OneDnnLibrary;
import org.tribuogrowth.onednn.OneDnnOperation;
import org.tribuogrowth.onednn.OneDnnPrimitive;
import org.tribuogrowth.onednn.OneDnnPrimitives;
import org.tribuogrowth.onednn.OneDnnScratch;

/**
 * An operation with arguments that the caller keeps in plain layouts while oneDNN wants layouts of its own: weights and
 * their gradients. {@link #run} reorders them, because the optimiser changes them between calls; beside an operation on
 * a whole batch that is cheap. What stays the same can be packed once.
 */
final class OneDnnPass implements AutoCloseable {
    /** What an operation does with an argument. */
    enum Access {
        /** It reads it. */
        READ,
        /** It overwrites it. */
        WRITE,
        /** It adds to what is there; the pass clears it first, so that callers see it overwritten. */
        ADD
    }

    /** An argument; without a reorder where oneDNN takes the plain layout. */
    private record Argument(Access access, int slot, long plainBytes, OneDnnOperation reorder, long packedBytes) {}

    private static final int ALIGNMENT = 64;

    private final OneDnnOperation operation;
    private final List<Argument> arguments = new ArrayList<>();
    private final NativeAddress cleared = new NativeAddress();
    private long packedBytes;
    private long scratchBytes;

    /**
     * Makes a pass whose arguments are all plain so far.
     *
     * @param operation The operation, owned by the pass from now on.
     */
    OneDnnPass(OneDnnOperation operation) {
        this.operation = operation;
        this.scratchBytes = operation.scratchBytes();
    }

    /**
     * Adds an argument to be reordered, if it has to be.
     *
     * @param access What the operation does with it.
     * @param slot   Its slot in the operation.
     * @param number Its DNNL_ARG number.
     * @param plain  The layout the caller has it in; not kept.
     * @param key    Identifies the reorder.
     */
    void reorder(Access access, int slot, int number, dnnl_memory_desc_t plain, OneDnnPrimitives.Key key) {
        dnnl_memory_desc_t packed = operation.layout(number);
        long plainBytes = dnnl.dnnl_memory_desc_get_size(plain);
        if (dnnl.dnnl_memory_desc_equal(plain, packed) != 0) {
            arguments.add(new Argument(access, slot, plainBytes, null, 0));
            return;
        }
        OneDnnOperation reorder = new OneDnnOperation(
                key,
                () -> access == Access.READ
                        ? OneDnnPrimitive.reorder(plain, packed)
                        : OneDnnPrimitive.reorder(packed, plain),
                dnnl.DNNL_ARG_FROM,
                dnnl.DNNL_ARG_TO);
        long bytes = aligned(dnnl.dnnl_memory_desc_get_size(packed));
        arguments.add(new Argument(access, slot, plainBytes, reorder, bytes));
        packedBytes += bytes;
        scratchBytes = Math.max(scratchBytes, reorder.scratchBytes());
    }

    /** The operation, whose other arguments are to be bound before each run. */
    OneDnnOperation operation() {
        return operation;
    }

    /**
     * Runs the operation.
     *
     * @param addresses Where the arguments of {@link #reorder} lie in their plain layouts, in the order of those calls.
     */
    void run(long... addresses) {
        if (packedBytes + scratchBytes == 0) {
            run(addresses, 0);
            return;
        }
        OneDnnScratch scratch = OneDnnLibrary.instance().scratch();
        OneDnnBuffer buffer = scratch.borrow(packedBytes + scratchBytes);
        try {
            run(addresses, buffer.address());
        } finally {
            scratch.giveBack(buffer);
        }
    }

    private void run(long[] addresses, long block) {
        pack(block, addresses);
        runPacked(block, addresses);
    }

    /** The size of the block that {@link #pack} and {@link #runPacked} work in. */
    long blockBytes() {
        return packedBytes + scratchBytes;
    }

    /**
     * Reorders what the operation reads, for one or more calls of {@link #runPacked}.
     *
     * @param block     The address of a block of {@link #blockBytes}.
     * @param addresses As in {@link #run}.
     */
    void pack(long block, long... addresses) {
        long packed = block;
        for (int i = 0; i < addresses.length; i++) {
            Argument argument = arguments.get(i);
            if (argument.access() == Access.READ && argument.reorder() != null) {
                argument.reorder().bind(0, addresses[i]).bind(1, packed).run(block + packedBytes);
            }
            packed += argument.packedBytes();
        }
    }

    /**
     * Runs the operation on what was packed.
     *
     * @param block     The block.
     * @param addresses As in {@link #run}.
     */
    void runPacked(long block, long... addresses) {
        long scratchpad = block + packedBytes;
        long packed = block;
        for (int i = 0; i < addresses.length; i++) {
            bind(arguments.get(i), addresses[i], packed);
            packed += arguments.get(i).packedBytes();
        }
        operation.run(scratchpad);
        packed = block;
        for (int i = 0; i < addresses.length; i++) {
            Argument argument = arguments.get(i);
            if (argument.access() != Access.READ && argument.reorder() != null) {
                argument.reorder().bind(0, packed).bind(1, addresses[i]).run(scratchpad);
            }
            packed += argument.packedBytes();
        }
    }

    private void bind(Argument argument, long plain, long packed) {
        boolean direct = argument.reorder() == null;
        operation.bind(argument.slot(), direct ? plain : packed);
        if (argument.access() == Access.ADD) {
            clear(direct ? plain : packed, direct ? argument.plainBytes() : argument.packedBytes());
        }
    }

    private void clear(long address, long bytes) {
        Pointer.memset(cleared.at(address), 0, bytes);
    }

    private static long aligned(long bytes) {
        return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    @Override
    public void close() {
        operation.close();
        for (Argument argument : arguments) {
            if (argument.reorder() != null) {
                argument.reorder().close();
            }
        }
    }
}
