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
import java.util.LinkedHashMap;
import java.util.Map;
import org.tribuogrowth.random.CountedRandom;

/** Writes {@link CellData} from a seed. Weights are fresh; features are normal, labels uniform. */
final class CellWriter {
    static final long SEED = 1;

    private CellWriter() {}

    static void write(BenchmarkNetwork network, int percent, int batch, Path folder) throws IOException {
        write(network.network(percent), batch, folder);
    }

    static void write(CellNetwork network, int batch, Path folder) throws IOException {
        Files.createDirectories(folder);
        float[] parameters = network.freshParameters(batch);
        float[] features = network.features(batch);
        int[] labels = labels(batch * network.labelsPerExample(), network.classes());
        ByteBuffer buffer = ByteBuffer.allocate(Float.BYTES * (parameters.length + features.length + labels.length))
                .order(ByteOrder.LITTLE_ENDIAN);
        buffer.asFloatBuffer().put(parameters).put(features);
        buffer.position(Float.BYTES * (parameters.length + features.length));
        for (int label : labels) {
            buffer.putFloat(label);
        }
        Files.write(folder.resolve(CellData.VALUES), buffer.array());
        Map<String, Object> description = new LinkedHashMap<>();
        description.put("format", CellData.FORMAT);
        description.put("batch", batch);
        description.put("classes", network.classes());
        description.put("learningRate", network.learningRate());
        description.put("momentum", CellData.MOMENTUM);
        description.put("trainedParameters", network.trainedParameters());
        description.put("multiplyAdds", network.multiplyAdds());
        description.put("inputMultiplyAdds", network.inputMultiplyAdds());
        description.put("features", place(parameters.length, features.length));
        description.put("labels", place(parameters.length + features.length, labels.length));
        description.putAll(network.description());
        Files.write(folder.resolve(CellData.DESCRIPTION), Json.FILES.writeValueAsBytes(description));
    }

    private static Map<String, Object> place(int offset, int length) {
        return Map.of("offset", offset, "length", length);
    }

    /** The normal features of all cells, or as many of them as are asked for. */
    static float[] features(int count) {
        CountedRandom random = CountedRandom.of(SEED, "benchmark/features", 0);
        float[] features = new float[count];
        for (int i = 0; i < count; i++) {
            features[i] = (float) random.nextGaussian();
        }
        return features;
    }

    /** The labels of all cells with as many classes, or as many of them as are asked for. */
    static int[] labels(int count, int classes) {
        CountedRandom random = CountedRandom.of(SEED, "benchmark/labels", 0);
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            labels[i] = random.nextInt(classes);
        }
        return labels;
    }
}
