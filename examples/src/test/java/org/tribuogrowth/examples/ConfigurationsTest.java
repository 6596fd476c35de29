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

package org.tribuogrowth.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every configuration of the examples trains for a moment, on small data where the data is not bundled. */
class ConfigurationsTest {
    private static final Set<String> TRAINED = Set.of(
            "fashion-quickstart.xml",
            "dense-baseline.xml",
            "fashion-vgg-scs.xml",
            "mnist-lenet300-scs.xml",
            "mnist-lenet300-dst.xml",
            "mnist-lenet5-dst.xml",
            "cifar10-resnet20-scs.xml");

    @TempDir
    Path folder;

    private void assertGood(CommandLineRun result, Path run) {
        assertThat(result.errors()).isEmpty();
        assertThat(result.code()).isZero();
        assertThat(run).isDirectoryContaining("glob:**model.tribuo");
        CommandLineRun verified = CommandLineRun.of("audit", "verify", run.toString());
        assertThat(verified.code()).as(verified.out() + verified.errors()).isZero();
    }

    @Test
    void everyConfigurationIsTrainedHere() throws IOException {
        try (Stream<Path> files = Files.list(CommandLineRun.ROOT.resolve("examples/configs"))) {
            Set<String> names = new TreeSet<>(
                    files.map(file -> file.getFileName().toString()).toList());
            assertThat(names).isEqualTo(new TreeSet<>(TRAINED));
        }
    }

    @Test
    void quickStart() {
        Path run = folder.resolve("run");
        String[] few = CommandLineRun.bundled(400, "--@trainer.epochs", "5");
        assertGood(CommandLineRun.train("fashion-quickstart.xml", "trainer", run, few), run);
    }

    @Test
    void denseBaseline() {
        for (String trainer : new String[] {"trainer", "uniform"}) {
            Path run = folder.resolve(trainer);
            String[] few = CommandLineRun.bundled(200, "--@" + trainer + ".epochs", "1");
            assertGood(CommandLineRun.train("dense-baseline.xml", trainer, run, few), run);
        }
    }

    @Test
    void fashionVgg() {
        TinyData.idx(folder, 300, true);
        Path run = folder.resolve("run");
        assertGood(
                CommandLineRun.train(
                        "fashion-vgg-scs.xml",
                        "trainer",
                        run,
                        "--@fashion",
                        folder.toString(),
                        "--@trainer.epochs",
                        "5",
                        "--@trainer.minibatchSize",
                        "32"),
                run);
    }

    @Test
    void mnistLeNet300() {
        TinyData.idx(folder, 300, false);
        Path run = folder.resolve("run");
        assertGood(
                CommandLineRun.train(
                        "mnist-lenet300-scs.xml",
            "mnist-lenet300-dst.xml",
            "mnist-lenet5-dst.xml",
                        "trainer",
                        run,
                        "--@mnist",
                        folder.toString(),
                        "--@trainer.epochs",
                        "10",
                        "--@trainer.minibatchSize",
                        "32"),
                run);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mnist-lenet300-dst.xml", "mnist-lenet5-dst.xml"})
    void mnistWithThresholds(String configuration) {
        TinyData.idx(folder, 300, false);
        Path run = folder.resolve("run");
        assertGood(
                CommandLineRun.train(
                        configuration, "trainer", run, "--@mnist", folder.toString(), "--@trainer.epochs", "2"),
                run);
    }

    @Test
    void cifarResNet20() {
        TinyData.cifar(folder, 20);
        Path run = folder.resolve("run");
        assertGood(
                CommandLineRun.train(
                        "cifar10-resnet20-scs.xml",
                        "trainer",
                        run,
                        "--@cifar",
                        folder.toString(),
                        "--@trainer.epochs",
                        "5",
                        "--@trainer.minibatchSize",
                        "16"),
                run);
    }
}
