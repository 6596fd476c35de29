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
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Student's interval against figures worked out by hand and by the definition. */
class PairedDifferenceTest {
    @Test
    void aWorkedExample() {
        // Differences 1, 2, 3, 4, 5: mean 3, standard deviation sqrt(2.5), error sqrt(0.5); t(0.975; 4) = 2.776445.
        PairedDifference difference = PairedDifference.of(new double[] {2, 4, 6, 8, 10}, new double[] {1, 2, 3, 4, 5});

        assertThat(difference.pairs()).isEqualTo(5);
        assertThat(difference.mean()).isEqualTo(3.0, within(1e-12));
        assertThat(difference.standardDeviation()).isEqualTo(Math.sqrt(2.5), within(1e-12));
        assertThat(difference.low()).isEqualTo(3.0 - 2.776445 * Math.sqrt(0.5), within(1e-5));
        assertThat(difference.high()).isEqualTo(3.0 + 2.776445 * Math.sqrt(0.5), within(1e-5));
        // t = 4.2426 at 4 degrees of freedom.
        assertThat(difference.probability()).isEqualTo(0.013236, within(1e-5));
    }

    @Test
    void onePairHasADifferenceAndNoInterval() {
        PairedDifference difference = PairedDifference.of(new double[] {2}, new double[] {1.5});

        assertThat(difference.mean()).isEqualTo(0.5);
        assertThat(difference.low()).isNaN();
        assertThat(difference.probability()).isNaN();
        assertThat(PairedDifference.of(new double[0], new double[0]).mean()).isNaN();
    }

    @Test
    void aMeanThatIsNothingButRoundingIsNoDifference() {
        PairedDifference difference =
                PairedDifference.of(new double[] {0.1, 0.2, -0.3 + 5e-17}, new double[] {0.0, 0.0, 0.0});

        assertThat(difference.mean()).isNotZero().isBetween(-1e-15, 1e-15);
        assertThat(difference.probability()).isEqualTo(1.0, within(1e-12));
    }

    @Test
    void pairsNeedAsManyOfBoth() {
        assertThatThrownBy(() -> PairedDifference.of(new double[2], new double[3]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found 2 and 3");
    }

    @Property(tries = 200)
    void theIntervalExcludesNothingExactlyIfTheProbabilityIsBelowOneInTwenty(
            @ForAll @Size(min = 2, max = 8) List<@DoubleRange(min = -1, max = 1) Double> differences) {
        double[] first = differences.stream().mapToDouble(Double::doubleValue).toArray();
        double[] zeros = new double[first.length];
        PairedDifference difference = PairedDifference.of(first, zeros);
        PairedDifference turned = PairedDifference.of(zeros, first);

        assertThat(turned.mean()).isEqualTo(-difference.mean());
        assertThat(turned.probability()).isEqualTo(difference.probability(), within(1e-12));
        if (difference.standardDeviation() > 1e-9 && Math.abs(difference.probability() - 0.05) > 1e-6) {
            boolean excluded = difference.low() > 0.0 || difference.high() < 0.0;
            assertThat(excluded).isEqualTo(difference.probability() < 0.05);
        }
    }
}
