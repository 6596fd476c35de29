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

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * The threads that share the update of a large network: as many as OpenMP's, the caller among them. They are daemons and end
 * after some idle seconds.
 */
final class UpdateThreads {
    /** How many shares run at the same time. */
    static final int COUNT =
            Math.max(1, NativeOpsHolder.getInstance().getDeviceNativeOps().ompGetMaxThreads());

    private static final int IDLE_SECONDS = 10;
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final ThreadPoolExecutor HELPERS = helpers();

    private UpdateThreads() {}

    private static ThreadPoolExecutor helpers() {
        int threads = Math.max(1, COUNT - 1);
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads, threads, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "parameter-update-" + NUMBER.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /**
     * Does some shares of a work at the same time and waits for all.
     *
     * @param shares The number of shares.
     * @param work   Does the share of a number, from 0.
     */
    static void share(int shares, IntConsumer work) {
        CompletableFuture<?>[] others = new CompletableFuture<?>[shares - 1];
        for (int i = 1; i < shares; i++) {
            int share = i;
            others[i - 1] = CompletableFuture.runAsync(() -> work.accept(share), HELPERS);
        }
        try {
            work.accept(0);
        } finally {
            // Not to return while others still write into the network's memory.
            CompletableFuture.allOf(others).join();
        }
    }
}
