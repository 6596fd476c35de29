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

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** JSON as Python reads and writes it, with NaN and Infinity. */
public final class Json {
    /** One line a value. */
    public static final ObjectMapper LINES = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
            .build();

    /** For files. */
    public static final ObjectMapper FILES = LINES.copy().enable(SerializationFeature.INDENT_OUTPUT);

    private Json() {}

    /**
     * Reads a result file.
     *
     * @param file The file.
     * @param type What it holds.
     * @param <T>  What it holds.
     * @return Its content.
     * @throws IOException              If it cannot be read.
     * @throws IllegalArgumentException If it holds something else; the message names the file.
     */
    public static <T> T read(Path file, Class<T> type) throws IOException {
        try {
            T value = FILES.readValue(Files.readAllBytes(file), type);
            if (value != null) {
                return value;
            }
        } catch (JsonProcessingException exception) {
            JsonLocation place = exception.getLocation();
            throw new IllegalArgumentException(
                    file + " is no result of this benchmark; delete it to measure it again. Found at line "
                            + (place == null ? "1" : place.getLineNr()) + ": " + exception.getOriginalMessage(),
                    exception);
        }
        throw new IllegalArgumentException(
                file + " is no result of this benchmark; delete it to measure it again. Found: null");
    }

    /**
     * Refuses a result file.
     *
     * @param valid Whether a part of it is valid.
     * @param file  The file.
     * @param part  What that part must be.
     * @throws IllegalArgumentException If it is not; the message names the file.
     */
    static void check(boolean valid, Path file, String part) {
        if (!valid) {
            throw new IllegalArgumentException(file
                    + " is no whole result of this benchmark; delete it to measure it again. It must have " + part);
        }
    }

    /** Whether there is at least one time and all are above 0 and finite. */
    static boolean times(List<Double> seconds) {
        return seconds != null
                && !seconds.isEmpty()
                && seconds.stream().allMatch(second -> second != null && second > 0 && Double.isFinite(second));
    }
}
