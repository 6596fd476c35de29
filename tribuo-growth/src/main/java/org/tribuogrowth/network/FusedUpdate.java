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

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.updater.BaseMultiLayerUpdater;
import org.deeplearning4j.nn.updater.UpdaterBlock;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * The parameter update of a network in one pass over its flat vectors: division by the size of the minibatch, weight decay,
 * the updater's formula and the subtraction. DL4J makes a pass for each of them, and an ND4J operation for each parameter
 * that decays.
 *
 * <p>The moments are where DL4J keeps them, so either may continue where the other stopped. The results agree but for the
 * rounding of single operations, since DL4J's native code fuses multiplications and additions, and for moments below the
 * smallest normal number, 1.2e-38, which become zero here. The gradients are left as they were; DL4J leaves the changes in
 * their place. Large vectors are shared out over threads, which does not change results.
 */
final class FusedUpdate {
    /** Below so many parameters waking a thread takes longer than it saves. */
    private static final int SHARED_LENGTH = 1 << 16;

    /** Shares start at the beginning of a cache line, if the vector does. */
    private static final int LINE = 16;

    private final BaseMultiLayerUpdater<?> updater;
    /** Not read again, but what keeps the vector's memory from being freed. */
    private final INDArray parameters;

    private final INDArray gradients;
    private final INDArray state;
    private final UpdateChunk.Vectors vectors;
    private final List<IUpdater> updaters = new ArrayList<>();
    private final List<UpdateRun> runs = new ArrayList<>();
    private final UpdateChunk[] chunks;
    private final int length;

    /**
     * Reads how a network is updated.
     *
     * @param graph A network of which {@link #obstacle} finds nothing wrong. It must not be closed while this is in use.
     */
    FusedUpdate(ComputationGraph graph) {
        this(graph, graph.numParams() < SHARED_LENGTH ? 1 : UpdateThreads.COUNT);
    }

    /**
     * The same with a given number of shares.
     *
     * @param graph  The network.
     * @param shares Into how many parts the vectors are cut, at least 1.
     */
    FusedUpdate(ComputationGraph graph, int shares) {
        this.updater = graph.getUpdater();
        this.parameters = graph.params();
        this.gradients = graph.getFlattenedGradients();
        this.state = updater.getStateViewArray();
        this.length = Math.toIntExact(parameters.length());
        ByteBuffer stateBytes = state == null ? ByteBuffer.allocateDirect(0) : NativeArrays.bytes(state);
        this.vectors = new UpdateChunk.Vectors(
                NativeArrays.bytes(parameters).asFloatBuffer(),
                NativeArrays.bytes(gradients).asFloatBuffer(),
                stateBytes.asFloatBuffer(),
                stateBytes.asIntBuffer());
        for (UpdaterBlock block : updater.getUpdaterBlocks()) {
            IUpdater settings = block.getGradientUpdater().getConfig();
            if (!updaters.contains(settings)) {
                updaters.add(settings);
            }
            runs.addAll(
                    UpdateRun.of(block, updaters.indexOf(settings), graph.conf().isMiniBatch()));
        }
        this.chunks = new UpdateChunk[shares];
        Arrays.setAll(chunks, i -> new UpdateChunk());
    }

    /**
     * What keeps a network from being updated in one pass.
     *
     * @param graph The network.
     * @return What was found; null if nothing is in the way.
     */
    static String obstacle(ComputationGraph graph) {
        if (!NativeArrays.onHost()) {
            return "parameters on a GPU";
        }
        BaseMultiLayerUpdater<?> updater = graph.getUpdater();
        for (INDArray array :
                new INDArray[] {graph.params(), graph.getFlattenedGradients(), updater.getStateViewArray()}) {
            if (array != null && array.dataType() != DataType.FLOAT) {
                return "parameters of type " + array.dataType();
            }
            if (array != null && array.length() > Integer.MAX_VALUE / Float.BYTES) {
                return "vectors of more than 2 GiB";
            }
        }
        for (UpdaterBlock block : updater.getUpdaterBlocks()) {
            IUpdater settings = block.getGradientUpdater().getConfig();
            if (!UpdateRule.exists(settings)) {
                return "updater " + settings.getClass().getName();
            }
            if (block.isPretrainUpdaterBlock()) {
                return "parameters that are only trained before";
            }
            for (UpdaterBlock.ParamState parameter : block.getLayersAndVariablesInBlock()) {
                GradientNormalization normalisation =
                        parameter.getLayer().getConfig().getGradientNormalization();
                if (normalisation != null && normalisation != GradientNormalization.None) {
                    return "gradient normalisation " + normalisation;
                }
                String obstacle = UpdateRun.obstacle(parameter);
                if (obstacle != null) {
                    return obstacle;
                }
            }
        }
        return null;
    }

    /** Whether a network still has the updater, and with it the vectors, that it had when this was made. */
    boolean fits(ComputationGraph graph) {
        return graph.getUpdater() == updater
                && graph.getFlattenedGradients() == gradients
                && updater.getStateViewArray() == state;
    }

    /** The same without a limit to the gradients' norm. */
    void apply(int iteration, int epoch, int rows) {
        apply(iteration, epoch, rows, new GradientClipping(0.0));
    }

    /**
     * Updates the parameters and moments by the gradients.
     *
     * @param iteration The step, on which rates and corrections of bias depend.
     * @param epoch     The epoch, on which rates may depend.
     * @param rows      The size of the minibatch.
     * @param clipping  What limits the gradients' norm.
     */
    void apply(int iteration, int epoch, int rows, GradientClipping clipping) {
        float factor = clipping.factor(vectors.gradients(), runs, rows, chunks.length);
        UpdateRule[] rules = new UpdateRule[updaters.size()];
        double[] rates = new double[updaters.size()];
        for (int i = 0; i < rules.length; i++) {
            IUpdater settings = updaters.get(i);
            rules[i] = UpdateRule.of(settings, iteration, epoch);
            rates[i] = settings.hasLearningRate() ? settings.getLearningRate(iteration, epoch) : 1.0;
        }
        UpdateChunk.Step[] steps = new UpdateChunk.Step[runs.size()];
        for (int i = 0; i < steps.length; i++) {
            UpdateRun run = runs.get(i);
            steps[i] = new UpdateChunk.Step(
                    rules[run.updater()],
                    run.divided() ? rows : 1,
                    run.divided() ? factor : 1.0f,
                    (float) run.coupled(),
                    (float) (rates[run.updater()] * run.decoupled()));
        }
        UpdateThreads.share(chunks.length, share -> update(steps, share));
    }

    private void update(UpdateChunk.Step[] steps, int share) {
        int from = border(share);
        int to = border(share + 1);
        for (int i = 0; i < steps.length; i++) {
            UpdateRun run = runs.get(i);
            int end = Math.min(run.end(), to);
            for (int start = Math.max(run.start(), from); start < end; start += UpdateChunk.CAPACITY) {
                int count = Math.min(UpdateChunk.CAPACITY, end - start);
                chunks[share].update(vectors, run, steps[i], start, count);
            }
        }
    }

    private int border(int share) {
        if (share == chunks.length) {
            return length;
        }
        return (int) ((long) length * share / chunks.length) / LINE * LINE;
    }
}
