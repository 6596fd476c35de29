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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files appear whole or not at all, and nothing is overwritten. */
class RunFolderTest {
    @TempDir
    private Path folder;

    @Test
    void foldersAboveAreCreated() {
        RunFolder run = RunFolder.create(folder.resolve("a/b/c"));
        run.write("x.txt", "text".getBytes(StandardCharsets.UTF_8));

        assertThat(folder.resolve("a/b/c/x.txt")).hasContent("text");
        assertThat(run.files()).containsExactly("x.txt");
    }

    @Test
    void anEmptyFolderIsTaken() throws IOException {
        Files.createDirectory(folder.resolve("empty"));

        assertThat(RunFolder.create(folder.resolve("empty")).files()).isEmpty();
    }

    @Test
    void aFileInTheWayIsTold() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "x");

        assertThatThrownBy(() -> RunFolder.create(file))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("is a file");
        assertThatThrownBy(() -> RunFolder.create(file.resolve("run")))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("cannot be created");
    }

    @Test
    void aWriteThatFailsLeavesWhatWasThere() {
        RunFolder run = RunFolder.create(folder.resolve("run"));
        run.write("x.txt", "old".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> run.write("x.txt", file -> {
                    Files.writeString(file, "half of the new");
                    throw new IOException("the disk is full");
                }))
                .isInstanceOf(UserError.class)
                .hasMessage("The file " + run.file("x.txt") + " cannot be written: the disk is full.")
                .satisfies(error -> assertThat(((UserError) error).exitCode()).isEqualTo(Main.FAILED));

        assertThat(run.file("x.txt")).hasContent("old");
        assertThat(run.files()).containsExactly("x.txt");
    }

    @Test
    void theNewContentIsNotSeenBeforeItIsWhole() {
        RunFolder run = RunFolder.create(folder.resolve("run"));
        run.write("x.txt", "old".getBytes(StandardCharsets.UTF_8));

        run.write("x.txt", file -> {
            Files.writeString(file, "new");
            assertThat(run.file("x.txt")).hasContent("old");
        });

        assertThat(run.file("x.txt")).hasContent("new");
    }

    @Test
    void whatAKilledRunLeftHalfWrittenIsReplaced() throws IOException {
        RunFolder run = RunFolder.create(folder.resolve("run"));
        Files.writeString(run.file(".x.txt.part"), "half");

        run.write("x.txt", "whole".getBytes(StandardCharsets.UTF_8));

        assertThat(run.files()).containsExactly("x.txt");
        assertThat(run.file("x.txt")).hasContent("whole");
    }

    @Test
    void discardingKeepsWhatIsNotOurs() throws IOException {
        RunFolder run = RunFolder.create(folder.resolve("run"));
        run.write(RunFolder.CONFIGURATION, new byte[1]);
        Files.writeString(run.file("theirs"), "x");

        run.discard();
        assertThat(run.files()).containsExactly("theirs");

        Files.delete(run.file("theirs"));
        run.discard();
        assertThat(run.path()).doesNotExist();
    }
}
