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

import java.util.Collections;
import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.AbstractLayer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.tribuogrowth.execution.SequenceRun;
import org.tribuogrowth.kernel.Kernels;
import org.tribuogrowth.kernel.KernelsProvider;

/**
 * A layer that computes with {@link Kernels} into arrays of its own, kept for the last few batch sizes.
 *
 * @param <C> The configuration.
 */
abstract class OperationLayer<C extends LayerConfiguration> extends AbstractLayer<C> {
    private static final long serialVersionUID = 1L;

    private final transient Kernels kernels;
    private final transient BatchSizes<BatchSizes.Workspace> workspaces = new BatchSizes<>();
    private transient SequenceRun sequences;

    OperationLayer(NeuralNetConfiguration conf, DataType type) {
        super(conf, type);
        this.kernels = KernelsProvider.of(layerConf().kernels(), type);
    }

    /** Makes the arrays and kernels for an input. */
    abstract BatchSizes.Workspace newWorkspace(INDArray input);

    /** Computes the output of an input. */
    abstract INDArray forward(INDArray input, boolean training);

    /** Fills the gradient views and computes the gradient of the input, null if it is not wanted. */
    abstract Pair<Gradient, INDArray> backward(INDArray input, INDArray outputGradient);

    final Kernels kernelMaker() {
        return kernels;
    }

    final BatchSizes.Workspace workspace(INDArray input) {
        return workspaces.get(workspaceKey(input), () -> newWorkspace(input));
    }

    /** What the arrays and kernels depend on, apart from the layer. */
    long workspaceKey(INDArray input) {
        return input.size(0);
    }

    /** Says which sequences are computed next; null for none. */
    final void setSequences(SequenceRun run) {
        sequences = run;
    }

    /** The sequences of the pass under way, null where there are none. */
    final SequenceRun sequences() {
        return sequences;
    }

    /** The number of examples: sequences have a row of the input for each of their steps. */
    final int examples(INDArray input) {
        return sequences == null ? Math.toIntExact(input.size(0)) : sequences.batch();
    }

    final INDArray newArray(long... shape) {
        // Zeroed, since denormal rubbish in fresh memory makes convolutions very slow.
        return Nd4j.createUninitializedDetached(dataType, 'c', shape).assign(0);
    }

    final INDArray newArrayLike(INDArray other) {
        return newArray(other.shape());
    }

    static void free(INDArray array) {
        if (array != null && array.closeable()) {
            array.close();
        }
    }

    private static INDArray dense(INDArray array) {
        return array.ordering() == 'c' && array.elementWiseStride() == 1 ? array : array.dup('c');
    }

    /** Frees everything that the layer owns. It can be used again, at the price of new memory. */
    void release() {
        workspaces.clear();
    }

    @Override
    public final void setInput(INDArray input, LayerWorkspaceMgr workspaceMgr) {
        this.input = input == null ? null : dense(input);
    }

    @Override
    public final INDArray activate(boolean training, LayerWorkspaceMgr workspaceMgr) {
        return forward(input, training);
    }

    @Override
    public final Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaceMgr) {
        return backward(input, dense(epsilon));
    }

    @Override
    public Map<String, INDArray> paramTable(boolean backpropParamsOnly) {
        return Collections.emptyMap();
    }

    @Override
    public boolean isPretrainLayer() {
        return false;
    }

    @Override
    public void clearNoiseWeightParams() {
        // There is no weight noise.
    }

    @Override
    public void clear() {
        input = null;
    }
}
