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

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tribuogrowth.architecture.ActiveUnits;
import org.tribuogrowth.architecture.Cost;

/** Writes JSON: keys stay in their order, and numbers that JSON has no word for become null. */
final class Json {
    private static final ObjectMapper LINES = new ObjectMapper();
    private static final ObjectMapper PRETTY = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private Json() {}

    /** One line, ended by a line feed. */
    static String line(Map<String, ?> object) {
        return write(LINES, object) + "\n";
    }

    /** A file's bytes. */
    static byte[] file(Map<String, ?> object) {
        return (write(PRETTY, object) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static String write(ObjectMapper mapper, Map<String, ?> object) {
        try {
            return mapper.writeValueAsString(object);
        } catch (JsonProcessingException exception) {
            throw new IllegalStateException("Cannot write as JSON: " + object, exception);
        }
    }

    /** A number, or null if it is not finite. */
    static Double number(double value) {
        return Double.isFinite(value) ? value : null;
    }

    /** A cost. */
    static Map<String, Object> cost(Cost cost) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("weights", cost.weights());
        object.put("parameters", cost.parameters());
        object.put("multiplyAdds", cost.multiplyAdds());
        return object;
    }

    /** The number of active units of each group. */
    static Map<String, Object> widths(ActiveUnits active) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (String group : active.groups()) {
            object.put(group, active.count(group));
        }
        return object;
    }
}
