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

package org.tribuogrowth.examples.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Measures one cell: starts the engines, checks that they compute the same, and times them in turns. Only one computes
 * at any time; the others wait for their next request.
 */
final class CellRun {
    /** How far the losses of two engines may differ, relative to ours. */
    static final double TOLERANCE = 1e-3;

    private static final int CHECKED_STEPS = 3;

    /** Threads of some engines go on spinning for a moment after their last step. */
    private static final long SETTLE_MILLISECONDS = 50;

    private static final double PROFILE_SECONDS = 2.0;
    private static final int MOST_PROFILED_STEPS = 20;

    private final Cell cell;
    private final BenchmarkOptions options;
    private final Path data;
    private final Path logs;
    private final List<Member> members = new ArrayList<>();
    private final List<CellResult.PeerResult> unavailable = new ArrayList<>();

    /** A worker with what is known of it so far. */
    private static final class Member {
        private final WorkerProcess worker;
        private String engine = "";
        private List<Double> losses = List.of();
        private double warmSeconds;
        private TimePlan plan;
        private final List<Double> secondsPerStep = new ArrayList<>();
        private long peakResidentBytes;

        Member(WorkerProcess worker) {
            this.worker = worker;
        }

        PeerSpec spec() {
            return worker.spec();
        }

        boolean ours() {
            return spec().name().equals(PeerSpec.OURS);
        }

        CellResult.PeerResult result() {
            return new CellResult.PeerResult(
                    spec().name(),
                    spec().layout(),
                    engine,
                    null,
                    losses,
                    plan.steps(),
                    secondsPerStep,
                    peakResidentBytes);
        }
    }

    /** One thing to do with a worker. */
    @FunctionalInterface
    private interface Action {
        void accept(Member member) throws WorkerException, InterruptedException;
    }

    /**
     * Makes ready.
     *
     * @param cell    The cell.
     * @param options The times to spend.
     * @param data    The folder of the cell's data.
     * @param logs    Receives the logs of the workers.
     */
    CellRun(Cell cell, BenchmarkOptions options, Path data, Path logs) {
        this.cell = cell;
        this.options = options;
        this.data = data;
        this.logs = logs;
    }

    /**
     * Measures.
     *
     * @param specs The engines, ours first.
     * @return The result. Engines of others that fail are marked in it.
     * @throws LossException   If the engines do not compute the same.
     * @throws WorkerException If our own engine fails.
     */
    CellResult run(List<PeerSpec> specs) throws IOException, InterruptedException, LossException, WorkerException {
        long start = System.nanoTime();
        Machine machine = Machine.here();
        try {
            for (PeerSpec spec : specs) {
                members.add(new Member(WorkerProcess.start(spec, cell.threads(), log(spec))));
            }
            forEach(this::prepare);
            checkLosses();
            forEach(this::warmUp);
            for (int round = 0; round < options.rounds(); round++) {
                timeRound(round);
            }
            forEach(member -> member.peakResidentBytes = member.worker.peakResidentBytes());
        } finally {
            for (Member member : members) {
                member.worker.close();
            }
        }
        Member ours = members.get(0);
        Map<String, Double> operations =
                profile(specs.get(0), Spread.of(ours.secondsPerStep).median());
        List<CellResult.PeerResult> peers =
                new ArrayList<>(members.stream().map(Member::result).toList());
        peers.addAll(unavailable);
        JsonNode network =
                Json.FILES.readTree(data.resolve(CellData.DESCRIPTION).toFile());
        return new CellResult(
                CellResult.FORMAT,
                cell.mode().text(),
                cell.network().text(),
                cell.percent(),
                cell.batch(),
                cell.threads(),
                network.get("multiplyAdds").asLong(),
                network.get("inputMultiplyAdds").asLong(),
                network.get("trainedParameters").asLong(),
                machine,
                peers,
                operations,
                (System.nanoTime() - start) * 1e-9);
    }

    private Path log(PeerSpec spec) {
        return logs.resolve(cell.name() + "." + spec.label() + ".log");
    }

    /** Does a thing with each worker, one after the other; drops those that fail. */
    private void forEach(Action action) throws WorkerException, InterruptedException {
        for (Member member : List.copyOf(members)) {
            attempt(member, action);
        }
    }

    private void attempt(Member member, Action action) throws WorkerException, InterruptedException {
        try {
            action.accept(member);
            Thread.sleep(SETTLE_MILLISECONDS);
        } catch (WorkerException exception) {
            if (member.ours()) {
                throw exception;
            }
            options.say("  left out: " + exception.getMessage());
            unavailable.add(CellResult.PeerResult.unavailable(
                    member.spec().name(), member.spec().layout(), exception.getMessage()));
            members.remove(member);
            member.worker.close();
        }
    }

    private void prepare(Member member) throws WorkerException, InterruptedException {
        JsonNode answer = member.worker.request(String.join(
                " ",
                "prepare",
                cell.mode().text(),
                data.toString(),
                Integer.toString(cell.threads()),
                member.spec().layout()));
        member.engine = answer.get("engine").asText();
        List<Double> losses = new ArrayList<>();
        member.worker.request("step " + CHECKED_STEPS).get("losses").forEach(loss -> losses.add(loss.asDouble()));
        member.losses = List.copyOf(losses);
    }

    private void checkLosses() throws LossException {
        List<Double> ours = members.get(0).losses;
        for (Member member : members) {
            if (!agree(ours, member.losses)) {
                throw new LossException("The losses of " + cell.name() + " after steps 1 to " + CHECKED_STEPS
                        + " are ours " + ours + " and " + member.spec().label() + " " + member.losses
                        + "; allowed is a relative difference of " + TOLERANCE);
            }
        }
    }

    /** Whether all losses are finite and near ours. */
    static boolean agree(List<Double> ours, List<Double> theirs) {
        if (ours.size() != theirs.size()) {
            return false;
        }
        for (int i = 0; i < ours.size(); i++) {
            // False for NaN on either side.
            if (!(Math.abs(ours.get(i) - theirs.get(i)) <= TOLERANCE * Math.abs(ours.get(i)))) {
                return false;
            }
        }
        return true;
    }

    private void warmUp(Member member) throws WorkerException, InterruptedException {
        double total = 0.0;
        double last = 0.0;
        int steps = 1;
        // The last block decides: the first ones are slow while Java compiles.
        while (total < options.warmUpSeconds() || steps == 1) {
            last = time(member, steps) / steps;
            total += last * steps;
            steps = (int) Math.max(2, Math.min(2L * steps, Math.ceil(options.warmUpSeconds() / last / 4)));
        }
        member.warmSeconds = last;
        member.plan = TimePlan.of(member.warmSeconds, options.blockSeconds(), options.rounds());
    }

    /** Each round begins with another worker, so that none always follows the same one. */
    private void timeRound(int round) throws WorkerException, InterruptedException {
        List<Member> order = List.copyOf(members);
        for (int i = 0; i < order.size(); i++) {
            Member member = order.get((i + round) % order.size());
            if (round < member.plan.rounds()) {
                attempt(
                        member,
                        timed -> timed.secondsPerStep.add(time(timed, timed.plan.steps()) / timed.plan.steps()));
            }
        }
    }

    private static double time(Member member, int steps) throws WorkerException, InterruptedException {
        JsonNode answer = member.worker.request("time " + steps);
        double loss = answer.get("loss").asDouble();
        // A diverged network may skip work.
        if (!Double.isFinite(loss)) {
            throw new WorkerException(member.spec().label() + ": the loss became " + loss + " while it was timed");
        }
        return answer.get("seconds").asDouble();
    }

    /** Our engine once more, with oneDNN printing its operations: seconds a step by kind. */
    private Map<String, Double> profile(PeerSpec ours, double stepSeconds)
            throws IOException, WorkerException, InterruptedException {
        int steps = (int) Math.max(1, Math.min(MOST_PROFILED_STEPS, PROFILE_SECONDS / stepSeconds));
        List<String> command = new ArrayList<>(ours.command());
        command.add(Worker.ERROR_STREAM);
        PeerSpec printing = new PeerSpec(ours.name(), ours.layout(), command, ours.environment());
        Path output = logs.resolve(cell.name() + ".operations.log");
        try (WorkerProcess worker = WorkerProcess.startPrinting(printing, cell.threads(), output)) {
            worker.request(String.join(
                    " ",
                    "prepare",
                    cell.mode().text(),
                    data.toString(),
                    Integer.toString(cell.threads()),
                    ours.layout()));
            worker.request("time " + (CHECKED_STEPS + steps));
            worker.request("profile " + steps);
        }
        Map<String, Double> seconds = new TreeMap<>();
        OperationTimes.secondsByKind(WorkerProcess.lines(output))
                .forEach((kind, total) -> seconds.put(kind, total / steps));
        return seconds;
    }
}
