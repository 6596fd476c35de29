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

package org.tribuogrowth.data;

import java.lang.reflect.UndeclaredThrowableException;
import java.util.NoSuchElementException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Fills batches ahead of their use, on a thread of its own, and hands them over in order. The batches live in a small ring
 * of arrays that are made once. Since a batch depends on its index only, everything is as if each were filled when it is
 * asked for, but for the time.
 *
 * <p>{@link #next()} is for one thread; the other methods are for any. The thread is a daemon and ends with the last batch,
 * with an error, or with {@link #close()}.
 */
public final class BatchPipeline implements AutoCloseable {
    /** One in use, one ready, one being filled: that evens out batches of unequal cost, as the first of an epoch. */
    private static final int SLOTS = 3;

    private static final String THREAD_NAME = "tribuo-growth-input";

    private final BatchSource source;
    private final long count;
    private final Batch[] slots = new Batch[SLOTS];
    private final Thread thread;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition filledOne = lock.newCondition();
    private final Condition releasedOne = lock.newCondition();

    // The rest is guarded by the lock.
    private long filled;
    private long handedOver;
    private long released;
    private Throwable failure;
    private boolean closed;
    private long waitedNanos;

    /**
     * Starts to fill batches.
     *
     * @param source What fills them; used by no other thread from now on.
     * @throws IllegalArgumentException If a batch is larger than an array can be.
     */
    public BatchPipeline(BatchSource source) {
        this.source = source;
        this.count = source.batches();
        for (int slot = 0; slot < SLOTS; slot++) {
            slots[slot] = new Batch(source);
        }
        this.thread = new Thread(this::fillAll, THREAD_NAME);
        thread.setDaemon(true);
        thread.start();
    }

    private void fillAll() {
        try {
            for (long index = 0; index < count && awaitRoom(index); index++) {
                slot(index).fill(source, index);
                lock.lock();
                try {
                    filled = index + 1;
                    filledOne.signal();
                } finally {
                    lock.unlock();
                }
            }
        } catch (Throwable e) {
            // Not lost: whoever asks for this batch gets it.
            lock.lock();
            try {
                failure = e;
                filledOne.signal();
            } finally {
                lock.unlock();
            }
        }
    }

    /** Waits until the batch's slot is free; false if no more batches are wanted. */
    private boolean awaitRoom(long index) {
        lock.lock();
        try {
            while (!closed && index - released >= SLOTS) {
                releasedOne.awaitUninterruptibly();
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    private Batch slot(long index) {
        return slots[(int) (index % SLOTS)];
    }

    /**
     * Takes back the batch returned last and hands over the next, as soon as it is filled. If filling it failed, this
     * throws what was thrown there; the stack of the call that got it is among the suppressed exceptions.
     *
     * @return The batch, good until the next call.
     * @throws InterruptedException   If the calling thread is interrupted, also if it need not wait.
     * @throws NoSuchElementException If there are no more batches.
     * @throws IllegalStateException  If this is closed.
     */
    public Batch next() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (released < handedOver) {
                released = handedOver;
                releasedOne.signal();
            }
            awaitFilled();
            if (closed) {
                throw new IllegalStateException("The batches are closed");
            }
            if (handedOver == count) {
                throw new NoSuchElementException("There are only " + count + " batches");
            }
            if (handedOver == filled) {
                throw failed();
            }
            Batch batch = slot(handedOver);
            handedOver++;
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private void awaitFilled() throws InterruptedException {
        long before = System.nanoTime();
        boolean waited = false;
        try {
            while (!closed && handedOver < count && handedOver == filled && failure == null) {
                waited = true;
                filledOne.await();
            }
        } finally {
            waitedNanos += waited ? System.nanoTime() - before : 0;
        }
    }

    private RuntimeException failed() {
        failure.addSuppressed(new IllegalStateException("Batch " + handedOver + " was asked for here"));
        if (failure instanceof Error error) {
            throw error;
        }
        return failure instanceof RuntimeException exception ? exception : new UndeclaredThrowableException(failure);
    }

    /**
     * How long {@link #next()} has waited for batches to be filled.
     *
     * @return Nanoseconds, over all calls.
     */
    public long waitedNanos() {
        lock.lock();
        try {
            return waitedNanos;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Ends the filling and waits for the thread to end, which it does after the batch in the works at the latest; a
     * source that waits for something is interrupted. If the calling thread is interrupted meanwhile, it is still so
     * afterwards. A second call has no effect.
     */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            releasedOne.signalAll();
            filledOne.signalAll();
        } finally {
            lock.unlock();
        }
        thread.interrupt();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
