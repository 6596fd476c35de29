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
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * The result file of the ledger benchmark.
 *
 * @param network      The network whose structure the events change.
 * @param java         The Java machine.
 * @param heapBytes    The most heap that it could take.
 * @param rows         What was measured.
 * @param machine      Where it was measured.
 */
record LedgerResult(String network, String java, long heapBytes, List<Row> rows, Machine machine) {
    /** The result's file name. */
    static final String FILE_NAME = "ledger.json";

    private static final double MEGABYTE = 1 << 20;

    /**
     * One measurement.
     *
     * @param what             What was done.
     * @param events           To how many events.
     * @param fileBytes        The size of their ledger.
     * @param seconds          How long it took; of writing, without making the events.
     * @param processorSeconds How long the thread computed of that, which other programs on the machine change less.
     * @param heapBytes        The most heap in use after a collection.
     */
    record Row(String what, long events, long fileBytes, double seconds, double processorSeconds, long heapBytes) {
        /** The events of a second. */
        double rate() {
            return events / seconds;
        }
    }

    /** The measurements as a table for a page. */
    String table() {
        MarkdownTable table = new MarkdownTable(
                List.of("what", "events", "ledger, MB", "seconds", "events/s", "processor seconds", "heap, MB"));
        for (Row row : rows) {
            table.add(List.of(
                    row.what(),
                    String.format(Locale.ROOT, "%,d", row.events()),
                    String.format(Locale.ROOT, "%.1f", row.fileBytes() / MEGABYTE),
                    String.format(Locale.ROOT, "%.1f", row.seconds()),
                    String.format(Locale.ROOT, "%,.0f", row.rate()),
                    String.format(Locale.ROOT, "%.1f", row.processorSeconds()),
                    String.format(Locale.ROOT, "%.1f", row.heapBytes() / MEGABYTE)));
        }
        return table.toString();
    }

    /**
     * Reads a result.
     *
     * @param file The file.
     * @throws IOException              If it cannot be read.
     * @throws IllegalArgumentException If it is no whole result; the message names the file.
     */
    static LedgerResult read(Path file) throws IOException {
        LedgerResult result = Json.read(file, LedgerResult.class);
        Json.check(result.rows != null && !result.rows.isEmpty(), file, "rows");
        Json.check(Json.times(result.rows.stream().map(Row::seconds).toList()), file, "seconds above 0");
        return result;
    }
}
