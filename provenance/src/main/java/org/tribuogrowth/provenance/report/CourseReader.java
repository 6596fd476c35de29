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

package org.tribuogrowth.provenance.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tribuogrowth.provenance.ChangeEvent;
import org.tribuogrowth.provenance.CompactionEvent;
import org.tribuogrowth.provenance.CostRecord;
import org.tribuogrowth.provenance.GroupRecord;
import org.tribuogrowth.provenance.IntervalEvent;
import org.tribuogrowth.provenance.LedgerEvent;
import org.tribuogrowth.provenance.LedgerLine;
import org.tribuogrowth.provenance.LedgerReader;
import org.tribuogrowth.provenance.RestoreEvent;
import org.tribuogrowth.provenance.SealEvent;
import org.tribuogrowth.provenance.SearchEvent;
import org.tribuogrowth.provenance.StartEvent;
import org.tribuogrowth.provenance.TrainingEvent;

/** Reads the course of a run from its ledger, once and in bounded memory, verifying each line on the way. */
final class CourseReader {
    /** The most groups, masked layers and names of numbers that are drawn. */
    static final int MOST_NAMES = 256;

    /** What searches call their numbers. */
    private static final String BUDGET = "budget";

    private static final String DENSITY = "density";
    private static final String KEPT = "kept";
    private static final String WEIGHTS = "weights";

    private final Map<String, Integer> places = new LinkedHashMap<>();
    private final Map<String, Integer> observed = new LinkedHashMap<>();
    private final TreeMap<String, Thinned<Course.Density>> densities = new TreeMap<>();
    private final Thinned<Course.Moment> structure = new Thinned<>();
    private final Thinned<Course.Moment> measured = new Thinned<>();
    private final Thinned<Course.Round> rounds = new Thinned<>();
    private final EventRows events = new EventRows();
    private StartEvent start;
    private Optional<TrainingEvent> training = Optional.empty();
    private Optional<RestoreEvent> restore = Optional.empty();
    private Optional<CompactionEvent> compaction = Optional.empty();
    private Optional<SealEvent> seal = Optional.empty();
    private Optional<String> merkleRoot = Optional.empty();
    private OptionalDouble budget = OptionalDouble.empty();
    private int[] widths;
    private int groupsLeft;
    private CostRecord cost;
    private long line;
    private int epoch;
    private long step;
    private double work;
    private long roundCount;

    private CourseReader() {}

    /**
     * Reads a ledger.
     *
     * @param ledger The ledger.
     * @param lines  How many of its lines are read, at least 1; a caller that has verified it knows how many hold.
     * @return The course up to there.
     * @throws IOException If a line does not hold, or the file cannot be read or has fewer lines.
     */
    static Course read(Path ledger, long lines) throws IOException {
        CourseReader course = new CourseReader();
        try (LedgerReader reader = LedgerReader.open(ledger)) {
            for (long i = 0; i < lines; i++) {
                LedgerLine next =
                        reader.next().orElseThrow(() -> new IOException("The ledger became shorter while it was read"));
                if (next.event() instanceof StartEvent event) {
                    course.start(event, reader.state().orElseThrow().cost());
                } else {
                    course.take(next);
                }
            }
            return course.end(reader);
        }
    }

    private void start(StartEvent event, CostRecord seed) {
        start = event;
        cost = seed;
        line = 1;
        for (String name : order(event)) {
            if (places.size() < MOST_NAMES) {
                places.put(name, places.size());
            } else {
                groupsLeft++;
            }
        }
        widths = new int[places.size()];
        places.forEach((name, place) -> widths[place] = event.activeUnitNumbers(name).length);
        structure.add(moment(OptionalDouble.empty(), OptionalDouble.empty(), "", new double[0]));
    }

    /** The searchable groups as the architecture has them from input to output; those that it does not name last. */
    private static List<String> order(StartEvent start) {
        List<String> names = new ArrayList<>();
        for (String text : start.architecture().split("\n")) {
            String[] words = text.split(" ", 3);
            boolean unit = words.length >= 2 && (words[0].equals("units") || words[0].equals("block"));
            if (unit && searchable(start.groups().get(words[1]))) {
                names.add(words[1]);
            }
        }
        return names.stream().distinct().toList();
    }

    private static boolean searchable(GroupRecord group) {
        return group != null && group.searchable();
    }

    private void take(LedgerLine next) {
        line = next.index() + 1;
        LedgerEvent event = next.event();
        if (event instanceof ChangeEvent change) {
            enter(change.epoch(), change.step());
            events.add(EventRow.of(line, change));
            cost = change.after();
            Integer place = places.get(change.group());
            if (place != null) {
                widths = widths.clone();
                widths[place] = change.widthAfter();
            }
            single(change.evidence(), BUDGET).ifPresent(value -> budget = OptionalDouble.of(value));
        } else if (event instanceof IntervalEvent interval) {
            enter(interval.epoch(), interval.step());
            interval(interval);
        } else if (event instanceof SearchEvent search) {
            enter(search.epoch(), search.step());
            events.add(EventRow.of(line, search, cost));
            search(search);
        } else if (event instanceof RestoreEvent event1) {
            enter(event1.epoch(), event1.step());
            restore = Optional.of(event1);
        } else if (event instanceof TrainingEvent event1) {
            enter(epoch, event1.step());
            training = Optional.of(event1);
        } else if (event instanceof CompactionEvent event1) {
            compaction = Optional.of(event1);
        } else if (event instanceof SealEvent event1) {
            seal = Optional.of(event1);
            merkleRoot = next.merkleRoot();
        }
    }

    /** The steps up to here were made with the network as it is before the event. */
    private void enter(int nextEpoch, long nextStep) {
        work += (double) (nextStep - step) * cost.multiplyAdds();
        epoch = nextEpoch;
        step = nextStep;
    }

    private void interval(IntervalEvent interval) {
        for (String name : interval.observations().keySet()) {
            if (observed.size() < MOST_NAMES) {
                observed.putIfAbsent(name, observed.size());
            }
        }
        double[] numbers = new double[observed.size()];
        Arrays.fill(numbers, Double.NaN);
        interval.observations().forEach((name, value) -> {
            Integer place = observed.get(name);
            if (place != null) {
                numbers[place] = value;
            }
        });
        Course.Moment moment = moment(
                OptionalDouble.of(interval.trainingLoss()), interval.validation(), interval.measureName(), numbers);
        structure.add(moment);
        if (interval.validation().isPresent()) {
            measured.add(moment);
        }
    }

    private Course.Moment moment(
            OptionalDouble trainingLoss, OptionalDouble validation, String measureName, double[] observations) {
        return new Course.Moment(
                line, epoch, step, cost, widths, work, trainingLoss, validation, measureName, observations);
    }

    private void search(SearchEvent search) {
        SortedMap<String, List<Double>> evidence = search.evidence();
        if (search.kind().equals("mask")) {
            OptionalDouble density = single(evidence, DENSITY);
            boolean known = densities.containsKey(search.subject()) || densities.size() < MOST_NAMES;
            if (density.isPresent() && known) {
                densities
                        .computeIfAbsent(search.subject(), unused -> new Thinned<>())
                        .add(new Course.Density(
                                line,
                                epoch,
                                step,
                                density.getAsDouble(),
                                whole(evidence, KEPT),
                                whole(evidence, WEIGHTS)));
            }
        } else if (search.kind().equals("round")) {
            TreeMap<String, Double> values = new TreeMap<>();
            evidence.forEach((name, numbers) -> {
                if (numbers.size() == 1 && values.size() < MOST_NAMES) {
                    values.put(name, numbers.get(0));
                }
            });
            rounds.add(new Course.Round(line, roundCount++, epoch, step, values));
        }
    }

    private static OptionalDouble single(SortedMap<String, List<Double>> evidence, String name) {
        List<Double> numbers = evidence.getOrDefault(name, List.of());
        return numbers.size() == 1 ? OptionalDouble.of(numbers.get(0)) : OptionalDouble.empty();
    }

    private static OptionalLong whole(SortedMap<String, List<Double>> evidence, String name) {
        OptionalDouble value = single(evidence, name);
        return value.isPresent() && value.getAsDouble() == Math.rint(value.getAsDouble())
                ? OptionalLong.of((long) value.getAsDouble())
                : OptionalLong.empty();
    }

    private Course end(LedgerReader reader) {
        structure.add(moment(OptionalDouble.empty(), OptionalDouble.empty(), "", new double[0]));
        return new Course(
                reader.count(),
                reader.head(),
                merkleRoot,
                start,
                training,
                restore,
                compaction,
                seal,
                reader.state().orElseThrow(),
                List.copyOf(places.keySet()),
                groupsLeft,
                structure.items(),
                structure.every(),
                measured.items(),
                measured.every(),
                List.copyOf(observed.keySet()),
                densities,
                rounds.items(),
                rounds.every(),
                budget,
                events);
    }
}
