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
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With shell scripts as interpreters. */
class PeersTest {
    @TempDir
    private Path folder;

    private String python(String name, String script) throws Exception {
        Path file = folder.resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        return file.toString();
    }

    private static Peers peers(String... words) throws Exception {
        return new Peers(BenchmarkOptions.parse(List.of(words)), Path.of("worker.py"), "");
    }

    private static void refuses(String python, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> peers("--python", python))
                .withMessageContaining("--python takes an interpreter with PyTorch, found '" + python + "'")
                .withMessageContaining(message)
                .satisfies(exception -> assertThat(exception.getMessage()).doesNotContain("\n"));
    }

    @Test
    void theVersionIsTheLastLine() throws Exception {
        String python = python("python", "echo a warning; echo 2.13.0+cpu");
        assertThat(peers("--python", python).exporter().name()).isEqualTo("pytorch-2.13.0");
    }

    @Test
    void whatIsNoInterpreterIsNamed() throws Exception {
        refuses(folder.resolve("none").toString(), "which does not start");
        refuses(folder.toString(), "which does not start");
        refuses(python("silent", "exit 3"), "which ends with exit code 3 when it imports torch");
        refuses(
                python("bare", "echo Traceback; echo \"ModuleNotFoundError: No module named 'torch'\"; exit 1"),
                "when it imports torch: ModuleNotFoundError: No module named 'torch'");
        refuses(python("odd", "echo hello world"), "which gives as version: 'hello world'");
    }

    @Test
    void onePyTorchIsEnough() throws Exception {
        String first = python("first", "echo 2.13.0");
        String second = python("second", "echo 2.13.0+cpu");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> peers("--python", first, "--python", second))
                .withMessageContaining("one of them is enough");
    }

    @Test
    void pyTorchNeedsAnInterpreter() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> peers("--peers", "dl4j,onnxruntime"))
                .withMessageContaining("needs --python");
    }
}
