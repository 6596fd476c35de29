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

package org.tribuogrowth.examples.benchmarks;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.provenance.LedgerVerification;
import org.tribuogrowth.provenance.LedgerVerifier;
import org.tribuogrowth.provenance.LedgerWriter;

/** Measures how fast a ledger is written and verified, and in how much memory. */
public final class LedgerBenchmark {
    private static final int SHARE = 10;
    private static final int FORCED_SHARE = 50;
    private static final long LEAST = 1000;
    private static final long MOST = 100_000_000;

    private static final String HELP =
            """
            Writes the ledger of a random search over a network's structure and verifies it: forced to the
            storage device as in a training (a fiftieth of the events), and not forced; verified whole, and a tenth of
            it. Prints a table and writes ledger.json. The heap is limited to 256 MB. A million events take about two
            minutes and 1 GB in the output folder, which is freed at the end.

            Usage: examples/benchmarks/run ledger [options]

              --events N       how many events, 1,000 to 100,000,000 (default: 1000000)
              --network NAME   the network (default: resnet-20)
              --output FOLDER  where the result goes (default: runs/benchmarks)
              --help           shows this text

            Exit codes: 0 measured; 1 a ledger does not verify; 2 wrong usage, or a file that cannot be read or written.
            """;

    private final Architecture architecture;
    private final Path folder;
    private final HeapWatch heap = new HeapWatch();
    private final List<LedgerResult.Row> rows = new ArrayList<>();

    private LedgerBenchmark(Architecture architecture, Path folder) {
        this.architecture = architecture;
        this.folder = folder;
    }

    /**
     * Measures and prints.
     *
     * @param words The options.
     */
    public static void main(String[] words) {
        try {
            if (List.of(words).contains("--help")) {
                System.out.print(HELP);
                return;
            }
            LedgerResult result = run(Options.of(words));
            System.out.println(result.table());
        } catch (IOException exception) {
            System.err.println("run ledger: " + FileTrouble.of(exception));
            System.exit(2);
        } catch (IllegalArgumentException exception) {
            System.err.println("run ledger: " + exception.getMessage());
            System.exit(2);
        } catch (IllegalStateException exception) {
            System.err.println("run ledger: " + exception.getMessage());
            System.exit(1);
        }
    }

    /**
     * The options.
     *
     * @param events  How many events.
     * @param network The network.
     * @param output  The folder of the result.
     */
    record Options(long events, BenchmarkNetwork network, Path output) {
        static Options of(String... words) {
            Options options = new Options(1_000_000, BenchmarkNetwork.RESNET_20, Path.of("runs", "benchmarks"));
            Iterator<String> rest = Arrays.asList(words).iterator();
            while (rest.hasNext()) {
                String option = rest.next();
                if (!rest.hasNext()) {
                    throw new IllegalArgumentException("The option " + option + " needs a value, or is unknown");
                }
                String value = rest.next();
                options = switch (option) {
                    case "--events" -> new Options(events(value), options.network, options.output);
                    case "--network" -> new Options(options.events, BenchmarkNetwork.of(value), options.output);
                    case "--output" -> new Options(options.events, options.network, Path.of(value));
                    default -> throw new IllegalArgumentException(
                            "There is no option " + option + "; --help lists them");
                };
            }
            return options;
        }

        private static long events(String text) {
            long events = text.matches("\\d{1,9}") ? Long.parseLong(text) : 0;
            if (events < LEAST || events > MOST) {
                throw new IllegalArgumentException("The value of --events is a whole number from " + LEAST + " to "
                        + MOST + ", found '" + text + "'");
            }
            return events;
        }
    }

    /**
     * Measures and writes the result.
     *
     * @param options What to measure.
     * @return The result.
     * @throws IOException           If a file cannot be read or written.
     * @throws IllegalStateException If a ledger does not verify.
     */
    static LedgerResult run(Options options) throws IOException {
        Architecture architecture = options.network().full();
        Files.createDirectories(options.output());
        Path folder = Files.createTempDirectory(options.output(), "ledger-");
        LedgerResult result;
        try {
            LedgerBenchmark benchmark = new LedgerBenchmark(architecture, folder);
            Machine machine = Machine.here();
            benchmark.measure(options.events());
            result = new LedgerResult(
                    options.network().text(),
                    System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"),
                    Runtime.getRuntime().maxMemory(),
                    benchmark.rows,
                    machine);
        } finally {
            for (Path file : List.of(folder.resolve("small"), folder.resolve("large"), folder.resolve("forced"))) {
                Files.deleteIfExists(file);
            }
            Files.delete(folder);
        }
        Json.FILES.writeValue(options.output().resolve(LedgerResult.FILE_NAME).toFile(), result);
        return result;
    }

    private void measure(long events) throws IOException {
        Path small = folder.resolve("small");
        Path large = folder.resolve("large");
        Path forced = folder.resolve("forced");
        // Compiles the code; the times of this ledger mean nothing.
        write("", events / SHARE, small, false);
        verify(events / SHARE, small);
        rows.clear();
        write("written, forced", events / FORCED_SHARE, forced, true);
        write("written", events, large, false);
        verify(events / SHARE, small);
        verify(events, large);
    }

    private void write(String what, long events, Path file, boolean force) throws IOException {
        heap.reset();
        Stopwatch watch = new Stopwatch();
        try (OutputStream output = force
                        ? OutputStream.nullOutputStream()
                        : new BufferedOutputStream(Files.newOutputStream(file));
                LedgerWriter writer = force ? LedgerWriter.toFile(file) : LedgerWriter.to(output::write)) {
            RandomSearch.run(architecture, events, event -> {
                watch.start();
                writer.append(event);
                watch.stop();
            });
        }
        add(what, events, file, watch);
    }

    private void verify(long events, Path file) throws IOException {
        heap.reset();
        Stopwatch watch = new Stopwatch();
        watch.start();
        LedgerVerification verification = LedgerVerifier.verify(file);
        watch.stop();
        if (!verification.ok() || verification.lines() != events) {
            throw new IllegalStateException(
                    "A ledger of " + events + " events does not verify: " + verification.reason());
        }
        add("verified", events, file, watch);
    }

    private void add(String what, long events, Path file, Stopwatch watch) throws IOException {
        rows.add(new LedgerResult.Row(
                what, events, Files.size(file), watch.nanos / 1e9, watch.processorNanos / 1e9, heap.mostBytes()));
    }

    /** Adds up time, and of that the time in which this thread computed. */
    private static final class Stopwatch {
        private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

        private long nanos;
        private long processorNanos;

        void start() {
            nanos -= System.nanoTime();
            processorNanos -= THREADS.getCurrentThreadCpuTime();
        }

        void stop() {
            processorNanos += THREADS.getCurrentThreadCpuTime();
            nanos += System.nanoTime();
        }
    }
}
