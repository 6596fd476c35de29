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

package org.tribuogrowth.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;

class KernelsProviderTest {
    @Test
    void oneDnnIsChosenForSinglePrecision() {
        assertThat(KernelsProvider.of(KernelChoice.AUTOMATIC, DataType.FLOAT)).isSameAs(OneDnnKernels.instance());
        assertThat(KernelsProvider.of(KernelChoice.ONEDNN, DataType.FLOAT).name())
                .isEqualTo("onednn");
        assertThat(KernelsProvider.of(KernelChoice.ND4J, DataType.FLOAT)).isSameAs(Nd4jKernels.instance());
    }

    @Test
    void anAutomaticChoiceSaysWhyItFallsBack() {
        List<LogRecord> records = recordsOf(() -> {
            Kernels kernels = KernelsProvider.of(
                    KernelChoice.AUTOMATIC, DataType.FLOAT, () -> Optional.of("its native library does not load"));
            assertThat(kernels).isSameAs(Nd4jKernels.instance());
            return kernels;
        });
        assertThat(records).hasSize(1);
        assertThat(records.get(0).getLevel()).isEqualTo(Level.WARNING);
        assertThat(records.get(0).getMessage())
                .contains("its native library does not load")
                .contains("several times slower");
    }

    @Test
    void anAutomaticChoiceInDoublePrecisionSaysThatOneDnnHasNone() {
        List<LogRecord> records = recordsOf(() -> KernelsProvider.of(KernelChoice.AUTOMATIC, DataType.DOUBLE));
        assertThat(records).hasSize(1);
        assertThat(records.get(0).getMessage()).contains("FLOAT only").contains("DOUBLE");
    }

    @Test
    void anExplicitChoiceNeverFallsBack() {
        assertThatIllegalStateException()
                .isThrownBy(() -> KernelsProvider.of(
                        KernelChoice.ONEDNN, DataType.FLOAT, () -> Optional.of("its native library does not load")))
                .withMessageContaining("its native library does not load")
                .withMessageContaining("ND4J");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KernelsProvider.of(KernelChoice.ONEDNN, DataType.DOUBLE))
                .withMessageContaining("found DOUBLE");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KernelsProvider.of(KernelChoice.AUTOMATIC, DataType.INT32))
                .withMessageContaining("INT");
    }

    @Test
    void withoutTheNativeLibraryTheReasonIsFound() throws IOException, InterruptedException {
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !Path.of(entry).getFileName().toString().matches("dnnl-.*-\\w+-\\w+\\.jar"))
                .collect(Collectors.joining(File.pathSeparator));
        assertThat(classPath).isNotEqualTo(System.getProperty("java.class.path"));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classPath,
                        Obstacle.class.getName())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output).contains("obstacle: its native library does not load (java.lang.UnsatisfiedLinkError");
        assertThat(output).contains("automatic: nd4j");
    }

    /** Run in a process of its own, without oneDNN's native library. */
    static final class Obstacle {
        private Obstacle() {}

        public static void main(String[] arguments) {
            System.out.println("obstacle: " + OneDnnKernels.obstacle().orElse("none"));
            System.out.println("automatic: "
                    + KernelsProvider.of(KernelChoice.AUTOMATIC, DataType.FLOAT).name());
        }
    }

    private static List<LogRecord> recordsOf(Supplier<Kernels> action) {
        List<LogRecord> records = new ArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord logRecord) {
                records.add(logRecord);
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger(KernelsProvider.class.getName());
        logger.addHandler(handler);
        try {
            action.get();
        } finally {
            logger.removeHandler(handler);
        }
        return records;
    }

    @Test
    void anAutomaticChoiceIsResolvedToWhatRuns() {
        assertThat(KernelsProvider.resolve(KernelChoice.ND4J, DataType.FLOAT)).isEqualTo(KernelChoice.ND4J);
        assertThat(KernelsProvider.resolve(KernelChoice.AUTOMATIC, DataType.DOUBLE))
                .isEqualTo(KernelChoice.ND4J);
        KernelChoice resolved = KernelsProvider.resolve(KernelChoice.AUTOMATIC, DataType.FLOAT);
        assertThat(KernelsProvider.of(resolved, DataType.FLOAT))
                .isSameAs(KernelsProvider.of(KernelChoice.AUTOMATIC, DataType.FLOAT));
    }
}
