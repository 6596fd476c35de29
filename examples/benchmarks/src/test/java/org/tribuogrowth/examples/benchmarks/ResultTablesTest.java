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

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultTablesTest {
    private static final Machine MACHINE = new Machine("processor", 2, "Linux", 0.1);

    private static CellResult.PeerResult peer(String name, String layout, long megabytes, double... seconds) {
        return new CellResult.PeerResult(
                name,
                layout,
                name + " engine",
                null,
                List.of(1.0),
                1,
                java.util.Arrays.stream(seconds).boxed().toList(),
                megabytes << 20);
    }

    private static CellResult cell(int percent, long multiplyAdds, CellResult.PeerResult... peers) {
        return new CellResult(
                CellResult.FORMAT,
                "train",
                "resnet-20",
                percent,
                100,
                1,
                multiplyAdds,
                0,
                10,
                MACHINE,
                List.of(peers),
                Map.of("convolution forward_training", 0.06, "reorder", 0.03),
                60.0);
    }

    private static ResultTables tables() {
        CellResult full = cell(
                100,
                1_000_000,
                peer("ours", "default", 500, 0.1, 0.1, 0.1),
                peer("pytorch-2.13.0", "default", 400, 0.2, 0.2, 0.2),
                peer("pytorch-2.13.0", "channels_last", 600, 0.15, 0.16, 0.15),
                CellResult.PeerResult.unavailable("dl4j", "default", "no such layer"));
        CellResult quarter = cell(
                25,
                100_000,
                peer("ours", "default", 500, 0.02, 0.02, 0.02),
                peer("pytorch-2.13.0", "default", 400, 0.05, 0.05, 0.05));
        PeakResult peak = new PeakResult(1, 4096, List.of(PeakProduct.operations(4096) / 12e9), MACHINE);
        return new ResultTables(List.of(quarter, full), Map.of(1, peak));
    }

    @Test
    void ratiosAreToTheBetterLayoutAndAboveOneWhereOursIsFaster() {
        // 2 x 3 x 100 x 1,000,000 operations in 0.1 s are 6 GFLOP/s, half of 12.
        assertThat(tables().times(Mode.TRAIN))
                .isEqualTo(
                        """
                        | network | batch | threads | ms | GFLOP/s | of peak | operations | PyTorch 2.13.0 | stock DL4J |
                        | --- | --- | --- | --- | --- | --- | --- | --- | --- |
                        | ResNet-20 | 100 | 1 | 100 | 6.0 | 50 % | 90 % | 1.50 (1.50 to 1.55) cl | - |"""
                                .indent(0)
                                .stripTrailing());
        assertThat(tables().times(Mode.INFER)).isEqualTo("Not measured yet.");
    }

    @Test
    void layoutsThatAreNotTheDefaultAreMarked() {
        CellResult cell = cell(
                100,
                1_000_000,
                peer("ours", "default", 500, 0.1),
                peer("pytorch-2.13.0", "default", 400, 0.3),
                peer("pytorch-2.13.0", "batch_first", 400, 0.2));
        assertThat(new ResultTables(List.of(cell), Map.of()).times(Mode.TRAIN)).endsWith("| 2.00 (2.00 to 2.00) bf |");
    }

    @Test
    void narrowNetworksShowTimeBesideMultiplyAdds() {
        assertThat(tables().widths(Mode.TRAIN))
                .endsWith("| ResNet-20 | 100 | 1 | 25 % | 10.0 | 5.0 | 3.0 | 2.50 (2.50 to 2.50) |");
    }

    @Test
    void memoryIsThatOfTheThriftierLayout() {
        assertThat(tables().memory()).endsWith("| ResNet-20 | 100 | 1 | 500 | 400 | - |");
    }

    @Test
    void operationsAddUpToTheStep() {
        assertThat(tables().operations())
                .contains("| convolution forward training | reorder | outside of operations |")
                .endsWith("| ResNet-20 | 100 | 1 | 100 | 60 % | 30 % | 10 % |");
    }

    @Test
    void whatWasNotMeasuredIsSaid() {
        assertThat(tables().machine())
                .contains("* peak at 1 thread: 12 GFLOP/s")
                .contains("* not measured: stock DL4J on ResNet-20 at 100 % (train, batch 100, threads 1)");
    }

    @Test
    void resultFilesComeBackAsTheyWere(@TempDir Path folder) throws Exception {
        CellResult result = cell(100, 7, peer("ours", "default", 5, 0.1));
        Path file = folder.resolve("cell.json");
        result.write(file);
        assertThat(CellResult.read(file)).isEqualTo(result);
    }
}
