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

import java.util.function.Supplier;
import org.bytedeco.dnnl.dnnl_exec_arg_t;
import org.bytedeco.dnnl.dnnl_memory;
import org.bytedeco.dnnl.dnnl_memory_desc_t;
import org.bytedeco.dnnl.global.dnnl;

/** A primitive with the memory objects of its arguments, made once; a call only sets addresses and runs. */
public final class OneDnnOperation implements AutoCloseable {
    private final OneDnnLibrary library = OneDnnLibrary.instance();
    private final OneDnnPrimitives.Key key;
    private final OneDnnPrimitive primitive;
    private final dnnl_memory[] memories;
    private final dnnl_exec_arg_t arguments;
    private final NativeAddress address = new NativeAddress();

    /**
     * Prepares an operation.
     *
     * @param key      What it computes.
     * @param compiler Compiles its primitive if there is none yet.
     * @param numbers  The DNNL_ARG numbers of the arguments, in the order of {@link #bind}'s slots.
     */
    public OneDnnOperation(OneDnnPrimitives.Key key, Supplier<OneDnnPrimitive> compiler, int... numbers) {
        this.key = key;
        this.primitive = library.primitives().acquire(key, compiler);
        int count = numbers.length + (primitive.scratchBytes() > 0 ? 1 : 0);
        this.memories = new dnnl_memory[count];
        this.arguments = new dnnl_exec_arg_t(count);
        for (int slot = 0; slot < count; slot++) {
            int number = slot < numbers.length ? numbers[slot] : dnnl.DNNL_ARG_SCRATCHPAD;
            dnnl_memory memory = new dnnl_memory();
            OneDnnLibrary.check(
                    dnnl.dnnl_memory_create(memory, primitive.layout(number), library.engine(), null),
                    "dnnl_memory_create for argument " + number + " of " + key);
            memories[slot] = memory;
            arguments.position(slot).arg(number).memory(memory);
        }
        arguments.position(0);
    }

    /**
     * The layout of an argument.
     *
     * @param number A DNNL_ARG number.
     * @return The layout, owned by the primitive.
     */
    public dnnl_memory_desc_t layout(int number) {
        return primitive.layout(number);
    }

    /**
     * What is computed, for keys of what belongs to it.
     *
     * @return The name of the operation and its variant, without the shape.
     */
    public String name() {
        return key.operation() + " " + key.variant();
    }

    /**
     * What is computed, and by which of oneDNN's implementations.
     *
     * @return The name of the operation, its shape, and the name of the implementation.
     */
    public String describe() {
        return key.operation() + " of " + key.geometry() + " by " + primitive.implementation();
    }

    /**
     * The size of the scratchpad {@link #run} needs.
     *
     * @return The number of bytes, possibly 0.
     */
    public long scratchBytes() {
        return primitive.scratchBytes();
    }

    /**
     * Says where an argument lies.
     *
     * @param slot    The argument's index among the constructor's numbers.
     * @param address The address.
     * @return This.
     */
    public OneDnnOperation bind(int slot, long address) {
        OneDnnLibrary.check(
                dnnl.dnnl_memory_set_data_handle(memories[slot], this.address.at(address)),
                "dnnl_memory_set_data_handle");
        return this;
    }

    /** Runs with a scratchpad borrowed for the call. */
    public void run() {
        if (scratchBytes() == 0) {
            execute();
            return;
        }
        OneDnnBuffer buffer = library.scratch().borrow(scratchBytes());
        try {
            run(buffer.address());
        } finally {
            library.scratch().giveBack(buffer);
        }
    }

    /**
     * Runs with a given scratchpad.
     *
     * @param scratchpad The address of {@link #scratchBytes} bytes; ignored if none are needed.
     */
    public void run(long scratchpad) {
        if (scratchBytes() > 0) {
            bind(memories.length - 1, scratchpad);
        }
        execute();
    }

    /**
     * Says where the scratchpad lies, for {@link #execute}.
     *
     * @param scratchpad The address of {@link #scratchBytes} bytes, of which there is at least one.
     */
    public void bindScratchpad(long scratchpad) {
        bind(memories.length - 1, scratchpad);
    }

    /** Runs with arguments and scratchpad as they were last bound. */
    public void execute() {
        OneDnnLibrary.check(
                dnnl.dnnl_primitive_execute(primitive.handle(), library.stream(), memories.length, arguments),
                "dnnl_primitive_execute");
    }

    @Override
    public void close() {
        for (dnnl_memory memory : memories) {
            OneDnnLibrary.check(dnnl.dnnl_memory_destroy(memory), "dnnl_memory_destroy");
        }
        arguments.close();
        library.primitives().release(key);
    }

    /**
     * Closes operations.
     *
     * @param operations The operations; those that were never needed are null.
     */
    public static void closeAll(OneDnnOperation... operations) {
        for (OneDnnOperation operation : operations) {
            if (operation != null) {
                operation.close();
            }
        }
    }
}
