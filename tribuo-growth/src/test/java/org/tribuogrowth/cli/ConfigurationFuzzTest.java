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

package org.tribuogrowth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.TextFormat;
import com.oracle.labs.mlrg.olcut.config.protobuf.protos.ConfigProto;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However a file is damaged, it is read as a configuration or refused in words; nothing else is thrown. */
class ConfigurationFuzzTest {
    private static final Path FOLDER = Path.of("src/test/resources/org/tribuogrowth/cli/wrong-configurations");
    private static final int ROUNDS = 15;

    @TempDir
    private Path folder;

    /** The wrong configurations and the right one, by name; messages in the text format in binary form too. */
    private static Map<String, byte[]> files() throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (Stream<Path> found = Stream.concat(Files.list(FOLDER), Stream.of(FOLDER.resolve("parts/good.xml")))) {
            for (Path file : found.sorted().toList()) {
                String name = file.getFileName().toString();
                if (ConfigurationFormat.of(name).isPresent() && Files.size(file) > 0) {
                    files.put(name, Files.readAllBytes(file));
                }
            }
        }
        for (String name : List.copyOf(files.keySet())) {
            if (name.equals("wrong-class-in-list.pbtxt")) {
                ConfigProto.Builder message = ConfigProto.newBuilder();
                TextFormat.merge(new String(files.get(name), StandardCharsets.UTF_8), message);
                files.put("binary.pb", message.build().toByteArray());
            }
        }
        return files;
    }

    private static byte[] damaged(byte[] content, Random random) {
        ByteArrayOutputStream damaged = new ByteArrayOutputStream();
        int from = random.nextInt(content.length);
        int length = random.nextInt(Math.min(40, content.length - from) + 1);
        switch (random.nextInt(5)) {
            case 0 -> { // cut off
                damaged.write(content, 0, from);
            }
            case 1 -> { // a part is missing
                damaged.write(content, 0, from);
                damaged.write(content, from + length, content.length - from - length);
            }
            case 2 -> { // a part is there twice
                damaged.write(content, 0, from + length);
                damaged.write(content, from, content.length - from);
            }
            case 3 -> { // a byte is another
                damaged.writeBytes(content);
                byte[] changed = damaged.toByteArray();
                changed[from] = (byte) random.nextInt(256);
                return changed;
            }
            default -> { // something foreign is in it
                damaged.write(content, 0, from);
                damaged.writeBytes(List.of("<", "\"", "{", "]", "&x;", "${a}", "\0", "name", "<!--", "\\u0000")
                        .get(random.nextInt(10))
                        .getBytes(StandardCharsets.UTF_8));
                damaged.write(content, from, content.length - from);
            }
        }
        return damaged.toByteArray();
    }

    @Test
    void damagedFilesAreReadOrRefusedInWords() throws IOException {
        Random random = new Random(1);
        int read = 0;
        int refused = 0;
        for (Map.Entry<String, byte[]> entry : files().entrySet()) {
            for (int i = 0; i < ROUNDS; i++) {
                byte[] content = damaged(entry.getValue(), random);
                Path file = Files.write(folder.resolve(entry.getKey()), content);
                try {
                    ConfigurationChecker.check(ConfigurationReader.read(List.of(file.toString()), List.of()));
                    read++;
                } catch (UserError error) {
                    assertThat(error.getMessage())
                            .isNotBlank()
                            .hasSizeLessThan(20_000)
                            .matches("[^\\p{Cntrl}\n]*(\n[^\\p{Cntrl}\n]*)*");
                    refused++;
                } catch (RuntimeException | StackOverflowError error) {
                    throw new AssertionError(
                            entry.getKey() + " as " + new String(content, StandardCharsets.ISO_8859_1), error);
                }
            }
        }
        assertThat(read).as("files read").isPositive();
        assertThat(refused).as("files refused").isGreaterThan(1_000);
    }
}
