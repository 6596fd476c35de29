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

package org.tribuogrowth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tribuogrowth.architecture.Activation;
import org.tribuogrowth.architecture.ActiveUnits;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.ParameterRole;
import org.tribuogrowth.architecture.ParameterSpec;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.architecture.family.MlpFamily;
import org.tribuogrowth.network.NetworkParameters;
import org.tribuogrowth.protos.ParameterArrayProto;
import org.tribuogrowth.protos.SparseArrayProto;
import org.tribuogrowth.random.CountedRandom;

/** Each array takes the smaller form, and a small file cannot ask for much memory. */
class ParameterCodecTest {
    private static Architecture network(int inputs, int hidden) {
        return new MlpFamily(List.of(hidden)).architecture(new Shape.Vector(inputs, 1), 10, Activation.SOFTMAX);
    }

    private static NetworkParameters masked(Architecture architecture, Map<String, Double> densities) {
        Map<String, float[]> values = new LinkedHashMap<>();
        for (ParameterSpec spec : architecture.parameters()) {
            float[] array = new float[spec.length(ActiveUnits.all(architecture))];
            CountedRandom random = CountedRandom.of(5, spec.name());
            double density = densities.getOrDefault(spec.name(), 1.0);
            for (int i = 0; i < array.length; i++) {
                array[i] = random.nextDouble() < density ? 0.5f + i : 0.0f;
            }
            values.put(spec.name(), array);
        }
        return new NetworkParameters(architecture, values);
    }

    @Test
    void eachArrayTakesTheSmallerForm() {
        Architecture architecture = network(784, 30);
        NetworkParameters parameters =
                masked(architecture, Map.of("hidden1/weight", 0.05, "hidden1/bias", 0.0, "output/weight", 0.9));

        List<ParameterArrayProto> arrays = ParameterCodec.encode(parameters);
        List<ParameterStorage> storage = ParameterCodec.storage(parameters);

        assertThat(storage).hasSize(arrays.size());
        for (int i = 0; i < arrays.size(); i++) {
            ParameterStorage array = storage.get(i);
            boolean sparse = array.parameter().layer().equals("hidden1");
            assertThat(arrays.get(i).hasSparse()).as(array.parameter().name()).isEqualTo(sparse);
            SparseArrayProto form = arrays.get(i).getSparse();
            long bytes = sparse
                    ? form.getColumns().size() + form.getValues().size()
                    : arrays.get(i).getDense().size();
            assertThat(array.storedBytes()).isEqualTo(bytes).isLessThanOrEqualTo(array.denseBytes());
            assertThat(array.denseBytes()).isEqualTo(4 * array.values());
            long nonZero = 0;
            for (float value : parameters.values(array.parameter())) {
                nonZero += value == 0 ? 0 : 1;
            }
            assertThat(array.nonZero()).isEqualTo(nonZero);
        }
        // A number a unit: one row, of which nothing is kept.
        assertThat(storage.get(1).parameter().role()).isEqualTo(ParameterRole.BIAS);
        assertThat(storage.get(1).storedBytes()).isEqualTo(1);
        assertThat(ParameterCodec.decode(architecture, arrays).digest()).isEqualTo(parameters.digest());
    }

    @Test
    void faultsNameTheParameter() {
        Architecture architecture = network(784, 30);
        List<ParameterArrayProto> arrays =
                new ArrayList<>(ParameterCodec.encode(masked(architecture, Map.of("hidden1/weight", 0.05))));
        SparseArrayProto right = arrays.get(0).getSparse();
        arrays.set(
                0,
                ParameterArrayProto.newBuilder()
                        .setSparse(
                                right.toBuilder().setColumns(right.getColumns().substring(1)))
                        .build());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ParameterCodec.decode(architecture, arrays))
                .withMessageStartingWith("parameter hidden1/weight: ");
        arrays.set(
                0,
                ParameterArrayProto.newBuilder()
                        .setSparse(right.toBuilder().setValues(right.getValues().substring(1)))
                        .build());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ParameterCodec.decode(architecture, arrays))
                .withMessageStartingWith("parameter hidden1/weight: values of 4 bytes each");
    }

    /** 400 MB of zeros in 40 bytes: refused, though each array alone is as it should be. */
    @Test
    void aFewBytesCannotAskForMuchMemory() {
        Architecture architecture = network(1 << 20, 100);
        List<ParameterArrayProto> arrays = new ArrayList<>();
        for (ParameterSpec spec : architecture.parameters()) {
            int rows = spec.role() == ParameterRole.WEIGHT
                    ? architecture.group(spec.outputGroup()).width()
                    : 1;
            arrays.add(ParameterArrayProto.newBuilder()
                    .setSparse(SparseArrayProto.newBuilder().setColumns(ByteString.copyFrom(new byte[rows])))
                    .build());
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ParameterCodec.decode(architecture, arrays))
                .withMessageContaining(
                        "take 419434840 bytes, more than the 67567616 that 112 stored bytes may stand for");
    }

    /** What is written can be read, even if hardly a weight is left. */
    @Test
    void aNetworkOfAlmostNothingIsStoredDense() {
        Architecture architecture = network(1 << 20, 17);
        NetworkParameters parameters = masked(
                architecture,
                Map.of("hidden1/weight", 1e-7, "hidden1/bias", 0.0, "output/weight", 0.0, "output/bias", 0.0));
        assertThat(ParameterCodec.storage(parameters)).allMatch(array -> array.storedBytes() == array.denseBytes());
        List<ParameterArrayProto> arrays = ParameterCodec.encode(parameters);
        assertThat(arrays).allMatch(ParameterArrayProto::hasDense);
        assertThat(ParameterCodec.decode(architecture, arrays).digest()).isEqualTo(parameters.digest());
    }
}
