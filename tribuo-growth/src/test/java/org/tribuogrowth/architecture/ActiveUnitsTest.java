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

import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ActiveUnitsTest {
    private static final Architecture ARCHITECTURE = Architecture.parse(
            """
            tribuo-growth architecture 1
            input vector 3
            units a 9 searchable
            units b 4 fixed
            units out 2 fixed
            layer a dense input=input units=a bias=true batch-normalisation=false activation=relu
            layer b dense input=a units=b bias=true batch-normalisation=false activation=relu
            layer out output input=b units=out activation=softmax
            """);

    private static Map<String, int[]> units(int... a) {
        return Map.of("input", new int[] {0, 1, 2}, "a", a, "b", new int[] {0, 1, 2, 3}, "out", new int[] {0, 1});
    }

    @Test
    void theSeedHasTheFirstUnitsOfSearchableGroupsAndAllOthers() {
        ActiveUnits seed = ActiveUnits.first(ARCHITECTURE, 1);
        assertThat(seed.units("a")).containsExactly(0);
        assertThat(seed.units("b")).containsExactly(0, 1, 2, 3);
        assertThat(seed.units("input")).containsExactly(0, 1, 2);
        assertThat(ActiveUnits.first(ARCHITECTURE, 100)).isEqualTo(ActiveUnits.all(ARCHITECTURE));
        assertThat(ActiveUnits.first(ARCHITECTURE, 9)).isEqualTo(ActiveUnits.all(ARCHITECTURE));
        assertThatThrownBy(() -> ActiveUnits.first(ARCHITECTURE, 0)).hasMessageContaining("at least one unit");
    }

    @Test
    void theTextIsSortedRanges() {
        ActiveUnits active = ActiveUnits.of(ARCHITECTURE, units(8, 0, 3, 1, 2, 5));
        assertThat(active.canonicalText())
                .isEqualTo("active a 0-3,5,8\nactive b 0-3\nactive input 0-2\nactive out 0-1\n");
        assertThat(active).isEqualTo(ActiveUnits.of(ARCHITECTURE, units(0, 1, 2, 3, 5, 8)));
        assertThat(active).hasSameHashCodeAs(ActiveUnits.of(ARCHITECTURE, units(0, 1, 2, 3, 5, 8)));
        assertThat(active).isNotEqualTo(ActiveUnits.of(ARCHITECTURE, units(0, 1, 2, 3, 5, 7)));
        assertThat(active.contains("a", 5)).isTrue();
        assertThat(active.contains("a", 4)).isFalse();
        assertThat(active.count("a")).isEqualTo(6);
        assertThat(active).hasToString("ActiveUnits(a=6,b=4,input=3,out=2)");
    }

    @Test
    void wrongUnitsAreRefused() {
        assertThatThrownBy(() -> ActiveUnits.of(ARCHITECTURE, units())).hasMessageContaining("no active unit left");
        assertThatThrownBy(() -> ActiveUnits.of(ARCHITECTURE, units(9)))
                .hasMessageContaining("units 0 to 8, found unit 9");
        assertThatThrownBy(() -> ActiveUnits.of(ARCHITECTURE, units(-1))).hasMessageContaining("found unit -1");
        assertThatThrownBy(() -> ActiveUnits.of(ARCHITECTURE, units(4, 4))).hasMessageContaining("names unit 4 twice");
        assertThatThrownBy(() -> ActiveUnits.of(
                        ARCHITECTURE,
                        Map.of("input", new int[] {0, 1, 2}, "a", new int[] {0}, "b", new int[] {0}, "out", new int[] {
                            0, 1
                        })))
                .hasMessageContaining("Group b is not searchable: all its 4 units are active, found 1");
        assertThatThrownBy(() -> ActiveUnits.all(ARCHITECTURE).units("c")).hasMessageContaining("no unit group c");
    }

    @Test
    void arraysAreCopiedInAndOut() {
        int[] mine = {1, 2};
        ActiveUnits active = ActiveUnits.of(ARCHITECTURE, units(mine));
        mine[0] = 7;
        active.units("a")[0] = 7;
        assertThat(active.units("a")).containsExactly(1, 2);
        assertThatThrownBy(() -> active.groups().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Property(tries = 300)
    void rangesRoundTrip(@ForAll @IntRange(min = 1, max = 64) int width, @ForAll long mask) {
        int[] units =
                IntStream.range(0, width).filter(i -> (mask >> i & 1) == 1).toArray();
        if (units.length > 0) {
            String text = UnitRanges.format(units);
            assertThat(UnitRanges.parse(text, width)).isEqualTo(units);
            TreeSet<Integer> written = new TreeSet<>();
            for (String range : text.split(",")) {
                String[] ends = range.split("-");
                IntStream.rangeClosed(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]))
                        .forEach(written::add);
            }
            assertThat(written)
                    .containsExactlyElementsOf(IntStream.of(units).boxed().toList());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",",
                "1,",
                ",1",
                "3-1",
                "1-1-1",
                "-1",
                "1-",
                "2,1",
                "1,1",
                "0-3,3",
                "8",
                "0-8",
                "a",
                " 1",
                "1 ",
                "+1",
                "0-99999999999999999999",
                "9999999999",
                "1;2"
            })
    void wrongRangesAreRefused(String text) {
        assertThatThrownBy(() -> UnitRanges.parse(text, 8))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ascending ranges");
    }

    @Test
    void longRangesAreQuotedInPart() {
        assertThatThrownBy(() -> UnitRanges.parse("1,".repeat(1_000_000), 8))
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(400));
    }
}
