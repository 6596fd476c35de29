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

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.tribuogrowth.architecture.Activation;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.LayerSpec;
import org.tribuogrowth.architecture.ParameterSpec;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.architecture.UnitGroup;
import org.tribuogrowth.data.Minibatch;
import org.tribuogrowth.data.SequenceLengths;
import org.tribuogrowth.kernel.KernelChoice;
import org.tribuogrowth.kernel.KernelsProvider;
import org.tribuogrowth.network.GatedNetwork;
import org.tribuogrowth.network.NetworkParameters;
import org.tribuogrowth.network.NetworkSettings;
import org.tribuogrowth.output.Loss;
import org.tribuogrowth.training.ConstantRate;
import org.tribuogrowth.training.SgdOptimiser;

/** This project's engine on a recurrent network, as the trainer and the model use it. */
final class OwnRecurrentPeer implements Peer {
    private final Mode mode;
    private final CellData data;
    private final RecurrentNetwork sizes;
    private final GatedNetwork network;
    private final Minibatch batch;
    private final float[] scores;
    private double loss;
    private long step;

    OwnRecurrentPeer(Mode mode, CellData data, RecurrentNetwork sizes) {
        this.mode = mode;
        this.data = data;
        this.sizes = sizes;
        this.network = GatedNetwork.of(
                parameters(sizes, data.parameters()),
                switch (mode) {
                    case TRAIN -> training(sizes);
                    case INFER -> NetworkSettings.inference(KernelChoice.ONEDNN).withRawOutputs();
                });
        int rows = data.batch();
        float[] labels = new float[data.labels().length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = data.labels()[i];
        }
        this.batch = new Minibatch(
                rowByRow(data.features(), sizes.words() == 0 ? sizes.inputs() : 1),
                rowByRow(labels, 1),
                null,
                rows,
                SequenceLengths.full(rows, sizes.steps()));
        this.scores = new float[labels.length * sizes.classes()];
    }

    private static NetworkSettings training(RecurrentNetwork sizes) {
        SgdOptimiser optimiser = new SgdOptimiser(sizes.learningRate(), CellData.MOMENTUM, 0.0, new ConstantRate());
        return new NetworkSettings(
                KernelChoice.ONEDNN,
                DataType.FLOAT,
                optimiser.updater(optimiser.curve(1, 1)),
                optimiser.weightRegularisation(),
                CellWriter.SEED,
                false,
                Loss.CLASS_CROSS_ENTROPY);
    }

    /** The network as an architecture: its layers one after the other, and classes at each step. */
    static Architecture architecture(RecurrentNetwork sizes) {
        List<UnitGroup> groups = new ArrayList<>();
        List<LayerSpec> layers = new ArrayList<>();
        String read = LayerSpec.INPUT;
        Shape input = new Shape.Sequence(sizes.steps(), sizes.inputs());
        if (sizes.words() > 0) {
            input = new Shape.Tokens(sizes.steps(), sizes.words());
            groups.add(new UnitGroup("embedding", sizes.inputs(), false));
            layers.add(new LayerSpec.Embedding("embedding", read, "embedding"));
            read = "embedding";
        }
        for (int layer = 1; layer <= sizes.layers(); layer++) {
            String name = "lstm" + layer;
            groups.add(new UnitGroup(name, sizes.units(), true));
            layers.add(new LayerSpec.Lstm(name, read, name));
            read = name;
        }
        groups.add(new UnitGroup("classes", sizes.classes(), false));
        layers.add(new LayerSpec.Output("output", read, "classes", Activation.SOFTMAX));
        return new Architecture(input, groups, layers);
    }

    /** The file's arrays are in the order of the architecture's, and have its layout. */
    private static NetworkParameters parameters(RecurrentNetwork sizes, float[] values) {
        Architecture architecture = architecture(sizes);
        Map<String, float[]> arrays = new LinkedHashMap<>();
        Iterator<RecurrentNetwork.Parameter> parameters = sizes.parameters().iterator();
        for (ParameterSpec spec : architecture.parameters()) {
            RecurrentNetwork.Parameter parameter = parameters.next();
            arrays.put(
                    spec.name(),
                    Arrays.copyOfRange(values, parameter.offset(), parameter.offset() + parameter.length()));
        }
        return new NetworkParameters(architecture, arrays);
    }

    /** From step after step, which is how the file has values, to row after row. */
    private float[] rowByRow(float[] values, int width) {
        float[] turned = new float[values.length];
        int rows = data.batch();
        for (int time = 0; time < sizes.steps(); time++) {
            for (int row = 0; row < rows; row++) {
                System.arraycopy(
                        values, (time * rows + row) * width, turned, (row * sizes.steps() + time) * width, width);
            }
        }
        return turned;
    }

    @Override
    public String engine() {
        return KernelsProvider.of(KernelChoice.ONEDNN, DataType.FLOAT).describe();
    }

    @Override
    public void step() {
        switch (mode) {
            case TRAIN -> loss = network.learn(batch, null, step++, 1, null);
            case INFER -> network.predict(batch, null, scores, 0);
        }
    }

    @Override
    public double loss() {
        return switch (mode) {
            case TRAIN -> loss;
            case INFER -> data.loss(stepByStep(), false);
        };
    }

    private float[] stepByStep() {
        float[] turned = new float[scores.length];
        int classes = sizes.classes();
        int rows = data.batch();
        for (int time = 0; time < sizes.steps(); time++) {
            for (int row = 0; row < rows; row++) {
                System.arraycopy(
                        scores, (row * sizes.steps() + time) * classes, turned, (time * rows + row) * classes, classes);
            }
        }
        return turned;
    }

    @Override
    public void close() {
        network.close();
    }
}
