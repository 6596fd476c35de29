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

package org.tribuogrowth.examples.benchmarks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.tribuogrowth.architecture.ActiveUnits;
import org.tribuogrowth.architecture.Architecture;
import org.tribuogrowth.architecture.LayerSpec;
import org.tribuogrowth.architecture.Shape;
import org.tribuogrowth.architecture.UnitGroup;

/**
 * A network of the product.
 *
 * @param architecture The network.
 */
record LayeredNetwork(Architecture architecture) implements CellNetwork {
    /** The entry of the description with the canonical text. */
    static final String KEY = "architecture";

    /**
     * Small: deep narrow networks turn differences of rounding into differences of losses, in proportion to the rate.
     */
    static final double LEARNING_RATE = 1e-4;

    /**
     * The architecture of a network that must be one of the product.
     *
     * @param network A network.
     * @return Its architecture.
     * @throws IllegalArgumentException If it has none.
     */
    static Architecture architectureOf(CellNetwork network) {
        if (network instanceof LayeredNetwork layered) {
            return layered.architecture;
        }
        throw new IllegalArgumentException(
                network + " has no architecture; allowed here are the networks that are made of the product's layers");
    }

    /**
     * A part of the units of every searchable group, rounded, at least 1.
     *
     * @param percent How many units of a hundred.
     * @return The units.
     */
    ActiveUnits units(int percent) {
        Map<String, int[]> units = new LinkedHashMap<>();
        for (UnitGroup group : architecture.groups()) {
            int width = group.searchable() ? BenchmarkNetwork.scaled(group.width(), percent) : group.width();
            units.put(group.name(), IntStream.range(0, width).toArray());
        }
        return ActiveUnits.of(architecture, units);
    }

    @Override
    public CellNetwork narrowed(int percent) {
        return new LayeredNetwork(architecture.compact(units(percent)));
    }

    /** The number of values of a shape. */
    static int length(Shape shape) {
        if (shape instanceof Shape.Image image) {
            return image.height() * image.width() * image.channels();
        } else if (shape instanceof Shape.Vector vector) {
            return vector.positions() * vector.units();
        }
        throw new IllegalArgumentException("The benchmark knows no shape like " + shape.describe());
    }

    @Override
    public int featuresPerExample() {
        return length(architecture.input());
    }

    @Override
    public int labelsPerExample() {
        return 1;
    }

    @Override
    public long[] inputShape(int batch) {
        return architecture.input() instanceof Shape.Image image
                ? new long[] {batch, image.channels(), image.height(), image.width()}
                : new long[] {batch, featuresPerExample()};
    }

    /** {@inheritDoc} Images with the channels slowest; vectors stay as they are. */
    @Override
    public float[] arranged(float[] features, int batch) {
        if (!(architecture.input() instanceof Shape.Image image)) {
            return features.clone();
        }
        int pixels = image.height() * image.width();
        int channels = image.channels();
        float[] result = new float[features.length];
        for (int example = 0; example < batch; example++) {
            int start = example * pixels * channels;
            for (int pixel = 0; pixel < pixels; pixel++) {
                for (int channel = 0; channel < channels; channel++) {
                    result[start + channel * pixels + pixel] = features[start + pixel * channels + channel];
                }
            }
        }
        return result;
    }

    @Override
    public List<String> torchLayouts() {
        return architecture.input() instanceof Shape.Image
                ? List.of(PeerSpec.DEFAULT_LAYOUT, PeerSpec.CHANNELS_LAST)
                : List.of(PeerSpec.DEFAULT_LAYOUT);
    }

    @Override
    public boolean inStockLayers() {
        return true;
    }

    @Override
    public long multiplyAdds() {
        return architecture.denseCost().multiplyAdds();
    }

    @Override
    public long inputMultiplyAdds() {
        ActiveUnits all = ActiveUnits.all(architecture);
        String input = null;
        long sum = 0;
        for (LayerSpec layer : architecture.layers()) {
            if (input == null
                    && layer instanceof LayerSpec.Flatten
                    && layer.inputs().contains(LayerSpec.INPUT)) {
                input = layer.name();
            }
            String source = input;
            if (layer.inputs().stream().anyMatch(name -> name.equals(LayerSpec.INPUT) || name.equals(source))) {
                sum += architecture.costModel().terms().stream()
                        .filter(term -> term.layer().equals(layer.name()))
                        .mapToLong(term -> term.multiplyAdds()
                                * all.count(term.outputGroup())
                                * (term.inputGroup().isEmpty() ? 1 : all.count(term.inputGroup())))
                        .sum();
            }
        }
        return sum;
    }

    @Override
    public double learningRate() {
        return LEARNING_RATE;
    }

    @Override
    public long trainedParameters() {
        return architecture.denseCost().parameters();
    }

    @Override
    public float[] freshParameters(int batch) {
        return new FreshParameters(architecture, batch).values();
    }

    @Override
    public Map<String, Object> description() {
        Map<String, Object> description = new LinkedHashMap<>();
        description.put("input", LayerDescriptions.shape(architecture.input()));
        description.put("normalisationEpsilon", LayerSpec.NORMALISATION_EPSILON);
        description.put("normalisationDecay", LayerSpec.NORMALISATION_DECAY);
        description.put("layers", LayerDescriptions.of(architecture));
        description.put(KEY, architecture.canonicalText());
        return description;
    }

    @Override
    public Peer ours(Mode mode, CellData data) {
        return new OwnPeer(mode, data);
    }
}
