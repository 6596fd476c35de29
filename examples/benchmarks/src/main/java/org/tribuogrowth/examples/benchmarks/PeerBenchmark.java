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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Measures all cells that the command line asks for; see {@link BenchmarkOptions#HELP}. Started by {@code
 * examples/benchmarks/run}, which sets the system properties {@value #TORCH_WORKER} and {@value #TUNED_NATIVES}.
 */
public final class PeerBenchmark {
    /** The property that names the script of the PyTorch worker. */
    static final String TORCH_WORKER = "benchmarks.torchWorker";

    /** The property that names the library with ND4J's natives that have oneDNN. */
    static final String TUNED_NATIVES = "benchmarks.tunedNatives";

    private static final int PEAK_EXTENT = 4096;
    private static final int QUIET_LOAD_PERCENT = 30;

    private final BenchmarkOptions options;
    private final Peers peers;
    private final Path logs;
    private final Path work;
    private final List<String> refused = new ArrayList<>();

    private PeerBenchmark(BenchmarkOptions options) throws IOException, InterruptedException {
        this.options = options;
        this.peers = new Peers(options, Path.of(System.getProperty(TORCH_WORKER)), System.getProperty(TUNED_NATIVES));
        this.logs = folder("logs");
        this.work = folder("data");
    }

    private Path folder(String name) {
        try {
            return Files.createDirectories(options.output().resolve(name)).toAbsolutePath();
        } catch (IOException exception) {
            throw new IllegalArgumentException(
                    "--output takes a folder that can be written to, found '" + options.output() + "': "
                            + FileTrouble.of(exception),
                    exception);
        }
    }

    /**
     * Runs the benchmark.
     *
     * @param words The options.
     * @throws InterruptedException If the thread is interrupted.
     */
    public static void main(String[] words) throws InterruptedException {
        int exitCode;
        try {
            BenchmarkOptions options = BenchmarkOptions.parse(Arrays.asList(words));
            if (options.help()) {
                System.out.print(BenchmarkOptions.HELP.formatted(Arrays.stream(BenchmarkNetwork.values())
                        .map(BenchmarkNetwork::text)
                        .collect(Collectors.joining(", "))));
                exitCode = 0;
            } else {
                exitCode = new PeerBenchmark(options).run();
            }
        } catch (IllegalArgumentException exception) {
            System.err.println("run peers: " + exception.getMessage());
            exitCode = 2;
        } catch (IOException exception) {
            System.err.println("run peers: stopped, because " + FileTrouble.of(exception)
                    + ". What is finished is kept; the same command goes on from there.");
            exitCode = 2;
        } catch (UncheckedIOException exception) {
            System.err.println(
                    "run peers: " + exception.getMessage() + ", but " + FileTrouble.of(exception.getCause()));
            exitCode = 2;
        }
        System.exit(exitCode);
    }

    private int run() throws IOException, InterruptedException {
        long start = System.nanoTime();
        List<Cell> cells = options.cells();
        List<Cell> open =
                cells.stream().filter(cell -> !Files.exists(file(cell))).toList();
        options.say(cells.size() + " cells, " + (cells.size() - open.size())
                + " of them finished before; results go to " + options.output());
        Machine machine = Machine.here();
        if (machine.load() * 100 > QUIET_LOAD_PERCENT) {
            options.say("The machine is not quiet: its load over the last minute is " + machine.load()
                    + ". Times measured now say little.");
        }
        try {
            if (!open.isEmpty()) {
                measurePeaks(open);
            }
            for (int i = 0; i < open.size(); i++) {
                Cell cell = open.get(i);
                measure(cell, (i + 1) + "/" + open.size());
                if (i + 1 == open.size() || !open.get(i + 1).data().equals(cell.data())) {
                    delete(work.resolve(cell.data()));
                }
            }
        } catch (WorkerException exception) {
            System.err.println("run peers: " + exception.getMessage());
            return 1;
        }
        options.say(String.format(Locale.ROOT, "Took %.1f minutes.", (System.nanoTime() - start) * 1e-9 / 60));
        if (!refused.isEmpty()) {
            System.err.println(
                    "run peers: not measured, because engines do not compute the same: " + String.join(", ", refused));
            return 1;
        }
        return 0;
    }

    private Path file(Cell cell) {
        return options.output().resolve(cell.name() + ".json");
    }

    private void measurePeaks(List<Cell> cells) throws IOException, InterruptedException, WorkerException {
        for (int threads : cells.stream().map(Cell::threads).distinct().toList()) {
            Path file = options.output().resolve(PeakResult.fileName(threads));
            if (Files.exists(file)) {
                continue;
            }
            List<Double> seconds = new ArrayList<>();
            Machine machine = Machine.here();
            try (WorkerProcess worker = WorkerProcess.start(peers.ours(), threads, logs.resolve("peak.log"))) {
                worker.request("peak " + PEAK_EXTENT + " " + options.rounds())
                        .get("seconds")
                        .forEach(second -> seconds.add(second.asDouble()));
            }
            PeakResult result = new PeakResult(threads, PEAK_EXTENT, seconds, machine);
            Files.write(file, Json.FILES.writeValueAsBytes(result));
            options.say(String.format(
                    Locale.ROOT, "peak with threads = %d: %.0f GFLOP/s", threads, result.operationsPerSecond() * 1e-9));
        }
    }

    private void measure(Cell cell, String progress) throws IOException, InterruptedException, WorkerException {
        options.say(progress + " " + cell.name());
        Path data = work.resolve(cell.data());
        writeData(cell, data);
        CellResult result;
        try {
            result = new CellRun(cell, options, data, logs).run(peers.of(cell));
        } catch (LossException exception) {
            System.err.println("  refused: " + exception.getMessage());
            refused.add(cell.name());
            return;
        }
        result.write(file(cell));
        options.say(line(result));
    }

    private void writeData(Cell cell, Path data) throws InterruptedException, WorkerException {
        if (!Files.exists(data.resolve(CellData.DESCRIPTION))) {
            try (WorkerProcess worker = WorkerProcess.start(peers.ours(), cell.threads(), logs.resolve("data.log"))) {
                worker.request(String.join(
                        " ",
                        "data",
                        cell.network().text(),
                        Integer.toString(cell.percent()),
                        Integer.toString(cell.batch()),
                        data.toString()));
            }
        }
        if (peers.needsExport(cell.mode()) && !Files.exists(data.resolve(OnnxPeer.MODEL))) {
            try (WorkerProcess worker =
                    WorkerProcess.start(peers.exporter(), cell.threads(), logs.resolve("export.log"))) {
                worker.request("prepare infer " + data + " " + cell.threads() + " " + PeerSpec.DEFAULT_LAYOUT);
                worker.request("export " + data.resolve(OnnxPeer.MODEL));
            } catch (WorkerException exception) {
                // ONNX Runtime will then say that it has no model, and is left out.
                options.say("  no model for ONNX Runtime: " + exception.getMessage());
            }
        }
    }

    /** The medians, in milliseconds. */
    private static String line(CellResult result) {
        return result.peers().stream()
                .filter(CellResult.PeerResult::available)
                .map(peer -> String.format(
                        Locale.ROOT,
                        "%s%s %.3g",
                        peer.name(),
                        peer.layout().equals(PeerSpec.DEFAULT_LAYOUT) ? "" : " " + peer.layout(),
                        1e3 * peer.medianSeconds()))
                .collect(Collectors.joining(", ", "  ms: ", ""));
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
