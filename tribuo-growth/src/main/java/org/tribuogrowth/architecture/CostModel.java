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

import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * The exact cost of an architecture as a function of its groups' widths. Each term is linear in the width of one group
 * (biases, normalisation, depthwise convolutions) or a product of the widths of two, times the widths of the blocks around
 * the layer, so putting expected widths in place of widths gives the expected cost when units are independent. A layer
 * that reads and writes one and the same group is the exception: there the square of the expected width stands for the
 * expected square, and the variance of the width, relatively small for wide groups, is left out.
 *
 * @param terms The terms, in layer order.
 */
public record CostModel(List<CostTerm> terms) {
    /** Copies the terms. */
    public CostModel {
        terms = List.copyOf(terms);
    }

    /**
     * The cost of some layers.
     *
     * @param layer Whether a layer of this name is counted.
     * @return The terms of these layers.
     */
    public CostModel ofLayers(Predicate<String> layer) {
        return new CostModel(
                terms.stream().filter(term -> layer.test(term.layer())).toList());
    }

    /**
     * The cost for some active units.
     *
     * @param active Which units are active.
     * @return The exact cost.
     * @throws ArithmeticException If a count does not fit a long.
     */
    public Cost of(ActiveUnits active) {
        return cost(active::count);
    }

    /**
     * The cost of given widths.
     *
     * @param width The width of each group.
     * @return The exact cost.
     * @throws ArithmeticException If a count does not fit a long.
     */
    public Cost cost(ToLongFunction<String> width) {
        long weights = 0;
        long parameters = 0;
        long multiplyAdds = 0;
        for (CostTerm term : terms) {
            long product = width.applyAsLong(term.outputGroup());
            if (!term.inputGroup().isEmpty()) {
                product = Math.multiplyExact(product, width.applyAsLong(term.inputGroup()));
            }
            for (String block : term.blocks()) {
                product = Math.multiplyExact(product, width.applyAsLong(block));
            }
            weights = Math.addExact(weights, Math.multiplyExact(product, term.weights()));
            parameters = Math.addExact(parameters, Math.multiplyExact(product, term.parameters()));
            multiplyAdds = Math.addExact(multiplyAdds, Math.multiplyExact(product, term.multiplyAdds()));
        }
        return new Cost(weights, parameters, multiplyAdds);
    }

    /**
     * The expected cost when each group has an expected width; exact when all probabilities are 0 or 1.
     *
     * @param measure       What to count.
     * @param expectedWidth The expected width of each group: the sum of its units' probabilities.
     * @return The expected number of parameters or multiply-adds.
     */
    public double expected(CostMeasure measure, ToDoubleFunction<String> expectedWidth) {
        double sum = 0.0;
        for (CostTerm term : terms) {
            long coefficient =
                    switch (measure) {
                        case PARAMETERS -> term.parameters();
                        case MULTIPLY_ADDS -> term.multiplyAdds();
                    };
            if (coefficient != 0) {
                double product = coefficient * expectedWidth.applyAsDouble(term.outputGroup());
                if (!term.inputGroup().isEmpty()) {
                    product *= expectedWidth.applyAsDouble(term.inputGroup());
                }
                for (String block : term.blocks()) {
                    product *= expectedWidth.applyAsDouble(block);
                }
                sum += product;
            }
        }
        return sum;
    }
}
