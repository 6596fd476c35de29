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

package org.tribuogrowth.provenance.audit;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.concurrent.Callable;
import org.tribuogrowth.provenance.encoding.SafeText;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;

/** The audit commands: a part of the project's command line, and a program of their own that needs no engine. */
public final class Audit {
    /** The exit code when everything holds. */
    public static final int GOOD = 0;

    /** The exit code when the answer is no, as when a check fails. */
    public static final int FAILED = 1;

    /** The exit code for a wrong command line, or a file that is not there or cannot be read. */
    public static final int USAGE = 2;

    private static final int HELP_WIDTH = 110;

    private Audit() {}

    /** The command that holds the others. */
    @Command(
            name = "audit",
            description = "Checks, shows and exports the record of structure changes of a run.",
            footer = {
                "",
                "RUN is a run folder, or a ledger file by itself (nothing then vouches for the ledger as a whole).",
                "'audit COMMAND --help' says more about a command.",
                "Exit codes: 0 good, 1 the answer is \"no\", 2 wrong usage or a file that cannot be read."
            },
            subcommands = {
                VerifyCommand.class,
                ShowCommand.class,
                QueryCommand.class,
                RebuildCommand.class,
                DiffCommand.class,
                ProveCommand.class,
                CheckProofCommand.class,
                RecoverCommand.class,
                ReportCommand.class,
                ExportCommand.class,
                SignCommand.class,
                KeygenCommand.class
            })
    private static final class Root implements Callable<Integer> {
        @Override
        public Integer call() throws AuditException {
            throw AuditException.usage("A command is missing. See audit --help.");
        }
    }

    /**
     * Runs a command and exits with its code.
     *
     * @param arguments The command and its arguments.
     */
    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.out, System.err));
    }

    /**
     * Runs a command.
     *
     * @param arguments What follows {@code audit} on the command line.
     * @param out       For results.
     * @param err       For errors.
     * @param more      Commands beside those of this module: objects that picocli runs, which return an exit code.
     * @return The exit code.
     */
    public static int run(List<String> arguments, PrintStream out, PrintStream err, Object... more) {
        CommandLine line = new CommandLine(new Root());
        for (Object command : more) {
            line.addSubcommand(command);
        }
        configure(line, writer(out), writer(err));
        List<String> words = arguments.equals(List.of("help")) ? List.of("--help") : arguments;
        int code = line.execute(words.toArray(String[]::new));
        out.flush();
        err.flush();
        return code;
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }

    private static void configure(CommandLine line, PrintWriter out, PrintWriter err) {
        line.setOut(out);
        line.setErr(err);
        line.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
        line.setUsageHelpWidth(HELP_WIDTH);
        line.setUsageHelpAutoWidth(false);
        // An argument is what it says: no file is read because a name begins with @.
        line.setExpandAtFiles(false);
        help(line);
        line.setParameterExceptionHandler((exception, arguments) -> {
            CommandLine command = exception.getCommandLine();
            // Words that no command takes are, of the outermost one, meant as the command.
            boolean unknown =
                    exception instanceof CommandLine.UnmatchedArgumentException && command.getParent() == null;
            String message = unknown && !arguments[0].startsWith("-")
                    ? Choices.refuse(
                                    "There is no audit command",
                                    arguments[0],
                                    "its commands are",
                                    line.getSubcommands().keySet())
                            .getMessage()
                    : sentence(SafeText.clean(exception.getMessage(), 1000));
            err.println(message + " See " + command.getCommandSpec().qualifiedName() + " --help.");
            return USAGE;
        });
        line.setExecutionExceptionHandler((exception, command, result) -> {
            if (exception instanceof AuditException known) {
                err.println(known.getMessage());
                return known.exitCode();
            } else if (exception instanceof UncheckedIOException unchecked) {
                err.println(describe(unchecked.getCause()));
                return USAGE;
            } else if (exception instanceof IOException io) {
                err.println(describe(io));
                return USAGE;
            }
            throw exception;
        });
    }

    /** Gives every command the help option, which picocli adds to those only that ask for it. */
    private static void help(CommandLine line) {
        line.getCommandSpec().mixinStandardHelpOptions(true).versionProvider(null);
        line.getCommandSpec().remove(line.getCommandSpec().findOption("--version"));
        line.getSubcommands().values().forEach(Audit::help);
    }

    private static String sentence(String text) {
        return text.endsWith(".") ? text : text + ".";
    }

    private static String describe(IOException exception) {
        if (exception instanceof AccessDeniedException denied) {
            return "There is no permission for " + SafeText.quote(denied.getFile()) + ".";
        } else if (exception instanceof NoSuchFileException missing) {
            return "There is no file " + SafeText.quote(missing.getFile()) + ".";
        } else if (exception instanceof FileAlreadyExistsException existing) {
            return "There is a file " + SafeText.quote(existing.getFile()) + " already; nothing is overwritten.";
        }
        return sentence("Cannot read or write: " + SafeText.clean(String.valueOf(exception.getMessage()), 300));
    }
}
