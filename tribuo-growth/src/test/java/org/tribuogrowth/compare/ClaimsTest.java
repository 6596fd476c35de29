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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The words that a comparison may use, and when it refuses them. */
class ClaimsTest {
    private static Claim claim(Comparison comparison, String method, String other) {
        return new Claims(comparison)
                .all().stream()
                        .filter(found ->
                                found.method().equals(method) && found.other().equals(other))
                        .findFirst()
                        .orElseThrow();
    }

    @Test
    void betterThanUniformAtEqualCostAndNotShownToDifferFromDense() {
        Comparison comparison = TestFigures.comparison(TestFigures.dense(), TestFigures.uniform(), TestFigures.scs());

        Claim uniform = claim(comparison, "scs", "uniform");
        assertThat(uniform.verdict()).isEqualTo(Claim.Verdict.BETTER);
        assertThat(uniform.relation()).isEqualTo(Claim.Relation.EQUAL_MULTIPLY_ADDS);
        assertThat(uniform.difference().mean()).isEqualTo(0.041, within(1e-12));
        assertThat(uniform.difference().low()).isPositive();
        Claim dense = claim(comparison, "scs", "dense");
        assertThat(dense.verdict()).isEqualTo(Claim.Verdict.NO_DIFFERENCE_SHOWN);
        assertThat(dense.relation()).isEqualTo(Claim.Relation.DENSE);
        assertThat(new Claims(comparison).judgedCount()).isEqualTo(2);
    }

    @Test
    void lessIsBetterWhereItIs() {
        List<ComparedRun> runs = new ArrayList<>(TestFigures.dense());
        runs.addAll(TestFigures.uniform());
        runs.addAll(TestFigures.scs());
        Comparison comparison = new Comparison(Measure.BALANCED_ERROR_RATE, "", List.of(1L, 2L, 3L, 4L, 5L), runs);

        Claim claim = claim(comparison, "scs", "uniform");
        assertThat(claim.difference().mean()).isNegative();
        assertThat(claim.verdict()).isEqualTo(Claim.Verdict.BETTER);
    }

    @Test
    void worseIsSaidAsWell() {
        Comparison comparison = TestFigures.comparison(
                TestFigures.dense(),
                TestFigures.uniform(),
                TestFigures.runs("scs", StructureKind.SEARCHED, 0.5, 0.70, 0.71, 0.72, 0.70, 0.73));

        assertThat(claim(comparison, "scs", "uniform").verdict()).isEqualTo(Claim.Verdict.WORSE);
        assertThat(claim(comparison, "scs", "dense").verdict()).isEqualTo(Claim.Verdict.WORSE);
    }

    @Test
    void holmCountsTheSmallestProbabilityMostOften() {
        Comparison comparison = TestFigures.comparison(
                TestFigures.dense(),
                TestFigures.uniform(),
                TestFigures.scs(),
                TestFigures.runs("jst", StructureKind.SEARCHED, 0.5, 0.86, 0.89, 0.85, 0.87, 0.86));
        List<Claim> claims = new ArrayList<>(new Claims(comparison).all());
        claims.sort((one, other) -> Double.compare(
                one.difference().probability(), other.difference().probability()));

        // scs: dense, uniform, jst; jst: dense, uniform.
        assertThat(claims).hasSize(5);
        double largest = 0.0;
        for (int k = 0; k < 5; k++) {
            largest = Math.max(
                    largest, Math.min(1.0, (5 - k) * claims.get(k).difference().probability()));
            assertThat(claims.get(k).corrected()).isEqualTo(largest, within(1e-15));
        }
        assertThat(claims.get(3).difference().probability())
                .isLessThan(claims.get(3).corrected());
    }

    @Test
    void twoSeedsAreTooFew() {
        Comparison comparison = TestFigures.comparison(
                TestFigures.runs("dense", StructureKind.DENSE, 1.0, 0.9, 0.91),
                TestFigures.runs("uniform", StructureKind.UNIFORM, 0.5, 0.8, 0.81),
                TestFigures.runs("scs", StructureKind.SEARCHED, 0.5, 0.9, 0.92));

        Claim claim = claim(comparison, "scs", "uniform");
        assertThat(claim.verdict()).isEqualTo(Claim.Verdict.NOT_JUDGED);
        assertThat(claim.reasons()).containsExactly("both ended well for 2 seeds only, at least 3 are needed");
        assertThat(claim.corrected()).isNaN();
    }

    @Test
    void failedRunsLeaveFewerPairs() {
        List<ComparedRun> scs = new ArrayList<>(TestFigures.scs());
        for (int i = 0; i < 3; i++) {
            scs.set(i, ComparedRun.failed("scs", i + 1L, "it diverged"));
        }
        Comparison comparison = TestFigures.comparison(TestFigures.dense(), TestFigures.uniform(), scs);

        assertThat(claim(comparison, "scs", "uniform").reasons())
                .hasSize(1)
                .first()
                .asString()
                .startsWith("both ended");
    }

    @Test
    void withoutSpreadNothingIsJudged() {
        Comparison comparison = TestFigures.comparison(
                TestFigures.runs("dense", StructureKind.DENSE, 1.0, 0.5, 0.5, 0.5),
                TestFigures.runs("uniform", StructureKind.UNIFORM, 0.5, 0.25, 0.25, 0.25),
                TestFigures.runs("scs", StructureKind.SEARCHED, 0.5, 0.5, 0.5, 0.5));

        assertThat(claim(comparison, "scs", "uniform").reasons())
                .containsExactly(
                        "the difference is the same for every seed, so the seeds show no spread to judge it by");
    }

    @Test
    void withoutBaselinesNothingIsJudged() {
        Comparison withoutUniform = TestFigures.comparison(TestFigures.dense(), TestFigures.scs());
        assertThat(claim(withoutUniform, "scs", "dense").reasons())
                .containsExactly("there is no run of uniform width at the cost of scs (within 10 %)");

        Comparison withoutDense = TestFigures.comparison(TestFigures.uniform(), TestFigures.scs());
        assertThat(claim(withoutDense, "scs", "uniform").reasons()).containsExactly("there is no dense run");
    }

    @Test
    void aUniformRunOfAnotherCostIsNoBaseline() {
        Comparison comparison = TestFigures.comparison(
                TestFigures.dense(),
                TestFigures.runs("uniform", StructureKind.UNIFORM, 0.25, 0.8, 0.81, 0.79, 0.8, 0.82),
                TestFigures.scs());

        assertThat(new Claims(comparison).all()).hasSize(1);
        assertThat(claim(comparison, "scs", "dense").verdict()).isEqualTo(Claim.Verdict.NOT_JUDGED);
    }

    @Test
    void otherDataIsNotCompared() {
        List<ComparedRun> scs = new ArrayList<>(TestFigures.scs());
        scs.set(2, ComparedRun.good("scs", 3, TestFigures.of(StructureKind.SEARCHED, 0.9, 0.5, "a".repeat(64))));
        Comparison comparison = TestFigures.comparison(TestFigures.dense(), TestFigures.uniform(), scs);

        assertThat(claim(comparison, "scs", "uniform").reasons())
                .containsExactly("not all runs were trained on the same data");
    }

    @Test
    void twoSearchesAreSetAgainstEachOtherOnce() {
        Comparison comparison = TestFigures.comparison(
                TestFigures.dense(),
                TestFigures.uniform(),
                TestFigures.scs(),
                TestFigures.runs("jst", StructureKind.SEARCHED, 0.52, 0.9, 0.9, 0.9, 0.89, 0.91));

        assertThat(new Claims(comparison).all())
                .extracting(claim -> claim.method() + " " + claim.other())
                .containsExactly("scs dense", "scs uniform", "scs jst", "jst dense", "jst uniform");
    }
}
