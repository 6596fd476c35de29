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

package org.tribuogrowth.provenance.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tribuogrowth.provenance.ChangeEvent;
import org.tribuogrowth.provenance.ExampleLedger;

/** What a page keeps of many rows and points. */
class EventRowsTest {
    private static EventRow row(long line, int units) {
        TreeMap<String, List<Double>> evidence = new TreeMap<>();
        evidence.put("gate", IntStream.range(0, units).mapToObj(i -> (double) i).toList());
        evidence.put("lambda", List.of(7.0));
        String text = String.join(
                ",", IntStream.range(0, units).mapToObj(i -> "" + 2 * i).toList());
        return EventRow.of(
                line,
                new ChangeEvent(
                        0,
                        1,
                        "grow",
                        "hidden",
                        text,
                        "rule",
                        evidence,
                        1,
                        1 + units,
                        ExampleLedger.TWO,
                        ExampleLedger.FOUR,
                        ExampleLedger.structure("0")));
    }

    @Test
    void allRowsStayBelowTheBound() {
        EventRows rows = new EventRows(4, 1 << 20);
        for (int line = 1; line <= 4; line++) {
            rows.add(row(line, 3));
        }
        assertThat(rows.rows()).extracting(EventRow::line).containsExactly(1L, 2L, 3L, 4L);
        assertThat(rows.gapAfter()).isEmpty();
        assertThat(rows.shortFrom()).isEmpty();
    }

    @Test
    void beyondTheBoundTheFirstAndTheLastStay() {
        EventRows rows = new EventRows(4, 1 << 20);
        for (int line = 1; line <= 9; line++) {
            rows.add(row(line, 3));
        }
        assertThat(rows.rows()).extracting(EventRow::line).containsExactly(1L, 2L, 8L, 9L);
        assertThat(rows.gapAfter()).hasValue(2);
        assertThat(rows.count()).isEqualTo(9);
    }

    @Test
    void beyondTheCharactersRowsAreShort() {
        EventRows rows = new EventRows(10, 3000);
        rows.add(row(1, 100));
        rows.add(row(2, 100));
        assertThat(rows.shortFrom()).hasValue(2);
        assertThat(rows.rows().get(0).whole()).isTrue();
        EventRow cut = rows.rows().get(1);
        assertThat(cut.whole()).isFalse();
        assertThat(cut.count()).isEqualTo(100);
        assertThat(cut.units())
                .startsWith("0,2,4")
                .hasSizeLessThanOrEqualTo(EventRow.SHORT_UNITS)
                .doesNotEndWith(",");
        assertThat(cut.evidence()).containsEntry("gate", List.of(0.0, 99.0)).containsEntry("lambda", List.of(7.0));
        assertThat(cut.counts()).containsExactly(Map.entry("gate", 100));
    }

    @Test
    void aSeriesKeepsItsFirstAndLastAndEvenSteps() {
        Thinned<Integer> series = new Thinned<>();
        IntStream.range(0, 10_000).boxed().forEach(series::add);
        assertThat(series.every()).isEqualTo(8);
        assertThat(series.items())
                .hasSizeLessThanOrEqualTo(Thinned.MOST + 1)
                .startsWith(0, 8, 16)
                .endsWith(9992, 9999);
    }
}
