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

package org.tribuogrowth.network;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/**
 * The memory of this process in bytes.
 *
 * @param heap     What Java's heap holds after a collection.
 * @param resident What the process holds in all.
 */
record ProcessMemory(long heap, long resident) {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final long MEGABYTE = 1 << 20;

    static void assumeReadable() {
        Assumptions.assumeTrue(Files.exists(STATUS), "the resident memory is read from /proc");
    }

    static ProcessMemory read() throws IOException {
        // A test may ask for a collection; nothing else here does.
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        long resident = Files.readAllLines(STATUS).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                .findFirst()
                .orElseThrow();
        return new ProcessMemory(runtime.totalMemory() - runtime.freeMemory(), resident);
    }

    @Override
    public String toString() {
        return "heap " + heap / MEGABYTE + " MB, resident " + resident / MEGABYTE + " MB";
    }
}
