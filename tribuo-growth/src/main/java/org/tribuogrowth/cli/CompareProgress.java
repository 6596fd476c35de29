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

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Shows how far a comparison is: the run at hand, the time since the beginning, and an estimate of what is left. */
final class CompareProgress {
    private final PrintStream out;
    private final List<CompareJob> all;
    private final List<CompareJob> left;
    private final Map<String, List<Double>> seconds = new HashMap<>();
    private final long begin = System.nanoTime();
    private long runBegin;

    /**
     * Begins.
     *
     * @param out     Where to, or null for nowhere.
     * @param all     All runs.
     * @param missing Those that are to be made.
     */
    CompareProgress(PrintStream out, List<CompareJob> all, List<CompareJob> missing) {
        this.out = out;
        this.all = all;
        this.left = new ArrayList<>(missing);
        if (all.size() > missing.size()) {
            say((all.size() - missing.size()) + " of " + all.size() + " runs are there already");
        }
    }

    void begins(CompareJob job) {
        runBegin = System.nanoTime();
        double estimate = estimate();
        say("run " + number() + " of " + all.size() + ": " + job.name()
                + (seconds.isEmpty()
                        ? ""
                        : "; " + Text.duration(since(begin)) + " so far, about " + Text.duration(estimate) + " left"));
    }

    void ends(CompareJob job, boolean good) {
        int number = number();
        double taken = since(runBegin);
        left.remove(job);
        if (good) {
            seconds.computeIfAbsent(job.method(), unused -> new ArrayList<>()).add(taken);
        }
        say("run " + number + " of " + all.size() + ": " + job.name() + (good ? " done in " : " failed after ")
                + Text.duration(taken));
    }

    private int number() {
        return all.size() - left.size() + 1;
    }

    private static double since(long nanos) {
        return (System.nanoTime() - nanos) / 1e9;
    }

    /** What a method took so far it will take again; a method that had no turn yet takes what the others did. */
    private double estimate() {
        double others = seconds.values().stream()
                .flatMap(List::stream)
                .mapToDouble(Double::doubleValue)
                .average()
                .orElse(0.0);
        double sum = 0.0;
        for (CompareJob job : left) {
            sum += seconds.getOrDefault(job.method(), List.of()).stream()
                    .mapToDouble(Double::doubleValue)
                    .average()
                    .orElse(others);
        }
        return sum;
    }

    private void say(String text) {
        if (out != null) {
            out.println(text);
            out.flush();
        }
    }
}
