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

import java.util.Arrays;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.LayerSpec;
import org.tribuogrowth.architecture.ParameterSpec;
import org.tribuogrowth.random.CountedRandom;

/**
 * Draws the first values of parameters. Random ones come from a stream that is named by the parameter and the unit, so
 * they do not depend on when the unit grows; those of an embedding from one that is named by the token.
 */
final class FreshValues {
    /** As in Zaremba et al., Recurrent neural network regularization, 2014, section 4.1. */
    private static final double EMBEDDING_BOUND = 0.1;

    private static final int FORGET_GATE = 1;

    private final Architecture architecture;
    private final Initialisation initialisation;
    private final long seed;

    /**
     * Makes a source of values.
     *
     * @param architecture   The dense reference.
     * @param initialisation How weights and biases are drawn.
     * @param seed           The seed of the streams.
     */
    FreshValues(Architecture architecture, Initialisation initialisation, long seed) {
        this.architecture = architecture;
        this.initialisation = initialisation;
        this.seed = seed;
    }

    /** Draws one value. */
    @FunctionalInterface
    private interface Distribution {
        double draw(CountedRandom random);
    }

    /**
     * Fills a parameter.
     *
     * @param array The parameter at full width.
     * @param fanIn How many inputs a unit of the parameter's layer reads, in the dense reference.
     */
    void fill(BankArray array, int fanIn) {
        float[] values = array.values();
        boolean recurrent = architecture.layer(array.spec().layer()) instanceof LayerSpec.Lstm;
        switch (array.spec().role()) {
            case WEIGHT -> {
                if (recurrent) {
                    drawRecurrent(array);
                } else {
                    drawWeights(array, fanIn);
                }
            }
            case RECURRENT_WEIGHT -> drawRecurrent(array);
            case EMBEDDING -> drawUniform(array, EMBEDDING_BOUND);
            case BIAS -> {
                if (recurrent) {
                    fillRecurrentBias(array);
                } else if (initialisation == Initialisation.FAN_IN_UNIFORM) {
                    drawUniform(array, 1.0 / Math.sqrt(fanIn));
                } else {
                    Arrays.fill(values, 0.0f);
                }
            }
            case GAMMA, VARIANCE -> Arrays.fill(values, 1.0f);
            case THRESHOLD, RECURRENT_THRESHOLD, BETA, MEAN -> Arrays.fill(values, 0.0f);
        }
    }

    private void drawWeights(BankArray array, int fanIn) {
        switch (initialisation) {
            case HE_NORMAL -> {
                boolean output =
                        array.spec().layer().equals(architecture.output().name());
                double deviation = Math.sqrt((output ? 1.0 : 2.0) / fanIn);
                draw(array, random -> deviation * random.nextGaussian());
            }
            case FAN_IN_UNIFORM -> drawUniform(array, 1.0 / Math.sqrt(fanIn));
        }
    }

    private void drawRecurrent(BankArray array) {
        drawUniform(array, 1.0 / Math.sqrt(width(array)));
    }

    private void fillRecurrentBias(BankArray array) {
        Arrays.fill(array.values(), 0.0f);
        if (initialisation == Initialisation.HE_NORMAL) {
            int units = width(array);
            Arrays.fill(array.values(), FORGET_GATE * units, (FORGET_GATE + 1) * units, 1.0f);
        }
    }

    private int width(BankArray array) {
        return architecture.group(array.spec().outputGroup()).width();
    }

    private void drawUniform(BankArray array, double bound) {
        draw(array, random -> bound * (2.0 * random.nextDouble() - 1.0));
    }

    private void draw(BankArray array, Distribution distribution) {
        ParameterSpec spec = array.spec();
        int units = width(array);
        for (int unit = 0; unit < units; unit++) {
            CountedRandom random = CountedRandom.of(seed, "initialise/" + spec.name(), unit);
            for (int part = 0; part < spec.stacked(); part++) {
                int row = (part * units + unit) * array.rowLength();
                for (int i = 0; i < array.rowLength(); i++) {
                    array.values()[row + i] = (float) distribution.draw(random);
                }
            }
        }
    }
}
