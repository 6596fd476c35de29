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

package org.tribuogrowth.examples.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PerformanceTablesTest {
    private static final String CELL =
            """
            {"format": 1, "mode": "train", "network": "lenet-5", "percent": 100, "batch": 8, "threads": 1,
             "multiplyAdds": 5, "inputMultiplyAdds": 1, "trainedParameters": 3,
             "machine": {"processor": "p", "cores": 2, "system": "Linux", "load": 0.1},
             "peers": [{"name": "ours", "layout": "default", "engine": "e", "unavailable": null, "losses": [1.0],
                        "stepsPerBlock": 1, "secondsPerStep": [0.5], "peakResidentBytes": 1048576}],
             "operationSeconds": {}, "wallSeconds": 1.0}
            """;

    private static final String PEAK =
            """
            {"threads": 1, "extent": 4096, "seconds": [1.0],
             "machine": {"processor": "p", "cores": 2, "system": "Linux", "load": 0.1}}
            """;

    @TempDir
    private Path folder;

    private Path results;
    private Path page;
    private String before;

    @BeforeEach
    void writePage() throws Exception {
        results = Files.createDirectory(folder.resolve("results"));
        page = folder.resolve("page.md");
        before =
                List.of(
                                "machine",
                                "training",
                                "inference",
                                "training widths",
                                "inference widths",
                                "memory",
                                "operations")
                        .stream()
                        .map(name -> "<!-- benchmark " + name + " -->\nold\n<!-- end of benchmark " + name + " -->\n")
                        .collect(Collectors.joining());
        Files.writeString(page, before);
        Files.writeString(results.resolve("cell.json"), CELL);
        Files.writeString(results.resolve("peak-t1.json"), PEAK);
        // Of another benchmark in the same folder.
        Files.writeString(results.resolve("ledger.json"), "{}");
    }

    @Test
    void wholeResultsBecomeTables() throws Exception {
        PerformanceTables.write(results, page);
        assertThat(page).content().contains("| LeNet-5 | 8 | 1 | 500 |", "* peak at 1 thread: 137 GFLOP/s");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{|cell.json is no result",
                "[]|cell.json is no result",
                "null|cell.json is no result",
                "{\"surplus\": 1}|cell.json is no result",
                "{}|cell.json is no whole result of this benchmark; delete it to measure it again. It must have the format 1",
                "{\"format\": 1}|cell.json: There is no mode 'null'",
                "{\"format\": 1, \"mode\": \"train\"}|cell.json: There is no network 'null'",
                "{\"format\": 1, \"mode\": \"train\", \"network\": \"lenet-5\"}|percent, batch, threads"
            })
    void whatIsNoResultIsNamed(String text, String message) throws Exception {
        Files.writeString(results.resolve("cell.json"), text);
        refuses(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"machine\": {|\"machine\": null, \"x\": {|cell.json is no result",
                "\"secondsPerStep\": [0.5]|\"secondsPerStep\": []|times above 0",
                "\"secondsPerStep\": [0.5]|\"secondsPerStep\": [NaN]|times above 0",
                "\"secondsPerStep\": [0.5]|\"secondsPerStep\": [null]|times above 0",
                "\"name\": \"ours\"|\"name\": \"dl4j\"|times of our own engine",
                "\"unavailable\": null|\"unavailable\": \"broken\"|times of our own engine",
                "\"operationSeconds\": {}|\"operationSeconds\": null|operationSeconds",
                "\"percent\": 100|\"percent\": 0|of at least 1"
            })
    void whatIsNotWholeIsNamed(String found, String instead, String message) throws Exception {
        assertThat(CELL).contains(found);
        Files.writeString(results.resolve("cell.json"), CELL.replace(found, instead));
        refuses(message);
    }

    @Test
    void aBrokenPeakIsNamed() throws Exception {
        Files.writeString(results.resolve("peak-t1.json"), "{}");
        refuses("peak-t1.json is no whole result");
        Files.writeString(results.resolve("peak-t1.json"), PEAK.replace("[1.0]", "[]"));
        refuses("seconds above 0");
    }

    @Test
    void withoutResultsThePageStays() throws Exception {
        Files.delete(results.resolve("cell.json"));
        refuses("There are no results in " + results);
    }

    @Test
    void aPageWithoutItsCommentsIsNamed() throws Exception {
        before = "text\n";
        Files.writeString(page, before);
        refuses(page + ": The page must have the comment");
    }

    @Test
    void filesThatCannotBeReadAreSaid() throws Exception {
        assertThat(FileTrouble.of(catchTrouble(folder.resolve("none"), page)))
                .isEqualTo("there is no " + folder.resolve("none"));
        assertThat(FileTrouble.of(catchTrouble(page, page))).isEqualTo(page + " is no folder");
        assertThat(FileTrouble.of(catchTrouble(results, folder.resolve("none.md"))))
                .isEqualTo("there is no " + folder.resolve("none.md"));
        assertThatThrownBy(() -> PerformanceTables.write(results, results)).hasMessageContaining("found the folder");
    }

    private static IOException catchTrouble(Path results, Path page) {
        return catchThrowableOfType(IOException.class, () -> PerformanceTables.write(results, page));
    }

    private void refuses(String message) {
        assertThatThrownBy(() -> PerformanceTables.write(results, page))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
        assertThat(page).hasContent(before);
    }
}
