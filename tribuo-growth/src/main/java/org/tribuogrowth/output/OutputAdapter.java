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

package org.tribuogrowth.output;

import com.oracle.labs.mlrg.olcut.config.Configurable;
import com.oracle.labs.mlrg.olcut.provenance.ConfiguredObjectProvenance;
import com.oracle.labs.mlrg.olcut.provenance.Provenancable;
import java.util.List;
import org.tribuo.Example;
import org.tribuo.ImmutableOutputInfo;
import org.tribuo.Output;
import org.tribuo.Prediction;
import org.tribuogrowth.architecture.Activation;
import org.tribuogrowth.architecture.Shape;

/**
 * Translates between a Tribuo output type and a network's output values: which loss is minimised, which function turns
 * values into scores, how targets are encoded and scores decoded.
 *
 * @param <T> The output type.
 */
public interface OutputAdapter<T extends Output<T>>
        extends Objective, Configurable, Provenancable<ConfiguredObjectProvenance> {
    /**
     * The output type.
     *
     * @return The class, for checking datasets and models.
     */
    Class<T> typeWitness();

    /**
     * The function that turns output values into scores: the one that the loss is for.
     *
     * @return The output's activation.
     */
    default Activation activation() {
        return loss().activation();
    }

    /**
     * Whether the scores are probabilities.
     *
     * @return True if each is from 0 to 1; those of several outputs sum to 1 only if exactly one of them is true.
     */
    boolean generatesProbabilities();

    /**
     * Whether targets are quantities with a mean and a scale of their own, which the network is spared: it learns targets
     * less their mean and divided by their standard deviation, and scores are turned back before they are decoded.
     *
     * @return False if targets are learnt as they are encoded.
     */
    default boolean standardisesTargets() {
        return false;
    }

    /**
     * How many output units a domain needs.
     *
     * @param outputs The output domain.
     * @return The number of units.
     */
    int size(ImmutableOutputInfo<T> outputs);

    /**
     * What each output unit is called.
     *
     * @param outputs The output domain.
     * @return One name an output unit, in their order.
     */
    List<String> names(ImmutableOutputInfo<T> outputs);

    /**
     * Writes the target of an output.
     *
     * @param output      The true output.
     * @param outputs     The output domain.
     * @param shape       The shape of the network's scores: a vector, or a sequence or image of them.
     * @param destination Where to write.
     * @param offset      Where the target begins; as many values are written as {@link Loss#targetLength} says.
     * @throws IllegalArgumentException If the output has no target in this domain or of this shape; the message says why.
     */
    void encode(T output, ImmutableOutputInfo<T> outputs, Shape shape, float[] destination, int offset);

    /**
     * Makes a prediction of scores.
     *
     * @param scores       The scores, position by position; in the units of the targets as they are encoded.
     * @param offset       Where the example's scores begin.
     * @param shape        Their shape.
     * @param outputs      The output domain.
     * @param example      The example.
     * @param featuresUsed The number of features that were used.
     * @return The prediction.
     * @throws IllegalArgumentException If a score is not finite.
     */
    Prediction<T> decode(
            float[] scores,
            int offset,
            Shape shape,
            ImmutableOutputInfo<T> outputs,
            Example<T> example,
            int featuresUsed);
}
