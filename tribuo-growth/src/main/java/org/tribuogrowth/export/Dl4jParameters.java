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

package org.tribuogrowth.export;

import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.tribuogrowth.architecture.Activation;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.LayerSpec;
import org.tribuogrowth.architecture.ParameterRole;
import org.tribuogrowth.architecture.ParameterSpec;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.data.ChannelNormaliser;
import org.tribuogrowth.data.TargetScaling;

/** Puts the parameters of a compact network into a {@link Dl4jGraph}. */
final class Dl4jParameters {
    private static final String WEIGHT = "W";
    private static final String GAMMA = "gamma";
    private static final String BETA = "beta";
    private static final String MEAN = "mean";
    private static final String VARIANCE = "var";

    private final ComputationGraph graph;
    private final ExportedNetwork network;
    private final Architecture architecture;

    private Dl4jParameters(ComputationGraph graph, ExportedNetwork network) {
        this.graph = graph;
        this.network = network;
        this.architecture = network.parameters().architecture();
    }

    /**
     * Initialises a graph with parameters.
     *
     * @param graph     The graph, not initialised yet.
     * @param network   The network that it was made for.
     * @param constants The parameters that are not the network's.
     * @throws IllegalArgumentException If a standard deviation is too small to divide by, or scores are scaled after
     *                                  something else than the identity.
     */
    static void initialise(ComputationGraph graph, ExportedNetwork network, List<Dl4jResize.Constant> constants) {
        graph.init();
        // All values are set below; one that was forgotten would spoil every output.
        graph.params().assign(Float.NaN);
        Dl4jParameters target = new Dl4jParameters(graph, network);
        for (ParameterSpec spec : target.architecture.parameters()) {
            target.set(spec);
        }
        network.normaliser().ifPresent(target::set);
        constants.forEach(constant -> target.set(constant.vertex(), constant.parameter(), constant.values()));
    }

    private void set(ParameterSpec spec) {
        LayerSpec layer = architecture.layer(spec.layer());
        float[] values = network.parameters().values(spec);
        if (layer.equals(architecture.output()) && network.scaling().isPresent()) {
            scale(spec, values, network.scaling().get());
        }
        switch (spec.role()) {
            case WEIGHT -> set(Dl4jGraph.weighted(architecture, layer), WEIGHT, weights(layer, spec, values));
            case RECURRENT_WEIGHT -> set(layer.name(), "RW", weights(layer, spec, values));
            case EMBEDDING -> setEmbedding(layer, spec, values);
            case BIAS -> set(
                    Dl4jGraph.weighted(architecture, layer),
                    "b",
                    spec.stacked() == 1 ? values : LstmGates.DL4J.reorder(values));
            case GAMMA -> set(Dl4jGraph.normalisation(layer), GAMMA, values);
            case BETA -> set(Dl4jGraph.normalisation(layer), BETA, values);
            case MEAN -> set(Dl4jGraph.normalisation(layer), MEAN, values);
            case VARIANCE -> set(Dl4jGraph.normalisation(layer), VARIANCE, values);
            case THRESHOLD, RECURRENT_THRESHOLD -> throw new IllegalArgumentException(
                    "A compact network has no thresholds");
        }
    }

    /** An output that shares the matrix has a copy of it, since DL4J's layers have weights of their own. */
    private void setEmbedding(LayerSpec layer, ParameterSpec spec, float[] values) {
        set(layer.name(), WEIGHT, values);
        LayerSpec.Output output = architecture.output();
        if (output.tied().equals(layer.name())) {
            float[] shared = values.clone();
            network.scaling().ifPresent(scaling -> scale(spec, shared, scaling));
            set(output.name(), WEIGHT, weights(output, spec, shared));
        }
    }

    /** Scales what the output computes, and with it the scores. */
    private void scale(ParameterSpec spec, float[] values, TargetScaling scaling) {
        if (architecture.output().activation() != Activation.IDENTITY) {
            throw new IllegalArgumentException("Scores are scaled after "
                    + architecture.output().activation().text() + ", for which DL4J has no layer; only those of the"
                    + " identity can be exported to it");
        }
        float[] mean = scaling.mean();
        float[] deviation = scaling.standardDeviation();
        int row = values.length / scaling.size();
        for (int i = 0; i < values.length; i++) {
            values[i] *= deviation[i / row];
            values[i] += spec.role() == ParameterRole.BIAS ? mean[i / row] : 0f;
        }
    }

    /** As {@code (x - mean) * gamma}: the variance is what makes DL4J divide by 1. */
    private void set(ChannelNormaliser normaliser) {
        int units = ExportedNetwork.units(architecture.input());
        float[] means = normaliser.mean();
        float[] deviations = normaliser.standardDeviation();
        float[] mean = new float[units];
        float[] gamma = new float[units];
        float[] variance = new float[units];
        for (int i = 0; i < units; i++) {
            mean[i] = means[i % means.length];
            gamma[i] = 1f / deviations[i % deviations.length];
            variance[i] = (float) (1.0 - LayerSpec.NORMALISATION_EPSILON);
            if (!Float.isFinite(gamma[i])) {
                throw new IllegalArgumentException("Input channel " + i + " has the standard deviation "
                        + deviations[i % deviations.length] + ", by which single precision cannot divide");
            }
        }
        set(Dl4jGraph.NORMALISED_INPUT, GAMMA, gamma);
        set(Dl4jGraph.NORMALISED_INPUT, BETA, new float[units]);
        set(Dl4jGraph.NORMALISED_INPUT, MEAN, mean);
        set(Dl4jGraph.NORMALISED_INPUT, VARIANCE, variance);
    }

    /**
     * From {@code [outputs][positions][inputs]} to {@code [outputs, inputs, height, width]} of convolutions,
     * {@code [height, width, units, 1]} of depthwise ones or {@code [inputs * positions, outputs]} of dense and recurrent
     * layers, whose outputs are all their gates.
     */
    private float[] weights(LayerSpec layer, ParameterSpec spec, float[] values) {
        int positions = spec.positions();
        int outputs = spec.stacked() * architecture.group(spec.outputGroup()).width();
        int inputs = values.length / positions / outputs;
        float[] source = spec.stacked() == 1 ? values : LstmGates.DL4J.reorder(values);
        boolean outputsFirst = layer instanceof LayerSpec.Convolution
                || architecture.shape(layer.name()) instanceof Shape.Image && layer instanceof LayerSpec.Output;
        float[] result = new float[values.length];
        int index = 0;
        for (int output = 0; output < outputs; output++) {
            for (int position = 0; position < positions; position++) {
                for (int input = 0; input < inputs; input++) {
                    int place = input * positions + position;
                    int target = outputsFirst ? output * inputs * positions + place : place * outputs + output;
                    result[target] = source[index++];
                }
            }
        }
        return result;
    }

    private void set(String vertex, String parameter, float[] values) {
        INDArray array = graph.getLayer(vertex).getParam(parameter);
        array.assign(Nd4j.create(values, array.shape(), 'c').castTo(DataType.FLOAT));
    }
}
