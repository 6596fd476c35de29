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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a shell as the worker. */
class WorkerProcessTest {
    @TempDir
    private Path folder;

    private WorkerProcess start(String script) throws WorkerException {
        PeerSpec spec =
                new PeerSpec("shell", "default", List.of("sh", "-c", script), Map.of("OMP_WAIT_POLICY", "PASSIVE"));
        return WorkerProcess.start(spec, 2, folder.resolve("log"));
    }

    @Test
    void onlyAnswersAreAnswers() throws Exception {
        String script = "while read word rest; do [ $word = quit ] && exit; echo noise;"
                + " echo \"answer {\\\"word\\\": \\\"$word $OMP_NUM_THREADS $OMP_WAIT_POLICY\\\", \\\"loss\\\": NaN}\"; done";
        try (WorkerProcess worker = start(script)) {
            assertThat(worker.request("time 3").get("word").asText()).isEqualTo("time 2 PASSIVE");
            assertThat(worker.request("step 1").get("loss").asDouble()).isNaN();
            assertThat(worker.peakResidentBytes()).isPositive();
        }
    }

    @Test
    void failuresAndDeathsAreToldApart() throws Exception {
        try (WorkerProcess worker = start("read line; echo 'answer {\"error\": \"no such layer\"}'; read line")) {
            assertThatThrownBy(() -> worker.request("prepare"))
                    .isInstanceOf(WorkerException.class)
                    .hasMessageContaining("shell failed at 'prepare': no such layer");
        }
        try (WorkerProcess worker = start("read line; exit 3")) {
            assertThatThrownBy(() -> worker.request("prepare")).hasMessageContaining("has ended");
        }
    }

    @Test
    void lossesAgreeWithinATolerance() {
        assertThat(CellRun.agree(List.of(2.0, 1.0), List.of(2.0019, 0.9991))).isTrue();
        assertThat(CellRun.agree(List.of(2.0, 1.0), List.of(2.0, 1.0011))).isFalse();
        assertThat(CellRun.agree(List.of(2.0), List.of(Double.NaN))).isFalse();
        assertThat(CellRun.agree(List.of(Double.NaN), List.of(Double.NaN))).isFalse();
        assertThat(CellRun.agree(List.of(1.0), List.of(1.0, 1.0))).isFalse();
    }
}
