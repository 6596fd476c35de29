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

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Stock DL4J, built from a cell's files, computes what our engine computes. */
class PeerAgreementTest {
    /** With fewer, batch normalisation turns differences of rounding into differences of losses. */
    private static final int BATCH = 16;

    @TempDir
    private Path folder;

    private static List<Double> losses(Peer peer) throws Exception {
        List<Double> losses = new ArrayList<>();
        try (peer) {
            for (int i = 0; i < 3; i++) {
                peer.step();
                losses.add(peer.loss());
            }
        }
        return losses;
    }

    @ParameterizedTest
    @EnumSource(
            value = BenchmarkNetwork.class,
            names = {"LENET_300_100", "LENET_5", "VGG_16", "RESNET_20", "WRN_16_4"})
    void stockNetworksComputeTheSame(BenchmarkNetwork network) throws Exception {
        CellWriter.write(network, 5, BATCH, folder);
        CellData data = CellData.read(folder);
        for (Mode mode : Mode.values()) {
            List<Double> ours = losses(new OwnPeer(mode, data));
            assertThat(CellRun.agree(ours, losses(new StockPeer(mode, data, false))))
                    .as("%s losses, ours %s", mode, ours)
                    .isTrue();
        }
        JsonNode description =
                Json.FILES.readTree(folder.resolve(CellData.DESCRIPTION).toFile());
        JsonNode labels = description.get("labels");
        assertThat(Files.size(folder.resolve(CellData.VALUES)))
                .isEqualTo(4
                        * (labels.get("offset").asLong() + labels.get("length").asLong()));
        assertThat(description.get("multiplyAdds").asLong())
                .isGreaterThan(description.get("inputMultiplyAdds").asLong());
        assertThat(description.get("inputMultiplyAdds").asLong()).isPositive();
    }
}
