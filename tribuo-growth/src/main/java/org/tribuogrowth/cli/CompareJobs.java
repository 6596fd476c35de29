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

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.tribuogrowth.search.ReadsRun;

/** Turns a comparison into runs, in an order in which each comes after those that it reads. */
final class CompareJobs {
    private static final String SEED = "seed";

    private final Connections connections;
    private final CommandLine line;
    private final ComparePlan plan;
    private final Path folder;

    /**
     * Prepares the jobs.
     *
     * @param connections The other parts of the project.
     * @param line        The command line, with the configuration and its overrides.
     * @param plan        What the comparison consists of.
     * @param folder      Where it lies, or will.
     */
    CompareJobs(Connections connections, CommandLine line, ComparePlan plan, Path folder) {
        this.connections = connections;
        this.line = line;
        this.plan = plan;
        this.folder = folder;
    }

    /**
     * The runs, seed after seed.
     *
     * @return One for each method and seed.
     * @throws UserError If the configuration or a component finds something wrong, or a run reads one that is not part of the comparison.
     */
    List<CompareJob> all() {
        checkOverrides();
        Configuration configuration = ConfigurationReader.read(line.values("config-file"), line.overrides());
        Map<String, Map<String, String>> references = new LinkedHashMap<>();
        plan.methods().forEach((method, component) -> {
            TrainingRun.Parts parts = parts(component);
            TrainingRun.check(connections, configuration, parts);
            if (!parts.tested()) {
                throw UserError.usage("compare: --test-data is 'none', but methods are compared on test data.");
            }
            Map<String, String> read = RunReferences.of(configuration, component);
            read.forEach((reader, run) -> checkReference(configuration, reader, run));
            references.put(method, read);
        });
        List<String> order = new ArrayList<>();
        plan.methods().keySet().forEach(method -> visit(method, references, new LinkedHashSet<>(), order));
        List<CompareJob> jobs = new ArrayList<>();
        for (long seed : plan.seeds()) {
            for (String method : order) {
                jobs.add(job(method, seed, references.get(method)));
            }
        }
        for (CompareJob job : jobs.subList(0, order.size())) {
            if (job.reads().isEmpty()) {
                // What a component itself refuses is found now, and not after hours of training.
                TrainingRun.prepare(connections, configuration(line, job), job.parts());
            }
        }
        return jobs;
    }

    /**
     * The configuration of a run.
     *
     * @param line The command line.
     * @param job  The run.
     * @return The configuration with the run's overrides.
     */
    static Configuration configuration(CommandLine line, CompareJob job) {
        return ConfigurationReader.read(line.values("config-file"), job.settings());
    }

    private TrainingRun.Parts parts(String component) {
        return TrainingRun.Parts.of(line, component, "--runs");
    }

    private void checkOverrides() {
        for (CommandLine.Setting setting : line.overrides()) {
            if (setting.property().equals(SEED) && plan.methods().containsValue(setting.component())) {
                throw UserError.usage(
                        "command line, " + setting.words() + ": the seeds of the runs are set by --seeds.");
            }
        }
    }

    private void checkReference(Configuration configuration, String reader, String run) {
        if (!plan.methods().containsKey(run)) {
            throw UserError.usage(
                    configuration.component(reader).orElseThrow().message(ReadsRun.RUN_PROPERTY) + "found '"
                            + run + "', but --runs has no run of that name."
                            + Suggestions.didYouMean(run, plan.methods().keySet()) + " The runs are "
                            + String.join(", ", plan.methods().keySet()) + ".");
        }
    }

    private static void visit(
            String method, Map<String, Map<String, String>> references, Set<String> under, List<String> order) {
        if (order.contains(method)) {
            return;
        }
        if (!under.add(method)) {
            throw UserError.usage("compare: the runs read one another in a circle: " + String.join(" -> ", under)
                    + " -> " + method + ".");
        }
        new TreeSet<>(references.get(method).values()).forEach(read -> visit(read, references, under, order));
        under.remove(method);
        order.add(method);
    }

    private CompareJob job(String method, long seed, Map<String, String> references) {
        String component = plan.methods().get(method);
        List<CommandLine.Setting> settings = new ArrayList<>(line.overrides());
        settings.add(new CommandLine.Setting(component, SEED, Long.toString(seed)));
        references.forEach((reader, run) -> settings.add(new CommandLine.Setting(
                reader,
                ReadsRun.LEDGER_PROPERTY,
                CompareFolder.run(folder, run, seed).resolve(RunFolder.LEDGER).toString())));
        return new CompareJob(
                method,
                seed,
                CompareFolder.run(folder, method, seed),
                parts(component),
                settings,
                references.values().stream().distinct().sorted().toList());
    }
}
