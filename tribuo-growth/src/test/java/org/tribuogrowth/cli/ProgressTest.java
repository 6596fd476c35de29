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

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import org.junit.jupiter.api.Test;
import org.tribuogrowth.training.GrowthListener;

/** What a watcher of a training sees. */
class ProgressTest {
    @Test
    void plainProgressIsALineAnEpoch() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        TestRun.tell(List.of(new PlainProgress(new PrintStream(bytes, true, StandardCharsets.UTF_8))));

        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .isEqualToNormalizingNewlines(
                        """
                training on 1,234 examples, validating on 56, 2 epochs, 4 steps; test kernels, 1 thread
                starting with 20 of 2,000 parameters and 40 of 4,000 multiply-adds
                epoch 1/2  loss 0.5000  accuracy 0.7500  parameters 1.0 %  multiply-adds 1.0 %  grow 4  10 s, about 10 s left
                epoch 2/2  loss 0.2500  accuracy 0.8500  parameters 25.0 %  multiply-adds 30.0 %  grow 2  20 s
                """);
    }

    @Test
    void terminalProgressShowsEverythingInOneLine() {
        List<String> lines = new CopyOnWriteArrayList<>();
        try (TerminalProgress progress = new TerminalProgress(new DelegatingProgressBarConsumer(lines::add, 200))) {
            TestRun.tell(List.of(progress));
        }

        String last = lines.get(lines.size() - 1);
        assertThat(last)
                .startsWith("[====================] 100%  epoch 2/2  loss 0.5567")
                .contains("  accuracy 0.8500  parameters 25.0 %  multiply-adds 30.0 %  ")
                .doesNotContain("\n");
    }

    @Test
    void terminalProgressShowsTheTimeLeft() {
        List<String> lines = new CopyOnWriteArrayList<>();
        try (TerminalProgress progress = new TerminalProgress(new DelegatingProgressBarConsumer(lines::add, 200))) {
            progress.onStart(TestRun.plan());
            progress.onStep(new GrowthListener.Step(0, 2, 0.5));
        }

        assertThat(lines.get(lines.size() - 1))
                .startsWith("[==========          ] 50%")
                .endsWith(" s left");
    }

    @Test
    void terminalProgressIsNeverWiderThanTheTerminal() {
        List<String> lines = new CopyOnWriteArrayList<>();
        try (TerminalProgress progress = new TerminalProgress(new DelegatingProgressBarConsumer(lines::add, 30))) {
            TestRun.tell(List.of(progress));
        }

        assertThat(lines).isNotEmpty().allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(30));
    }

    @Test
    void closingBeforeTheStartIsFine() {
        try (TerminalProgress progress = new TerminalProgress(new DelegatingProgressBarConsumer(line -> {}, 30))) {
            assertThat(progress).isNotNull();
        }
    }

    @Test
    void timesAreReadable() {
        assertThat(Text.duration(59.4)).isEqualTo("59 s");
        assertThat(Text.duration(61)).isEqualTo("1 min 1 s");
        assertThat(Text.duration(7500)).isEqualTo("2 h 5 min");
    }
}
