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
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;

/**
 * The result file of a cell.
 *
 * @param format            {@value #FORMAT}.
 * @param mode              What a step is: train or infer.
 * @param network           The network's name.
 * @param percent           The width in percent.
 * @param batch             The number of examples a step.
 * @param threads           How many threads computed.
 * @param multiplyAdds      Multiply-adds of a forward pass of one example.
 * @param inputMultiplyAdds Those of them that read the network's input.
 * @param trainedParameters The trained parameters.
 * @param machine           Where it was measured.
 * @param peers             What each engine did.
 * @param operationSeconds  Our engine: seconds a step in oneDNN's operations by kind, measured in a pass of its own;
 *                          empty if that was left out.
 * @param wallSeconds       How long the whole cell took.
 */
record CellResult(
        int format,
        String mode,
        String network,
        int percent,
        int batch,
        int threads,
        long multiplyAdds,
        long inputMultiplyAdds,
        long trainedParameters,
        Machine machine,
        List<PeerResult> peers,
        Map<String, Double> operationSeconds,
        double wallSeconds) {
    static final int FORMAT = 1;

    /**
     * What one engine did.
     *
     * @param name              The engine.
     * @param layout            The layout of its activations: default, channels_last or batch_first.
     * @param engine            Its version and what it chose for itself.
     * @param unavailable       Why there are no times, or null.
     * @param losses            The losses of the check.
     * @param stepsPerBlock     The number of steps between two looks at the clock.
     * @param secondsPerStep    The mean time of a step, round by round.
     * @param peakResidentBytes The peak resident size of its process.
     */
    record PeerResult(
            String name,
            String layout,
            String engine,
            String unavailable,
            List<Double> losses,
            int stepsPerBlock,
            List<Double> secondsPerStep,
            long peakResidentBytes) {
        static PeerResult unavailable(String name, String layout, String reason) {
            return new PeerResult(name, layout, "", reason, List.of(), 0, List.of(), 0);
        }

        boolean available() {
            return unavailable == null;
        }

        double medianSeconds() {
            return Spread.of(secondsPerStep).median();
        }
    }

    /** The floating-point operations of a step: a multiply-add is two, and training takes three passes. */
    double operationsPerStep() {
        return switch (Mode.of(mode)) {
            case TRAIN -> 2.0 * batch * (3 * multiplyAdds - inputMultiplyAdds);
            case INFER -> 2.0 * batch * multiplyAdds;
        };
    }

    /**
     * Reads a result.
     *
     * @param file The file.
     * @throws IOException              If it cannot be read.
     * @throws IllegalArgumentException If it is no whole result; the message names the file.
     */
    static CellResult read(Path file) throws IOException {
        CellResult result = Json.read(file, CellResult.class);
        Json.check(result.format == FORMAT, file, "the format " + FORMAT + ", found " + result.format);
        try {
            Mode.of(result.mode);
            BenchmarkNetwork.of(result.network);
        } catch (IllegalArgumentException exception) {
            throw new IllegalArgumentException(file + ": " + exception.getMessage(), exception);
        }
        Json.check(
                result.percent > 0 && result.batch > 0 && result.threads > 0 && result.multiplyAdds > 0,
                file,
                "percent, batch, threads and multiplyAdds of at least 1");
        Json.check(result.machine != null, file, "a machine");
        Json.check(
                result.operationSeconds != null
                        && (result.operationSeconds.isEmpty()
                                || Json.times(List.copyOf(result.operationSeconds.values()))),
                file,
                "operationSeconds, each above 0");
        Json.check(
                result.peers != null
                        && result.peers.stream()
                                .allMatch(peer -> peer != null
                                        && peer.name != null
                                        && peer.layout != null
                                        && (!peer.available()
                                                || peer.engine != null && Json.times(peer.secondsPerStep))),
                file,
                "peers, each with a name, a layout and, unless it is unavailable, an engine and times above 0");
        Json.check(
                result.peers.stream().anyMatch(peer -> peer.name.equals(PeerSpec.OURS) && peer.available()),
                file,
                "times of our own engine");
        return result;
    }

    /** Writes the file at once or not at all, since its presence says that the cell is finished. */
    void write(Path file) throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
        Files.write(unfinished, Json.FILES.writeValueAsBytes(this));
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
