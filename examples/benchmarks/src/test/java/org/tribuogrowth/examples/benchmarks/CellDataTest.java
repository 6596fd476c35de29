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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CellDataTest {
    private static final int BATCH = 3;

    @TempDir
    private Path folder;

    private JsonNode description() throws IOException {
        return Json.FILES.readTree(folder.resolve(CellData.DESCRIPTION).toFile());
    }

    @ParameterizedTest
    @EnumSource(
            value = BenchmarkNetwork.class,
            names = {"LENET_5", "LSTM", "LSTM_WORDS"})
    void whatIsWrittenIsRead(BenchmarkNetwork network) throws Exception {
        CellWriter.write(network, 10, BATCH, folder);
        CellData data = CellData.read(folder);
        CellNetwork written = network.network(10);
        assertThat(data.network()).isEqualTo(written);
        assertThat(data.batch()).isEqualTo(BATCH);
        assertThat(data.parameters()).isEqualTo(written.freshParameters(BATCH));
        assertThat(data.features()).isEqualTo(written.features(BATCH));
        assertThat(data.labels()).isEqualTo(CellWriter.labels(BATCH * written.labelsPerExample(), written.classes()));
        JsonNode labels = description().get("labels");
        assertThat(Files.size(folder.resolve(CellData.VALUES)))
                .isEqualTo(4
                        * (labels.get("offset").asLong() + labels.get("length").asLong()));
    }

    @Test
    void otherFormatsAreRefused() throws Exception {
        CellWriter.write(BenchmarkNetwork.LSTM, 1, BATCH, folder);
        Path file = folder.resolve(CellData.DESCRIPTION);
        Files.writeString(file, Files.readString(file).replace("\"format\" : 2", "\"format\" : 1"));
        assertThatThrownBy(() -> CellData.read(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("has format 1, allowed is 2");
    }

    @Test
    void theSizesOfTheRecurrentNetworkAreThoseCountedByHand() throws Exception {
        CellWriter.write(BenchmarkNetwork.LSTM, 50, BATCH, folder);
        JsonNode description = description();
        long first = 4 * 128 * (256 + 128);
        long second = 4 * 128 * (128 + 128);
        assertThat(description.get("multiplyAdds").asLong()).isEqualTo(35 * (first + second + 10 * 128));
        assertThat(description.get("inputMultiplyAdds").asLong()).isEqualTo(35 * 4 * 128 * 256);
        assertThat(description.get("trainedParameters").asLong())
                .isEqualTo(first + second + 2 * 4 * 128 + 10 * 128 + 10)
                .isEqualTo(description.get("features").get("offset").asLong());
        long end = 0;
        for (JsonNode parameter : description.get("recurrent").get("parameters")) {
            assertThat(parameter.get("offset").asLong()).isEqualTo(end);
            end += parameter.get("length").asLong();
        }
        assertThat(end).isEqualTo(description.get("trainedParameters").asLong());
    }

    @Test
    void aRecurrentNetworkHasNoArchitecture() {
        assertThatThrownBy(BenchmarkNetwork.LSTM::full)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(
                        "RecurrentNetwork[layers=2, units=256, inputs=256, steps=35, words=0] has no architecture");
    }
}
