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

package org.tribuogrowth.examples.benchmarks.kernels;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JmhRunTest {
    private static void check(String line) {
        String[] words = line.split(" ");
        JmhRun.check(JmhRun.options(words), words);
    }

    @Test
    void whatTheBenchmarksHaveIsAllowed() {
        assertThatCode(() -> check("LayoutBenchmark -p channels=32 -p way=BLOCKED,WINOGRAD -wi 1"))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--no-such-option|no-such-option is not a recognized option; -h lists",
                "NoSuchBenchmark|No benchmark has a name that matches NoSuchBenchmark; -l lists them",
                "DenseBenchmark -p batch=1|no parameter 'batch'; allowed are kernels, shape",
                "DenseBenchmark -i none|-h lists"
            })
    void whatIsWrongIsSaid(String line, String message) {
        assertThatIllegalArgumentException().isThrownBy(() -> check(line)).withMessageContaining(message);
    }
}
