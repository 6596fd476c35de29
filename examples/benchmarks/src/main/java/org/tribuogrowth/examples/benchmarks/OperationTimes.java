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

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.bytedeco.dnnl.global.dnnl;

/** What oneDNN says about the times of its operations. */
final class OperationTimes {
    /** The name that lines begin with has changed between versions of oneDNN. */
    private static final Pattern EXECUTED = Pattern.compile("(onednn|dnnl)_verbose,exec,.*");

    private static final int KIND = 3;
    private static final int PROPAGATION = 5;
    private static final int FEWEST_FIELDS = 8;

    private OperationTimes() {}

    /** Does steps with oneDNN printing a line for each operation. */
    static void profile(Peer peer, int steps) throws Exception {
        dnnl.dnnl_set_verbose(1);
        try {
            for (int i = 0; i < steps; i++) {
                peer.step();
            }
        } finally {
            dnnl.dnnl_set_verbose(0);
        }
    }

    /**
     * Sums up what oneDNN printed.
     *
     * @param lines The lines; those that are no times of operations are passed over.
     * @return Seconds by kind of operation and, for those that have one, direction, for example {@code convolution
     *     backward_data}.
     * @throws IllegalArgumentException If a line of an operation cannot be understood, or there is none.
     */
    static Map<String, Double> secondsByKind(Iterable<String> lines) {
        Map<String, Double> seconds = new TreeMap<>();
        for (String line : lines) {
            if (!EXECUTED.matcher(line).matches()) {
                continue;
            }
            String[] fields = line.split(",");
            if (fields.length < FEWEST_FIELDS) {
                throw new IllegalArgumentException("oneDNN's line of an operation has too few fields: " + line);
            }
            // onednn_verbose,exec,cpu,convolution,jit:avx512_core,forward_training,...,milliseconds
            String direction = fields[PROPAGATION].equals("undef") ? "" : " " + fields[PROPAGATION];
            double milliseconds;
            try {
                milliseconds = Double.parseDouble(fields[fields.length - 1]);
            } catch (NumberFormatException exception) {
                throw new IllegalArgumentException("oneDNN's line of an operation has no time: " + line, exception);
            }
            seconds.merge(fields[KIND] + direction, milliseconds * 1e-3, Double::sum);
        }
        if (seconds.isEmpty()) {
            throw new IllegalArgumentException("oneDNN has printed no times of operations");
        }
        return seconds;
    }
}
