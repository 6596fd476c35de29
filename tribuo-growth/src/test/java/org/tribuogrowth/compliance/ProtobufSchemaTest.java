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
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tribuo.protos.core.TribuoCore;
import org.tribuogrowth.GrowthModel;
import org.tribuogrowth.data.protos.DenseExampleProto;
import org.tribuogrowth.protos.GrowthModelProto;
import org.tribuogrowth.segmentation.protos.SegmentationMaskProto;

/** The protobuf schemas, the code generated from them, and their history: check 34 of docs/compliance.md. */
class ProtobufSchemaTest {
    private static final Path SCHEMAS = Path.of("src", "main", "resources", "protos");
    private static final Path SOURCES = Path.of("src", "main", "java");
    private static final Path HISTORY =
            Path.of("src", "test", "resources", "org", "tribuogrowth", "compliance", "fields");
    private static final Path PROTOC = Path.of("target", "protoc", "protoc.exe");
    private static final List<FileDescriptor> FILES = List.of(
            GrowthModelProto.getDescriptor().getFile(),
            DenseExampleProto.getDescriptor().getFile(),
            SegmentationMaskProto.getDescriptor().getFile());

    private static void collect(FileDescriptor file, Set<FileDescriptor> files) {
        file.getDependencies().forEach(dependency -> collect(dependency, files));
        files.add(file);
    }

    private static List<String> schemas() throws IOException {
        try (Stream<Path> files = Files.list(SCHEMAS)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static Map<String, String> generated(Path root) throws IOException {
        Map<String, String> sources = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> file.getParent().endsWith("protos"))
                    .filter(file -> !file.endsWith("package-info.java"))
                    .toList()) {
                sources.put(root.relativize(file).toString(), Files.readString(file));
            }
        }
        return sources;
    }

    @Test
    void check34_theGeneratedSourcesAreWhatProtocMakesOfTheSchemas(@TempDir Path folder)
            throws IOException, InterruptedException {
        assumeTrue(
                Files.exists(PROTOC) || "true".equals(System.getenv("CI")),
                "Maven fetches protoc for its own test runs; this is none");
        // Tribuo's own schema imports one that is in no jar, so what is compiled in stands for both.
        Set<FileDescriptor> others = new LinkedHashSet<>();
        collect(TribuoCore.getDescriptor(), others);
        FileDescriptorSet.Builder set = FileDescriptorSet.newBuilder();
        others.forEach(file -> set.addFile(file.toProto()));
        Path descriptors =
                Files.write(folder.resolve("tribuo.desc"), set.build().toByteArray());
        Path output = Files.createDirectory(folder.resolve("java"));
        assertThat(PROTOC.toFile().setExecutable(true)).isTrue();
        List<String> command = new ArrayList<>(List.of(
                PROTOC.toAbsolutePath().toString(),
                "--descriptor_set_in=" + descriptors,
                "--proto_path=" + SCHEMAS,
                "--java_out=" + output));
        command.addAll(schemas());
        Path log = folder.resolve("log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(log)).isZero();

        Map<String, String> expected = generated(output);
        assertThat(expected).isNotEmpty();
        Map<String, String> checkedIn = generated(SOURCES);
        assertThat(checkedIn).containsOnlyKeys(expected.keySet());
        expected.forEach((file, source) -> assertThat(source.equals(checkedIn.get(file)))
                .as(file + " is what protoc makes; if not, run dev/generate-protos")
                .isTrue());
    }

    @Test
    void check34_packagesAreOursAndMetadataIsTheFirstField() throws IOException {
        assertThat(FILES).extracting(file -> file.getName()).containsExactlyInAnyOrderElementsOf(schemas());
        for (FileDescriptor file : FILES) {
            assertThat(file.getPackage()).startsWith("tribuogrowth.");
            assertThat(file.getOptions().getJavaPackage())
                    .startsWith("org.tribuogrowth.")
                    .endsWith("protos");
            for (Descriptor message : file.getMessageTypes()) {
                assertThat(message.getName()).endsWith("Proto");
            }
        }
        FieldDescriptor metadata = GrowthModelProto.getDescriptor().findFieldByNumber(1);
        assertThat(metadata.getName()).isEqualTo("metadata");
        assertThat(metadata.getMessageType().getFullName()).isEqualTo("tribuo.core.ModelDataProto");
    }

    /** A line for each field and each constant: where, number, name, type. */
    private static Set<String> fields() {
        Set<String> lines = new TreeSet<>();
        for (FileDescriptor file : FILES) {
            for (EnumDescriptor type : file.getEnumTypes()) {
                type.getValues()
                        .forEach(value ->
                                lines.add(type.getFullName() + " " + value.getNumber() + " " + value.getName()));
            }
            for (Descriptor message : file.getMessageTypes()) {
                if (message.getFields().isEmpty()) {
                    lines.add(message.getFullName());
                }
                for (FieldDescriptor field : message.getFields()) {
                    lines.add(message.getFullName() + " " + field.getNumber() + " " + field.getName() + " "
                            + type(field));
                }
            }
        }
        return lines;
    }

    private static String type(FieldDescriptor field) {
        if (field.isMapField()) {
            return "map<" + type(field.getMessageType().findFieldByNumber(1)) + ","
                    + type(field.getMessageType().findFieldByNumber(2)) + ">";
        }
        String type =
                switch (field.getType()) {
                    case MESSAGE -> field.getMessageType().getFullName();
                    case ENUM -> field.getEnumType().getFullName();
                    default -> field.getType().name().toLowerCase(java.util.Locale.ROOT);
                };
        return field.isRepeated() ? "repeated " + type : type;
    }

    private static Path listing(int version) {
        return HISTORY.resolve("version-" + version + ".txt");
    }

    @BeforeAll
    static void writeTheListingOfTheCurrentVersionIfAsked() throws IOException {
        if (Boolean.getBoolean("fixtures.write")) {
            Files.write(listing(GrowthModel.CURRENT_VERSION), fields());
        }
    }

    @Test
    void check34_theListingOfTheCurrentVersionIsTheSchema() throws IOException {
        Path file = listing(GrowthModel.CURRENT_VERSION);
        assertThat(fields())
                .as("a field was added or changed: list it in " + file
                        + " (-Dfixtures.write=true), and raise the version"
                        + " of the message if older readers would misread it (docs/serialisation.md)")
                .containsExactlyElementsOf(Files.readAllLines(file));
    }

    @Test
    void check34_noNumberIsEverUsedForAnotherField() throws IOException {
        Map<String, String> current = new TreeMap<>();
        fields().forEach(line -> current.put(key(line), line));
        Set<String> reserved = reserved();
        for (int version = 0; version <= GrowthModel.CURRENT_VERSION; version++) {
            for (String line : Files.readAllLines(listing(version))) {
                String now = current.get(key(line));
                if (now == null) {
                    assertThat(reserved)
                            .as("version " + version + " had " + line)
                            .contains(key(line));
                } else {
                    assertThat(now).as("version " + version).isEqualTo(line);
                }
            }
        }
    }

    /** Where and number. */
    private static String key(String line) {
        String[] words = line.split(" ");
        return words.length < 2 ? line : words[0] + " " + words[1];
    }

    private static Set<String> reserved() {
        Set<String> keys = new TreeSet<>();
        for (FileDescriptor file : FILES) {
            for (Descriptor message : file.getMessageTypes()) {
                for (DescriptorProto.ReservedRange range : message.toProto().getReservedRangeList()) {
                    for (int number = range.getStart(); number < range.getEnd(); number++) {
                        keys.add(message.getFullName() + " " + number);
                    }
                }
            }
        }
        return keys;
    }
}
