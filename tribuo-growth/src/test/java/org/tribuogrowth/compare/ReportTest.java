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

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** The tables and pictures of a comparison. */
class ReportTest {
    private static Comparison comparison() {
        List<ComparedRun> scs = new ArrayList<>(TestFigures.scs());
        scs.set(1, ComparedRun.failed("scs", 2, "line 1,\nthe \"loss\" is NaN"));
        return TestFigures.comparison(TestFigures.dense(), TestFigures.uniform(), scs);
    }

    @Test
    void methodsHaveMeanSpreadAndTheNumberOfRuns() {
        String[] lines = new Report(comparison()).methods().split("\n");

        assertThat(lines[0]).startsWith("| method").contains("| test accuracy").contains("| validation accuracy");
        assertThat(lines[2])
                .matches("\\| dense \\(baseline\\) +\\| dense +\\| 5 +\\| 0\\.9100 ± 0\\.0079 .*\\| 100\\.0 % .*");
        assertThat(lines[4]).matches("\\| scs +\\| searched +\\| 4 of 5 +\\| 0\\.8988 ± 0\\.0063 .*\\| 1\\.00 k .*");
        // All columns are as wide in all lines.
        assertThat(List.of(lines)).extracting(String::length).containsOnly(lines[0].length());
    }

    @Test
    void theStatementsNameVerdictFiguresCostsAndFailures() {
        String text = new Report(comparison()).statements();

        assertThat(text)
                .contains(
                        "**scs against uniform** (equal multiply-adds): better. Test accuracy +0.0413, 95 % interval +")
                .contains(", 4 pairs, p ")
                .contains("**Cost of scs** as a part of dense: training multiply-adds 50.0 %, training time 50.0 %")
                .contains("**1 of 15 runs have no figures**")
                .contains("correction for 2 comparisons");
    }

    @Test
    void withoutASearchNothingIsClaimed() {
        String text = new Report(TestFigures.comparison(TestFigures.dense(), TestFigures.uniform())).statements();

        assertThat(text).contains("Nothing is claimed").doesNotContain("better.");
    }

    @Test
    void refusalsSayWhy() {
        String text = new Report(TestFigures.comparison(TestFigures.dense(), TestFigures.scs())).statements();

        assertThat(text)
                .contains(
                        "**scs against dense** (dense): not judged, since there is no run of uniform width at the cost of scs")
                .doesNotContain(": better")
                .doesNotContain(": worse");
    }

    @Test
    void aDifferenceThatTheCorrectionTakesAwayIsStillTold() {
        String text = new Report(TestFigures.comparison(
                        TestFigures.dense(),
                        TestFigures.uniform(),
                        TestFigures.runs("scs", StructureKind.SEARCHED, 0.5, 0.895, 0.891, 0.90, 0.90, 0.905),
                        TestFigures.runs("jst", StructureKind.SEARCHED, 0.5, 0.88, 0.91, 0.90, 0.90, 0.905)))
                .statements();

        assertThat(text)
                .contains(
                        "**scs against dense** (dense): no difference shown after the correction for 5 comparisons, though"
                                + " the interval by itself leaves out 0.")
                .contains("**jst against dense** (dense): no difference shown. ");
    }

    @Test
    void runsHaveALineEachAndFailuresTheirReason() {
        String text = new Report(comparison()).runs();

        assertThat(text.lines().filter(line -> line.startsWith("| scs"))).hasSize(5);
        assertThat(text).contains("eeeeeeeeeeee").contains("- scs, seed 2: line 1, the \"loss\" is NaN\n");
    }

    @Test
    void csvHasALineARunAndQuotesWhatNeedsIt() {
        List<String> lines = CsvTables.runs(comparison()).lines().toList();

        assertThat(lines.get(0))
                .startsWith("method,seed,status,structure,search,epochs,test_accuracy,validation,parameters,");
        assertThat(lines.get(1))
                .startsWith(
                        "dense,1,good,dense,dense,5,0.9,0.91,1000,1,900,1,2000,1,1000000,1,10,0.1,12800,12345,6789,");
        assertThat(CsvTables.runs(comparison())).contains("\"line 1,\nthe \"\"loss\"\" is NaN\"\n");
    }

    @Test
    void theSummaryHasMeanDeviationAndCount() {
        List<String> lines = CsvTables.summary(comparison()).lines().toList();

        assertThat(lines).hasSize(4);
        assertThat(lines.get(0)).contains("test_accuracy_mean,test_accuracy_sd,test_accuracy_n");
        String[] cells = lines.get(3).split(",");
        assertThat(cells[0]).isEqualTo("scs");
        assertThat(cells[3]).isEqualTo("4");
        assertThat(Double.parseDouble(cells[4])).isCloseTo(0.89875, within(1e-12));
        assertThat(cells[6]).isEqualTo("4");
    }

    @Test
    void thePictureIsThereInPixelsAndInLines() throws IOException {
        ParetoPicture picture = new ParetoPicture(comparison());

        assertThat(ImageIO.read(new ByteArrayInputStream(picture.png())).getWidth())
                .isEqualTo(2560);
        String svg = new String(picture.svg(), StandardCharsets.UTF_8);
        assertThat(svg)
                .contains("viewBox=\"0 0 1280 ")
                .contains(">dense (baseline), 5 runs<")
                .contains(">scs, 4 runs<")
                .contains(">uniform<");
        assertThat(picture.svg()).isEqualTo(new ParetoPicture(comparison()).svg());
    }

    @Test
    void oneRunOfOneMethodCanBeDrawn() {
        List<ComparedRun> runs = TestFigures.runs("alone", StructureKind.SEARCHED, 0.5, 0.5);

        assertThat(new ParetoPicture(TestFigures.comparison(runs)).png()).isNotEmpty();
    }

    @Test
    void withoutFiguresThereIsNothingToDraw() {
        Comparison empty = TestFigures.comparison(List.of(ComparedRun.failed("scs", 1, "no")));

        assertThatThrownBy(() -> new ParetoPicture(empty)).hasMessageContaining("nothing to draw");
        assertThat(new Report(empty).page()).contains("Nothing is claimed").contains("- scs, seed 1: no");
    }

    @Test
    void aComparisonNeedsEveryRunOnceAndAKnownBaseline() {
        assertThatThrownBy(() -> new Comparison(Measure.ACCURACY, "", List.of(1L, 2L), TestFigures.dense()))
                .hasMessageContaining("[1, 2, 3, 4, 5]");
        assertThatThrownBy(() ->
                        new Comparison(Measure.ACCURACY, "dens", List.of(1L, 2L, 3L, 4L, 5L), TestFigures.dense()))
                .hasMessageContaining("'dens' is none of the methods [dense]");
    }
}
