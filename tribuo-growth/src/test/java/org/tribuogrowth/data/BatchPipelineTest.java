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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(BatchPipelineTest.LIMIT_SECONDS)
final class BatchPipelineTest {
    static final int LIMIT_SECONDS = 30;

    private static final int SLOTS = 3;

    /** Batches of one row of one value, the index; a test says what happens while one is filled. */
    private static class Source implements BatchSource {
        private final long batches;
        private final AtomicLong filled = new AtomicLong();
        private volatile Thread thread;

        Source(long batches) {
            this.batches = batches;
        }

        @Override
        public long batches() {
            return batches;
        }

        @Override
        public int batchSize() {
            return 1;
        }

        @Override
        public int featureLength() {
            return 1;
        }

        @Override
        public int targetLength() {
            return 1;
        }

        @Override
        public boolean isWeighted() {
            return false;
        }

        @Override
        public final int fill(long index, float[] features, float[] targets, float[] weights) {
            thread = Thread.currentThread();
            during(index);
            features[0] = index;
            targets[0] = -index;
            filled.incrementAndGet();
            return 1;
        }

        void during(long index) {}

        /** Waits until so many batches are filled and the thread has nothing more to do. */
        void awaitFilled(long count) {
            await(() -> filled.get() >= count);
            awaitParked(thread);
            assertThat(filled).hasValue(count);
        }
    }

    /** The rows of an evaluation, whose last batch is short. */
    private record EvaluationSource(BatchAssembler assembler, int[] rows, int batchSize) implements BatchSource {
        @Override
        public long batches() {
            return (rows.length + batchSize - 1) / batchSize;
        }

        @Override
        public int featureLength() {
            return assembler.data().featureLength();
        }

        @Override
        public int targetLength() {
            return assembler.data().targetLength();
        }

        @Override
        public boolean isWeighted() {
            return false;
        }

        @Override
        public int fill(long index, float[] features, float[] targets, float[] weights) {
            int from = (int) index * batchSize;
            int to = Math.min(rows.length, from + batchSize);
            assembler.assembleEvaluation(rows, from, to, features, targets);
            return to - from;
        }
    }

    /** Waits without taking notice of interruption; the limit is only there so that a broken class hangs no build. */
    private static void await(BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(LIMIT_SECONDS)) {
                throw new IllegalStateException("What the test waits for does not come about");
            }
            Thread.onSpinWait();
        }
    }

    private static void awaitParked(Thread thread) {
        await(() -> thread.getState() == Thread.State.WAITING);
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        await(() -> latch.getCount() == 0);
    }

    private static BatchAssembler assembler() {
        float[][] rows = new float[11][4 * 5 * 3];
        for (int row = 0; row < rows.length; row++) {
            for (int i = 0; i < rows[row].length; i++) {
                rows[row][i] = 0.1f * (100 * row + i);
            }
        }
        return new BatchAssembler(
                NormalisationTest.data(new ImageLayout(4, 5, 3), rows),
                List.of(new PadCropAugmentation(2), new HorizontalFlipAugmentation()),
                new ChannelNormaliser(new float[] {1, 2, 3}, new float[] {0.3f, 0.7f, 1.1f}),
                5);
    }

    @Test
    void trainingBatchesAreThoseOfDirectAssemblyOverEpochs() throws InterruptedException {
        BatchAssembler assembler = assembler();
        BatchPlan plan = new BatchPlan(IntStream.range(0, 11).toArray(), 3, 5);
        int epochs = 7;
        float[] features = new float[3 * 60];
        float[] targets = new float[3];
        try (BatchPipeline pipeline = new BatchPipeline(new TrainingBatches(plan, assembler, 0, epochs))) {
            for (int epoch = 0; epoch < epochs; epoch++) {
                for (int step = 0; step < plan.stepsPerEpoch(); step++) {
                    assembler.assembleTraining(epoch, plan.rows(epoch, step), features, targets);
                    Batch batch = pipeline.next();
                    assertThat(batch.rows()).isEqualTo(3);
                    assertThat(batch.features()).containsExactly(features);
                    assertThat(batch.targets()).containsExactly(targets);
                }
            }
            assertThatThrownBy(pipeline::next)
                    .isInstanceOf(NoSuchElementException.class)
                    .hasMessageContaining("only 21 batches");
        }
    }

    @Test
    void theLastBatchMayBeShort() throws InterruptedException {
        BatchAssembler assembler = assembler();
        int[] rows = {10, 0, 3, 3, 7, 1, 9, 2};
        float[] features = new float[3 * 60];
        float[] targets = new float[3];
        try (BatchPipeline pipeline = new BatchPipeline(new EvaluationSource(assembler, rows, 3))) {
            for (int from = 0; from < rows.length; from += 3) {
                int to = Math.min(rows.length, from + 3);
                assembler.assembleEvaluation(rows, from, to, features, targets);
                Batch batch = pipeline.next();
                assertThat(batch.rows()).isEqualTo(to - from);
                assertThat(Arrays.copyOf(batch.features(), (to - from) * 60))
                        .containsExactly(Arrays.copyOf(features, (to - from) * 60));
                assertThat(Arrays.copyOf(batch.targets(), to - from))
                        .containsExactly(Arrays.copyOf(targets, to - from));
            }
        }
    }

    @Test
    void fillsAheadAsFarAsTheRingGoesAndKeepsTheBatchInUse() throws InterruptedException {
        Source source = new Source(100);
        try (BatchPipeline pipeline = new BatchPipeline(source)) {
            source.awaitFilled(SLOTS);
            Set<float[]> arrays = Collections.newSetFromMap(new IdentityHashMap<>());
            for (int index = 0; index < 100; index++) {
                Batch batch = pipeline.next();
                if (index + SLOTS < 100) {
                    source.awaitFilled(index + SLOTS);
                }
                assertThat(batch.features()).containsExactly(index);
                assertThat(batch.targets()).containsExactly(-index);
                arrays.add(batch.features());
            }
            assertThat(arrays).hasSize(SLOTS);
        }
    }

    @Test
    void theThreadIsADaemonWithAName() throws InterruptedException {
        Source source = new Source(1);
        try (BatchPipeline pipeline = new BatchPipeline(source)) {
            pipeline.next();
            assertThat(source.thread.isDaemon()).isTrue();
            assertThat(source.thread.getName()).isEqualTo("tribuo-growth-input");
            // Nothing is left to do.
            source.thread.join();
        }
    }

    @Test
    void whatFillingThrowsComesOutAtItsBatchWithBothStacks() throws InterruptedException {
        for (Throwable thrown :
                new Throwable[] {new IllegalArgumentException("bad row"), new StackOverflowError("deep")}) {
            Source source = new Source(10) {
                @Override
                void during(long index) {
                    if (index == 2) {
                        BatchPipelineTest.<RuntimeException>sneak(thrown);
                    }
                }
            };
            try (BatchPipeline pipeline = new BatchPipeline(source)) {
                assertThat(pipeline.next().features()).containsExactly(0);
                assertThat(pipeline.next().features()).containsExactly(1);
                Throwable caught = catchThrowable(pipeline::next);
                assertThat(caught).isSameAs(thrown);
                assertThat(caught.getSuppressed()).hasSize(1);
                assertThat(caught.getSuppressed()[0]).hasMessageContaining("Batch 2");
                assertThat(caught.getSuppressed()[0].getStackTrace())
                        .anyMatch(frame -> frame.getClassName().equals(BatchPipelineTest.class.getName()));
                source.thread.join();
                assertThat(catchThrowable(pipeline::next)).isSameAs(thrown);
            }
        }
    }

    @Test
    void anUndeclaredExceptionIsNotLost() throws InterruptedException {
        IOException thrown = new IOException("gone");
        Source source = new Source(10) {
            @Override
            void during(long index) {
                BatchPipelineTest.<RuntimeException>sneak(thrown);
            }
        };
        try (BatchPipeline pipeline = new BatchPipeline(source)) {
            assertThatThrownBy(pipeline::next)
                    .isInstanceOf(UndeclaredThrowableException.class)
                    .hasCause(thrown);
        }
    }

    @SuppressWarnings("unchecked") // throws anything where nothing is declared
    private static <T extends Throwable> void sneak(Throwable thrown) throws T {
        throw (T) thrown;
    }

    @Test
    void closeEndsAThreadThatWaitsForRoom() {
        Source source = new Source(100);
        BatchPipeline pipeline = new BatchPipeline(source);
        source.awaitFilled(SLOTS);
        pipeline.close();
        assertThat(source.thread.isAlive()).isFalse();
        pipeline.close();
        assertThatThrownBy(pipeline::next)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void closeInterruptsASourceThatWaits() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        AtomicBoolean interrupted = new AtomicBoolean();
        Source source = new Source(100) {
            @Override
            void during(long index) {
                begun.countDown();
                try {
                    interrupted.set(never.await(LIMIT_SECONDS, TimeUnit.SECONDS));
                } catch (InterruptedException e) {
                    interrupted.set(true);
                    throw new IllegalStateException(e);
                }
            }
        };
        BatchPipeline pipeline = new BatchPipeline(source);
        begun.await();
        pipeline.close();
        assertThat(interrupted).isTrue();
        assertThat(source.thread.isAlive()).isFalse();
        assertThat(source.filled).hasValue(0);
    }

    @Test
    void closeWaitsForTheBatchInTheWorksThoughInterrupted() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        Source source = new Source(100) {
            @Override
            void during(long index) {
                begun.countDown();
                awaitUninterruptibly(mayEnd);
            }
        };
        BatchPipeline pipeline = new BatchPipeline(source);
        begun.await();
        AtomicBoolean stillInterrupted = new AtomicBoolean();
        AtomicLong filledAtClose = new AtomicLong();
        Thread closer = new Thread(() -> {
            Thread.currentThread().interrupt();
            pipeline.close();
            filledAtClose.set(source.filled.get());
            stillInterrupted.set(Thread.currentThread().isInterrupted());
        });
        closer.start();
        awaitParked(closer);
        mayEnd.countDown();
        closer.join();
        assertThat(source.thread.isAlive()).isFalse();
        assertThat(filledAtClose).hasValue(1);
        assertThat(stillInterrupted).isTrue();
    }

    @Test
    void interruptionEndsTheWaitForABatch() throws InterruptedException {
        CountDownLatch mayEnd = new CountDownLatch(1);
        Source source = new Source(100) {
            @Override
            void during(long index) {
                awaitUninterruptibly(mayEnd);
            }
        };
        try (BatchPipeline pipeline = new BatchPipeline(source)) {
            AtomicReference<Throwable> caught = new AtomicReference<>();
            Thread consumer = new Thread(() -> caught.set(catchThrowable(pipeline::next)));
            consumer.start();
            awaitParked(consumer);
            consumer.interrupt();
            consumer.join();
            assertThat(caught.get()).isInstanceOf(InterruptedException.class);
            // No batch is lost by it.
            mayEnd.countDown();
            assertThat(pipeline.next().features()).containsExactly(0);
        } finally {
            mayEnd.countDown();
        }
    }

    @Test
    void interruptionIsHonouredAlsoIfABatchIsReady() {
        Source source = new Source(100);
        try (BatchPipeline pipeline = new BatchPipeline(source)) {
            source.awaitFilled(SLOTS);
            Thread.currentThread().interrupt();
            assertThatThrownBy(pipeline::next).isInstanceOf(InterruptedException.class);
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }
    }

    @Test
    void closeEndsTheWaitForABatch() throws InterruptedException {
        Source source = new Source(100) {
            @Override
            void during(long index) {
                await(Thread.currentThread()::isInterrupted);
            }
        };
        BatchPipeline pipeline = new BatchPipeline(source);
        AtomicReference<Throwable> caught = new AtomicReference<>();
        Thread consumer = new Thread(() -> caught.set(catchThrowable(pipeline::next)));
        consumer.start();
        awaitParked(consumer);
        pipeline.close();
        consumer.join();
        assertThat(caught.get()).isInstanceOf(IllegalStateException.class).hasMessageContaining("closed");
    }

    @Test
    void countsTheTimeWaitedForABatchOnly() throws InterruptedException {
        CountDownLatch mayEnd = new CountDownLatch(1);
        Source source = new Source(100) {
            @Override
            void during(long index) {
                if (index == SLOTS) {
                    awaitUninterruptibly(mayEnd);
                }
            }
        };
        try (BatchPipeline pipeline = new BatchPipeline(source)) {
            source.awaitFilled(SLOTS);
            for (int i = 0; i < SLOTS; i++) {
                pipeline.next();
            }
            assertThat(pipeline.waitedNanos()).isZero();
            Thread waiting = Thread.currentThread();
            Thread helper = new Thread(() -> {
                awaitParked(waiting);
                mayEnd.countDown();
            });
            helper.start();
            pipeline.next();
            helper.join();
            assertThat(pipeline.waitedNanos()).isPositive();
        } finally {
            mayEnd.countDown();
        }
    }

    @Test
    void refusesBatchesThatNoArrayHolds() {
        Source large = new Source(1) {
            @Override
            public int batchSize() {
                return 1 << 20;
            }

            @Override
            public int featureLength() {
                return 1 << 12;
            }
        };
        assertThatThrownBy(() -> new BatchPipeline(large))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("1048576 examples of 4096 features", "smaller batch");
        assertThat(large.thread).isNull();
    }
}
