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

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/**
 * What a file takes.
 *
 * @param bytes     As it is.
 * @param gzipBytes Compressed by gzip.
 */
public record FileSize(long bytes, long gzipBytes) {
    /** Counts what is written, and forgets it. */
    private static final class Counter extends OutputStream {
        private long count;

        @Override
        public void write(int single) {
            count++;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            count += length;
        }
    }

    /**
     * Measures a file.
     *
     * @param file The file.
     * @return Its sizes.
     * @throws IOException If it cannot be read.
     */
    public static FileSize of(Path file) throws IOException {
        Counter counter = new Counter();
        try (OutputStream zipped = new GZIPOutputStream(counter)) {
            Files.copy(file, zipped);
        }
        return new FileSize(Files.size(file), counter.count);
    }

    /**
     * Measures what would be a file.
     *
     * @param content Its bytes.
     * @return Its sizes.
     */
    public static FileSize of(byte[] content) {
        Counter counter = new Counter();
        try (OutputStream zipped = new GZIPOutputStream(counter)) {
            zipped.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException("Counting bytes failed", e);
        }
        return new FileSize(content.length, counter.count);
    }
}
