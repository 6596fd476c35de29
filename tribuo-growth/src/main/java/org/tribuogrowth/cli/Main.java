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

import com.oracle.labs.mlrg.olcut.OLCUT;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.tribuo.Tribuo;

/**
 * The command line's entry: finds the command, runs it, and turns what goes wrong into one paragraph and an exit code.
 *
 * <p>Exit codes: 0 if all went well; 1 if the command was right but its answer is no (a check or a training failed); 2 if the
 * command or the configuration is wrong.
 */
public final class Main {
    /** All went well. */
    public static final int GOOD = 0;
    /** The command was right, but a check or a training failed. */
    public static final int FAILED = 1;
    /** The command or the configuration is wrong. */
    public static final int USAGE = 2;

    private static final List<String> COMMANDS =
            List.of("train", "compare", "predict", "export", "describe", "audit", "help");
    private static final String DEBUG = "--debug";

    private static final String HELP =
            """
            Neural networks that grow and prune themselves while they train, as a part of Tribuo.

            Usage: ./grow COMMAND ...

              train      trains from a configuration file and writes a run folder
              compare    trains several methods with several seeds and says what can be said about them
              predict    says what trained networks make of images: labels, or masks and overlay pictures
              export     writes a trained network in forms that other programs read
              describe   lists the components that a configuration can name, and their fields; describes a model
              audit      verifies and shows the record of structure changes of a run
              help       shows this text, or the help of a command: ./grow help train

            Options of all commands:
              --help     shows the help of the command
              --version  shows versions (without a command)
              --debug    shows the stack trace of what went wrong; so does GROW_DEBUG=1 in the environment

            Exit codes: 0 good; 1 the answer is no, as when a check or a training fails; 2 the command or the
            configuration is wrong.
            """;

    private Main() {}

    /**
     * Runs a command and ends the process with its exit code.
     *
     * @param arguments The command's words.
     */
    public static void main(String[] arguments) {
        System.exit(run(arguments, System.out, System.err));
    }

    /**
     * Runs a command.
     *
     * @param arguments The command's words.
     * @param out       Where results go.
     * @param err       Where messages go.
     * @return The exit code.
     */
    public static int run(String[] arguments, PrintStream out, PrintStream err) {
        return run(List.of(arguments), out, err, new ProjectConnections());
    }

    static int run(List<String> arguments, PrintStream out, PrintStream err, Connections connections) {
        List<String> words = new ArrayList<>(arguments);
        boolean debug = words.remove(DEBUG) || "1".equals(System.getenv("GROW_DEBUG"));
        try {
            return dispatch(words, out, err, connections);
        } catch (UserError error) {
            err.println("grow: " + error.getMessage());
            trace(error, debug && error.getCause() != null, err);
            return error.exitCode();
        } catch (OutOfMemoryError error) {
            err.println(
                    "grow: the memory does not suffice; at most "
                            + Runtime.getRuntime().maxMemory() / (1 << 20)
                            + " MiB may be used for objects. Give Java more with -Xmx, or lower the minibatch size or the data.");
            trace(error, debug, err);
            return FAILED;
        } catch (RuntimeException | LinkageError | StackOverflowError error) {
            err.println("grow: internal error, " + error.getClass().getSimpleName() + ": "
                    + Components.sentence(Components.text(error))
                    + " This should not happen, whatever the input; please"
                    + " report it with the output of the same command with " + DEBUG + " (or GROW_DEBUG=1), which shows"
                    + " where it arose.");
            trace(error, debug, err);
            return FAILED;
        } finally {
            out.flush();
            err.flush();
        }
    }

    private static void trace(Throwable error, boolean wanted, PrintStream err) {
        if (wanted) {
            error.printStackTrace(err);
        }
    }

    private static int dispatch(List<String> words, PrintStream out, PrintStream err, Connections connections) {
        if (words.isEmpty()) {
            err.print(HELP);
            return USAGE;
        }
        String command = words.get(0);
        List<String> rest = words.subList(1, words.size());
        switch (command) {
            case "-h", "--help", "help" -> {
                if (!rest.isEmpty()
                        && COMMANDS.contains(rest.get(0))
                        && !rest.get(0).equals("help")) {
                    return dispatch(List.of(rest.get(0), "--help"), out, err, connections);
                }
                if (!rest.isEmpty() && !rest.get(0).equals("help")) {
                    throw unknown(rest.get(0));
                }
                out.print(HELP);
                return GOOD;
            }
            case "--version", "version" -> {
                out.println("tribuo-growth " + version() + ", Tribuo " + Tribuo.VERSION + ", OLCUT " + OLCUT.VERSION
                        + ", Java " + System.getProperty("java.version"));
                return GOOD;
            }
            case "train" -> {
                Logging.configure();
                return new TrainCommand(connections, out).run(rest);
            }
            case "compare" -> {
                Logging.configure();
                return new CompareCommand(connections, out, err).run(rest);
            }
            case "predict" -> {
                Logging.configure();
                return new PredictCommand(out).run(rest);
            }
            case "export" -> {
                Logging.configure();
                return new ExportCommand(ExportCommand.forms(connections), out).run(rest);
            }
            case "describe" -> {
                return new DescribeCommand(out).run(rest);
            }
            case "audit" -> {
                return connections.audit(List.copyOf(rest), out, err);
            }
            default -> throw unknown(command);
        }
    }

    private static UserError unknown(String command) {
        return UserError.usage("there is no command '" + command + "'." + Suggestions.didYouMean(command, COMMANDS)
                + " The commands are " + String.join(", ", COMMANDS) + "; './grow --help' says more.");
    }

    /**
     * The version of this project.
     *
     * @return The version, or {@code unreleased} if it runs from class files that no release was made of.
     */
    static String version() {
        String path = "/META-INF/maven/org.tribuogrowth/tribuo-growth/pom.properties";
        try (InputStream stream = Main.class.getResourceAsStream(path)) {
            if (stream == null) {
                String version = Main.class.getPackage().getImplementationVersion();
                return version == null ? "unreleased" : version;
            }
            Properties properties = new Properties();
            properties.load(stream);
            return properties.getProperty("version", "unreleased");
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }
}
