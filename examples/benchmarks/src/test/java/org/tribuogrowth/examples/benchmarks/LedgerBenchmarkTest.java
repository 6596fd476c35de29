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
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LedgerBenchmarkTest {
    @TempDir
    private Path folder;

    @Test
    void aSmallLedgerIsMeasured() throws IOException {
        LedgerBenchmark.Options options = LedgerBenchmark.Options.of("--events", "2000", "--output", folder.toString());
        LedgerResult result = LedgerBenchmark.run(options);
        assertThat(result.rows())
                .extracting(LedgerResult.Row::what)
                .containsExactly("written, forced", "written", "verified", "verified");
        assertThat(result.rows()).extracting(LedgerResult.Row::events).containsExactly(40L, 2000L, 200L, 2000L);
        assertThat(result.rows()).allSatisfy(row -> {
            assertThat(row.seconds()).isPositive();
            assertThat(row.processorSeconds()).isPositive();
            assertThat(row.heapBytes()).isPositive().isLessThanOrEqualTo(result.heapBytes());
            assertThat(row.fileBytes()).isGreaterThan(100 * row.events());
        });
        assertThat(result.table().lines()).hasSize(6).allMatch(line -> line.startsWith("| ") && line.endsWith(" |"));
        assertThat(LedgerResult.read(folder.resolve("ledger.json"))).isEqualTo(result);
        assertThat(folder).isDirectoryContaining("glob:**ledger.json");
        assertThat(folder.toFile().list()).hasSize(1);
    }

    @Test
    void theTableShowsWhatFollows() {
        LedgerResult.Row row = new LedgerResult.Row("verified", 1_000_000, 512 << 20, 20.0, 12.5, 3 << 20);
        assertThat(new LedgerResult("resnet-20", "java", 1, List.of(row), null).table())
                .endsWith("| verified | 1,000,000 | 512.0 | 20.0 | 50,000 | 12.5 | 3.0 |");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "999", "-1000", "1e6", "100000001", "99999999999"})
    void wrongNumbersOfEventsAreNamed(String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LedgerBenchmark.Options.of("--events", value))
                .withMessageContaining("a whole number from 1000 to 100000000, found '" + value + "'");
    }

    @Test
    void wrongOptionsAreNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LedgerBenchmark.Options.of("--lines", "1"))
                .withMessage("There is no option --lines; --help lists them");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LedgerBenchmark.Options.of("--events"))
                .withMessageContaining("needs a value");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LedgerBenchmark.Options.of("--network", "none"))
                .withMessageContaining("There is no network 'none'");
    }
}
