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

package org.tribuogrowth.compliance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Keeps docs/compliance.md true: each check has a row, each row its tests, and each test of a check its row. */
class ComplianceTableTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "compliance.md");
    private static final List<String> MODULES = List.of("provenance", "tribuo-growth", "examples");
    private static final int CHECKS = 50;
    private static final Pattern METHOD = Pattern.compile("void (check(\\d\\d)_\\w+)\\(");
    private static final Pattern ROW = Pattern.compile("^\\| (\\d+) \\| (\\S.*) \\| (\\S.*) \\|$");
    private static final Pattern TEST = Pattern.compile("`(\\w+)#(\\w+)`");

    /** Class and method of each test whose name begins with the number of a check. */
    private static Set<String> tests() throws IOException {
        Set<String> found = new TreeSet<>();
        for (String module : MODULES) {
            try (Stream<Path> files = Files.walk(Path.of("..", module, "src", "test", "java"))) {
                for (Path file : files.filter(file -> file.toString().endsWith("Test.java"))
                        .toList()) {
                    String name = file.getFileName().toString().replace(".java", "");
                    Matcher method = METHOD.matcher(Files.readString(file));
                    while (method.find()) {
                        found.add(Integer.parseInt(method.group(2)) + " " + name + "#" + method.group(1));
                    }
                }
            }
        }
        return found;
    }

    @Test
    void theTableIsTheTests() throws IOException {
        TreeMap<Integer, String> rows = new TreeMap<>();
        Set<String> listed = new TreeSet<>();
        for (String line : Files.readAllLines(DOCUMENT)) {
            Matcher row = ROW.matcher(line);
            if (!row.matches()) {
                continue;
            }
            int number = Integer.parseInt(row.group(1));
            assertThat(rows.put(number, line)).as("check " + number).isNull();
            Matcher test = TEST.matcher(row.group(3));
            boolean any = false;
            while (test.find()) {
                any = true;
                listed.add(number + " " + test.group(1) + "#" + test.group(2));
            }
            assertThat(any).as(line).isTrue();
        }
        for (int number = 1; number <= CHECKS; number++) {
            assertThat(rows).containsKey(number);
        }
        assertThat(rows).hasSize(CHECKS);
        assertThat(listed).isEqualTo(tests());
    }
}
