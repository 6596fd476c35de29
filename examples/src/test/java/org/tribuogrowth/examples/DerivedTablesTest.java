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

package org.tribuogrowth.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The CSV files are those that the unchanged data gives; with {@code -Dtables.write=true} they are written anew. */
class DerivedTablesTest {
    private static final Path FOLDER = CommandLineRun.ROOT.resolve("examples/data/csv");

    @Test
    void theFilesAreMadeOfTheUnchangedData() throws IOException {
        Map<String, String> expected = DerivedTables.all();
        if (Boolean.getBoolean("tables.write")) {
            for (Map.Entry<String, String> file : expected.entrySet()) {
                Files.writeString(FOLDER.resolve(file.getKey()), file.getValue());
            }
        }
        Map<String, String> found = new TreeMap<>();
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".csv")).toList()) {
                found.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        assertThat(found).isEqualTo(expected);
    }

    @Test
    void everyRowIsThere() throws IOException {
        Map<String, String> files = DerivedTables.all();
        Map<String, Integer> rows = Map.of(
                "iris",
                150,
                "wine",
                178,
                "breast-cancer",
                569,
                "diabetes",
                442,
                "linnerud",
                20,
                "digit-properties",
                1797);
        assertThat(files).hasSize(2 * rows.size());
        rows.forEach((name, count) -> {
            long train = files.get(name + "-train.csv").lines().count() - 1;
            long test = files.get(name + "-test.csv").lines().count() - 1;
            assertThat(train + test).as(name).isEqualTo(count.longValue());
            assertThat(test).as(name).isEqualTo(count / 5);
        });
        // The first row of the set of digits shows a zero.
        assertThat(files.get("digit-properties-train.csv") + files.get("digit-properties-test.csv"))
                .contains(
                        "0,0,5,13,9,1,0,0,0,0,13,15,10,15,5,0,0,3,15,2,0,11,8,0,0,4,12,0,0,8,8,0,0,5,8,0,0,9,8,0,0,4,11,"
                                + "0,1,12,7,0,0,2,14,5,10,12,0,0,0,0,6,13,10,0,0,0,true,false,true\n");
    }
}
