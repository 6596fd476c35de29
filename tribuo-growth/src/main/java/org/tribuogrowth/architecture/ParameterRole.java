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

package org.tribuogrowth.architecture;

/** What a parameter does in its layer. */
public enum ParameterRole {
    /**
     * The kernels of a convolution or depthwise convolution, a dense layer's matrix, or the weights with which a recurrent
     * layer reads its input.
     */
    WEIGHT("weight"),
    /** The weights with which a recurrent layer reads its own units of the step before. */
    RECURRENT_WEIGHT("recurrent-weight"),
    /** The vector of each token of a vocabulary; never masked. */
    EMBEDDING("embedding"),
    /**
     * What the magnitude of weights must exceed to count: one value a weight, a row of weights or a layer, according to
     * {@link ThresholdSharing}. It ends with the training, so it is in no {@link Architecture#parameters()}.
     */
    THRESHOLD("threshold"),
    /** The same for the recurrent weights. */
    RECURRENT_THRESHOLD("recurrent-threshold"),
    /** An additive bias, one value a unit. */
    BIAS("bias"),
    /** The scale after batch normalisation, one value a unit. */
    GAMMA("gamma"),
    /** The shift after batch normalisation, one value a unit. */
    BETA("beta"),
    /** The running mean of batch normalisation, one value a unit; not trained. */
    MEAN("mean"),
    /** The running variance of batch normalisation, one value a unit; not trained. */
    VARIANCE("variance");

    private final String text;

    ParameterRole(String text) {
        this.text = text;
    }

    /**
     * The parameter's name within its layer.
     *
     * @return The name.
     */
    public String text() {
        return text;
    }

    /**
     * Whether the parameter is learnt by gradient descent; only such parameters are counted in {@link Cost}, and of
     * them thresholds are not, since the compact network has none.
     *
     * @return False for running statistics.
     */
    public boolean trained() {
        return switch (this) {
            case WEIGHT, RECURRENT_WEIGHT, EMBEDDING, THRESHOLD, RECURRENT_THRESHOLD, BIAS, GAMMA, BETA -> true;
            case MEAN, VARIANCE -> false;
        };
    }

    /**
     * The thresholds of the weights of this role.
     *
     * @return Their role.
     * @throws IllegalArgumentException If parameters of this role are never masked.
     */
    public ParameterRole threshold() {
        return switch (this) {
            case WEIGHT -> THRESHOLD;
            case RECURRENT_WEIGHT -> RECURRENT_THRESHOLD;
            case EMBEDDING,
                    THRESHOLD,
                    RECURRENT_THRESHOLD,
                    BIAS,
                    GAMMA,
                    BETA,
                    MEAN,
                    VARIANCE -> throw new IllegalArgumentException("A " + text + " is never masked");
        };
    }

    /**
     * Whether parameters of this role may be masked by thresholds.
     *
     * @return True for the weights of layers, also recurrent ones.
     */
    public boolean maskable() {
        return this == WEIGHT || this == RECURRENT_WEIGHT;
    }
}
