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

/**
 * The result file of the machine's peak.
 *
 * @param threads How many threads computed.
 * @param extent  The extent of the square matrices.
 * @param seconds The time of each product.
 * @param machine Where it was measured.
 */
record PeakResult(int threads, int extent, List<Double> seconds, Machine machine) {
    /** Floating-point operations a second, by the median. */
    double operationsPerSecond() {
        return PeakProduct.operations(extent) / Spread.of(seconds).median();
    }

    /**
     * Reads a result.
     *
     * @param file The file.
     * @throws IOException              If it cannot be read.
     * @throws IllegalArgumentException If it is no whole result; the message names the file.
     */
    static PeakResult read(Path file) throws IOException {
        PeakResult result = Json.read(file, PeakResult.class);
        Json.check(result.threads > 0 && result.extent > 0, file, "threads and extent of at least 1");
        Json.check(Json.times(result.seconds), file, "seconds above 0");
        return result;
    }

    static String fileName(int threads) {
        return "peak-t" + threads + ".json";
    }
}
