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
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tribuogrowth.provenance.ChangeEvent;
import org.tribuogrowth.provenance.LedgerEvent;
import org.tribuogrowth.provenance.SealEvent;
import org.tribuogrowth.provenance.SimulatedSearch;

/** The page in a browser: it loads without a complaint, and its tables, filters and lineages say what the ledger says. */
class ReportBrowserTest {
    private static final int WIDE = 1200;
    private static final int NARROW = 360;
    private static final double READABLE = 4.5;

    private static Chromium chromium;

    @TempDir
    private static Path folder;

    private static List<LedgerEvent> events;
    private static List<ChangeEvent> changes;
    private static Path page;

    @BeforeAll
    static void start() throws IOException {
        Optional<Path> program = Chromium.find();
        if (program.isEmpty()) {
            String missing = "The report was not tested in a browser: there is no Chromium on the path"
                    + " (Debian and Ubuntu: apt-get install chromium)";
            if (System.getenv("CI") != null) {
                fail(missing);
            }
            Assumptions.abort(missing);
        }
        chromium = Chromium.start(program.get());
        events = SimulatedSearch.run(11, 60);
        changes = events.stream()
                .filter(ChangeEvent.class::isInstance)
                .map(ChangeEvent.class::cast)
                .toList();
        Path run = ReportFixture.folder(folder.resolve("run"), events);
        ReportPageTest.hostile(run);
        page = ReportFixture.page(run);
    }

    @AfterAll
    static void stop() {
        if (chromium != null) {
            chromium.close();
        }
    }

    private static String text(String selector) {
        return chromium.evaluate("document.querySelector('" + selector + "').textContent")
                .asText();
    }

    private static void set(String selector, String value) {
        chromium.evaluate("{const field = document.querySelector('" + selector + "'); field.value = '" + value + "';"
                + "field.dispatchEvent(new Event('input')); field.dispatchEvent(new Event('change'))}"
                + "new Promise(done => setTimeout(done, 20))");
    }

    private static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number).replace(',', '\u202f');
    }

    private static void assertQuiet(Path opened) {
        assertThat(chromium.complaints()).isEmpty();
        assertThat(chromium.requests()).containsExactly(opened.toUri().toString());
    }

    @ParameterizedTest
    @CsvSource({"1200, false", "1200, true", "360, false", "360, true"})
    void itLoadsWithoutAComplaintAtAnyWidth(int width, boolean dark) {
        chromium.open(page, width, dark);
        assertQuiet(page);
        assertThat(chromium.evaluate("document.documentElement.scrollWidth").asInt())
                .isLessThanOrEqualTo(width);
        assertThat(chromium.evaluate("document.documentElement.dataset.theme").asText())
                .isEqualTo(dark ? "dark" : "light");
        assertThat(chromium.evaluate(
                                "[...document.querySelectorAll('.chart')].every(place => place.querySelector('svg'))")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void textsOfTheRunAreShownAndNotRun() {
        chromium.open(page, WIDE, false);
        assertThat(chromium.evaluate("typeof window.hacked").asText()).isEqualTo("undefined");
        assertThat(chromium.evaluate("document.querySelectorAll('img, script').length")
                        .asInt())
                .isEqualTo(3);
        assertThat(text("#config")).contains(ReportPageTest.HOSTILE);
        assertThat(text("#environment")).contains(ReportPageTest.HOSTILE);
        assertThat(text("#figures")).contains(ReportPageTest.HOSTILE);
    }

    @Test
    void theTableShowsTheLedgersRows() {
        chromium.open(page, WIDE, false);
        JsonNode cells = chromium.evaluate(
                "[...document.querySelectorAll('#changes tbody tr')].map(row => [...row.children].map(cell => cell.textContent))");
        assertThat(cells.size()).isEqualTo(50);
        SealEvent seal = (SealEvent) events.get(events.size() - 1);
        for (JsonNode row : cells) {
            LedgerEvent event = events.get(row.get(0).asInt() - 1);
            if (event instanceof ChangeEvent change) {
                assertThat(row.get(1).asText()).isEqualTo(Integer.toString(change.epoch()));
                assertThat(row.get(2).asText()).isEqualTo(grouped(change.step()));
                assertThat(row.get(3).asText()).isEqualTo(change.kind());
                assertThat(row.get(4).asText()).isEqualTo(change.group());
                assertThat(row.get(5).asText()).isEqualTo(change.units());
                assertThat(row.get(6).asText())
                        .isEqualTo(change.widthBefore() + "\u00a0\u2192\u00a0" + change.widthAfter());
                assertThat(row.get(8).asText()).isEqualTo(change.rule());
            }
        }
        assertThat(text("#summary"))
                .contains(grouped(seal.cost().parameters()), grouped(seal.cost().multiplyAdds()));
        assertThat(text("#integrity")).contains(seal.weightsDigest(), "holds");
    }

    @Test
    void filtersWorkTogether() {
        chromium.open(page, WIDE, false);
        String group = changes.get(0).group();
        int epoch = changes.get(changes.size() / 2).epoch();
        set("#filter-kind", "detach");
        assertFound(changes.stream()
                .filter(change -> change.kind().equals("detach"))
                .count());
        set("#filter-group", group);
        assertFound(changes.stream()
                .filter(change ->
                        change.kind().equals("detach") && change.group().equals(group))
                .count());
        set("#epoch-to", Integer.toString(epoch));
        assertFound(changes.stream()
                .filter(change ->
                        change.kind().equals("detach") && change.group().equals(group) && change.epoch() <= epoch)
                .count());
        chromium.evaluate("document.querySelector('#clear').click()");
        set("#filter-unit", "0");
        assertFound(
                changes.stream().filter(change -> change.unitNumbers()[0] == 0).count());
        chromium.evaluate("document.querySelector('#clear').click()");
        set("#filter-rule", "gate at or below 0");
        assertFound(changes.size());
        set("#filter-text", "PRUNE");
        assertFound(
                changes.stream().filter(change -> change.kind().equals("prune")).count());
        set("#filter-text", "nothing of the kind");
        assertFound(0);
        assertQuiet(page);
    }

    private static void assertFound(long count) {
        assertThat(text("#found")).startsWith(grouped(count) + " of ");
    }

    @Test
    void theKeyboardIsEnough() {
        chromium.open(page, WIDE, false);
        chromium.press("Tab", "");
        assertThat(chromium.evaluate("document.activeElement.className").asText())
                .isEqualTo("skip");
        chromium.press("Tab", "");
        assertThat(chromium.evaluate("document.activeElement.id").asText()).isEqualTo("theme");
        chromium.press("Enter", "\r");
        assertThat(text("#theme")).isEqualTo("Colours: light");
        chromium.press("Enter", "\r");
        assertThat(chromium.evaluate("document.documentElement.dataset.theme").asText())
                .isEqualTo("dark");
        chromium.evaluate("document.querySelector('#filter-text').focus()");
        for (char c : "prune".toCharArray()) {
            chromium.press(Character.toString(c), Character.toString(c));
        }
        chromium.evaluate("new Promise(done => setTimeout(done, 20))");
        assertFound(
                changes.stream().filter(change -> change.kind().equals("prune")).count());
        assertThat(chromium.evaluate("[...document.querySelectorAll('button, select, input')].every(field =>"
                                + " field.textContent || field.closest('label').textContent)")
                        .asBoolean())
                .isTrue();
        assertThat(chromium.evaluate("[...document.querySelectorAll('table')].every(table => table.caption &&"
                                + " [...table.tHead.querySelectorAll('th')].every(head => head.scope === 'col'))")
                        .asBoolean())
                .isTrue();
        assertQuiet(page);
    }

    @Test
    void aLineageIsTheUnitsLife() {
        chromium.open(page, WIDE, false);
        ChangeEvent change = changes.get(changes.size() / 2);
        int unit = change.unitNumbers()[0];
        chromium.evaluate("{const field = document.querySelector('#lineage-group');"
                + "field.value = [...field.options].findIndex(option => option.text === '" + change.group() + "');"
                + "field.dispatchEvent(new Event('change'))}");
        set("#lineage-unit", Integer.toString(unit));
        List<String> expected = changes.stream()
                .filter(other ->
                        other.group().equals(change.group()) && Arrays.binarySearch(other.unitNumbers(), unit) >= 0)
                .map(ChangeEvent::kind)
                .toList();
        JsonNode kinds = chromium.evaluate(
                "[...document.querySelectorAll('#life tbody tr')].map(row => row.children[3].textContent)");
        assertThat(kinds).extracting(JsonNode::asText).isEqualTo(expected);

        SealEvent seal = (SealEvent) events.get(events.size() - 1);
        JsonNode compact = chromium.evaluate(
                "[...document.querySelectorAll('#compact button[data-unit]')].map(button => button.dataset.unit)");
        TreeSet<Integer> units = new TreeSet<>();
        compact.forEach(each -> units.add(each.asInt()));
        assertThat(SimulatedSearch.format(units)).isEqualTo(seal.activeUnits().get(change.group()));
        chromium.evaluate("document.querySelector('#compact button[data-unit]').click()");
        assertThat(text("#life-sentence"))
                .startsWith("Unit " + units.first() + " of " + change.group() + " is active at the end, as number 0");
    }

    @Test
    void aHundredThousandRowsStayUsable() throws IOException {
        Path run = Files.createDirectories(folder.resolve("long"));
        ReportFixture.longLedger(run.resolve("ledger.jsonl"), EventRows.MOST / 2 + 50);
        Path large = ReportFixture.page(run);
        chromium.open(large, WIDE, false);
        assertQuiet(large);
        assertThat(text("#gap")).contains("The ledger has " + grouped(EventRows.MOST + 101) + " changes");
        assertThat(chromium.evaluate("document.querySelectorAll('*').length").asInt())
                .isLessThan(5000);
        assertFound(EventRows.MOST);
        set("#filter-kind", "grow");
        assertFound(1);
    }

    @Test
    void whatAMethodDoesNotHaveIsLeftOut() throws IOException {
        Path run = ReportFixture.folder(folder.resolve("masks"), ReportFixture.masksAndRounds());
        Path masks = ReportFixture.page(run);
        chromium.open(masks, NARROW, false);
        assertQuiet(masks);
        assertThat(chromium.evaluate("[...document.querySelectorAll('figure')].map(figure => figure.id)"))
                .extracting(JsonNode::asText)
                .containsExactly("widths", "costs", "validation", "losses", "densities", "rewards", "kept", "gates");
        assertThat(chromium.evaluate("document.querySelector('#environment')").isNull())
                .isTrue();
    }

    @Test
    void paperIsLight() {
        chromium.open(page, WIDE, true);
        chromium.evaluate("window.dispatchEvent(new Event('beforeprint'))");
        assertThat(chromium.evaluate("document.documentElement.dataset.theme").asText())
                .isEqualTo("light");
        chromium.evaluate("window.dispatchEvent(new Event('afterprint'))");
        assertThat(chromium.evaluate("document.documentElement.dataset.theme").asText())
                .isEqualTo("dark");
        assertThat(chromium.pdf()).startsWith('%', 'P', 'D', 'F');
        assertQuiet(page);
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void textStandsOutFromItsBackground(boolean dark) {
        chromium.open(page, WIDE, dark);
        String contrast =
                "(a, b) => {const light = c => {const [r, g, b] = c.match(/[\\da-f]{2}/g).map(x => parseInt(x, 16) / 255)"
                        + ".map(x => x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4); return 0.2126 * r + 0.7152 * g + 0.0722 * b};"
                        + "const of = name => light(getComputedStyle(document.documentElement).getPropertyValue(name).trim());"
                        + "const [low, high] = [of(a), of(b)].sort((x, y) => x - y); return (high + 0.05) / (low + 0.05)}";
        for (String pair : List.of(
                "--text --back",
                "--text --panel",
                "--quiet --back",
                "--quiet --panel",
                "--accent --back",
                "--accent --panel",
                "--good --good-back",
                "--bad --bad-back",
                "--note --note-back")) {
            String[] names = pair.split(" ");
            assertThat(chromium.evaluate("(" + contrast + ")('" + names[0] + "', '" + names[1] + "')")
                            .asDouble())
                    .as(pair)
                    .isGreaterThanOrEqualTo(READABLE);
        }
    }
}
