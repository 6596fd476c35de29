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

package org.tribuogrowth;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds the tables of THIRD_PARTY.md against the class path of the tests, which has every library of the module. */
class ThirdPartyTest {
    /** A row: group, artifact, version, licence. */
    private static final Pattern ROW = Pattern.compile("\\| `([^`:]+):([^`:]+)` \\| (\\S+) \\| \\S.* \\|");

    private static final Path DOCUMENT = Path.of("..", "THIRD_PARTY.md");

    @Test
    void everyLibraryOnTheClassPathIsListedWithItsVersion() throws IOException {
        List<String> listed = new ArrayList<>();
        for (Row row : rows()) {
            listed.add(row.repositoryFolder());
        }
        List<String> missing = new ArrayList<>();
        for (String jar : libraries()) {
            if (listed.stream().noneMatch(folder -> jar.contains("/" + folder + "/"))) {
                missing.add(jar);
            }
        }
        assertThat(missing).as("libraries without a row in THIRD_PARTY.md").isEmpty();
    }

    @Test
    void everyListedLibraryIsOnTheClassPath() throws IOException {
        Set<String> jars = libraries();
        List<String> stale = new ArrayList<>();
        for (Row row : rows()) {
            if (!row.ofAnotherBackend(jars)
                    && jars.stream().noneMatch(jar -> jar.contains("/" + row.repositoryFolder() + "/"))) {
                stale.add(row.toString());
            }
        }
        assertThat(stale).as("rows of THIRD_PARTY.md without a library").isEmpty();
    }

    private static List<Row> rows() throws IOException {
        List<Row> rows = new ArrayList<>();
        for (String line : Files.readAllLines(DOCUMENT)) {
            Matcher matcher = ROW.matcher(line);
            if (matcher.matches()) {
                rows.add(new Row(matcher.group(1), matcher.group(2), matcher.group(3)));
            }
        }
        assertThat(rows).as("rows of THIRD_PARTY.md").hasSizeGreaterThan(10);
        return rows;
    }

    /** The jars of others, with slashes: those in the layout of a Maven repository. */
    private static Set<String> libraries() {
        Set<String> libraries = new TreeSet<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            String path = entry.replace(File.separatorChar, '/');
            String name = path.substring(path.lastIndexOf('/') + 1);
            if (name.endsWith(".jar") && !name.startsWith("tribuo-growth") && !name.startsWith("surefire")) {
                libraries.add(path);
            }
        }
        assertThat(libraries).as("libraries on the class path").hasSizeGreaterThan(10);
        return libraries;
    }

    private record Row(String group, String artifact, String version) {
        String repositoryFolder() {
            return group.replace('.', '/') + "/" + artifact + "/" + version;
        }

        /** Rows of the backend that this build does not use are no mistake. */
        boolean ofAnotherBackend(Set<String> jars) {
            boolean cuda = jars.stream().anyMatch(jar -> jar.contains("/nd4j-cuda-"));
            return cuda
                    ? artifact.equals("nd4j-native")
                            || artifact.equals("nd4j-native-preset")
                            || artifact.equals("openblas")
                    : artifact.startsWith("nd4j-cuda-") || artifact.equals("cuda");
        }
    }
}
