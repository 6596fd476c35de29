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

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.tribuogrowth.cli.Main;

/**
 * One run of the command line inside the test's process.
 *
 * @param code   The exit code.
 * @param out    What was printed.
 * @param errors What was printed as errors.
 */
record CommandLineRun(int code, String out, String errors) {
    /** The root of the project; tests run in the folder of their module. */
    static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    static CommandLineRun of(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        int code = Main.run(
                arguments,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(errors, true, StandardCharsets.UTF_8));
        return new CommandLineRun(code, out.toString(StandardCharsets.UTF_8), errors.toString(StandardCharsets.UTF_8));
    }

    /** Trains with one of the example configurations, whose relative paths are made absolute. */
    static CommandLineRun train(String configuration, String trainer, Path run, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "train",
                "-c",
                ROOT.resolve("examples/configs").resolve(configuration).toString(),
                "-t",
                trainer,
                "-o",
                run.toString(),
                // Times of a machine that tests keep busy are of no use.
                "--no-sizes"));
        arguments.addAll(List.of(more));
        return of(arguments.toArray(String[]::new));
    }

    /** The overrides that let the bundled data be found from any folder, with so many examples of each part. */
    static String[] bundled(int examples, String... more) {
        Path data = ROOT.resolve("examples/data/fashion-mnist-8000");
        List<String> overrides = new ArrayList<>();
        for (String[] part : new String[][] {{"trainData", "train-8000"}, {"testData", "t10k-2000"}}) {
            overrides.addAll(List.of(
                    "--@" + part[0] + ".imagesPath",
                    data.resolve("fashion-" + part[1] + "-images-idx3-ubyte.gz").toString(),
                    "--@" + part[0] + ".labelsPath",
                    data.resolve("fashion-" + part[1] + "-labels-idx1-ubyte.gz").toString(),
                    "--@" + part[0] + ".maximumExamples",
                    Integer.toString(examples)));
        }
        overrides.addAll(List.of(more));
        return overrides.toArray(String[]::new);
    }
}
