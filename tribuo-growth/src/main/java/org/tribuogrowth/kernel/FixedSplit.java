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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * Runs the parts of a loop on several threads. Which part does what is fixed beforehand, and no part adds to another's
 * results, so that results do not depend on the number of threads.
 */
final class FixedSplit {
    private static final AtomicInteger THREADS_MADE = new AtomicInteger();

    /** Idle threads end after a minute; they never keep the process alive. */
    private static final ExecutorService HELPERS = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "tribuo-growth-kernel-" + THREADS_MADE.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    });

    private FixedSplit() {}

    /**
     * How many threads to use: as many as the native libraries do.
     *
     * @return OpenMP's number of threads.
     */
    static int threads() {
        // Sets the holder up: asked before, it fails, and for good.
        Nd4j.getExecutioner();
        return Math.max(1, NativeOpsHolder.getInstance().getDeviceNativeOps().ompGetMaxThreads());
    }

    /**
     * Runs all parts and waits for them; the last one on the calling thread.
     *
     * @param parts How many parts there are.
     * @param body  Is given the number of each part, from 0.
     */
    static void run(int parts, IntConsumer body) {
        List<CompletableFuture<Void>> running = new ArrayList<>();
        for (int part = 0; part + 1 < parts; part++) {
            int number = part;
            running.add(CompletableFuture.runAsync(() -> body.accept(number), HELPERS));
        }
        try {
            if (parts > 0) {
                body.accept(parts - 1);
            }
        } finally {
            // Even after a failure: the parts write to the caller's arrays.
            running.forEach(future -> future.exceptionally(failure -> null).join());
        }
        for (CompletableFuture<Void> future : running) {
            try {
                future.join();
            } catch (CompletionException e) {
                throw new IllegalStateException("A part of a kernel failed: " + e.getCause(), e.getCause());
            }
        }
    }

    /** Where a part of a loop over {@code count} begins; where it ends is where the next begins. */
    static int start(int part, int parts, int count) {
        return (int) ((long) count * part / parts);
    }
}
