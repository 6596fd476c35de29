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

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** The tables that results are made into. A ratio above 1 says that our engine is faster. */
final class ResultTables {
    /** Above this part of a step, the pass that times operations was disturbed by writing their times down. */
    private static final double DISTURBED = 1.2;

    private static final String NOTHING = "Not measured yet.";
    private static final String MISSING = "-";
    private static final int FULL = 100;
    private static final double MEGA = 1024.0 * 1024.0;

    private final List<CellResult> results;
    private final Map<Integer, PeakResult> peaks;

    /**
     * Sorts the results.
     *
     * @param results The cells' results.
     * @param peaks   The machine's peak by number of threads.
     */
    ResultTables(List<CellResult> results, Map<Integer, PeakResult> peaks) {
        this.results = results.stream()
                .sorted(Comparator.comparing((CellResult result) -> BenchmarkNetwork.of(result.network()))
                        .thenComparing(CellResult::batch)
                        .thenComparing(CellResult::threads)
                        .thenComparing(CellResult::percent, Comparator.reverseOrder()))
                .toList();
        this.peaks = peaks;
    }

    /** Times at full width beside every other engine. */
    String times(Mode mode) {
        List<CellResult> cells = of(mode, FULL);
        if (cells.isEmpty()) {
            return NOTHING;
        }
        List<String> engines = engines(cells);
        List<String> header =
                new ArrayList<>(List.of("network", "batch", "threads", "ms", "GFLOP/s", "of peak", "operations"));
        engines.forEach(engine -> header.add(title(engine)));
        MarkdownTable table = new MarkdownTable(header);
        for (CellResult cell : cells) {
            CellResult.PeerResult ours = ours(cell);
            double speed = cell.operationsPerStep() / ours.medianSeconds();
            List<String> row = new ArrayList<>(List.of(
                    title(cell),
                    Integer.toString(cell.batch()),
                    Integer.toString(cell.threads()),
                    milliseconds(ours.medianSeconds()),
                    format("%.1f", speed * 1e-9),
                    Optional.ofNullable(peaks.get(cell.threads()))
                            .map(peak -> percent(speed / peak.operationsPerSecond()))
                            .orElse(MISSING),
                    operationsPart(cell, ours)));
            engines.forEach(engine -> row.add(ratio(cell, engine)));
            table.add(row);
        }
        return table.toString();
    }

    /** The part of a step that is spent in operations, unless writing their times down took longer than they did. */
    private static String operationsPart(CellResult cell, CellResult.PeerResult ours) {
        double part = operationSum(cell) / ours.medianSeconds();
        return cell.operationSeconds().isEmpty() || part > DISTURBED ? MISSING : percent(part);
    }

    /** What narrower networks gain in multiply-adds and in time. */
    String widths(Mode mode) {
        MarkdownTable table = new MarkdownTable(List.of(
                "network",
                "batch",
                "threads",
                "width",
                "multiply-adds, full / this",
                "our time, full / this",
                "best PyTorch's time, full / this",
                "best PyTorch / ours at this width"));
        int rows = 0;
        for (CellResult cell : results) {
            if (!cell.mode().equals(mode.text()) || cell.percent() == FULL) {
                continue;
            }
            Optional<CellResult> full = of(mode, FULL).stream()
                    .filter(other -> other.network().equals(cell.network())
                            && other.batch() == cell.batch()
                            && other.threads() == cell.threads())
                    .findFirst();
            if (full.isEmpty()) {
                continue;
            }
            Optional<CellResult.PeerResult> torch = best(cell, PeerSpec.TORCH);
            Optional<CellResult.PeerResult> fullTorch = best(full.get(), PeerSpec.TORCH);
            table.add(List.of(
                    title(cell),
                    Integer.toString(cell.batch()),
                    Integer.toString(cell.threads()),
                    cell.percent() + " %",
                    format("%.1f", (double) full.get().multiplyAdds() / cell.multiplyAdds()),
                    format("%.1f", ours(full.get()).medianSeconds() / ours(cell).medianSeconds()),
                    torch.isPresent() && fullTorch.isPresent()
                            ? format(
                                    "%.1f",
                                    fullTorch.get().medianSeconds()
                                            / torch.get().medianSeconds())
                            : MISSING,
                    torch.map(peer -> spread(peer, cell)).orElse(MISSING)));
            rows++;
        }
        return rows == 0 ? NOTHING : table.toString();
    }

    /** The peak resident size of training processes at full width. */
    String memory() {
        List<CellResult> cells = of(Mode.TRAIN, FULL);
        if (cells.isEmpty()) {
            return NOTHING;
        }
        List<String> engines = engines(cells);
        List<String> header = new ArrayList<>(List.of("network", "batch", "threads", "ours"));
        engines.forEach(engine -> header.add(title(engine)));
        MarkdownTable table = new MarkdownTable(header);
        for (CellResult cell : cells) {
            List<String> row = new ArrayList<>(List.of(
                    title(cell),
                    Integer.toString(cell.batch()),
                    Integer.toString(cell.threads()),
                    format("%.0f", ours(cell).peakResidentBytes() / MEGA)));
            for (String engine : engines) {
                row.add(cell.peers().stream()
                        .filter(peer -> peer.name().equals(engine) && peer.available())
                        .min(Comparator.comparing(CellResult.PeerResult::peakResidentBytes))
                        .map(peer -> format("%.0f", peer.peakResidentBytes() / MEGA) + layoutMark(peer))
                        .orElse(MISSING));
            }
            table.add(row);
        }
        return table.toString();
    }

    /** Where our training steps spend their time. */
    String operations() {
        List<CellResult> cells = of(Mode.TRAIN, FULL).stream()
                .filter(cell -> !cell.operationSeconds().isEmpty())
                .toList();
        if (cells.isEmpty()) {
            return NOTHING;
        }
        TreeSet<String> kinds = new TreeSet<>();
        cells.forEach(cell -> kinds.addAll(cell.operationSeconds().keySet()));
        List<String> header = new ArrayList<>(List.of("network", "batch", "threads", "ms"));
        kinds.forEach(kind -> header.add(kind.replace('_', ' ')));
        header.add("outside of operations");
        MarkdownTable table = new MarkdownTable(header);
        for (CellResult cell : cells) {
            double step = ours(cell).medianSeconds();
            List<String> row = new ArrayList<>(List.of(
                    title(cell), Integer.toString(cell.batch()), Integer.toString(cell.threads()), milliseconds(step)));
            for (String kind : kinds) {
                Double seconds = cell.operationSeconds().get(kind);
                row.add(seconds == null ? MISSING : percent(seconds / step));
            }
            row.add(percent(1.0 - operationSum(cell) / step));
            table.add(row);
        }
        return table.toString();
    }

    /** What was measured where. */
    String machine() {
        if (results.isEmpty()) {
            return NOTHING;
        }
        TreeMap<String, String> engines = new TreeMap<>();
        for (CellResult cell : results) {
            cell.peers().stream()
                    .filter(CellResult.PeerResult::available)
                    .forEach(peer -> engines.putIfAbsent(title(peer.name()), peer.engine()));
        }
        List<String> lines = new ArrayList<>();
        results.stream()
                .map(cell -> cell.machine().processor() + ", " + cell.machine().cores() + " processors, "
                        + cell.machine().system())
                .distinct()
                .forEach(machine -> lines.add("* machine: " + machine));
        peaks.values()
                .forEach(peak -> lines.add(format(
                        "* peak at %d %s: %.0f GFLOP/s",
                        peak.threads(),
                        peak.threads() == 1 ? "thread" : "threads",
                        peak.operationsPerSecond() * 1e-9)));
        engines.forEach((name, engine) -> lines.add("* " + name + ": " + engine));
        lines.add(format(
                "* all cells together: %.1f hours",
                results.stream().mapToDouble(CellResult::wallSeconds).sum() / 3600.0));
        for (CellResult cell : results) {
            cell.peers().stream()
                    .filter(peer -> !peer.available())
                    .forEach(peer -> lines.add("* not measured: " + title(peer.name()) + layoutMark(peer) + " on "
                            + title(cell) + " at " + cell.percent() + " % (" + cell.mode() + ", batch " + cell.batch()
                            + ", threads " + cell.threads() + ")"));
        }
        return String.join("\n", lines);
    }

    private List<CellResult> of(Mode mode, int percent) {
        return results.stream()
                .filter(result -> result.mode().equals(mode.text()) && result.percent() == percent)
                .toList();
    }

    private static List<String> engines(List<CellResult> cells) {
        return cells.stream()
                .flatMap(cell -> cell.peers().stream())
                .map(CellResult.PeerResult::name)
                .filter(name -> !name.equals(PeerSpec.OURS))
                .distinct()
                .sorted(Comparator.reverseOrder())
                .toList();
    }

    private static CellResult.PeerResult ours(CellResult cell) {
        return cell.peers().stream()
                .filter(peer -> peer.name().equals(PeerSpec.OURS))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("A result of " + cell.network() + " lacks our own time"));
    }

    /** The fastest of the engines, or layouts of one engine, whose name begins so. */
    private static Optional<CellResult.PeerResult> best(CellResult cell, String name) {
        return cell.peers().stream()
                .filter(peer -> peer.available() && peer.name().startsWith(name))
                .min(Comparator.comparing(CellResult.PeerResult::medianSeconds));
    }

    private static String ratio(CellResult cell, String engine) {
        return cell.peers().stream()
                .filter(peer -> peer.available() && peer.name().equals(engine))
                .min(Comparator.comparing(CellResult.PeerResult::medianSeconds))
                .map(peer -> spread(peer, cell))
                .orElse(MISSING);
    }

    private static String spread(CellResult.PeerResult peer, CellResult cell) {
        Spread ratio = Spread.ofRatios(peer.secondsPerStep(), ours(cell).secondsPerStep());
        return format("%.2f (%.2f to %.2f)", ratio.median(), ratio.low(), ratio.high()) + layoutMark(peer);
    }

    private static String layoutMark(CellResult.PeerResult peer) {
        return switch (peer.layout()) {
            case PeerSpec.CHANNELS_LAST -> " cl";
            case PeerSpec.BATCH_FIRST -> " bf";
            default -> "";
        };
    }

    private static double operationSum(CellResult cell) {
        return cell.operationSeconds().values().stream()
                .mapToDouble(Double::doubleValue)
                .sum();
    }

    private static String title(CellResult cell) {
        return BenchmarkNetwork.of(cell.network()).title();
    }

    private static String title(String engine) {
        return switch (engine) {
            case PeerSpec.OURS -> "ours";
            case PeerSpec.STOCK -> "stock DL4J";
            case PeerSpec.TUNED -> "stock DL4J, tuned";
            case PeerSpec.ONNX -> "ONNX Runtime";
            default -> engine.replace(PeerSpec.TORCH + "-", "PyTorch ");
        };
    }

    private static String milliseconds(double seconds) {
        double milliseconds = 1e3 * seconds;
        return format(milliseconds < 10 ? "%.2f" : milliseconds < 100 ? "%.1f" : "%.0f", milliseconds);
    }

    private static String percent(double fraction) {
        return format("%.0f %%", 100 * fraction);
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }

    /** The names of all tables with their text, as the page's comments have them. */
    Map<String, String> all() {
        return Map.of(
                "benchmark machine", machine(),
                "benchmark training", times(Mode.TRAIN),
                "benchmark inference", times(Mode.INFER),
                "benchmark training widths", widths(Mode.TRAIN),
                "benchmark inference widths", widths(Mode.INFER),
                "benchmark memory", memory(),
                "benchmark operations", operations());
    }
}
