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
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What the times depend on besides the engines.
 *
 * @param processor The processor's name as the system gives it.
 * @param cores     How many processors the system shows.
 * @param system    The operating system.
 * @param load      The system's load over the minute before the measurement.
 */
record Machine(String processor, int cores, String system, double load) {
    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");
    private static final Path LOAD = Path.of("/proc/loadavg");

    static Machine here() {
        return new Machine(
                field(lines(PROCESSORS), "model name", "unknown"),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"),
                Double.parseDouble(lines(LOAD).get(0).split(" ")[0]));
    }

    /**
     * The peak resident size of a process that runs.
     *
     * @param process Its number.
     * @return Bytes.
     */
    static long peakResidentBytes(long process) {
        String text = field(lines(Path.of("/proc", Long.toString(process), "status")), "VmHWM", "");
        return 1024 * Long.parseLong(text.replace(" kB", "").trim());
    }

    /** The value after the first colon of the first line that begins with a key. */
    static String field(List<String> lines, String key, String otherwise) {
        return lines.stream()
                .filter(line -> line.startsWith(key) && line.contains(":"))
                .map(line -> line.substring(line.indexOf(':') + 1).trim())
                .findFirst()
                .orElse(otherwise);
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException exception) {
            throw new UncheckedIOException("The benchmark runs on Linux and reads " + file, exception);
        }
    }
}
