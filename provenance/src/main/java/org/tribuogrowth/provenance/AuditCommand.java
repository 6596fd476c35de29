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

package org.tribuogrowth.provenance;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * The command line of the record: {@code verify RUN} and {@code show RUN}. Exit codes: 0 good, 1 the answer is "no",
 * 2 usage or a file that cannot be read.
 */
public final class AuditCommand {
    /** The exit code when everything holds. */
    public static final int GOOD = 0;

    /** The exit code when a check fails. */
    public static final int FAILED = 1;

    /** The exit code for a wrong command line, or a file that is not there or cannot be read. */
    public static final int USAGE = 2;

    static final String LEDGER = "ledger.jsonl";

    private static final String HELP =
            """
        audit: check and read the record of structure changes

          audit verify RUN
              Recomputes everything that the ledger of a run claims: form, chain, structure, seal. For a run folder
              also the hashes of its files in manifest.json. Exit code 0 if all holds, 1 if not.

          audit show RUN [--kind KIND] [--group GROUP] [--epoch A[-B]]
              Prints the events as a table, verifying them on the way, and the width of each group over time.
              --kind   only events of this kind: grow, reattach, detach, prune; mask, reset, round, guard, score; or
                       start, interval, restore, training, compaction, seal
              --group  only changes of this unit group, or what else is said about it or a layer of that name
              --epoch  only events of this epoch, or of epochs A to B

        RUN is a run folder, or a ledger file by itself (nothing then vouches for the ledger as a whole).
        Exit codes: 0 good, 1 the answer is "no", 2 wrong usage or a file that cannot be read.
        """;

    private AuditCommand() {}

    /**
     * Runs a command.
     *
     * @param arguments What follows {@code audit} on the command line.
     * @param out       For results.
     * @param err       For errors.
     * @return The exit code.
     */
    public static int run(List<String> arguments, PrintStream out, PrintStream err) {
        if (arguments.contains("--help") || arguments.contains("-h") || arguments.equals(List.of("help"))) {
            out.print(HELP);
            return GOOD;
        }
        try {
            if (arguments.isEmpty()) {
                throw new UsageException("A command is missing: verify or show. See audit --help.");
            }
            List<String> rest = arguments.subList(1, arguments.size());
            return switch (arguments.get(0)) {
                case "verify" -> verify(rest, out);
                case "show" -> ShowCommand.run(ShowOptions.parse(rest), out);
                default -> throw new UsageException("Unknown audit command " + Values.quote(arguments.get(0))
                        + ": the commands are verify and show. See audit --help.");
            };
        } catch (UsageException e) {
            err.println(e.getMessage());
        } catch (InvalidPathException e) {
            err.println("Not a path on this system: " + Values.quote(e.getInput()) + ".");
        } catch (UncheckedIOException e) {
            err.println(describe(e.getCause()));
        } catch (IOException e) {
            err.println(describe(e));
        }
        return USAGE;
    }

    private static String describe(IOException e) {
        if (e instanceof AccessDeniedException denied) {
            return "There is no permission to read " + Values.quote(denied.getFile()) + ".";
        } else if (e instanceof NoSuchFileException missing) {
            return "There is no file " + Values.quote(missing.getFile()) + ".";
        }
        return "Cannot read the run: " + Values.clean(String.valueOf(e.getMessage()), 300) + ".";
    }

    /** A command line that cannot be obeyed. */
    static final class UsageException extends Exception {
        private static final long serialVersionUID = 1L;

        UsageException(String message) {
            super(message);
        }
    }

    /**
     * Finds the ledger of a run.
     *
     * @param run The run folder or the ledger itself.
     * @return The ledger's file.
     * @throws UsageException If there is none.
     */
    static Path ledger(Path run) throws UsageException {
        Path ledger = Files.isDirectory(run) ? run.resolve(LEDGER) : run;
        if (!Files.isRegularFile(ledger)) {
            throw new UsageException("There is no ledger " + ledger + ": name a run folder with a file " + LEDGER
                    + " in it, or a ledger file.");
        }
        return ledger;
    }

    private static int verify(List<String> arguments, PrintStream out) throws UsageException, IOException {
        if (arguments.size() != 1 || arguments.get(0).startsWith("-")) {
            throw new UsageException("audit verify takes one argument, a run folder or a ledger file; found "
                    + Values.quote(String.join(" ", arguments)) + ".");
        }
        Path run = Path.of(arguments.get(0));
        RunVerification result =
                Files.isDirectory(run) ? RunVerification.ofFolder(run) : RunVerification.ofLedger(ledger(run));
        result.lines().forEach(out::println);
        return result.ok() ? GOOD : FAILED;
    }

    static String percent(CostRecord cost, CostRecord dense) {
        return String.format(Locale.ROOT, "%.2f %%", 100.0 * cost.multiplyAddsOf(dense));
    }
}
