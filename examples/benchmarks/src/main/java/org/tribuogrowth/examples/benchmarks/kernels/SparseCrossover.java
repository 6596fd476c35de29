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

package org.tribuogrowth.examples.benchmarks.kernels;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.tribuogrowth.kernel.AffineGeometry;
import org.tribuogrowth.kernel.ConvolutionGeometry;
import org.tribuogrowth.kernel.DenseGeometry;
import org.tribuogrowth.kernel.OneDnnKernels;
import org.tribuogrowth.kernel.SparseChoice;
import org.tribuogrowth.kernel.SparseLimit;

/**
 * Measures below which density a sparse product is faster than oneDNN's dense one, and prints what follows for {@link
 * SparseChoice}: its table, and for each {@link SparseLimit} the greatest constant with which no measured shape gets a
 * slower product.
 */
public final class SparseCrossover {
    private static final List<Integer> BATCHES = List.of(1, 2, 4, 8, 32, 128);
    private static final int LARGEST_BATCH = 65_536;

    private static final String HELP =
            """
            Measures below which density of the weights a sparse product is faster than the dense one, and prints the
            constants of SparseLimit that follow. OMP_NUM_THREADS sets the threads; the machine must have nothing else
            to do. About five minutes.

            Usage: examples/benchmarks/run sparse [options]

              --batches NUMBERS  batch sizes, joined by commas (default: 1,2,4,8,32,128)
              --help             shows this text

            Exit codes: 0 measured; 2 wrong usage.
            """;

    /**
     * A layer.
     *
     * @param name     What it is called in the table.
     * @param geometry Its shape for a batch size.
     */
    private record Layer(String name, IntFunction<AffineGeometry> geometry) {
        static Layer dense(int inputs, int outputs) {
            return new Layer(
                    String.format(Locale.ROOT, "dense %4d -> %4d", inputs, outputs),
                    batch -> new DenseGeometry(batch, inputs, outputs));
        }

        static Layer convolution(int inputs, int outputs, int extent, int kernel, int stride) {
            String place =
                    stride == 1 ? String.format(Locale.ROOT, " at %2dx%d", extent, extent) : ", stride " + stride;
            return new Layer(
                    String.format(Locale.ROOT, "%dx%d  %4d -> %3d%s", kernel, kernel, inputs, outputs, place),
                    batch -> new ConvolutionGeometry(
                            batch, extent, extent, inputs, outputs, kernel, stride, kernel / 2, 1));
        }
    }

    private static final List<Layer> LAYERS = List.of(
            Layer.dense(784, 300),
            Layer.dense(300, 100),
            Layer.dense(800, 500),
            Layer.dense(4096, 4096),
            Layer.convolution(16, 16, 32, 3, 1),
            Layer.convolution(64, 64, 16, 3, 1),
            Layer.convolution(128, 128, 8, 3, 1),
            Layer.convolution(256, 256, 8, 3, 1),
            Layer.convolution(512, 512, 4, 3, 1),
            Layer.convolution(64, 128, 16, 3, 2),
            Layer.convolution(64, 64, 16, 1, 1));

    /**
     * What was found of one layer and batch size.
     *
     * @param layer     The layer.
     * @param batch     The batch size.
     * @param limit     The constant that this bears on.
     * @param crossover The density at equal time.
     */
    record Finding(String layer, int batch, SparseLimit limit, double crossover) {
        double constant() {
            return limit.constantFor(crossover, batch);
        }
    }

    private SparseCrossover() {}

    /**
     * Measures and prints.
     *
     * @param words The options.
     */
    public static void main(String[] words) {
        List<Integer> batches;
        try {
            if (List.of(words).contains("--help")) {
                System.out.print(HELP);
                return;
            }
            batches = batches(List.of(words));
        } catch (IllegalArgumentException exception) {
            System.err.println("run sparse: " + exception.getMessage());
            System.exit(2);
            return;
        }
        System.out.println(OneDnnKernels.instance().describe());
        System.out.println("microseconds; sparse at densities " + SparseTimes.densities());
        List<Finding> findings = new ArrayList<>();
        for (Layer layer : LAYERS) {
            for (int batch : batches) {
                findings.add(measure(layer, batch));
            }
        }
        System.out.println();
        System.out.println(table(findings));
        System.out.println(constants(findings));
    }

    /** Reads the options. */
    static List<Integer> batches(List<String> words) {
        if (words.isEmpty()) {
            return BATCHES;
        }
        if (!words.get(0).equals("--batches")) {
            throw new IllegalArgumentException("There is no option " + words.get(0) + "; --help lists them");
        }
        if (words.size() != 2) {
            throw new IllegalArgumentException("--batches needs one value, found " + (words.size() - 1));
        }
        return Arrays.stream(words.get(1).split(",", -1))
                .map(SparseCrossover::batch)
                .distinct()
                .sorted()
                .toList();
    }

    private static int batch(String text) {
        if (text.matches("\\d{1,5}")) {
            int batch = Integer.parseInt(text);
            if (batch >= 1 && batch <= LARGEST_BATCH) {
                return batch;
            }
        }
        throw new IllegalArgumentException("The value of --batches is whole numbers from 1 to " + LARGEST_BATCH
                + ", joined by commas, found '" + text + "'");
    }

    private static Finding measure(Layer layer, int batch) {
        AffineGeometry geometry = layer.geometry().apply(batch);
        SparseTimes times = SparseTimes.of(geometry);
        Finding finding = new Finding(layer.name(), batch, SparseLimit.of(geometry), times.crossover());
        System.out.println(
                String.format(Locale.ROOT, "%-28s batch %3d dense %9.1f sparse", layer.name(), batch, times.dense())
                        + times.sparse().stream()
                                .map(time -> String.format(Locale.ROOT, " %9.1f", time))
                                .collect(Collectors.joining())
                        + String.format(
                                Locale.ROOT,
                                "  crossover %.3f, rule %.3f",
                                finding.crossover(),
                                SparseChoice.densityLimit(geometry)));
        return finding;
    }

    /** The densities at equal time, a line a layer, a column a batch size. */
    static String table(List<Finding> findings) {
        StringBuilder text = new StringBuilder("Densities at equal time, at batch sizes ")
                .append(findings.stream().map(Finding::batch).distinct().toList())
                .append('\n');
        String last = "";
        for (Finding finding : findings) {
            if (!finding.layer().equals(last)) {
                text.append(String.format(Locale.ROOT, "%n%-28s", finding.layer()));
                last = finding.layer();
            }
            text.append(String.format(Locale.ROOT, "  %.3f", finding.crossover()));
        }
        return text.append('\n').toString();
    }

    /** For each case the constant that follows, rounded down, and the shape that decides it. */
    static String constants(List<Finding> findings) {
        Map<SparseLimit, List<Finding>> cases = findings.stream()
                .collect(Collectors.groupingBy(
                        Finding::limit, () -> new EnumMap<>(SparseLimit.class), Collectors.toList()));
        StringBuilder text =
                new StringBuilder("Constants for SparseLimit with which no measured shape gets a slower product\n\n");
        cases.forEach(
                (limit, members) -> text.append(limit == SparseLimit.NEVER ? never(members) : line(limit, members)));
        return text.toString();
    }

    private static String line(SparseLimit limit, List<Finding> members) {
        List<Finding> sorted =
                members.stream().sorted(Comparator.comparing(Finding::constant)).toList();
        Finding least = sorted.get(0);
        return String.format(
                Locale.ROOT,
                "%-24s %.3f  decided by %s, batch %d; median of %d shapes and batch sizes %.3f%n",
                limit,
                Math.floor(1000 * least.constant()) / 1000,
                least.layer().replaceAll(" +", " "),
                least.batch(),
                sorted.size(),
                sorted.get(sorted.size() / 2).constant());
    }

    private static String never(List<Finding> members) {
        return String.format(
                Locale.ROOT,
                "%-24s 0      stays; the greatest density at equal time is %.3f%n",
                SparseLimit.NEVER,
                members.stream().mapToDouble(Finding::crossover).max().orElseThrow());
    }
}
