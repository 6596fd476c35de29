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

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs commands as they stand in documents, where the names of files are relative to a folder and the run folder is called
 * {@code run}.
 */
final class Transcript {
    /** What a command begins with. */
    static final String COMMAND = "$ ./grow ";

    private final Path files;
    private final Path run;
    private final Console console = new Console(new ProjectConnections());
    private int code;

    /**
     * Prepares to run.
     *
     * @param files The folder of the files that commands name.
     * @param run   The run folder.
     */
    Transcript(Path files, Path run) {
        this.files = files;
        this.run = run;
    }

    /**
     * Runs a command.
     *
     * @param line The command with what it begins with.
     * @return What it prints, without the folders.
     */
    String answer(String line) {
        List<String> words = new ArrayList<>();
        for (String word : line.substring(COMMAND.length()).split(" ")) {
            if (word.equals("run")) {
                words.add(run.toString());
            } else {
                Path file = files.resolve(word);
                words.add(Files.exists(file) ? file.toString() : word);
            }
        }
        code = console.run(words.toArray(String[]::new));
        return (console.out() + console.err()).replace(files + "/", "").replace(run.getParent() + "/", "");
    }

    /** The exit code of the last command. */
    int code() {
        return code;
    }
}
