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

package org.tribuogrowth.provenance.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.tribuogrowth.provenance.IntervalEvent;
import org.tribuogrowth.provenance.LedgerLine;
import org.tribuogrowth.provenance.Manifest;
import org.tribuogrowth.provenance.encoding.Json;
import org.tribuogrowth.provenance.encoding.RawLines;
import org.tribuogrowth.provenance.encoding.SafeText;

/**
 * Compares {@code metrics.jsonl} with the ledger, both read in step: it has one line for each interval of the ledger, with
 * the same epoch, step, parameters, multiply-adds, training loss and validation measure.
 */
final class MetricsCheck implements Consumer<LedgerLine>, AutoCloseable {
    private static final String FILE_NAME = "metrics.jsonl";

    /** Null if there is nothing to compare with. */
    private final RawLines metrics;

    private final boolean listed;
    private long intervals;
    private String problem;

    private MetricsCheck(RawLines metrics, boolean listed) {
        this.metrics = metrics;
        this.listed = listed;
    }

    /**
     * Opens the metrics of a run.
     *
     * @param folder   The run folder.
     * @param manifest Its manifest, or null. Metrics that it does not list are not looked at.
     * @return The check, to be given the ledger's lines.
     * @throws IOException If the file is there and cannot be opened.
     */
    static MetricsCheck of(Path folder, Manifest manifest) throws IOException {
        boolean listed = manifest != null && manifest.files().containsKey(FILE_NAME);
        Path file = folder.resolve(FILE_NAME);
        if (!listed || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return new MetricsCheck(null, listed);
        }
        InputStream input = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
        return new MetricsCheck(new RawLines(input), true);
    }

    @Override
    public void accept(LedgerLine line) {
        if (metrics == null || problem != null || !(line.event() instanceof IntervalEvent interval)) {
            return;
        }
        intervals++;
        try {
            compare(interval, metrics.next());
        } catch (IllegalArgumentException e) {
            problem = "line " + intervals + ", beside line " + (line.index() + 1) + " of the ledger: " + e.getMessage();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void compare(IntervalEvent interval, RawLines.RawLine line) {
        if (line == null || line.tooLong() || !line.terminated()) {
            throw new IllegalArgumentException(
                    line == null
                            ? "it is missing"
                            : line.tooLong() ? "longer than " + Json.MAX_BYTES + " bytes" : "without a line feed");
        }
        ObjectNode recorded = Json.read(line.bytes());
        require("epoch", interval.epoch(), recorded.get("epoch"));
        require("step", interval.step(), recorded.get("step"));
        require("parameters", interval.cost().parameters(), recorded.get("parameters"));
        require("multiplyAdds", interval.cost().multiplyAdds(), recorded.get("multiplyAdds"));
        requireNumber("trainingLoss", OptionalDouble.of(interval.trainingLoss()), recorded.get("trainingLoss"));
        requireNumber(interval.measureName(), interval.validation(), recorded.get(interval.measureName()));
    }

    private static void require(String name, long expected, JsonNode found) {
        if (found == null || !found.isIntegralNumber() || !found.canConvertToLong() || found.longValue() != expected) {
            throw new IllegalArgumentException(difference(name, Long.toString(expected), found));
        }
    }

    private static void requireNumber(String name, OptionalDouble expected, JsonNode found) {
        boolean same = found != null
                && (expected.isPresent()
                        ? found.isNumber() && found.doubleValue() == expected.getAsDouble()
                        : found.isNull());
        if (!same) {
            String recorded = expected.isPresent() ? Double.toString(expected.getAsDouble()) : "null";
            throw new IllegalArgumentException(difference(name, recorded, found));
        }
    }

    private static String difference(String name, String expected, JsonNode found) {
        return SafeText.clean(name, 80) + " is " + expected + " in the ledger, found "
                + (found == null ? "none" : SafeText.clean(found.toString(), 80));
    }

    /**
     * Says what was found.
     *
     * @param ledgerHolds Whether the ledger that was compared with holds.
     * @param report      Where the finding goes.
     * @throws IOException If the file cannot be read.
     */
    void report(boolean ledgerHolds, VerificationReport report) throws IOException {
        if (!listed) {
            return;
        }
        if (metrics == null || !ledgerHolds) {
            report.note(
                    "not compared",
                    FILE_NAME + " with the ledger: "
                            + (metrics == null ? "it is not there" : "the ledger does not hold"));
            return;
        }
        if (problem == null && metrics.peek() != null) {
            problem = "more lines than the ledger has intervals, which is " + intervals;
        }
        if (problem == null) {
            report.ok(
                    "metrics",
                    intervals + " lines of " + FILE_NAME + " have the epoch, step, parameters, multiply-adds, training"
                            + " loss and validation measure of the ledger's intervals");
        } else {
            report.failed("metrics", FILE_NAME + ": " + problem);
        }
    }

    @Override
    public void close() throws IOException {
        if (metrics != null) {
            metrics.close();
        }
    }
}
