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
import java.util.HashMap;
import java.util.Map;
import org.tribuogrowth.architecture.Activation;
import org.tribuogrowth.architecture.LayerSpec;
import org.tribuogrowth.architecture.ParameterRole;

/**
 * Where constants can go that units leave behind when they are taken out. A layer that read such a unit misses a constant
 * from then on: its bias takes it up, or the running mean of its batch normalisation. A layer without either passes the
 * lack on, through whatever is linear, to those that read it.
 */
final class ShiftFolding {
    private final ShrinkingNetwork network;
    private final Map<String, boolean[]> absorbed = new HashMap<>();
    private final Map<String, boolean[]> passable = new HashMap<>();

    ShiftFolding(ShrinkingNetwork network) {
        this.network = network;
        passable.put(LayerSpec.INPUT, allTrue(LayerSpec.INPUT));
        LayerSpec[] layers = network.architecture().layers().toArray(new LayerSpec[0]);
        for (LayerSpec layer : layers) {
            passable.put(layer.name(), allTrue(layer.name()));
        }
        for (int i = layers.length - 1; i >= 0; i--) {
            restrictInputs(layers[i]);
        }
    }

    private boolean[] allTrue(String layer) {
        boolean[] all = new boolean[network.width(layer)];
        Arrays.fill(all, true);
        return all;
    }

    /** Which units of a layer with weights can do with a constant less in their products. */
    boolean[] absorbed(LayerSpec layer) {
        return absorbed.get(layer.name());
    }

    private static boolean hasShift(LayerSpec layer) {
        return layer instanceof LayerSpec.Output
                || layer instanceof LayerSpec.Affine affine && (affine.bias() || affine.batchNormalisation());
    }

    /** Notes which shifts of its inputs a layer cannot cope with; its readers have done so. */
    private void restrictInputs(LayerSpec layer) {
        boolean[] written = passable.get(layer.name());
        if (layer instanceof LayerSpec.Affine || layer instanceof LayerSpec.Output) {
            boolean shift = hasShift(layer);
            boolean linear = layer instanceof LayerSpec.Affine affine && affine.activation() == Activation.IDENTITY;
            boolean[] absorbs = new boolean[written.length];
            for (int unit = 0; unit < absorbs.length; unit++) {
                absorbs[unit] = shift || linear && written[unit];
            }
            absorbed.put(layer.name(), absorbs);
            boolean[] read = passable.get(layer.inputs().get(0));
            network.forEachWeight(
                    layer, (output, input, everywhere, weight) -> read[input] &= everywhere && absorbs[output]);
        } else if (layer instanceof LayerSpec.Lstm lstm) {
            // A constant would have to go into the biases of four gates; units with one other than zero stay.
            absorbed.put(layer.name(), new boolean[written.length]);
            boolean[] read = passable.get(lstm.input());
            network.forEachWeight(layer, (output, input, everywhere, weight) -> read[input] = false);
            network.forEachRecurrentWeight(lstm, (output, input, everywhere, weight) -> written[input] = false);
        } else if (layer instanceof LayerSpec.Sum sum) {
            for (String input : sum.inputs()) {
                restrict(input, written, sum.activation());
            }
        } else if (layer instanceof LayerSpec.ActivationFunction function) {
            restrict(function.input(), written, function.function());
        } else if (layer instanceof LayerSpec.Concatenation) {
            int first = 0;
            for (String input : layer.inputs()) {
                int width = passable.get(input).length;
                restrict(input, Arrays.copyOfRange(written, first, first + width), Activation.IDENTITY);
                first += width;
            }
        } else if (Constants.passesOn(layer)) {
            restrict(layer.inputs().get(0), written, Activation.IDENTITY);
        } else if (!(layer instanceof LayerSpec.BatchNormalisation || layer instanceof LayerSpec.Embedding)) {
            throw new AssertionError("Unknown layer type " + layer.getClass().getName());
        }
    }

    private void restrict(String input, boolean[] written, Activation activation) {
        boolean[] read = passable.get(input);
        for (int unit = 0; unit < read.length; unit++) {
            read[unit] &= activation == Activation.IDENTITY && written[unit];
        }
    }

    /**
     * Takes up what is missing without some units.
     *
     * @param dead      The units that go, by group; none that is not constant, or that another cannot do without.
     * @param constants The constants of all layers.
     */
    void fold(Map<String, boolean[]> dead, Constants constants) {
        Map<String, double[]> missing = new HashMap<>();
        missing.put(LayerSpec.INPUT, new double[network.width(LayerSpec.INPUT)]);
        for (LayerSpec layer : network.architecture().layers()) {
            double[] lack = missing(layer, dead, constants, missing);
            if (takesUp(layer, lack)) {
                lack = new double[lack.length];
            }
            missing.put(layer.name(), lack);
        }
    }

    /** What a layer's units lack before bias and batch normalisation. */
    private double[] missing(
            LayerSpec layer, Map<String, boolean[]> dead, Constants constants, Map<String, double[]> before) {
        if (layer instanceof LayerSpec.Lstm || layer instanceof LayerSpec.Embedding) {
            // They read nothing that lacks anything.
            return new double[network.width(layer.name())];
        }
        String first = layer.inputs().get(0);
        double[] read = before.get(first).clone();
        if (layer instanceof LayerSpec.Affine || layer instanceof LayerSpec.Output) {
            boolean crossing = !(layer instanceof LayerSpec.DepthwiseConvolution);
            boolean[] gone = network.ofUnits(first, dead);
            double[] constant = constants.of(first);
            double[] lack = new double[network.width(layer.name())];
            network.forEachWeight(
                    layer,
                    (output, input, everywhere, weight) ->
                            lack[output] += weight * (crossing && gone[input] ? constant[input] : read[input]));
            return lack;
        }
        if (layer instanceof LayerSpec.Concatenation) {
            return layer.inputs().stream()
                    .flatMapToDouble(input -> Arrays.stream(before.get(input)))
                    .toArray();
        }
        for (String other : layer.inputs().subList(1, layer.inputs().size())) {
            double[] summand = before.get(other);
            for (int unit = 0; unit < read.length; unit++) {
                read[unit] += summand[unit];
            }
        }
        return read;
    }

    private boolean takesUp(LayerSpec layer, double[] lack) {
        boolean normalised = layer instanceof LayerSpec.BatchNormalisation
                || layer instanceof LayerSpec.Affine affine && affine.batchNormalisation();
        if (!normalised && !hasShift(layer)) {
            return false;
        }
        float[] values = network.values(layer, normalised ? ParameterRole.MEAN : ParameterRole.BIAS);
        for (int unit = 0; unit < lack.length; unit++) {
            values[unit] += (float) (normalised ? -lack[unit] : lack[unit]);
        }
        return true;
    }
}
