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

package org.tribuogrowth.provenance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.tribuogrowth.provenance.encoding.SafeText;

/** The fields of a JSON object of a fixed shape: each is read once with its type, none may be missing or left over. */
final class Fields {
    private final String path;
    private final ObjectNode object;
    private final Set<String> read = new HashSet<>();

    private Fields(String path, ObjectNode object) {
        this.path = path;
        this.object = object;
    }

    /**
     * Reads an object whole.
     *
     * @param path    Where it is, for messages, empty for the outermost object.
     * @param node    The object.
     * @param convert Reads its fields.
     * @param <T>     What becomes of it.
     * @return The converted object.
     * @throws IllegalArgumentException If it is not an object, or a field is missing, unknown or of another type.
     */
    static <T> T read(String path, JsonNode node, Function<Fields, T> convert) {
        if (!(node instanceof ObjectNode object)) {
            throw new IllegalArgumentException(path + ": a JSON object, found " + describe(node));
        }
        Fields fields = new Fields(path, object);
        T converted = convert.apply(fields);
        Iterator<String> names = object.fieldNames();
        while (names.hasNext()) {
            String name = names.next();
            if (!fields.read.contains(name)) {
                throw new IllegalArgumentException(fields.path("") + "unknown field " + SafeText.quote(name));
            }
        }
        return converted;
    }

    private String path(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private JsonNode node(String name) {
        read.add(name);
        JsonNode node = object.get(name);
        if (node == null) {
            throw new IllegalArgumentException(path(name) + ": the field is missing");
        }
        return node;
    }

    private static String describe(JsonNode node) {
        return node.getNodeType().name().toLowerCase(Locale.ROOT);
    }

    private IllegalArgumentException wrongType(String name, String expected, JsonNode found) {
        return new IllegalArgumentException(path(name) + ": " + expected + ", found " + describe(found)
                + (found.isContainerNode() ? "" : " " + SafeText.quote(found.asText())));
    }

    String text(String name) {
        JsonNode node = node(name);
        if (!node.isTextual()) {
            throw wrongType(name, "a JSON string", node);
        }
        return node.textValue();
    }

    long count(String name) {
        JsonNode node = node(name);
        if (!node.isIntegralNumber() || !node.canConvertToLong()) {
            throw wrongType(name, "an integer", node);
        }
        return Values.count(path(name), node.longValue());
    }

    int integer(String name) {
        long value = count(name);
        if (value > Integer.MAX_VALUE) {
            throw wrongType(name, "an integer of at most " + Integer.MAX_VALUE, node(name));
        }
        return (int) value;
    }

    boolean bool(String name) {
        JsonNode node = node(name);
        if (!node.isBoolean()) {
            throw wrongType(name, "true or false", node);
        }
        return node.booleanValue();
    }

    /** A field that is left out unless it is true. */
    boolean flag(String name) {
        if (!object.has(name)) {
            return false;
        }
        if (!bool(name)) {
            throw new IllegalArgumentException(path(name) + ": true, or the field is left out, found false");
        }
        return true;
    }

    /** A list of texts that is left out where it is empty. */
    List<String> textsOrNone(String name) {
        if (!object.has(name)) {
            return List.of();
        }
        List<String> texts = textList(name);
        if (texts.isEmpty()) {
            throw new IllegalArgumentException(path(name) + ": at least one, or the field is left out, found none");
        }
        return texts;
    }

    /** A list of texts. */
    List<String> textList(String name) {
        return list(name, node(name), (itemPath, item) -> {
            if (!item.isTextual()) {
                throw wrongType(name, "JSON strings", item);
            }
            return item.textValue();
        });
    }

    double number(String name) {
        return number(name, node(name));
    }

    private double number(String name, JsonNode node) {
        if (!node.isNumber()) {
            throw wrongType(name, "a number", node);
        }
        return Values.finite(path(name), node.doubleValue());
    }

    OptionalDouble optionalNumber(String name) {
        JsonNode node = node(name);
        return node.isNull() ? OptionalDouble.empty() : OptionalDouble.of(number(name, node));
    }

    long decimal(String name) {
        String text = text(name);
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    path(name) + ": a 64-bit integer as decimal digits in a string, found " + SafeText.quote(text), e);
        }
    }

    <T> T object(String name, Function<Fields, T> convert) {
        return read(path(name), node(name), convert);
    }

    JsonNode raw(String name) {
        return node(name);
    }

    <T> List<T> objects(String name, Function<Fields, T> convert) {
        return list(name, node(name), (itemPath, item) -> read(itemPath, item, convert));
    }

    SortedMap<String, String> texts(String name) {
        return map(name, fields -> fields::text);
    }

    SortedMap<String, Double> numbers(String name) {
        return map(name, fields -> fields::number);
    }

    SortedMap<String, List<Double>> numberLists(String name) {
        return map(
                name,
                fields -> key -> fields.list(key, fields.node(key), (itemPath, item) -> fields.number(key, item)));
    }

    <T> SortedMap<String, T> objectMap(String name, Function<Fields, T> convert) {
        return map(name, fields -> key -> fields.object(key, convert));
    }

    private <T> SortedMap<String, T> map(String name, Function<Fields, Function<String, T>> reader) {
        return read(path(name), node(name), fields -> {
            TreeMap<String, T> map = new TreeMap<>();
            for (Map.Entry<String, JsonNode> entry : fields.object.properties()) {
                map.put(entry.getKey(), reader.apply(fields).apply(entry.getKey()));
            }
            return map;
        });
    }

    private <T> List<T> list(String name, JsonNode node, BiFunction<String, JsonNode, T> convert) {
        if (!node.isArray()) {
            throw wrongType(name, "a JSON array", node);
        }
        List<T> list = new ArrayList<>(node.size());
        for (JsonNode item : node) {
            list.add(convert.apply(path(name) + "[" + list.size() + "]", item));
        }
        return list;
    }
}
