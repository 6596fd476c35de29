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

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.nd4j.linalg.api.buffer.DataType;
import org.tribuogrowth.architecture.ActiveUnits;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.data.Minibatch;
import org.tribuogrowth.execution.InferencePlan;
import org.tribuogrowth.execution.RecurrentState;
import org.tribuogrowth.kernel.KernelChoice;
import org.tribuogrowth.kernel.KernelsProvider;

/**
 * Predicts with a compact network, on any number of threads at once. On the CPU each thread that predicts at the same
 * time has an execution plan of its own, with batch normalisation folded into weights that lie as the plan wants them, and
 * with sparse products for layers that have mostly weights of zero; plans are kept for the next call. With the ND4J kernels there is one DL4J network, which threads use in turn.
 */
public final class Predictor implements AutoCloseable {
    private final NetworkParameters parameters;
    private final KernelChoice kernels;
    private final NativeParameters memory;
    private final ReadWriteLock lifetime = new ReentrantReadWriteLock();
    private final Map<PlanSize, Deque<InferencePlan>> idle = new LinkedHashMap<>(4, 0.75f, true);
    private GatedNetwork network;
    private boolean closed;

    /**
     * Prepares predictions.
     *
     * @param parameters The compact network.
     * @param choice     What computes.
     * @throws IllegalStateException If oneDNN is chosen and cannot be used here.
     */
    public Predictor(NetworkParameters parameters, KernelChoice choice) {
        this.parameters = parameters;
        this.kernels = KernelsProvider.resolve(choice, DataType.FLOAT);
        this.memory = kernels == KernelChoice.ONEDNN ? new NativeParameters(parameters) : null;
    }

    /**
     * Computes scores.
     *
     * @param batch       The features, row after row; of sequences as long as the network reads.
     * @param rows        The number of rows.
     * @param destination Receives the scores, row after row.
     * @param offset      Where the first goes.
     * @throws IllegalStateException If the predictor is closed.
     */
    public void predict(float[] batch, int rows, float[] destination, int offset) {
        predict(Minibatch.unlabelled(batch, rows, null), null, destination, offset);
    }

    /**
     * Computes scores, of sequences too.
     *
     * @param given       The features; of sequences with their lengths, without which all are as long as the network reads.
     * @param state       The state of recurrent layers before the batch, in which that after it is left; null to begin with
     *                    zeros and leave nothing. It is the caller's to use on one thread at a time.
     * @param destination Receives the scores, row after row: of networks that give scores for each step, those of the
     *                    batch's steps one after the other, zeros for padding.
     * @param offset      Where the first goes.
     * @throws IllegalStateException    If the predictor is closed.
     * @throws IllegalArgumentException If sequences are longer than the network reads, or the state is for another number
     *                                  of them.
     */
    public void predict(Minibatch given, CarriedState state, float[] destination, int offset) {
        lifetime.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException("The predictor is closed");
            }
            if (memory == null) {
                predictInTurn(given, state, destination, offset);
                return;
            }
            Architecture architecture = parameters.architecture();
            Minibatch batch = PlanSize.complete(architecture, given);
            PlanSize size = PlanSize.of(architecture, batch, state != null);
            RecurrentState before = state == null ? null : state.begin(batch.lengths(), ActiveUnits.all(architecture));
            InferencePlan plan = borrow(size);
            try {
                plan.run(batch, before, destination, offset);
            } finally {
                giveBack(size, plan);
            }
        } finally {
            lifetime.readLock().unlock();
        }
    }

    private void predictInTurn(Minibatch batch, CarriedState state, float[] destination, int offset) {
        synchronized (idle) {
            if (network == null) {
                network = GatedNetwork.of(parameters, NetworkSettings.inference(kernels));
            }
            network.predict(batch, state, destination, offset);
        }
    }

    private InferencePlan borrow(PlanSize size) {
        synchronized (idle) {
            Deque<InferencePlan> plans = idle.get(size);
            if (plans != null && !plans.isEmpty()) {
                return plans.pop();
            }
        }
        InferencePlan plan = new InferencePlan(
                parameters.architecture(),
                ActiveUnits.all(parameters.architecture()),
                memory,
                size.rows(),
                size.steps(),
                parameters.architecture().output().activation(),
                false,
                true);
        plan.prepare();
        return plan;
    }

    private void giveBack(PlanSize sizeOfPlan, InferencePlan plan) {
        synchronized (idle) {
            Deque<InferencePlan> plans = idle.computeIfAbsent(sizeOfPlan, size -> new ArrayDeque<>());
            if (plans.size() == Runtime.getRuntime().availableProcessors()) {
                // More threads than processors gain nothing from plans of their own.
                plan.close();
                return;
            }
            plans.push(plan);
            if (idle.size() > PlanSize.kept(parameters.architecture())) {
                Iterator<Deque<InferencePlan>> oldest = idle.values().iterator();
                oldest.next().forEach(InferencePlan::close);
                oldest.remove();
            }
        }
    }

    /** Waits for predictions under way and frees the native memory. A second call has no effect. */
    @Override
    public void close() {
        lifetime.writeLock().lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            idle.values().forEach(plans -> plans.forEach(InferencePlan::close));
            idle.clear();
            if (memory != null) {
                memory.close();
            }
            if (network != null) {
                network.close();
            }
        } finally {
            lifetime.writeLock().unlock();
        }
    }
}
