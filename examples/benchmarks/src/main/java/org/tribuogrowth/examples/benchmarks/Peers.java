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

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The engines that take part, with the commands of their workers. */
final class Peers {
    /** The Java options of ./grow that can matter for speed or memory; all workers in Java run with them. */
    private static final List<String> JAVA_OPTIONS =
            List.of("-XX:MaxRAMPercentage=40", "-XX:+UseParallelGC", "-Xms64m", "-Djava.awt.headless=true");

    private final List<String> chosen;
    private final Map<String, String> pythons = new LinkedHashMap<>();
    private final Path torchWorker;
    private final String tunedNatives;

    /**
     * Asks each Python for its PyTorch.
     *
     * @param options      The options.
     * @param torchWorker  The worker's script.
     * @param tunedNatives The library with ND4J's natives that have oneDNN.
     * @throws IllegalArgumentException If a Python has no PyTorch, two have the same, or none is given and PyTorch or
     *                                  ONNX Runtime was asked for.
     */
    Peers(BenchmarkOptions options, Path torchWorker, String tunedNatives) throws IOException, InterruptedException {
        this.chosen = options.peers();
        this.torchWorker = torchWorker;
        this.tunedNatives = tunedNatives;
        for (String python : options.pythons()) {
            String name = PeerSpec.TORCH + "-" + torchVersion(python);
            if (pythons.putIfAbsent(name, python) != null) {
                throw new IllegalArgumentException(
                        "Both " + pythons.get(name) + " and " + python + " have " + name + "; one of them is enough");
            }
        }
        if (pythons.isEmpty() && (chosen.contains(PeerSpec.TORCH) || chosen.contains(PeerSpec.ONNX))) {
            throw new IllegalArgumentException("PyTorch, which also exports the models for ONNX Runtime, needs --python"
                    + " with an interpreter that has it; --peers dl4j,dl4j-tuned does without");
        }
    }

    private static String torchVersion(String python) throws IOException, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(python, "-c", "import torch; print(torch.__version__)")
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException exception) {
            throw new IllegalArgumentException(
                    "--python takes an interpreter with PyTorch, found '" + python + "', which does not start: "
                            + exception.getMessage(),
                    exception);
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        // Warnings may come before the version, a trace before an error; what follows a plus says how it was built.
        String version = output.lines().reduce((first, second) -> second).orElse("");
        if (process.waitFor() != 0) {
            throw new IllegalArgumentException("--python takes an interpreter with PyTorch, found '" + python
                    + "', which ends with exit code " + process.exitValue() + " when it imports torch"
                    + (version.isEmpty() ? "" : ": " + version));
        }
        if (!version.matches("[0-9A-Za-z.]+(\\+.*)?")) {
            throw new IllegalArgumentException("--python takes an interpreter with PyTorch, found '" + python
                    + "', which gives as version: '" + version + "'");
        }
        return version.replaceAll("\\+.*", "");
    }

    /** Our own engine. */
    PeerSpec ours() {
        // As ./grow does.
        return new PeerSpec(
                PeerSpec.OURS, PeerSpec.DEFAULT_LAYOUT, java("own", List.of(), ""), Map.of("GOMP_SPINCOUNT", "20000"));
    }

    /** The worker that exports models, a PyTorch. */
    PeerSpec exporter() {
        return torch(pythons.keySet().iterator().next(), PeerSpec.DEFAULT_LAYOUT);
    }

    /** Whether the cell needs an exported model. */
    boolean needsExport(Mode mode) {
        return mode == Mode.INFER && chosen.contains(PeerSpec.ONNX);
    }

    /** The engines of a cell, ours first. */
    List<PeerSpec> of(Cell cell) {
        List<PeerSpec> specs = new ArrayList<>(List.of(ours()));
        CellNetwork network = cell.network().network(cell.percent());
        if (chosen.contains(PeerSpec.STOCK) && network.inStockLayers()) {
            specs.add(new PeerSpec(PeerSpec.STOCK, PeerSpec.DEFAULT_LAYOUT, java("stock", List.of(), ""), Map.of()));
        }
        if (chosen.contains(PeerSpec.TUNED) && network.inStockLayers()) {
            specs.add(new PeerSpec(
                    PeerSpec.TUNED,
                    PeerSpec.DEFAULT_LAYOUT,
                    java(
                            "stock-tuned",
                            List.of(
                                    "-Dorg.eclipse.deeplearning4j.helpers.disable=false",
                                    "-Dorg.bytedeco.javacpp.platform.extension=-onednn-avx2"),
                            File.pathSeparator + tunedNatives),
                    Map.of()));
        }
        if (chosen.contains(PeerSpec.TORCH)) {
            for (String name : pythons.keySet()) {
                network.torchLayouts().forEach(layout -> specs.add(torch(name, layout)));
            }
        }
        if (needsExport(cell.mode())) {
            specs.add(new PeerSpec(PeerSpec.ONNX, PeerSpec.DEFAULT_LAYOUT, java("onnx", List.of(), ""), Map.of()));
        }
        return specs;
    }

    private PeerSpec torch(String name, String layout) {
        return new PeerSpec(name, layout, List.of(pythons.get(name), torchWorker.toString()), Map.of());
    }

    private static List<String> java(String kind, List<String> options, String classPathEnd) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JAVA_OPTIONS);
        String logging = System.getProperty("java.util.logging.config.file");
        if (logging != null) {
            command.add("-Djava.util.logging.config.file=" + logging);
        }
        command.addAll(options);
        command.addAll(
                List.of("-cp", System.getProperty("java.class.path") + classPathEnd, Worker.class.getName(), kind));
        return command;
    }
}
