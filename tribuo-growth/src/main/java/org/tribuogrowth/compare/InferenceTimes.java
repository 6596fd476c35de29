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

package org.tribuogrowth.compare;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How fast a compact network predicts, without the conversion of features and outputs.
 *
 * @param engine           What computed: kernels, their version, threads.
 * @param singleMedian     The median time of one prediction at batch size 1, in seconds.
 * @param singleNinetieth  The 90th percentile of it, in seconds.
 * @param singleCount      How many predictions were timed.
 * @param batchSize        The examples in a large batch.
 * @param batchMedian      The median time of a large batch, in seconds.
 * @param batchCount       How many large batches were timed.
 */
public record InferenceTimes(
        String engine,
        double singleMedian,
        double singleNinetieth,
        int singleCount,
        int batchSize,
        double batchMedian,
        int batchCount) {
    /** Checks that times are positive. */
    public InferenceTimes {
        if (!(singleMedian > 0.0) || !(singleNinetieth >= singleMedian) || !(batchMedian > 0.0)) {
            throw new IllegalArgumentException(
                    "Times must be above 0 and the median at most the 90th percentile, found " + singleMedian + ", "
                            + singleNinetieth + " and " + batchMedian);
        }
        if (singleCount < 1 || batchCount < 1 || batchSize < 1) {
            throw new IllegalArgumentException("Counts must be at least 1, found " + singleCount + ", " + batchCount
                    + " and batch size " + batchSize);
        }
    }

    /**
     * Examples a second in large batches.
     *
     * @return The batch size over the median time of a batch.
     */
    public double examplesPerSecond() {
        return batchSize / batchMedian;
    }

    /**
     * The content of {@value RunReader#TIMING}.
     *
     * @return A JSON object, which {@link RunReader} reads.
     */
    public Map<String, Object> json() {
        Map<String, Object> single = new LinkedHashMap<>();
        single.put("count", singleCount);
        single.put("medianSeconds", singleMedian);
        single.put("ninetiethPercentileSeconds", singleNinetieth);
        Map<String, Object> batch = new LinkedHashMap<>();
        batch.put("size", batchSize);
        batch.put("count", batchCount);
        batch.put("medianSeconds", batchMedian);
        batch.put("examplesPerSecond", examplesPerSecond());
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("engine", engine);
        object.put("single", single);
        object.put("batch", batch);
        return object;
    }
}
