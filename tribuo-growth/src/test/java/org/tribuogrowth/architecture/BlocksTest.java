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

package org.tribuogrowth.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.tribuogrowth.architecture.family.ResNetFamily;
import org.tribuogrowth.architecture.family.VggFamily;
import org.tribuogrowth.architecture.family.WideResNetFamily;
import org.tribuogrowth.random.CountedRandom;

/** Blocks in architectures: which layers they hold, what is left without them, and what that costs. */
class BlocksTest {
    /** A block inside another's branch, and a bypass after them. */
    private static final String TEXT =
            """
        tribuo-growth architecture 1
        input vector 4
        units stream 5 searchable
        units outer1 3 searchable
        units inner1 2 searchable
        block outer
        block inner
        block last
        units classes 3 fixed
        layer stem dense input=input units=stream bias=true batch-normalisation=false activation=tanh
        layer outer1 dense input=stem units=outer1 bias=false batch-normalisation=true activation=relu
        layer inner1 dense input=outer1 units=inner1 bias=false batch-normalisation=true activation=relu
        layer inner2 dense input=inner1 units=outer1 bias=false batch-normalisation=true activation=identity
        layer inner sum input=inner2,outer1 activation=relu block=inner
        layer outer2 dense input=inner units=stream bias=false batch-normalisation=true activation=identity
        layer outer sum input=outer2,stem activation=relu block=outer
        layer last1 dense input=outer units=stream bias=false batch-normalisation=true activation=relu
        layer last bypass input=last1,outer block=last
        layer output output input=last units=classes activation=softmax
        """;

    private static final Architecture NESTED = Architecture.parse(TEXT);

    private static ActiveUnits units(Architecture architecture, String... away) {
        Map<String, int[]> units = new HashMap<>();
        for (UnitGroup group : architecture.groups()) {
            units.put(group.name(), IntStream.range(0, group.width()).toArray());
        }
        for (String block : away) {
            units.put(block, new int[0]);
        }
        return ActiveUnits.of(architecture, units);
    }

    @Test
    void textsAreReadBack() {
        assertThat(NESTED.canonicalText()).isEqualTo(TEXT);
        assertThat(NESTED.blocks()).extracting(UnitGroup::name).containsExactly("outer", "inner", "last");
        assertThat(units(NESTED, "inner").canonicalText()).contains("active inner \n", "active outer 0\n");
    }

    @ParameterizedTest
    @CsvSource({
        "stem, ''",
        "outer1, outer",
        "inner1, inner outer",
        "inner2, inner outer",
        "inner, outer",
        "outer2, outer",
        "outer, ''",
        "last1, last",
        "last, ''",
        "output, ''",
    })
    void layersBelongToTheBlocksThatAloneNeedThem(String layer, String blocks) {
        assertThat(String.join(" ", NESTED.blocksOf(layer))).isEqualTo(blocks);
    }

    @ParameterizedTest
    @CsvSource({"stream, ''", "outer1, outer", "inner1, inner outer", "outer, ''", "inner, outer", "classes, ''"})
    void groupsBelongToTheBlocksOfAllTheirLayers(String group, String blocks) {
        assertThat(String.join(" ", NESTED.blocksOfGroup(group))).isEqualTo(blocks);
    }

    @Test
    void gatesFoldIntoTheLastCarriersOfBranches() {
        assertThat(NESTED.layers())
                .filteredOn(layer -> !NESTED.blockCarriedBy(layer.name()).isEmpty())
                .extracting(LayerSpec::name)
                .containsExactly("inner2", "outer2", "last1");
        assertThat(NESTED.blockCarriedBy("outer2")).isEqualTo("outer");
        assertThat(NESTED.junctionOf("last").name()).isEqualTo("last");
    }

    @Test
    void sumWithoutItsBranchKeepsItsActivationUnlessARectifierCameBefore() {
        // What the inner sum is left with is rectified, what the outer one is left with is a hyperbolic tangent.
        Architecture restricted = NESTED.restrict(units(NESTED, "inner"));
        assertThat(restricted.layers())
                .extracting(LayerSpec::name)
                .containsExactly("stem", "outer1", "outer2", "outer", "last1", "last", "output");
        assertThat(restricted.layer("outer2").inputs()).containsExactly("outer1");
        assertThat(restricted.blocks()).extracting(UnitGroup::name).containsExactly("outer", "last");

        restricted = NESTED.restrict(units(NESTED, "outer"));
        assertThat(restricted.layer("outer"))
                .isEqualTo(new LayerSpec.ActivationFunction("outer", "stem", Activation.RELU));
        assertThat(restricted.groups())
                .extracting(UnitGroup::name)
                .containsExactly("input", "stream", "last", "classes");
        assertThat(units(NESTED, "outer").within(restricted).count("last")).isEqualTo(1);
    }

    @Test
    void compactArchitecturesHaveNeitherBlocksNorBypasses() {
        Architecture compact = NESTED.compact(units(NESTED));
        assertThat(compact.canonicalText())
                .isEqualTo(TEXT.replaceAll("block [a-z]+\n", "")
                        .replaceAll("layer last bypass.*\n", "")
                        .replace("input=last ", "input=last1 ")
                        .replaceAll(" block=[a-z]+", ""));
        assertThat(NESTED.compact(units(NESTED, "last")).output().input()).isEqualTo("outer");
        assertThat(NESTED.restrict(units(NESTED))).isSameAs(NESTED);
    }

    @Test
    void blockMayBeEmptyAndOtherGroupsMayNot() {
        UnitStates states = UnitStates.seed(NESTED, ActiveUnits.first(NESTED, 1, false));
        assertThat(states.active().count("outer")).isZero();
        StructureChange grow = new StructureChange(ChangeKind.GROW, "outer", List.of(0), "test", new TreeMap<>());
        StructureChange detach = new StructureChange(ChangeKind.DETACH, "outer", List.of(0), "test", new TreeMap<>());
        states = states.apply(grow).apply(detach);
        assertThat(states.state("outer", 0)).isEqualTo(UnitState.DETACHED);
        StructureChange last = new StructureChange(ChangeKind.DETACH, "stream", List.of(0), "test", new TreeMap<>());
        UnitStates before = states;
        assertThatThrownBy(() -> before.apply(last))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no active unit");
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of("unknown block", TEXT.replace("block=last", "block=other"), "unknown block"),
                Arguments.of("a group as block", TEXT.replace("block=last", "block=stream"), "unknown block stream"),
                Arguments.of("a block of two branches", TEXT.replace("block=last", "block=inner"), "one branch"),
                Arguments.of("a block without branch", TEXT.replace(" block=inner", ""), "No layer names block inner"),
                Arguments.of(
                        "a block as units",
                        TEXT.replace("input=stem units=outer1", "input=stem units=inner"),
                        "which is a block and has no units"),
                Arguments.of(
                        "a curved function after the gate",
                        TEXT.replace(
                                "layer last1 dense input=outer units=stream bias=false batch-normalisation=true"
                                        + " activation=relu",
                                "layer last1 dense input=outer units=stream bias=false batch-normalisation=true"
                                        + " activation=tanh"),
                        "block last folds into the last weights or normalisation of the branch, but last1"),
                Arguments.of("a sum as branch", TEXT.replace("input=outer2,stem", "input=stem,outer2"), "block outer"),
                Arguments.of(
                        "branch and shortcut alike",
                        TEXT.replace("bypass input=last1,outer", "bypass input=last1,last1"),
                        "last1 is also read by other layers"),
                Arguments.of(
                        "other units in the shortcut",
                        TEXT.replace("bypass input=last1,outer", "bypass input=last1,inner"),
                        "chooses between last1"),
                Arguments.of("one input", TEXT.replace("bypass input=last1,outer", "bypass input=last1"), "two inputs"),
                Arguments.of("a block with a width", TEXT.replace("block last\n", "block last 1\n"), "block NAME"),
                Arguments.of("an empty block", TEXT.replace(" block=inner", " block="), "No layer names block inner"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrong")
    void wrongArchitecturesAreRefused(String name, String text, String message) {
        assertThat(text).isNotEqualTo(TEXT);
        assertThatThrownBy(() -> Architecture.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    /** A layer that two blocks share would be in neither, but without both nobody would read it. */
    @Test
    void layersThatSeveralBlocksShareAreRefused() {
        String text =
                """
            tribuo-growth architecture 1
            input vector 4
            units stream 5 searchable
            units shared 3 searchable
            block a
            block b
            units classes 3 fixed
            layer stem dense input=input units=stream bias=true batch-normalisation=false activation=relu
            layer shared dense input=stem units=shared bias=true batch-normalisation=false activation=relu
            layer a1 dense input=shared units=stream bias=true batch-normalisation=false activation=identity
            layer a sum input=a1,stem activation=relu block=a
            layer b1 dense input=shared units=stream bias=true batch-normalisation=false activation=identity
            layer b sum input=b1,a activation=relu block=b
            layer output output input=b units=classes activation=softmax
            """;
        assertThatThrownBy(() -> Architecture.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Layer shared is used only by branches of the blocks")
                .hasMessageContaining("[a]")
                .hasMessageContaining("[b]");
    }

    @Provide
    Arbitrary<Architecture> architectures() {
        Shape.Image image = new Shape.Image(16, 16, 3);
        return Arbitraries.of(
                NESTED,
                new ResNetFamily(20, 8, true).architecture(image, 4, Activation.SOFTMAX),
                new WideResNetFamily(16, 2, 0.1, true).architecture(image, 4, Activation.SOFTMAX),
                new VggFamily(VggFamily.Variant.VGG_19, 0.1, true).architecture(image, 4, Activation.SOFTMAX));
    }

    /** The cost model against the architecture that is left, whose cost is counted layer by layer. */
    @Property(tries = 200)
    void costsAreThoseOfTheRestrictedArchitecture(
            @ForAll("architectures") Architecture architecture, @ForAll long seed) {
        ActiveUnits active = randomUnits(architecture, seed);
        Architecture compact = architecture.compact(active);
        Cost cost = architecture.costModel().of(active);
        assertThat(compact.denseCost()).isEqualTo(cost);
        assertThat(Architecture.parse(compact.canonicalText())).isEqualTo(compact);
        Architecture restricted = architecture.restrict(active);
        assertThat(restricted.costModel().of(active.within(restricted))).isEqualTo(cost);
        assertThat(restricted.compact(active.within(restricted))).isEqualTo(compact);
        for (CostMeasure measure : CostMeasure.values()) {
            assertThat(architecture.costModel().expected(measure, active::count))
                    .isEqualTo(measure.of(cost));
        }
    }

    static ActiveUnits randomUnits(Architecture architecture, long seed) {
        CountedRandom random = CountedRandom.of(seed, "units");
        Map<String, int[]> units = new HashMap<>();
        for (UnitGroup group : architecture.groups()) {
            int count = group.searchable() ? 1 + random.nextInt(group.width()) : group.width();
            if (group.block()) {
                count = random.nextInt(2);
            }
            units.put(group.name(), IntStream.range(0, count).toArray());
        }
        return ActiveUnits.of(architecture, units);
    }

    /** With gates as independent probabilities of blocks, the expected cost is the mean over all sets of blocks. */
    @Test
    void expectedCostsAreMeansOverBlocks() {
        Map<String, Double> gates = Map.of("outer", 0.25, "inner", 0.5, "last", 0.75);
        double mean = 0.0;
        for (int set = 0; set < 8; set++) {
            double probability = 1.0;
            Map<String, Long> widths = new HashMap<>();
            int bit = 0;
            for (UnitGroup block : NESTED.blocks()) {
                boolean there = (set >> bit++ & 1) == 1;
                double gate = gates.get(block.name());
                probability *= there ? gate : 1.0 - gate;
                widths.put(block.name(), there ? 1L : 0L);
            }
            mean += probability
                    * NESTED.costModel()
                            .cost(name -> widths.getOrDefault(
                                    name, (long) NESTED.group(name).width()))
                            .parameters();
        }
        double expected = NESTED.costModel()
                .expected(
                        CostMeasure.PARAMETERS,
                        name -> gates.getOrDefault(
                                name, (double) NESTED.group(name).width()));
        assertThat(expected).isCloseTo(mean, Offset.offset(1e-9));
    }
}
