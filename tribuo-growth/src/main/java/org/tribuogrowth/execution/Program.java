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

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.tribuogrowth.onednn.OneDnnBuffer;
import org.tribuogrowth.onednn.OneDnnOperation;
import org.tribuogrowth.onednn.TensorLayout;
import org.tribuogrowth.onednn.WeightPacking;

/**
 * A list of steps, first recorded, then completed, then run any number of times. Recording a step says which tensors it
 * uses; completion gives each tensor a place for the steps from its first use to its last.
 */
final class Program implements AutoCloseable {
    /** One step. */
    @FunctionalInterface
    interface Step {
        void run();
    }

    private record Binding(OneDnnOperation operation, int slot, Tensor tensor) {}

    private record Scratch(OneDnnOperation operation, Tensor tensor) {}

    private final List<Step> steps = new ArrayList<>();
    private final List<Runnable> afterPlacing = new ArrayList<>();
    private final List<OneDnnOperation> operations = new ArrayList<>();
    private final List<Supplier<String>> descriptions = new ArrayList<>();
    private final List<Binding> bindings = new ArrayList<>();
    private final List<Scratch> scratches = new ArrayList<>();
    private final Set<Tensor> tensors = new LinkedHashSet<>();
    private final List<Tensor> lasting = new ArrayList<>();
    private Step[] complete;
    private OneDnnBuffer memory;

    /** A tensor with memory for as long as steps use it. */
    Tensor tensor(TensorLayout layout) {
        return Tensor.planned(layout.bytes());
    }

    /** A vector of floats whose content lasts from run to run, zero at first. */
    Tensor lasting(long values) {
        Tensor tensor = Tensor.planned(values * Float.BYTES);
        lasting.add(tensor);
        return tensor;
    }

    /** Has a tensor's content last from run to run. */
    void keep(Tensor tensor) {
        lasting.add(tensor);
    }

    /** Records an operation with its arguments in the order of its slots. */
    void add(OneDnnOperation operation, Tensor... arguments) {
        operations.add(operation);
        descriptions.add(operation::describe);
        for (int slot = 0; slot < arguments.length; slot++) {
            use(arguments[slot]);
            bindings.add(new Binding(operation, slot, arguments[slot]));
        }
        if (operation.scratchBytes() > 0) {
            Tensor scratch = Tensor.planned(operation.scratchBytes());
            use(scratch);
            scratches.add(new Scratch(operation, scratch));
        }
        steps.add(operation::execute);
    }

    /** Records a step in Java that uses tensors. */
    void add(Step step, Tensor... used) {
        for (Tensor tensor : used) {
            use(tensor);
        }
        steps.add(step);
    }

    /** Records a step in Java that is an operation like others, with what describes it. */
    void add(Step step, Supplier<String> description, Tensor... used) {
        descriptions.add(description);
        add(step, used);
    }

    /** Packs weights; gives what the pass reads. */
    Tensor pack(WeightPacking packing, Tensor weights) {
        return packing.reorders().isEmpty() ? weights : pack(packing, weights, Tensor.planned(packing.packedBytes()));
    }

    /** Packs weights that need packing; gives the destination. */
    Tensor pack(WeightPacking packing, Tensor weights, Tensor destination) {
        Tensor source = weights;
        int last = packing.reorders().size() - 1;
        for (int i = 0; i <= last; i++) {
            Tensor target = i == last ? destination : Tensor.planned(packing.betweenBytes());
            add(packing.reorders().get(i), source, target);
            source = target;
        }
        return destination;
    }

    /** What a pass writes if its result is unpacked afterwards. */
    Tensor packedResult(WeightPacking packing, Tensor weights) {
        return packing.reorders().isEmpty() ? weights : Tensor.planned(packing.packedBytes());
    }

    /** Unpacks what a pass wrote. */
    void unpack(WeightPacking packing, Tensor packed, Tensor weights) {
        for (OneDnnOperation reorder : packing.reorders()) {
            add(reorder, packed, weights);
        }
    }

    /** Keeps a tensor's memory for a step recorded next or later. */
    void use(Tensor tensor) {
        tensors.add(tensor);
        tensor.use(steps.size());
    }

    /** Has something done when tensors have their places. */
    void afterPlacing(Runnable action) {
        afterPlacing.add(action);
    }

    /** The number of steps recorded so far. */
    int size() {
        return steps.size();
    }

    /** Ends recording: plans and allocates the memory. */
    void complete() {
        for (Tensor tensor : lasting) {
            tensors.add(tensor);
            tensor.use(0);
            tensor.use(steps.size());
        }
        List<Tensor> planned = tensors.stream().filter(Tensor::isPlanned).toList();
        MemoryPlan plan = new MemoryPlan(planned.stream().map(Tensor::block).toList());
        memory = new OneDnnBuffer(Math.max(plan.bytes(), 1));
        for (int i = 0; i < planned.size(); i++) {
            planned.get(i).place(memory.address() + plan.offset(i));
        }
        for (Binding binding : bindings) {
            binding.operation().bind(binding.slot(), binding.tensor().address());
        }
        for (Scratch scratch : scratches) {
            scratch.operation().bindScratchpad(scratch.tensor().address());
        }
        afterPlacing.forEach(Runnable::run);
        complete = steps.toArray(Step[]::new);
    }

    /** Runs the steps of a range. */
    void run(int from, int to) {
        for (int i = from; i < to; i++) {
            complete[i].run();
        }
    }

    /** The operations in their order, and what computes them. */
    List<String> describe() {
        return descriptions.stream().map(Supplier::get).toList();
    }

    /** The size of the planned memory. */
    long bytes() {
        return memory.bytes();
    }

    @Override
    public void close() {
        operations.forEach(OneDnnOperation::close);
        operations.clear();
        if (memory != null) {
            memory.close();
            memory = null;
        }
    }
}
