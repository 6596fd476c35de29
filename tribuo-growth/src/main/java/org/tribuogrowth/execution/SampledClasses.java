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

import java.util.Arrays;
import org.tribuogrowth.output.SampledSoftmax;
import org.tribuogrowth.random.CountedRandom;

/**
 * The classes that a {@link SampledSoftmax} draws for a step, a function of seed and step: each once, in ascending order. All
 * rows of the step share them.
 */
public final class SampledClasses {
    /** The place of a class that was not drawn. */
    public static final int NONE = -1;

    private static final String PURPOSE = "sampled-classes";

    private final SampledSoftmax sampling;
    private final long seed;
    private final int[] numbers;
    /** By class, its place among those drawn. */
    private final int[] places;

    private int count;

    /**
     * Prepares for drawing.
     *
     * @param sampling How classes are drawn.
     * @param seed     The seed.
     */
    public SampledClasses(SampledSoftmax sampling, long seed) {
        this.sampling = sampling;
        this.seed = seed;
        this.numbers = new int[sampling.room()];
        this.places = new int[sampling.classes()];
        Arrays.fill(places, NONE);
    }

    /**
     * Draws the classes of a step in place of those there were.
     *
     * @param step The number of the step.
     */
    public void draw(long step) {
        for (int place = 0; place < count; place++) {
            places[numbers[place]] = NONE;
        }
        count = 0;
        CountedRandom random = CountedRandom.of(seed, PURPOSE, step);
        for (int i = 0; i < sampling.draws() && count < numbers.length; i++) {
            int number = sampling.draw(random.nextDouble());
            if (places[number] == NONE) {
                numbers[count] = number;
                places[number] = count++;
            }
        }
        Arrays.sort(numbers, 0, count);
        for (int place = 0; place < count; place++) {
            places[numbers[place]] = place;
        }
    }

    /**
     * How many distinct classes were drawn.
     *
     * @return At least 1, at most what there is room for.
     */
    public int count() {
        return count;
    }

    /**
     * One of the classes drawn.
     *
     * @param place Its place, below {@link #count}.
     * @return Its number.
     */
    public int number(int place) {
        return numbers[place];
    }

    /**
     * Where a class stands among those drawn.
     *
     * @param number The class.
     * @return Its place, or {@link #NONE}.
     */
    public int place(int number) {
        return places[number];
    }

    /**
     * What is subtracted from a class's value, whether it was drawn or is a row's own.
     *
     * @param number The class.
     * @return The correction.
     */
    public double correction(int number) {
        return sampling.correction(number);
    }
}
