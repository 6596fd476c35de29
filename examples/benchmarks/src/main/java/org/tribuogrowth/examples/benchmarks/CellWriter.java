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

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
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
import org.tribuogrowth.kernel.KernelChoice;
import org.tribuogrowth.network.GatedNetwork;
import org.tribuogrowth.network.NetworkParameters;
import org.tribuogrowth.network.NetworkSettings;
import org.tribuogrowth.network.ParameterBank;
import org.tribuogrowth.random.CountedRandom;

/**
 * Writes {@link CellData} from a seed. Weights are fresh; features are normal, labels uniform. Running statistics are
 * those of a batch, since with the initial ones the inference of a deep network overflows.
 */
final class CellWriter {
    static final long SEED = 1;

    /** Fewer examples give batch statistics that are no statistics. */
    private static final int STATISTICS_BATCH = 32;

    private static final double EPSILON = LayerSpec.NORMALISATION_EPSILON;
    private static final double DECAY = LayerSpec.NORMALISATION_DECAY;

    private final Architecture architecture;
    private final int batch;
    private final float[] features;
    private final int[] labels;
    private final NetworkParameters parameters;

    private CellWriter(Architecture architecture, int batch) {
        this.architecture = architecture;
        this.batch = batch;
        int examples = Math.max(batch, STATISTICS_BATCH);
        this.features = new float[examples * CellData.length(architecture.input())];
        CountedRandom random = CountedRandom.of(SEED, "benchmark/features", 0);
        for (int i = 0; i < features.length; i++) {
            features[i] = (float) random.nextGaussian();
        }
        this.labels = new int[examples];
        CountedRandom choice = CountedRandom.of(SEED, "benchmark/labels", 0);
        for (int i = 0; i < examples; i++) {
            labels[i] = choice.nextInt(BenchmarkNetwork.CLASSES);
        }
        this.parameters = freshParameters(examples);
    }

    static void write(BenchmarkNetwork network, int percent, int batch, Path folder) throws IOException {
        Files.createDirectories(folder);
        new CellWriter(network.architecture(percent), batch).write(folder);
    }

    /** One step at a rate that moves nothing leaves a tenth of the batch's statistics in the running ones. */
    private NetworkParameters freshParameters(int examples) {
        ParameterBank bank =
                new ParameterBank(architecture, ActiveUnits.all(architecture), SEED, (change, before, after) -> {});
        NetworkParameters fresh = bank.compact(Map.of());
        if (architecture.parameters().stream().noneMatch(spec -> spec.role() == ParameterRole.MEAN)) {
            return fresh;
        }
        NetworkSettings settings =
                new NetworkSettings(KernelChoice.AUTOMATIC, DataType.FLOAT, new Sgd(1e-30), List.of(), SEED, false);
        float[] targets = new float[examples * BenchmarkNetwork.CLASSES];
        for (int i = 0; i < examples; i++) {
            targets[i * BenchmarkNetwork.CLASSES + labels[i]] = 1.0f;
        }
        try (GatedNetwork network = bank.materialise(settings, false)) {
            network.learn(features, targets, examples, 0, null);
            bank.writeBack(network);
        }
        NetworkParameters learnt = bank.compact(Map.of());
        Map<String, float[]> values = new LinkedHashMap<>();
        for (ParameterSpec spec : architecture.parameters()) {
            float[] array =
                    switch (spec.role()) {
                        case WEIGHT, BIAS, GAMMA, BETA -> fresh.values(spec);
                        case MEAN -> statistics(learnt.values(spec), 0.0f, -Float.MAX_VALUE);
                        case VARIANCE -> statistics(learnt.values(spec), 1.0f, 1e-3f);
                    };
            values.put(spec.name(), array);
        }
        return new NetworkParameters(architecture, values);
    }

    /** The batch's statistics from running ones after one step. */
    private static float[] statistics(float[] running, float initial, float smallest) {
        float[] batch = new float[running.length];
        for (int i = 0; i < batch.length; i++) {
            batch[i] = (float) Math.max(smallest, (running[i] - DECAY * initial) / (1.0 - DECAY));
        }
        return batch;
    }

    private void write(Path folder) throws IOException {
        byte[] parameterBytes = parameters.toBytes();
        int featureCount = batch * CellData.length(architecture.input());
        ByteBuffer buffer = ByteBuffer.allocate(parameterBytes.length + Float.BYTES * (featureCount + batch))
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(parameterBytes);
        for (float feature : Arrays.copyOf(features, featureCount)) {
            buffer.putFloat(feature);
        }
        for (int label : Arrays.copyOf(labels, batch)) {
            buffer.putFloat(label);
        }
        Files.write(folder.resolve(CellData.VALUES), buffer.array());
        Files.write(
                folder.resolve(CellData.DESCRIPTION),
                Json.FILES.writeValueAsBytes(description(parameterBytes.length / Float.BYTES, featureCount)));
    }

    private Map<String, Object> description(int parameterCount, int featureCount) {
        Map<String, Object> description = new LinkedHashMap<>();
        description.put("format", CellData.FORMAT);
        description.put("batch", batch);
        description.put("input", LayerDescriptions.shape(architecture.input()));
        description.put("classes", BenchmarkNetwork.CLASSES);
        description.put("learningRate", CellData.LEARNING_RATE);
        description.put("momentum", CellData.MOMENTUM);
        description.put("normalisationEpsilon", EPSILON);
        description.put("normalisationDecay", DECAY);
        description.put("trainedParameters", architecture.denseCost().parameters());
        description.put("multiplyAdds", architecture.denseCost().multiplyAdds());
        description.put("inputMultiplyAdds", inputMultiplyAdds(architecture));
        description.put("layers", LayerDescriptions.of(architecture));
        description.put("features", Map.of("offset", parameterCount, "length", featureCount));
        description.put("labels", Map.of("offset", parameterCount + featureCount, "length", batch));
        description.put("architecture", architecture.canonicalText());
        return description;
    }

    /** The multiply-adds of the layers that read the network's input, whose gradient nothing needs. */
    static long inputMultiplyAdds(Architecture architecture) {
        ActiveUnits all = ActiveUnits.all(architecture);
        String input = null;
        long sum = 0;
        for (LayerSpec layer : architecture.layers()) {
            if (input == null
                    && layer instanceof LayerSpec.Flatten
                    && layer.inputs().contains(LayerSpec.INPUT)) {
                input = layer.name();
            }
            String source = input;
            if (layer.inputs().stream().anyMatch(name -> name.equals(LayerSpec.INPUT) || name.equals(source))) {
                sum += architecture.costModel().terms().stream()
                        .filter(term -> term.layer().equals(layer.name()))
                        .mapToLong(term -> term.multiplyAdds()
                                * all.count(term.outputGroup())
                                * (term.inputGroup().isEmpty() ? 1 : all.count(term.inputGroup())))
                        .sum();
            }
        }
        return sum;
    }
}
