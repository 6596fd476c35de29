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

import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.layers.convolution.ConvolutionLayer;
import org.deeplearning4j.nn.layers.convolution.DepthwiseConvolution2DLayer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Stock DL4J, as released. */
final class StockPeer implements Peer {
    private final Mode mode;
    private final CellData data;
    private final ComputationGraph graph;
    private final INDArray[] features;
    private final INDArray[] targets;
    private INDArray scores;

    /**
     * Builds the network.
     *
     * @param mode  What a step is.
     * @param data  The cell's data.
     * @param tuned Whether the helpers must be on.
     * @throws IllegalStateException If they must and are not.
     */
    StockPeer(Mode mode, CellData data, boolean tuned) {
        this.mode = mode;
        this.data = data;
        this.graph = StockGraph.of(data);
        List<INDArray> batch = StockGraph.batch(data);
        this.features = new INDArray[] {batch.get(0)};
        this.targets = new INDArray[] {batch.get(1)};
        for (GraphVertex vertex : graph.getVertices()) {
            if (vertex.hasLayer()
                    && vertex.getLayer() instanceof ConvolutionLayer layer
                    // For these DL4J has no helper.
                    && !(layer instanceof DepthwiseConvolution2DLayer)
                    && (layer.getHelper() != null) != tuned) {
                throw new IllegalStateException("DL4J's oneDNN helper of layer " + vertex.getVertexName() + " is "
                        + (tuned ? "off and must be on" : "on and must be off"));
            }
        }
    }

    @Override
    public String engine() {
        return "DL4J " + version() + ", natives "
                + System.getProperty("org.bytedeco.javacpp.platform.extension", "-generic")
                        .substring(1);
    }

    /** The jars do not say their version but in their names. */
    private static String version() {
        String jar = ComputationGraph.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath();
        return jar.replaceAll(".*deeplearning4j-nn-(.*)\\.jar", "$1");
    }

    @Override
    public void step() {
        switch (mode) {
            case TRAIN -> graph.fit(features, targets);
            case INFER -> scores = graph.output(false, features)[0];
        }
    }

    @Override
    public double loss() {
        return switch (mode) {
            case TRAIN -> graph.score();
            case INFER -> data.loss(scores.dup('c').data().asFloat(), true);
        };
    }

    @Override
    public void close() {
        graph.close();
    }
}
