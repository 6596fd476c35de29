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

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaId;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tribuogrowth.provenance.encoding.Json;

/** The published schema, by an independent validator: it takes what is written and refuses what the reader refuses. */
class LedgerSchemaTest {
    private static final JsonSchemaFactory FACTORY = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
    private static final JsonNode DOCUMENT = document();
    private static final JsonSchema SCHEMA = FACTORY.getSchema(DOCUMENT);

    /** Objects whose keys are free. */
    private static final Set<String> MAPS = Set.of("activeUnits", "groups", "evidence", "observations");

    private static final Set<String> OPTIONAL = Set.of("block", "blocks");

    /** What the schema says although a line by itself may be otherwise; the reader finds it by the lines before. */
    private static final Set<String> STRICTER = Set.of(
            "activeUnits",
            "index",
            "previous",
            "events",
            "architecture",
            "costTerms",
            "dense",
            "widthBefore",
            "widthAfter");

    private static final List<JsonNode> VALUES = values();

    private static JsonNode document() {
        try (InputStream input = LedgerReader.class.getResourceAsStream("ledger-1.schema.json")) {
            return new ObjectMapper().readTree(input);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<JsonNode> values() {
        JsonNodeFactory factory = JsonNodeFactory.instance;
        List<JsonNode> values = new ArrayList<>(List.of(
                NullNode.instance,
                BooleanNode.TRUE,
                BooleanNode.FALSE,
                factory.objectNode(),
                factory.objectNode().put("x", "?"),
                factory.arrayNode(),
                factory.arrayNode().add(true)));
        for (double number : new double[] {-1.5, 0.5, 1.5, 1e300}) {
            values.add(DoubleNode.valueOf(number));
        }
        for (long number : new long[] {-1, 0, 1, 2, (1 << 20) + 1, 1L << 31, 1L << 53}) {
            values.add(LongNode.valueOf(number));
        }
        for (String text : List.of(
                "",
                " ",
                "?",
                "a b",
                "name\n",
                "-name",
                "\u2003",
                "\u00a0",
                "\u200b",
                "\u0007",
                "a\u2028b",
                "a".repeat(101),
                "a".repeat(1001),
                "A".repeat(64),
                "a".repeat(65),
                "a".repeat(64) + "\n",
                "01",
                "-0",
                "+1",
                "1-",
                "-1",
                "1,,3",
                "0.5",
                "9".repeat(20))) {
            values.add(TextNode.valueOf(text));
        }
        return values;
    }

    private static boolean valid(JsonNode line) {
        return SCHEMA.validate(line).isEmpty();
    }

    /** Whether the reader takes the line by itself. */
    private static boolean readable(ObjectNode line) {
        try {
            LedgerLine.decode(Json.write(line));
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static List<ObjectNode> lines(byte[] ledger) {
        return new String(ledger, StandardCharsets.UTF_8)
                .lines()
                .map(line -> Json.read(line.getBytes(StandardCharsets.UTF_8)))
                .toList();
    }

    /** A line of each type, with every optional field. */
    static Stream<ObjectNode> examples() {
        Map<String, ObjectNode> examples = new LinkedHashMap<>();
        for (long seed = 0; examples.size() < 8; seed++) {
            lines(SimulatedSearch.write(SimulatedSearch.run(seed, 5)))
                    .forEach(line -> examples.putIfAbsent(line.get("type").textValue(), line));
        }
        lines(SimulatedSearch.write(ExampleLedger.events()))
                .forEach(line -> examples.put(line.get("type").textValue() + " of the example", line));
        ObjectNode blocks = examples.get("start").deepCopy();
        ((ObjectNode) blocks.at("/event/groups"))
                .putObject("away")
                .put("block", true)
                .put("searchable", true)
                .put("width", 1);
        ((ObjectNode) blocks.at("/event/activeUnits")).put("away", "");
        ((ObjectNode) blocks.at("/event/costTerms/0")).putArray("blocks").add("away");
        examples.put("start with a block", blocks);
        List<LedgerEvent> recovered = new ArrayList<>(ExampleLedger.events().subList(0, 2));
        recovered.add(new RecoveryEvent(2, 17, SimulatedSearch.sha256("torn")));
        examples.put("recovery", lines(SimulatedSearch.write(recovered)).get(2));
        return examples.values().stream();
    }

    @Test
    void itIsASchemaOfItsVersion() {
        JsonSchema metaSchema = FACTORY.getSchema(SchemaLocation.of(SchemaId.V202012));
        assertThat(metaSchema.validate(DOCUMENT)).isEmpty();
        assertThat(DOCUMENT.get("$schema").textValue()).isEqualTo(SchemaId.V202012);
        assertThat(DOCUMENT.get("$id").textValue()).endsWith("/ledger-" + StartEvent.SCHEMA_VERSION + ".schema.json");
        assertThat(DOCUMENT.at("/$defs/start/properties/schemaVersion/const").intValue())
                .isEqualTo(StartEvent.SCHEMA_VERSION);
        assertThat(DOCUMENT.at("/$defs/search/properties/kind/enum"))
                .map(JsonNode::textValue)
                .isEqualTo(SearchEvent.KINDS);
        assertThat(DOCUMENT.at("/$defs/change/properties/kind/enum"))
                .map(JsonNode::textValue)
                .containsExactly(Stream.of(UnitTransition.values())
                        .map(UnitTransition::text)
                        .toArray(String[]::new));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void linesOfEveryTypeAreValid(ObjectNode line) {
        assertThat(SCHEMA.validate(line)).isEmpty();
        assertThat(readable(line)).isTrue();
    }

    @Property(tries = 50)
    void everyLineOfEveryLedgerIsValid(@ForAll long seed) {
        for (ObjectNode line : lines(SimulatedSearch.write(SimulatedSearch.run(seed, 8)))) {
            assertThat(SCHEMA.validate(line)).isEmpty();
        }
    }

    /** Every object and array in a line, with the names on the way to it. */
    private static void containers(JsonNode node, List<String> path, Consumer<List<String>> visitor) {
        visitor.accept(path);
        if (node instanceof ObjectNode object) {
            object.properties().forEach(entry -> containers(entry.getValue(), with(path, entry.getKey()), visitor));
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                containers(array.get(i), with(path, Integer.toString(i)), visitor);
            }
        }
    }

    private static List<String> with(List<String> path, String name) {
        List<String> longer = new ArrayList<>(path);
        longer.add(name);
        return longer;
    }

    private static List<List<String>> paths(JsonNode line) {
        List<List<String>> paths = new ArrayList<>();
        containers(line, List.of(), paths::add);
        return paths;
    }

    private static JsonNode at(JsonNode line, List<String> path) {
        JsonNode node = line;
        for (String name : path) {
            node = node.isArray() ? node.get(Integer.parseInt(name)) : node.get(name);
        }
        return node;
    }

    private static String name(List<String> path) {
        return path.isEmpty() ? "" : path.get(path.size() - 1);
    }

    private static boolean freeKeys(List<String> path) {
        return path.size() == 2 && MAPS.contains(name(path));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void aFieldMissingOrTooManyIsRefused(ObjectNode line) {
        for (List<String> path : paths(line)) {
            if (!(at(line, path) instanceof ObjectNode object)) {
                continue;
            }
            for (Map.Entry<String, JsonNode> field : object.properties()) {
                ObjectNode changed = line.deepCopy();
                ((ObjectNode) at(changed, path)).remove(field.getKey());
                boolean maybeMissing = OPTIONAL.contains(field.getKey())
                        || (freeKeys(path)
                                && (object.size() > 1
                                        || !line.get("type").textValue().equals("start")));
                assertThat(valid(changed))
                        .as("%s without %s", path, field.getKey())
                        .isEqualTo(maybeMissing);
                // A key that nearly is the field's does not count as the field.
                ((ObjectNode) at(changed, path)).set(field.getKey() + "\u00e9", field.getValue());
                boolean freeText =
                        freeKeys(path) && Set.of("evidence", "observations").contains(name(path));
                assertThat(valid(changed))
                        .as("%s with %s renamed", path, field.getKey())
                        .isEqualTo(freeText);
            }
            ObjectNode changed = line.deepCopy();
            ((ObjectNode) at(changed, path)).put("extra", true);
            assertThat(valid(changed)).as("%s with an extra field", path).isFalse();
        }
    }

    /** Any field replaced by anything: the schema and the reader say the same. */
    @ParameterizedTest
    @MethodSource("examples")
    void aFieldOfAnotherTypeOrRangeIsRefused(ObjectNode line) {
        int refused = 0;
        for (List<String> path : paths(line)) {
            if (path.isEmpty()) {
                continue;
            }
            List<String> parent = path.subList(0, path.size() - 1);
            boolean item = at(line, parent).isArray();
            for (JsonNode value : VALUES) {
                ObjectNode changed = line.deepCopy();
                if (item) {
                    ((ArrayNode) at(changed, parent)).set(Integer.parseInt(name(path)), value);
                } else {
                    ((ObjectNode) at(changed, parent)).set(name(path), value);
                }
                boolean valid = valid(changed);
                boolean readable = readable(changed);
                refused += valid ? 0 : 1;
                if (valid && !readable) {
                    // What relates two fields to each other is beyond a schema.
                    assertThat(path.toString() + value)
                            .matches(
                                    "\\[event, (restoredE|e)poch\\].*|\\[event, evidence, .*\\]\\[.*|\\[event, units\\]1");
                } else if (readable && !valid) {
                    boolean emptyMap =
                            value.isObject() && value.isEmpty() && name(path).equals("groups");
                    assertThat(emptyMap || path.stream().anyMatch(STRICTER::contains))
                            .as("%s as %s is refused by the schema alone", path, value)
                            .isTrue();
                }
                if (value.getNodeType() != at(line, path).getNodeType() && !mayBe(name(path), value)) {
                    assertThat(valid).as("%s as %s", path, value).isFalse();
                }
            }
        }
        assertThat(refused).isGreaterThan(100);
    }

    private static boolean mayBe(String name, JsonNode value) {
        return name.equals("validation") && (value.isNull() || value.isNumber());
    }

    @Test
    void whatBelongsToOneTypeIsRefusedInAnother() {
        Map<String, ObjectNode> lines = new TreeMap<>();
        examples().forEach(line -> lines.put(line.get("type").textValue(), line));
        lines.forEach((type, line) -> lines.keySet().forEach(other -> {
            ObjectNode changed = line.deepCopy().put("type", other);
            assertThat(valid(changed)).as(type + " as " + other).isEqualTo(type.equals(other));
        }));
        String digest = SimulatedSearch.DIGEST;
        assertThat(valid(lines.get("change").deepCopy().put("merkleRoot", digest)))
                .isFalse();
        assertThat(valid(lines.get("seal").deepCopy().put("merkleRoot", digest)))
                .isTrue();
        assertThat(valid(lines.get("start").deepCopy().put("previous", digest))).isFalse();
        assertThat(valid(lines.get("change").deepCopy().put("index", 0))).isFalse();
    }
}
