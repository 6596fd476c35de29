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

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * What the command line asks for.
 *
 * @param help          Whether it asks for help only.
 * @param output        The folder of the results.
 * @param pythons       The Python interpreters that have PyTorch.
 * @param networks      The networks.
 * @param percents      The widths in percent.
 * @param threads       The numbers of threads.
 * @param modes         What a step is.
 * @param batches       The batch sizes; if empty, those of the network and mode.
 * @param peers         The names of the engines besides ours.
 * @param rounds        The number of rounds.
 * @param blockSeconds  How long an engine computes in a round.
 * @param warmUpSeconds How long an engine computes before.
 */
record BenchmarkOptions(
        boolean help,
        Path output,
        List<String> pythons,
        List<BenchmarkNetwork> networks,
        List<Integer> percents,
        List<Integer> threads,
        Set<Mode> modes,
        List<Integer> batches,
        List<String> peers,
        int rounds,
        double blockSeconds,
        double warmUpSeconds) {
    static final String HELP =
            """
            Times training steps and inference of this project's engine beside other engines, on the same networks,
            weights and batches, in turns. Finished cells are not repeated.

            Usage: examples/benchmarks/run peers [options]

              --python FILE        a Python with PyTorch; repeatable, one for each version to compare with. The first
                                   one also exports the models for ONNX Runtime
              --networks NAMES     which networks, joined by commas (default: all)
              --widths PERCENTS    which widths (default: 100,50,25,10)
              --threads NUMBERS    how many threads (default: 1,2)
              --modes MODES        train, infer or both (default: train,infer)
              --batches NUMBERS    batch sizes (default: those of the network for training; 1 and 128 for inference)
              --peers NAMES        which other engines: dl4j, dl4j-tuned, pytorch, onnxruntime (default: all)
              --rounds N           how many rounds (default: 7)
              --block-seconds S    how long each engine computes in a round (default: 1)
              --warm-up-seconds S  how long each engine computes before (default: 3)
              --output FOLDER      where results go (default: runs/benchmarks)
              --quick              a smoke test of a minute or two: three small networks, small batches, one thread;
                                   its times mean nothing. Options after it change it. Results go to
                                   runs/benchmarks-quick
              --help               shows this text

            Networks: %s

            Exit codes: 0 measured; 1 an engine of ours failed or engines do not compute the same; 2 wrong usage, or a file
            that cannot be read or written.
            """;

    private static final List<String> PEERS = List.of(PeerSpec.STOCK, PeerSpec.TUNED, PeerSpec.TORCH, PeerSpec.ONNX);

    private static final BenchmarkOptions DEFAULTS = new BenchmarkOptions(
            false,
            Path.of("runs", "benchmarks"),
            List.of(),
            List.of(BenchmarkNetwork.values()),
            List.of(100, 50, 25, 10),
            List.of(1, 2),
            EnumSet.allOf(Mode.class),
            List.of(),
            PEERS,
            7,
            1.0,
            3.0);

    private static final BenchmarkOptions QUICK = new BenchmarkOptions(
            false,
            Path.of("runs", "benchmarks-quick"),
            List.of(),
            List.of(BenchmarkNetwork.LENET_300_100, BenchmarkNetwork.LENET_5, BenchmarkNetwork.RESNET_20),
            List.of(100),
            List.of(1),
            EnumSet.allOf(Mode.class),
            List.of(8),
            PEERS,
            3,
            0.1,
            0.1);

    /**
     * Reads the command line.
     *
     * @param words Options and their values.
     * @return What they ask for.
     * @throws IllegalArgumentException If an option or a value is not known; the message says what is allowed.
     */
    static BenchmarkOptions parse(List<String> words) {
        BenchmarkOptions options = words.contains("--quick") ? QUICK : DEFAULTS;
        Reader reader = new Reader(options);
        for (int i = 0; i < words.size(); i++) {
            String option = words.get(i);
            switch (option) {
                case "--help" -> reader.help = true;
                case "--quick" -> {
                    // Read above: what it sets, other options change.
                }
                default -> {
                    if (!option.startsWith("--")) {
                        throw new IllegalArgumentException("Found '" + option + "' where an option should be");
                    }
                    if (i + 1 == words.size()) {
                        throw new IllegalArgumentException("The option " + option + " needs a value, or is unknown");
                    }
                    i++;
                    reader.set(option, words.get(i));
                }
            }
        }
        return reader.options();
    }

    /** The options as read so far. */
    private static final class Reader {
        private boolean help;
        private Path output;
        private final List<String> pythons = new ArrayList<>();
        private List<BenchmarkNetwork> networks;
        private List<Integer> percents;
        private List<Integer> threads;
        private Set<Mode> modes;
        private List<Integer> batches;
        private List<String> peers;
        private int rounds;
        private double blockSeconds;
        private double warmUpSeconds;

        Reader(BenchmarkOptions start) {
            output = start.output;
            networks = start.networks;
            percents = start.percents;
            threads = start.threads;
            modes = start.modes;
            batches = start.batches;
            peers = start.peers;
            rounds = start.rounds;
            blockSeconds = start.blockSeconds;
            warmUpSeconds = start.warmUpSeconds;
        }

        void set(String option, String value) {
            switch (option) {
                case "--python" -> pythons.add(value);
                case "--networks" -> networks = list(value, BenchmarkNetwork::of);
                case "--widths" -> percents = list(value, text -> whole(option, text, 1, 100));
                case "--threads" -> threads = list(value, text -> whole(option, text, 1, 1024));
                case "--modes" -> modes = EnumSet.copyOf(list(value, Mode::of));
                case "--batches" -> batches = list(value, text -> whole(option, text, 1, 65536));
                case "--peers" -> peers = list(value, BenchmarkOptions::peer);
                case "--rounds" -> rounds = whole(option, value, 1, 1000);
                case "--block-seconds" -> blockSeconds = seconds(option, value);
                case "--warm-up-seconds" -> warmUpSeconds = seconds(option, value);
                case "--output" -> output = Path.of(value);
                default -> throw new IllegalArgumentException("There is no option " + option + "; --help lists them");
            }
        }

        BenchmarkOptions options() {
            return new BenchmarkOptions(
                    help,
                    output,
                    List.copyOf(pythons),
                    networks,
                    percents,
                    threads,
                    modes,
                    batches,
                    peers,
                    rounds,
                    blockSeconds,
                    warmUpSeconds);
        }
    }

    private static <T> List<T> list(String value, Function<String, T> element) {
        // An empty word is an element too, and refused as one.
        return Arrays.stream(value.split(",", -1)).map(element).distinct().toList();
    }

    private static String peer(String name) {
        if (!PEERS.contains(name)) {
            throw new IllegalArgumentException(
                    "There is no engine '" + name + "'; allowed are " + String.join(", ", PEERS));
        }
        return name;
    }

    private static int whole(String option, String text, int low, int high) {
        try {
            int value = Integer.parseInt(text);
            if (value >= low && value <= high) {
                return value;
            }
        } catch (NumberFormatException exception) {
            // Told below.
        }
        throw new IllegalArgumentException(
                "The value of " + option + " is a whole number from " + low + " to " + high + ", found '" + text + "'");
    }

    private static double seconds(String option, String text) {
        try {
            double value = Double.parseDouble(text);
            if (value > 0.0 && value <= 3600.0) {
                return value;
            }
        } catch (NumberFormatException exception) {
            // Told below.
        }
        throw new IllegalArgumentException(
                "The value of " + option + " is a number of seconds above 0 and at most 3600, found '" + text + "'");
    }

    /** All cells, those that share data next to each other. */
    List<Cell> cells() {
        List<Cell> cells = new ArrayList<>();
        for (BenchmarkNetwork network : networks) {
            for (int percent : percents) {
                for (int batch : batches(network)) {
                    for (Mode mode : modes) {
                        if (batches.isEmpty() && !network.batches(mode).contains(batch)) {
                            continue;
                        }
                        for (int thread : threads) {
                            cells.add(new Cell(mode, network, percent, batch, thread));
                        }
                    }
                }
            }
        }
        return cells;
    }

    private Iterable<Integer> batches(BenchmarkNetwork network) {
        Set<Integer> all = new TreeSet<>(batches);
        if (batches.isEmpty()) {
            modes.forEach(mode -> all.addAll(network.batches(mode)));
        }
        return all;
    }

    /** Prints a line for the user. */
    void say(String line) {
        System.out.println(line);
    }
}
