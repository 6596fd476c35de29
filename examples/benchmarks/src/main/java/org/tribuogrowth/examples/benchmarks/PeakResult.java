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

    static String fileName(int threads) {
        return "peak-t" + threads + ".json";
    }
}
