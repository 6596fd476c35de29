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

package org.tribuogrowth.examples.benchmarks.kernels;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.openjdk.jmh.Main;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs the JMH benchmarks by JMH's own options. JMH ignores parameters that no benchmark has, and ends with 0 when all
 * benchmarks fail; here both are errors.
 */
public final class JmhRun {
    private JmhRun() {}

    /**
     * Runs benchmarks.
     *
     * @param words JMH's options.
     * @throws IOException If JMH cannot print its lists.
     */
    public static void main(String[] words) throws IOException {
        int exitCode = 0;
        try {
            CommandLineOptions options = options(words);
            if (asksForLists(options)) {
                Main.main(words);
                return;
            }
            check(options, words);
            if (new Runner(options).run().isEmpty()) {
                System.err.println("run jmh: no benchmark was finished; what JMH printed above says why");
                exitCode = 1;
            }
        } catch (IllegalArgumentException exception) {
            System.err.println("run jmh: " + exception.getMessage());
            exitCode = 2;
        } catch (RunnerException exception) {
            System.err.println("run jmh: " + exception.getMessage());
            exitCode = 1;
        }
        System.exit(exitCode);
    }

    private static boolean asksForLists(CommandLineOptions options) {
        return options.shouldHelp()
                || options.shouldList()
                || options.shouldListWithParams()
                || options.shouldListProfilers()
                || options.shouldListResultFormats();
    }

    /** Reads JMH's options. */
    static CommandLineOptions options(String... words) {
        try {
            return new CommandLineOptions(words);
        } catch (CommandLineOptionException exception) {
            throw new IllegalArgumentException(exception.getMessage().strip() + "; -h lists JMH's options", exception);
        }
    }

    /** Refuses names that no benchmark has, and parameters that the chosen ones do not have. */
    static void check(CommandLineOptions options, String... words) {
        SortedSet<BenchmarkListEntry> chosen = BenchmarkList.defaultList()
                .find(
                        OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT),
                        options.getIncludes(),
                        options.getExcludes());
        if (chosen.isEmpty()) {
            throw new IllegalArgumentException("No benchmark has a name that matches "
                    + String.join(" or ", options.getIncludes()) + "; -l lists them");
        }
        TreeSet<String> parameters = new TreeSet<>();
        chosen.forEach(
                entry -> parameters.addAll(entry.getParams().orElse(Map.of()).keySet()));
        for (int i = 0; i + 1 < words.length; i++) {
            String name = words[i + 1].split("=")[0];
            if (Arrays.asList("-p", "-param").contains(words[i]) && !parameters.contains(name)) {
                throw new IllegalArgumentException("The chosen benchmarks have no parameter '" + name
                        + "'; allowed are " + String.join(", ", parameters));
            }
        }
    }
}
