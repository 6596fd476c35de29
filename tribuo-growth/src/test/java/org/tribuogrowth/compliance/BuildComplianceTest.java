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

import com.sun.source.util.JavacTask;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** What holds of the build and of all sources: checks 46 to 48 and 50 of docs/compliance.md. */
class BuildComplianceTest {
    private static final Path ROOT = Path.of("..");
    private static final List<String> MODULES =
            List.of("provenance", "tribuo-growth", "examples", "examples/benchmarks");
    private static final String OWNER = "Copyright (c) 2026 the tribuo-growth authors";

    private static List<Path> files(String folder, String ending) throws IOException {
        Path root = ROOT.resolve(folder);
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }

    private static List<Path> mainSources(String module) throws IOException {
        return files(module + "/src/main/java", ".java").stream()
                .filter(file -> !file.getParent().endsWith("protos"))
                .toList();
    }

    private static Set<String> packages(String module) throws IOException {
        Set<String> packages = new TreeSet<>();
        Path root = ROOT.resolve(module + "/src/main/java");
        for (Path file : files(module + "/src/main/java", ".java")) {
            packages.add(root.relativize(file.getParent()).toString().replace(File.separatorChar, '.'));
        }
        return packages;
    }

    @Test
    void check46_eachJarHasAModuleNameOfItsOwnAndPackagesOfItsOwn() throws IOException {
        assertThat(Files.readString(ROOT.resolve("pom.xml")))
                .contains("<Automatic-Module-Name>${module.name}</Automatic-Module-Name>");
        Map<String, String> owners = new HashMap<>();
        Set<String> names = new TreeSet<>();
        for (String module : MODULES) {
            Matcher name = Pattern.compile("<module\\.name>(org\\.tribuogrowth[a-z.]*)</module\\.name>")
                    .matcher(Files.readString(ROOT.resolve(module).resolve("pom.xml")));
            assertThat(name.find()).as(module).isTrue();
            assertThat(names.add(name.group(1))).as(name.group(1)).isTrue();
            assertThat(files(module + "/src", "module-info.java")).isEmpty();
            for (String used : packages(module)) {
                assertThat(used).doesNotStartWith("org.tribuo.");
                assertThat(owners.put(used, module)).as("the module of " + used).isNull();
            }
        }
    }

    @Test
    void check47_sourcesBeginWithTheLicence() throws IOException {
        String header = Files.readString(ROOT.resolve("license-header.txt")).strip();
        assertThat(header).contains(OWNER);
        List<Path> others = new ArrayList<>(List.of(ROOT.resolve("pom.xml"), ROOT.resolve("grow")));
        for (String module : MODULES) {
            others.add(ROOT.resolve(module).resolve("pom.xml"));
            others.addAll(files(module + "/src", ".proto"));
            for (Path file : files(module + "/src", ".java")) {
                if (!file.getParent().endsWith("protos")) {
                    assertThat(Files.readString(file)).as(file.toString()).startsWith(header);
                }
            }
        }
        others.addAll(files("dev", ""));
        for (Path file : others) {
            if (!file.toString().contains("__pycache__")) {
                assertThat(Files.readString(file)).as(file.toString()).contains(OWNER);
            }
        }
    }

    @Test
    void check47_noWildcardImportsNoConsoleOutsideTheCommandsAndEachPackageIsExplained() throws IOException {
        Pattern wildcard = Pattern.compile("^import (static )?[a-zA-Z0-9_.]+\\.\\*;", Pattern.MULTILINE);
        Set<String> printing = new TreeSet<>();
        for (String module : MODULES) {
            for (Path file : files(module + "/src", ".java")) {
                if (!file.getParent().endsWith("protos")) {
                    assertThat(wildcard.matcher(Files.readString(file)).find())
                            .as(file.toString())
                            .isFalse();
                }
            }
            for (Path file : mainSources(module)) {
                String text = Files.readString(file);
                // Benchmarks are programs of a command line throughout.
                boolean program = module.equals("examples/benchmarks");
                if (!program && (text.contains("System.out") || text.contains("System.err"))) {
                    printing.add(file.getParent().getFileName() + "/" + file.getFileName());
                }
                assertThat(file.resolveSibling("package-info.java")).exists();
            }
        }
        assertThat(printing).containsExactlyInAnyOrder("audit/Audit.java", "cli/Main.java", "examples/VocFolder.java");
    }

    @Test
    void check47_warningsAreErrorsAndPublicMembersAreDocumented() throws IOException {
        assertThat(Files.readString(ROOT.resolve("pom.xml"))).contains("<arg>-Xlint:all</arg>", "<arg>-Werror</arg>");
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        List<Path> sources = new ArrayList<>(mainSources("provenance"));
        sources.addAll(mainSources("tribuo-growth"));
        try (StandardJavaFileManager manager =
                compiler.getStandardFileManager(found, Locale.ROOT, StandardCharsets.UTF_8)) {
            List<String> options = List.of(
                    "-proc:none",
                    "-Xdoclint:all/protected",
                    "-Xmaxwarns",
                    "10000",
                    "-classpath",
                    System.getProperty("java.class.path"));
            JavacTask task = (JavacTask)
                    compiler.getTask(null, manager, found, options, null, manager.getJavaFileObjectsFromPaths(sources));
            task.analyze();
        }
        List<String> complaints = new ArrayList<>();
        for (Diagnostic<? extends JavaFileObject> complaint : found.getDiagnostics()) {
            if (!saidAtTheRecord(complaint)) {
                complaints.add(complaint.toString());
            }
        }
        assertThat(complaints).isEmpty();
    }

    /** The compact constructor of a record has the parameters that the record's own comment explains. */
    private static boolean saidAtTheRecord(Diagnostic<? extends JavaFileObject> complaint) throws IOException {
        if (!complaint.getMessage(Locale.ROOT).startsWith("no @param")) {
            return false;
        }
        String line = complaint
                .getSource()
                .getCharContent(true)
                .toString()
                .lines()
                .skip(complaint.getLineNumber() - 1)
                .findFirst()
                .orElseThrow();
        return line.matches("\\s*public [A-Z]\\w* \\{");
    }

    @Test
    void check48_versionsConvergeAndLicencesAllowAnyUse() throws IOException {
        assertThat(Files.readString(ROOT.resolve("pom.xml")))
                .contains("<dependencyConvergence/>", "<requireUpperBoundDeps/>");
        String table = Files.readString(ROOT.resolve("THIRD_PARTY.md"));
        assertThat(table).doesNotContain("AGPL");
        Matcher row = Pattern.compile("^\\| `([^`]+:[^`]+)` \\| \\S+ \\| (.*) \\|$", Pattern.MULTILINE)
                .matcher(table.substring(
                        table.indexOf("## Libraries at run time"), table.indexOf("## Libraries of the tests")));
        int rows = 0;
        while (row.find()) {
            rows++;
            String first = row.group(2).split(" or ")[0].strip();
            // The second is of the native libraries that OpenBLAS brings; its exception allows to link them to
            // anything.
            assertThat(first)
                    .as(row.group(1))
                    .matches("(Apache|BSD|MIT|EPL)-.*|MIT|GPL-3\\.0 with GCC Runtime Library Exception.*");
        }
        assertThat(rows).isGreaterThan(50);
    }

    @Test
    void check50_nothingIsDownloadedAndDataHasItsLicence() throws IOException {
        Pattern network = Pattern.compile("java\\.net\\.http|\\.openConnection\\(|\\.openStream\\(|new Socket\\(");
        for (String module : MODULES) {
            for (Path file : mainSources(module)) {
                assertThat(network.matcher(Files.readString(file)).find())
                        .as(file.toString())
                        .isFalse();
            }
        }
        try (Stream<Path> folders = Files.list(ROOT.resolve("examples").resolve("data"))) {
            for (Path folder : folders.filter(Files::isDirectory).toList()) {
                assertLicensed(folder);
            }
        }
        // The default backend needs no GPU, and a profile must be asked for.
        assertThat(Files.readString(ROOT.resolve("pom.xml")))
                .contains("<nd4j.backend>nd4j-native</nd4j.backend>")
                .containsPattern("<id>cuda</id>\\s*<properties>");
    }

    /** A folder has its licence beside its page, or is made of folders that have, which its page links. */
    private static void assertLicensed(Path folder) throws IOException {
        String page = Files.readString(folder.resolve("README.md"));
        assertThat(page).containsIgnoringCase("licence");
        if (!Files.exists(folder.resolve("LICENSE"))) {
            Matcher link = Pattern.compile("\\]\\((\\.\\./[a-z0-9-]+)\\)").matcher(page);
            List<Path> origins = new ArrayList<>();
            while (link.find()) {
                origins.add(folder.resolve(link.group(1)));
            }
            assertThat(origins).as(folder.toString()).isNotEmpty();
            assertThat(origins)
                    .allSatisfy(origin -> assertThat(origin.resolve("LICENSE")).exists());
        }
    }
}
