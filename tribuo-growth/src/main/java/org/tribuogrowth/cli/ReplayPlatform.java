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

package org.tribuogrowth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tribuogrowth.provenance.encoding.Json;
import org.tribuogrowth.provenance.encoding.SafeText;
import org.tribuogrowth.training.GrowthListener;

/**
 * What a run was computed by, according to its observations, against what would compute it now. The observations are no part
 * of the ledger; differences in them explain differences between ledgers, and prove nothing.
 */
final class ReplayPlatform {
    /** The observations that decide about the last bits of numbers, and what they are called for people. */
    private static final Map<String, String> NAMES = names();

    private static final int SHOWN = 120;

    private final Optional<ObjectNode> recorded;

    private ReplayPlatform(Optional<ObjectNode> recorded) {
        this.recorded = recorded;
    }

    private static Map<String, String> names() {
        Map<String, String> names = new LinkedHashMap<>();
        names.put(Observations.ENGINE, "engine (version, instruction set, threads)");
        names.put(Observations.JAVA, "Java");
        names.put(Observations.PROCESSOR, "processor");
        names.put(Observations.VERSION, "tribuo-growth");
        names.put(Observations.TRIBUO_VERSION, "Tribuo");
        names.put(Observations.OLCUT_VERSION, "OLCUT");
        return names;
    }

    /**
     * Reads the observations of a run.
     *
     * @param file The file, which may be missing or anyone's.
     * @return The platform, unknown if the file has none.
     * @throws IOException If the file cannot be read.
     */
    static ReplayPlatform read(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return new ReplayPlatform(Optional.empty());
        }
        try (InputStream input = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            return new ReplayPlatform(Optional.of(Json.read(input.readNBytes(Json.MAX_BYTES))));
        } catch (IllegalArgumentException e) {
            return new ReplayPlatform(Optional.empty());
        }
    }

    /** Whether anything is known about the recorded run. */
    boolean known() {
        return recorded.isPresent();
    }

    /**
     * Compares.
     *
     * @param plan What the training that begins says about itself.
     * @return A sentence without a full stop for each difference.
     */
    List<String> differences(GrowthListener.Plan plan) {
        List<String> differences = new ArrayList<>();
        recorded.ifPresent(then -> {
            Map<String, Object> now = Observations.platform(plan.engine());
            NAMES.forEach((key, name) -> {
                String before = text(then.get(key));
                String present = now.get(key) == null ? "unset" : now.get(key).toString();
                if (!before.equals(present)) {
                    differences.add(name + " was " + before + " and is " + present);
                }
            });
        });
        return differences;
    }

    private static String text(JsonNode value) {
        return value == null || value.isNull() ? "unset" : SafeText.clean(value.asText(), SHOWN);
    }
}
