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

package org.tribuogrowth.compare;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What a comparison's data support. Each method whose structure was searched is set against the dense reference and against
 * every method whose compact network costs as much, seed by seed. A method is called better or worse only if there are at
 * least {@value #FEWEST_SEEDS} seeds that differ, a dense run and a uniform one of the same cost to show what needs no search,
 * all on the same data; and if Student's t, corrected after Holm for the number of comparisons, leaves less than 5 % to chance.
 */
public final class Claims {
    /** With fewer seeds an interval says next to nothing. */
    static final int FEWEST_SEEDS = 3;

    /** Costs count as equal if they differ by at most so large a part of the larger one: searches may miss budgets by it. */
    static final double EQUAL_COST = 0.1;

    private static final double LEVEL = 0.05;

    private final Comparison comparison;
    private final List<Claim> claims;

    /**
     * Judges.
     *
     * @param comparison The runs.
     */
    public Claims(Comparison comparison) {
        this.comparison = comparison;
        List<Claim> unjudged = new ArrayList<>();
        Set<Set<String>> done = new HashSet<>();
        for (String method : comparison.ofKind(StructureKind.SEARCHED)) {
            for (String other : comparison.methods()) {
                Optional<Claim.Relation> relation = relation(method, other);
                if (relation.isPresent() && done.add(Set.of(method, other))) {
                    unjudged.add(unjudged(method, other, relation.get()));
                }
            }
        }
        this.claims = judged(unjudged);
    }

    /**
     * What can be said.
     *
     * @return One claim a comparison of two methods, in the order of the methods.
     */
    public List<Claim> all() {
        return claims;
    }

    /** Why two methods are comparable, if they are. */
    private Optional<Claim.Relation> relation(String method, String other) {
        Optional<StructureKind> kind = comparison.kind(other);
        if (method.equals(other) || kind.isEmpty()) {
            return Optional.empty();
        }
        if (kind.get() == StructureKind.DENSE) {
            return Optional.of(Claim.Relation.DENSE);
        }
        if (equal(method, other, Quantity.MULTIPLY_ADDS)) {
            return Optional.of(Claim.Relation.EQUAL_MULTIPLY_ADDS);
        }
        if (equal(method, other, Quantity.PARAMETERS)) {
            return Optional.of(Claim.Relation.EQUAL_PARAMETERS);
        }
        return equal(method, other, Quantity.NON_ZERO_WEIGHTS)
                ? Optional.of(Claim.Relation.EQUAL_WEIGHTS)
                : Optional.empty();
    }

    private boolean equal(String method, String other, Quantity quantity) {
        double one = comparison.spread(method, quantity).mean();
        double two = comparison.spread(other, quantity).mean();
        return Math.abs(one - two) <= EQUAL_COST * Math.max(one, two);
    }

    /** A claim with its reasons not to be judged, or with a verdict that is still open. */
    private Claim unjudged(String method, String other, Claim.Relation relation) {
        double[][] pairs = comparison.pairs(method, other, Quantity.TEST);
        PairedDifference difference = PairedDifference.of(pairs[0], pairs[1]);
        List<String> reasons = reasons(method, other, difference);
        Claim.Verdict verdict = reasons.isEmpty() ? Claim.Verdict.NO_DIFFERENCE_SHOWN : Claim.Verdict.NOT_JUDGED;
        return new Claim(method, other, relation, difference, Double.NaN, verdict, reasons);
    }

    private List<String> reasons(String method, String other, PairedDifference difference) {
        List<String> reasons = new ArrayList<>();
        if (difference.pairs() < FEWEST_SEEDS) {
            reasons.add("both ended well for " + difference.pairs() + " seed" + (difference.pairs() == 1 ? "" : "s")
                    + " only, at least " + FEWEST_SEEDS + " are needed");
        } else if (difference.standardDeviation() == 0.0) {
            reasons.add("the difference is the same for every seed, so the seeds show no spread to judge it by");
        }
        if (comparison.ofKind(StructureKind.DENSE).isEmpty()) {
            reasons.add("there is no dense run");
        }
        boolean uniform = comparison.ofKind(StructureKind.UNIFORM).stream()
                .anyMatch(candidate -> equal(method, candidate, Quantity.MULTIPLY_ADDS)
                        || equal(method, candidate, Quantity.PARAMETERS)
                        || equal(method, candidate, Quantity.NON_ZERO_WEIGHTS));
        if (!uniform) {
            reasons.add("there is no run of uniform width at the cost of " + method + " (within "
                    + Math.round(100 * EQUAL_COST) + " %)");
        }
        List<RunFigures> both = new ArrayList<>(comparison.figures(method).values());
        both.addAll(comparison.figures(other).values());
        if (both.stream().map(RunFigures::dataDigest).distinct().count() > 1) {
            reasons.add("not all runs were trained on the same data");
        }
        if (both.stream().map(RunFigures::testExamples).distinct().count() > 1) {
            reasons.add("not all runs were tested on as many examples");
        }
        return reasons;
    }

    /**
     * Holm's step-down correction (S. Holm, "A simple sequentially rejective multiple test procedure", Scandinavian Journal of
     * Statistics 6, 1979): of m comparisons, the k-th smallest probability counts m - k + 1 times, and never less than
     * one before it.
     */
    private List<Claim> judged(List<Claim> unjudged) {
        List<Integer> order = IntStream.range(0, unjudged.size())
                .filter(i -> unjudged.get(i).reasons().isEmpty())
                .boxed()
                .sorted(Comparator.comparingDouble(
                        i -> unjudged.get(i).difference().probability()))
                .toList();
        List<Claim> judged = new ArrayList<>(unjudged);
        double largest = 0.0;
        for (int k = 0; k < order.size(); k++) {
            Claim claim = unjudged.get(order.get(k));
            double corrected = Math.min(1.0, claim.difference().probability() * (order.size() - k));
            largest = Math.max(largest, corrected);
            judged.set(
                    order.get(k),
                    new Claim(
                            claim.method(),
                            claim.other(),
                            claim.relation(),
                            claim.difference(),
                            largest,
                            verdict(claim.difference().mean(), largest),
                            List.of()));
        }
        return List.copyOf(judged);
    }

    private Claim.Verdict verdict(double difference, double corrected) {
        if (!(corrected < LEVEL)) {
            return Claim.Verdict.NO_DIFFERENCE_SHOWN;
        }
        return difference > 0.0 == comparison.measure().moreIsBetter() ? Claim.Verdict.BETTER : Claim.Verdict.WORSE;
    }

    /**
     * How many comparisons were judged.
     *
     * @return The number that the correction is for.
     */
    public int judgedCount() {
        return (int) claims.stream()
                .filter(claim -> claim.verdict() != Claim.Verdict.NOT_JUDGED)
                .count();
    }

    /**
     * A figure of a method as a part of another method's, seed by seed.
     *
     * @param method   The method.
     * @param other    What it is divided by.
     * @param quantity The figure.
     * @return The spread of the quotients.
     */
    Spread ratio(String method, String other, Quantity quantity) {
        double[][] pairs = comparison.pairs(method, other, quantity);
        return Spread.of(IntStream.range(0, pairs[0].length)
                .mapToDouble(i -> pairs[0][i] / pairs[1][i])
                .toArray());
    }
}
