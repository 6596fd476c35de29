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

package org.tribuogrowth.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.tribuogrowth.GrownModel;
import org.tribuogrowth.GrowthModel;
import org.tribuogrowth.OnnxExporter;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.compare.FileSize;
import org.tribuogrowth.compare.InferenceClock;
import org.tribuogrowth.compare.Latency;
import org.tribuogrowth.export.OnnxVerifier;

/**
 * What the compact network takes on disk and in time, beside the dense reference with fresh parameters. Times are those of
 * one prediction at a time on this machine as it is, without the conversion of features and outputs.
 *
 * @param files     The files of the model.
 * @param latencies What predicted.
 */
record RunSizes(List<Sizes> files, List<Times> latencies) {
    /** A dense reference with more parameters is not written to be measured: that would take long. */
    static final long MOST_PARAMETERS = 5_000_000;

    private static final double WARM_UP_SECONDS = 0.1;
    private static final double TIMED_SECONDS = 0.25;
    private static final String NOT_MEASURED = "-";

    /**
     * The sizes of a file.
     *
     * @param file    Its name.
     * @param compact Of the compact network.
     * @param dense   Of the dense reference, empty if that was not measured.
     */
    record Sizes(String file, FileSize compact, Optional<FileSize> dense) {}

    /**
     * The latency of one prediction.
     *
     * @param name    What predicted, as a key.
     * @param engine  What predicted, for people.
     * @param compact Of the compact network.
     * @param dense   Of the dense reference.
     */
    record Times(String name, String engine, Latency compact, Latency dense) {}

    /**
     * Measures a model.
     *
     * @param folder  The run folder, in which the model's files are.
     * @param model   The model.
     * @param exports What was written besides the model.
     * @return The sizes and times.
     */
    static RunSizes of(RunFolder folder, GrownModel model, List<ExportOutcome> exports) {
        boolean onnx = written(exports, RunFolder.ONNX);
        List<Sizes> files = new ArrayList<>();
        List<Times> latencies = new ArrayList<>();
        InferenceClock clock = new InferenceClock(WARM_UP_SECONDS, TIMED_SECONDS);
        try (GrownModel dense = model.untrainedDenseReference()) {
            byte[] denseOnnx = onnx ? onnx(dense) : new byte[0];
            boolean small = dense.cost().parameters() <= MOST_PARAMETERS;
            files.add(sizes(
                    folder, RunFolder.MODEL, small, () -> dense.serialize().toByteArray()));
            if (onnx) {
                files.add(sizes(folder, RunFolder.ONNX, small, () -> denseOnnx));
            }
            if (written(exports, RunFolder.DL4J)) {
                files.add(sizes(folder, RunFolder.DL4J, small, () -> dense.dl4jExporter()
                        .bytes()));
            }
            latencies.add(new Times("tribuoGrowth", InferenceClock.engine(), clock.single(model), clock.single(dense)));
            if (onnx) {
                latencies.add(new Times(
                        "onnxRuntime",
                        "ONNX Runtime, threads as it chooses",
                        latency(clock, model, bytes(folder, RunFolder.ONNX)),
                        latency(clock, dense, denseOnnx)));
            }
        }
        return new RunSizes(files, latencies);
    }

    private static boolean written(List<ExportOutcome> exports, String file) {
        return exports.stream()
                .anyMatch(outcome ->
                        outcome.file().equals(file) && outcome.failure().isEmpty());
    }

    private static byte[] onnx(GrownModel model) {
        return model.exportONNXModel(OnnxExporter.DOMAIN, 0).toByteArray();
    }

    private static byte[] bytes(RunFolder folder, String file) {
        try {
            return Files.readAllBytes(folder.file(file));
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    private static Sizes sizes(RunFolder folder, String file, boolean withDense, Supplier<byte[]> dense) {
        try {
            return new Sizes(
                    file,
                    FileSize.of(folder.file(file)),
                    withDense ? Optional.of(FileSize.of(dense.get())) : Optional.empty());
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    private static Latency latency(InferenceClock clock, GrownModel model, byte[] onnx) {
        try (OnnxVerifier runtime = new OnnxVerifier(onnx, model.onnxExporter().signature())) {
            if (model instanceof GrowthModel<?> growth) {
                float[] example = InferenceClock.values(growth.getFeatureIDMap().size());
                return clock.time(() -> runtime.run(example, 1));
            }
            Shape input = model.architecture().input();
            float[] example = InferenceClock.example(input, 1);
            int[] lengths = {input.positions()};
            return clock.time(() -> runtime.run(example, lengths));
        }
    }

    /** Two tables, each with a line to head it. */
    String text() {
        List<List<String>> sizes = new ArrayList<>();
        sizes.add(List.of("bytes", "compact", "gzip", "dense", "gzip"));
        for (Sizes file : files) {
            sizes.add(List.of(
                    file.file(),
                    Text.count(file.compact().bytes()),
                    Text.count(file.compact().gzipBytes()),
                    file.dense().map(FileSize::bytes).map(Text::count).orElse(NOT_MEASURED),
                    file.dense().map(FileSize::gzipBytes).map(Text::count).orElse(NOT_MEASURED)));
        }
        List<List<String>> times = new ArrayList<>();
        times.add(List.of("one prediction, ms", "compact P50", "P90", "P99", "dense P50", "P90", "P99"));
        for (Times latency : latencies) {
            List<String> row = new ArrayList<>(List.of(latency.engine()));
            for (Latency found : List.of(latency.compact(), latency.dense())) {
                row.add(milliseconds(found.median()));
                row.add(milliseconds(found.ninetieth()));
                row.add(milliseconds(found.ninetyNinth()));
            }
            times.add(row);
        }
        return Text.table(sizes) + "\n" + Text.table(times);
    }

    private static String milliseconds(double seconds) {
        return String.format(Locale.ROOT, "%.3f", 1e3 * seconds);
    }

    /** The content for {@value RunFolder#EVALUATION}. */
    Map<String, Object> json() {
        Map<String, Object> sizes = new LinkedHashMap<>();
        for (Sizes file : files) {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("bytes", file.compact().bytes());
            object.put("gzipBytes", file.compact().gzipBytes());
            object.put("denseBytes", file.dense().map(FileSize::bytes).orElse(null));
            object.put("denseGzipBytes", file.dense().map(FileSize::gzipBytes).orElse(null));
            sizes.put(file.file(), object);
        }
        Map<String, Object> times = new LinkedHashMap<>();
        for (Times latency : latencies) {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("engine", latency.engine());
            object.put("compact", latency.compact().json());
            object.put("dense", latency.dense().json());
            times.put(latency.name(), object);
        }
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("files", sizes);
        object.put("latency", times);
        return object;
    }
}
