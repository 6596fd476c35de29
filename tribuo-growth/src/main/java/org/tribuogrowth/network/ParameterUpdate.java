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

package org.tribuogrowth.network;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.updater.BaseMultiLayerUpdater;
import org.deeplearning4j.nn.updater.UpdaterBlock;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Subtracts from a network's parameters what its updater makes of the gradients. In single precision on the CPU the
 * updaters NoOp, Sgd, Nesterovs, ClassicalMomentum and Adam, with our {@link WeightDecay} or none, run as a {@link
 * FusedUpdate}. All else, a user's own updater among it, runs through DL4J's own code: slower, with the same meaning.
 */
final class ParameterUpdate {
    private static final Logger LOGGER = Logger.getLogger(ParameterUpdate.class.getName());

    /** Networks are rebuilt at every change of structure; once is enough to say why. */
    private static final Set<String> REPORTED = ConcurrentHashMap.newKeySet();

    private final ComputationGraph graph;
    private final GradientClipping clipping;
    private FusedUpdate fused;

    /**
     * Makes the update of a network.
     *
     * @param graph           The network, initialised. It must not be closed while this is in use.
     * @param maxGradientNorm The largest norm of the gradient of the mean loss; 0 for no limit.
     */
    ParameterUpdate(ComputationGraph graph, double maxGradientNorm) {
        this.graph = graph;
        this.clipping = new GradientClipping(maxGradientNorm);
    }

    /** The same without a limit to the norm of gradients. */
    ParameterUpdate(ComputationGraph graph) {
        this(graph, 0.0);
    }

    /**
     * Updates the parameters by the gradients in the network's flat vector. The vector's content is undefined afterwards.
     *
     * @param iteration The step, on which rates and corrections of bias depend.
     * @param epoch     The epoch, on which rates may depend.
     * @param rows      The size of the minibatch.
     */
    void apply(int iteration, int epoch, int rows) {
        // Who has the DL4J network in hand may give it another updater.
        if (fused == null || !fused.fits(graph)) {
            String obstacle = FusedUpdate.obstacle(graph);
            if (obstacle != null) {
                report(obstacle);
                clipping.clip(graph, rows);
                applyByDl4j(graph, iteration, epoch, rows);
                return;
            }
            fused = new FusedUpdate(graph);
        }
        fused.apply(iteration, epoch, rows, clipping);
    }

    /** The same by DL4J's own code, whoever wrote the gradients into the flat vector. */
    static void applyByDl4j(ComputationGraph graph, int iteration, int epoch, int rows) {
        BaseMultiLayerUpdater<ComputationGraph> updater = graph.getUpdater();
        Gradient gradient = new DefaultGradient(graph.getFlattenedGradients());
        for (UpdaterBlock block : updater.getUpdaterBlocks()) {
            for (UpdaterBlock.ParamState parameter : block.getLayersAndVariablesInBlock()) {
                String layer = parameter.getLayer().getConfig().getLayerName();
                gradient.setGradientFor(layer + "_" + parameter.getParamName(), parameter.getGradView());
            }
        }
        updater.update(gradient, iteration, epoch, rows, LayerWorkspaceMgr.noWorkspaces());
        INDArray parameters = graph.params();
        parameters.subi(graph.getFlattenedGradients().reshape(parameters.shape()));
    }

    private static void report(String obstacle) {
        if (REPORTED.add(obstacle)) {
            LOGGER.log(
                    Level.FINE,
                    "Parameters are updated by DL4J''s own code, not in one fused pass: found {0}",
                    obstacle);
        }
    }
}
