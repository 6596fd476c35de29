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

import ai.onnxruntime.OrtException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One engine as a process: reads requests, one a line, from the standard input and answers each with one line of JSON.
 * While it waits it computes nothing.
 *
 * <pre>
 * prepare MODE FOLDER THREADS LAYOUT   loads a cell                            {"engine": ...}
 * step N                               N steps, losses                         {"losses": [...]}
 * time N                               N steps, their time together, last loss {"seconds": ..., "loss": ...}
 * profile N                            N steps, oneDNN printing its operations {}                 (ours only)
 * peak EXTENT N                        products of square matrices, each timed {"seconds": [...]} (ours only)
 * data NETWORK PERCENT BATCH FOLDER    writes the data of a cell               {}                 (ours only)
 * quit                                 ends
 * </pre>
 *
 * An answer with a key "error" says that the request failed. Answers start with {@value #ANSWER}, so that what a library
 * prints is no answer.
 */
final class Worker {
    /** What an answer's line starts with. */
    static final String ANSWER = "answer ";

    /** The word that sends answers to the standard error. */
    static final String ERROR_STREAM = "stderr";

    private final String kind;
    private final PrintStream out;
    private Peer peer;

    private Worker(String kind, PrintStream out) {
        this.kind = kind;
        this.out = out;
    }

    /**
     * Runs a worker until its input ends.
     *
     * @param words The engine, own, stock, stock-tuned or onnx; then {@value #ERROR_STREAM} if answers are to go to the
     *              standard error, because the standard output is for what oneDNN prints.
     * @throws IOException If the standard input fails.
     */
    public static void main(String[] words) throws IOException {
        boolean errorStream = words.length > 1 && words[1].equals(ERROR_STREAM);
        new Worker(words[0], errorStream ? System.err : System.out).run();
    }

    private void run() throws IOException {
        BufferedReader requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = requests.readLine(); line != null; line = requests.readLine()) {
            if (line.equals("quit")) {
                break;
            }
            Map<String, Object> answer;
            try {
                answer = answer(line.split(" "));
            } catch (Exception | LinkageError exception) {
                exception.printStackTrace();
                answer = Map.of("error", exception.toString());
            }
            out.println(ANSWER + Json.LINES.writeValueAsString(answer));
            out.flush();
        }
        // DL4J's threads are no daemons.
        System.exit(0);
    }

    private Map<String, Object> answer(String[] words) throws Exception {
        Map<String, Object> answer = new LinkedHashMap<>();
        switch (words[0]) {
            case "prepare" -> {
                peer = newPeer(Mode.of(words[1]), Path.of(words[2]), Integer.parseInt(words[3]));
                answer.put("engine", peer.engine() + ", Java " + System.getProperty("java.version"));
            }
            case "step" -> {
                double[] losses = new double[Integer.parseInt(words[1])];
                for (int i = 0; i < losses.length; i++) {
                    peer.step();
                    losses[i] = peer.loss();
                }
                answer.put("losses", losses);
            }
            case "time" -> {
                int steps = Integer.parseInt(words[1]);
                long start = System.nanoTime();
                for (int i = 0; i < steps; i++) {
                    peer.step();
                }
                answer.put("seconds", (System.nanoTime() - start) * 1e-9);
                answer.put("loss", peer.loss());
            }
            case "profile" -> OperationTimes.profile(peer, Integer.parseInt(words[1]));
            case "peak" -> answer.put(
                    "seconds", PeakProduct.seconds(Integer.parseInt(words[1]), Integer.parseInt(words[2])));
            case "data" -> CellWriter.write(
                    BenchmarkNetwork.of(words[1]),
                    Integer.parseInt(words[2]),
                    Integer.parseInt(words[3]),
                    Path.of(words[4]));
            default -> throw new IllegalArgumentException("There is no request '" + words[0] + "'");
        }
        return answer;
    }

    private Peer newPeer(Mode mode, Path folder, int threads) throws IOException, OrtException {
        CellData data = CellData.read(folder);
        return switch (kind) {
            case "own" -> data.network().ours(mode, data);
            case "stock" -> new StockPeer(mode, data, false);
            case "stock-tuned" -> new StockPeer(mode, data, true);
            case "onnx" -> new OnnxPeer(data, folder, threads);
            default -> throw new IllegalArgumentException("There is no engine '" + kind + "'");
        };
    }
}
