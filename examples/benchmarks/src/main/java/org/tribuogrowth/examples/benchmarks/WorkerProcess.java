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

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A worker that runs: requests go in, answers come out. See {@link Worker} for the protocol. */
final class WorkerProcess implements AutoCloseable {
    /** Longer than the slowest engine takes for a few steps of the largest network. */
    private static final long ANSWER_MINUTES = 30;

    private static final long END_SECONDS = 20;

    private final PeerSpec spec;
    private final Path log;
    private final Process process;
    private final Writer requests;
    private final BlockingQueue<Optional<String>> answers = new LinkedBlockingQueue<>();

    private WorkerProcess(PeerSpec spec, Path log, Process process, InputStream answers) {
        this.spec = spec;
        this.log = log;
        this.process = process;
        this.requests = process.outputWriter(StandardCharsets.UTF_8);
        Thread reader = new Thread(() -> read(answers), "answers of " + spec.label());
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Starts a worker.
     *
     * @param spec    What to start.
     * @param threads How many threads it may compute with.
     * @param log     Receives what it prints to the standard error.
     * @throws WorkerException If it cannot be started.
     */
    static WorkerProcess start(PeerSpec spec, int threads, Path log) throws WorkerException {
        ProcessBuilder builder = builder(spec, threads).redirectError(log.toFile());
        Process process = start(spec, builder);
        return new WorkerProcess(spec, log, process, process.getInputStream());
    }

    /**
     * Starts a worker that answers on the standard error; its command must say so to it.
     *
     * @param spec    What to start.
     * @param threads How many threads it may compute with.
     * @param output  Receives what it prints to the standard output.
     * @throws WorkerException If it cannot be started.
     */
    static WorkerProcess startPrinting(PeerSpec spec, int threads, Path output) throws WorkerException {
        ProcessBuilder builder = builder(spec, threads).redirectOutput(output.toFile());
        Process process = start(spec, builder);
        return new WorkerProcess(spec, output, process, process.getErrorStream());
    }

    private static ProcessBuilder builder(PeerSpec spec, int threads) {
        ProcessBuilder builder = new ProcessBuilder(spec.command());
        // How threads wait is each engine's own affair; a setting of the caller's would reach all of them.
        builder.environment().remove("OMP_WAIT_POLICY");
        builder.environment().remove("GOMP_SPINCOUNT");
        builder.environment().put("OMP_NUM_THREADS", Integer.toString(threads));
        builder.environment().putAll(spec.environment());
        return builder;
    }

    private static Process start(PeerSpec spec, ProcessBuilder builder) throws WorkerException {
        try {
            return builder.start();
        } catch (IOException exception) {
            throw new WorkerException(spec.label() + " cannot be started: " + exception.getMessage(), exception);
        }
    }

    private void read(InputStream stream) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.startsWith(Worker.ANSWER)) {
                    answers.add(Optional.of(line.substring(Worker.ANSWER.length())));
                }
            }
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        } finally {
            answers.add(Optional.empty());
        }
    }

    PeerSpec spec() {
        return spec;
    }

    /** Asks, and waits for the answer. */
    JsonNode request(String line) throws WorkerException, InterruptedException {
        Optional<String> text;
        try {
            requests.write(line + "\n");
            requests.flush();
            text = answers.poll(ANSWER_MINUTES, TimeUnit.MINUTES);
        } catch (IOException exception) {
            throw failure("has ended", exception);
        }
        if (text == null) {
            throw failure("has not answered to '" + line + "' for " + ANSWER_MINUTES + " minutes", null);
        }
        if (text.isEmpty()) {
            throw failure("has ended at '" + line + "'", null);
        }
        try {
            JsonNode answer = Json.LINES.readTree(text.get());
            if (answer.has("error")) {
                throw failure("failed at '" + line + "': " + answer.get("error").asText(), null);
            }
            return answer;
        } catch (IOException exception) {
            throw failure("has answered '" + line + "' by what is no JSON", exception);
        }
    }

    private WorkerException failure(String what, Throwable cause) {
        return new WorkerException(spec.label() + " " + what + " (log: " + log + ")", cause);
    }

    /** The peak resident size so far, in bytes. */
    long peakResidentBytes() {
        return Machine.peakResidentBytes(process.pid());
    }

    /** Ends the process, by force if it does not end when asked to. */
    @Override
    public void close() {
        try {
            requests.write("quit\n");
            requests.close();
        } catch (IOException exception) {
            // It has ended already.
        }
        try {
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException exception) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** What a printing worker has printed. */
    static Iterable<String> lines(Path output) throws IOException {
        return Files.readAllLines(output, StandardCharsets.UTF_8);
    }
}
