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

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.tribuogrowth.provenance.LedgerState;

/** Dense, uniform and other structures are told apart by their widths. */
class StructureKindTest {
    private static final int[] WIDTHS = {32, 64, 7, 100};

    private static StructureKind kind(int... active) {
        SortedMap<String, LedgerState.Group> groups = new TreeMap<>();
        groups.put("classes", new LedgerState.Group(10, false, 10, "0-9", "", ""));
        for (int i = 0; i < active.length; i++) {
            groups.put("g" + i, new LedgerState.Group(WIDTHS[i], true, active[i], "", "", ""));
        }
        return StructureKind.ofFixed(groups);
    }

    @Test
    void denseAndOthers() {
        assertThat(kind(32, 64, 7, 100)).isEqualTo(StructureKind.DENSE);
        assertThat(kind(16, 32, 4, 50)).isEqualTo(StructureKind.UNIFORM);
        assertThat(kind(16, 40, 4, 50)).isEqualTo(StructureKind.FIXED);
        assertThat(kind(32, 64, 7, 50)).isEqualTo(StructureKind.FIXED);
        assertThat(kind(1, 1, 1, 1)).isEqualTo(StructureKind.UNIFORM);
    }

    @Property
    void whateverFractionWasRoundedIsUniform(@ForAll @DoubleRange(min = 0.01, max = 0.98) double fraction) {
        int[] active = new int[WIDTHS.length];
        for (int i = 0; i < active.length; i++) {
            active[i] = (int) Math.max(1, Math.round(fraction * WIDTHS[i]));
        }
        assertThat(kind(active)).isEqualTo(StructureKind.UNIFORM);
    }
}
