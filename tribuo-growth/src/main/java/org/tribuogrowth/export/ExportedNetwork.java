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
 * @param parameters The compact network.
 * @param places     Where each feature goes in the network's input, by feature id: an index with channels last.
 * @param normaliser What the placed values are normalised by, empty for nothing.
 * @param scaling    What the scores are turned back by into the outputs' own units, empty for nothing.
 */
public record ExportedNetwork(
        NetworkParameters parameters,
        List<Integer> places,
        Optional<ChannelNormaliser> normaliser,
        Optional<TargetScaling> scaling) {
    /**
     * Checks that the parts fit and copies the places.
     *
     * @throws IllegalArgumentException If a place is not in the input or used twice, or a number of values does not fit.
     */
    public ExportedNetwork {
        places = List.copyOf(places);
        Architecture architecture = parameters.architecture();
        int length = length(architecture.input());
        boolean[] taken = new boolean[length];
        for (int id = 0; id < places.size(); id++) {
            int place = places.get(id);
            if (place < 0 || place >= length || taken[place]) {
                throw new IllegalArgumentException("Feature " + id + " goes to the place " + place
                        + ", expected a place" + " of its own from 0 to " + (length - 1));
            }
            taken[place] = true;
        }
        int units = units(architecture.input());
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

    /** The number of units of an example. */
    static int units(Shape shape) {
        return shape instanceof Shape.Image image ? image.channels() : ((Shape.Vector) shape).units();
    }
}
