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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Ledgers of networks with blocks: a group that may be empty, costs that depend on it, and what is left in the end. */
class BlockLedgerTest {
    private static final String ARCHITECTURE =
            """
        tribuo-growth architecture 1
        input vector 4
        units stream 5 searchable
        units inner 3 searchable
        block a
        units classes 3 fixed
        layer stem dense input=input units=stream bias=false batch-normalisation=false activation=relu
        layer a1 dense input=stem units=inner bias=false batch-normalisation=false activation=relu
        layer a2 dense input=a1 units=stream bias=false batch-normalisation=false activation=identity
        layer a sum input=a2,stem activation=relu block=a
        layer output output input=a units=classes activation=softmax
        """;
    private static final String WITHOUT =
            """
        tribuo-growth architecture 1
        input vector 4
        units stream 5 searchable
        units classes 3 fixed
        layer stem dense input=input units=stream bias=false batch-normalisation=false activation=relu
        layer output output input=stem units=classes activation=softmax
        """;
    private static final String WITH = ARCHITECTURE
            .replace("block a\n", "")
            .replace("units inner 3", "units inner 1")
            .replace(" block=a", "");
    /** 4 x 5 of the stem, 5 x 3 of the output, and with the block 5 x inner and inner x 5 more. */
    private static final CostRecord SEED = cost(35);

    private static final CostRecord WITH_ONE = cost(45);

    private static CostRecord cost(long count) {
        return new CostRecord(count, count, count);
    }

    private static TreeMap<String, GroupRecord> groups() {
        TreeMap<String, GroupRecord> groups = new TreeMap<>();
        groups.put("input", new GroupRecord(4, false));
        groups.put("stream", new GroupRecord(5, true));
        groups.put("inner", new GroupRecord(3, true));
        groups.put("a", new GroupRecord(1, true, true));
        groups.put("classes", new GroupRecord(3, false));
        return groups;
    }

    private static CostTermRecord term(String layer, String output, String input, String... blocks) {
        return new CostTermRecord(layer, output, input, List.of(blocks), 1, 1, 1);
    }

    private static TreeMap<String, String> active(String block) {
        TreeMap<String, String> active = new TreeMap<>();
        active.put("input", "0-3");
        active.put("stream", "0-4");
        active.put("inner", "0");
        active.put("a", block);
        active.put("classes", "0-2");
        return active;
    }

    private static String structure(String block) {
        return SimulatedSearch.sha256(ARCHITECTURE + "active a " + block
                + "\nactive classes 0-2\nactive inner 0\nactive input 0-3\nactive stream 0-4\n");
    }

    private static StartEvent start() {
        return start(groups(), "a");
    }

    private static StartEvent start(TreeMap<String, GroupRecord> groups, String block) {
        return new StartEvent(
                1,
                ARCHITECTURE,
                SimulatedSearch.sha256(ARCHITECTURE),
                groups,
                active(""),
                List.of(
                        term("stem", "stream", "input"),
                        term("a1", "inner", "stream", block),
                        term("a2", "stream", "inner", block),
                        term("output", "classes", "stream")),
                cost(65),
                "test",
                1,
                SimulatedSearch.sha256("configuration"),
                SimulatedSearch.sha256("data"),
                structure(""));
    }

    private static ChangeEvent change(String kind, int before, int after) {
        CostRecord costBefore = before == 0 ? SEED : WITH_ONE;
        CostRecord costAfter = after == 0 ? SEED : WITH_ONE;
        return new ChangeEvent(
                0,
                1,
                kind,
                "a",
                "0",
                "test",
                new TreeMap<>(),
                before,
                after,
                costBefore,
                costAfter,
                structure(after == 0 ? "" : "0"));
    }

    private static SealEvent seal(String block, String compact, CostRecord cost, long events) {
        return new SealEvent(
                active(block),
                structure(block),
                SimulatedSearch.sha256(compact),
                SimulatedSearch.sha256("weights"),
                cost,
                cost.weights() / 65.0,
                events);
    }

    private static StructureTracker tracker(LedgerEvent... events) {
        StructureTracker tracker = new StructureTracker();
        for (LedgerEvent event : events) {
            tracker.apply(EventCodec.decode(event.type(), EventCodec.encode(event)));
        }
        return tracker;
    }

    @Test
    void blocksComeAndGo() {
        StructureTracker tracker = tracker(start(), change("grow", 0, 1), change("detach", 1, 0));
        assertThat(tracker.state().cost()).isEqualTo(SEED);
        assertThat(tracker.state().groups().get("a").activeUnits()).isEmpty();
        tracker.apply(change("prune", 0, 0));
        tracker.apply(seal("", WITHOUT, SEED, 4));
        assertThat(tracker.sealed()).isTrue();
    }

    @Test
    void blockThatStaysIsThereForGood() {
        StructureTracker tracker = tracker(start(), change("grow", 0, 1), seal("0", WITH, WITH_ONE, 2));
        assertThat(tracker.sealed()).isTrue();
    }

    @Test
    void compactArchitectureWithTheBlockIsRefusedWhereItIsAway() {
        assertThatThrownBy(() -> tracker(start(), seal("", WITH, SEED, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("compactArchitectureDigest");
    }

    @Test
    void encodedFieldsAreThereOnlyWhereThereAreBlocks() {
        assertThat(EventCodec.encode(start()).toString())
                .contains("\"a\":{\"width\":1,\"searchable\":true,\"block\":true}", "\"blocks\":[\"a\"]");
        assertThat(EventCodec.encode(ExampleLedger.start()).toString()).doesNotContain("block");
    }

    static Stream<Arguments> wrong() {
        TreeMap<String, GroupRecord> units = groups();
        units.put("a", new GroupRecord(1, true));
        return Stream.of(
                Arguments.of("not a block", start(units, "a"), "a is 1 searchable units of a block in the text"),
                Arguments.of("a term's unknown block", start(groups(), "b"), "costTerms"),
                Arguments.of("a term's group as block", start(groups(), "inner"), "costTerms"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrong")
    void wrongStartsAreRefused(String name, StartEvent start, String message) {
        assertThatThrownBy(() -> new StructureTracker().apply(start))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void costIgnoringTheBlockIsRefused() {
        ChangeEvent grown = change("grow", 0, 1);
        ChangeEvent wrong = new ChangeEvent(
                0, 1, "grow", "a", "0", "test", new TreeMap<>(), 0, 1, SEED, SEED, grown.structureDigest());
        assertThatThrownBy(() -> tracker(start(), wrong))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("after");
    }

    @Test
    void fieldsThatSayNothingAreRefused() {
        String encoded = EventCodec.encode(ExampleLedger.start()).toString();
        assertThatThrownBy(() -> decode(encoded.replace("\"searchable\":true", "\"searchable\":true,\"block\":false")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("block: true, or the field is left out");
        assertThatThrownBy(() -> decode(encoded.replace("{\"layer\"", "{\"blocks\":[],\"layer\"")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("blocks: at least one");
    }

    private static LedgerEvent decode(String json) throws Exception {
        return EventCodec.decode("start", new ObjectMapper().readTree(json));
    }

    static Stream<Arguments> texts() {
        String bypass =
                """
            tribuo-growth architecture 1
            input image 4 4 1
            units stream 5 searchable
            block b
            units classes 3 fixed
            layer c1 convolution input=input units=stream activation=relu
            layer c2 convolution input=c1 units=stream activation=relu
            layer pass bypass input=c2,c1 block=b
            layer pool pooling input=pass kind=max
            layer flat flatten input=pool
            layer output output input=flat units=classes activation=softmax
            """;
        String narrow = bypass.replace("block b\n", "").replace("layer pass bypass input=c2,c1 block=b\n", "");
        String pooled =
                """
            tribuo-growth architecture 1
            input vector 3
            units stream 5 searchable
            block b
            units classes 3 fixed
            layer c1 dense input=input units=stream activation=ACTIVATION
            layer drop dropout input=c1 rate=0.5
            layer c2 dense input=drop units=stream activation=identity
            layer sum sum input=c2,drop activation=relu block=b
            layer output output input=sum units=classes activation=softmax
            """;
        String without = pooled.replace("block b\n", "")
                .replace("layer c2 dense input=drop units=stream activation=identity\n", "");
        return Stream.of(
                Arguments.of("bypass stays", bypass, 1, narrow.replace("input=pass", "input=c2")),
                Arguments.of(
                        "bypass goes",
                        bypass,
                        0,
                        narrow.replace("input=pass", "input=c1")
                                .replace("layer c2 convolution input=c1 units=stream activation=relu\n", "")),
                Arguments.of(
                        "rectified before",
                        pooled.replace("ACTIVATION", "relu"),
                        0,
                        without.replace("ACTIVATION", "relu")
                                .replace("layer sum sum input=c2,drop activation=relu block=b\n", "")
                                .replace("input=sum", "input=drop")),
                Arguments.of(
                        "not rectified before",
                        pooled.replace("ACTIVATION", "tanh"),
                        0,
                        without.replace("ACTIVATION", "tanh")
                                .replace(
                                        "layer sum sum input=c2,drop activation=relu block=b",
                                        "layer sum activation input=drop function=relu")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("texts")
    void compactTextsAreThoseOfTheRules(String name, String text, int active, String compact) {
        assertThat(new ArchitectureOutline(text).compactDigest(group -> switch (group) {
                    case "b" -> active;
                    case "stream" -> 5;
                    default -> 3;
                }))
                .isEqualTo(SimulatedSearch.sha256(compact));
    }

    @Test
    void layersInCirclesAreRefused() {
        String text = ARCHITECTURE
                .replace("layer a sum", "layer p pooling input=p kind=max\nlayer a sum")
                .replace("input=a2,stem", "input=a2,p");
        assertThatThrownBy(() -> new ArchitectureOutline(text).compactDigest(group -> group.equals("a") ? 0 : 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not an earlier layer");
    }
}
