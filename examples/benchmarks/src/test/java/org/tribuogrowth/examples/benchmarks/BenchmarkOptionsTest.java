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

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchmarkOptionsTest {
    private static BenchmarkOptions parse(String line) {
        return BenchmarkOptions.parse(line.isEmpty() ? List.of() : List.of(line.split(" ")));
    }

    @Test
    void cellsAreAllCombinations() {
        List<Cell> cells = parse("--networks vgg-16,lenet-5 --widths 50 --threads 1,2 --modes train")
                .cells();
        assertThat(cells)
                .extracting(Cell::name)
                .containsExactly(
                        "train-vgg-16-w50-b32-t1",
                        "train-vgg-16-w50-b32-t2",
                        "train-vgg-16-w50-b128-t1",
                        "train-vgg-16-w50-b128-t2",
                        "train-lenet-5-w50-b128-t1",
                        "train-lenet-5-w50-b128-t2");
    }

    @Test
    void cellsThatShareDataAreNeighboursOnlyOnce() {
        // The data of a cell is deleted once its last neighbour is done.
        List<String> data = parse("").cells().stream().map(Cell::data).toList();
        long changes = 1;
        for (int i = 1; i < data.size(); i++) {
            changes += data.get(i).equals(data.get(i - 1)) ? 0 : 1;
        }
        assertThat(changes).isEqualTo(data.stream().distinct().count());
    }

    @Test
    void otherOptionsChangeTheQuickOnesWhereverTheyStand() {
        BenchmarkOptions options = parse("--python a --rounds 2 --quick --python b");
        assertThat(options.rounds()).isEqualTo(2);
        assertThat(options.batches()).containsExactly(8);
        assertThat(options.pythons()).containsExactly("a", "b");
        assertThat(options.output()).isEqualTo(Path.of("runs", "benchmarks-quick"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--networks lenet|no network 'lenet'",
                "--widths 0|from 1 to 100",
                "--threads two|found 'two'",
                "--modes learn|train and infer",
                "--peers caffe|onnxruntime",
                "--block-seconds NaN|number of seconds",
                "--networks ,|no network ''",
                "--networks lenet-5,|no network ''",
                "--modes ,|no mode ''",
                "--threads 1,,2|found ''",
                "--rounds 0|from 1 to 1000",
                "--rounds|needs a value",
                "--round 3|no option --round",
                "train|where an option should be"
            })
    void whatIsWrongIsSaid(String line, String message) {
        assertThatThrownBy(() -> parse(line))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
