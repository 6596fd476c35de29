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

package org.tribuogrowth.execution;

import org.tribuogrowth.architecture.LayerSpec;

/** One layer of a plan: it records its steps into the program. */
interface PlannedLayer {
    /** Records the forward pass of training and the layer's value. */
    void recordTraining();

    /** Records the backward pass. All readers of the layer have recorded theirs. */
    void recordBackward();

    /** Records what inference computes from the parameters alone. */
    void recordPreparation();

    /** Records the forward pass of inference and the layer's value. */
    void recordInference();

    /**
     * The planned layer for a layer of the architecture.
     *
     * @param layer     The layer.
     * @param recording What layers share.
     * @param dropout   The masks of dropout layers.
     * @return The planned layer.
     */
    static PlannedLayer of(LayerSpec layer, Recording recording, DropoutMasks dropout) {
        if (layer instanceof LayerSpec.Convolution
                || layer instanceof LayerSpec.DepthwiseConvolution
                || layer instanceof LayerSpec.Dense
                || layer instanceof LayerSpec.Output) {
            return new PlannedAffine(layer, recording);
        } else if (layer instanceof LayerSpec.BatchNormalisation normalisation) {
            return new PlannedNormalisation(normalisation, recording);
        } else if (layer instanceof LayerSpec.ActivationFunction function) {
            return new PlannedFunction(function, recording);
        } else if (layer instanceof LayerSpec.Pooling || layer instanceof LayerSpec.GlobalPooling) {
            return new PlannedPooling(layer, recording);
        } else if (layer instanceof LayerSpec.Dropout drop) {
            return new PlannedDropout(drop, recording, dropout);
        } else if (layer instanceof LayerSpec.Flatten flatten) {
            return new PlannedFlatten(flatten, recording);
        } else if (layer instanceof LayerSpec.Sum sum) {
            return new PlannedSum(sum, recording);
        } else if (layer instanceof LayerSpec.Bypass bypass) {
            return new PlannedBypass(bypass, recording);
        } else if (layer instanceof LayerSpec.Concatenation concatenation) {
            return new PlannedConcatenation(concatenation, recording);
        } else if (layer instanceof LayerSpec.Resize resize) {
            return new PlannedResize(resize, recording);
        } else if (layer instanceof LayerSpec.Embedding embedding) {
            return new PlannedEmbedding(embedding, recording);
        } else if (layer instanceof LayerSpec.Lstm lstm) {
            return new PlannedLstm(lstm, recording);
        } else if (layer instanceof LayerSpec.LastStep last) {
            return new PlannedLastStep(last, recording);
        }
        throw new AssertionError("Unknown layer type " + layer.getClass().getName());
    }
}
