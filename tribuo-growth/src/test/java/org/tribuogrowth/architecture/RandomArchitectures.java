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

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Random valid architectures for property tests: chains with residual sums, all layer types, odd sizes. */
public final class RandomArchitectures {
    private static final Activation[] ZERO_AT_ZERO = {Activation.IDENTITY, Activation.RELU, Activation.TANH};

    private final Random random;
    private final List<UnitGroup> groups = new ArrayList<>();
    private final List<LayerSpec> layers = new ArrayList<>();
    private String last = LayerSpec.INPUT;
    private String group = LayerSpec.INPUT;
    private int height;
    private int width;
    private int units;
    private int number;

    private RandomArchitectures(long seed) {
        this.random = new Random(seed);
    }

    /** Architectures. */
    public static Arbitrary<Architecture> architectures() {
        return Arbitraries.longs().map(RandomArchitectures::of);
    }

    /** The architecture of a seed. */
    public static Architecture of(long seed) {
        return new RandomArchitectures(seed).make();
    }

    /** Random active units of an architecture, at least one a group. */
    public static ActiveUnits active(Architecture architecture, long seed) {
        Random random = new Random(seed);
        Map<String, int[]> units = new TreeMap<>();
        for (UnitGroup group : architecture.groups()) {
            int[] all = IntStream.range(0, group.width()).toArray();
            if (group.searchable()) {
                int always = random.nextInt(group.width());
                all = IntStream.of(all)
                        .filter(unit -> unit == always || random.nextBoolean())
                        .toArray();
            }
            units.put(group.name(), all);
        }
        return ActiveUnits.of(architecture, units);
    }

    private Architecture make() {
        Shape input;
        if (random.nextInt(4) == 0) {
            units = 1 + random.nextInt(9);
            input = new Shape.Vector(units, 1);
        } else {
            height = 4 + random.nextInt(9);
            width = 4 + random.nextInt(9);
            units = 1 + random.nextInt(3);
            input = new Shape.Image(height, width, units);
            int count = random.nextInt(6);
            for (int i = 0; i < count; i++) {
                addImageLayer();
            }
            add(
                    random.nextBoolean()
                            ? new LayerSpec.Flatten(next("flatten"), last)
                            : new LayerSpec.GlobalPooling(next("global"), last, kind()));
        }
        int count = random.nextInt(4);
        for (int i = 0; i < count; i++) {
            addVectorLayer();
        }
        groups.add(new UnitGroup("output", 1 + random.nextInt(5), false));
        layers.add(new LayerSpec.Output("output", last, "output", Activation.SOFTMAX));
        return new Architecture(input, groups, layers);
    }

    private void addImageLayer() {
        switch (random.nextInt(8)) {
            case 0, 1, 2 -> addConvolution();
            case 3 -> addResidual();
            case 4 -> {
                LayerSpec.Pooling pooling =
                        new LayerSpec.Pooling(next("pool"), last, kind(), 2, 1 + random.nextInt(2), random.nextInt(2));
                if (pooling.outputExtent(height) > 0 && pooling.outputExtent(width) > 0) {
                    add(pooling);
                    height = pooling.outputExtent(height);
                    width = pooling.outputExtent(width);
                }
            }
            case 5 -> addDepthwise();
            case 6 -> add(new LayerSpec.BatchNormalisation(next("norm"), last, activation()));
            default -> addPlain();
        }
    }

    private void addVectorLayer() {
        if (random.nextInt(3) == 0) {
            addPlain();
        } else {
            boolean normalised = random.nextBoolean();
            String written = newGroup();
            add(new LayerSpec.Dense(
                    next("dense"), last, written, !normalised && random.nextBoolean(), normalised, activation()));
            group = written;
        }
    }

    private void addPlain() {
        add(
                random.nextBoolean()
                        ? new LayerSpec.Dropout(next("dropout"), last, random.nextInt(10) / 10.0)
                        : new LayerSpec.ActivationFunction(next("activation"), last, activation()));
    }

    private void addConvolution() {
        boolean normalised = random.nextBoolean();
        String written = "filters" + number;
        LayerSpec.Convolution convolution = new LayerSpec.Convolution(
                next("conv"),
                last,
                written,
                1 + random.nextInt(3),
                1 + random.nextInt(2),
                random.nextInt(3),
                1 + random.nextInt(2),
                !normalised && random.nextBoolean(),
                normalised,
                activation());
        if (convolution.outputExtent(height) > 0 && convolution.outputExtent(width) > 0) {
            units = 1 + random.nextInt(6);
            groups.add(new UnitGroup(written, units, random.nextInt(4) > 0));
            add(convolution);
            group = written;
            height = convolution.outputExtent(height);
            width = convolution.outputExtent(width);
        }
    }

    private void addDepthwise() {
        boolean normalised = random.nextBoolean();
        LayerSpec.DepthwiseConvolution depthwise = new LayerSpec.DepthwiseConvolution(
                next("depthwise"),
                last,
                1 + random.nextInt(3),
                1 + random.nextInt(2),
                random.nextInt(3),
                1 + random.nextInt(2),
                !normalised && random.nextBoolean(),
                normalised,
                activation());
        if (depthwise.outputExtent(height) > 0 && depthwise.outputExtent(width) > 0) {
            add(depthwise);
            height = depthwise.outputExtent(height);
            width = depthwise.outputExtent(width);
        }
    }

    private void addResidual() {
        if (group.equals(LayerSpec.INPUT)) {
            return;
        }
        String source = last;
        String inner = newInnerGroup();
        add(new LayerSpec.Convolution(next("inner"), source, inner, 3, 1, 1, 1, false, true, Activation.RELU));
        add(new LayerSpec.Convolution(next("branch"), last, group, 3, 1, 1, 1, true, false, Activation.IDENTITY));
        add(new LayerSpec.Sum(next("sum"), List.of(last, source), activation()));
    }

    private String newInnerGroup() {
        String name = next("inner-units");
        groups.add(new UnitGroup(name, 1 + random.nextInt(6), true));
        return name;
    }

    private String newGroup() {
        String name = next("units");
        units = 1 + random.nextInt(6);
        groups.add(new UnitGroup(name, units, random.nextInt(4) > 0));
        return name;
    }

    private void add(LayerSpec layer) {
        layers.add(layer);
        last = layer.name();
    }

    private String next(String kind) {
        return kind + number++;
    }

    private PoolingKind kind() {
        return random.nextBoolean() ? PoolingKind.MAX : PoolingKind.AVERAGE;
    }

    private Activation activation() {
        return ZERO_AT_ZERO[random.nextInt(ZERO_AT_ZERO.length)];
    }
}
