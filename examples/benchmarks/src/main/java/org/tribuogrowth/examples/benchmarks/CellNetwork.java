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

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.tribuogrowth.architecture.Architecture;

/** What a cell's network is: its sizes, how its files describe it, and which engines have a form of it. */
sealed interface CellNetwork permits LayeredNetwork, RecurrentNetwork {
    /**
     * The network with a part of its units.
     *
     * @param percent How many units of a hundred.
     * @return A network on its own.
     */
    CellNetwork narrowed(int percent);

    /** The number of features of an example. */
    int featuresPerExample();

    /** The number of classes. */
    default int classes() {
        return BenchmarkNetwork.CLASSES;
    }

    /** The features of a batch, always the same. */
    default float[] features(int batch) {
        return CellWriter.features(batch * featuresPerExample());
    }

    /** The number of labels of an example. */
    int labelsPerExample();

    /** The shape of the features as other engines take them. */
    long[] inputShape(int batch);

    /**
     * The features as other engines take them.
     *
     * @param features The features as the cell's file has them.
     * @param batch    The number of examples.
     * @return The features in the order of {@link #inputShape}.
     */
    float[] arranged(float[] features, int batch);

    /** The layouts that PyTorch is measured in, {@link PeerSpec#DEFAULT_LAYOUT} first. */
    List<String> torchLayouts();

    /** Whether {@link StockGraph} can build it. */
    boolean inStockLayers();

    /** The multiply-adds of a forward pass of one example. */
    long multiplyAdds();

    /** Those of them that read the network's input, whose gradient nothing needs. */
    long inputMultiplyAdds();

    /** The rate at which it is trained. */
    double learningRate();

    /** How many parameters are trained. */
    long trainedParameters();

    /**
     * Fresh parameters.
     *
     * @param batch The number of examples of the cell.
     * @return The values in the order of the cell's file.
     */
    float[] freshParameters(int batch);

    /** What describes the network, and nothing else, in the cell's file. */
    Map<String, Object> description();

    /** Our engine for the network. */
    Peer ours(Mode mode, CellData data);

    /**
     * Reads the network from a cell's file.
     *
     * @param description What {@link #description} and others wrote.
     * @return The network.
     */
    static CellNetwork read(JsonNode description) {
        JsonNode recurrent = description.path(RecurrentNetwork.KEY);
        return recurrent.isMissingNode()
                ? new LayeredNetwork(
                        Architecture.parse(description.get(LayeredNetwork.KEY).asText()))
                : RecurrentNetwork.read(recurrent);
    }
}
