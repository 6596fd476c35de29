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

package org.tribuogrowth.provenance.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.tribuogrowth.provenance.encoding.Json;
import org.tribuogrowth.provenance.encoding.SafeText;

/**
 * The times of a run as written beside its ledger, in which there are none.
 *
 * @param started When the run started, in whole seconds.
 * @param ended   When the run ended, in whole seconds, not before it started.
 * @param outcome {@link #GOOD}, or why the run failed.
 * @param version The version of the program that trained, if it is named.
 */
record RunObservations(Instant started, Instant ended, String outcome, Optional<String> version) {
    /** The file's name in a run folder. */
    static final String FILE_NAME = "observations.json";

    /** The outcome of a run that ended well. */
    static final String GOOD = "good";

    private static final int MAX_BYTES = 1 << 16;
    private static final int MAX_OUTCOME = 500;
    private static final int MAX_VERSION = 100;
    private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    /**
     * Reads the file.
     *
     * @param folder The run folder.
     * @return The times, or nothing if there is no such file; links are not followed.
     * @throws IllegalArgumentException If the file is not as a run writes it; the message says why.
     * @throws IOException              If it cannot be read.
     */
    static Optional<RunObservations> read(Path folder) throws IOException {
        Path file = folder.resolve(FILE_NAME);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        byte[] bytes;
        try (InputStream input = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            bytes = input.readNBytes(MAX_BYTES + 1);
        }
        if (bytes.length > MAX_BYTES) {
            throw new IllegalArgumentException(FILE_NAME + " is longer than the " + MAX_BYTES + " bytes allowed.");
        }
        try {
            ObjectNode json = Json.read(bytes);
            Instant started = time(json, "started");
            Instant ended = time(json, "ended");
            if (ended.isBefore(started)) {
                throw new IllegalArgumentException("ended: not before started, found " + ended + " and " + started);
            }
            Optional<String> version = Optional.ofNullable(json.get("tribuoGrowth"))
                    .filter(JsonNode::isTextual)
                    .map(value -> SafeText.clean(value.textValue(), MAX_VERSION))
                    .filter(text -> !text.isBlank());
            String outcome = SafeText.clean(text(json, "outcome"), MAX_OUTCOME);
            return Optional.of(new RunObservations(started, ended, outcome, version));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(FILE_NAME + ": " + e.getMessage() + ".", e);
        }
    }

    private static Instant time(ObjectNode json, String field) {
        String text = text(json, field);
        try {
            Instant time = Instant.parse(text).truncatedTo(ChronoUnit.SECONDS);
            if (time.isBefore(EARLIEST) || time.isAfter(LATEST)) {
                throw new DateTimeException("out of range");
            }
            return time;
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    field + ": a time such as 2026-11-22T08:30:00Z, found " + SafeText.quote(text), e);
        }
    }

    private static String text(ObjectNode json, String field) {
        JsonNode value = json.get(field);
        if (value == null || !value.isTextual()) {
            throw new IllegalArgumentException(
                    field + ": a text is needed, found " + (value == null ? "none" : SafeText.quote(value.toString())));
        }
        return value.textValue();
    }
}
