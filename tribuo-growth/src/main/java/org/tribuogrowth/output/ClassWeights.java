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

import java.util.List;

/**
 * How much the positions of each class count in {@link Loss#CLASS_CROSS_ENTROPY}: the loss of a batch is the mean over its
 * positions, each weighted by its class. Rare classes that are given more than 1 are found more often, and claimed more
 * often where they are not.
 *
 * @param values The weight of each class, in their order; none if all count as one.
 */
public record ClassWeights(List<Double> values) {
    /** All classes count as one. */
    public static final ClassWeights EQUAL = new ClassWeights(List.of());

    /**
     * Checks and copies the weights.
     *
     * @throws IllegalArgumentException If a weight is not a finite number above 0.
     */
    public ClassWeights {
        for (Double value : values) {
            if (!(value > 0.0) || !Double.isFinite(value)) {
                throw new IllegalArgumentException(
                        "The weight of a class must be a finite number above 0, found " + value);
            }
        }
        values = List.copyOf(values);
    }

    /**
     * The weight of a class.
     *
     * @param number The number of the class.
     * @return Its weight, 1 if none were given.
     */
    public double of(int number) {
        return values.isEmpty() ? 1.0 : values.get(number);
    }

    /**
     * Checks that there is a weight for each class.
     *
     * @param loss    What is minimised.
     * @param classes The number of classes.
     * @throws IllegalArgumentException If weights were given, and the loss is not of numbers of classes or there are not as
     *                                  many weights as classes.
     */
    public void require(Loss loss, int classes) {
        if (values.isEmpty()) {
            return;
        }
        if (!loss.isOfClassNumbers()) {
            throw new IllegalArgumentException(
                    "classWeights are for the loss " + Loss.CLASS_CROSS_ENTROPY + " only, but this one is " + loss);
        }
        if (values.size() != classes) {
            throw new IllegalArgumentException("classWeights must have one weight for each of the " + classes
                    + " classes, or none at all, found " + values.size() + ": " + values);
        }
    }
}
