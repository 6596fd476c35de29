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
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tribuo.DataSource;
import org.tribuo.Output;
import org.tribuogrowth.provenance.ChangeEvent;
import org.tribuogrowth.provenance.IntervalEvent;
import org.tribuogrowth.provenance.LedgerDifference;
import org.tribuogrowth.provenance.LedgerEvent;
import org.tribuogrowth.provenance.LineSink;
import org.tribuogrowth.provenance.SearchEvent;
import org.tribuogrowth.provenance.encoding.SafeText;
import org.tribuogrowth.reproduction.Reproduction;
import org.tribuogrowth.training.GrowthListener;

/** Watches the training of a replay: its data, its platform, each line of its ledger. */
final class ReplayWatch implements TrainingRun.Watch, GrowthListener {
    private static final int FIELDS_SHOWN = 8;
    private static final int VALUE_SHOWN = 100;

    private final Connections connections;
    private final RecordedRun recorded;
    private final ReplayPlatform platform;
    private final String trainData;
    private final ReplaySink sink;
    private final PrintWriter out;
    private List<String> platformDifferences = List.of();
    private Summary summary;

    /**
     * Prepares to watch.
     *
     * @param connections The other parts of the project.
     * @param recorded    The recorded run.
     * @param platform    What it was computed by.
     * @param trainData   The component that gives the training data.
     * @param sink        Compares the lines; whoever made it closes it.
     * @param out         Where checks are reported.
     */
    ReplayWatch(
            Connections connections,
            RecordedRun recorded,
            ReplayPlatform platform,
            String trainData,
            ReplaySink sink,
            PrintWriter out) {
        this.connections = connections;
        this.recorded = recorded;
        this.platform = platform;
        this.trainData = trainData;
        this.sink = sink;
        this.out = out;
    }

    @Override
    @SuppressWarnings("unchecked") // RunData compares the outputs with those that the trainer takes
    public <T extends Output<T>> DataSource<T> part(DataSource<T> source) {
        return recorded.reproduction()
                .map(reproduction -> ((Reproduction<T>) reproduction).part(source))
                .orElse(source);
    }

    @Override
    public void before(Object trainer, RunTask task) {
        recorded.reproduction()
                .ifPresent(reproduction -> connections.setInvocationCount(trainer, reproduction.invocationCount()));
        String digest;
        try {
            digest = task.dataDigest(connections, trainer);
        } catch (IllegalArgumentException e) {
            throw UserError.usage(
                    "The trainer cannot take the data of '" + trainData + "': "
                            + Components.sentence(Components.text(e)),
                    e);
        }
        if (!digest.equals(recorded.start().dataDigest())) {
            throw UserError.failure(
                    "The data of '" + trainData + "' is not what the run was trained on: the ledger has the digest "
                            + recorded.start().dataDigest() + ", the " + task.size() + " " + task.kind()
                            + " found have " + digest
                            + ". The same " + task.kind() + " in another order, or scaled otherwise, are other data.",
                    null);
        }
        out.println("ok      data: the " + task.size() + " " + task.kind() + " of '" + trainData
                + "' have the recorded digest");
    }

    @Override
    public List<GrowthListener> listeners() {
        return List.of(this);
    }

    @Override
    public List<LineSink> ledgerSinks() {
        return List.of(sink);
    }

    @Override
    public void onStart(Plan plan) {
        platformDifferences = platform.differences(plan);
        if (recorded.reproduction().isPresent()) {
            out.println("note    platform: a model does not say what it was computed by; now it is " + plan.engine());
        } else if (!platform.known()) {
            out.println("note    platform: " + RunFolder.OBSERVATIONS
                    + " cannot be read, so what the run was computed by" + " is not known; now it is " + plan.engine());
        } else if (platformDifferences.isEmpty()) {
            out.println("ok      platform: " + plan.engine() + ", as then");
        } else {
            platformDifferences.forEach(difference -> out.println("note    platform: " + difference));
        }
    }

    @Override
    public void onEnd(Summary ended) {
        summary = ended;
    }

    /** Whether a line differed. */
    boolean parted() {
        return sink.parted();
    }

    /**
     * Reports that all lines were equal.
     *
     * @param report Where to.
     */
    void equal(PrintWriter report) {
        if (sink.equalLines() != recorded.lines() || !summary.ledgerHead().equals(recorded.head())) {
            throw new IllegalStateException("The recorded ledger changed while it was replayed");
        }
        report.println("Verdict: equal, all " + sink.equalLines() + " lines of the ledger byte for byte, head "
                + recorded.head());
    }

    /**
     * Reports the first line that differs.
     *
     * @param folder The folder of the new run.
     * @param report Where to.
     * @throws IOException If a ledger cannot be read.
     */
    void difference(Path folder, PrintWriter report) throws IOException {
        LedgerDifference difference = LedgerDifference.first(
                        recorded.path().resolve(RunFolder.LEDGER), folder.resolve(RunFolder.LEDGER))
                .orElseThrow(() -> new IllegalStateException("The recorded ledger changed while it was replayed"));
        report.println("Line " + difference.line() + " differs, " + (difference.line() - 1) + " before it are equal");
        report.println("  recorded  " + describe(difference.eventA()));
        report.println("  replayed  " + describe(difference.eventB()));
        for (LedgerDifference.Field field :
                difference.fields().stream().limit(FIELDS_SHOWN).toList()) {
            report.println("  " + SafeText.clean(field.path(), VALUE_SHOWN) + ": recorded " + value(field.a())
                    + ", replayed " + value(field.b()));
        }
        if (difference.fieldCount() > FIELDS_SHOWN) {
            report.println("  and " + (difference.fieldCount() - FIELDS_SHOWN) + " more fields");
        }
        if (summary != null) {
            report.println("The replay went on to its end: head " + summary.ledgerHead() + " after "
                    + summary.ledgerEvents() + " lines; recorded " + recorded.head() + " after " + recorded.lines());
        }
        if (!platformDifferences.isEmpty()) {
            report.println("The platform is another, which can explain it: " + String.join("; ", platformDifferences));
        }
        report.println("Verdict: NO, the replay is not the recorded run");
    }

    private static String value(Optional<String> value) {
        return value.map(text -> SafeText.clean(text, VALUE_SHOWN)).orElse("nothing");
    }

    private static String describe(Optional<LedgerEvent> event) {
        if (event.isEmpty()) {
            return "no event";
        }
        List<String> words = new ArrayList<>();
        if (event.get() instanceof ChangeEvent change) {
            words.add(change.kind() + " of units " + change.units() + " of " + change.group() + " by " + change.rule());
            words.add(time(change.epoch(), change.step()));
        } else if (event.get() instanceof IntervalEvent interval) {
            words.add("interval");
            words.add(time(interval.epoch(), interval.step()));
        } else if (event.get() instanceof SearchEvent search) {
            words.add(search.kind() + " of " + search.subject() + " by " + search.rule());
            words.add(time(search.epoch(), search.step()));
        } else {
            words.add(event.get().type());
        }
        return SafeText.clean(String.join(", ", words), 2 * VALUE_SHOWN);
    }

    private static String time(int epoch, long step) {
        return "epoch " + epoch + ", step " + step;
    }
}
