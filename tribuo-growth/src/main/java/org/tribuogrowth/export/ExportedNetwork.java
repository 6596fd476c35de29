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
import java.util.Optional;
import java.util.stream.IntStream;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.data.BoundLayout;
import org.tribuogrowth.data.ChannelNormaliser;
import org.tribuogrowth.data.TargetScaling;
import org.tribuogrowth.network.NetworkParameters;

/**
 * What a model computes, from feature values by id to scores by output id.
 *
 * <p>An example has one row of features, or, if the network is <em>stepwise</em>, is a sequence of any length: it has a row
 * of features for each step, or the number of a token.
 *
 * @param parameters The compact network.
 * @param places     Where each feature goes in the network's input, or in one step of it, by feature id: an index with
 *                   channels last. Empty for tokens of a stepwise network.
 * @param normaliser What the placed values are normalised by, empty for nothing.
 * @param scaling    What the scores are turned back by into the outputs' own units, empty for nothing.
 * @param stepwise   Whether each step of an example has features of its own, or is a token.
 */
public record ExportedNetwork(
        NetworkParameters parameters,
        List<Integer> places,
        Optional<ChannelNormaliser> normaliser,
        Optional<TargetScaling> scaling,
        boolean stepwise) {
    /**
     * Checks that the parts fit and copies the places.
     *
     * @throws IllegalArgumentException If a place is not in the input or used twice, a number of values does not fit, or
     *                                  a stepwise network does not read sequences.
     */
    public ExportedNetwork {
        places = List.copyOf(places);
        Architecture architecture = parameters.architecture();
        Shape input = architecture.input();
        boolean sequence = input instanceof Shape.Sequence || input instanceof Shape.Tokens;
        if (stepwise && !sequence) {
            throw new IllegalArgumentException("Examples with several steps go to a network that reads a sequence or"
                    + " tokens, but this one reads: " + input.describe());
        }
        int length = input instanceof Shape.Tokens && stepwise ? 0 : length(input) / (stepwise ? input.positions() : 1);
        boolean[] taken = new boolean[length];
        for (int id = 0; id < places.size(); id++) {
            int place = places.get(id);
            if (place < 0 || place >= length || taken[place]) {
                throw new IllegalArgumentException("Feature " + id + " goes to the place " + place
                        + ", expected a place" + " of its own from 0 to " + (length - 1));
            }
            taken[place] = true;
        }
        int units = units(input);
        if (normaliser.isPresent() && units % normaliser.get().channels() != 0) {
            throw new IllegalArgumentException("A normalisation of "
                    + normaliser.get().channels() + " channels does not fit an input of " + units);
        }
        int outputs = architecture.group(architecture.output().units()).width();
        if (scaling.isPresent() && scaling.get().size() != outputs) {
            throw new IllegalArgumentException("The network has " + outputs + " outputs, but "
                    + scaling.get().size() + " are to be scaled");
        }
    }

    /**
     * What a model of examples with one row of features computes.
     *
     * @param parameters The compact network.
     * @param places     Where each feature goes in the network's input, by feature id: an index with channels last.
     * @param normaliser What the placed values are normalised by, empty for nothing.
     * @param scaling    What the scores are turned back by into the outputs' own units, empty for nothing.
     */
    public ExportedNetwork(
            NetworkParameters parameters,
            List<Integer> places,
            Optional<ChannelNormaliser> normaliser,
            Optional<TargetScaling> scaling) {
        this(parameters, places, normaliser, scaling, false);
    }

    /** The number of scores at each of the output's positions. */
    int outputs() {
        Architecture architecture = parameters.architecture();
        return architecture.group(architecture.output().units()).width();
    }

    /**
     * The places that a layout gives.
     *
     * @param layout   The layout.
     * @param features The number of features.
     * @return One place a feature id.
     */
    public static List<Integer> places(BoundLayout layout, int features) {
        return IntStream.range(0, features).map(layout::place).boxed().toList();
    }

    /** The number of values of an example. */
    static int length(Shape shape) {
        return Math.multiplyExact(units(shape), shape.positions());
    }

    /** The number of values at each position of an example: those of a step, a pixel or a vector; a token is one. */
    static int units(Shape shape) {
        if (shape instanceof Shape.Image image) {
            return image.channels();
        } else if (shape instanceof Shape.Sequence sequence) {
            return sequence.units();
        }
        return shape instanceof Shape.Vector vector ? vector.units() : 1;
    }
}
