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

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A search over a small chain of dense layers that changes structure at random and records it. It keeps its own books,
 * with sets of units, so that the module's own are tested against something else.
 */
public final class SimulatedSearch {
    public static final String DIGEST = sha256("anything");

    private final Random random;
    private final List<LedgerEvent> events = new ArrayList<>();
    private final TreeMap<String, GroupRecord> groups = new TreeMap<>();
    private final List<CostTermRecord> terms = new ArrayList<>();
    private final TreeMap<String, TreeSet<Integer>> active = new TreeMap<>();
    private final TreeMap<String, TreeSet<Integer>> detached = new TreeMap<>();
    private final TreeMap<String, TreeSet<Integer>> pruned = new TreeMap<>();
    private final List<String> chain = new ArrayList<>();
    private int epoch;
    private long step;

    private SimulatedSearch(long seed) {
        random = new Random(seed);
    }

    /** A whole run with its seal. */
    public static List<LedgerEvent> run(long seed, int intervals) {
        SimulatedSearch search = new SimulatedSearch(seed);
        search.start();
        for (int interval = 0; interval < intervals; interval++) {
            search.interval();
        }
        search.finish();
        return List.copyOf(search.events);
    }

    public static byte[] write(List<LedgerEvent> events) {
        try (LedgerWriter writer = LedgerWriter.inMemory()) {
            events.forEach(writer::append);
            return writer.bytes();
        }
    }

    private void start() {
        int layers = 1 + random.nextInt(3);
        groups.put("input", new GroupRecord(1 + random.nextInt(6), false));
        chain.add("input");
        for (int layer = 0; layer < layers; layer++) {
            String name = "hidden" + layer;
            groups.put(name, new GroupRecord(1 + random.nextInt(9), true));
            chain.add(name);
        }
        groups.put("classes", new GroupRecord(2 + random.nextInt(3), false));
        chain.add("classes");
        for (int i = 1; i < chain.size(); i++) {
            terms.add(new CostTermRecord("layer" + i, chain.get(i), chain.get(i - 1), 1, 1, 1));
            terms.add(new CostTermRecord("layer" + i, chain.get(i), "", 0, 1, 0));
        }
        groups.forEach((name, group) -> {
            active.put(name, new TreeSet<>());
            detached.put(name, new TreeSet<>());
            pruned.put(name, new TreeSet<>());
            int seedUnits = group.searchable() ? 1 + random.nextInt(group.width()) : group.width();
            while (active.get(name).size() < seedUnits) {
                active.get(name).add(random.nextInt(group.width()));
            }
        });
        events.add(new StartEvent(
                1,
                text(null),
                sha256(text(null)),
                groups,
                ranges(),
                terms,
                cost(true),
                "simulated search \u00e9\ud83d\ude00",
                random.nextLong(),
                sha256("configuration"),
                sha256("data"),
                structureDigest()));
    }

    private String text(SortedMap<String, TreeSet<Integer>> widths) {
        StringBuilder text = new StringBuilder("tribuo-growth architecture 1\ninput vector "
                + groups.get("input").width() + "\n");
        for (String name : chain.subList(1, chain.size())) {
            int width =
                    widths == null ? groups.get(name).width() : widths.get(name).size();
            text.append("units " + name + " " + width + (groups.get(name).searchable() ? " searchable\n" : " fixed\n"));
        }
        for (int i = 1; i < chain.size(); i++) {
            text.append("layer layer" + i + " dense input=layer" + (i - 1) + " units=" + chain.get(i) + "\n");
        }
        return text.toString();
    }

    private void interval() {
        step += 1 + random.nextInt(100);
        int changes = random.nextInt(4);
        if (random.nextInt(3) == 0) {
            TreeMap<String, List<Double>> evidence = new TreeMap<>();
            evidence.put("none", List.of());
            evidence.put("some", List.of(random.nextGaussian(), 0.0, 1e300));
            events.add(new SearchEvent(
                    epoch,
                    step,
                    SearchEvent.KINDS.get(random.nextInt(SearchEvent.KINDS.size())),
                    "layer1",
                    "score at 0",
                    evidence));
        }
        for (int i = 0; i < changes; i++) {
            change();
        }
        TreeMap<String, Double> observations = new TreeMap<>();
        observations.put("lambda", random.nextGaussian());
        observations.put("remaining fraction", -0.0);
        events.add(new IntervalEvent(
                epoch,
                step,
                Math.exp(random.nextGaussian() * 20),
                "accuracy",
                random.nextBoolean() ? OptionalDouble.of(random.nextDouble()) : OptionalDouble.empty(),
                cost(false),
                observations));
        epoch += random.nextInt(3) == 0 ? 1 : 0;
    }

    private void change() {
        List<String> searchable =
                chain.stream().filter(name -> groups.get(name).searchable()).toList();
        String group = searchable.get(random.nextInt(searchable.size()));
        // Pruning is final, so it is rare: else a long search would run out of units to change.
        String kind = random.nextInt(20) == 0
                ? "prune"
                : List.of("grow", "reattach", "detach").get(random.nextInt(3));
        TreeSet<Integer> from = new TreeSet<>();
        switch (kind) {
            case "grow" -> {
                for (int unit = 0; unit < groups.get(group).width(); unit++) {
                    from.add(unit);
                }
                from.removeAll(active.get(group));
                from.removeAll(detached.get(group));
                from.removeAll(pruned.get(group));
            }
            case "reattach" -> from.addAll(detached.get(group));
            case "detach" -> from.addAll(active.get(group));
            default -> {
                from.addAll(active.get(group));
                from.addAll(detached.get(group));
            }
        }
        TreeSet<Integer> units = new TreeSet<>();
        for (int unit : from) {
            if (random.nextBoolean()) {
                units.add(unit);
            }
        }
        TreeSet<Integer> left = new TreeSet<>(active.get(group));
        left.removeAll(units);
        if (units.isEmpty() || (left.isEmpty() && !kind.equals("grow") && !kind.equals("reattach"))) {
            return;
        }
        record(kind, group, units);
    }

    private void record(String kind, String group, TreeSet<Integer> units) {
        int widthBefore = active.get(group).size();
        CostRecord before = cost(false);
        active.get(group).removeAll(units);
        detached.get(group).removeAll(units);
        switch (kind) {
            case "grow", "reattach" -> active.get(group).addAll(units);
            case "detach" -> detached.get(group).addAll(units);
            default -> pruned.get(group).addAll(units);
        }
        TreeMap<String, List<Double>> evidence = new TreeMap<>();
        evidence.put("lambda", List.of(random.nextGaussian() * 1e-9));
        evidence.put("gate", units.stream().map(unit -> random.nextGaussian()).toList());
        events.add(new ChangeEvent(
                epoch,
                step,
                kind,
                group,
                format(units),
                "gate at or below 0",
                evidence,
                widthBefore,
                active.get(group).size(),
                before,
                cost(false),
                structureDigest()));
    }

    private void finish() {
        if (random.nextBoolean()) {
            events.add(new RestoreEvent(epoch, step, random.nextInt(epoch + 1), "accuracy", random.nextDouble()));
        }
        detached.forEach((group, units) -> {
            if (!units.isEmpty()) {
                record("prune", group, new TreeSet<>(units));
            }
        });
        events.add(new TrainingEvent(epoch + 1, step, 32 * step, random.nextLong(Long.MAX_VALUE)));
        events.add(new CompactionEvent(1 + random.nextInt(1000), 1e-7 * random.nextDouble(), 1e-6, 1.0));
        CostRecord cost = cost(false);
        double fraction = random.nextBoolean()
                ? (double) cost.parameters() / cost(true).parameters()
                : (double) cost.multiplyAdds() / cost(true).multiplyAdds();
        events.add(new SealEvent(
                ranges(), structureDigest(), sha256(text(active)), sha256("weights"), cost, fraction, events.size()));
    }

    private CostRecord cost(boolean dense) {
        long weights = 0;
        long biases = 0;
        for (int i = 1; i < chain.size(); i++) {
            long out = width(chain.get(i), dense);
            weights += out * width(chain.get(i - 1), dense);
            biases += out;
        }
        return new CostRecord(weights, weights + biases, weights);
    }

    private int width(String group, boolean dense) {
        return dense ? groups.get(group).width() : active.get(group).size();
    }

    private TreeMap<String, String> ranges() {
        TreeMap<String, String> ranges = new TreeMap<>();
        active.forEach((name, units) -> ranges.put(name, format(units)));
        return ranges;
    }

    private String structureDigest() {
        StringBuilder text = new StringBuilder(text(null));
        ranges().forEach((name, units) -> text.append("active " + name + " " + units + "\n"));
        return sha256(text.toString());
    }

    public static String format(SortedSet<Integer> units) {
        StringJoiner text = new StringJoiner(",");
        for (int unit : units) {
            if (units.contains(unit - 1)) {
                continue;
            }
            int end = unit;
            while (units.contains(end + 1)) {
                end++;
            }
            text.add(end == unit ? "" + unit : unit + "-" + end);
        }
        return text.toString();
    }

    public static String sha256(String text) {
        return sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    public static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
