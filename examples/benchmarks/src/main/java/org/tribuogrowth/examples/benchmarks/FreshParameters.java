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

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.Sgd;
import org.tribuogrowth.architecture.ActiveUnits;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.LayerSpec;
import org.tribuogrowth.architecture.ParameterRole;
import org.tribuogrowth.architecture.ParameterSpec;
import org.tribuogrowth.architecture.Reparameterisation;
import org.tribuogrowth.kernel.KernelChoice;
import org.tribuogrowth.network.GatedNetwork;
import org.tribuogrowth.network.Initialisation;
import org.tribuogrowth.network.NetworkParameters;
import org.tribuogrowth.network.NetworkSettings;
import org.tribuogrowth.network.ParameterBank;
import org.tribuogrowth.output.Loss;

/**
 * Fresh parameters of an architecture. Running statistics are those of a batch, since with the initial ones the
 * inference of a deep network overflows.
 */
final class FreshParameters {
    /** Fewer examples give batch statistics that are no statistics. */
    private static final int STATISTICS_BATCH = 32;

    private static final double DECAY = LayerSpec.NORMALISATION_DECAY;

    private final Architecture architecture;
    private final ParameterBank bank;
    private final int examples;

    /**
     * Initialises.
     *
     * @param architecture The network.
     * @param batch        The number of examples of the cell.
     */
    FreshParameters(Architecture architecture, int batch) {
        this.architecture = architecture;
        this.bank = new ParameterBank(
                architecture,
                ActiveUnits.all(architecture),
                new Reparameterisation.None(),
                Initialisation.HE_NORMAL,
                CellWriter.SEED,
                (change, before, after) -> {});
        this.examples = Math.max(batch, STATISTICS_BATCH);
    }

    /** The values in the order of {@link Architecture#parameters()}. */
    float[] values() {
        NetworkParameters fresh = bank.compact(Map.of());
        boolean normalised = architecture.parameters().stream().anyMatch(spec -> spec.role() == ParameterRole.MEAN);
        byte[] bytes = (normalised ? withStatistics(fresh) : fresh).toBytes();
        float[] values = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
        return values;
    }

    private NetworkParameters withStatistics(NetworkParameters fresh) {
        NetworkParameters learnt = afterAStep();
        Map<String, float[]> values = new LinkedHashMap<>();
        for (ParameterSpec spec : architecture.parameters()) {
            float[] array =
                    switch (spec.role()) {
                        case WEIGHT, RECURRENT_WEIGHT, EMBEDDING, BIAS, GAMMA, BETA -> fresh.values(spec);
                        case THRESHOLD, RECURRENT_THRESHOLD -> throw new IllegalStateException(
                                "A compact network has no thresholds");
                        case MEAN -> statistics(learnt.values(spec), 0.0f, -Float.MAX_VALUE);
                        case VARIANCE -> statistics(learnt.values(spec), 1.0f, 1e-3f);
                    };
            values.put(spec.name(), array);
        }
        return new NetworkParameters(architecture, values);
    }

    /** One step at a rate that moves nothing leaves a tenth of the batch's statistics in the running ones. */
    private NetworkParameters afterAStep() {
        NetworkSettings settings = new NetworkSettings(
                KernelChoice.AUTOMATIC,
                DataType.FLOAT,
                new Sgd(1e-30),
                List.of(),
                CellWriter.SEED,
                false,
                Loss.CROSS_ENTROPY);
        LayeredNetwork network = new LayeredNetwork(architecture);
        float[] features = CellWriter.features(examples * network.featuresPerExample());
        float[] targets = CellData.targets(CellWriter.labels(examples, BenchmarkNetwork.CLASSES));
        try (GatedNetwork trained = bank.materialise(settings)) {
            trained.learn(features, targets, examples, 0, null);
            bank.writeBack(trained);
        }
        return bank.compact(Map.of());
    }

    /** The batch's statistics from running ones after one step. */
    private static float[] statistics(float[] running, float initial, float smallest) {
        float[] batch = new float[running.length];
        for (int i = 0; i < batch.length; i++) {
            batch[i] = (float) Math.max(smallest, (running[i] - DECAY * initial) / (1.0 - DECAY));
        }
        return batch;
    }
}
