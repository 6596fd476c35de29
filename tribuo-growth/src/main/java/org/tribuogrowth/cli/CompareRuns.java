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

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tribuogrowth.compare.InferenceClock;
import org.tribuogrowth.compare.RunReader;

/** Brings the runs of a comparison about: leaves those alone that are there, trains the others one after the other. */
final class CompareRuns {
    private static final double WARM_UP_SECONDS = 0.1;
    private static final double TIMED_SECONDS = 0.2;
    private static final int MOST_TOLD = 5;

    private final Connections connections;
    private final CommandLine line;
    private final CompareFolder folder;
    private final List<CompareJob> jobs;
    private final PrintStream out;
    private final PrintStream err;
    private final Map<CompareJob, Found> found = new HashMap<>();
    private final Map<CompareJob, String> failures = new LinkedHashMap<>();
    private final Set<String> done = new HashSet<>();

    /** What is found where a run is to be. */
    private sealed interface Found {
        /** The run itself, finished. */
        record Finished() implements Found {}

        /** Nothing. */
        record Nothing() implements Found {}

        /** A run that broke off, or one that read a run which is made again. */
        record Unfinished() implements Found {}

        /** Something else, which is not touched unless asked for. */
        record Other(String reason) implements Found {}
    }

    /**
     * Prepares the runs.
     *
     * @param connections The other parts of the project.
     * @param line        The command line.
     * @param folder      The folder of the comparison.
     * @param jobs        The runs, each after those that it reads.
     * @param out         Where progress is shown.
     * @param err         Where failures are told.
     */
    CompareRuns(
            Connections connections,
            CommandLine line,
            CompareFolder folder,
            List<CompareJob> jobs,
            PrintStream out,
            PrintStream err) {
        this.connections = connections;
        this.line = line;
        this.folder = folder;
        this.jobs = List.copyOf(jobs);
        this.out = out;
        this.err = err;
    }

    /**
     * Looks at what is there.
     *
     * @param force Whether runs of another configuration make way.
     * @throws UserError If there are runs of another configuration and they are not to make way.
     */
    void inspect(boolean force) {
        Set<String> finished = new HashSet<>();
        for (CompareJob job : jobs) {
            boolean read = job.reads().stream().allMatch(method -> finished.contains(method + ", seed " + job.seed()));
            Found state = inspect(job, read);
            found.put(job, state);
            if (state instanceof Found.Finished) {
                finished.add(job.name());
            }
        }
        if (!force) {
            refuseOthers();
        }
    }

    /**
     * Trains what is missing. A run that fails is told and does not keep the others from being made.
     *
     * @param progress Whether to show progress.
     * @return Why runs failed, by run.
     */
    Map<CompareJob, String> bringAbout(boolean progress) {
        List<CompareJob> missing = new ArrayList<>();
        for (CompareJob job : jobs) {
            if (found.get(job) instanceof Found.Finished) {
                done.add(job.name());
            } else {
                missing.add(job);
            }
        }
        CompareProgress shown = new CompareProgress(progress ? out : null, jobs, missing);
        for (CompareJob job : missing) {
            shown.begins(job);
            Optional<String> failure = attempt(job, found.get(job), progress ? out : null);
            if (failure.isPresent()) {
                failures.put(job, failure.get());
                err.println("grow: the run " + job.name() + " failed: " + failure.get());
            } else {
                done.add(job.name());
            }
            shown.ends(job, failure.isEmpty());
        }
        return failures;
    }

    private Found inspect(CompareJob job, boolean readIsThere) {
        if (!Files.exists(job.folder(), LinkOption.NOFOLLOW_LINKS)) {
            return new Found.Nothing();
        }
        if (!Files.exists(job.folder().resolve(RunFolder.MANIFEST))) {
            return new Found.Unfinished();
        }
        try {
            Optional<String> problem = RunReader.problem(job.folder());
            if (problem.isPresent()) {
                return new Found.Other("does not verify: " + problem.get());
            }
            Optional<String> difference = difference(job);
            if (difference.isPresent()) {
                return new Found.Other("holds a run of another configuration: " + difference.get());
            }
            if (!readIsThere) {
                return new Found.Unfinished();
            }
            String digest =
                    TrainingRun.configurationDigest(connections, CompareJobs.configuration(line, job), job.parts());
            boolean same = RunReader.configurationDigest(job.folder()).equals(digest);
            return same
                    ? new Found.Finished()
                    : new Found.Other(
                            "holds a run of another configuration: the file is the same, but a default value has"
                                    + " changed since");
        } catch (IOException | IllegalStateException exception) {
            return new Found.Other("cannot be read: " + Components.text(exception));
        }
    }

    private Optional<String> difference(CompareJob job) {
        List<String> kept =
                List.of(job.folder().resolve(RunFolder.CONFIGURATION).toString());
        return RunDifference.find(
                ConfigurationReader.read(kept, List.of()),
                CompareJobs.configuration(line, job),
                job.parts().roots());
    }

    private void refuseOthers() {
        List<String> others = new ArrayList<>();
        for (CompareJob job : jobs) {
            if (found.get(job) instanceof Found.Other other) {
                others.add("The run folder " + job.folder() + " " + Components.sentence(other.reason()));
            }
        }
        if (!others.isEmpty()) {
            int told = Math.min(others.size(), MOST_TOLD);
            String more = others.size() > told ? " So it is with " + (others.size() - told) + " more." : "";
            throw UserError.usage(String.join(" ", others.subList(0, told)) + more
                    + " Name another folder with -o, or give --force to move such runs aside and make them again.");
        }
    }

    private Optional<String> attempt(CompareJob job, Found found, PrintStream progress) {
        for (String method : job.reads()) {
            if (!done.contains(method + ", seed " + job.seed())) {
                return Optional.of("the run " + method + ", seed " + job.seed() + ", which it reads, failed.");
            }
        }
        try {
            if (!(found instanceof Found.Nothing)) {
                folder.moveAside(job.method(), job.seed());
            }
            TrainingRun.prepare(connections, CompareJobs.configuration(line, job), job.parts())
                    .run(job.folder(), progress, CompareRuns::time);
            return Optional.empty();
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError exception) {
            if (Thread.currentThread().isInterrupted()) {
                // Whoever interrupts one training wants no other to begin.
                throw exception;
            }
            String text = Components.sentence(Components.text(exception));
            return Optional.of(
                    exception instanceof UserError ? text : exception.getClass().getSimpleName() + ": " + text);
        }
    }

    private static void time(RunModel model, RunFolder run) {
        InferenceClock clock = new InferenceClock(WARM_UP_SECONDS, TIMED_SECONDS);
        run.write(
                RunReader.TIMING,
                Json.file(clock.time(model.grown().orElseThrow()).json()));
    }
}
